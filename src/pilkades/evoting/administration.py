"""Running an election over its archive: every act gives the bytes to append, nothing is rewritten.

Who calls holds the archive; these functions know only where it ends (`Position`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import BinaryIO

from pilkades.crypto.groups import Element, Group, multiply_all
from pilkades.errors import ConflictError, ProofRejectedError
from pilkades.evoting.archive import Header, read_header, write_header
from pilkades.evoting.ballot_checks import BallotVerdict, has_shape, judge_ballot
from pilkades.evoting.ballots import parse_ballot
from pilkades.evoting.board import SetupData, read_steps, write_setup, write_step
from pilkades.evoting.decryption import (
    OwnedDecryption,
    PartialDecryption,
    combine_factors,
    open_tally,
    parse_decryption,
    parse_owned,
    write_decryption,
    write_owned,
    write_result,
)
from pilkades.evoting.elections import Election, Question, parse_election
from pilkades.evoting.events import ALLOWED, Kind, Stage
from pilkades.evoting.fingerprints import hash_data
from pilkades.evoting.public_credentials import Weights, parse_credentials
from pilkades.evoting.tally import (
    Choices,
    EncryptedTally,
    SizedTally,
    compute_tally,
    parse_sized_tally,
    parse_tally,
    write_sized_tally,
    write_tally,
)
from pilkades.evoting.threshold import check_group
from pilkades.evoting.trustees import (
    ThresholdGroup,
    Trustees,
    parse_trustees,
    verify_possession,
    write_trustees,
)
from pilkades.evoting.wire import Wire
from pilkades.text import Text

Result = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Position:
    """Where an archive ends: what may follow, at which height, after which event."""

    stage: Stage
    height: int
    parent: str | None
    timestamp: int


@dataclass(frozen=True, slots=True)
class OpenBoard:
    """What is known of a running election after reading its archive once."""

    position: Position
    election: Election
    trustees: Trustees
    weights: Weights
    ballots: frozenset[str]
    tallied: Mapping[Element, Choices]
    tally: EncryptedTally | None
    sized: SizedTally | None
    partials: Mapping[int, PartialDecryption]


def make_election(
    *,
    group: Group,
    uuid: str,
    name: str,
    description: str,
    question: Question,
    trustees: Trustees,
) -> Election:
    """An election whose key is the product of its trustees' sub-keys, all of them checked.

    Raises:
        ProofRejectedError: possession, election-key, or as `check_group`.
    """
    return Election(
        description=description,
        name=name,
        group=group,
        public_key=combine_sub_keys(group, trustees),
        questions=(question,),
        uuid=uuid,
    )


def combine_sub_keys(group: Group, trustees: Trustees) -> Element:
    """The key that these trustees, all of them checked, make together.

    Raises:
        ProofRejectedError: possession, election-key (everybody could open it), or as
            `check_group`.
    """
    sub_keys = []
    for item in trustees:
        if isinstance(item, ThresholdGroup):
            sub_keys.append(check_group(Wire(group), item))
            continue
        if not verify_possession(group, item):
            raise ProofRejectedError("possession", Text("Bukti salah satu kunci wajib tidak sah."))
        sub_keys.append(item.public_key)
    key = multiply_all(group, sub_keys)
    if key == group.identity:
        raise ProofRejectedError("election-key", _KEY_WORDS)
    return key


def check_election_key(election: Election, trustees: Trustees) -> None:
    """Refuse an election whose key is not that of its trustees, before anything is encrypted to it.

    Raises:
        ProofRejectedError: as `combine_sub_keys`.
    """
    if combine_sub_keys(election.group, trustees) != election.public_key:
        raise ProofRejectedError("election-key", _KEY_WORDS)


_KEY_WORDS = Text(
    "Kunci pemilihan bukan kunci bersama para pemegangnya; suara dapat dibuka orang lain. Jangan "
    "dipakai, dan laporkan."
)


def begin_archive(
    *,
    election: Election,
    trustees: Trustees,
    credentials: bytes,
    timestamp: int,
) -> tuple[bytes, Position]:
    """The archive at opening: header, the three texts, Setup.

    `credentials` is the authority's list, byte for byte.
    """
    texts = (
        election.data,
        write_trustees(trustees, group=election.group),
        credentials,
    )
    setup = write_setup(SetupData(*map(hash_data, texts)))
    start = Position(Stage.NEW, 0, None, timestamp)
    data, position = _append(start, Kind.SETUP, payload=setup, parts=texts)
    return write_header(Header(timestamp)) + data, position


def append_ballot(position: Position, ballot: bytes) -> tuple[bytes, Position]:
    """A ballot that has been accepted.

    Raises:
        ConflictError: election-stage (the poll is not open).
    """
    return _append(position, Kind.BALLOT, payload=ballot)


def end_ballots(position: Position) -> tuple[bytes, Position]:
    """The close of the poll."""
    return _append(position, Kind.END_BALLOTS, payload=None)


def append_tally(
    position: Position, election: Election, tallied: Iterable[tuple[Choices, int]]
) -> tuple[bytes, Position]:
    """The encrypted tally of the last ballots."""
    tally, sized = compute_tally(election, tallied)
    return _append(
        position,
        Kind.ENCRYPTED_TALLY,
        payload=write_sized_tally(sized),
        parts=(write_tally(tally, group=election.group),),
    )


def append_decryption(
    position: Position, election: Election, *, owner: int, partial: PartialDecryption
) -> tuple[bytes, Position]:
    """A trustee's part, already verified."""
    data = write_decryption(partial, wire=election.wire)
    owned = write_owned(OwnedDecryption(owner, hash_data(data)))
    return _append(position, Kind.PARTIAL_DECRYPTION, payload=owned, parts=(data,))


def append_result(board: OpenBoard) -> tuple[bytes, Position, Result]:
    """The result, as soon as enough trustees have opened their part.

    Raises:
        ConflictError: election-stage. ProofRejectedError: result-trustees, result-bound.
    """
    if board.tally is None or board.sized is None:
        raise _refuse_stage(board.position.stage)
    return finish_archive(
        board.position, board.election, board.trustees, board.tally, board.sized, board.partials
    )


def finish_archive(
    position: Position,
    election: Election,
    trustees: Trustees,
    tally: EncryptedTally,
    sized: SizedTally,
    partials: Mapping[int, PartialDecryption],
) -> tuple[bytes, Position, Result]:
    """The result of a tally and enough parts.

    Raises:
        ConflictError: election-stage. ProofRejectedError: result-trustees, result-bound.
    """
    factors = combine_factors(election, trustees, partials)
    result = open_tally(election, tally, factors, total_weight=sized.total_weight)
    data, position = _append(position, Kind.RESULT, payload=write_result(result))
    return data, position, result


def judge_new_ballot(board: OpenBoard, data: bytes) -> BallotVerdict:
    """The verdict on a ballot that wants to enter the board now; `ballot-replayed` among them."""
    verdict = judge_ballot(board.election, data, credentials=board.weights)
    if hash_data(data) in board.ballots:
        return replace(verdict, failed=(*verdict.failed, "ballot-replayed"))
    return verdict


def read_board(stream: BinaryIO) -> OpenBoard:
    """Everything a next act needs, from an archive that is trusted because it is one's own.

    Ballots are read and their place kept; their proofs were checked when they entered and are
    checked again by `verify_archive`.

    Raises:
        MalformedInputError: as `read_steps`, and of each text; archive-setup (there is none).
    """
    timestamp = read_header(stream).timestamp
    stream.seek(0)
    election: Election | None = None
    trustees: Trustees = ()
    weights: Weights = {}
    ballots: set[str] = set()
    tallied: dict[Element, Choices] = {}
    tally, sized = None, None
    partials: dict[int, PartialDecryption] = {}
    position = Position(Stage.NEW, 0, None, timestamp)
    for step in read_steps(stream):
        position = Position(step.stage, step.event.height + 1, step.event_hash, timestamp)
        if election is None:
            election = parse_election(step.parts[0])
            trustees = parse_trustees(step.parts[1], group=election.group)
            weights = parse_credentials(step.parts[2], group=election.group)
            check_election_key(election, trustees)
        if step.event.kind is Kind.BALLOT:
            ballot = parse_ballot(step.payload, group=election.group)
            ballots.add(hash_data(step.payload))
            if ballot.credential not in weights or not has_shape(election, ballot):
                raise ProofRejectedError(
                    "ballot-form",
                    Text(
                        "Arsip memuat surat suara yang tidak sah: {tracker}. Jalankan pilkades "
                        "verify.",
                        tracker=ballot.tracker,
                    ),
                )
            tallied.pop(ballot.credential, None)
            tallied[ballot.credential] = tuple(answer.choices for answer in ballot.answers)
        if step.event.kind is Kind.ENCRYPTED_TALLY:
            sized = parse_sized_tally(step.payload)
            tally = parse_tally(step.parts[0], group=election.group)
        if step.event.kind is Kind.PARTIAL_DECRYPTION:
            owner = parse_owned(step.payload).owner
            partials[owner] = parse_decryption(step.parts[0], wire=election.wire)
    if election is None:
        raise ConflictError("archive-setup", Text("Arsip ini belum memuat pembukaan pemilihan."))
    return OpenBoard(
        position, election, trustees, weights, frozenset(ballots), tallied, tally, sized, partials
    )


def _append(
    position: Position, kind: Kind, *, payload: bytes | None, parts: tuple[bytes, ...] = ()
) -> tuple[bytes, Position]:
    following = ALLOWED[position.stage].get(kind)
    if following is None:
        raise _refuse_stage(position.stage)
    data, event_hash = write_step(
        kind=kind,
        height=position.height,
        parent=position.parent,
        payload=payload,
        parts=parts,
        timestamp=position.timestamp,
    )
    return data, Position(following, position.height + 1, event_hash, position.timestamp)


_STAGE_WORDS: Mapping[Stage, Text] = {
    Stage.NEW: Text("belum dibuka"),
    Stage.OPEN: Text("sedang menerima suara"),
    Stage.CLOSED: Text("sudah ditutup dan belum direkapitulasi"),
    Stage.TALLIED: Text("sudah direkapitulasi dan menunggu pemegang kunci"),
    Stage.FINISHED: Text("sudah selesai"),
}


def _refuse_stage(stage: Stage) -> ConflictError:
    return ConflictError(
        "election-stage",
        Text("Langkah ini tidak dapat dilakukan: pemilihan {stage}.", stage=_STAGE_WORDS[stage]),
    )
