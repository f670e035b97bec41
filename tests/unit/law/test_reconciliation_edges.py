"""Statements that differ by a single vote, and tables with unusual but permitted columns."""

from dataclasses import asdict, replace

import pytest

from pilkades.errors import MalformedInputError
from pilkades.law.packcheck import check_pack
from pilkades.law.reconciliation import (
    CandidateFigures,
    ReconciliationRules,
    StatementFigures,
    Tabulation,
    reconcile,
)
from pilkades.law.reconciliation.bulk import reconcile_piece
from pilkades.law.reconciliation.cells import parse_digits
from pilkades.law.reconciliation.figures import PLAIN_FIELDS
from pilkades.law.reconciliation.patterns import Pattern, find_pattern
from pilkades.law.reconciliation.reconcile import StatementFinding
from pilkades.law.reconciliation.records import parse_record
from pilkades.law.reconciliation.table import parse_header, parse_line
from pilkades.packfiles import read_pack
from tests.statements import make_statement, with_candidate

NATIONAL = ReconciliationRules.from_pack(read_pack("nasional"))


def bare(votes: tuple[int, ...], **changed: int) -> StatementFigures:
    """A statement without words and tally marks, so that nothing but the sums can speak."""
    return replace(
        make_statement(votes, **changed),
        candidates=tuple(
            CandidateFigures(number=n, votes=count) for n, count in enumerate(votes, start=1)
        ),
        valid_words=None,
        invalid_words=None,
        total_words=None,
    )


def only_finding(figures: StatementFigures, identity: str) -> StatementFinding:
    result = reconcile(rules=NATIONAL, statement=figures)
    (finding,) = (f for f in result.findings if f.identity == identity)
    return finding


# --- a difference of one ---


@pytest.mark.parametrize(
    ("changed", "identity", "more", "less"),
    [
        ("registered_total", "registered_total", "pemilih tambahan belum", "DPT terlewat"),
        ("users_total", "users_by_category", "dua golongan", "golongan pemilih belum diisi"),
        ("users_total", "users_equal_used", "rusak ikut dihitung", "tercatat dua kali"),
        ("users_total", "users_equal_votes", "lembar ganda", "belum dihitung"),
        ("ballots_received", "ballots_received", "dikembalikan ikut", "cadangan (2%)"),
        ("valid", "candidates_equal_valid", "masuk ke tumpukan calon", "belum ikut dijumlahkan"),
        ("total", "votes_total", "diisi suara sah saja", "tidak sah belum diisi"),
    ],
)
def test_a_difference_of_one_is_explained_in_its_direction(
    changed: str, identity: str, more: str, less: str
) -> None:
    """With two figures wrong no single one explains everything, and experience speaks."""
    right = bare((200, 150, 50))
    other = "ballots_unused" if identity == "registered_total" else "registered_men"
    noise = {other: getattr(right, other) + 33}
    low = only_finding(replace(right, **noise, **{changed: right.value(changed) - 1}), identity)
    high = only_finding(replace(right, **noise, **{changed: right.value(changed) + 1}), identity)
    assert (low.difference, high.difference) == (1, -1)
    assert more in str(low.cause)
    assert less in str(high.cause)


def test_one_voter_from_elsewhere_is_one_too_many_where_the_pack_allows_none() -> None:
    full = bare(
        (200, 150, 50),
        users_roll=423,
        users_elsewhere=1,
        registered_men=180,
        registered_women=243,
        registered_total=423,
    )
    assert reconcile(rules=NATIONAL, statement=full).is_consistent
    strict = replace(NATIONAL, voters_elsewhere_allowed=False)
    findings = reconcile(rules=strict, statement=full).findings
    assert [(f.identity, f.difference) for f in findings] == [("users_within_registered", 1)] * 2
    assert "lebih 1 dari pemilih terdaftar" in str(findings[0].text)


def test_voters_who_are_not_listed_make_room_where_the_pack_allows_them() -> None:
    full = bare(
        (200, 150, 50),
        users_roll=421,
        users_elsewhere=2,
        users_unlisted=1,
        registered_men=180,
        registered_women=241,
        registered_total=421,
    )
    open_rules = replace(NATIONAL, voters_unlisted_allowed=True)
    assert reconcile(rules=open_rules, statement=full).is_consistent
    fewer = replace(full, registered_women=240, registered_total=420)
    (finding,) = reconcile(rules=open_rules, statement=fewer).findings
    assert (finding.identity, finding.difference) == ("users_within_registered", 1)


def test_every_voter_may_be_listed_as_disabled_but_not_one_more() -> None:
    assert reconcile(rules=NATIONAL, statement=make_statement(users_disabled=424)).is_consistent
    finding = only_finding(make_statement(users_disabled=425), "disabled_within_users")
    assert finding.difference == 1


def test_each_voter_may_replace_a_ballot_as_often_as_the_pack_says_but_not_once_more() -> None:
    rules = replace(NATIONAL, replacements_damaged_max=2)
    most = make_statement(ballots_damaged=848, ballots_received=1_357)
    assert reconcile(rules=rules, statement=most).is_consistent
    more = make_statement(ballots_damaged=849, ballots_received=1_358)
    (finding,) = reconcile(rules=rules, statement=more).findings
    assert (finding.identity, finding.difference) == ("replacements_within_users", 1)


# --- why a figure differs ---


def test_a_figure_that_stands_out_by_its_digits_alone_is_named() -> None:
    right = bare((200, 150, 50))
    wrong = with_candidate(right, 2, votes=105)
    cause = only_finding(wrong, "candidates_equal_valid").cause
    assert "tertukar letaknya pada suara calon 2, tertulis 105, mestinya 150" in str(cause)


def test_a_figure_that_stands_out_by_its_words_alone_is_named() -> None:
    right = bare((200, 150, 50))
    wrong = with_candidate(right, 2, votes=123, words=150)
    cause = only_finding(wrong, "candidates_equal_valid").cause
    assert "tertulis 123, sedangkan angka-angka lain menunjukkan 150" in str(cause)


@pytest.mark.parametrize(
    ("votes", "words", "marks", "cause"),
    [
        (205, 200, 200, "satu angka salah baca atau salah tulis"),
        (200, 200, 205, "1 kotak turus (5) terlewat"),
        (260, 200, 200, "satu angka salah baca atau salah tulis"),
        (200, 200, 260, "1 baris turus penuh (60) terlewat"),
        (200, 199, 199, "turus yang belum lima terlewat"),
    ],
)
def test_marks_are_doubted_only_where_the_words_do_not_confirm_them(
    votes: int, words: int, marks: int, cause: str
) -> None:
    figures = with_candidate(make_statement(), 1, votes=votes, words=words, marks=marks)
    assert cause in str(only_finding(figures, "marks_equal_digits").cause)


@pytest.mark.parametrize(
    ("words", "cause"),
    [(510, "dua angka tertukar letaknya"), (15, "bergeser satu kotak"), (397, "salah salin")],
)
def test_digits_that_differ_from_their_words_are_explained(words: int, cause: str) -> None:
    figures = with_candidate(make_statement(), 2, words=words)
    assert cause in str(only_finding(figures, "words_equal_digits").cause)


def test_a_category_that_is_not_allowed_is_explained_by_itself() -> None:
    figures = make_statement(users_roll=421, users_unlisted=1)
    finding = only_finding(figures, "users_within_registered")
    assert "tercatat pada golongan yang keliru" in str(finding.cause)


# --- where to look first ---


def piles(*votes: tuple[int, int]) -> StatementFigures:
    """Two voters too many; the candidates are given as number and votes."""
    figures = bare((200, 200), users_total=430, ballots_used=430)
    return replace(
        figures,
        candidates=tuple(CandidateFigures(number=n, votes=count) for n, count in votes),
    )


@pytest.mark.parametrize(
    ("votes", "pile"),
    [
        (((1, 200), (2, 200)), "calon 1"),
        (((2, 200), (1, 200)), "calon 1"),
        (((1, 199), (2, 201)), "calon 2"),
        (((1, 150), (0, 250)), "kolom kosong"),
        (((1, 250), (0, 150)), "calon 1"),
    ],
)
def test_the_largest_pile_is_counted_first(votes: tuple[tuple[int, int], ...], pile: str) -> None:
    finding = only_finding(piles(*votes), "users_equal_votes")
    assert f"mulai dari tumpukan {pile}." in str(finding.look)


# --- digits ---


@pytest.mark.parametrize(
    ("written", "code"),
    [(" -5", "negative"), (" O5", "letter"), (" 5,0", "digits"), (" 5", "space")],
)
def test_a_space_is_blamed_only_where_nothing_else_is_wrong(written: str, code: str) -> None:
    with pytest.raises(MalformedInputError) as caught:
        parse_digits(written)
    assert caught.value.code == f"statement.cell.{code}"


@pytest.mark.parametrize(
    ("written", "expected", "pattern"),
    [
        (1, 10, Pattern.SHIFTED),
        (10, 1, Pattern.SHIFTED),
        (12, 21, Pattern.SWAPPED),
        (1_243, 1_234, Pattern.SWAPPED),
        (2_134, 1_234, Pattern.SWAPPED),
        (1_324, 1_234, Pattern.SWAPPED),
        (3_214, 1_234, None),
        (0, 0, None),
        (0, 7, Pattern.ONE_DIGIT),
        (7, 0, Pattern.ONE_DIGIT),
    ],
)
def test_errors_in_the_digits_are_recognised_at_every_place(
    written: int, expected: int, pattern: Pattern | None
) -> None:
    assert find_pattern(written=written, expected=expected, boxes=3) is pattern


# --- unusual but permitted tables ---


def row(**changed: str) -> dict[str, str]:
    figures = asdict(make_statement((350, 50)))
    cells = {name: str(figures[name]) for name in PLAIN_FIELDS}
    cells |= {"village_code": "35.05.01.2001", "station": "TPS 01"}
    return cells | {"votes_1": "350", "votes_2": "50"} | changed


def read(cells: dict[str, str]) -> object:
    layout = parse_header(",".join(cells))
    return parse_line(layout=layout, line=",".join(cells.values()), number=2)


def test_a_table_without_words_and_marks_has_none() -> None:
    figures = read(row())
    assert isinstance(figures, StatementFigures)
    assert (figures.valid_words, figures.invalid_words, figures.total_words) == (None, None, None)
    assert [(c.words, c.marks) for c in figures.candidates] == [(None, None), (None, None)]


@pytest.mark.parametrize(
    "first", ["marks_1", "words_1", "words_valid", "candidates", "votes_1", "station"]
)
def test_any_column_may_stand_first(first: str) -> None:
    extra = {
        "marks_1": "350",
        "words_1": "tiga ratus lima puluh",
        "words_valid": "empat ratus",
        "candidates": "2",
    }
    cells = row(**extra)
    moved = {first: cells[first]} | {k: v for k, v in cells.items() if k != first}
    figures = read(moved)
    assert figures == read(cells)
    assert isinstance(figures, StatementFigures)
    assert figures.valid_words == 400
    assert (figures.candidates[0].words, figures.candidates[0].marks) == (350, 350)


@pytest.mark.parametrize("first", ["marks_1", "words_1", "words_valid", "candidates"])
def test_a_bad_cell_is_found_in_the_first_column_too(first: str) -> None:
    extra = {"marks_1": "", "words_1": "", "words_valid": "", "candidates": "2", first: "??"}
    cells = row(**extra)
    moved = {first: cells[first]} | {k: v for k, v in cells.items() if k != first}
    findings = read(moved)
    assert isinstance(findings, list)
    assert {finding.subject for finding in findings} == {first}


def test_a_candidate_beyond_the_count_of_the_village_is_found_in_the_first_column_too() -> None:
    cells = {"marks_2": "50"} | row(candidates="1", votes_2="")
    findings = read(cells)
    assert isinstance(findings, list)
    assert [(f.code, f.subject) for f in findings] == [("statement.candidates", "marks_2")]


def test_every_unreadable_line_is_reported_and_the_others_are_added_up() -> None:
    layout = parse_header(",".join(row()))
    lines = [row(), row(station="TPS 02", valid="x"), row(station="TPS 03", total="y")]
    data = "\n".join(",".join(cells.values()) for cells in lines).encode()
    result = reconcile_piece(data=data, layout=layout, rules=NATIONAL)
    assert [(f.line, f.subject) for f in result.malformed] == [(2, "valid"), (3, "total")]
    assert result.tabulation.villages["35.05.01.2001"].stations == 1


@pytest.mark.parametrize(("length", "is_read"), [(60, True), (61, False)])
def test_a_record_takes_names_of_stations_as_long_as_a_table_does(
    length: int, is_read: bool
) -> None:
    record: dict[str, object] = {k: v for k, v in row().items() if not k.startswith("votes_")}
    record |= {"station": "x" * length, "candidates": [{"number": 1, "votes": 400}]}
    assert isinstance(parse_record(value=record, number=1), StatementFigures) == is_read


# --- sums ---


def test_merging_adds_every_figure_of_the_same_village() -> None:
    one, other, third = (Tabulation() for _ in range(3))
    for tabulation, votes in ((one, (10, 7)), (other, (20, 5)), (third, (1, 2))):
        tabulation.add_statement(figures=make_statement(votes), is_consistent=False)
    one.merge(other)
    one.merge(third)
    (totals,) = one.villages.values()
    assert (totals.stations, totals.inconsistent, totals.valid) == (3, 3, 45)
    assert (totals.registered, totals.users, totals.invalid) == (1_500, 117, 72)
    assert totals.votes == {1: 31, 2: 14}


# --- the check of a pack ---

HEADER = """\
[pack]
format = 1
id = "uji"
title = "Uji"
version = "1"
region_code = "35.05"
base = "nasional"
effective = 2026-01-01

[[identity]]
id = "{id}"
{rest}
article = "Perbup 1"
status = "verified"
"""


@pytest.mark.parametrize(
    ("row_id", "rest", "code"),
    [
        ("sum_of_everything", 'severity = "error"', "identity.unknown"),
        ("votes_total", "remove = true", "identity.left-out"),
    ],
)
def test_only_the_identity_in_question_is_found_by_the_check(
    row_id: str, rest: str, code: str
) -> None:
    data = HEADER.format(id=row_id, rest=rest).encode()
    findings = check_pack(data, base=read_pack("nasional"))
    found = [(f.code, f.subject) for f in findings if f.code.startswith("identity.")]
    assert found == [(code, row_id)]
