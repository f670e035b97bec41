"""Invented people of a village, seeded: the same seed is the same person.

Names are put together from lists and belong to nobody. A NIK is well formed (region, birth date,
serial; for women day + 40), but its serial lies in 9000-9999, which the registry gives out last, so
that an invented person is not a real one by accident.
"""

import random
from dataclasses import dataclass
from datetime import date, timedelta

MALE_NAMES = (
    "Agus", "Bambang", "Budi", "Dedi", "Eko", "Fajar", "Gatot", "Hadi", "Imam", "Joko", "Kasiman",
    "Lukman", "Mulyono", "Nur", "Paimin", "Rudi", "Slamet", "Sugeng", "Teguh", "Usman", "Wahyu",
    "Yanto", "Zainal", "Made", "Ketut", "Ucok", "Yohanes", "Daeng",
)  # fmt: skip
FEMALE_NAMES = (
    "Aminah", "Dewi", "Endang", "Fatimah", "Hartini", "Indah", "Kartini", "Lestari", "Marsini",
    "Ningsih", "Puji", "Ratna", "Sari", "Siti", "Sri", "Sulastri", "Tri", "Umi", "Wahyuni",
    "Yulianti", "Zubaidah", "Ni Luh", "Maria", "Butet",
)  # fmt: skip
LAST_NAMES = (
    "Santoso", "Prasetyo", "Wibowo", "Hidayat", "Kurniawan", "Setiawan", "Nugroho", "Susanto",
    "Handayani", "Rahayu", "Utomo", "Saputra", "Purnomo", "Hartono", "Firmansyah", "Maulana",
    "Suryani", "Wahyudi", "Mardiana", "Siregar", "Pranata", "Hasanah", "Rohman", "Sutrisno",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Orang rekaan."""

    name: str
    nik: str
    birth_date: date
    birth_place: str
    is_female: bool


def make_person(
    *, rng: random.Random, region_code: str, age_years_min: int, age_years_max: int, on: date
) -> Person:
    """One person of the district, between the two ages on that day (both inclusive)."""
    is_female = rng.random() < 0.45
    first = rng.choice(FEMALE_NAMES if is_female else MALE_NAMES)
    days = rng.randint(age_years_min * 366, (age_years_max + 1) * 365 - 1)
    birth_date = on - timedelta(days=days)
    return Person(
        name=f"{first} {rng.choice(LAST_NAMES)}",
        nik=make_nik(
            district_digits=region_code.replace(".", "")[:6],
            birth_date=birth_date,
            is_female=is_female,
            serial=rng.randint(9000, 9999),
        ),
        birth_date=birth_date,
        birth_place="Blitar",
        is_female=is_female,
    )


def make_nik(*, district_digits: str, birth_date: date, is_female: bool, serial: int) -> str:
    """16 digits: region 6, birth ddmmyy (women dd + 40), serial 4."""
    day = birth_date.day + (40 if is_female else 0)
    return f"{district_digits}{day:02d}{birth_date:%m%y}{serial:04d}"
