"""The roll's way: each act in its turn, after the announcement before it, with the timetable."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from pilkades.apps.audit.models import Event
from pilkades.apps.elections.models import StageFact
from pilkades.apps.roll.models import RollImport, RollStage, RollState
from pilkades.apps.roll.selectors.totals import count_totals
from pilkades.apps.roll.services.stages import StageAct, carry_out, find_next_act
from pilkades.errors import ConflictError, RuleViolationError
from tests.apps.roll_cast import (
    DAYS,
    act,
    add,
    add_family,
    bring_to,
    fresh_entry,
    fresh_roll,
    make_hamlet,
    strike,
    voter,
)
from tests.apps.village_cast import VillageCast, at, make_village

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> VillageCast:
    made = make_village()
    add_family(made)
    return made


def fact(cast: VillageCast, step: str) -> StageFact:
    return StageFact.objects.get(election__uuid=cast.election_uuid, step_id=step)


def test_fixing_the_dps_numbers_by_hamlet_rw_rt_and_name(cast):
    other = make_hamlet("Sumber")
    last = add(cast, voter("Ani", serial=50, hamlet=other, rt="001", rw="001"))
    first = add(cast, voter("Zulaikha", serial=51, hamlet=make_hamlet(), rt="001", rw="001"))
    struck = add(cast, voter("Pak Marto", serial=52, hamlet=make_hamlet(), rt="001", rw="001"))
    strike(cast, struck)
    act(cast, StageAct.FIX_PROVISIONAL)
    assert fresh_roll(cast).state == RollState.PROVISIONAL
    assert fresh_entry(first).number == 1
    assert fresh_entry(struck).number is None
    standing = fresh_roll(cast).entries.filter(is_removed=False)
    assert sorted(standing.values_list("number", flat=True)) == list(range(1, standing.count() + 1))
    assert fresh_entry(last).number < standing.filter(hamlet=None).first().number


def test_every_act_records_its_step_and_ends_the_one_before(cast):
    bring_to(cast, RollState.FINAL)
    act(cast, StageAct.ANNOUNCE_FINAL)
    dps = fact(cast, "provisional_roll_fixed")
    assert (dps.started_on, dps.finished_on) == (DAYS["dps"].date(), DAYS["dps"].date())
    announced = fact(cast, "provisional_roll_announced")
    assert announced.started_on == DAYS["announce_dps"].date()
    assert announced.finished_on is not None
    assert announced.finished_on < DAYS["open"].date()
    assert fact(cast, "additions_recorded").finished_on is not None
    assert fact(cast, "additions_announced").finished_on is not None
    assert fact(cast, "final_roll_fixed").finished_on == DAYS["dpt"].date()
    assert fact(cast, "final_roll_announced").finished_on is None
    told = Event.objects.filter(event__startswith="roll.").order_by("pk")
    assert [item.event for item in told if "entry" not in item.event] == [
        "roll.provisional_fixed",
        "roll.provisional_announced",
        "roll.additions_opened",
        "roll.additions_announced",
        "roll.final_fixed",
        "roll.final_announced",
    ]


@pytest.mark.parametrize(
    ("state", "step", "act_to_try"),
    [
        (RollState.ANNOUNCED, "provisional_roll_announced", StageAct.OPEN_ADDITIONS),
        (RollState.SUPPLEMENTED, "additions_announced", StageAct.FIX_FINAL),
    ],
)
def test_an_announcement_keeps_its_days_to_the_last(cast, state, step, act_to_try):
    bring_to(cast, state)
    planned = cast.context.find_step(step)
    last = datetime.combine(planned.end_date, DAYS["dps"].timetz())
    with pytest.raises(RuleViolationError, match=r"roll\.announcement-runs") as refused:
        act(cast, act_to_try, now=last)
    assert refused.value.article
    act(cast, act_to_try, now=last + timedelta(days=1))


def test_acts_out_of_turn_are_refused_and_change_nothing(cast):
    for wrong in StageAct:
        if wrong is not StageAct.FIX_PROVISIONAL:
            with pytest.raises((ConflictError, RuleViolationError)):
                act(cast, wrong, now=DAYS["dpt"])
    assert fresh_roll(cast).state == RollState.DRAFT
    act(cast, StageAct.FIX_PROVISIONAL)
    with pytest.raises(ConflictError, match=r"roll\.not-due"):
        act(cast, StageAct.FIX_PROVISIONAL)


def test_additions_are_announced_only_after_they_were_recorded(cast):
    bring_to(cast, RollState.ANNOUNCED)
    with pytest.raises(ConflictError, match=r"roll\.not-due"):
        act(cast, StageAct.ANNOUNCE_ADDITIONS, now=DAYS["announce_additions"])


def test_whoever_comes_after_the_dps_is_an_addition_with_the_next_number(cast):
    bring_to(cast, RollState.ANNOUNCED)
    before = count_totals(fresh_roll(cast))
    late = add(cast, voter("Pak Joko", serial=77, sex="L"), now=DAYS["open"])
    assert (late.stage, late.number) == (RollStage.SUPPLEMENTARY, before.total + 1)
    assert count_totals(fresh_roll(cast)).added == 1


def test_the_dpt_is_numbered_anew_without_gaps(cast):
    bring_to(cast, RollState.SUPPLEMENTED)
    roll = fresh_roll(cast)
    strike(cast, roll.entries.get(number=1), now=DAYS["announce_additions"])
    act(cast, StageAct.FIX_FINAL)
    numbers = roll.entries.filter(is_removed=False).values_list("number", flat=True)
    assert sorted(numbers) == list(range(1, len(numbers) + 1))


def test_two_officers_at_one_act_the_slower_is_told(cast):
    seen = fresh_roll(cast).version
    act(cast, StageAct.FIX_PROVISIONAL)
    with pytest.raises(ConflictError, match=r"roll\.stale"):
        act(cast, StageAct.ANNOUNCE_PROVISIONAL, version=seen, by="slamet")


def test_an_open_import_stops_the_list(cast):
    RollImport.objects.create(
        roll=fresh_roll(cast),
        file_name="dpt.xlsx",
        file_sha256="0" * 64,
        created_by=cast.sari,
        created_at=DAYS["dps"],
    )
    with pytest.raises(RuleViolationError, match=r"roll\.open-import"):
        act(cast, StageAct.FIX_PROVISIONAL)
    assert fresh_roll(cast).state == RollState.DRAFT


def test_a_child_on_the_list_stops_it_and_a_gap_does_not(cast):
    add(cast, voter("Tanpa Data", serial=60, nik="", kk="", address="", birth_place=""))
    child = add(cast, voter("Anak Kecil", serial=61, birth_date=at(1, 1).date().replace(year=2015)))
    with pytest.raises(RuleViolationError, match=r"roll\.under-age"):
        act(cast, StageAct.FIX_PROVISIONAL)
    strike(cast, child)
    act(cast, StageAct.FIX_PROVISIONAL)


def test_an_empty_roll_is_not_fixed():
    cast = make_village()
    strike(cast, add(cast))
    with pytest.raises(RuleViolationError, match=r"roll\.empty"):
        act(cast, StageAct.FIX_PROVISIONAL)


def test_only_the_committee_carries_out_an_act(cast):
    for outsider in ("mallory", "dewi", "bayu", "desk", "camat"):
        with pytest.raises(PermissionDenied):
            act(cast, StageAct.FIX_PROVISIONAL, by=outsider)
    assert find_next_act(fresh_roll(cast)) is StageAct.FIX_PROVISIONAL


def test_the_service_is_one_transaction_with_its_step(cast, monkeypatch):
    from pilkades.apps.roll.services import stages

    def fail(**_values):
        raise RuntimeError("listrik padam")

    monkeypatch.setattr(stages, "append", fail)
    roll = fresh_roll(cast)
    with pytest.raises(RuntimeError):
        carry_out(
            actor=cast.actor("sari", DAYS["dps"]),
            now=DAYS["dps"],
            roll_uuid=roll.uuid,
            expected_version=roll.version,
            act=StageAct.FIX_PROVISIONAL,
        )
    assert fresh_roll(cast).state == RollState.DRAFT
    assert not StageFact.objects.filter(step_id="provisional_roll_fixed").exists()
