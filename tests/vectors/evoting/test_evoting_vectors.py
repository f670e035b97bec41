"""Every algorithm against values that an independent implementation wrote (`collect.py`).

Each holds as it is, and no longer holds when one scalar of it is changed.
"""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pilkades.crypto.proofs import Proof
from pilkades.evoting.ballot_checks import judge_ballot
from pilkades.evoting.canonical import write_json
from pilkades.evoting.ceremony import recover_secret
from pilkades.evoting.credentials import derive_public
from pilkades.evoting.decryption import parse_decryption, verify_decryption
from pilkades.evoting.elections import Election, parse_election
from pilkades.evoting.tally import parse_tally
from pilkades.evoting.trustees import list_keys, parse_trustees, read_trustee_key, verify_possession

HERE = Path(__file__).parent


def vectors(name: str) -> Callable[..., Any]:
    files = sorted(HERE.glob(f"{name}-*.json"))
    return pytest.mark.parametrize("path", files, ids=lambda path: path.stem)


def _load(path: Path) -> tuple[dict[str, Any], Election]:
    document = json.loads(path.read_text())
    return document, parse_election(write_json(document["election"]))


def test_there_is_a_vector_for_every_algorithm_and_group() -> None:
    names = {path.stem for path in HERE.glob("*.json")}
    algorithms = ("credentials", "fingerprint", "possession", "ballot", "decryption")
    groups = ("ed25519", "belenios-2048")
    assert {
        f"{name}-{group}" for name in (*algorithms, "sealed-message") for group in groups
    } <= names


@vectors("credentials")
def test_credentials(path: Path) -> None:
    vector, election = _load(path)
    codes = vector["codes"]
    listed = (
        codes.values()
        if isinstance(codes, dict)
        else [line.split()[1] for line in codes.splitlines() if line]
    )
    made = {
        election.group.encode(derive_public(election.group, uuid=election.uuid, code=code))
        for code in listed
    }
    assert made == set(vector["public_credentials"])


@vectors("fingerprint")
def test_fingerprint(path: Path) -> None:
    vector, election = _load(path)
    assert election.fingerprint == vector["fingerprint"]


@vectors("possession")
def test_possession(path: Path) -> None:
    vector, election = _load(path)
    for value in vector["keys"]:
        key = read_trustee_key(value, election.wire)
        assert verify_possession(election.group, key)
        proof = key.possession
        changed = Proof((proof.challenge + 1) % election.group.order, proof.response)
        assert not verify_possession(election.group, type(key)(key.public_key, changed))


@vectors("ballot")
def test_ballot(path: Path) -> None:
    vector, election = _load(path)
    ballot = vector["ballot"]
    listed = {election.group.decode(ballot["credential"])}
    assert judge_ballot(election, write_json(ballot), credentials=listed).is_accepted
    changed = copy.deepcopy(ballot)
    proof = changed["answers"][0]["individual_proofs"][0][0]
    proof["response"] = str((int(proof["response"]) + 1) % election.group.order)
    failed = judge_ballot(election, write_json(changed), credentials=listed).failed
    assert failed == ("ballot-choice-proof", "ballot-signature")


@vectors("decryption")
def test_decryption(path: Path) -> None:
    vector, election = _load(path)
    trustees = parse_trustees(write_json(vector["trustees"]), group=election.group)
    tally = parse_tally(write_json(vector["tally"]), group=election.group)
    public = list_keys(trustees)[vector["owner"] - 1].public_key
    partial = vector["partial"]
    for amount, holds in ((0, True), (1, False)):
        changed = copy.deepcopy(partial)
        proof = changed["decryption_proofs"][0][0]
        proof["response"] = str((int(proof["response"]) + amount) % election.group.order)
        parsed = parse_decryption(write_json(changed), wire=election.wire)
        assert verify_decryption(election, tally, public=public, partial=parsed) is holds


@vectors("sealed-message")
def test_sealed_message(path: Path) -> None:
    vector, election = _load(path)
    secret = recover_secret(election.wire, seed=vector["seed"], private_key=vector["sealed"])
    public = election.group.encode(election.group.power_generator(secret))
    assert public in vector["public_keys"]
