"""The identities of a statement: found broken when broken, with likely cause and place to look."""

from dataclasses import fields, replace

import pytest

from pilkades.law.findings import Severity
from pilkades.law.packcheck import check_pack
from pilkades.law.reconciliation import (
    IDENTITIES,
    IDENTITY_IDS,
    CandidateFigures,
    Pattern,
    ReconciliationRules,
    StatementFigures,
    reconcile,
)
from pilkades.law.reconciliation.equations import EQUATIONS
from pilkades.law.reconciliation.figures import LABELS, PLAIN_FIELDS, label_field
from pilkades.law.reconciliation.patterns import find_mark_pattern, find_pattern
from pilkades.packfiles import read_pack
from tests.statements import make_statement, with_candidate

NATIONAL = ReconciliationRules.from_pack(read_pack("nasional"))
OTHER = ReconciliationRules.from_pack(read_pack("contoh-lain"))


def broken(figures: StatementFigures, rules: ReconciliationRules = NATIONAL) -> list[str]:
    return [finding.identity for finding in reconcile(rules=rules, statement=figures).findings]


def sentences(figures: StatementFigures) -> dict[str, str]:
    result = reconcile(rules=NATIONAL, statement=figures)
    return {finding.identity: str(finding.sentence) for finding in result.findings}


def test_consistent_figures_have_no_findings() -> None:
    result = reconcile(rules=NATIONAL, statement=make_statement())
    assert result.is_consistent
    assert result.may_be_sealed
    assert result.suspects == ()


def test_a_statement_without_words_and_marks_is_consistent_too() -> None:
    bare = replace(
        make_statement(),
        candidates=(
            CandidateFigures(number=1, votes=300),
            CandidateFigures(number=0, votes=100),
        ),
        valid_words=None,
        invalid_words=None,
        total_words=None,
    )
    assert broken(bare) == []


@pytest.mark.parametrize(
    ("changed", "identities"),
    [
        ({"registered_men": 261}, ["registered_total"]),
        ({"registered_women": 239}, ["registered_total"]),
        ({"registered_total": 501}, ["registered_total"]),
        ({"registered_total": 421}, ["registered_total", "users_within_registered"]),
        ({"users_roll": 423}, ["users_by_category"]),
        ({"users_elsewhere": 3}, ["users_by_category"]),
        ({"users_total": 423}, ["users_by_category", "users_equal_used", "users_equal_votes"]),
        ({"ballots_used": 425}, ["users_equal_used", "ballots_received"]),
        ({"ballots_received": 509}, ["ballots_received"]),
        ({"ballots_damaged": 2}, ["ballots_received"]),
        ({"ballots_mistaken": 1}, ["ballots_received"]),
        ({"ballots_unused": 0}, ["ballots_received"]),
        ({"valid_words": 401}, ["words_equal_digits"]),
        ({"invalid_words": 42}, ["words_equal_digits"]),
        ({"total_words": 425}, ["words_equal_digits"]),
        ({"users_disabled": 425}, ["disabled_within_users"]),
        (
            {"ballots_damaged": 425, "ballots_received": 934},
            ["replacements_within_users"],
        ),
        (
            {"ballots_mistaken": 425, "ballots_received": 933},
            ["replacements_within_users"],
        ),
        (
            {"valid": 401},
            ["users_equal_votes", "candidates_equal_valid", "votes_total", "words_equal_digits"],
        ),
        ({"invalid": 23}, ["users_equal_votes", "votes_total", "words_equal_digits"]),
        ({"total": 425}, ["votes_total", "words_equal_digits"]),
    ],
)
def test_one_wrong_figure_breaks_exactly_its_identities(
    changed: dict[str, int], identities: list[str]
) -> None:
    assert broken(make_statement(**changed)) == identities


@pytest.mark.parametrize(
    ("changed", "identities"),
    [
        ({"votes": 149}, ["candidates_equal_valid", "words_equal_digits", "marks_equal_digits"]),
        ({"words": 149}, ["words_equal_digits"]),
        ({"marks": 149}, ["marks_equal_digits"]),
    ],
)
def test_one_wrong_reading_of_a_candidate_breaks_exactly_its_identities(
    changed: dict[str, int], identities: list[str]
) -> None:
    assert broken(with_candidate(make_statement(), 2, **changed)) == identities


def test_votes_that_do_not_fit_the_boxes_are_found() -> None:
    assert broken(make_statement((999, 1, 0))) == []
    assert broken(make_statement((1_000, 1, 0))) == ["votes_fit_boxes"]
    assert "votes_fit_boxes" not in broken(make_statement((1_000, 1, 0)), OTHER)


def test_every_identity_of_the_list_has_a_function_and_stands_in_the_national_pack() -> None:
    assert tuple(IDENTITIES) == IDENTITY_IDS
    assert tuple(NATIONAL.identities) == IDENTITY_IDS
    assert set(EQUATIONS) < set(IDENTITY_IDS)


def test_every_figure_has_a_label() -> None:
    numbers = {field.name for field in fields(StatementFigures) if field.type is int}
    assert numbers <= {*PLAIN_FIELDS}
    assert set(PLAIN_FIELDS) | {"votes"} == set(LABELS)
    assert str(label_field("votes.0")) == "suara kolom kosong"
    assert str(label_field("votes.3")) == "suara calon 3"


# --- what the pack says ---


def test_unlisted_voters_are_an_error_where_the_pack_does_not_allow_them() -> None:
    figures = make_statement(users_roll=419, users_unlisted=3)
    (finding,) = reconcile(rules=NATIONAL, statement=figures).findings
    assert finding.identity == "users_within_registered"
    assert "tidak membolehkannya" in str(finding.text)
    assert broken(figures, replace(OTHER, voters_elsewhere_allowed=True)) == []


def test_extra_voters_count_beside_the_roll_only_where_allowed() -> None:
    full = make_statement(registered_men=180, registered_women=242, registered_total=422)
    assert broken(full) == []
    strict = replace(NATIONAL, voters_elsewhere_allowed=False)
    assert broken(full, strict) == ["users_within_registered"] * 2


def test_an_identity_that_only_warns_does_not_stop_the_sealing() -> None:
    figures = with_candidate(make_statement(users_roll=424, users_elsewhere=0), 1, marks=199)
    result = reconcile(rules=OTHER, statement=figures)
    assert [finding.severity for finding in result.findings] == [Severity.WARNING]
    assert result.may_be_sealed
    assert not result.is_consistent


def test_an_identity_that_the_pack_leaves_out_is_not_asked_for() -> None:
    rest = {k: v for k, v in NATIONAL.identities.items() if k != "registered_total"}
    assert broken(make_statement(registered_men=1), replace(NATIONAL, identities=rest)) == []


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
def test_the_check_of_a_pack_knows_the_identities(row_id: str, rest: str, code: str) -> None:
    data = HEADER.format(id=row_id, rest=rest).encode()
    assert code in {f.code for f in check_pack(data, base=read_pack("nasional"))}


# --- sentences ---


def test_the_gemulak_sentence_is_the_one_of_the_design() -> None:
    figures = make_statement(
        (180, 224),
        users_roll=424,
        users_elsewhere=0,
        users_total=424,
        ballots_used=424,
        ballots_received=510,
        registered_women=240,
        registered_total=500,
    )
    assert sentences(figures) == {
        "users_equal_votes": (
            "Jumlah suara sah dan tidak sah (428) lebih 4 dari pemilih yang hadir (424). Biasanya: "
            "lembar ganda terhitung dua kali, atau daftar hadir belum lengkap. Hitung ulang surat "
            "suara di kotak, mulai dari tumpukan calon 2."
        )
    }


@pytest.mark.parametrize(
    ("written", "expected", "pattern"),
    [
        (105, 150, Pattern.SWAPPED),
        (428, 248, Pattern.SWAPPED),
        (450, 45, Pattern.SHIFTED),
        (45, 450, Pattern.SHIFTED),
        (905, 105, Pattern.ONE_DIGIT),
        (948, 58, Pattern.MISREAD),
        (44, 99, Pattern.MISREAD),
        (321, 321, None),
        (123, 870, None),
        (5, -4, None),
    ],
)
def test_known_errors_are_recognised_in_the_digits(
    written: int, expected: int, pattern: Pattern | None
) -> None:
    assert find_pattern(written=written, expected=expected, boxes=3) is pattern


@pytest.mark.parametrize(
    ("difference", "pattern"),
    [
        (0, None),
        (5, Pattern.MARK_BOX),
        (-10, Pattern.MARK_BOX),
        (60, Pattern.MARK_ROW),
        (-120, Pattern.MARK_ROW),
        (4, None),
        (20, None),
        (240, None),
    ],
)
def test_whole_boxes_and_rows_of_marks_are_recognised(
    difference: int, pattern: Pattern | None
) -> None:
    assert find_mark_pattern(difference=difference) is pattern


@pytest.mark.parametrize(
    ("figures", "identity", "cause"),
    [
        (
            with_candidate(make_statement(), 2, votes=105),
            "candidates_equal_valid",
            "dua angka tertukar letaknya pada suara calon 2, tertulis 105, mestinya 150",
        ),
        (
            make_statement(users_total=442),
            "users_equal_used",
            "dua angka tertukar letaknya pada jumlah pemilih yang hadir, tertulis 442",
        ),
        (
            make_statement(valid=40),
            "candidates_equal_valid",
            "angka bergeser satu kotak pada jumlah suara sah, tertulis 40, mestinya 400",
        ),
        (
            with_candidate(make_statement((200, 142, 58)), 3, votes=948),
            "candidates_equal_valid",
            "beberapa angka yang mirip salah baca pada suara calon 3, tertulis 948, mestinya 58",
        ),
        (
            make_statement(users_total=390),
            "users_by_category",
            "sedangkan angka-angka lain menunjukkan 424",
        ),
        (
            with_candidate(make_statement(), 1, marks=140),
            "marks_equal_digits",
            "1 baris turus penuh (60) terlewat",
        ),
        (
            with_candidate(make_statement(), 1, marks=195),
            "marks_equal_digits",
            "1 kotak turus (5) terlewat",
        ),
        (
            with_candidate(make_statement(), 1, marks=198),
            "marks_equal_digits",
            "turus yang belum lima terlewat",
        ),
        (
            with_candidate(
                with_candidate(make_statement(), 1, words=150, marks=None),
                2,
                words=200,
                marks=None,
            ),
            "words_equal_digits",
            "baris calon tertukar dengan suara calon 1",
        ),
        (
            make_statement(valid=350, valid_words=350, invalid=74, invalid_words=74),
            "candidates_equal_valid",
            "Selisihnya sama dengan suara calon 3",
        ),
        (
            make_statement(valid=424, valid_words=424, total=448, total_words=448),
            "candidates_equal_valid",
            "suara tidak sah ikut dihitung dalam jumlah suara sah",
        ),
        (
            make_statement(total=400, total_words=400),
            "votes_total",
            "kotak jumlah diisi suara sah saja",
        ),
        (
            make_statement(ballots_received=500),
            "ballots_received",
            "ikut dihitung sebagai digunakan atau sisa",
        ),
        (
            make_statement(users_disabled=425),
            "disabled_within_users",
            "juga yang tidak hadir",
        ),
    ],
)
def test_the_likely_cause_is_named(figures: StatementFigures, identity: str, cause: str) -> None:
    assert cause in sentences(figures)[identity]


def test_several_equally_likely_figures_are_not_accused() -> None:
    bare = replace(
        make_statement((121, 102, 82)),
        candidates=tuple(
            CandidateFigures(number=n, votes=votes)
            for n, votes in enumerate((121, 102, 83), start=1)
        ),
    )
    text = sentences(bare)["candidates_equal_valid"]
    assert "mestinya" not in text
    assert "suara tidak sah masuk ke tumpukan calon" in text


def test_the_pile_with_a_doubtful_figure_is_counted_first() -> None:
    figures = with_candidate(make_statement(ballots_used=430, users_total=430), 3, marks=40)
    assert "mulai dari tumpukan calon 3" in sentences(figures)["users_equal_votes"]
