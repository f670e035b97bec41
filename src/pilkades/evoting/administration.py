"""Running an election over its archive: every act gives the bytes to append, nothing is rewritten.

Who calls holds the archive; these functions know only where it ends (`Position`).
"""

from collections.abc import Iterable, Mapping

from pilkades.crypto.groups import Group
from pilkades.errors import ConflictError
from pilkades.evoting.archive import Header, write_header
from pilkades.evoting.board import SetupData, write_setup, write_step
from pilkades.evoting.decryption import (
    OwnedDecryption,
    PartialDecryption,
    Result,
    combine_factors,
    open_tally,
    write_decryption,
    write_owned,
    write_result,
)
from pilkades.evoting.election_key import combine_sub_keys
from pilkades.evoting.elections import Election, Question
from pilkades.evoting.events import ALLOWED, Kind, Stage
from pilkades.evoting.fingerprints import hash_data
from pilkades.evoting.own_board import OpenBoard, Position
from pilkades.evoting.tally import (
    Choices,
    EncryptedTally,
    SizedTally,
    compute_tally,
    parse_tally,
    write_sized_tally,
    write_tally,
)
from pilkades.evoting.trustees import Trustees, write_trustees
from pilkades.text import Text


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
    """The encrypted tally of the last ballots.

    Raises:
        ConflictError: election-stage. MalformedInputError: element-group (some ballot of the
            archive was changed since it entered).
    """
    tally, sized = compute_tally(election, tallied)
    data = write_tally(tally, group=election.group)
    # Ballots of one's own board are not asked for membership again; what is published is.
    parse_tally(data, group=election.group)
    return _append(position, Kind.ENCRYPTED_TALLY, payload=write_sized_tally(sized), parts=(data,))


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


def require_stage(position: Position, kind: Kind) -> None:
    """Whether such a step may follow now, asked before anything else is looked at.

    Raises:
        ConflictError: election-stage.
    """
    if kind not in ALLOWED[position.stage]:
        raise _refuse_stage(position.stage)


def _append(
    position: Position, kind: Kind, *, payload: bytes | None, parts: tuple[bytes, ...] = ()
) -> tuple[bytes, Position]:
    require_stage(position, kind)
    data, event_hash = write_step(
        kind=kind,
        height=position.height,
        parent=position.parent,
        payload=payload,
        parts=parts,
        timestamp=position.timestamp,
    )
    following = ALLOWED[position.stage][kind]
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
