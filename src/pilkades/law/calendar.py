"""Which days count: national holidays, collective leave, weekends, and counting them.

Law: the lengths of stages are in "hari", mostly working days without national holidays; the days
themselves come from the yearly joint decree of three ministers (SKB) and stand in the pack, each
with its article. Whether collective leave (cuti bersama) counts as working is a field of the pack
(`calendar.collective_leave_is_working`), as is the weekend. Regional holidays are holidays of kind
"local". Not here: which stage counts which days (`timesteps`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from pilkades.law.findings import Finding, Severity
from pilkades.law.pack import RulePack, Status
from pilkades.law.packspec import FieldKind, FieldSpec, Section, TableSpec
from pilkades.text import Text

_ONE_DAY = timedelta(days=1)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKEND_DAYS = "calendar.weekend_days"
LEAVE_IS_WORKING = "calendar.collective_leave_is_working"


class CountMode(StrEnum):
    """How days are counted (hari kerja, hari kalender)."""

    WORKING = "working"
    CALENDAR = "calendar"


class HolidayKind(StrEnum):
    """National holiday, collective leave (cuti bersama), or a day off in the region only."""

    NATIONAL = "national"
    COLLECTIVE_LEAVE = "collective_leave"
    LOCAL = "local"


@dataclass(frozen=True, slots=True)
class Holiday:
    """One day of the yearly list (hari libur)."""

    date: date
    name: str
    kind: HolidayKind
    article: str
    status: Status = Status.VERIFIED
    id: str = ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Counts days of either mode; a day is working unless weekend or holiday says otherwise."""

    weekend: frozenset[int]
    holidays: Mapping[date, Holiday]
    leave_is_working: bool
    _days_off: frozenset[date] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        days_off = (
            day
            for day, holiday in self.holidays.items()
            if holiday.kind is not HolidayKind.COLLECTIVE_LEAVE or not self.leave_is_working
        )
        object.__setattr__(self, "_days_off", frozenset(days_off))

    @classmethod
    def from_pack(cls, pack: RulePack) -> "Calendar":
        """Take weekend, holidays and collective leave from a pack."""
        holidays = (
            Holiday(
                date=entry.day("date"),
                name=entry.text("name"),
                kind=HolidayKind(entry.text("kind")),
                article=entry.article,
                status=entry.status,
                id=entry.id,
            )
            for entry in pack.table("holiday")
        )
        return cls(
            weekend=frozenset(WEEKDAYS.index(day) for day in pack.texts(WEEKEND_DAYS)),
            holidays=MappingProxyType({holiday.date: holiday for holiday in holidays}),
            leave_is_working=pack.boolean(LEAVE_IS_WORKING),
        )

    def counts(self, day: date, mode: CountMode) -> bool:
        """Say whether the day is counted in the given mode."""
        if mode is CountMode.CALENDAR:
            return True
        return day.weekday() not in self.weekend and day not in self._days_off

    def is_day_off(self, day: date) -> bool:
        """Say whether a holiday (or collective leave that does not count as working) falls here."""
        return day in self._days_off

    def first_counted(self, day: date, mode: CountMode, *, step: int) -> date:
        """The day itself if it counts, else the nearest one after it (step 1) or before (-1)."""
        while not self.counts(day, mode):
            day += step * _ONE_DAY
        return day

    def advance(self, day: date, amount: int, mode: CountMode) -> date:
        """Move by a number of counted days, backwards if negative; 0 leaves the day as it is."""
        if mode is CountMode.CALENDAR:
            return day + amount * _ONE_DAY
        step = 1 if amount > 0 else -1
        for _ in range(abs(amount)):
            day = self.first_counted(day + step * _ONE_DAY, mode, step=step)
        return day

    def count_days(self, start: date, end: date, mode: CountMode) -> int:
        """How many counted days lie from start to end, both included."""
        if mode is CountMode.CALENDAR:
            return max(0, (end - start).days + 1)
        return sum(1 for day in days_between(start, end) if self.counts(day, mode))

    def holidays_between(self, start: date, end: date) -> tuple[Holiday, ...]:
        """The listed days from start to end that are no weekend, in their order."""
        found = sorted(day for day in self.holidays if start <= day <= end)
        return tuple(self.holidays[day] for day in found if day.weekday() not in self.weekend)

    def knows_year(self, year: int) -> bool:
        """Say whether the list holds any national holiday of that year."""
        return any(
            day.year == year and holiday.kind is HolidayKind.NATIONAL
            for day, holiday in self.holidays.items()
        )


def days_between(start: date, end: date) -> Iterator[date]:
    """Every day from start to end, both included."""
    for offset in range((end - start).days + 1):
        yield start + offset * _ONE_DAY


# --- what a pack says about it ---


def _check_weekend(pack: RulePack) -> Iterator[Finding]:
    if len(set(pack.texts(WEEKEND_DAYS))) == len(WEEKDAYS):
        rule = pack.rule(WEEKEND_DAYS)
        text = Text("Semua hari dinyatakan akhir pekan, sehingga tidak ada hari kerja. Perbaiki.")
        yield Finding("calendar.no-working-day", Severity.ERROR, text, rule.id, pack.line_of(rule))


def _check_same_day(pack: RulePack) -> Iterator[Finding]:
    seen: dict[date, str] = {}
    for entry in pack.table("holiday"):
        first = seen.setdefault(entry.day("date"), entry.id)
        if first != entry.id:
            text = Text(
                "Hari libur “{id}” jatuh pada tanggal yang sama dengan “{first}”. Gabungkan dalam "
                "satu butir agar alasannya jelas.",
                id=entry.id,
                first=first,
            )
            yield Finding("calendar.same-day", Severity.ERROR, text, entry.id, pack.line_of(entry))


SECTION = Section(
    name="calendar",
    rules=(
        FieldSpec(
            WEEKEND_DAYS,
            FieldKind.CHOICES,
            Text("hari libur mingguan, misalnya [“saturday”, “sunday”]"),
            choices=WEEKDAYS,
            may_be_empty=True,
        ),
        FieldSpec(
            LEAVE_IS_WORKING,
            FieldKind.BOOLEAN,
            Text("true bila cuti bersama tetap dihitung hari kerja"),
        ),
    ),
    tables=(
        TableSpec(
            "holiday",
            Text("hari libur nasional, cuti bersama dan libur daerah"),
            (
                FieldSpec("date", FieldKind.DATE, Text("tanggalnya, misalnya 2026-08-17")),
                FieldSpec("name", FieldKind.TEXT, Text("nama hari libur")),
                FieldSpec("name_en", FieldKind.TEXT, Text("nama dalam bahasa Inggris")),
                FieldSpec(
                    "kind",
                    FieldKind.CHOICE,
                    Text("national, collective_leave (cuti bersama) atau local (daerah)"),
                    choices=tuple(HolidayKind),
                ),
            ),
        ),
    ),
    checks=(_check_weekend, _check_same_day),
)
