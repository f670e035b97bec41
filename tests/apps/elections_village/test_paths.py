"""What follows from the number of applicants: none, one, two to five, more than five."""

from datetime import date, datetime

import pytest
from django.core.exceptions import PermissionDenied

from pilkades.apps.elections.models import (
    Announcement,
    AnnouncementKind,
    Candidacy,
    Deliberation,
    DeliberationOutcome,
    ElectionState,
    InboxItem,
    PathDecision,
)
from pilkades.apps.elections.selectors.paths import get_path_state, has_empty_column
from pilkades.apps.elections.services.decide_file import confirm_decision, propose_decision
from pilkades.apps.elections.services.deliberate import (
    confirm_deliberation,
    record_deliberation,
)
from pilkades.apps.elections.services.path import confirm_path, propose_path, withdraw_path
from pilkades.errors import ConflictError, RuleViolationError
from pilkades.law.application import ApplicationEvent, ApplicationState
from pilkades.law.candidacy import Act
from tests.apps.village_cast import (
    VILLAGE,
    VillageCast,
    at,
    fresh,
    give_good_files,
    identity,
    make_applicants,
    open_draft,
    receive,
)

DECIDING = at(9, 24)
AFTER_FIRST = at(10, 16)
AFTER_SECOND = at(10, 30)


def _propose(cast: VillageCast, now: datetime, by: str = "slamet") -> PathDecision:
    return propose_path(actor=cast.actor(by, now), now=now, election_pk=cast.election.pk)


def _decide(cast: VillageCast, now: datetime) -> PathDecision:
    decision = _propose(cast, now)
    return confirm_path(actor=cast.actor("sari", now), now=now, decision_uuid=decision.uuid)


def test_three_applicants_are_determined_by_two_people(cast: VillageCast) -> None:
    make_applicants(cast, 3)
    give_good_files(cast)
    decision = _decide(cast, DECIDING)
    assert decision.act == Act.DETERMINE
    states = set(Candidacy.objects.values_list("state", flat=True))
    assert states == {ApplicationState.DETERMINED}
    assert Announcement.objects.get(kind=AnnouncementKind.DETERMINATION).article
    assert InboxItem.objects.filter(kind="candidates").exists()


def test_who_put_it_forward_does_not_confirm_it(cast: VillageCast) -> None:
    make_applicants(cast, 3)
    give_good_files(cast)
    decision = _propose(cast, DECIDING, by="sari")
    with pytest.raises(RuleViolationError, match="two-people"):
        confirm_path(actor=cast.actor("sari", DECIDING), now=DECIDING, decision_uuid=decision.uuid)


def test_only_the_chair_confirms(cast: VillageCast) -> None:
    make_applicants(cast, 3)
    give_good_files(cast)
    decision = _propose(cast, DECIDING)
    for name in ("rini", "mallory", "bayu", "kartika", "dewi"):
        with pytest.raises(PermissionDenied):
            confirm_path(
                actor=cast.actor(name, DECIDING), now=DECIDING, decision_uuid=decision.uuid
            )


def test_nothing_is_decided_while_registration_is_open_or_a_file_is_not(
    cast: VillageCast,
) -> None:
    make_applicants(cast, 2)
    with pytest.raises(RuleViolationError, match=r"path\.not-now"):
        _propose(cast, at(9, 1))
    make = receive(cast, open_draft(cast))
    assert make.state == ApplicationState.RECEIVED
    with pytest.raises(RuleViolationError) as caught:
        _propose(cast, DECIDING)
    assert "Kartika Wulandari" in str(caught.value.text)


def test_a_file_that_changes_after_the_proposal_makes_it_void(cast: VillageCast) -> None:
    made = make_applicants(cast, 3)
    give_good_files(cast)
    decision = _propose(cast, DECIDING)
    Candidacy.objects.filter(pk__in=[made[0].pk, made[1].pk]).update(
        state=ApplicationState.INELIGIBLE
    )
    with pytest.raises(ConflictError, match=r"path\.changed"):
        confirm_path(actor=cast.actor("sari", DECIDING), now=DECIDING, decision_uuid=decision.uuid)
    withdraw_path(actor=cast.actor("slamet", DECIDING), now=DECIDING, decision_uuid=decision.uuid)
    assert _propose(cast, DECIDING).act == Act.EXTEND_REGISTRATION


def test_what_is_due_at_the_determination_stops_it(cast: VillageCast) -> None:
    make_applicants(cast, 2)
    with pytest.raises(RuleViolationError, match=r"eligibility\."):
        _propose(cast, DECIDING)


# --- One applicant -----------------------------------------------------------------------------


def _extend_twice(cast: VillageCast) -> None:
    assert _decide(cast, DECIDING).act == Act.EXTEND_REGISTRATION
    assert cast.election.branches == ["single"]
    assert _decide(cast, AFTER_FIRST).act == Act.EXTEND_REGISTRATION


def test_one_applicant_extends_the_registration_and_a_second_may_come(cast: VillageCast) -> None:
    make_applicants(cast, 1)
    _decide(cast, DECIDING)
    later = receive(cast, open_draft(cast), at(10, 1))
    assert later.registration_number == 2
    state = get_path_state(cast.context, now=AFTER_FIRST)
    assert state.undecided == (later,)


def test_the_extension_closes_like_the_registration(cast: VillageCast) -> None:
    make_applicants(cast, 1)
    _decide(cast, DECIDING)
    closing = cast.context.registration_rules.closes_at
    with pytest.raises(RuleViolationError, match=r"registration\.closes_at"):
        receive(cast, open_draft(cast), at(10, 15, closing.hour, closing.minute + 1))


def test_an_extension_that_nobody_decided_is_not_open(cast: VillageCast) -> None:
    make_applicants(cast, 1)
    with pytest.raises(RuleViolationError, match=r"registration\.closes_at"):
        receive(cast, open_draft(cast), at(10, 1))


def test_one_applicant_after_both_extensions_is_deliberated_upon(cast: VillageCast) -> None:
    make_applicants(cast, 1)
    _extend_twice(cast)
    assert _decide(cast, AFTER_SECOND).act == Act.DELIBERATE
    state = get_path_state(cast.context, now=AFTER_SECOND)
    assert state.path is None
    assert state.obstacles


def _deliberate(cast: VillageCast, outcome: DeliberationOutcome, by: str = "sari") -> Deliberation:
    return record_deliberation(
        actor=cast.actor(by, AFTER_SECOND),
        now=AFTER_SECOND,
        election_pk=cast.election.pk,
        held_on=date(2026, 10, 30),
        place="Balai desa",
        committee_present=5,
        council_present=7,
        outcome=outcome,
        minutes="Panitia dan BPD bermusyawarah.",
    )


def _confirm(cast: VillageCast, found: Deliberation, by: str = "bayu") -> Deliberation:
    return confirm_deliberation(
        actor=cast.actor(by, AFTER_SECOND),
        now=AFTER_SECOND,
        deliberation_uuid=found.uuid,
        expected_version=found.version,
    )


def test_agreement_leads_to_the_empty_column(cast: VillageCast) -> None:
    make_applicants(cast, 1)
    give_good_files(cast)
    _extend_twice(cast)
    _decide(cast, AFTER_SECOND)
    _confirm(cast, _deliberate(cast, DeliberationOutcome.AGREED))
    assert _decide(cast, AFTER_SECOND).act == Act.DETERMINE_WITH_EMPTY_COLUMN
    assert has_empty_column(cast.election)
    assert Candidacy.objects.get().state == ApplicationState.DETERMINED


def test_no_agreement_takes_the_branch_of_the_void_and_leaves_the_decree_to_the_regency(
    cast: VillageCast,
) -> None:
    make_applicants(cast, 1)
    _extend_twice(cast)
    _decide(cast, AFTER_SECOND)
    _confirm(cast, _deliberate(cast, DeliberationOutcome.NOT_AGREED))
    assert _decide(cast, AFTER_SECOND).act == Act.DECLARE_VOID
    assert cast.election.branches == ["single", "void"]
    assert cast.election.state == ElectionState.ACTIVE
    report = cast.context.find_step("void_report")
    assert report is not None
    assert report.end_date == date(2026, 11, 2)


def test_minutes_count_only_when_the_other_side_confirms_them(cast: VillageCast) -> None:
    make_applicants(cast, 1)
    _extend_twice(cast)
    _decide(cast, AFTER_SECOND)
    found = _deliberate(cast, DeliberationOutcome.AGREED)
    for name in ("sari", "slamet", "mallory", "dewi"):
        with pytest.raises(PermissionDenied):
            _confirm(cast, found, by=name)
    with pytest.raises(RuleViolationError, match=r"path\.not-now"):
        _propose(cast, AFTER_SECOND)


def test_a_deliberation_before_its_time_is_refused(cast: VillageCast) -> None:
    make_applicants(cast, 1)
    with pytest.raises(RuleViolationError, match=r"deliberation\.not-now"):
        _deliberate(cast, DeliberationOutcome.AGREED)


# --- None --------------------------------------------------------------------------------------


def test_no_applicant_at_all_ends_in_a_void_election(cast: VillageCast) -> None:
    _extend_twice(cast)
    decision = _decide(cast, AFTER_SECOND)
    assert decision.act == Act.DECLARE_VOID
    assert "void" in cast.election.branches


# --- More than five ----------------------------------------------------------------------------


def test_six_applicants_lead_to_the_extra_selection(cast: VillageCast) -> None:
    make_applicants(cast, 6)
    assert _decide(cast, DECIDING).act == Act.SELECT
    assert cast.election.branches == ["many"]
    assert get_path_state(cast.context, now=AFTER_SECOND).path is None


def test_six_after_an_extension_leave_the_branch_of_one(cast: VillageCast) -> None:
    make_applicants(cast, 1)
    _decide(cast, DECIDING)
    for place in range(5):
        candidacy = make_one_more(cast, place)
        Candidacy.objects.filter(pk=candidacy.pk).update(state=ApplicationState.ELIGIBLE)
    assert _decide(cast, AFTER_FIRST).act == Act.SELECT
    assert cast.election.branches == ["many"]


def make_one_more(cast: VillageCast, place: int) -> Candidacy:
    return receive(
        cast, open_draft(cast, identity(f"Pelamar {place}", serial=9200 + place)), at(10, 1)
    )


# --- A candidate is lost -----------------------------------------------------------------------


def test_a_determined_candidate_who_dies_leaves_the_others_and_the_law_is_asked_again(
    cast: VillageCast,
) -> None:
    made = make_applicants(cast, 3)
    give_good_files(cast)
    _decide(cast, DECIDING)
    decision = propose_decision(
        actor=cast.actor("slamet", AFTER_SECOND),
        now=AFTER_SECOND,
        candidacy_uuid=made[0].uuid,
        expected_version=fresh(made[0]).version,
        event=ApplicationEvent.RECORD_DEATH,
        reason="Akta kematian nomor 12.",
        article="Tata tertib panitia pasal 14",
    )
    confirm_decision(
        actor=cast.actor("sari", AFTER_SECOND),
        now=AFTER_SECOND,
        decision_uuid=decision.uuid,
        expected_version=fresh(made[0]).version,
    )
    assert Announcement.objects.filter(kind=AnnouncementKind.CHANGE).count() == 1
    assert _decide(cast, AFTER_SECOND).act == Act.CONTINUE
    assert get_path_state(cast.context, now=AFTER_SECOND).path is None


def test_the_minutes_of_the_determination_are_linked_only_where_candidates_are_determined(
    cast: VillageCast,
) -> None:
    """A void village has decisions, but nothing that was determined."""
    page = f"/ruang/{VILLAGE}/jalur/"
    make_applicants(cast, 3)
    give_good_files(cast)
    decision = _decide(cast, DECIDING)
    PathDecision.objects.filter(pk=decision.pk).update(act=Act.DECLARE_VOID)
    client = cast.client("sari")
    assert "penetapan.pdf" not in client.get(page).content.decode()
    assert client.get(f"{page}penetapan.pdf").status_code == 404
    PathDecision.objects.filter(pk=decision.pk).update(act=Act.DETERMINE)
    assert "penetapan.pdf" in client.get(page).content.decode()
    assert cast.client("mallory").get(page).status_code == 403
