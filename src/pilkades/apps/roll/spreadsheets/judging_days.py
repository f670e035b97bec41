"""Days of a row: birth, compared with the NIK, and the day since which somebody lives there."""

import re
from collections.abc import Mapping
from datetime import date

from pilkades.apps.roll.spreadsheets.cells import Cell, to_text
from pilkades.apps.roll.spreadsheets.dates import (
    DayReading,
    read_day,
    swap_day_and_month,
)
from pilkades.apps.roll.spreadsheets.numbers import NikFacts, read_nik_facts
from pilkades.apps.roll.spreadsheets.problems import Finding, Mending, clear
from pilkades.text import Text

_EMPTY = Text("Kosongkan tanggal lahir, lengkapi saat coklit")
_TEXTS = {
    "unreadable": Text("Tanggal lahir tidak terbaca. Tulis seperti 2 Maret 1980."),
    "no-such-day": Text("Tanggal lahir ini tidak ada di kalender."),
    "leap-day": Text("Tahun itu bukan tahun kabisat, jadi tidak ada 29 Februari."),
    "month-first": Text("Bulan tertulis sebelum tanggal, atau tanggal dan bulan tertukar."),
    "year-only": Text("Hanya tahun lahir yang tertulis."),
    "future": Text("Tanggal lahir ini belum tiba."),
    "too-old": Text("Menurut tanggal ini umurnya lebih dari 120 tahun."),
}
_PLACE_AND_DAY = re.compile(
    r"^(?P<place>[^\d]*?)[\s,./\-;:]*(?P<day>\d.*|[A-Za-z]+ \d{1,2},? \d{4})$"
)


def judge_birth_date(raw: Mapping[str, Cell], finding: Finding, *, today: date) -> None:
    """Place and day of birth, out of one column or two."""
    place, cell = _split_birth(raw)
    if place:
        finding.values["birth_place"] = place
    facts = read_nik_facts(finding.values["nik"]) if "nik" in finding.values else None
    text = to_text(cell)
    if text in ("", "-", "--", "0"):
        finding.add(
            "date.missing",
            "birth_date",
            Text("Tanggal lahir kosong. Dapat disimpan, dan dilengkapi saat coklit."),
            *_offer_from_nik(facts, None, today),
        )
        return
    reading = read_day(cell, today=today)
    if reading.day is None:
        _report(reading, finding, facts, today)
        return
    finding.values["birth_date"] = reading.day.isoformat()
    if facts is not None and facts.agrees_with(reading.day):
        return
    if reading.code:
        accepted = Mending(
            f"accept:{reading.code}",
            Text("Terima {day}", day=reading.day),
            {"birth_date": reading.day.isoformat()},
        )
        finding.add(
            f"date.{reading.code}", "birth_date", _doubt(reading.code, reading.day), accepted
        )
    if facts is not None and facts.is_possible:
        _compare(reading.day, facts, finding, today)


def judge_resident_since(raw: Mapping[str, Cell], finding: Finding, *, today: date) -> None:
    """Since when somebody lives in the village."""
    cell = raw.get("resident_since")
    if to_text(cell) in ("", "-"):
        return
    reading = read_day(cell, today=today)
    if reading.day is not None:
        finding.values["resident_since"] = reading.day.isoformat()
        return
    finding.add(
        "resident.unreadable",
        "resident_since",
        Text("Tanggal mulai menetap tidak terbaca. Tulis seperti 2 Maret 2020."),
        clear("resident_since", Text("Kosongkan tanggal menetap")),
    )


def _split_birth(raw: Mapping[str, Cell]) -> tuple[str, Cell]:
    """Separate columns, or what somebody mended, before the combined one."""
    place, cell = to_text(raw.get("birth_place")), raw.get("birth_date")
    combined = raw.get("birth")
    if combined is None:
        return place, cell
    found_place, found_cell = _take_apart(combined)
    return (
        place if "birth_place" in raw else found_place,
        cell if "birth_date" in raw else found_cell,
    )


def _take_apart(combined: Cell) -> tuple[str, Cell]:
    """`Blitar, 02-03-1980`: the place is what stands before the first figure."""
    if not isinstance(combined, str):
        return "", combined
    match = _PLACE_AND_DAY.match(combined)
    if match is None:
        # No figure at all: a place without a day, or neither.
        return combined.strip(" ,-./"), None
    return match["place"].strip(" ,-./"), match["day"]


def _doubt(code: str, day: date) -> Text:
    if code == "serial":
        return Text("Tanggal lahir berupa angka Excel; terbaca sebagai {day}.", day=day)
    return Text("Tahun lahir hanya dua angka; terbaca sebagai {day}.", day=day)


def _report(reading: DayReading, finding: Finding, facts: NikFacts | None, today: date) -> None:
    offers: list[Mending] = []
    if reading.offer is not None:
        text = Text("Jadikan {day}", day=reading.offer)
        offers.append(
            Mending(f"offer:{reading.code}", text, {"birth_date": reading.offer.isoformat()})
        )
    offers += _offer_from_nik(facts, reading.offer, today)
    offers.append(clear("birth_date", _EMPTY))
    finding.add(f"date.{reading.code}", "birth_date", _TEXTS[reading.code], *offers)


def _compare(day: date, facts: NikFacts, finding: Finding, today: date) -> None:
    swapped = swap_day_and_month(day)
    if swapped is not None and facts.agrees_with(swapped):
        finding.add(
            "nik.birth-date",
            "birth_date",
            Text("Menurut NIK tanggal dan bulan lahir tertukar."),
            Mending(
                "swap",
                Text("Tukar tanggal dan bulan: {day}", day=swapped),
                {"birth_date": swapped.isoformat()},
            ),
        )
        return
    finding.add(
        "nik.birth-date",
        "birth_date",
        Text(
            "Menurut NIK lahirnya tanggal {day} bulan {month} tahun '{year}. Keduanya dapat "
            "keliru: cocokkan dengan KTP.",
            day=facts.day,
            month=facts.month,
            year=f"{facts.year_digits:02}",
        ),
        *_offer_from_nik(facts, day, today),
    )


def _offer_from_nik(facts: NikFacts | None, near: date | None, today: date) -> tuple[Mending, ...]:
    if facts is None:
        return ()
    day = facts.find_birth_date(near=near, today=today)
    if day is None or day > today or (near is not None and day == near):
        return ()
    text = Text("Pakai tanggal lahir dari NIK: {day}", day=day)
    return (Mending("date-from-nik", text, {"birth_date": day.isoformat()}),)
