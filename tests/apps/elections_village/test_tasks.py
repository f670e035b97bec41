"""The task list: what is next, whose it is, by when, under which article, and what is done."""

from dataclasses import replace
from datetime import date

import pytest

from pilkades.apps.elections.models import AnnouncementKind
from pilkades.apps.elections.selectors.task_facts import TaskFacts, read_task_facts
from pilkades.apps.elections.selectors.tasks import Task, TaskState, plan_tasks
from pilkades.apps.elections.services.announce import publish_announcement
from pilkades.apps.elections.services.marking import mark_step
from pilkades.law.application import ApplicationState
from tests.apps.village_cast import (
    CHECKING,
    REGISTRATION,
    VillageCast,
    at,
    make_applicants,
)


def _facts(cast: VillageCast, moment: object) -> TaskFacts:
    return read_task_facts(cast.context, now=moment)  # type: ignore[arg-type]


def _find(tasks: tuple[Task, ...], task_id: str) -> Task:
    return next(task for task in tasks if task.id == task_id)


def _finish_preparations(cast: VillageCast) -> None:
    """Steps of the roll and the budget are carried out elsewhere; here they are over."""
    for step in cast.context.timetable.steps:
        if step.stage == "persiapan" and step.id != "committee_formation":
            mark_step(
                election=cast.election,
                step_id=step.id,
                actor=cast.actor("sari"),
                now=REGISTRATION,
                started_on=step.start_date,
                finished_on=step.end_date,
            )


def test_exactly_one_task_is_the_next_and_it_is_due_first(cast: VillageCast) -> None:
    tasks = plan_tasks(_facts(cast, REGISTRATION))
    following = [task for task in tasks if task.state is TaskState.NEXT]
    assert len(following) == 1
    assert tasks[0] is following[0]
    todo = [task.due for task in tasks if task.state is TaskState.TODO and task.due]
    assert todo == sorted(todo)
    assert following[0].due is not None
    assert following[0].due <= todo[0]


def test_every_open_task_names_owner_and_article(cast: VillageCast) -> None:
    for task in plan_tasks(_facts(cast, REGISTRATION)):
        assert task.owner, task.id
        assert task.article, task.id


def test_what_is_done_says_who_and_when(cast: VillageCast) -> None:
    done = _find(plan_tasks(_facts(cast, REGISTRATION)), "committee_formation")
    assert done.state is TaskState.DONE
    assert done.done_by == "Pak Bayu"
    assert done.done_at is not None


def test_during_the_registration_the_notice_comes_before_the_applicants(
    cast: VillageCast,
) -> None:
    _finish_preparations(cast)
    tasks = plan_tasks(_facts(cast, REGISTRATION))
    assert tasks[0].id == "notice"
    assert tasks[0].is_late
    publish_announcement(
        actor=cast.actor("rini"),
        now=REGISTRATION,
        election_pk=cast.election.pk,
        kind=AnnouncementKind.NOTICE,
    )
    tasks = plan_tasks(_facts(cast, REGISTRATION))
    assert tasks[0].id == "registration"
    assert tasks[0].due == date(2026, 9, 2)


def test_undecided_files_are_counted_and_block_the_path(cast: VillageCast) -> None:
    _finish_preparations(cast)
    make_applicants(cast, 2, state=ApplicationState.CHECKING)
    tasks = plan_tasks(_facts(cast, CHECKING))
    examination = _find(tasks, "final_check")
    assert examination.note is not None
    assert examination.note.params["undecided"] == 2
    assert examination.due == date(2026, 9, 24)
    assert not [task for task in tasks if task.id == "path"]


@pytest.mark.parametrize(
    ("count", "title"),
    [
        (0, "Putuskan perpanjangan"),
        (1, "Putuskan perpanjangan"),
        (3, "Tetapkan calon"),
        (6, "Putuskan seleksi"),
    ],
)
def test_the_number_of_applicants_says_what_is_to_be_decided(
    cast: VillageCast, count: int, title: str
) -> None:
    make_applicants(cast, count)
    path = _find(plan_tasks(_facts(cast, at(9, 24))), "path")
    assert str(path.title).startswith(title)
    assert path.article


def test_after_the_poll_the_report_is_due_in_seven_working_days(cast: VillageCast) -> None:
    report = _find(plan_tasks(_facts(cast, at(11, 27))), "report_to_council")
    assert report.due == date(2026, 12, 2)
    assert report.owner == "panitia"
    council = _find(plan_tasks(_facts(cast, at(11, 27))), "report_to_regency")
    assert council.owner == "bpd"
    assert council.state is TaskState.WAITING


def test_every_step_stands_in_the_list_once(cast: VillageCast) -> None:
    for moment in (REGISTRATION, CHECKING, at(11, 27)):
        steps = [task.step_id for task in plan_tasks(_facts(cast, moment)) if task.step_id]
        assert len(steps) == len(set(steps))


def test_a_task_is_late_the_day_after_its_last_day_and_not_on_it(cast: VillageCast) -> None:
    facts = _facts(cast, at(12, 2))
    assert not _find(plan_tasks(facts), "report_to_council").is_late
    assert _find(plan_tasks(replace(facts, today=date(2026, 12, 3))), "report_to_council").is_late
