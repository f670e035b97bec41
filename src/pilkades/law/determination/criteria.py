"""The criteria for equal votes, each one a small function on the stations.

Law: Permendagri 112/2014 Pasal 42 and the regional rules that order ties differently. A criterion
takes the candidates that are still tied and gives back those that it puts first: one, some or all
of them. It never looks at ballot numbers, so renumbering the candidates changes nothing.

Left out on purpose: what happens next; the pack says that, and `determine` follows it.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pilkades.law.determination.rules import (
    Among,
    Comparison,
    EqualUnits,
    Measure,
    TieCriterion,
    Unit,
)
from pilkades.law.determination.votes import CandidateFacts, StationVotes
from pilkades.text import Text


@dataclass(slots=True)
class UnitVotes:
    """A station or hamlet with everything that was counted in it."""

    name: str
    registered: int = 0
    turnout: int = 0
    ballots: int = 0
    votes: dict[int, int] | None = None

    def size(self, measure: Measure) -> int:
        if measure is Measure.REGISTERED:
            return self.registered
        return self.turnout if measure is Measure.TURNOUT else self.ballots


@dataclass(frozen=True, slots=True)
class Separation:
    """Whom a criterion puts first, and the figures that say so."""

    first: frozenset[int]
    text: Text
    is_data_missing: bool = False


def apply_criterion(
    *,
    criterion: TieCriterion,
    stations: tuple[StationVotes, ...],
    candidates: tuple[CandidateFacts, ...],
    tied: frozenset[int],
) -> Separation:
    """Compare the tied candidates by one criterion.

    Law: Permendagri 112/2014 Pasal 42; field `[[tie]]`. Where the villages' figures do not hold
    what the criterion asks for (votes per hamlet), that is said and nothing is separated.
    """
    if criterion.unit is Unit.HAMLET and any(not row.hamlet for row in stations):
        text = Text("Suara per dusun tidak dicatat, sehingga kriteria ini tidak dapat dipakai.")
        return Separation(tied, text, is_data_missing=True)
    units = _group(stations, criterion.unit)
    if criterion.comparison is Comparison.RESIDENCE:
        return _residence(criterion, units, candidates, tied)
    return _COMPARISONS[criterion.comparison](criterion, units, tied)


def _largest_unit(
    criterion: TieCriterion, units: tuple[UnitVotes, ...], tied: frozenset[int]
) -> Separation:
    largest = _largest(units, criterion.measure)
    facts = _unit_facts(criterion, largest)
    if len(largest) > 1 and criterion.equal_units is EqualUnits.SKIP:
        return Separation(
            tied,
            Text("{units} sama besar menurut {measure} ({size}): kriteria dilewati.", **facts),
        )
    votes = _sum_votes(largest)
    first = _leaders(votes, tied, criterion.among)
    figures = {**facts, "votes": list_votes(votes, tied), "verdict": _verdict(first, tied)}
    if not first:
        return Separation(
            tied,
            Text(
                "Terbesar menurut {measure}: {units} ({size}). Di sana {votes}, tetapi yang unggul "
                "calon lain.",
                **figures,
            ),
        )
    return Separation(
        first,
        Text(
            "Terbesar menurut {measure}: {units} ({size}). Di sana {votes}. {verdict}",
            **figures,
        ),
    )


def _units_won(
    criterion: TieCriterion, units: tuple[UnitVotes, ...], tied: frozenset[int]
) -> Separation:
    won = dict.fromkeys(tied, 0)
    for unit in units:
        leaders = _leaders(unit.votes or {}, tied, criterion.among)
        if len(leaders) == 1:
            won[next(iter(leaders))] += 1
    first = _highest(won)
    text = Text(
        "Menang di {unit} terbanyak: {counts}. {verdict}",
        unit=_unit_name(criterion.unit),
        counts=_list_counts(won),
        verdict=_verdict(first, tied),
    )
    return Separation(first, text)


def _spread(
    criterion: TieCriterion, units: tuple[UnitVotes, ...], tied: frozenset[int]
) -> Separation:
    reached = {
        number: sum((unit.votes or {}).get(number, 0) >= criterion.minimum_votes for unit in units)
        for number in tied
    }
    first = _highest(reached)
    text = Text(
        "Suara (paling sedikit {minimum}) tersebar di {unit} terbanyak: {counts}. {verdict}",
        minimum=criterion.minimum_votes,
        unit=_unit_name(criterion.unit),
        counts=_list_counts(reached),
        verdict=_verdict(first, tied),
    )
    return Separation(first, text)


def _residence(
    criterion: TieCriterion,
    units: tuple[UnitVotes, ...],
    candidates: tuple[CandidateFacts, ...],
    tied: frozenset[int],
) -> Separation:
    homes = {c.number: c.hamlet for c in candidates if c.number in tied}
    if not all(homes.values()):
        text = Text("Dusun tempat tinggal calon tidak dicatat: kriteria ini tidak dapat dipakai.")
        return Separation(tied, text, is_data_missing=True)
    largest = _largest(units, criterion.measure)
    facts = _unit_facts(criterion, largest)
    names = {unit.name for unit in largest}
    residents = frozenset(number for number, home in homes.items() if home in names)
    if not residents or (len(largest) > 1 and criterion.equal_units is EqualUnits.SKIP):
        text = Text("Terbesar menurut {measure}: {units} ({size}). Tidak memisahkan.", **facts)
        return Separation(tied, text)
    text = Text(
        "Terbesar menurut {measure}: {units} ({size}). Tinggal di sana: {first}.",
        **facts,
        first=list_numbers(residents),
    )
    return Separation(residents, text)


_Compare = Callable[[TieCriterion, tuple[UnitVotes, ...], frozenset[int]], Separation]
_COMPARISONS: Mapping[Comparison, _Compare] = {
    Comparison.LARGEST_UNIT: _largest_unit,
    Comparison.UNITS_WON: _units_won,
    Comparison.SPREAD: _spread,
}


# --- grouping and leading ---


def _group(stations: tuple[StationVotes, ...], unit: Unit) -> tuple[UnitVotes, ...]:
    """Rows of one station, or of one hamlet, added up; in the order of their names."""
    groups: dict[str, UnitVotes] = {}
    for row in stations:
        name = row.station if unit is Unit.STATION else row.hamlet
        group = groups.setdefault(name, UnitVotes(name, votes=defaultdict(int)))
        group.registered += row.registered
        group.turnout += row.turnout
        group.ballots += row.ballots
        for number, votes in row.votes.items():
            group.votes[number] += votes  # type: ignore[index]  # set two lines above
    return tuple(groups[name] for name in sorted(groups))


def _largest(units: tuple[UnitVotes, ...], measure: Measure) -> tuple[UnitVotes, ...]:
    size = max(unit.size(measure) for unit in units)
    return tuple(unit for unit in units if unit.size(measure) == size)


def _sum_votes(units: tuple[UnitVotes, ...]) -> Mapping[int, int]:
    total: dict[int, int] = defaultdict(int)
    for unit in units:
        for number, votes in (unit.votes or {}).items():
            total[number] += votes
    return total


def _leaders(votes: Mapping[int, int], tied: frozenset[int], among: Among) -> frozenset[int]:
    """The tied candidates with the most votes; none where an outsider leads and counts."""
    if among is Among.TIED:
        votes = {number: count for number, count in votes.items() if number in tied}
    return _highest(votes) & tied


def _highest(counts: Mapping[int, int]) -> frozenset[int]:
    most = max(counts.values())
    return frozenset(number for number, count in counts.items() if count == most)


# --- words ---


def list_numbers(numbers: frozenset[int]) -> tuple[Text, ...]:
    """Candidates by number, in rising order: "calon 1, calon 3"."""
    return tuple(Text("calon {number}", number=number) for number in sorted(numbers))


def list_votes(votes: Mapping[int, int], numbers: frozenset[int]) -> tuple[Text, ...]:
    """Candidates with their votes: "calon 1 180 suara, calon 2 160 suara"."""
    return tuple(
        Text("calon {number} {votes} suara", number=number, votes=votes.get(number, 0))
        for number in sorted(numbers)
    )


def _list_counts(counts: Mapping[int, int]) -> tuple[Text, ...]:
    return tuple(
        Text("calon {number} {count}", number=number, count=counts[number])
        for number in sorted(counts)
    )


def _verdict(first: frozenset[int], tied: frozenset[int]) -> Text:
    if first == tied:
        return Text("Tidak memisahkan.")
    return Text("Unggul: {first}.", first=list_numbers(first))


def _unit_facts(criterion: TieCriterion, largest: tuple[UnitVotes, ...]) -> dict[str, object]:
    return {
        "measure": _MEASURE_NAMES[criterion.measure],
        "units": tuple(unit.name for unit in largest),
        "size": largest[0].size(criterion.measure),
    }


def _unit_name(unit: Unit) -> Text:
    return Text("TPS") if unit is Unit.STATION else Text("dusun")


_MEASURE_NAMES: Mapping[Measure, Text] = {
    Measure.REGISTERED: Text("pemilih terdaftar"),
    Measure.TURNOUT: Text("pemilih yang hadir"),
    Measure.BALLOTS: Text("surat suara yang dihitung"),
}
