"""Adding up stations (rekapitulasi): totals per village and per regency.

Law: the village committee adds up its stations on polling day; a regency looks at all its villages.
Every readable statement is added as it is written, and how many of them have a broken identity
stands beside the sum, so that no sum looks cleaner than its parts.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from pilkades.law.reconciliation.figures import StatementFigures

REGENCY_CODE_LENGTH = 5


@dataclass(slots=True)
class Totals:
    """Sums over stations; `votes` maps ballot numbers to votes."""

    stations: int = 0
    inconsistent: int = 0
    registered: int = 0
    users: int = 0
    valid: int = 0
    invalid: int = 0
    votes: dict[int, int] = field(default_factory=dict)

    def add(self, other: "Totals") -> None:
        self.stations += other.stations
        self.inconsistent += other.inconsistent
        self.registered += other.registered
        self.users += other.users
        self.valid += other.valid
        self.invalid += other.invalid
        for number, votes in other.votes.items():
            self.votes[number] = self.votes.get(number, 0) + votes


@dataclass(slots=True)
class Tabulation:
    """Totals by village code; filled by one process, merged by another."""

    villages: dict[str, Totals] = field(default_factory=dict)

    def add_statement(self, *, figures: StatementFigures, is_consistent: bool) -> None:
        totals = self.villages.get(figures.village_code)
        if totals is None:
            totals = self.villages[figures.village_code] = Totals()
        totals.stations += 1
        totals.inconsistent += not is_consistent
        totals.registered += figures.registered_total
        totals.users += figures.users_total
        totals.valid += figures.valid
        totals.invalid += figures.invalid
        votes = totals.votes
        for candidate in figures.candidates:
            votes[candidate.number] = votes.get(candidate.number, 0) + candidate.votes

    def merge(self, other: "Tabulation") -> None:
        for code, totals in other.villages.items():
            if code in self.villages:
                self.villages[code].add(totals)
            else:
                self.villages[code] = totals

    def regencies(self) -> Iterator[tuple[str, int, Totals]]:
        """Regency code, number of villages and totals, by code; votes are not added up there.

        Candidate 1 of one village has nothing to do with candidate 1 of the next.
        """
        counts: dict[str, int] = {}
        sums: dict[str, Totals] = {}
        for code, totals in self.villages.items():
            regency = code[:REGENCY_CODE_LENGTH]
            counts[regency] = counts.get(regency, 0) + 1
            total = sums.setdefault(regency, Totals())
            total.add(totals)
            total.votes.clear()
        for regency in sorted(sums):
            yield regency, counts[regency], sums[regency]
