"""A timetable as an iCalendar file (RFC 5545): all-day events that calendars can subscribe to.

Every step keeps its identifier when its dates move, so that a subscribed calendar moves the event
instead of doubling it. Steps that fell away or were squeezed to nothing are left out; conditional
ones are tentative.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event

from pilkades.law.timetable import Standing, Timetable, TimetableStep
from pilkades.text import Text


def write_timetable_ics(
    *,
    timetable: Timetable,
    name: str,
    scope: str,
    written_at: datetime,
    say: Callable[[Text], str] = str,
    language: str = "id",
) -> bytes:
    """Write the events of one election; `scope` makes their identifiers unique and lasting.

    `say` puts the reasons into words, so that a screen's language and dates are used.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//pilkades//jadwal//ID")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for step in timetable.steps:
        if step.standing is not Standing.DROPPED and step.days > 0:
            calendar.add_component(_event(step, scope, written_at, say, language))
    return bytes(calendar.to_ical())


def _event(
    step: TimetableStep,
    scope: str,
    written_at: datetime,
    say: Callable[[Text], str],
    language: str,
) -> Event:
    event = Event()
    event.add("uid", str(uuid5(NAMESPACE_URL, f"pilkades:{scope}:{step.id}")))
    event.add("dtstamp", written_at)
    event.add("summary", step.name_en if language == "en" else step.name)
    event.add("dtstart", step.start_date)
    event.add("dtend", step.end_date + timedelta(days=1))
    event.add("description", "\n".join(say(text) for text in step.why))
    event.add("categories", [step.stage])
    event.add("transp", "TRANSPARENT")
    is_certain = step.standing is Standing.CERTAIN
    event.add("status", "CONFIRMED" if is_certain else "TENTATIVE")
    return event
