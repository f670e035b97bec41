"""What a determination starts from: the votes of every station, and who the candidates are.

Law: the village tabulation; Permendagri 112/2014 Pasal 42 also needs registered voters per station
and, with one station, votes per residential area. One row is the smallest thing that was counted
apart: a station, or a box per hamlet within it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from pilkades.errors import MalformedInputError
from pilkades.law.ballots.facts import EMPTY_COLUMN
from pilkades.law.reconciliation.figures import StatementFigures
from pilkades.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateFacts:
    """One candidate (calon kepala desa): ballot number and the hamlet where the candidate lives."""

    number: int
    hamlet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StationVotes:
    """Votes of one station, or of one hamlet's box in it (perolehan suara per TPS atau kotak).

    `votes` maps ballot numbers to votes; 0 is the empty column. `ballots` are the valid and invalid
    ones that were counted, `turnout` the voters who came.
    """

    station: str
    registered: int
    turnout: int
    ballots: int
    votes: Mapping[int, int]
    hamlet: str = ""


def votes_of_statement(*, figures: StatementFigures, hamlet: str = "") -> StationVotes:
    """What a determination needs from the figures of one sealed statement."""
    return StationVotes(
        station=figures.station,
        hamlet=hamlet,
        registered=figures.registered_total,
        turnout=figures.users_total,
        ballots=figures.total,
        votes={candidate.number: candidate.votes for candidate in figures.candidates},
    )


def check_votes(
    *, stations: tuple[StationVotes, ...], candidates: tuple[CandidateFacts, ...]
) -> None:
    """Refuse figures from which nothing can be determined, naming station and reason."""
    numbers = [candidate.number for candidate in candidates]
    if not stations or not candidates:
        raise _refuse("empty", Text("Belum ada TPS atau belum ada calon."))
    if len(set(numbers)) != len(numbers) or min(numbers) < 1:
        raise _refuse("candidates", Text("Nomor calon harus berbeda dan mulai dari 1."))
    expected = {*numbers, EMPTY_COLUMN} if len(numbers) == 1 else set(numbers)
    places = [(row.station, row.hamlet) for row in stations]
    if len(set(places)) != len(places):
        raise _refuse("stations", Text("Ada TPS atau kotak dusun yang tertulis dua kali."))
    for row in stations:
        _check_row(row, expected)


def _check_row(row: StationVotes, expected: set[int]) -> None:
    if not row.station.strip():
        raise _refuse("stations", Text("Ada TPS tanpa nama."))
    if set(row.votes) != expected:
        raise _refuse(
            "votes",
            Text(
                "{station}: suara harus ditulis tepat untuk nomor {numbers}.",
                station=row.station,
                numbers=tuple(sorted(expected)),
            ),
        )
    if min(row.registered, row.turnout, row.ballots, *row.votes.values()) < 0:
        raise _refuse("negative", Text("{station}: ada angka negatif.", station=row.station))
    if sum(row.votes.values()) > row.ballots:
        raise _refuse(
            "ballots",
            Text(
                "{station}: jumlah suara calon ({votes}) lebih dari surat suara yang dihitung "
                "({ballots}). Periksa dulu berita acaranya dengan pilkades reconcile.",
                station=row.station,
                votes=sum(row.votes.values()),
                ballots=row.ballots,
            ),
        )


def _refuse(name: str, text: Text) -> MalformedInputError:
    return MalformedInputError(f"determination.{name}", text)
