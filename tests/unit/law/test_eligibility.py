"""The checklist of candidates by the national pack, and what an overlay changes."""

from dataclasses import fields, replace
from datetime import date, timedelta

import pytest

from pilkades.errors import MalformedInputError
from pilkades.law.eligibility import (
    ApplicantFacts,
    Checklist,
    Conviction,
    Due,
    Education,
    EligibilityRules,
    HeadTerm,
    KeyDates,
    Office,
    Outcome,
    Requirement,
    TermKind,
    check_applicant,
)
from pilkades.law.eligibility.answers import Answer, Setting
from pilkades.law.eligibility.applicants import answer_applicant
from pilkades.law.pack import RulePack
from pilkades.packfiles import read_pack, read_pack_bytes

REGISTERED = date(2026, 8, 28)
DATES = KeyDates(registration_date=REGISTERED, registration_end_date=date(2026, 9, 2))
PAPERS = frozenset(
    {
        "ktp_el",
        "birth_certificate",
        "declaration_letters",
        "diploma",
        "court_letter",
        "police_letter",
        "health_letter",
        "terms_letter",
    }
)
BU_SARI = ApplicantFacts(
    birth_date=date(1980, 5, 17),
    is_citizen=True,
    education=Education.S1,
    is_in_prison=False,
    has_been_convicted=False,
    is_right_revoked=False,
    is_healthy=True,
    declared={"declarations": True},
    documents=PAPERS,
)


def read_overlay(text: str) -> RulePack:
    header = '[pack]\nformat = 1\nid = "uji"\ntitle = "Uji"\nversion = "1"\nregion_code = ""\n'
    reading = read_pack_bytes((header + 'base = "nasional"\n' + text).encode())
    assert reading.pack is not None, reading.findings
    return reading.pack


def check(facts: ApplicantFacts, pack: RulePack | None = None) -> Checklist:
    rules = EligibilityRules.from_pack(pack or read_pack("nasional"))
    return check_applicant(rules=rules, facts=facts, dates=DATES)


def line(checklist: Checklist, requirement: str) -> Requirement:
    return next(item for item in checklist.requirements if item.id == requirement)


def test_a_complete_file_meets_every_requirement_with_its_article():
    checklist = check(BU_SARI)
    assert checklist.is_met
    assert not checklist.is_refused
    assert not checklist.list_open()
    assert not checklist.list_missing()
    assert all(item.article and item.status and str(item.reason) for item in checklist.requirements)


def test_an_empty_checklist_is_never_met():
    assert not Checklist(requirements=()).is_met


def test_a_candidate_of_24_years_and_364_days_is_refused_and_told_when():
    facts = replace(BU_SARI, birth_date=date(2001, 8, 29))
    item = line(check(facts), "age")
    assert item.outcome is Outcome.NOT_MET
    assert item.reason.params["age"] == 24
    assert item.reason.params["reaches"] == REGISTERED + timedelta(days=1)
    assert item.reason.params["days"] == 1
    assert check(facts).is_refused


def test_a_candidate_who_turns_25_on_the_day_of_registration_is_old_enough():
    item = line(check(replace(BU_SARI, birth_date=date(2001, 8, 28))), "age")
    assert item.outcome is Outcome.MET
    assert item.reason.params["age"] == 25


def test_age_is_counted_on_another_day_where_the_pack_says_so():
    overlay = read_overlay(
        '[[eligibility]]\nid = "age"\nname = "Usia"\ntest = "age_min"\nyears = 25\n'
        'counted_on = "registration_end"\narticle = "Uji"\nstatus = "verified"\n'
        "effective = 2026-01-01\n"
    )
    facts = replace(BU_SARI, birth_date=date(2001, 9, 2))
    assert line(check(facts, overlay), "age").outcome is Outcome.MET
    assert line(check(facts), "age").outcome is Outcome.NOT_MET


def test_a_leap_day_birthday_follows_the_field_of_the_pack():
    facts = replace(BU_SARI, birth_date=date(2004, 2, 29))
    dates = KeyDates(registration_date=date(2029, 2, 28))
    national = EligibilityRules.from_pack(read_pack("nasional"))
    other = EligibilityRules.from_pack(read_pack("contoh-lain"))
    refused = check_applicant(rules=national, facts=facts, dates=dates)
    accepted = check_applicant(rules=other, facts=facts, dates=dates)
    assert line(refused, "age").outcome is Outcome.NOT_MET
    assert line(accepted, "age").outcome is Outcome.MET


def test_a_birth_after_the_registration_is_malformed():
    with pytest.raises(MalformedInputError, match=r"eligibility\.birth-date"):
        check(replace(BU_SARI, birth_date=REGISTERED + timedelta(days=1)))


def test_a_birth_on_the_very_day_is_read_as_age_nought():
    item = line(check(replace(BU_SARI, birth_date=REGISTERED)), "age")
    assert item.reason.params["age"] == 0


def test_a_missing_date_of_the_timetable_is_told():
    rules = EligibilityRules.from_pack(read_pack("nasional"))
    with pytest.raises(MalformedInputError, match=r"eligibility\.key-date"):
        check_applicant(rules=rules, facts=BU_SARI, dates=KeyDates())


@pytest.mark.parametrize(
    ("change", "requirement"),
    [
        ({"is_citizen": False}, "citizen"),
        ({"education": Education.SD}, "education"),
        ({"education": Education.NONE}, "education"),
        ({"is_in_prison": True}, "not_in_prison"),
        ({"is_right_revoked": True}, "right_not_revoked"),
        ({"is_healthy": False}, "healthy"),
        ({"declared": {"declarations": False}}, "declarations"),
    ],
)
def test_each_requirement_alone_refuses(change: dict, requirement: str):
    checklist = check(replace(BU_SARI, **change))
    assert line(checklist, requirement).outcome is Outcome.NOT_MET
    assert checklist.is_refused
    others = [item for item in checklist.requirements if item.id != requirement]
    assert all(item.outcome is Outcome.MET for item in others)


@pytest.mark.parametrize(
    ("change", "requirement"),
    [
        ({"is_citizen": None}, "citizen"),
        ({"education": None}, "education"),
        ({"is_in_prison": None}, "not_in_prison"),
        ({"has_been_convicted": None}, "no_serious_conviction"),
        ({"has_been_convicted": True}, "no_serious_conviction"),
        ({"is_right_revoked": None}, "right_not_revoked"),
        ({"is_healthy": None}, "healthy"),
        ({"declared": {}}, "declarations"),
    ],
)
def test_what_is_not_established_is_never_taken_as_met(change: dict, requirement: str):
    checklist = check(replace(BU_SARI, **change))
    assert line(checklist, requirement).outcome is Outcome.NEEDS_DECISION
    assert not checklist.is_met
    assert not checklist.is_refused
    assert [item.id for item in checklist.list_open()] == [requirement]


def test_of_an_applicant_of_whom_nothing_is_recorded_nothing_is_known():
    blank = ApplicantFacts(birth_date=date(1980, 5, 17))
    known = {"birth_date", "convictions", "head_terms", "offices", "releases", "documents"}
    for field in fields(blank):
        if field.name not in known | {"declared"}:
            assert getattr(blank, field.name) is None
    met = {item.id for item in check(blank).requirements if item.outcome is Outcome.MET}
    assert met == {"incumbent_leave", "civil_servant_permission", "village_staff_resigns"}


def test_a_conviction_and_a_timetable_without_entries_claim_nothing():
    conviction = Conviction(is_final=True, threatened_months=60, completed_date=None)
    assert conviction.is_publicly_disclosed is None
    assert conviction.is_repeat_offender is None
    assert all(getattr(KeyDates(), field.name) is None for field in fields(KeyDates))


def test_smp_is_enough():
    assert check(replace(BU_SARI, education=Education.SMP)).is_met


def test_d4_and_s1_are_one_level_and_every_other_level_is_its_own():
    ranks = [level.rank for level in Education]
    assert Education.D4.rank == Education.S1.rank
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == len(ranks) - 1


# --- Documents ---------------------------------------------------------------------------------


@pytest.mark.parametrize("paper", sorted(PAPERS - {"ktp_el"}))
def test_each_missing_document_is_asked_for_by_name(paper: str):
    checklist = check(replace(BU_SARI, documents=PAPERS - {paper}))
    assert [item.id for item in checklist.list_missing()] == [paper]
    asking = [item for item in checklist.requirements if item.missing]
    assert asking
    for item in asking:
        assert item.outcome is Outcome.NEEDS_DOCUMENT
        assert item.missing[0].name in str(item.reason)


def test_documents_of_one_group_replace_each_other():
    assert check(
        replace(BU_SARI, documents=PAPERS - {"ktp_el"} | {"population_certificate"})
    ).is_met
    missing = check(replace(BU_SARI, documents=PAPERS - {"ktp_el"})).list_missing()
    assert [item.id for item in missing] == ["ktp_el"]


def test_a_missing_paper_does_not_hide_that_a_requirement_is_not_met():
    checklist = check(replace(BU_SARI, is_healthy=False, documents=PAPERS - {"health_letter"}))
    item = line(checklist, "healthy")
    assert item.outcome is Outcome.NOT_MET
    assert [paper.id for paper in item.missing] == ["health_letter"]


# --- Convictions -------------------------------------------------------------------------------

SERIOUS = Conviction(
    is_final=True,
    threatened_months=60,
    completed_date=date(2021, 8, 28),
    is_publicly_disclosed=True,
    is_repeat_offender=False,
)
EXCEPTION_PAPERS = PAPERS | {"release_letter", "disclosure_proof"}


def judge(conviction: Conviction, papers: frozenset[str] = EXCEPTION_PAPERS) -> Requirement:
    facts = replace(BU_SARI, has_been_convicted=True, convictions=(conviction,), documents=papers)
    return line(check(facts), "no_serious_conviction")


def test_the_exception_holds_when_all_three_conditions_do():
    assert judge(SERIOUS).outcome is Outcome.MET


def test_the_exception_asks_for_its_own_documents():
    item = judge(SERIOUS, PAPERS)
    assert item.outcome is Outcome.NEEDS_DOCUMENT
    assert [paper.id for paper in item.missing] == ["release_letter", "disclosure_proof"]


@pytest.mark.parametrize(
    "change",
    [
        {"completed_date": date(2021, 8, 29)},
        {"completed_date": None},
        {"is_publicly_disclosed": False},
        {"is_repeat_offender": True},
    ],
)
def test_each_condition_of_the_exception_alone_refuses(change: dict):
    assert judge(replace(SERIOUS, **change)).outcome is Outcome.NOT_MET


@pytest.mark.parametrize("change", [{"is_publicly_disclosed": None}, {"is_repeat_offender": None}])
def test_an_exception_not_yet_judged_needs_a_decision(change: dict):
    assert judge(replace(SERIOUS, **change)).outcome is Outcome.NEEDS_DECISION


@pytest.mark.parametrize(
    ("threatened", "outcome"),
    [(59, Outcome.MET), (60, Outcome.NOT_MET), (None, Outcome.NEEDS_DECISION)],
)
def test_the_threatened_penalty_decides_and_not_the_sentence(
    threatened: int | None, outcome: Outcome
):
    conviction = replace(SERIOUS, threatened_months=threatened, completed_date=date(2025, 1, 1))
    assert judge(conviction).outcome is outcome


def test_an_exception_not_yet_judged_already_asks_for_its_papers():
    item = judge(replace(SERIOUS, is_publicly_disclosed=None), PAPERS)
    assert item.outcome is Outcome.NEEDS_DOCUMENT
    assert [paper.id for paper in item.missing] == ["release_letter", "disclosure_proof"]


def test_a_judgment_that_is_not_final_keeps_nobody_out():
    assert judge(replace(SERIOUS, is_final=False, completed_date=None)).outcome is Outcome.MET


def test_the_worst_of_several_convictions_counts():
    mild = replace(SERIOUS, threatened_months=12)
    open_case = replace(SERIOUS, threatened_months=None)
    bad = replace(SERIOUS, is_repeat_offender=True)
    facts = replace(BU_SARI, convictions=(mild, open_case, bad), documents=EXCEPTION_PAPERS)
    assert line(check(facts), "no_serious_conviction").outcome is Outcome.NOT_MET
    facts = replace(facts, convictions=(mild, SERIOUS, open_case))
    assert line(check(facts), "no_serious_conviction").outcome is Outcome.NEEDS_DECISION
    facts = replace(facts, convictions=(mild, SERIOUS))
    item = line(check(facts), "no_serious_conviction")
    assert item.outcome is Outcome.MET
    assert "release_letter" in [paper.id for paper in item.documents]


# --- Terms -------------------------------------------------------------------------------------


def term(year: int, years: int = 6, kind: TermKind = TermKind.ELECTED) -> HeadTerm:
    return HeadTerm(date(year, 1, 10), date(year + years, 1, 10), kind)


def terms(*served: HeadTerm, pack: RulePack | None = None) -> Requirement:
    return line(check(replace(BU_SARI, head_terms=served), pack), "terms")


def without_transition() -> RulePack:
    return read_overlay(
        '[[rule]]\nid = "term.two_terms_transition_applies"\nvalue = false\narticle = "Uji"\n'
        'status = "verified"\neffective = 2026-01-01\n'
    )


def test_one_term_leaves_room_for_another():
    item = terms(term(2013))
    assert item.outcome is Outcome.MET
    assert item.reason.params["served"] == 1


def test_two_terms_are_refused_without_the_transition():
    item = terms(term(2007), term(2013), pack=without_transition())
    assert item.outcome is Outcome.NOT_MET
    assert item.reason.params["served"] == 2


def test_two_terms_before_the_new_law_are_allowed_once_more_by_the_transition():
    item = terms(term(2007), term(2013))
    assert item.outcome is Outcome.MET
    assert item.reason.params["transition_max"] == 3


def test_the_transition_needs_both_terms_to_begin_before_the_new_law():
    eve = HeadTerm(date(2024, 4, 24), None)
    day = HeadTerm(date(2024, 4, 25), None)
    assert terms(term(2007), eve).outcome is Outcome.MET
    assert terms(term(2007), day).outcome is Outcome.NOT_MET


def transition_answer(**change: object) -> Answer:
    rules = EligibilityRules.from_pack(read_pack("nasional"))
    condition = next(item for item in rules.conditions if item.id == "terms")
    return answer_applicant(
        condition=replace(condition, **change),
        facts=replace(BU_SARI, head_terms=(term(2007), term(2013))),
        setting=Setting(dates=DATES, leap=rules.leap_birthday),
    )


def test_the_transition_is_an_exception_and_needs_both_of_its_fields():
    assert transition_answer().is_exception
    for field in ("transition_before_date", "transition_terms_max"):
        assert transition_answer(**{field: None}).outcome is Outcome.NOT_MET


def test_three_terms_are_refused_even_with_the_transition():
    assert terms(term(2001), term(2007), term(2013)).outcome is Outcome.NOT_MET


def test_an_inter_term_service_counts_as_a_term():
    served = (term(2013), term(2025, 1, TermKind.INTER_TERM))
    assert terms(*served).outcome is Outcome.NOT_MET


def test_an_inter_term_service_does_not_count_where_the_pack_says_so():
    overlay = read_overlay(
        '[[eligibility]]\nid = "terms"\nname = "Masa jabatan"\ntest = "terms_max"\n'
        'inter_term_counts = false\narticle = "Uji"\nstatus = "verified"\n'
        "effective = 2026-01-01\n"
    )
    served = (term(2013), term(2025, 1, TermKind.INTER_TERM))
    assert terms(*served, pack=overlay).outcome is Outcome.MET
    assert terms(term(2007), term(2013), pack=overlay).outcome is Outcome.NOT_MET


def test_an_acting_head_has_served_no_term():
    served = (term(2013), term(2025, 1, TermKind.ACTING))
    assert terms(*served).reason.params["served"] == 1


def test_a_term_may_begin_on_the_day_the_one_before_ends_in_any_order_of_writing():
    assert terms(term(2013), term(2007)).outcome is Outcome.MET


@pytest.mark.parametrize(
    "served",
    [
        (HeadTerm(date(2013, 1, 1), date(2013, 1, 1)),),
        (HeadTerm(date(2013, 1, 1), date(2012, 1, 1)),),
        (HeadTerm(date(2013, 1, 1), None), HeadTerm(date(2019, 1, 1), None)),
        (HeadTerm(date(2007, 1, 1), date(2013, 1, 2)), HeadTerm(date(2013, 1, 1), None)),
    ],
)
def test_overlapping_or_backward_terms_are_malformed(served: tuple[HeadTerm, ...]):
    with pytest.raises(MalformedInputError, match=r"eligibility\.terms"):
        terms(*served)


# --- Offices and regional conditions -----------------------------------------------------------


@pytest.mark.parametrize(
    ("office", "requirement", "paper", "due"),
    [
        (Office.VILLAGE_HEAD, "incumbent_leave", "leave_letter", Due.DETERMINATION),
        (
            Office.CIVIL_SERVANT,
            "civil_servant_permission",
            "permission_letter",
            Due.REGISTRATION,
        ),
        (
            Office.VILLAGE_STAFF,
            "village_staff_resigns",
            "resignation_letter",
            Due.DETERMINATION,
        ),
    ],
)
def test_an_office_needs_leave_permission_or_resignation_in_time(
    office: Office, requirement: str, paper: str, due: Due
):
    item = line(check(BU_SARI), requirement)
    assert (item.outcome, item.applies, item.documents) == (Outcome.MET, False, ())

    holder = replace(BU_SARI, offices=frozenset({office}))
    item = line(check(holder), requirement)
    assert (item.outcome, item.applies) == (Outcome.NEEDS_DOCUMENT, True)
    assert [document.id for document in item.missing] == [paper]
    assert [open_.id for open_ in check(holder).list_open(due=due)] == [requirement]
    assert not check(holder).list_open(due=next(other for other in Due if other is not due))

    released = replace(holder, releases=frozenset({office}))
    assert line(check(released), requirement).outcome is Outcome.NEEDS_DOCUMENT
    complete = replace(released, documents=PAPERS | {paper})
    assert check(complete).is_met


def test_residence_in_the_village_is_never_required_whatever_a_pack_says():
    overlay = read_overlay(
        '[[rule]]\nid = "candidate.village_residence_required"\nvalue = true\narticle = "Uji"\n'
        'status = "verified"\neffective = 2026-01-01\n'
    )
    checklist = check(replace(BU_SARI, resident_since_date=None), overlay)
    item = checklist.requirements[-1]
    assert item.outcome is Outcome.MET
    assert not item.applies
    assert "128/PUU-XIII/2015" in item.article
    assert checklist.is_met
    assert "residence" not in [requirement.id for requirement in check(BU_SARI).requirements]


def test_a_regional_condition_is_written_in_the_pack_alone():
    pack = read_pack("contoh-lain")
    item = line(check(BU_SARI, pack), "no_arrears")
    assert item.outcome is Outcome.NEEDS_DOCUMENT
    facts = replace(
        BU_SARI,
        declared={"declarations": True, "no_arrears": True},
        documents=PAPERS | {"tax_receipt"},
    )
    assert line(check(facts, pack), "no_arrears").outcome is Outcome.MET
    names = [requirement.id for requirement in check(facts, pack).requirements]
    assert names.index("no_arrears") == names.index("terms") + 1


# --- What a pack may not say -------------------------------------------------------------------

ENTRY = '[[eligibility]]\nid = "baru"\nname = "Syarat baru"\narticle = "Uji"\nstatus = "verified"\n'


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (ENTRY + 'test = "age_min"\n', "eligibility.field-needed"),
        (ENTRY + 'test = "education_min"\n', "eligibility.field-needed"),
        (
            ENTRY + 'test = "no_serious_conviction"\nyears = 5\n',
            "eligibility.field-needed",
        ),
        (ENTRY + 'test = "released"\n', "eligibility.field-needed"),
        (ENTRY + 'test = "declared"\n', "eligibility.field-needed"),
        (
            ENTRY + 'test = "terms_max"\ntransition_terms_max = 3\n',
            "eligibility.half-transition",
        ),
        (ENTRY + 'test = "residence"\n', "pack.choice"),
        (
            ENTRY + 'test = "declared"\nquestion = "Apakah berdomisili di desa ini?"\n',
            "eligibility.candidate-residence",
        ),
        (
            (
                '[[document]]\nid = "baru"\nname = "Surat"\nproves = ["tak_ada"]\narticle = "Uji"\n'
                'status = "verified"\n'
            ),
            "eligibility.document-proves",
        ),
    ],
)
def test_a_pack_that_cannot_be_tested_is_told_with_its_line(text: str, code: str):
    header = '[pack]\nformat = 1\nid = "uji"\ntitle = "Uji"\nversion = "1"\nregion_code = ""\n'
    header += 'base = "nasional"\neffective = 2026-01-01\n'
    findings = [
        finding
        for finding in read_pack_bytes((header + text).encode()).findings
        if not finding.code.startswith("ballot.")
    ]
    assert [finding.code for finding in findings] == [code]
    assert findings[0].line > header.count("\n")


def test_the_shipped_packs_have_nothing_to_tell():
    for name in ("nasional", "blitar-2026", "contoh-lain"):
        assert EligibilityRules.from_pack(read_pack(name)).conditions
