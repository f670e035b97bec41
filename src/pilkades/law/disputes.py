"""The clocks of objections and disputes: until when, to whom, and whether one came in time.

Implements Permendagri 112/2014 (disputes about the result within 30 days) and the windows
of the regencies (three working days in Blitar, seven in Tegal), with UU 5/1986 art 55 for the
administrative court. A clock either follows a step of the timetable, whose length it then takes,
or counts its own days. Leaves out the merits of an objection.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from pilkades.errors import MalformedInputError
from pilkades.law.calendar import Calendar, CountMode
from pilkades.law.dispute_rules import Clock, DisputeRules
from pilkades.text import Text


class Timeliness(StrEnum):
    """Whether an objection came while its window was open."""

    IN_TIME = "in_time"
    LATE = "late"
    EARLY = "early"


@dataclass(frozen=True, slots=True)
class ClockWindow:
    """The window of a clock: first and last day, the instant it closes, and why."""

    clock: Clock
    anchor_date: date
    first_date: date
    last_date: date
    closes_at: datetime
    is_calendar_known: bool
    why: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Classification:
    """An objection against its clock, with the article and a sentence for the receipt."""

    timeliness: Timeliness
    window: ClockWindow
    decided_by: str
    article: str
    text: Text


def open_until(*, clock: Clock, anchor_date: date, calendar: Calendar, zone: tzinfo) -> ClockWindow:
    """The window of a clock that starts at an event on `anchor_date`.

    Law: the length, what is counted and whether the day of the event counts are the pack's
    `[[clock]]`; the window closes at the end of its last day unless `closes_at` says an hour, since
    the law names days only (ADR 0107).
    """
    first = _find_first(clock, anchor_date, calendar)
    last = calendar.advance(first, clock.days - 1, clock.count_mode)
    return ClockWindow(
        clock=clock,
        anchor_date=anchor_date,
        first_date=first,
        last_date=last,
        closes_at=_find_closing(clock, last, zone),
        is_calendar_known=_is_calendar_known(clock, first, last, calendar),
        why=_tell_window(clock, anchor_date, first, last, calendar),
    )


def classify_objection(
    *,
    clock: Clock,
    anchor_date: date,
    filed_at: datetime,
    calendar: Calendar,
    zone: tzinfo,
) -> Classification:
    """Whether an objection came in time; a late one is still recorded, with the reason.

    Law: the pack's `[[clock]]`; on the day of the event itself and at the closing instant it is in
    time, before the event it is early (ADR 0107).
    """
    if filed_at.tzinfo is None:
        text = Text("Waktu pengajuan tidak memuat zona waktu, sehingga tidak dapat dinilai.")
        raise MalformedInputError("dispute.time", text)
    window = open_until(clock=clock, anchor_date=anchor_date, calendar=calendar, zone=zone)
    local = filed_at.astimezone(zone)
    timeliness = _judge_time(window, local)
    return Classification(
        timeliness=timeliness,
        window=window,
        decided_by=clock.decided_by,
        article=clock.article,
        text=_tell_time(timeliness, window, local),
    )


def find_decision_window(
    *, rules: DisputeRules, clock: Clock, anchor_date: date, calendar: Calendar, zone: tzinfo
) -> ClockWindow | None:
    """Until when whoever decides must have decided, None where the pack names no such clock.

    Law: regional, e.g. the committee decides on the process within one day; `decision_clock` names
    the clock. `anchor_date` is the day of that clock's own event (filing, or the BPD's report).
    """
    if not clock.decision_clock:
        return None
    decision = rules.get_clock(clock_id=clock.decision_clock)
    return open_until(clock=decision, anchor_date=anchor_date, calendar=calendar, zone=zone)


def _find_first(clock: Clock, anchor_date: date, calendar: Calendar) -> date:
    if clock.is_anchor_counted:
        return calendar.first_counted(anchor_date, clock.count_mode, step=1)
    return calendar.advance(anchor_date, 1, clock.count_mode)


def _find_closing(clock: Clock, last: date, zone: tzinfo) -> datetime:
    if clock.closes_at is not None:
        return datetime.combine(last, clock.closes_at, tzinfo=zone)
    return datetime.combine(last, time(23, 59, 59), tzinfo=zone)


def _is_calendar_known(clock: Clock, first: date, last: date, calendar: Calendar) -> bool:
    if clock.count_mode is CountMode.CALENDAR:
        return True
    return all(calendar.knows_year(year) for year in range(first.year, last.year + 1))


def _judge_time(window: ClockWindow, local: datetime) -> Timeliness:
    if local.date() < window.anchor_date:
        return Timeliness.EARLY
    if local.replace(microsecond=0) > window.closes_at:
        return Timeliness.LATE
    return Timeliness.IN_TIME


def _tell_time(timeliness: Timeliness, window: ClockWindow, local: datetime) -> Text:
    if timeliness is Timeliness.IN_TIME:
        return Text(
            "Diajukan pada {filed_at}, dalam waktu; batasnya {closes_at}.",
            filed_at=local,
            closes_at=window.closes_at,
        )
    if timeliness is Timeliness.EARLY:
        return Text(
            "Diajukan pada {filed_at}, sebelum {anchor_date}. Dicatat, dan dapat diajukan lagi "
            "sampai {closes_at}.",
            filed_at=local,
            anchor_date=window.anchor_date,
            closes_at=window.closes_at,
        )
    return Text(
        "Diajukan pada {filed_at}, terlambat {late_minutes} menit setelah batas {closes_at}. Tetap "
        "dicatat dengan alasan terlambat.",
        filed_at=local,
        late_minutes=-((window.closes_at - local) // timedelta(minutes=1)),
        closes_at=window.closes_at,
    )


def _tell_window(
    clock: Clock, anchor_date: date, first: date, last: date, calendar: Calendar
) -> tuple[Text, ...]:
    counted = (
        Text("{days} hari kerja", days=clock.days)
        if clock.count_mode is CountMode.WORKING
        else Text("{days} hari kalender", days=clock.days)
    )
    start = (
        Text("hari itu dihitung") if clock.is_anchor_counted else Text("hari itu tidak dihitung")
    )
    told = [
        Text(
            "{counted} sejak {anchor_date} ({start}): {first_date} sampai {last_date}.",
            counted=counted,
            anchor_date=anchor_date,
            start=start,
            first_date=first,
            last_date=last,
        )
    ]
    if clock.count_mode is CountMode.WORKING:
        told += [
            Text("{day} {name}, tidak dihitung.", day=holiday.date, name=holiday.name)
            for holiday in calendar.holidays_between(first, last)
            if calendar.is_day_off(holiday.date)
        ]
    return tuple(told)
