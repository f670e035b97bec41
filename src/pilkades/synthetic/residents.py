"""The values of an invented village: people with the columns of the roll, households, villages."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from pilkades.synthetic.settlements import Neighbourhood


class VillagePerson(NamedTuple):
    """Orang rekaan, with the columns of a row of the roll; `person_id` is who it really is.

    `row_id` is the place in the roll, 0 for somebody who is not on it.
    """

    nik: str
    kk: str
    full_name: str
    sex: str
    birth_place: str
    birth_date: date
    marital_status: str
    address: str
    rt: str
    rw: str
    hamlet: str
    disability: str
    identity_document: str
    occupation: str
    resident_since: date
    phone: str
    note: str
    village_code: str
    person_id: int
    row_id: int


@dataclass(frozen=True, slots=True)
class Household:
    """Keluarga: who lives under one KK, the head first, and what each is to the head."""

    kk: str
    members: tuple[VillagePerson, ...]
    relations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Village:
    """Desa rekaan."""

    region_code: str
    hamlets: tuple[str, ...]
    neighbourhoods: tuple[Neighbourhood, ...]
    households: tuple[Household, ...]

    @property
    def voters(self) -> tuple[VillagePerson, ...]:
        """Everybody who belongs on the roll, neighbourhood by neighbourhood."""
        return tuple(person for person in self.people if person.row_id)

    @property
    def people(self) -> Iterator[VillagePerson]:
        """Everybody, with the children."""
        return (person for household in self.households for person in household.members)
