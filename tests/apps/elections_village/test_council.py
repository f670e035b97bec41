"""The committee reports, the BPD hears and passes on; the public complains and is answered."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from pilkades.apps.accounts.roles import Role
from pilkades.apps.audit.models import Event
from pilkades.apps.elections.models import (
    Candidacy,
    CandidateComplaint,
    ComplaintOutcome,
    CouncilReport,
    InboxItem,
    ReportKind,
)
from pilkades.apps.elections.services import complaints as complaints_services
from pilkades.apps.elections.services.complaints import answer_complaint, file_complaint
from pilkades.apps.elections.services.council_reports import (
    forward_report,
    hear_report,
    submit_report,
)
from pilkades.errors import ConflictError, MalformedInputError, RuleViolationError
from pilkades.law.application import ApplicationState
from tests.apps.village_cast import CHECKING, VillageCast, at, make_applicants

AFTER_POLL = at(11, 27)
WORDS = "Ijazah yang dipakai bukan milik bakal calon ini, saya teman sekolahnya."


def _submit(cast: VillageCast, by: str = "sari", **changes: Any) -> CouncilReport:
    values: dict[str, Any] = {
        "actor": cast.actor(by, AFTER_POLL),
        "now": AFTER_POLL,
        "election_pk": cast.election.pk,
        "kind": ReportKind.RESULT,
        "reference": "12/PPKD/XI/2026",
        "summary": "Pemungutan suara berjalan tertib; keputusan panitia terlampir.",
    }
    return submit_report(**{**values, **changes})


def _hear(cast: VillageCast, report: CouncilReport, by: str = "bayu") -> CouncilReport:
    return hear_report(
        actor=cast.actor(by, AFTER_POLL),
        now=AFTER_POLL,
        report_uuid=report.uuid,
        expected_version=report.version,
        note="Rapat BPD 27 November",
    )


def _forward(cast: VillageCast, report: CouncilReport, by: str = "bayu") -> CouncilReport:
    return forward_report(
        actor=cast.actor(by, AFTER_POLL),
        now=AFTER_POLL,
        report_uuid=report.uuid,
        expected_version=report.version,
        reference="9/BPD/XI/2026",
    )


def test_the_report_goes_from_committee_to_council_to_regency_with_its_clocks(
    cast: VillageCast,
) -> None:
    report = _submit(cast)
    assert report.submission_due_date == date(2026, 12, 2)
    assert report.forward_due_date == date(2026, 12, 11)
    _forward(cast, _hear(cast, report))
    facts = {fact.step_id: fact.finished_on for fact in cast.election.stage_facts.all()}
    assert facts["report_to_council"] == facts["report_to_regency"] == date(2026, 11, 27)
    told = set(
        InboxItem.objects.filter(subject=f"report:{report.uuid}").values_list("for_role", flat=True)
    )
    assert {Role.VILLAGE_COUNCIL, Role.DISTRICT_HEAD, Role.REGENCY_HEAD} <= told


def test_nothing_is_passed_on_before_it_was_heard(cast: VillageCast) -> None:
    with pytest.raises(ConflictError, match=r"report\.stale"):
        _forward(cast, _submit(cast))


def test_a_report_number_is_used_once(cast: VillageCast) -> None:
    _submit(cast)
    with pytest.raises(ConflictError, match=r"report\.reference"):
        _submit(cast)


def test_each_side_keeps_to_its_part(cast: VillageCast) -> None:
    for name in ("bayu", "mallory", "kartika", "dewi"):
        with pytest.raises(PermissionDenied):
            _submit(cast, by=name)
    report = _submit(cast)
    for name in ("sari", "slamet", "mallory", "camat"):
        with pytest.raises(PermissionDenied):
            _hear(cast, report, by=name)
    heard = _hear(cast, report)
    with pytest.raises(PermissionDenied):
        _forward(cast, heard, by="sari")


# --- Complaints --------------------------------------------------------------------------------


@pytest.fixture
def applicant(cast: VillageCast) -> Candidacy:
    return make_applicants(cast, 1, state=ApplicationState.CHECKING)[0]


def _complain(applicant: Candidacy, **changes: Any) -> CandidateComplaint:
    values: dict[str, Any] = {
        "now": CHECKING,
        "candidacy_uuid": applicant.uuid,
        "complainant_name": "Mbak Dewi",
        "contact": "0812 3456 7890",
        "content": WORDS,
    }
    return file_complaint(**{**values, **changes})


def test_anybody_complains_sealed_and_gets_a_ticket(
    cast: VillageCast, applicant: Candidacy
) -> None:
    complaint = _complain(applicant)
    assert len(complaint.ticket) == 10
    assert complaint.timeliness == "in_time"
    assert complaint.article
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT complainant_name, contact, content FROM elections_candidatecomplaint"
        )
        stored = " ".join(cursor.fetchone())
    assert "Dewi" not in stored
    assert "Ijazah" not in stored
    leaf = Event.objects.get(event="complaint.filed").leaf
    assert complaint.commitment in leaf
    assert "Dewi" not in leaf


def test_a_late_complaint_is_kept_and_says_so(cast: VillageCast, applicant: Candidacy) -> None:
    complaint = _complain(applicant, now=at(10, 20))
    assert complaint.timeliness == "late"
    assert complaint.timeliness_text["template"]


@pytest.mark.parametrize(
    "changes",
    [{"content": "Curang!"}, {"content": "x" * 5000}, {"contact": " "}, {"complainant_name": ""}],
)
def test_a_complaint_without_words_or_a_way_to_answer_is_refused(
    cast: VillageCast, applicant: Candidacy, changes: dict[str, str]
) -> None:
    with pytest.raises(MalformedInputError, match=r"complaint\.words"):
        _complain(applicant, **changes)


def test_a_draft_is_nobody_the_public_knows(cast: VillageCast, applicant: Candidacy) -> None:
    Candidacy.objects.filter(pk=applicant.pk).update(state=ApplicationState.DRAFT)
    with pytest.raises(Candidacy.DoesNotExist):
        _complain(applicant)


def test_a_flood_is_stopped_for_an_hour(
    cast: VillageCast, applicant: Candidacy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(complaints_services, "PER_HOUR_MAX", 2)
    _complain(applicant)
    _complain(applicant)
    with pytest.raises(ConflictError, match=r"complaint\.busy"):
        _complain(applicant)
    assert _complain(applicant, now=CHECKING + timedelta(hours=2))


def test_the_committee_answers_once(cast: VillageCast, applicant: Candidacy) -> None:
    complaint = _complain(applicant)
    call: dict[str, Any] = {
        "now": CHECKING,
        "complaint_uuid": complaint.uuid,
        "expected_version": complaint.version,
        "outcome": ComplaintOutcome.NOT_UPHELD,
        "answer": "Sekolah membenarkan ijazah itu.",
    }
    for name in ("mallory", "kartika", "bayu", "dewi"):
        with pytest.raises(PermissionDenied):
            answer_complaint(actor=cast.actor(name, CHECKING), **call)
    answer_complaint(actor=cast.actor("rini", CHECKING), **call)
    with pytest.raises(ConflictError, match=r"complaint\.stale"):
        answer_complaint(actor=cast.actor("sari", CHECKING), **call)


def test_a_complaint_in_an_election_that_rests_is_refused(
    cast: VillageCast, applicant: Candidacy
) -> None:
    election = cast.election
    election.state = "postponed"
    election.save(update_fields=["state"])
    with pytest.raises(RuleViolationError, match=r"election\.not-active"):
        _complain(applicant)
