"""Dates, times and numbers in the words of the active language.

Indonesian as officials write it ("Senin, 23 November 2026", "07.00 WIB", "1.234", "Rp1.100.000"),
English with the same care. Names of days and months stand here rather than in the locale of the
machine, so that paper, screen and test agree everywhere.
"""

from datetime import date, datetime, tzinfo
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import get_language

DAYS = {
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
MONTHS = {
    "id": (
        *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
        *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
SHORT_MONTHS = {
    "id": ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
ZONE_BY_OFFSET_HOURS = {7: "WIB", 8: "WITA", 9: "WIT"}

Number = int | float | Decimal


def format_date(value: date, *, zone: str | None = None) -> str:
    """ "Senin, 23 November 2026"; an instant counts as the day it falls on in the zone."""
    day, language = _local_date(value, zone), active_language()
    return f"{DAYS[language][day.weekday()]}, {format_plain_date(day)}"


def format_plain_date(value: date, *, zone: str | None = None) -> str:
    """ "23 November 2026", without the name of the day."""
    day = _local_date(value, zone)
    return f"{day.day} {MONTHS[active_language()][day.month - 1]} {day.year}"


def format_short_date(value: date, *, zone: str | None = None) -> str:
    """ "23 Nov 2026", for tables."""
    day = _local_date(value, zone)
    return f"{day.day} {SHORT_MONTHS[active_language()][day.month - 1]} {day.year}"


def format_time(value: datetime, *, zone: str | None = None) -> str:
    """ "07.00 WIB": Indonesians write a point between hour and minute, and always the zone."""
    moment = timezone.localtime(value, _tzinfo(zone))
    separator = "." if active_language() == "id" else ":"
    return f"{moment:%H}{separator}{moment:%M} {_zone_name(moment)}"


def format_moment(value: datetime, *, zone: str | None = None) -> str:
    """ "Senin, 23 November 2026, 07.00 WIB"."""
    return f"{format_date(value, zone=zone)}, {format_time(value, zone=zone)}"


def format_range(start: date, end: date) -> str:
    """ "20 Agustus–2 September 2026": what both ends share is written once."""
    start, end = _local_date(start, None), _local_date(end, None)
    if start == end:
        return format_plain_date(start)
    months = MONTHS[active_language()]
    if start.year != end.year:
        return f"{format_plain_date(start)}–{format_plain_date(end)}"
    if start.month != end.month:
        return f"{start.day} {months[start.month - 1]}–{format_plain_date(end)}"
    return f"{start.day}–{format_plain_date(end)}"


def format_number(value: Number, *, decimals: int | None = None) -> str:
    """ "1.234" and "12,5" in Indonesian, "1,234" and "12.5" in English."""
    number = Decimal(str(value))
    text = f"{number:,.{decimals}f}" if decimals is not None else f"{number:,f}"
    if decimals is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text if active_language() == "en" else text.translate(str.maketrans(",.", ".,"))


def format_rupiah(value: Number) -> str:
    """ "Rp1.100.000": no space, no cents unless there are some."""
    number = Decimal(str(value))
    decimals = 0 if number == number.to_integral_value() else 2
    sign = "−" if number < 0 else ""
    return f"{sign}Rp{format_number(abs(number), decimals=decimals)}"


def active_language() -> str:
    """The language of this screen; whatever is not English is Indonesian."""
    return "en" if (get_language() or "id").startswith("en") else "id"


def _local_date(value: date, zone: str | None) -> date:
    if not isinstance(value, datetime):
        return value
    if timezone.is_naive(value):
        return value.date()
    return timezone.localtime(value, _tzinfo(zone)).date()


def _tzinfo(zone: str | None) -> tzinfo:
    if not zone:
        return timezone.get_current_timezone()
    return ZoneInfo(ZONES.get(zone, zone))


def _zone_name(moment: datetime) -> str:
    offset = moment.utcoffset()
    hours = offset.total_seconds() / 3600 if offset is not None else None
    return (
        ZONE_BY_OFFSET_HOURS.get(int(hours), "")
        if hours in ZONE_BY_OFFSET_HOURS
        else (moment.tzname() or "")
    )
