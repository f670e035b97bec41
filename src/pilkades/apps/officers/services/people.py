"""Who a person is, as an identity card says; checked before it is sealed."""

from dataclasses import dataclass
from datetime import date

from pilkades.apps.elections.models import Sex
from pilkades.errors import MalformedInputError
from pilkades.text import Text

NIK_DIGITS = 16
OLDEST_YEARS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An officer as the KTP-el has it; `repr` shows nothing but the name."""

    full_name: str
    nik: str
    sex: Sex
    birth_place: str
    birth_date: date
    address: str
    phone: str = ""

    def __repr__(self) -> str:
        return f"Person(full_name={self.full_name!r})"


def check_nik(nik: str) -> None:
    """Refuse what cannot be a NIK; raises MalformedInputError `officer.nik`."""
    if len(nik) != NIK_DIGITS or not (nik.isascii() and nik.isdigit()):
        raise MalformedInputError(
            "officer.nik", Text("NIK terdiri atas 16 angka. Salin lagi dari KTP-el tanpa spasi.")
        )


def check_person(person: Person, *, today: date) -> None:
    """Refuse a NIK or a day of birth that cannot be; digits that disagree are shown later.

    Raises: MalformedInputError `officer.nik`, `officer.birth-date`.
    """
    check_nik(person.nik)
    if not today.year - OLDEST_YEARS <= person.birth_date.year or person.birth_date >= today:
        raise MalformedInputError(
            "officer.birth-date",
            Text("Tanggal lahir {day} tidak mungkin. Periksa KTP-el.", day=person.birth_date),
        )
