"""Reading and adding up many statements: cells, lines, pieces, totals, in any partition."""

from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilkades.errors import MalformedInputError
from pilkades.law.findings import Finding
from pilkades.law.reconciliation import ReconciliationRules, StatementFigures, Tabulation, Totals
from pilkades.law.reconciliation.bulk import find_repeated, reconcile_piece, station_key
from pilkades.law.reconciliation.cells import parse_digits, parse_words
from pilkades.law.reconciliation.figures import PLAIN_FIELDS
from pilkades.law.reconciliation.records import parse_record
from pilkades.law.reconciliation.table import parse_header, parse_line
from pilkades.packfiles import read_pack
from tests.statements import make_statement

RULES = ReconciliationRules.from_pack(read_pack("nasional"))
COLUMNS = (
    "village_code",
    "station",
    *PLAIN_FIELDS,
    *("votes_1", "words_1", "marks_1", "votes_2", "votes_3"),
    *("words_valid", "words_invalid", "words_total"),
)
LAYOUT = parse_header(",".join(COLUMNS))


def cells(**changed: str) -> dict[str, str]:
    figures = asdict(make_statement())
    row = {name: str(figures[name]) for name in PLAIN_FIELDS}
    row |= {"village_code": "35.05.01.2001", "station": "TPS 01"}
    row |= {"votes_1": "200", "words_1": "dua ratus", "marks_1": "200"}
    row |= {"votes_2": "150", "votes_3": "050"}
    row |= {"words_valid": "empat ratus", "words_invalid": "nol dua empat", "words_total": ""}
    return row | changed


def line(**changed: str) -> str:
    row = cells(**changed)
    return ",".join(row[name] for name in COLUMNS)


def read(**changed: str) -> StatementFigures | list[Finding]:
    return parse_line(layout=LAYOUT, line=line(**changed), number=7)


# --- cells ---


@pytest.mark.parametrize(
    ("written", "number"), [("0", 0), ("005", 5), ("428", 428), ("999999999", 999_999_999)]
)
def test_digits_with_leading_zeros_are_read(written: str, number: int) -> None:
    assert parse_digits(written) == number


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "blank"),
        ("  ", "blank"),
        (" 5", "space"),
        ("5 ", "space"),
        ("-5", "negative"),
        ("1234567890", "long"),
        ("O5O", "letter"),
        ("l2", "letter"),
        ("0-5-0", "digits"),
        ("1.234", "digits"),
        ("+5", "digits"),
        ("5.0", "digits"),
        ("٥", "digits"),
        ("²", "digits"),
        ("5\u00a0", "space"),
    ],
)
def test_everything_else_is_refused_with_its_reason(written: str, code: str) -> None:
    with pytest.raises(MalformedInputError) as caught:
        parse_digits(written)
    assert caught.value.code == f"statement.cell.{code}"


def test_an_empty_cell_of_words_means_that_none_are_kept() -> None:
    assert parse_words(" ") is None
    assert parse_words("nol nol lima") == 5


# --- lines and records ---


def test_a_line_becomes_the_figures_it_holds() -> None:
    figures = read()
    assert isinstance(figures, StatementFigures)
    first, second, third = figures.candidates
    assert (first.number, first.votes, first.words, first.marks) == (1, 200, 200, 200)
    assert (second.number, second.votes, second.words, second.marks) == (2, 150, None, None)
    assert third.votes == 50
    assert (figures.valid_words, figures.invalid_words, figures.total_words) == (400, 24, None)
    plain = {name: getattr(figures, name) for name in PLAIN_FIELDS}
    assert plain == {name: getattr(make_statement(), name) for name in PLAIN_FIELDS}


@pytest.mark.parametrize("name", [*PLAIN_FIELDS, "votes_1", "votes_3"])
def test_every_figure_is_read_strictly_and_reported_at_its_column(name: str) -> None:
    findings = read(**{name: "4O"})
    assert isinstance(findings, list)
    assert [(f.code, f.subject, f.line) for f in findings] == [("statement.cell.letter", name, 7)]


@pytest.mark.parametrize("code", ["35.05.01.200", "35.05.01.2001 ", "3505012001", "35.05.01.20011"])
def test_a_village_code_has_one_form(code: str) -> None:
    findings = read(village_code=code)
    assert isinstance(findings, list)
    assert findings[0].code == "statement.village_code"


@pytest.mark.parametrize(("station", "is_read"), [("x" * 60, True), ("x" * 61, False), ("", False)])
def test_the_name_of_a_station_is_neither_empty_nor_endless(station: str, is_read: bool) -> None:
    assert isinstance(read(station=station), StatementFigures) == is_read


def test_a_record_and_a_line_give_the_same_figures() -> None:
    record = {name: cells()[name] for name in (*PLAIN_FIELDS, "village_code", "station")} | {
        "candidates": [
            {"number": 1, "votes": 200, "words": "dua ratus", "marks": 200},
            {"number": "2", "votes": "150"},
            {"number": 3, "votes": "050", "words": None, "marks": None},
        ],
        "words_valid": "empat ratus",
        "words_invalid": "dua puluh empat",
    }
    assert parse_record(value=record, number=1) == read()


@pytest.mark.parametrize(
    ("change", "code", "place"),
    [
        ({"valid": 1.5}, "statement.cell.digits", "valid"),
        ({"valid": True}, "statement.cell.digits", "valid"),
        ({"valid": -1}, "statement.cell.negative", "valid"),
        ({"valid": None}, "statement.cell.digits", "valid"),
        ({"words_valid": 400}, "words.unreadable", "words_valid"),
        ({"station": 1}, "statement.station", "station"),
        ({"village_code": 3505}, "statement.village_code", "village_code"),
        ({"candidates": []}, "statement.candidates", "candidates"),
        ({"candidates": {}}, "statement.candidates", "candidates"),
        ({"candidates": [3]}, "statement.candidates", "candidates[0]"),
        (
            {"candidates": [{"number": 1, "votes": 1}, {"number": 1, "votes": 2}]},
            "statement.candidates",
            "candidates",
        ),
        ({"candidates": [{"number": 1}]}, "statement.field.missing", "candidates[0].votes"),
        (
            {"candidates": [{"number": 1, "votes": 1, "x": 1}]},
            "statement.field.unknown",
            "candidates[0].x",
        ),
        ({"jumlah": 1}, "statement.field.unknown", "jumlah"),
    ],
)
def test_a_wrong_record_names_its_field(change: dict[str, object], code: str, place: str) -> None:
    record: dict[str, object] = dict(cells())
    for name in list(record):
        if name.startswith(("votes_", "marks_", "words_1")):
            del record[name]
    record["candidates"] = [{"number": 1, "votes": 400}]
    findings = parse_record(value=record | change, number=3)
    assert isinstance(findings, list)
    assert [(f.code, f.subject, f.line) for f in findings] == [(code, place, 3)]


# --- pieces and totals ---


def test_totals_of_a_village_are_the_sums_of_its_stations() -> None:
    data = "\n".join([line(), line(station="TPS 02", valid="401"), "", line(valid="x")]).encode()
    result = reconcile_piece(data=data, layout=LAYOUT, rules=RULES)
    assert result.lines == 4
    assert [finding.line for finding in result.malformed] == [4]
    assert [station.line for station in result.inconsistent] == [2]
    assert result.tabulation.villages == {
        "35.05.01.2001": Totals(
            stations=2,
            inconsistent=1,
            registered=1_000,
            users=848,
            valid=801,
            invalid=48,
            votes={1: 400, 2: 300, 3: 100},
        )
    }


def test_lines_that_are_skipped_are_counted_as_lines_only() -> None:
    data = "\n".join([line(), line(station="TPS 02")]).encode()
    result = reconcile_piece(data=data, layout=LAYOUT, rules=RULES, skip_lines=frozenset((1,)))
    assert result.lines == 2
    assert list(result.key_lines) == [2]


def test_a_station_that_came_before_is_found_across_pieces() -> None:
    first = reconcile_piece(data=line().encode(), layout=LAYOUT, rules=RULES)
    again = reconcile_piece(
        data=f"{line(station='TPS 02')}\n{line()}".encode(), layout=LAYOUT, rules=RULES
    )
    seen: dict[int, int] = {}
    assert list(find_repeated(result=first, seen=seen, first_line=2)) == []
    ((number, finding),) = find_repeated(result=again, seen=seen, first_line=3)
    assert (number, finding.line, finding.code) == (2, 2, "statement.repeated")
    assert "baris 2" in str(finding.text)


def test_village_and_station_do_not_run_together_in_the_key() -> None:
    one = replace(make_statement(), village_code="35.05.01.2001", station="1 TPS")
    two = replace(make_statement(), village_code="35.05.01.20011", station=" TPS")
    assert station_key(figures=one) != station_key(figures=two)
    assert station_key(figures=one) == station_key(figures=replace(one, valid=0))


villages = st.sampled_from(["35.05.01.2001", "35.05.02.2001", "35.06.01.2001"])
statements = st.lists(
    st.tuples(
        st.builds(
            lambda code, n: make_statement((n, 3), village_code=code), villages, st.integers(0, 9)
        ),
        st.booleans(),
    ),
    max_size=12,
)


def tabulated(rows: list[tuple[StatementFigures, bool]]) -> Tabulation:
    tabulation = Tabulation()
    for figures, is_consistent in rows:
        tabulation.add_statement(figures=figures, is_consistent=is_consistent)
    return tabulation


@given(statements, st.integers(0, 12))
def test_any_partition_and_order_gives_the_same_totals(
    rows: list[tuple[StatementFigures, bool]], cut: int
) -> None:
    whole, merged = tabulated(rows), tabulated(rows[cut:])
    merged.merge(tabulated(rows[:cut]))
    assert merged.villages == whole.villages
    assert tabulated(rows[::-1]).villages == whole.villages


@given(statements)
def test_regencies_are_the_sums_of_their_villages_without_votes(
    rows: list[tuple[StatementFigures, bool]],
) -> None:
    tabulation = tabulated(rows)
    regencies = list(tabulation.regencies())
    assert [code for code, _, _ in regencies] == sorted({f.village_code[:5] for f, _ in rows})
    assert sum(count for _, count, _ in regencies) == len(tabulation.villages)
    assert sum(totals.stations for _, _, totals in regencies) == len(rows)
    assert sum(totals.inconsistent for _, _, totals in regencies) == sum(not ok for _, ok in rows)
    assert sum(totals.valid for _, _, totals in regencies) == sum(f.valid for f, _ in rows)
    assert all(totals.votes == {} for _, _, totals in regencies)
