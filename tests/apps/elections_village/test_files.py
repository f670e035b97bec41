"""An applicant's file: opened, received in time, completed, verified by two, decided by two."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from pilkades.apps.audit.models import Event
from pilkades.apps.elections.models import (
    CandidacyDecision,
    DocumentCheck,
    DocumentOutcome,
    FileCheck,
    Sex,
)
from pilkades.apps.elections.selectors.candidates import get_file
from pilkades.apps.elections.services.completion import complete_file, request_completion
from pilkades.apps.elections.services.decide_file import (
    confirm_decision,
    propose_decision,
)
from pilkades.apps.elections.services.reveal import reveal_identity
from pilkades.errors import ConflictError, MalformedInputError, RuleViolationError
from pilkades.law.application import ApplicationEvent, ApplicationState
from pilkades.law.eligibility import HeadTerm, Outcome
from tests.apps.village_cast import (
    CHECKING,
    COMPLETING,
    FINAL_CHECK,
    REGISTRATION,
    VillageCast,
    answer,
    at,
    bring,
    fresh,
    fulfil,
    identity,
    judge,
    make_applicants,
    open_draft,
    receive,
    verify,
)


def _line(cast: VillageCast, candidacy: object, requirement_id: str):  # noqa: ANN202
    file = get_file(candidacy.uuid, cast.context, now=CHECKING)  # type: ignore[attr-defined]
    return next(line for line in file.checklist.requirements if line.id == requirement_id)


# --- Opened and received -----------------------------------------------------------------------


def test_a_draft_is_received_with_number_receipt_and_moment(cast: VillageCast) -> None:
    received = receive(cast, open_draft(cast))
    assert received.state == ApplicationState.RECEIVED
    assert received.registration_number == 1
    assert len(received.receipt_code or "") == 10
    assert received.received_at == REGISTRATION


def test_the_last_second_is_in_time(cast: VillageCast) -> None:
    closing = cast.context.registration_rules.closes_at
    assert receive(cast, open_draft(cast), at(9, 2, closing.hour, closing.minute))


def test_a_minute_late_is_refused_with_its_article_and_the_draft_stays(cast: VillageCast) -> None:
    draft = open_draft(cast)
    closing = cast.context.registration_rules.closes_at
    with pytest.raises(RuleViolationError) as caught:
        receive(cast, draft, at(9, 2, closing.hour, closing.minute + 1))
    assert caught.value.code == "registration.closes_at"
    assert caught.value.article
    assert "terlambat 1 menit" in str(caught.value.text)
    assert fresh(draft).state == ApplicationState.DRAFT
    assert fresh(draft).registration_number is None


def test_numbers_follow_each_other(cast: VillageCast) -> None:
    assert [item.registration_number for item in make_applicants(cast, 3)] == [1, 2, 3]


def test_one_person_has_one_file(cast: VillageCast) -> None:
    open_draft(cast)
    with pytest.raises(ConflictError, match=r"candidacy\.person"):
        open_draft(cast)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"nik": "350501520485"}, "identity.nik"),
        ({"birth_date": date(1985, 4, 13)}, "identity.nik-birth"),
        ({"sex": Sex.MALE}, "identity.nik-birth"),
        ({"birth_date": date(2027, 1, 1)}, "identity.birth-date"),
    ],
)
def test_an_identity_that_contradicts_itself_is_refused(
    cast: VillageCast, changes: dict[str, object], code: str
) -> None:

    with pytest.raises(MalformedInputError) as caught:
        open_draft(cast, replace(identity(), **changes))
    assert caught.value.code == code


def test_personal_data_lies_sealed_and_never_in_the_ledger(cast: VillageCast) -> None:
    candidacy = open_draft(cast)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nik, address, facts FROM elections_candidacy")
        stored = " ".join(cursor.fetchone())
    assert candidacy.nik not in stored
    assert "Krajan" not in stored
    assert "1985-04-12" not in stored
    for leaf in Event.objects.values_list("leaf", flat=True):
        assert candidacy.nik not in leaf
        assert "Kartika" not in leaf


@pytest.mark.parametrize("name", ["mallory", "bayu", "desk", "dewi"])
def test_strangers_open_and_receive_nothing(cast: VillageCast, name: str) -> None:
    draft = open_draft(cast)
    with pytest.raises(PermissionDenied):
        open_draft(cast, identity(serial=9002), by=name)
    with pytest.raises(PermissionDenied):
        receive(cast, draft, by=name)


# --- The checklist of the law ------------------------------------------------------------------


def test_an_applicant_of_24_years_is_told_when_25_is_reached_and_cannot_be_found_eligible(
    cast: VillageCast,
) -> None:
    young = identity(birth_date=date(2001, 9, 1), sex=Sex.FEMALE)
    candidacy = fulfil(cast, receive(cast, open_draft(cast, young)))
    line = _line(cast, candidacy, "age")
    assert line.outcome is Outcome.NOT_MET
    assert line.article
    assert "24" in str(line.reason)
    with pytest.raises(RuleViolationError) as caught:
        judge(cast, candidacy, by="sari")
    assert caught.value.code == "eligibility.age"
    assert caught.value.article == line.article


TWO_TERMS_BEFORE = (
    HeadTerm(start_date=date(2008, 1, 1), end_date=date(2014, 1, 1)),
    HeadTerm(start_date=date(2014, 2, 1), end_date=date(2020, 2, 1)),
)
ONE_BEFORE_ONE_AFTER = (
    HeadTerm(start_date=date(2016, 1, 1), end_date=date(2022, 1, 1)),
    HeadTerm(start_date=date(2024, 6, 1), end_date=None),
)


def test_head_twice_before_the_new_law_is_covered_by_the_transition(cast: VillageCast) -> None:
    candidacy = receive(cast, open_draft(cast))
    answer(cast, candidacy, "terms", {"head_terms": TWO_TERMS_BEFORE})
    assert _line(cast, candidacy, "terms").outcome is not Outcome.NOT_MET


def test_head_twice_without_the_transition_is_refused_with_its_article(cast: VillageCast) -> None:
    candidacy = receive(cast, open_draft(cast))
    answer(cast, candidacy, "terms", {"head_terms": ONE_BEFORE_ONE_AFTER})
    line = _line(cast, candidacy, "terms")
    assert line.outcome is Outcome.NOT_MET
    assert line.article
    with pytest.raises(RuleViolationError) as caught:
        judge(cast, fulfil(cast, candidacy), by="sari")
    assert caught.value.code == "eligibility.terms"


def test_age_is_not_answered_but_follows_from_the_identity(cast: VillageCast) -> None:
    candidacy = receive(cast, open_draft(cast))
    with pytest.raises(MalformedInputError, match=r"candidacy\.facts-not-asked"):
        answer(cast, candidacy, "age", {"is_citizen": True})


# --- Papers, each verified by two different people ---------------------------------------------


def test_a_paper_counts_when_two_different_people_found_it_valid(cast: VillageCast) -> None:
    candidacy = receive(cast, open_draft(cast))
    document = bring(cast, candidacy, "diploma")
    verify(cast, document, by="sari")
    assert "diploma" not in get_file(candidacy.uuid, cast.context, now=CHECKING).valid_kinds
    verify(cast, document, by="slamet")
    assert "diploma" in get_file(candidacy.uuid, cast.context, now=CHECKING).valid_kinds
    assert fresh(candidacy).state == ApplicationState.CHECKING


def test_the_same_person_twice_is_refused_by_the_law_and_by_the_database(
    cast: VillageCast,
) -> None:
    document = bring(cast, receive(cast, open_draft(cast)), "diploma")
    verify(cast, document, by="sari")
    with pytest.raises(RuleViolationError) as caught:
        verify(cast, document, by="sari")
    assert caught.value.code == "candidacy.verifiers_min"
    assert "Bu Sari" in str(caught.value.text)
    with pytest.raises(IntegrityError), transaction.atomic():
        DocumentCheck.objects.create(
            document=document, outcome="valid", checked_by=cast.sari, checked_at=CHECKING
        )


def test_a_doubt_needs_a_note_and_keeps_the_paper_from_counting(cast: VillageCast) -> None:
    document = bring(cast, receive(cast, open_draft(cast)), "diploma")
    with pytest.raises(MalformedInputError, match=r"candidacy\.note"):
        verify(cast, document, outcome=DocumentOutcome.UNCLEAR)
    verify(cast, document, outcome=DocumentOutcome.UNCLEAR, note="Stempel tidak terbaca")
    verify(cast, document, by="slamet")
    file = get_file(document.candidacy.uuid, cast.context, now=CHECKING)
    assert "diploma" not in file.valid_kinds


def test_a_newer_paper_replaces_the_old_one_and_is_checked_anew(cast: VillageCast) -> None:
    candidacy = receive(cast, open_draft(cast))
    old = bring(cast, candidacy, "diploma")
    verify(cast, old)
    new = bring(cast, candidacy, "diploma")
    assert new.checks.count() == 0
    with pytest.raises(ConflictError, match=r"candidacy\.document-replaced"):
        verify(cast, old, by="slamet")


@pytest.mark.parametrize("data", [b"", b"MZ\x90\x00 a program", b"<svg onload=alert(1)>"])
def test_what_is_not_a_paper_is_refused(cast: VillageCast, data: bytes) -> None:
    candidacy = receive(cast, open_draft(cast))
    with pytest.raises(MalformedInputError, match=r"upload\."):
        bring(cast, candidacy, "diploma", data=data)


def test_two_officials_on_one_file_at_once_and_the_second_learns_what_is_known(
    cast: VillageCast,
) -> None:
    candidacy = receive(cast, open_draft(cast))
    seen = fresh(candidacy).version
    bring(cast, candidacy, "diploma")
    with pytest.raises(ConflictError) as caught:
        request_completion(
            actor=cast.actor("slamet", CHECKING),
            now=CHECKING,
            candidacy_uuid=candidacy.uuid,
            expected_version=seen,
            reason="Ijazah belum ada",
        )
    assert caught.value.code == "candidacy.stale"
    assert "diterima" in str(caught.value.text)


# --- Completion --------------------------------------------------------------------------------


def _ask(cast: VillageCast, candidacy: object) -> None:
    verify(cast, bring(cast, candidacy, "diploma"))  # type: ignore[arg-type]
    request_completion(
        actor=cast.actor("sari", CHECKING),
        now=CHECKING,
        candidacy_uuid=candidacy.uuid,  # type: ignore[attr-defined]
        expected_version=fresh(candidacy).version,  # type: ignore[arg-type]
        reason="Surat keterangan sehat belum ada",
    )


def test_what_is_asked_for_is_due_on_the_last_day_of_the_completion(cast: VillageCast) -> None:
    candidacy = receive(cast, open_draft(cast, username="mbak.kartika"))
    _ask(cast, candidacy)
    assert fresh(candidacy).completion_due_date == date(2026, 9, 18)
    assert bring(cast, candidacy, "health_letter", now=COMPLETING, by="kartika")
    completed = complete_file(
        actor=cast.actor("kartika", COMPLETING),
        now=COMPLETING,
        candidacy_uuid=candidacy.uuid,
        expected_version=fresh(candidacy).version,
    )
    assert completed.state == ApplicationState.COMPLETED
    assert completed.check_round == 2


def test_a_day_after_the_last_day_nothing_is_taken_any_more(cast: VillageCast) -> None:
    candidacy = receive(cast, open_draft(cast, username="mbak.kartika"))
    _ask(cast, candidacy)
    with pytest.raises(RuleViolationError) as caught:
        bring(cast, candidacy, "health_letter", now=at(9, 19), by="kartika")
    assert caught.value.code == "completion.steps"
    assert "terlambat 1 hari" in str(caught.value.text)


def test_an_applicant_changes_nothing_while_others_examine(cast: VillageCast) -> None:
    candidacy = receive(cast, open_draft(cast, username="mbak.kartika"))
    with pytest.raises(PermissionDenied):
        bring(cast, candidacy, "diploma", by="kartika")


# --- Decided by two ----------------------------------------------------------------------------


def test_two_people_find_a_complete_file_eligible(cast: VillageCast) -> None:
    candidacy = fulfil(cast, receive(cast, open_draft(cast)))
    assert judge(cast, candidacy, by="sari").state == ApplicationState.CHECKING
    assert judge(cast, candidacy, by="slamet").state == ApplicationState.ELIGIBLE
    decision = CandidacyDecision.objects.get(candidacy=candidacy)
    assert {decision.proposed_by, decision.confirmed_by} == {cast.sari, cast.slamet}
    assert decision.article


def test_one_person_cannot_judge_a_file_twice(cast: VillageCast) -> None:
    candidacy = fulfil(cast, receive(cast, open_draft(cast)))
    judge(cast, candidacy, by="sari")
    with pytest.raises(RuleViolationError, match=r"candidacy\.verifiers_min"):
        judge(cast, candidacy, by="sari")
    with pytest.raises(IntegrityError), transaction.atomic():
        FileCheck.objects.create(
            candidacy=candidacy,
            round=1,
            is_eligible=True,
            checked_by=cast.sari,
            checked_at=FINAL_CHECK,
        )


def test_a_refusal_names_requirement_article_and_reason(cast: VillageCast) -> None:
    candidacy = receive(cast, open_draft(cast))
    with pytest.raises(MalformedInputError, match=r"candidacy\.reason"):
        judge(cast, candidacy, by="sari", is_eligible=False, requirement_id="education")
    for person in ("sari", "slamet"):
        judge(
            cast,
            candidacy,
            by=person,
            is_eligible=False,
            requirement_id="education",
            reason="Ijazah SMP tidak diserahkan sampai batas waktu.",
        )
    assert fresh(candidacy).state == ApplicationState.INELIGIBLE
    decision = CandidacyDecision.objects.get(candidacy=candidacy)
    assert decision.article
    assert "Ijazah" in decision.reason
    assert "Ijazah" not in Event.objects.get(event="candidacy.found_ineligible").leaf


def test_where_two_differ_the_plenary_decides_and_a_second_person_confirms(
    cast: VillageCast,
) -> None:
    candidacy = fulfil(cast, receive(cast, open_draft(cast)))
    judge(cast, candidacy, by="sari")
    judge(
        cast,
        candidacy,
        by="slamet",
        is_eligible=False,
        requirement_id="education",
        reason="Ijazah diragukan.",
    )
    assert fresh(candidacy).state == ApplicationState.CHECKING
    decision = propose_decision(
        actor=cast.actor("sari", FINAL_CHECK),
        now=FINAL_CHECK,
        candidacy_uuid=candidacy.uuid,
        expected_version=fresh(candidacy).version,
        event=ApplicationEvent.FIND_ELIGIBLE,
        reason="Rapat pleno: ijazah dibenarkan sekolah.",
        article="Tata tertib panitia pasal 9",
    )
    with pytest.raises(RuleViolationError, match="two-people"):
        confirm_decision(
            actor=cast.actor("sari", FINAL_CHECK),
            now=FINAL_CHECK,
            decision_uuid=decision.uuid,
            expected_version=fresh(candidacy).version,
        )
    confirmed = confirm_decision(
        actor=cast.actor("rini", FINAL_CHECK),
        now=FINAL_CHECK,
        decision_uuid=decision.uuid,
        expected_version=fresh(candidacy).version,
    )
    assert confirmed.state == ApplicationState.ELIGIBLE


def test_a_plenary_does_not_replace_the_two_examiners(cast: VillageCast) -> None:
    candidacy = fulfil(cast, receive(cast, open_draft(cast)))
    with pytest.raises(RuleViolationError, match=r"candidacy\.plenary"):
        propose_decision(
            actor=cast.actor("sari", FINAL_CHECK),
            now=FINAL_CHECK,
            candidacy_uuid=candidacy.uuid,
            expected_version=candidacy.version,
            event=ApplicationEvent.FIND_ELIGIBLE,
            reason="Langsung saja.",
            article="-",
        )


def test_an_applicant_withdraws_and_the_committee_confirms(cast: VillageCast) -> None:
    candidacy = receive(cast, open_draft(cast, username="mbak.kartika"))
    decision = propose_decision(
        actor=cast.actor("kartika", CHECKING),
        now=CHECKING,
        candidacy_uuid=candidacy.uuid,
        expected_version=fresh(candidacy).version,
        event=ApplicationEvent.WITHDRAW,
        reason="Alasan keluarga.",
        article="Tata tertib panitia pasal 12",
    )
    confirmed = confirm_decision(
        actor=cast.actor("sari", CHECKING),
        now=CHECKING,
        decision_uuid=decision.uuid,
        expected_version=fresh(candidacy).version,
    )
    assert confirmed.state == ApplicationState.WITHDRAWN


def test_an_applicant_decides_nothing_but_the_own_withdrawal(cast: VillageCast) -> None:
    candidacy = receive(cast, open_draft(cast, username="mbak.kartika"))
    for name, event in (
        ("kartika", ApplicationEvent.FIND_ELIGIBLE),
        ("darto", ApplicationEvent.WITHDRAW),
        ("mallory", ApplicationEvent.RECORD_DEATH),
    ):
        with pytest.raises(PermissionDenied):
            propose_decision(
                actor=cast.actor(name, CHECKING),
                now=CHECKING,
                candidacy_uuid=candidacy.uuid,
                expected_version=fresh(candidacy).version,
                event=event,
                reason="x",
                article="x",
            )


# --- Masked, and shown on record ---------------------------------------------------------------


def test_every_look_at_a_masked_number_is_on_record(cast: VillageCast) -> None:
    candidacy = receive(cast, open_draft(cast))
    shown = reveal_identity(
        actor=cast.actor("sari"), now=REGISTRATION, candidacy_uuid=candidacy.uuid
    )
    assert shown.nik == identity().nik
    event = Event.objects.get(event="candidacy.revealed")
    assert event.actor_uuid == cast.sari.uuid
    assert shown.nik not in event.leaf


@pytest.mark.parametrize("name", ["mallory", "kartika", "bayu", "desk", "dewi"])
def test_strangers_are_shown_nothing(cast: VillageCast, name: str) -> None:
    candidacy = receive(cast, open_draft(cast))
    with pytest.raises(PermissionDenied):
        reveal_identity(actor=cast.actor(name), now=REGISTRATION, candidacy_uuid=candidacy.uuid)
