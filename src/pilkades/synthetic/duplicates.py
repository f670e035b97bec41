"""The same person a second time on a roll, with errors of known kinds and rates.

Of planted duplicates 35 % have no NIK and 15 % one wrong digit in it, 40 % have another spelling of
the name, 15 % day and month exchanged, 10 % another error in the date, 30 % have moved. The four
groups are dealt apart from each other, so they overlap; per hundred the rates are exact.
"""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import IntFlag
from random import Random

from pilkades.synthetic.misspellings import vary_name
from pilkades.synthetic.villages import VillagePerson

DECK = 100


class Trait(IntFlag):
    """What distinguishes a planted row from the one it repeats; 0 is a plain copy."""

    NIK_MISSING = 1
    NIK_WRONG_DIGIT = 2
    NAME_VARIANT = 4
    DATE_SWAPPED = 8
    DATE_OTHER = 16
    MOVED = 32


class Likeness(IntFlag):
    """Why two people who are not the same look alike."""

    TWINS = 1
    FATHER_AND_SON = 2
    NAMESAKE = 4


NIKS = ((Trait.NIK_MISSING, 35), (Trait.NIK_WRONG_DIGIT, 15))
NAMES = ((Trait.NAME_VARIANT, 40),)
DATES = ((Trait.DATE_SWAPPED, 15), (Trait.DATE_OTHER, 10))
MOVES = ((Trait.MOVED, 30),)


@dataclass(slots=True)
class DuplicateTruth:
    """Kebenaran: which rows are the same person, and which only look so; by row ids.

    Filled while the rows are drawn, complete once the last one was.
    """

    first: "array[int]" = field(default_factory=lambda: array("L"))
    second: "array[int]" = field(default_factory=lambda: array("L"))
    traits: "array[int]" = field(default_factory=lambda: array("B"))
    alike: list[tuple[int, int, Likeness]] = field(default_factory=list)

    def add(self, *, first: int, second: int, traits: Trait) -> None:
        self.first.append(first)
        self.second.append(second)
        self.traits.append(traits)

    def __len__(self) -> int:
        return len(self.first)

    @property
    def pairs(self) -> Iterator[tuple[int, int]]:
        """Every pair of rows that are one person, the earlier row first."""
        return zip(self.first, self.second, strict=True)

    def count(self, trait: Trait) -> int:
        return sum(bool(traits & trait) for traits in self.traits)


class TraitDealer:
    """Deals the traits of one duplicate after the other, hundred by hundred in the exact rates."""

    def __init__(self, *, rng: Random) -> None:
        self._rng = rng
        self._dealt: list[Trait] = []

    def deal(self) -> Trait:
        if not self._dealt:
            decks = [self._shuffle(group) for group in (NIKS, NAMES, DATES, MOVES)]
            self._dealt = [
                nik | name | day | move for nik, name, day, move in zip(*decks, strict=True)
            ]
        return self._dealt.pop()

    def _shuffle(self, group: tuple[tuple[Trait, int], ...]) -> list[Trait]:
        cards = [trait for trait, count in group for _ in range(count)]
        cards += [Trait(0)] * (DECK - len(cards))
        self._rng.shuffle(cards)
        return cards


def may_carry(*, person: VillagePerson, traits: Trait) -> bool:
    """Whether day and month can be exchanged where they are to be."""
    born = person.birth_date
    return not traits & Trait.DATE_SWAPPED or (born.day <= 12 and born.day != born.month)


def spoil_person(*, rng: Random, person: VillagePerson, traits: Trait) -> VillagePerson:
    """The person once more, with the errors of these traits; moving is the caller's."""
    nik, name, born = person.nik, person.full_name, person.birth_date
    if traits & Trait.NIK_MISSING:
        nik = ""
    elif traits & Trait.NIK_WRONG_DIGIT:
        nik = _change_digit(rng, nik)
    if traits & Trait.NAME_VARIANT:
        name = vary_name(rng=rng, name=name, sex=person.sex)
    if traits & Trait.DATE_SWAPPED:
        born = date(born.year, born.day, born.month)
    elif traits & Trait.DATE_OTHER:
        born = _mistake_date(rng, born)
    return person._replace(nik=nik, full_name=name, birth_date=born, phone="")


def _change_digit(rng: Random, nik: str) -> str:
    place = rng.randrange(16)
    digit = (int(nik[place]) + rng.randint(1, 9)) % 10
    return f"{nik[:place]}{digit}{nik[place + 1 :]}"


def _mistake_date(rng: Random, born: date) -> date:
    """One figure wrong, or only the year known and written as its first or last day."""
    kind, sign = rng.random(), rng.choice((-1, 1))
    try:
        if kind < 0.35:
            wrong = born.replace(day=born.day + sign * rng.choice((1, 1, 10)))
        elif kind < 0.55:
            wrong = born.replace(month=born.month + sign)
        elif kind < 0.85:
            wrong = born.replace(year=born.year + sign * rng.choice((1, 1, 2, 10)))
        else:
            wrong = date(born.year, *rng.choice(((1, 1), (12, 31), (7, 1))))
    except ValueError:
        return _mistake_date(rng, born)
    return wrong if wrong != born else _mistake_date(rng, born)
