"""Three elections made with other people's tools: we accept them and come to the same values.

The archives and throw-away secrets lie in the shared vectors (`vectors/belenios`); where they are
absent these tests are skipped.
"""

import json
import random
from collections.abc import Mapping
from pathlib import Path

import pytest

from pilkades.crypto.proofs import prove_equality, prove_knowledge
from pilkades.evoting.ballots import parse_ballot
from pilkades.evoting.board import read_steps
from pilkades.evoting.canonical import parse_canonical
from pilkades.evoting.ceremony import (
    combine_shares,
    make_certificate,
    make_polynomial,
    recover_secret,
    route_shares,
)
from pilkades.evoting.credentials import derive_public, derive_secret
from pilkades.evoting.decryption import combine_factors, make_decryption, open_tally
from pilkades.evoting.events import Kind
from pilkades.evoting.own_board import OpenBoard, read_board
from pilkades.evoting.public_credentials import write_credentials
from pilkades.evoting.tally import compute_tally
from pilkades.evoting.threshold import read_certificates
from pilkades.evoting.threshold_messages import (
    parse_polynomial,
    parse_share_input,
    parse_share_output,
)
from pilkades.evoting.trustees import SignedMessage, list_keys, read_signed, write_signed
from pilkades.evoting.verification import verify_archive
from pilkades.evoting.wire import Wire

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "vectors" / "belenios"
ELECTIONS = sorted(path for path in FOLDER.glob("*") if path.is_dir())
THRESHOLD = [path for path in ELECTIONS if (path / "tallysteps" / "certs.jsons").exists()]
each_election = pytest.mark.parametrize("folder", ELECTIONS, ids=lambda path: path.name)
each_threshold = pytest.mark.parametrize("folder", THRESHOLD, ids=lambda path: path.name)
pytestmark = pytest.mark.skipif(not ELECTIONS, reason="shared vectors are absent")


@each_election
def test_an_archive_of_other_tools_is_accepted(folder: Path) -> None:
    with _archive(folder).open("rb") as stream:
        report = verify_archive(stream)
    assert report.is_accepted, [check for check in report.checks if not check.ok]
    assert report.result == _expected(folder)


@each_election
def test_an_archive_at_opening_is_accepted(folder: Path) -> None:
    with _archive(folder / "setup_before_ballots").open("rb") as stream:
        assert verify_archive(stream).is_accepted


@each_election
def test_the_public_credentials_come_from_the_codes(folder: Path) -> None:
    board = _board(folder)
    group, uuid = board.election.group, board.election.uuid
    credentials = {derive_public(group, uuid=uuid, code=code) for code in _codes(folder).values()}
    assert credentials == set(board.weights)
    published = next(_steps(folder)).parts[2]
    assert write_credentials(credentials, group=group) == published


@each_election
def test_the_signature_of_a_ballot_is_repeated_from_its_randomness(folder: Path) -> None:
    """The nonce follows from challenge, response and secret; with it we make the same proof."""
    board = _board(folder)
    group, uuid = board.election.group, board.election.uuid
    secrets = {
        group.power_generator(secret): secret
        for secret in (derive_secret(group, uuid=uuid, code=c) for c in _codes(folder).values())
    }
    for step in _steps(folder):
        if step.event.kind is not Kind.BALLOT:
            continue
        ballot = parse_ballot(step.payload, group=group)
        proof, x = ballot.signature_proof, secrets[ballot.credential]
        nonce = (proof.response + x * proof.challenge) % group.order
        again = prove_knowledge(
            group, secret=x, prefix=f"sig|{ballot.content_hash}|", draw=lambda _q, w=nonce: w
        )
        assert again == proof


@each_election
def test_the_tally_is_the_published_one(folder: Path) -> None:
    board = _board(folder)
    tally, sized = compute_tally(board.election, ((item, 1) for item in board.tallied.values()))
    assert (tally, sized) == (board.tally, board.sized)


@each_election
def test_partial_decryptions_are_repeated_from_the_secrets(folder: Path) -> None:
    board = _board(folder)
    secrets = _secrets(folder, board)
    assert set(board.partials) <= set(secrets)
    assert board.tally is not None
    for number, partial in board.partials.items():
        made = make_decryption(
            board.election, board.tally, secret=secrets[number], draw=random.Random(1).randrange
        )
        assert made.factors == partial.factors
        _assert_proofs_repeat(board, secrets[number], number)


@each_election
def test_the_result_is_opened_from_the_parts(folder: Path) -> None:
    board = _board(folder)
    assert board.tally is not None
    assert board.sized is not None
    factors = combine_factors(board.election, board.trustees, board.partials)
    opened = open_tally(board.election, board.tally, factors, total_weight=board.sized.total_weight)
    assert opened == _expected(folder)


@each_threshold
def test_any_two_of_three_open_the_same_result(folder: Path) -> None:
    board = _board(folder)
    secrets = _secrets(folder, board)
    assert board.tally is not None
    draw = random.Random(2).randrange
    for left_out in (2, 3, 4):
        partials = {
            number: make_decryption(board.election, board.tally, secret=secret, draw=draw)
            for number, secret in secrets.items()
            if number != left_out
        }
        factors = combine_factors(board.election, board.trustees, partials)
        assert open_tally(board.election, board.tally, factors, total_weight=100) == _expected(
            folder
        )


@each_threshold
def test_the_key_ceremony_is_repeated_step_by_step(folder: Path) -> None:
    board = _board(folder)
    wire = board.election.wire
    certificates = _certificates(folder, wire)
    polynomials = [
        parse_polynomial(line, wire=wire)
        for line in (folder / "tallysteps" / "polynomials.jsons").read_bytes().splitlines()
    ]
    routed = route_shares(polynomials)
    for path in (folder / "tallysteps").glob("*.vinput"):
        handed = parse_share_input(path.read_bytes().rstrip(), wire=wire)
        assert handed in routed
        output = parse_share_output(path.with_suffix(".voutput").read_bytes().rstrip(), wire=wire)
        seed = (folder / "secrets" / f"{path.stem}.key").read_text().strip()
        made = combine_shares(
            wire,
            seed=seed,
            certificates=certificates,
            threshold=2,
            handed=handed,
            draw=random.Random(3).randrange,
        )
        assert made.public_key.public_key == output.public_key.public_key
        kept = (folder / "secrets" / f"{path.stem}.dkey").read_text().strip()
        recovered = {
            recover_secret(wire, seed=seed, private_key=text)
            for text in (made.private_key, output.private_key, kept)
        }
        assert len(recovered) == 1


@each_threshold
def test_certificates_and_polynomials_of_known_seeds_are_ours_too(folder: Path) -> None:
    """Our certificate of the same seed names the same keys, and our shares fit their ceremony."""
    wire = _board(folder).election.wire
    certificates = _certificates(folder, wire)
    keys = read_certificates(wire, certificates, threshold=2)
    draw = random.Random(4).randrange
    for path in (folder / "secrets").glob("*.key"):
        seed = path.read_text().strip()
        context = next(
            key.context
            for key in keys
            if key.verification == wire.group.power_generator(_signing(wire, seed))
        )
        made = make_certificate(wire, seed=seed, context=context, draw=draw)
        assert made.message in {item.message for item in certificates}
        assert make_polynomial(
            wire, seed=seed, certificates=certificates, threshold=2, draw=draw
        ).secrets


def _assert_proofs_repeat(board: OpenBoard, secret: int, number: int) -> None:
    election, partial = board.election, board.partials[number]
    group = election.group
    public = list_keys(board.trustees)[number - 1].public_key
    prefix = f"decrypt|{election.fingerprint}|{group.encode(public)}|"
    assert board.tally is not None
    for item, proof in zip(board.tally[0], partial.proofs[0], strict=True):
        nonce = (proof.response + secret * proof.challenge) % group.order
        again = prove_equality(
            group, base=item.alpha, secret=secret, prefix=prefix, draw=lambda _q, w=nonce: w
        )
        assert again == proof


def _signing(wire: Wire, seed: str) -> int:
    from pilkades.evoting.trustee_messages import derive_secrets

    return derive_secrets(wire.group, seed).signing


def _archive(folder: Path) -> Path:
    return next(folder.glob("*.bel"))


def _board(folder: Path) -> OpenBoard:
    with _archive(folder).open("rb") as stream:
        return read_board(stream)


def _steps(folder: Path):  # type: ignore[no-untyped-def]
    with _archive(folder).open("rb") as stream:
        yield from read_steps(stream)


def _expected(folder: Path) -> tuple[tuple[int, ...], ...]:
    result = json.loads((folder / "result.out").read_text())["result"]
    return tuple(map(tuple, result))


def _codes(folder: Path) -> Mapping[str, str]:
    text = (folder / "secrets" / "private_creds.raw").read_text()
    if text.startswith("{"):
        return dict(json.loads(text))
    return dict(line.split() for line in text.splitlines() if line)


def _certificates(folder: Path, wire: Wire) -> list[SignedMessage]:
    return [
        parse_canonical(
            line,
            read=lambda value: read_signed(value, wire),
            write=lambda item: write_signed(item, wire),
            size_max=1_000_000,
        )
        for line in (folder / "tallysteps" / "certs.jsons").read_bytes().splitlines()
    ]


def _secrets(folder: Path, board: OpenBoard) -> dict[int, int]:
    """Every trustee's secret, by the number under which its key is published."""
    wire = board.election.wire
    found = [
        wire.read_scalar(json.loads(path.read_text()))
        for path in (folder / "secrets").glob("*.privkey")
    ]
    for path in (folder / "secrets").glob("*.dkey"):
        seed = path.with_suffix(".key").read_text().strip()
        found.append(recover_secret(wire, seed=seed, private_key=path.read_text().strip()))
    public = [key.public_key for key in list_keys(board.trustees)]
    return {public.index(wire.group.power_generator(secret)) + 1: secret for secret in found}
