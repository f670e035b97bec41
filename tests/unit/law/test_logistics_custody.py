"""What a scan of a package means, and what will be missing on the day."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilkades.errors import ConflictError, MalformedInputError, RuleViolationError
from pilkades.law.logistics_custody import (
    Alarm,
    Custody,
    CustodyAct,
    Delivery,
    PackageFacts,
    PackageState,
    Scan,
    Supply,
    forecast_supply,
    judge_scan,
    list_acts,
)
from pilkades.text import Text

OPENS_AT = datetime(2026, 11, 22, 23, tzinfo=UTC)
SEALED = PackageFacts(
    state=PackageState.SEALED,
    holder="Bu Sari",
    seals=("A-001", "A-002"),
    last=Text("Terakhir: disegel."),
)
HANDOVER = Scan(
    act=CustodyAct.HAND_OVER,
    giver="Bu Sari",
    taker="Pak Budi",
    seals=("A-002", "A-001"),
    is_intact=True,
    at=OPENS_AT - timedelta(days=1),
)


def judge(scan: Scan, package: PackageFacts = SEALED) -> Custody:
    return judge_scan(package=package, scan=scan, opens_at=OPENS_AT, article="Perbup")


def test_a_plain_handover_has_no_alarm_whatever_the_order_of_the_seals() -> None:
    assert judge(HANDOVER) == Custody(PackageState.UNDERWAY, ())


@pytest.mark.parametrize("taker", ["Bu Sari", "  bu   SARI ", "", " "])
def test_one_person_does_not_hand_over_to_himself(taker: str) -> None:
    with pytest.raises(RuleViolationError) as caught:
        judge(replace(HANDOVER, taker=taker))
    assert caught.value.code == "custody.two-names"


def test_who_scans_a_second_time_is_told_who_holds_it_already() -> None:
    held = replace(
        SEALED, state=PackageState.UNDERWAY, holder="Pak Budi", last=Text("Terakhir: diserahkan.")
    )
    with pytest.raises(ConflictError) as caught:
        judge(HANDOVER, held)
    assert caught.value.code == "custody.already-held"
    assert "Pak Budi" in str(caught.value.text)
    assert "Terakhir: diserahkan." in str(caught.value.text)


def test_a_package_opened_before_the_station_opens_raises_the_alarm() -> None:
    early = replace(HANDOVER, act=CustodyAct.OPEN, at=OPENS_AT - timedelta(seconds=1))
    assert judge(early).alarms == (Alarm.OPENED_EARLY,)
    assert judge(early).state is PackageState.OPENED
    assert judge(replace(early, at=OPENS_AT)).alarms == ()


def test_a_broken_seal_and_another_number_are_two_alarms() -> None:
    scan = replace(HANDOVER, seals=("A-001", "B-777"), is_intact=False)
    assert judge(scan).alarms == (Alarm.SEAL_BROKEN, Alarm.SEAL_DIFFERS)


def test_a_seal_that_nobody_read_is_another_seal() -> None:
    assert judge(replace(HANDOVER, seals=())).alarms == (Alarm.SEAL_DIFFERS,)


def test_a_stranger_in_the_chain_is_recorded_with_an_alarm() -> None:
    scan = replace(HANDOVER, giver="Mallory")
    assert judge(scan) == Custody(PackageState.UNDERWAY, (Alarm.CHAIN_GAP,))


def test_an_opened_package_comes_back_without_its_old_seals() -> None:
    opened = replace(SEALED, state=PackageState.OPENED, holder="Pak Budi")
    back = replace(
        HANDOVER, act=CustodyAct.RETURN, giver="Pak Budi", taker="Bu Sari", seals=("C-1",)
    )
    assert judge(back, opened) == Custody(PackageState.RETURNED, ())


def test_a_package_is_not_closed_without_a_number() -> None:
    prepared = replace(SEALED, state=PackageState.PREPARED, holder="", seals=())
    seal = replace(HANDOVER, act=CustodyAct.SEAL, seals=())
    with pytest.raises(MalformedInputError):
        judge(seal, prepared)
    assert judge(replace(seal, seals=("A-1",)), prepared).state is PackageState.SEALED


@settings(deadline=None)
@given(
    state=st.sampled_from(PackageState),
    act=st.sampled_from(CustodyAct),
    is_intact=st.booleans(),
)
def test_only_what_the_state_offers_can_be_done(
    state: PackageState, act: CustodyAct, is_intact: bool
) -> None:
    package = replace(SEALED, state=state)
    scan = replace(HANDOVER, act=act, is_intact=is_intact)
    if act in list_acts(state):
        assert judge(scan, package).state is not state or act is CustodyAct.HAND_OVER
    else:
        with pytest.raises(ConflictError):
            judge(scan, package)


def test_nothing_follows_the_return() -> None:
    assert list_acts(PackageState.RETURNED) == ()


TODAY = date(2026, 11, 10)
DUE = date(2026, 11, 16)


def delivery(quantity: int, day: int, *, has_arrived: bool = False) -> Delivery:
    return Delivery(quantity=quantity, expected_date=date(2026, 11, day), has_arrived=has_arrived)


def test_a_promise_for_after_the_day_does_not_count() -> None:
    found = forecast_supply(required=100, deliveries=[delivery(100, 17)], due_date=DUE, today=TODAY)
    assert (found.supply, found.missing_then) == (Supply.SHORT, 100)


def test_a_promise_for_the_day_itself_counts() -> None:
    found = forecast_supply(
        required=100,
        deliveries=[delivery(60, 16), delivery(40, 2, has_arrived=True)],
        due_date=DUE,
        today=TODAY,
    )
    assert (found.supply, found.missing_now, found.missing_then) == (Supply.PROMISED, 60, 0)


def test_a_promise_whose_day_has_passed_is_not_believed() -> None:
    found = forecast_supply(required=10, deliveries=[delivery(10, 9)], due_date=DUE, today=TODAY)
    assert (found.supply, found.promised) == (Supply.SHORT, 0)


def test_what_is_missing_after_the_day_is_late() -> None:
    found = forecast_supply(required=10, deliveries=[], due_date=DUE, today=DUE + timedelta(days=1))
    assert found.supply is Supply.LATE


@settings(deadline=None)
@given(
    required=st.integers(0, 500),
    arrived=st.lists(st.integers(1, 200), max_size=5),
    promised=st.lists(st.tuples(st.integers(1, 200), st.integers(1, 30)), max_size=5),
)
def test_a_forecast_never_promises_more_than_was_written_down(
    required: int, arrived: list[int], promised: list[tuple[int, int]]
) -> None:
    rows = [delivery(n, 1, has_arrived=True) for n in arrived]
    rows += [delivery(n, day) for n, day in promised]
    found = forecast_supply(required=required, deliveries=rows, due_date=DUE, today=TODAY)
    assert found.received == sum(arrived)
    assert found.promised <= sum(n for n, _ in promised)
    assert found.missing_then <= found.missing_now
    assert (found.supply is Supply.COMPLETE) == (found.received >= required)
