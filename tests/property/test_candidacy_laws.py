"""Laws that hold for every age, score sheet, drawing, window and number of candidates."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from pilkades.law.ages import LeapBirthday, add_months, count_full_years, find_anniversary
from pilkades.law.application import ALLOWED, ApplicationEvent, ApplicationState
from pilkades.law.calendar import Calendar, CountMode
from pilkades.law.candidacy import Act, Deliberation, decide_candidacy_path
from pilkades.law.candidacy_rules import CandidacyRules, RegistrationRules
from pilkades.law.dispute_rules import DisputeRules
from pilkades.law.disputes import Timeliness, classify_objection, open_until
from pilkades.law.eligibility import (
    ApplicantFacts,
    Education,
    EligibilityRules,
    HeadTerm,
    KeyDates,
    Outcome,
    check_applicant,
)
from pilkades.law.pack import Status
from pilkades.law.registration import RegistrationWindow, receive_application
from pilkades.law.scoring import LineState, ScoreLine, ScoreSheet, ScoringRules, select_candidates
from pilkades.law.sealed_drawing import shuffle
from pilkades.packfiles import read_pack
from pilkades.text import Text

PACK = read_pack("blitar-2026")
CALENDAR = Calendar.from_pack(PACK)
CLOCK = DisputeRules.from_pack(PACK).get_clock(clock_id="result_objection")
CANDIDACY = CandidacyRules.from_pack(PACK)
ELIGIBILITY = EligibilityRules.from_pack(PACK)
REGISTRATION = RegistrationRules.from_pack(PACK)
SCORING = ScoringRules.from_pack(PACK)
WIB = timezone(timedelta(hours=7))

days = st.dates(date(1930, 1, 1), date(2060, 12, 31))
leaps = st.sampled_from(LeapBirthday)


# --- Ages --------------------------------------------------------------------------------------


@given(born=days, on=days, leap=leaps)
def test_age_grows_by_at_most_one_from_day_to_day(born: date, on: date, leap: LeapBirthday):
    today = count_full_years(start_date=born, on_date=on, leap=leap)
    tomorrow = count_full_years(start_date=born, on_date=on + timedelta(days=1), leap=leap)
    assert tomorrow - today in (0, 1)


@given(born=days, years=st.integers(0, 60), leap=leaps)
def test_the_anniversary_is_the_first_day_of_the_age(born: date, years: int, leap: LeapBirthday):
    first = find_anniversary(start_date=born, years=years, leap=leap)
    before = first - timedelta(days=1)
    assert count_full_years(start_date=born, on_date=first, leap=leap) == years
    assert count_full_years(start_date=born, on_date=before, leap=leap) == years - 1


@given(born=days, on=days)
def test_the_two_readings_of_a_leap_birthday_differ_by_one_day_at_most(born: date, on: date):
    early = count_full_years(start_date=born, on_date=on, leap=LeapBirthday.LAST_OF_FEBRUARY)
    late = count_full_years(
        start_date=born, on_date=on + timedelta(days=1), leap=LeapBirthday.FIRST_OF_MARCH
    )
    assert late >= early


@given(start=days, months=st.integers(0, 240))
def test_months_later_is_in_the_right_month_and_never_later_in_it(start: date, months: int):
    end = add_months(start_date=start, months=months)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day <= start.day
    assert end.day == start.day or (end + timedelta(days=1)).day == 1


# --- Eligibility -------------------------------------------------------------------------------

flags = st.sampled_from([True, False, None])


@st.composite
def applicants(draw: st.DrawFn) -> ApplicantFacts:
    documents = st.frozensets(st.sampled_from([item.id for item in ELIGIBILITY.documents]))
    starts = sorted(draw(st.lists(st.integers(1980, 2020), unique=True, max_size=3)))
    ends = [*starts[1:], 2022]
    return ApplicantFacts(
        birth_date=draw(st.dates(date(1940, 1, 1), date(2010, 1, 1))),
        is_citizen=draw(flags),
        education=draw(st.sampled_from([None, *Education])),
        is_in_prison=draw(flags),
        has_been_convicted=draw(flags),
        is_right_revoked=draw(flags),
        is_healthy=draw(flags),
        head_terms=tuple(
            HeadTerm(date(start, 1, 1), date(end, 1, 1))
            for start, end in zip(starts, ends, strict=False)
        ),
        declared=draw(st.dictionaries(st.just("declarations"), st.booleans())),
        documents=draw(documents),
    )


DATES = KeyDates(registration_date=date(2026, 8, 28))


@given(facts=applicants())
def test_one_more_document_never_makes_a_file_worse(facts: ApplicantFacts):
    order = [Outcome.NOT_MET, Outcome.NEEDS_DOCUMENT, Outcome.NEEDS_DECISION, Outcome.MET]
    everything = frozenset(item.id for item in ELIGIBILITY.documents)
    before = check_applicant(rules=ELIGIBILITY, facts=facts, dates=DATES)
    after = check_applicant(
        rules=ELIGIBILITY, facts=replace(facts, documents=everything), dates=DATES
    )
    assert not after.list_missing()
    for less, more in zip(before.requirements, after.requirements, strict=True):
        assert order.index(more.outcome) >= order.index(less.outcome)


@given(facts=applicants(), other=days)
def test_residence_changes_nothing(facts: ApplicantFacts, other: date):
    here = check_applicant(rules=ELIGIBILITY, facts=facts, dates=DATES)
    moved = replace(facts, resident_since_date=other)
    assert check_applicant(rules=ELIGIBILITY, facts=moved, dates=DATES) == here


@given(facts=applicants())
def test_a_met_checklist_has_no_open_line_and_no_refusal(facts: ApplicantFacts):
    checklist = check_applicant(rules=ELIGIBILITY, facts=facts, dates=DATES)
    assert checklist.is_met == (not checklist.is_refused and not checklist.list_open())
    assert all(item.article for item in checklist.requirements)


# --- Applications and paths --------------------------------------------------------------------


@given(events=st.lists(st.sampled_from(ApplicationEvent), max_size=40))
def test_no_course_of_events_brings_anybody_back_from_the_end(events: list[ApplicationEvent]):
    state = ApplicationState.DRAFT
    ended = False
    for event in events:
        after = ALLOWED[state].get(event)
        assert not (ended and after)
        state = after or state
        ended = not ALLOWED[state]


@given(
    count=st.integers(0, 60),
    used=st.integers(0, 2),
    deliberation=st.sampled_from([None, *Deliberation]),
)
def test_a_determination_always_has_between_the_least_and_the_most(
    count: int, used: int, deliberation: Deliberation | None
):
    found = decide_candidacy_path(
        rules=CANDIDACY, eligible_count=count, extensions_used=used, deliberation=deliberation
    )
    assert (found.act is Act.DETERMINE) == (2 <= count <= 5)
    assert (found.act is Act.SELECT) == (count > 5)
    assert (found.act is Act.EXTEND_REGISTRATION) == (count < 2 and used < 2)
    assert bool(found.then) == (found.act is Act.DECLARE_VOID)


@given(second=st.integers(-100_000, 2_000_000))
def test_a_receipt_exists_exactly_inside_the_window(second: int):
    window = RegistrationWindow(date(2026, 8, 20), date(2026, 9, 2), WIB)
    opens = datetime.combine(window.start_date, REGISTRATION.opens_at, tzinfo=WIB)
    closes = datetime.combine(window.end_date, REGISTRATION.closes_at, tzinfo=WIB)
    moment = opens + timedelta(seconds=second)
    try:
        receive_application(rules=REGISTRATION, window=window, received_at=moment)
    except Exception:
        assert not opens <= moment <= closes
    else:
        assert opens <= moment <= closes


# --- Scoring -----------------------------------------------------------------------------------


def make_sheet(name: str, values: Sequence[int]) -> ScoreSheet:
    lines = tuple(
        ScoreLine(
            item=item.id,
            name=item.name,
            value=Fraction(value),
            points=Fraction(value),
            weight=Fraction(1),
            product=Fraction(value),
            state=LineState.SCORED,
            article="Uji",
            status=Status.VERIFIED,
            why=Text("uji"),
        )
        for item, value in zip(SCORING.items, values, strict=True)
    )
    total = Fraction(sum(values))
    return ScoreSheet(applicant=name, lines=lines, total=total, ranks_by=(total,), why=Text("uji"))


sheets = st.lists(st.lists(st.integers(0, 3), min_size=4, max_size=4), min_size=1, max_size=10).map(
    lambda rows: [make_sheet(f"c{number}", row) for number, row in enumerate(rows)]
)


@given(sheets=sheets, data=st.data())
def test_the_order_of_the_sheets_on_the_table_changes_nothing(
    sheets: list[ScoreSheet], data: st.DataObject
):
    shuffled = data.draw(st.permutations(sheets))
    assert select_candidates(rules=SCORING, sheets=sheets) == select_candidates(
        rules=SCORING, sheets=shuffled
    )


@given(sheets=sheets, data=st.data())
def test_a_selection_with_its_last_step_fills_exactly_the_places(
    sheets: list[ScoreSheet], data: st.DataObject
):
    found = select_candidates(rules=SCORING, sheets=sheets)
    places = min(SCORING.places, len(sheets))
    assert len(found.admitted) + found.open_places == places
    assert not found.open_group or len(found.open_group) > found.open_places >= 1
    if found.open_group:
        order = data.draw(st.permutations(found.open_group))
        found = select_candidates(rules=SCORING, sheets=sheets, terminal_order=order)
    assert found.is_settled
    assert len(found.admitted) == places


@given(sheets=sheets)
def test_nobody_goes_on_ahead_of_a_better_total(sheets: list[ScoreSheet]):
    found = select_candidates(rules=SCORING, sheets=sheets)
    totals = {sheet.applicant: sheet.total or Fraction(0) for sheet in sheets}
    left = [name for name in totals if name not in found.admitted]
    for name in found.admitted:
        assert all(totals[name] >= totals[other] for other in left)


# --- Drawing -----------------------------------------------------------------------------------


@given(seed=st.binary(max_size=64), count=st.integers(0, 12))
def test_a_shuffle_is_a_permutation_and_always_the_same(seed: bytes, count: int):
    items = tuple(str(number) for number in range(count))
    found = shuffle(items=items, seed=seed)
    assert sorted(found) == sorted(items)
    assert shuffle(items=items, seed=seed) == found


def test_every_order_of_three_and_every_place_of_five_is_equally_likely():
    """Chi-square against the uniform distribution; the seeds are fixed, so it cannot flake."""
    runs = 6000
    orders = Counter(shuffle(items="abc", seed=str(number).encode()) for number in range(runs))
    assert len(orders) == 6
    assert _chi_square(orders, runs, 6) < 20.5, "0.1 % bound for 5 degrees of freedom"
    for place in range(5):
        at_place = Counter(
            shuffle(items="abcde", seed=f"x{number}".encode())[place] for number in range(2000)
        )
        assert _chi_square(at_place, 2000, 5) < 18.5, "0.1 % bound for 4 degrees of freedom"


def _chi_square(counts: Counter, runs: int, cells: int) -> float:
    expected = runs / cells
    return sum((count - expected) ** 2 / expected for count in counts.values())


# --- Disputes ----------------------------------------------------------------------------------

clocks = st.builds(
    lambda length, mode, counted: replace(
        CLOCK, days=length, count_mode=mode, is_anchor_counted=counted, closes_at=None
    ),
    st.integers(1, 95),
    st.sampled_from(CountMode),
    st.booleans(),
)
anchors = st.dates(date(2026, 1, 1), date(2027, 6, 30))


@given(clock=clocks, anchor=anchors)
@settings(max_examples=60)
def test_a_window_holds_exactly_its_counted_days(clock, anchor: date):
    found = open_until(clock=clock, anchor_date=anchor, calendar=CALENDAR, zone=WIB)
    assert found.first_date >= anchor
    counted = CALENDAR.count_days(found.first_date, found.last_date, clock.count_mode)
    assert counted == clock.days
    assert CALENDAR.counts(found.first_date, clock.count_mode)
    assert CALENDAR.counts(found.last_date, clock.count_mode)
    between = CALENDAR.count_days(anchor, found.first_date, clock.count_mode)
    own_day = CALENDAR.counts(anchor, clock.count_mode)
    assert between == (1 if clock.is_anchor_counted or not own_day else 2)


@given(clock=clocks, anchor=anchors, offset=st.integers(-5, 150), second=st.integers(0, 86_399))
@settings(max_examples=60)
def test_timeliness_has_no_gap_and_no_overlap(clock, anchor: date, offset: int, second: int):
    moment = datetime.combine(anchor, time(), tzinfo=WIB) + timedelta(days=offset, seconds=second)
    found = classify_objection(
        clock=clock, anchor_date=anchor, filed_at=moment, calendar=CALENDAR, zone=WIB
    )
    expected = Timeliness.IN_TIME
    if moment.date() < anchor:
        expected = Timeliness.EARLY
    elif moment > found.window.closes_at:
        expected = Timeliness.LATE
    assert found.timeliness is expected
