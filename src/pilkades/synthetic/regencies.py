"""The rolls of a whole regency as a stream, with planted duplicates and their truth.

One village is held at a time. Whoever moved to another village, and the namesakes that are planted
there, come at the end of the stream.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from pilkades.synthetic.duplicates import (
    DuplicateTruth,
    Likeness,
    Trait,
    TraitDealer,
    may_carry,
    spoil_person,
)
from pilkades.synthetic.families import CHILD
from pilkades.synthetic.numbering import FIRST_SPARE_CARD, Issuer
from pilkades.synthetic.settlements import Neighbourhood, draw_address
from pilkades.synthetic.villages import Household, Village, VillagePerson, make_village

VOTERS_PER_VILLAGE = 4500
VILLAGES_PER_DISTRICT = 10
DUPLICATE_SHARE, NAMESAKE_SHARE = 0.02, 0.001
OTHER_VILLAGE_SHARE, KEPT_CARD_SHARE = 0.6, 0.5
FIRST_NAMESAKE = 90_000


@dataclass(slots=True)
class _Waiting:
    """Rows that come at the end: whom they are made from, and where that one stands."""

    movers: list[tuple[VillagePerson, Trait]] = field(default_factory=list)
    namesakes: list[VillagePerson] = field(default_factory=list)
    places: list[tuple[str, tuple[Neighbourhood, ...]]] = field(default_factory=list)


class RegencyRolls:
    """Iterate to draw the rows; `truth` is complete once the last one was drawn.

    `people` are different persons; duplicates and namesakes come on top of them.
    """

    def __init__(
        self,
        *,
        seed: int,
        regency_code: str,
        people: int,
        on: date,
        duplicate_share: float = DUPLICATE_SHARE,
        namesake_share: float = NAMESAKE_SHARE,
    ) -> None:
        self._seed, self._regency_code, self._people, self._on = seed, regency_code, people, on
        self._duplicate_share, self._namesake_share = duplicate_share, namesake_share
        self.truth = DuplicateTruth()

    def __iter__(self) -> Iterator[VillagePerson]:
        self.truth = DuplicateTruth()
        rng = Random(f"{self._seed}:{self._regency_code}:rolls")
        dealer, waiting = TraitDealer(rng=rng), _Waiting()
        taken: set[int] = set()
        row_id, due = 0, 0.0
        for code, voters in self._list_villages(rng):
            village = make_village(
                seed=self._seed, region_code=code, voters=voters, on=self._on, taken=taken
            )
            waiting.places.append((code, village.neighbourhoods))
            self._note_likeness(village, row_id)
            rows = [row._replace(row_id=row_id + row.row_id) for row in village.voters]
            yield from rows
            row_id += voters
            due += voters * self._duplicate_share
            copies = self._plant(rng, dealer, rows, village.neighbourhoods, int(due), waiting)
            due -= int(due)
            for copy, source, traits in copies:
                row_id += 1
                self.truth.add(first=source, second=row_id, traits=traits)
                yield copy._replace(row_id=row_id)
        yield from self._draw_waiting(rng, waiting, taken, row_id)

    def _list_villages(self, rng: Random) -> Iterator[tuple[str, int]]:
        """Codes and sizes; together exactly the wished number of people."""
        count = max(2, round(self._people / VOTERS_PER_VILLAGE))
        weights = [0.6 + rng.random() * 0.8 for _ in range(count)]
        left, weight_left = self._people, sum(weights)
        for place, weight in enumerate(weights):
            voters = round(left * weight / weight_left) if place + 1 < count else left
            left, weight_left = left - voters, weight_left - weight
            district, number = divmod(place, VILLAGES_PER_DISTRICT)
            yield f"{self._regency_code}.{district + 1:02d}.{2001 + number}", voters

    def _plant(
        self,
        rng: Random,
        dealer: TraitDealer,
        rows: list[VillagePerson],
        places: tuple[Neighbourhood, ...],
        count: int,
        waiting: _Waiting,
    ) -> Iterator[tuple[VillagePerson, int, Trait]]:
        """The copies that stand in the same village; movers to another wait for the end."""
        fresh = [rows[place] for place in rng.sample(range(len(rows)), len(rows) // 2)]
        for _ in range(round(len(rows) * self._namesake_share)):
            waiting.namesakes.append(fresh.pop())
        for _ in range(count):
            traits = dealer.deal()
            person = fresh.pop(
                next(n for n, row in enumerate(fresh) if may_carry(person=row, traits=traits))
            )
            if traits & Trait.MOVED and rng.random() < OTHER_VILLAGE_SHARE:
                waiting.movers.append((person, traits))
                continue
            copy = spoil_person(rng=rng, person=person, traits=traits)
            if traits & Trait.MOVED:
                copy = _move_within(rng, copy, places, self._on)
            yield copy, person.row_id, traits

    def _draw_waiting(
        self, rng: Random, waiting: _Waiting, taken: set[int], row_id: int
    ) -> Iterator[VillagePerson]:
        for person, traits in waiting.movers:
            row_id += 1
            code, places = _pick_other(rng, waiting, person.village_code)
            copy = spoil_person(rng=rng, person=person, traits=traits)
            self.truth.add(first=person.row_id, second=row_id, traits=traits)
            yield _settle(rng, copy, code, rng.choice(places), self._on)._replace(row_id=row_id)
        for number, person in enumerate(waiting.namesakes):
            row_id += 1
            code, places = _pick_other(rng, waiting, person.village_code)
            issuer = Issuer(region_code=code, rng=rng, taken=taken)
            nik = issuer.issue_foreign_nik(
                district=issuer.district,
                birth_date=person.birth_date,
                is_female=person.sex == "P",
            )
            self.truth.alike.append((person.row_id, row_id, Likeness.NAMESAKE))
            digits = int(code.replace(".", ""))
            yield _settle(rng, person, code, rng.choice(places), self._on)._replace(
                nik=nik,
                phone="",
                person_id=digits * 100_000 + FIRST_NAMESAKE + number % 10_000,
                row_id=row_id,
            )

    def _note_likeness(self, village: Village, before: int) -> None:
        for household in village.households:
            for first, second, kind in _find_alike(household):
                self.truth.alike.append((before + first, before + second, kind))


def _find_alike(household: Household) -> Iterator[tuple[int, int, Likeness]]:
    """Twins stand behind each other; a son may bear his father's name."""
    members, relations = household.members, household.relations
    for place, person in enumerate(members[1:], start=1):
        if not person.row_id:
            continue
        before = members[place - 1]
        are_siblings = relations[place - 1] == relations[place] == CHILD
        if before.row_id and are_siblings and before.birth_date == person.birth_date:
            yield before.row_id, person.row_id, Likeness.TWINS
        if person.sex == "L" and person.full_name == members[0].full_name and members[0].row_id:
            yield members[0].row_id, person.row_id, Likeness.FATHER_AND_SON


def _pick_other(
    rng: Random, waiting: _Waiting, village_code: str
) -> tuple[str, tuple[Neighbourhood, ...]]:
    while True:
        code, places = rng.choice(waiting.places)
        if code != village_code:
            return code, places


def _move_within(
    rng: Random, person: VillagePerson, places: tuple[Neighbourhood, ...], on: date
) -> VillagePerson:
    """To another neighbourhood of the village, half of them with the old card."""
    others = [place for place in places if (place.rw, place.rt) != (person.rw, person.rt)]
    moved = _settle(rng, person, person.village_code, rng.choice(others or places), on)
    return moved._replace(kk=person.kk) if rng.random() < KEPT_CARD_SHARE else moved


def _settle(
    rng: Random, person: VillagePerson, code: str, place: Neighbourhood, on: date
) -> VillagePerson:
    """The person in a house there, under a new card."""
    arrived = on - timedelta(days=rng.randint(30, 2500))
    serial = rng.randint(FIRST_SPARE_CARD, 9999)
    return person._replace(
        kk=f"{code.replace('.', '')[:6]}{arrived:%d%m%y}{serial}",
        address=draw_address(rng=rng, place=place),
        rt=place.rt,
        rw=place.rw,
        hamlet=place.hamlet,
        resident_since=max(arrived, person.birth_date),
        village_code=code,
    )
