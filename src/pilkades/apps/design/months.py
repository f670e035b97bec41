"""A month as a grid of weeks, Monday first, for the calendar component."""

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pilkades.apps.design.formats import DAYS, MONTHS, active_language
from pilkades.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthEntry:
    """What stands on a day; `kind` is ok, warn, bad, info or idle as for a status."""

    title: Text | str
    kind: str = "info"
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthDay:
    date: date
    is_in_month: bool
    is_today: bool
    is_weekend: bool
    holiday: Text | str = ""
    entries: Sequence[MonthEntry] = field(default_factory=tuple)

    @property
    def is_holiday(self) -> bool:
        """Sundays and holidays are marked alike, as on every wall calendar."""
        return bool(self.holiday) or self.date.weekday() == calendar.SUNDAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    title: str
    day_names: Sequence[str]
    weeks: Sequence[Sequence[MonthDay]]


def build_month(
    *,
    year: int,
    month: int,
    entries: Mapping[date, Sequence[MonthEntry]],
    today: date,
    holidays: Mapping[date, Text | str] | None = None,
) -> Month:
    """Lay entries and holidays on the days of one month."""
    language, named = active_language(), holidays or {}
    weeks = calendar.Calendar(firstweekday=calendar.MONDAY).monthdatescalendar(year, month)
    return Month(
        title=f"{MONTHS[language][month - 1]} {year}",
        day_names=DAYS[language],
        weeks=[
            [
                MonthDay(
                    date=day,
                    is_in_month=day.month == month,
                    is_today=day == today,
                    is_weekend=day.weekday() >= calendar.SATURDAY,
                    holiday=named.get(day, ""),
                    entries=tuple(entries.get(day, ())),
                )
                for day in week
            ]
            for week in weeks
        ],
    )
