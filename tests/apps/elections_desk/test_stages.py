"""What happened in a step, extensions, branches, postponement: the timetable follows."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from pilkades.apps.audit.models import Event
from pilkades.apps.elections.models import Election, ElectionState, InboxItem
from pilkades.apps.elections.selectors.progress import StepState, assess_election
from pilkades.apps.elections.selectors.timetables import get_timetable
from pilkades.apps.elections.selectors.waves import get_election
from pilkades.apps.elections.services.change_course import (
    postpone_election,
    set_branches,
    void_election,
)
from pilkades.apps.elections.services.record_stage import extend_step, record_step
from pilkades.errors import ConflictError, MalformedInputError, RuleViolationError
from pilkades.law.timetable import TimetableStep
from tests.apps.desk_cast import Cast

JULY = datetime(2026, 7, 25, 3, 0, tzinfo=UTC)


def _record(cast: Cast, election: Election, **changes: Any) -> None:
    election.refresh_from_db()
    arguments = {
        "actor": cast.actor("desk"),
        "now": JULY,
        "election_uuid": election.uuid,
        "expected_version": election.version,
        "step_id": "committee_formation",
        "started_on": date(2026, 7, 8),
        "finished_on": date(2026, 7, 21),
    }
    record_step(**{**arguments, **changes})


def _step(election: Election, step_id: str) -> TimetableStep:
    step = get_timetable(get_election(election.uuid)).timetable.find_step(step_id)
    assert step is not None
    return step


def _state(election: Election, step_id: str, today: date) -> StepState:
    progress = assess_election(get_timetable(get_election(election.uuid)), today=today)
    return next(item.state for item in progress.steps if item.step.id == step_id)


def test_late_committee_moves_the_roll_officers_by_as_many_days(
    cast: Cast, election: Election
) -> None:
    before = _step(election, "officers_formation").start_date

    _record(cast, election)

    assert before == date(2026, 7, 13)
    assert _step(election, "officers_formation").start_date == date(2026, 7, 15)
    assert _step(election, "committee_formation").is_actual


def test_other_villages_keep_their_timetable(cast: Cast, election: Election) -> None:
    other = election.wave.elections.exclude(pk=election.pk)[0]

    _record(cast, election)

    assert _step(other, "officers_formation").start_date == date(2026, 7, 13)


def test_correction_replaces_the_fact_and_the_ledger_keeps_both(
    cast: Cast, election: Election
) -> None:
    _record(cast, election)
    _record(cast, election, finished_on=date(2026, 7, 17))

    fact = election.stage_facts.get()
    assert fact.finished_on == date(2026, 7, 17)
    leaves = Event.objects.filter(event="stage.recorded").order_by("pk").values_list("leaf")
    assert '"finished_on_before":"2026-07-21"' in leaves[1][0]


def test_note_is_committed_to_but_not_written_into_the_ledger(
    cast: Cast, election: Election
) -> None:
    _record(cast, election, note="Ketua BPD Pak Joko sakit")

    assert "Joko" not in Event.objects.get(event="stage.recorded").leaf


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"finished_on": date(2026, 7, 7)}, "stage.order"),
        ({"finished_on": date(2026, 7, 26)}, "stage.ahead"),
        ({"step_id": "no_such_step"}, "stage.unknown-step"),
    ],
)
def test_impossible_days_are_refused(
    cast: Cast, election: Election, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(MalformedInputError) as refusal:
        _record(cast, election, **changes)

    assert refusal.value.code == code


def test_bpd_records_its_own_step_and_no_other(cast: Cast, election: Election) -> None:
    _record(cast, election, actor=cast.actor("council"))

    with pytest.raises(PermissionDenied):
        _record(cast, election, actor=cast.actor("council"), step_id="budget")


@pytest.mark.parametrize("outsider", ["mallory", "dewi", "camat"])
def test_outsider_records_nothing(cast: Cast, election: Election, outsider: str) -> None:
    with pytest.raises(PermissionDenied):
        _record(cast, election, actor=cast.actor(outsider))


def test_second_official_with_an_old_version_meets_a_conflict(
    cast: Cast, election: Election
) -> None:
    _record(cast, election)

    with pytest.raises(ConflictError) as refusal:
        _record(cast, election, expected_version=1, finished_on=date(2026, 7, 22))

    assert refusal.value.code == "election.stale"
    assert election.stage_facts.get().finished_on == date(2026, 7, 21)


def test_unrecorded_step_is_late_and_a_recorded_one_is_done(cast: Cast, election: Election) -> None:
    today = date(2026, 7, 22)
    assert _state(election, "committee_formation", today) is StepState.LATE

    _record(cast, election)

    assert _state(election, "committee_formation", today) is StepState.DONE


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 8, 19), StepState.UPCOMING),
        (date(2026, 8, 20), StepState.RUNNING),
        (date(2026, 8, 30), StepState.DUE),
        (date(2026, 9, 2), StepState.DUE),
        (date(2026, 9, 3), StepState.LATE),
    ],
)
def test_registration_goes_through_its_states(
    election: Election, today: date, state: StepState
) -> None:
    assert _state(election, "registration", today) is state


def _extend(cast: Cast, election: Election, **changes: Any) -> None:
    election.refresh_from_db()
    arguments = {
        "actor": cast.actor("desk"),
        "now": JULY,
        "election_uuid": election.uuid,
        "expected_version": election.version,
        "step_id": "door_to_door",
        "extended_to": date(2026, 8, 3),
        "reference": "SK Bupati 188/250/2026",
    }
    extend_step(**{**arguments, **changes})


def test_extension_moves_what_follows(cast: Cast, election: Election) -> None:
    _extend(cast, election)

    assert _step(election, "door_to_door").start_date == date(2026, 7, 29)
    assert _step(election, "provisional_roll_fixed").start_date == date(2026, 8, 4)


def test_extension_that_makes_the_poll_impossible_is_refused_and_leaves_no_trace(
    cast: Cast, election: Election
) -> None:
    with pytest.raises(RuleViolationError):
        _extend(cast, election, extended_to=date(2026, 10, 30))

    assert not election.stage_facts.exists()
    assert not Event.objects.filter(event="stage.extended").exists()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"extended_to": date(2026, 7, 31)}, "stage.extension-order"),
        ({"reference": " "}, "stage.reference-missing"),
    ],
)
def test_careless_extension_is_refused(
    cast: Cast, election: Election, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(MalformedInputError) as refusal:
        _extend(cast, election, **changes)

    assert refusal.value.code == code


def _branch(cast: Cast, election: Election, branches: list[str], actor: str = "desk") -> Election:
    election.refresh_from_db()
    return set_branches(
        actor=cast.actor(actor),
        now=JULY,
        election_uuid=election.uuid,
        expected_version=election.version,
        branches=branches,
        article="UU 3/2024 pasal 34A",
    )


def test_single_candidate_branch_makes_the_extensions_certain(
    cast: Cast, election: Election
) -> None:
    assert _state(election, "extension_1", date(2026, 9, 30)) is StepState.CONDITIONAL

    _branch(cast, election, ["single"])

    assert _state(election, "extension_1", date(2026, 9, 30)) is StepState.RUNNING
    assert _state(election, "extra_selection", date(2026, 9, 30)) is StepState.DROPPED


def test_branch_within_another_takes_that_one_along(cast: Cast, election: Election) -> None:
    assert _branch(cast, election, ["void"]).branches == ["single", "void"]


def test_branches_that_exclude_each_other_are_refused(cast: Cast, election: Election) -> None:
    with pytest.raises(MalformedInputError) as refusal:
        _branch(cast, election, ["single", "many"])

    assert refusal.value.code == "election.branches-exclude"


def test_camat_does_not_choose_the_branch(cast: Cast, election: Election) -> None:
    with pytest.raises(PermissionDenied):
        _branch(cast, election, ["single"], actor="camat")


def _postpone(cast: Cast, election: Election, to_date: date | None, **changes: Any) -> Election:
    election.refresh_from_db()
    arguments = {
        "actor": cast.actor("desk"),
        "now": JULY,
        "election_uuid": election.uuid,
        "expected_version": election.version,
        "to_date": to_date,
        "reason": "Banjir di seluruh dusun",
        "reference": "SK Bupati 188/260/2026",
    }
    return postpone_election(**{**arguments, **changes})


def test_postponed_village_rests_and_is_never_late(cast: Cast, election: Election) -> None:
    postponed = _postpone(cast, election, None)

    assert postponed.state == ElectionState.POSTPONED
    assert _state(election, "committee_formation", date(2026, 9, 1)) is StepState.UPCOMING
    assert not InboxItem.objects.filter(election=election, kind="deadline").exists()


def test_new_day_wakes_a_postponed_village_with_its_own_timetable(
    cast: Cast, election: Election
) -> None:
    _postpone(cast, election, None)

    resumed = _postpone(cast, election, date(2026, 12, 14))

    assert resumed.state == ElectionState.ACTIVE
    assert _step(election, "voting").start_date == date(2026, 12, 14)
    assert election.postponements.count() == 2
    assert InboxItem.objects.filter(election=election, kind="deadline").exists()


def test_village_is_not_postponed_to_christmas(cast: Cast, election: Election) -> None:
    with pytest.raises(RuleViolationError) as refusal:
        _postpone(cast, election, date(2026, 12, 25))

    assert refusal.value.code == "timetable.poll-on-holiday"


def test_postponement_needs_reason_and_decision(cast: Cast, election: Election) -> None:
    with pytest.raises(MalformedInputError):
        _postpone(cast, election, None, reason=" ")


def test_offices_named_by_the_pack_hear_of_a_postponement(cast: Cast, election: Election) -> None:
    _postpone(cast, election, date(2026, 12, 14))

    item = InboxItem.objects.get(kind="decision", election=election)
    assert (item.for_role, item.for_region_code) == ("REGENCY_DESK", "35.05")
    assert "Banjir" not in str(item.text_params)


def test_void_election_is_over_for_good(cast: Cast, election: Election) -> None:
    arguments = {
        "actor": cast.actor("desk"),
        "now": JULY,
        "election_uuid": election.uuid,
        "reason": "Calon tunggal tanpa mufakat",
        "reference": "SK Bupati 188/270/2026",
    }
    void_election(expected_version=1, **arguments)

    with pytest.raises(ConflictError) as refusal:
        void_election(expected_version=2, **arguments)
    assert refusal.value.code == "election.over"
