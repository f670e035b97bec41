"""The archive of one's own election, read for the next act and not for a verdict.

Checked each time: the chain with every hash, the setup in full, the shape of every ballot. Not
checked again: membership and proofs of ballots and parts, which were judged when they entered and
are judged anew by `verify_archive`, before any trustee opens a tally.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from pilkades.crypto.groups import Element
from pilkades.errors import ConflictError, ProofRejectedError
from pilkades.evoting.archive import read_header
from pilkades.evoting.ballot_checks import BallotVerdict, judge_ballot
from pilkades.evoting.ballots import read_cast_ballot
from pilkades.evoting.board import Step, read_steps
from pilkades.evoting.decryption import PartialDecryption, parse_decryption, parse_owned
from pilkades.evoting.election_key import check_election_key
from pilkades.evoting.elections import Election, parse_election
from pilkades.evoting.events import Kind, Stage
from pilkades.evoting.fingerprints import fingerprint, hash_data
from pilkades.evoting.public_credentials import Weights, parse_credentials
from pilkades.evoting.tally import (
    Choices,
    EncryptedTally,
    SizedTally,
    parse_sized_tally,
    parse_tally,
)
from pilkades.evoting.trustees import Trustees, parse_trustees
from pilkades.text import Text


@dataclass(frozen=True, slots=True)
class Position:
    """Where an archive ends: what may follow, at which height, after which event."""

    stage: Stage
    height: int
    parent: str | None
    timestamp: int


@dataclass(frozen=True, slots=True)
class OpenBoard:
    """What is known of a running election after reading its archive once.

    `data` has the hash of everything that the archive holds.
    """

    position: Position
    election: Election
    trustees: Trustees
    weights: Weights
    data: frozenset[str]
    tallied: Mapping[Element, Choices]
    tally: EncryptedTally | None
    sized: SizedTally | None
    partials: Mapping[int, PartialDecryption]


def judge_new_ballot(board: OpenBoard, data: bytes) -> BallotVerdict:
    """The verdict on a ballot that wants to enter the board now; `ballot-replayed` among them."""
    verdict = judge_ballot(board.election, data, credentials=board.weights)
    if hash_data(data) in board.data:
        return replace(verdict, failed=(*verdict.failed, "ballot-replayed"))
    return verdict


def read_board(stream: BinaryIO, *, with_ballots: bool = True) -> OpenBoard:
    """Everything a next act needs. Cost: one membership a credential, none a ballot.

    Without ballots they are only hashed and chained, and `tallied` is empty.

    Raises:
        MalformedInputError: as `read_steps`, and of each text; ConflictError: archive-setup (there
        is none); ProofRejectedError: ballot-form, or as `check_election_key`.
    """
    timestamp = read_header(stream).timestamp
    stream.seek(0)
    reading: _Reading | None = None
    position = Position(Stage.NEW, 0, None, timestamp)
    for step in read_steps(stream):
        position = Position(step.stage, step.event.height + 1, step.event_hash, timestamp)
        if reading is None:
            reading = _read_setup(step, with_ballots=with_ballots)
        reading.take(step)
    if reading is None:
        raise ConflictError("archive-setup", Text("Arsip ini belum memuat pembukaan pemilihan."))
    return OpenBoard(
        position=position,
        election=reading.election,
        trustees=reading.trustees,
        weights=reading.weights,
        data=frozenset(reading.data),
        tallied=reading.tallied,
        tally=reading.tally,
        sized=reading.sized,
        partials=reading.partials,
    )


@dataclass
class _Reading:
    """What the steps so far have told."""

    election: Election
    trustees: Trustees
    weights: Weights
    with_ballots: bool
    data: set[str] = field(default_factory=set)
    tallied: dict[Element, Choices] = field(default_factory=dict)
    tally: EncryptedTally | None = None
    sized: SizedTally | None = None
    partials: dict[int, PartialDecryption] = field(default_factory=dict)

    def take(self, step: Step) -> None:
        self.data.add(step.event_hash)
        self.data.update(map(hash_data, step.parts))
        if step.event.payload is not None:
            self.data.add(step.event.payload)
        match step.event.kind:
            case Kind.BALLOT if self.with_ballots:
                self._take_ballot(step.text)
            case Kind.ENCRYPTED_TALLY:
                self.sized = parse_sized_tally(step.text)
                self.tally = parse_tally(step.parts[0], group=self.election.group)
            case Kind.PARTIAL_DECRYPTION:
                owner = parse_owned(step.text).owner
                self.partials[owner] = parse_decryption(step.parts[0], wire=self.election.wire)
            case _:
                pass

    def _take_ballot(self, data: bytes) -> None:
        credential, choices = read_cast_ballot(data, group=self.election.group)
        shape = [question.choice_count for question in self.election.questions]
        if credential not in self.weights or list(map(len, choices)) != shape:
            raise ProofRejectedError(
                "ballot-form",
                Text(
                    "Arsip memuat surat suara yang tidak sah: {tracker}. Jalankan pilkades verify.",
                    tracker=fingerprint(data),
                ),
            )
        # The last ballot of a credential counts, at the place of the last.
        self.tallied.pop(credential, None)
        self.tallied[credential] = choices


def _read_setup(step: Step, *, with_ballots: bool) -> _Reading:
    election = parse_election(step.parts[0])
    trustees = parse_trustees(step.parts[1], group=election.group)
    weights = parse_credentials(step.parts[2], group=election.group)
    check_election_key(election, trustees)
    return _Reading(election, trustees, weights, with_ballots)
