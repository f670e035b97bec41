"""Naming officers: seats, conflicts of people, stale versions, what stands sealed."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from pilkades.apps.audit.models import Event
from pilkades.apps.officers.models import OfficerState, StationOfficer, TieState
from pilkades.apps.officers.selectors.teams import get_team_view, list_team_views
from pilkades.apps.officers.services.declare import Answers, accept_warning
from pilkades.apps.officers.services.name_officers import correct_officer, remove_officer
from pilkades.errors import ConflictError, MalformedInputError, RuleViolationError
from pilkades.law.application import ApplicationState
from pilkades.law.officers_kinship import Relation
from pilkades.law.officers_rules import SeatKind
from tests.apps.officers_cast import (
    FORMING,
    GOOD,
    StationCast,
    codes_of,
    declare,
    fill_team,
    fresh,
    person,
    put,
    relate,
    team_of,
)
from tests.apps.village_cast import make_applicants


def test_an_officer_sits_in_the_seat_and_the_ledger_knows_no_name(cast: StationCast) -> None:
    officer = put(cast, cast.stations[0], person("Budi Santoso"))

    view = get_team_view(cast.context, cast.stations[0].uuid)
    assert view.seats[0].standing is not None
    assert view.seats[0].standing.officer == officer
    event = Event.objects.latest("pk")
    assert event.event == "officer.named"
    assert "Budi" not in event.leaf
    assert officer.nik not in event.leaf


def test_nik_birth_and_phone_lie_sealed_in_the_table(cast: StationCast) -> None:
    who = person("Budi Santoso")
    officer = put(cast, cast.stations[0], who)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM officers_stationofficer WHERE id = %s", [officer.pk])
        row = " ".join(str(value) for value in cursor.fetchone())
    assert who.nik not in row
    assert "1988-03-14" not in row
    assert who.phone not in row
    assert who.address not in row


def test_an_officer_appointed_to_two_stations_is_caught(cast: StationCast) -> None:
    put(cast, cast.stations[0], person("Budi Santoso"))

    with pytest.raises(RuleViolationError) as caught:
        put(cast, cast.stations[1], person("Boedi Santosa"))

    assert caught.value.code == "officer.two-stations"
    assert "TPS 01" in str(caught.value.text)
    assert caught.value.article


def test_the_database_itself_refuses_a_second_station(cast: StationCast) -> None:
    officer = put(cast, cast.stations[0], person("Budi Santoso"))
    team = team_of(cast, cast.stations[1])
    twin = StationOfficer.objects.get(pk=officer.pk)
    twin.pk, twin.team = None, team
    twin._state.adding = True
    twin.uuid = type(officer)._meta.get_field("uuid").get_default()
    for name in ("nik", "birth_place", "birth_date", "address", "phone"):
        setattr(twin, name, getattr(officer, name))
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)


def test_whoever_left_may_serve_elsewhere(cast: StationCast) -> None:
    officer = put(cast, cast.stations[0], person("Budi Santoso"))
    remove_officer(
        actor=cast.actor(),
        now=FORMING,
        officer_uuid=officer.uuid,
        expected_version=officer.version,
        reason="Pindah ke TPS 02",
    )
    again = put(cast, cast.stations[1], person("Budi Santoso"))
    assert again.team.station == cast.stations[1]
    assert fresh(officer).state == OfficerState.ENDED
    assert "Pindah" not in Event.objects.order_by("-pk")[1].leaf


def test_of_two_members_who_fill_one_seat_the_second_is_told(cast: StationCast) -> None:
    team = team_of(cast, cast.stations[0])
    put(cast, cast.stations[0], person("Budi Santoso", serial=1), version=team.version)

    with pytest.raises(ConflictError) as caught:
        put(
            cast,
            cast.stations[0],
            person("Agus Wibowo", serial=2),
            by="slamet",
            version=team.version,
        )
    assert caught.value.code == "officer.team-stale"

    with pytest.raises(ConflictError) as caught:
        put(cast, cast.stations[0], person("Agus Wibowo", serial=2), by="slamet")
    assert caught.value.code == "officer.taken"


@pytest.mark.parametrize("name", ["mallory", "dewi", "bayu", "lurah", "desk", "kartika"])
def test_only_the_committee_names_officers(cast: StationCast, name: str) -> None:
    with pytest.raises(PermissionDenied):
        put(cast, cast.stations[0], person(), by=name)


@pytest.mark.parametrize(
    "changes",
    [
        {"nik": "123"},
        {"nik": "3505011403880001x"},
        {"nik": "٣٥٠٥٠١١٤٠٣٨٨٠٠٠١"},
        {"birth_date": date(2030, 1, 1), "nik": "3505011403880001"},
        {"birth_date": date(1850, 1, 1), "nik": "3505011403880001"},
    ],
)
def test_what_cannot_be_on_an_identity_card_is_refused(
    cast: StationCast, changes: dict[str, object]
) -> None:
    with pytest.raises(MalformedInputError):
        put(cast, cast.stations[0], person(**changes))  # type: ignore[arg-type]


def test_a_seat_that_the_pack_does_not_know_is_refused(cast: StationCast) -> None:
    with pytest.raises(MalformedInputError) as caught:
        put(cast, cast.stations[0], person(), seat=(SeatKind.STATION, 8))
    assert caught.value.code == "officer.seat"


def test_questions_stay_open_until_they_are_answered(cast: StationCast) -> None:
    officer = put(cast, cast.stations[0], person())
    assert set(codes_of(cast, officer)) == {"unanswered"}
    declare(cast, officer)
    assert codes_of(cast, officer) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"lives_in_village": False}, "residence"),
        ({"is_healthy": False}, "health"),
        ({"party_state": TieState.NOW}, "party"),
        ({"party_state": TieState.PAST, "party_ended_date": date(2025, 1, 1)}, "party"),
        ({"campaign_state": TieState.NOW}, "campaign"),
        ({"is_committee_member": True}, "committee"),
    ],
)
def test_every_answer_that_speaks_against_somebody_is_shown(
    cast: StationCast, changes: dict[str, object], code: str
) -> None:
    officer = put(cast, cast.stations[0], person())
    declare(cast, officer, replace(GOOD, **changes))  # type: ignore[arg-type]
    assert codes_of(cast, officer) == [code]


def test_an_end_without_its_date_is_not_written_down(cast: StationCast) -> None:
    officer = put(cast, cast.stations[0], person())
    answers = Answers(
        lives_in_village=True,
        is_healthy=True,
        is_committee_member=False,
        party_state=TieState.PAST,
        campaign_state=TieState.NEVER,
    )
    with pytest.raises(MalformedInputError):
        declare(cast, officer, answers)


def test_a_relative_of_a_candidate_is_blocked_and_no_reason_lifts_it(cast: StationCast) -> None:
    officer = declare(cast, put(cast, cast.stations[0], person()))
    (candidate,) = make_applicants(cast.village, 1)
    assert codes_of(cast, officer) == ["unanswered"]

    relate(cast, officer, {candidate: Relation.SIBLING_IN_LAW})

    assert codes_of(cast, officer) == ["kinship"]
    with pytest.raises(RuleViolationError) as caught:
        accept_warning(
            actor=cast.actor(),
            now=FORMING,
            officer_uuid=officer.uuid,
            expected_version=fresh(officer).version,
            code="kinship",
            reason="Ia orang jujur",
        )
    assert caught.value.code == "officer.block-stands"

    relate(cast, officer, {candidate: Relation.COUSIN})
    assert codes_of(cast, officer) == []


def test_a_candidate_who_drops_out_no_longer_stands_in_the_way(cast: StationCast) -> None:
    officer = declare(cast, put(cast, cast.stations[0], person()))
    (candidate,) = make_applicants(cast.village, 1)
    relate(cast, officer, {candidate: Relation.CHILD})
    type(candidate).objects.filter(pk=candidate.pk).update(state=ApplicationState.WITHDRAWN)
    assert codes_of(cast, officer) == []


def test_a_candidate_cannot_be_an_officer(cast: StationCast) -> None:
    (candidate,) = make_applicants(cast.village, 1)
    officer = declare(cast, put(cast, cast.stations[0], person(nik=candidate.nik)))
    assert "candidate" in codes_of(cast, officer)


def test_a_warning_needs_a_reason_that_holds_while_it_reads_the_same(cast: StationCast) -> None:
    who = person("Slamet", serial=7, birth_date=date(1965, 1, 1))
    officer = declare(cast, put(cast, cast.stations[0], who))
    view = get_team_view(cast.context, cast.stations[0].uuid)
    codes = {item.finding.code for item in view.standings[0].findings}
    assert codes == {"age_max", "committee_name"}
    assert not view.standings[0].is_clear

    for code in sorted(codes):
        accept_warning(
            actor=cast.actor(),
            now=FORMING,
            officer_uuid=officer.uuid,
            expected_version=fresh(officer).version,
            code=code,
            reason="Berpengalaman dan sehat",
        )
    assert get_team_view(cast.context, cast.stations[0].uuid).standings[0].is_clear
    assert "Berpengalaman" not in Event.objects.latest("pk").leaf

    older = replace(who, birth_date=date(1960, 1, 1), nik=person(birth_date=date(1960, 1, 1)).nik)
    correct_officer(
        actor=cast.actor(),
        now=FORMING,
        officer_uuid=officer.uuid,
        expected_version=fresh(officer).version,
        person=older,
    )
    assert not get_team_view(cast.context, cast.stations[0].uuid).standings[0].is_clear


def test_an_empty_reason_is_none(cast: StationCast) -> None:
    who = person("Pak Tua", birth_date=date(1960, 1, 1))
    officer = declare(cast, put(cast, cast.stations[0], who))
    with pytest.raises(MalformedInputError):
        accept_warning(
            actor=cast.actor(),
            now=FORMING,
            officer_uuid=officer.uuid,
            expected_version=officer.version,
            code="age_max",
            reason="  ",
        )


def test_a_nik_that_disagrees_with_the_birth_is_shown_and_not_refused(cast: StationCast) -> None:
    put(cast, cast.stations[0], person(nik="3505010101700009"))
    view = get_team_view(cast.context, cast.stations[0].uuid)
    assert view.standings[0].nik_disagrees


def test_a_whole_team_is_ready_and_an_incomplete_one_says_what_is_missing(
    cast: StationCast,
) -> None:
    fill_team(cast, cast.stations[0])
    put(cast, cast.stations[1], person("Pak Rahmat", serial=900), seat=(SeatKind.STATION, 2))

    first, second, third = list_team_views(cast.context)

    assert first.is_ready
    assert {item.code for item in second.gaps} == {"team.chair", "team.size", "team.security"}
    assert not second.is_ready
    assert third.standings == ()
