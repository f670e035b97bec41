"""A voter's particulars as they enter the roll: the one shape, and what it must be like.

Every way into the roll (form, spreadsheet, visit, report of a citizen) ends in a `Voter`. What is
missing is allowed here, because a roll is often begun with gaps; what cannot be true is not.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from pilkades.apps.regions.models import Hamlet
from pilkades.apps.roll.models import (
    Disability,
    IdentityDocument,
    MaritalStatus,
    RollEntry,
    Sex,
)
from pilkades.apps.roll.selectors.field_names import FIELD_TITLES
from pilkades.errors import MalformedInputError
from pilkades.text import Text

NUMBER_DIGITS = 16
OLDEST_BIRTH = date(1890, 1, 1)
SECRET_FIELDS = ("nik", "kk", "phone")
"""Fields that are masked wherever a change is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voter:
    """What the roll says of one person; empty where nobody knows."""

    full_name: str
    nik: str = ""
    kk: str = ""
    sex: str = ""
    birth_place: str = ""
    birth_date: date | None = None
    marital_status: str = ""
    address: str = ""
    rt: str = ""
    rw: str = ""
    hamlet: Hamlet | None = None
    disability: str = ""
    identity_document: str = ""
    occupation: str = ""
    resident_since: date | None = None
    phone: str = ""
    note: str = ""


VOTER_FIELDS = tuple(item.name for item in fields(Voter))


def read_voter(entry: RollEntry) -> Voter:
    """What stands in an entry."""
    return Voter(**{name: getattr(entry, name) for name in VOTER_FIELDS})


def clean_voter(voter: Voter, *, today: date, village_code: str) -> Voter:
    """The same person with spaces and numbers put right.

    Raises: MalformedInputError for what cannot be true.
    """
    changes: dict[str, Any] = {
        name: " ".join(getattr(voter, name).split())
        for name in ("full_name", "birth_place", "address", "occupation", "note", "phone")
    }
    changes["nik"] = _clean_number(voter.nik, name="nik")
    changes["kk"] = _clean_number(voter.kk, name="kk")
    changes["rt"] = _clean_part(voter.rt, name="rt")
    changes["rw"] = _clean_part(voter.rw, name="rw")
    cleaned = replace(voter, **changes)
    _check(cleaned, today=today, village_code=village_code)
    return cleaned


def _clean_number(written: str, *, name: str) -> str:
    digits = "".join(written.split()).replace(".", "").replace("-", "")
    if digits and not (len(digits) == NUMBER_DIGITS and digits.isascii() and digits.isdigit()):
        raise MalformedInputError(
            f"voter.{name}",
            Text(
                "{field} harus 16 angka, yang diisi {count}. Cocokkan dengan KTP-el atau KK, atau "
                "kosongkan bila belum diketahui.",
                field=FIELD_TITLES[name],
                count=len(digits),
            ),
        )
    return digits


def _clean_part(written: str, *, name: str) -> str:
    """RT and RW are three digits, however they were written."""
    digits = written.strip()
    if not digits:
        return ""
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 3):
        raise MalformedInputError(
            f"voter.{name}",
            Text("{field} ditulis dengan angka, paling banyak tiga.", field=FIELD_TITLES[name]),
        )
    return "" if int(digits) == 0 else digits.zfill(3)


_CHOICES: Mapping[str, frozenset[str]] = {
    "sex": frozenset(Sex.values),
    "marital_status": frozenset(MaritalStatus.values),
    "disability": frozenset(Disability.values),
    "identity_document": frozenset(IdentityDocument.values),
}


def _check(voter: Voter, *, today: date, village_code: str) -> None:
    if not voter.full_name:
        raise MalformedInputError("voter.name", Text("Nama pemilih belum diisi."))
    for name, known in _CHOICES.items():
        if getattr(voter, name) not in {*known, ""}:
            raise MalformedInputError(
                f"voter.{name}",
                Text("Isian {field} tidak dikenal.", field=FIELD_TITLES[name]),
            )
    for name in VOTER_FIELDS:
        limit = getattr(RollEntry._meta.get_field(name), "max_length", None)
        value = getattr(voter, name)
        if limit and isinstance(value, str) and len(value) > limit:
            raise MalformedInputError(
                f"voter.{name}",
                Text(
                    "Isian {field} terlalu panjang, paling banyak {limit} huruf.",
                    field=FIELD_TITLES[name],
                    limit=limit,
                ),
            )
    if voter.birth_date and not OLDEST_BIRTH <= voter.birth_date <= today:
        raise MalformedInputError(
            "voter.birth_date",
            Text("Tanggal lahir {date} tidak mungkin. Periksa tahunnya.", date=voter.birth_date),
        )
    if voter.resident_since and voter.resident_since > today:
        raise MalformedInputError(
            "voter.resident_since",
            Text("Tanggal mulai tinggal {date} masih di depan.", date=voter.resident_since),
        )
    if voter.hamlet is not None and voter.hamlet.village_id != village_code:
        raise MalformedInputError("voter.hamlet", Text("Dusun itu bukan dusun desa ini."))
