"""The encrypted ballot as published (specification, sections "Encrypted answers", "Ballots").

Only its form: `evoting.voting` makes ballots and `evoting.ballot_checks` judges them.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pilkades.crypto.elgamal import Ciphertext
from pilkades.crypto.groups import Element, Group
from pilkades.crypto.proofs import Proof
from pilkades.errors import MalformedInputError
from pilkades.evoting.canonical import parse_canonical, parse_json, write_json
from pilkades.evoting.fingerprints import fingerprint
from pilkades.evoting.wire import Wire, read_fields, read_list, read_string
from pilkades.text import Text

BALLOT_SIZE_MAX = 1_000_000
_BALLOT = ("election_uuid", "election_hash", "credential", "answers", "signature")
_ANSWER = ("choices", "individual_proofs", "overall_proof")


@dataclass(frozen=True, slots=True)
class Answer:
    """Ciphertexts of the choices with the proofs that each is 0 or 1 and the sum is allowed."""

    choices: tuple[Ciphertext, ...]
    individual_proofs: tuple[tuple[Proof, ...], ...]
    overall_proof: tuple[Proof, ...]
    blank_proof: tuple[Proof, ...] | None = None


@dataclass(frozen=True)
class Ballot:
    """`credential` is the voter's public credential in G; all fields are public."""

    group: Group
    election_uuid: str
    election_hash: str
    credential: Element
    answers: tuple[Answer, ...]
    signature_hash: str
    signature_proof: Proof

    @cached_property
    def data(self) -> bytes:
        """The one text of this ballot."""
        return write_json(_write(self))

    @property
    def tracker(self) -> str:
        """What the voter looks for on the board."""
        return fingerprint(self.data)

    @property
    def content_hash(self) -> str:
        """The hash over the ballot without its signature, which the signature is about."""
        written = _write(self)
        del written["signature"]
        return fingerprint(write_json(written))


def parse_ballot(data: bytes, *, group: Group) -> Ballot:
    """The ballot these bytes stand for.

    Raises:
        MalformedInputError: json-…, element-…, scalar, ballot-blank-proof.
    """
    wire = Wire(group)
    return parse_canonical(
        data, read=lambda value: _read(value, wire), write=_write, size_max=BALLOT_SIZE_MAX
    )


def read_cast_ballot(
    data: bytes, *, group: Group
) -> tuple[Element, tuple[tuple[Ciphertext, ...], ...]]:
    """Credential and choices of a ballot of one's own board; judged when it entered, not again.

    Raises:
        MalformedInputError: json-…, element-text.
    """

    def read_element(value: Any) -> Element:
        return group.read(read_string(value))

    def read_choice(value: Any) -> Ciphertext:
        pair = read_fields(value, "alpha", "beta")
        return Ciphertext(read_element(pair["alpha"]), read_element(pair["beta"]))

    def read_answer(value: Any) -> tuple[Ciphertext, ...]:
        return read_list(
            read_fields(value, *_ANSWER, optional=("blank_proof",))["choices"], read_choice
        )

    fields = read_fields(parse_json(data, size_max=BALLOT_SIZE_MAX), *_BALLOT)
    return read_element(fields["credential"]), read_list(fields["answers"], read_answer)


def write_unsigned(
    *,
    group: Group,
    election_uuid: str,
    election_hash: str,
    credential: Element,
    answers: tuple[Answer, ...],
) -> dict[str, Any]:
    """The fields that the signature covers, in their order."""
    wire = Wire(group)
    return {
        "election_uuid": election_uuid,
        "election_hash": election_hash,
        "credential": group.encode(credential),
        "answers": [_write_answer(answer, wire) for answer in answers],
    }


def _read(value: Any, wire: Wire) -> Ballot:
    fields = read_fields(value, *_BALLOT)
    signature = read_fields(fields["signature"], "hash", "proof")
    return Ballot(
        group=wire.group,
        election_uuid=read_string(fields["election_uuid"]),
        election_hash=read_string(fields["election_hash"]),
        credential=wire.read_element(fields["credential"]),
        answers=read_list(fields["answers"], lambda item: _read_answer(item, wire)),
        signature_hash=read_string(signature["hash"]),
        signature_proof=wire.read_proof(signature["proof"]),
    )


def _read_answer(value: Any, wire: Wire) -> Answer:
    fields = read_fields(value, *_ANSWER, optional=("blank_proof",))
    blank = fields.get("blank_proof")
    if "blank_proof" in fields and not isinstance(blank, list):
        raise MalformedInputError("json-type", Text("Di sini harus ada daftar JSON."))

    def read_proofs(item: Any) -> tuple[Proof, ...]:
        return read_list(item, wire.read_proof)

    return Answer(
        choices=read_list(fields["choices"], wire.read_ciphertext),
        individual_proofs=read_list(fields["individual_proofs"], read_proofs),
        overall_proof=read_proofs(fields["overall_proof"]),
        blank_proof=None if blank is None else read_proofs(blank),
    )


def _write(ballot: Ballot) -> dict[str, Any]:
    written = write_unsigned(
        group=ballot.group,
        election_uuid=ballot.election_uuid,
        election_hash=ballot.election_hash,
        credential=ballot.credential,
        answers=ballot.answers,
    )
    written["signature"] = {
        "hash": ballot.signature_hash,
        "proof": Wire(ballot.group).write_proof(ballot.signature_proof),
    }
    return written


def _write_answer(answer: Answer, wire: Wire) -> dict[str, Any]:
    def write_proofs(proofs: tuple[Proof, ...]) -> list[dict[str, str]]:
        return [wire.write_proof(proof) for proof in proofs]

    written: dict[str, Any] = {
        "choices": [wire.write_ciphertext(choice) for choice in answer.choices],
        "individual_proofs": [write_proofs(proofs) for proofs in answer.individual_proofs],
        "overall_proof": write_proofs(answer.overall_proof),
    }
    if answer.blank_proof is not None:
        written["blank_proof"] = write_proofs(answer.blank_proof)
    return written
