"""Deadlines of the offices around the village, kept in step with the timetables of a wave."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from pilkades.apps.design.stored_texts import freeze_text
from pilkades.apps.elections.models import Election, ElectionState, InboxItem, InboxKind, Wave
from pilkades.apps.elections.selectors.offices import OFFICE_ROLES, get_office_region
from pilkades.apps.elections.selectors.timetables import (
    ElectionTimetable,
    get_timetable,
    list_timetables,
)
from pilkades.apps.elections.selectors.villages import name_village
from pilkades.law.timetable import Standing, TimetableStep
from pilkades.text import Text

DEADLINE_OFFICES = (
    "panitia_kabupaten",
    "panitia_kecamatan",
    "bpd",
    "kepala_desa",
    "camat",
    "kepala_daerah",
)
"""The village committee is left out: its deadlines are its own task list."""

Key = tuple[int, str, str, str]


def refresh_deadlines(*, wave: Wave, now: datetime, elections: Iterable[Election] = ()) -> None:
    """Make the deadlines in the inboxes agree with the timetables, for a wave or some elections.

    Allowed: the calling service, after it changed dates; inside its transaction.
    Effects: new deadlines appear, moved ones get their new date, those that fell away disappear
    unless somebody has already seen to them.
    """
    items = [get_timetable(election) for election in elections] or list_timetables(wave)
    wanted = {_key(row): row for item in items for row in _deadlines(item, now)}
    existing = {
        _key(row): row
        for row in InboxItem.objects.filter(
            election__in=[item.election.pk for item in items], kind=InboxKind.DEADLINE
        )
    }
    _remove(row for key, row in existing.items() if key not in wanted and row.done_at is None)
    InboxItem.objects.bulk_create(
        (row for key, row in wanted.items() if key not in existing), batch_size=500
    )
    moved = [
        _move(row, wanted[key])
        for key, row in existing.items()
        if key in wanted and _differs(row, wanted[key])
    ]
    InboxItem.objects.bulk_update(
        moved, ["due_date", "text_template", "text_params", "article"], batch_size=200
    )


def _deadlines(item: ElectionTimetable, now: datetime) -> Iterator[InboxItem]:
    if item.election.state != ElectionState.ACTIVE:
        return
    for step in item.steps:
        fact = item.facts.get(step.id)
        is_over = fact is not None and fact.finished_on is not None
        if step.owner in DEADLINE_OFFICES and step.standing is Standing.CERTAIN and not is_over:
            yield from _deadline(item.election, step, now)


def _deadline(election: Election, step: TimetableStep, now: datetime) -> Iterator[InboxItem]:
    frozen = freeze_text(
        Text(
            "{step}, {village}: {start} sampai {end}.",
            step=step.name,
            village=name_village(election.village),
            start=step.start_date,
            end=step.end_date,
        )
    )
    for role in OFFICE_ROLES[step.owner]:
        yield InboxItem(
            kind=InboxKind.DEADLINE,
            election=election,
            for_role=role,
            for_region_code=get_office_region(role, election.village_id),
            subject=step.id,
            text_template=frozen["template"],
            text_params=frozen["params"],
            article=step.article[:300],
            due_date=step.end_date,
            created_at=now,
        )


def _key(row: InboxItem) -> Key:
    return (row.election_id, row.subject, row.for_role, row.for_region_code)


def _differs(old: InboxItem, new: InboxItem) -> bool:
    return (old.due_date, old.text_params) != (new.due_date, new.text_params)


def _move(old: InboxItem, new: InboxItem) -> InboxItem:
    old.due_date = new.due_date
    old.text_template, old.text_params = new.text_template, new.text_params
    old.article = new.article
    return old


def _remove(rows: Iterable[InboxItem]) -> None:
    keys = [row.pk for row in rows]
    for start in range(0, len(keys), 500):
        InboxItem.objects.filter(pk__in=keys[start : start + 500]).delete()
