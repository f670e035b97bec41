"""Decree, oath, substitution, hours and honorarium: by whom, in which order, on which record."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from pilkades.apps.audit.models import Event
from pilkades.apps.officers.models import DecreeState, OfficerState, Substitution
from pilkades.apps.officers.selectors.service import get_pay_list, list_days
from pilkades.apps.officers.selectors.teams import get_team_view, list_team_views
from pilkades.apps.officers.services.attendance import (
    cancel_stay,
    record_arrival,
    record_leaving,
)
from pilkades.apps.officers.services.decree import (
    issue_decree,
    propose_decree,
    withdraw_decree,
)
from pilkades.apps.officers.services.honorarium import record_payment, set_rates
from pilkades.apps.officers.services.name_officers import remove_officer
from pilkades.apps.officers.services.oath import record_oath
from pilkades.apps.officers.services.reveal import reveal_officer
from pilkades.apps.officers.services.substitute import substitute_officer
from pilkades.errors import ConflictError, MalformedInputError, RuleViolationError
from pilkades.law.officers_kinship import Relation
from pilkades.law.officers_rules import SeatKind
from tests.apps.officers_cast import (
    FORMING,
    POLL_DAY,
    StationCast,
    appoint,
    declare,
    fill_team,
    fresh,
    person,
    put,
    relate,
)
from tests.apps.village_cast import PDF, make_applicants

RATES = {"chair": 1_200_000, "member": 1_100_000, "security": 700_000, "reserve": 0}


def test_the_committee_proposes_and_the_village_head_appoints(cast: StationCast) -> None:
    fill_team(cast, cast.stations[0])

    decree = appoint(cast)

    view = get_team_view(cast.context, cast.stations[0].uuid)
    assert view.team is not None
    assert view.team.is_appointed
    assert {item.officer.state for item in view.standings} == {OfficerState.APPOINTED}
    event = Event.objects.latest("pk")
    assert event.event == "officer.decree_issued"
    assert decree.number not in event.leaf
    assert event.article == decree.article


def test_the_step_of_the_timetable_is_done_with_the_last_station(cast: StationCast) -> None:
    def is_done() -> bool:
        facts = cast.context.election.stage_facts.filter(step_id="officers_formation")
        return any(fact.finished_on for fact in facts)

    fill_team(cast, cast.stations[0])
    appoint(cast)
    assert not is_done()
    for place, station in enumerate(cast.stations[1:], start=1):
        fill_team(cast, station, serial=100 + 20 * place)
    appoint(cast)
    assert is_done()


def test_without_an_account_of_the_head_a_second_member_records_the_signed_paper(
    cast: StationCast,
) -> None:
    fill_team(cast, cast.stations[0])
    decree = propose_decree(actor=cast.actor(), now=FORMING, election_pk=cast.election_pk)

    def issue(name: str, scan: bytes) -> None:
        issue_decree(
            actor=cast.actor(name),
            now=FORMING,
            decree_uuid=decree.uuid,
            expected_version=decree.version,
            number="141/12/2026",
            decree_date=FORMING.date(),
            signer_name="Pak Lurah",
            scan=scan,
        )

    with pytest.raises(MalformedInputError):
        issue("slamet", b"")
    with pytest.raises(RuleViolationError) as caught:
        issue("sari", PDF)
    assert caught.value.code == "officer.decree-second-person"
    for outsider in ("mallory", "dewi", "bayu", "kartika"):
        with pytest.raises(PermissionDenied):
            issue(outsider, PDF)
    issue("slamet", PDF)
    decree.refresh_from_db()
    assert decree.state == DecreeState.ISSUED
    assert decree.file is not None
    with pytest.raises(ConflictError):
        issue("slamet", PDF)


def test_a_team_with_a_block_is_not_proposed(cast: StationCast) -> None:
    officers = fill_team(cast, cast.stations[0])
    (candidate,) = make_applicants(cast.village, 1)
    for officer in officers:
        relate(cast, officer, {candidate: Relation.NONE})
    relate(cast, officers[3], {candidate: Relation.SPOUSE})

    with pytest.raises(RuleViolationError) as caught:
        propose_decree(actor=cast.actor(), now=FORMING, election_pk=cast.election_pk)

    assert caught.value.code == "officer.no-ready-team"


def test_a_conflict_that_comes_up_after_the_proposal_stops_the_decree(cast: StationCast) -> None:
    officers = fill_team(cast, cast.stations[0])
    decree = propose_decree(actor=cast.actor(), now=FORMING, election_pk=cast.election_pk)
    (candidate,) = make_applicants(cast.village, 1)
    for officer in officers:
        relate(cast, officer, {candidate: Relation.NONE})
    relate(cast, officers[0], {candidate: Relation.CHILD})

    with pytest.raises(RuleViolationError) as caught:
        issue_decree(
            actor=cast.actor("lurah"),
            now=FORMING,
            decree_uuid=decree.uuid,
            expected_version=decree.version,
            number="1",
            decree_date=FORMING.date(),
            signer_name="Pak Lurah",
        )
    assert caught.value.code == "officer.decree-unclear"
    assert "TPS 01" in str(caught.value.text)


def test_a_proposed_team_stands_still_until_the_proposal_is_withdrawn(cast: StationCast) -> None:
    officers = fill_team(cast, cast.stations[0])
    decree = propose_decree(actor=cast.actor(), now=FORMING, election_pk=cast.election_pk)
    with pytest.raises(ConflictError):
        propose_decree(actor=cast.actor("slamet"), now=FORMING, election_pk=cast.election_pk)

    def remove() -> None:
        remove_officer(
            actor=cast.actor(),
            now=FORMING,
            officer_uuid=officers[1].uuid,
            expected_version=fresh(officers[1]).version,
            reason="Mundur",
        )

    with pytest.raises(RuleViolationError):
        remove()
    withdraw_decree(
        actor=cast.actor("rini"),
        now=FORMING,
        decree_uuid=decree.uuid,
        expected_version=decree.version,
        reason="Ada yang mundur",
    )
    remove()
    assert get_team_view(cast.context, cast.stations[0].uuid).gaps == []


def test_a_decree_of_tomorrow_is_refused(cast: StationCast) -> None:
    fill_team(cast, cast.stations[0])
    decree = propose_decree(actor=cast.actor(), now=FORMING, election_pk=cast.election_pk)
    with pytest.raises(MalformedInputError):
        issue_decree(
            actor=cast.actor("lurah"),
            now=FORMING,
            decree_uuid=decree.uuid,
            expected_version=decree.version,
            number="1",
            decree_date=FORMING.date() + timedelta(days=1),
            signer_name="Pak Lurah",
        )


def test_nobody_is_sworn_before_the_decree_and_nobody_twice(cast: StationCast) -> None:
    officers = fill_team(cast, cast.stations[0])

    def swear(count: int) -> None:
        team = fresh(officers[0]).team
        record_oath(
            actor=cast.actor("sari", POLL_DAY),
            now=POLL_DAY,
            team_uuid=team.uuid,
            expected_version=team.version,
            taken_at=POLL_DAY - timedelta(minutes=5),
            place="Balai Desa",
            administered_by="Bu Sari",
            administered_as="Ketua panitia",
            officer_uuids=[item.uuid for item in officers[:count]],
        )

    with pytest.raises(RuleViolationError):
        swear(3)
    appoint(cast)
    swear(3)
    assert len(get_team_view(cast.context, cast.stations[0].uuid).unsworn) == 7
    with pytest.raises(MalformedInputError):
        swear(4)


def test_a_reserve_steps_in_on_polling_day_and_the_history_stays(cast: StationCast) -> None:
    officers = fill_team(cast, cast.stations[0])
    appoint(cast)
    chair, reserve = officers[0], officers[-1]

    substitute_officer(
        actor=cast.actor("slamet", POLL_DAY),
        now=POLL_DAY,
        officer_uuid=chair.uuid,
        expected_version=fresh(chair).version,
        reserve_uuid=reserve.uuid,
        happened_at=POLL_DAY - timedelta(minutes=10),
        reason="Demam sejak subuh",
    )

    view = get_team_view(cast.context, cast.stations[0].uuid)
    assert view.seats[0].standing is not None
    assert view.seats[0].standing.officer.pk == reserve.pk
    assert view.reserve_count == 0
    assert fresh(chair).state == OfficerState.ENDED
    told = Substitution.objects.get()
    assert (told.kind, told.number, told.reason) == ("station", 1, "Demam sejak subuh")
    assert "Demam" not in Event.objects.latest("pk").leaf


def test_of_two_members_who_replace_one_officer_the_second_is_told(cast: StationCast) -> None:
    officers = fill_team(cast, cast.stations[0])
    appoint(cast)
    seen = fresh(officers[0]).version
    other = declare(
        cast,
        put(cast, cast.stations[0], person("Cadangan", serial=77), seat=(SeatKind.RESERVE, 2)),
    )

    def replace(reserve: object, by: str) -> None:
        substitute_officer(
            actor=cast.actor(by, POLL_DAY),
            now=POLL_DAY,
            officer_uuid=officers[0].uuid,
            expected_version=seen,
            reserve_uuid=reserve.uuid,  # type: ignore[attr-defined]
            happened_at=POLL_DAY,
            reason="Sakit",
        )

    replace(officers[-1], "sari")
    with pytest.raises(ConflictError):
        replace(other, "slamet")
    assert Substitution.objects.count() == 1


def test_a_reserve_with_an_open_conflict_does_not_step_in(cast: StationCast) -> None:
    officers = fill_team(cast, cast.stations[0])
    appoint(cast)
    late = put(cast, cast.stations[0], person("Baru", serial=78), seat=(SeatKind.RESERVE, 2))
    with pytest.raises(RuleViolationError) as caught:
        substitute_officer(
            actor=cast.actor("sari", POLL_DAY),
            now=POLL_DAY,
            officer_uuid=officers[0].uuid,
            expected_version=fresh(officers[0]).version,
            reserve_uuid=late.uuid,
            happened_at=POLL_DAY,
            reason="Sakit",
        )
    assert caught.value.code == "officer.substitute-conflict"


def test_hours_are_summed_past_midnight_and_too_many_warn(cast: StationCast) -> None:
    officers = fill_team(cast, cast.stations[0])
    appoint(cast)
    end = POLL_DAY + timedelta(hours=20)
    actor = cast.actor("sari", end)
    stay = record_arrival(actor=actor, now=end, officer_uuid=officers[0].uuid, arrived_at=POLL_DAY)
    with pytest.raises(ConflictError):
        record_arrival(actor=actor, now=end, officer_uuid=officers[0].uuid, arrived_at=POLL_DAY)
    with pytest.raises(MalformedInputError):
        record_leaving(actor=actor, now=end, stay_uuid=stay.uuid, left_at=POLL_DAY)
    record_leaving(actor=actor, now=end, stay_uuid=stay.uuid, left_at=end)

    first, second, *_ = list_days(
        cast.context, station_pk=cast.stations[0].pk, day=POLL_DAY.date(), now=end
    )

    assert first.hours_text == "20.00"
    assert first.warning is not None
    assert "lebih dari 12 jam" in str(first.warning.text)
    assert second.minutes == 0
    with pytest.raises(MalformedInputError):
        record_arrival(
            actor=actor,
            now=end,
            officer_uuid=officers[0].uuid,
            arrived_at=POLL_DAY + timedelta(hours=1),
        )
    cancel_stay(actor=actor, now=end, stay_uuid=stay.uuid, reason="Salah orang")
    first = list_days(cast.context, station_pk=cast.stations[0].pk, day=POLL_DAY.date(), now=end)[0]
    assert first.minutes == 0


def test_who_is_not_in_office_is_not_written_down_as_present(cast: StationCast) -> None:
    officer = put(cast, cast.stations[0], person())
    with pytest.raises(RuleViolationError):
        record_arrival(
            actor=cast.actor("sari", POLL_DAY),
            now=POLL_DAY,
            officer_uuid=officer.uuid,
            arrived_at=POLL_DAY,
        )


def test_the_honorarium_adds_up_and_a_payment_stays_as_it_was(cast: StationCast) -> None:
    officers = fill_team(cast, cast.stations[0])
    appoint(cast)
    later = POLL_DAY + timedelta(days=1)
    actor = cast.actor("slamet", later)
    sheet = set_rates(
        actor=actor,
        now=later,
        election_pk=cast.election_pk,
        expected_version=0,
        rates=RATES,
        tax_percent=Decimal(5),
    )
    with pytest.raises(ConflictError):
        set_rates(
            actor=cast.actor("rini", later),
            now=later,
            election_pk=cast.election_pk,
            expected_version=0,
            rates=RATES,
            tax_percent=Decimal(0),
        )
    total = get_pay_list(cast.context).total
    assert total.gross == 1_200_000 + 6 * 1_100_000 + 2 * 700_000
    assert total.tax == total.gross // 20

    payment = record_payment(
        actor=actor,
        now=later,
        officer_uuid=officers[0].uuid,
        expected_version=sheet.version,
        paid_date=later.date(),
    )
    assert (payment.receipt_number, payment.net) == (1, 1_140_000)
    with pytest.raises(ConflictError):
        record_payment(
            actor=actor,
            now=later,
            officer_uuid=officers[0].uuid,
            expected_version=sheet.version,
            paid_date=later.date(),
        )
    set_rates(
        actor=actor,
        now=later,
        election_pk=cast.election_pk,
        expected_version=sheet.version,
        rates={**RATES, "chair": 5},
        tax_percent=Decimal(0),
    )
    assert get_pay_list(cast.context).lines[0].pay.net == 1_140_000


def test_nothing_is_paid_to_a_reserve_without_a_rate(cast: StationCast) -> None:
    officers = fill_team(cast, cast.stations[0])
    appoint(cast)
    actor = cast.actor("slamet", POLL_DAY)
    set_rates(
        actor=actor,
        now=POLL_DAY,
        election_pk=cast.election_pk,
        expected_version=0,
        rates=RATES,
        tax_percent=Decimal(0),
    )
    with pytest.raises(RuleViolationError):
        record_payment(
            actor=actor,
            now=POLL_DAY,
            officer_uuid=officers[-1].uuid,
            expected_version=1,
            paid_date=date(2026, 11, 23),
        )


@pytest.mark.parametrize("rate", [-1, 100_000_000])
def test_a_rate_that_cannot_be_is_refused(cast: StationCast, rate: int) -> None:
    with pytest.raises(MalformedInputError):
        set_rates(
            actor=cast.actor(),
            now=FORMING,
            election_pk=cast.election_pk,
            expected_version=0,
            rates={**RATES, "chair": rate},
            tax_percent=Decimal(0),
        )


def test_a_look_at_a_nik_is_recorded_and_refused_to_others(cast: StationCast) -> None:
    officer = put(cast, cast.stations[0], person())
    shown = reveal_officer(actor=cast.actor(), now=FORMING, officer_uuid=officer.uuid)
    assert shown.nik == officer.nik
    assert officer.nik not in repr(shown)
    event = Event.objects.latest("pk")
    assert event.event == "officer.revealed"
    assert officer.nik not in event.leaf
    for outsider in ("mallory", "dewi", "desk", "camat"):
        with pytest.raises(PermissionDenied):
            reveal_officer(actor=cast.actor(outsider), now=FORMING, officer_uuid=officer.uuid)


def test_the_list_of_teams_asks_a_handful_of_times(
    cast: StationCast, django_assert_max_num_queries: object
) -> None:
    for place, station in enumerate(cast.stations):
        fill_team(cast, station, serial=100 + 20 * place)
    context = cast.context
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        assert all(view.is_ready for view in list_team_views(context))
