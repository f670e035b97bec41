"""Names of the same person are told as such however clerks wrote them; others are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilkades.screening.distances import jaro_winkler, measure_edits
from pilkades.screening.names import NameGrade, fold_name, grade_names
from pilkades.screening.spelling import _SAME_WORD, spell_word

letters = st.text(alphabet="ABDEHIKLMNORSTUWY ", min_size=1, max_size=24)


def grade(left: str, right: str) -> NameGrade:
    return grade_names(fold_name(left), fold_name(right))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Muhammad Sidik", "Moh. Sidik"),
        ("Muhammad Sidik", "MUH SIDIK"),
        ("Mochammad Sidik", "Mhd. Sidik"),
        ("Mohamad Sidik", "M. Sidik"),
        ("Siti Aminah", "St. Aminah"),
        ("Abdul Gani", "Abd. Ghani"),
        ("Abdurrahman", "Abdul Rahman"),
        ("Achmad Fauzi", "Ahmad Fauzi"),
        ("Soeharto", "Suharto"),
        ("Djoko Tjahjono", "Joko Cahyono"),
        ("Sjamsoel Arifin", "Syamsul Arifin"),
        ("Susanto Budi", "Budi Susanto"),
        ("H. Slamet", "Slamet"),
        ("Hj. Siti Aminah, S.Pd.I", "Siti Aminah"),
        ("Drs. Imam Bukhori, M.Si.", "Imam Buchori"),
        ("Sutrisno SE", "Sutrisno"),
        ("Sri Wahyuni S. Pd", "Sri Wahyuni"),
        ("Nu'man Hakim", "Numan Hakim"),
        ("Annisa", "Anisa"),
        ("Feri Yanto", "Ferry Yanto"),
        ("Saleh bin Umar", "Saleh"),
    ],
)
def test_spelling_titles_and_order_make_no_difference(left: str, right: str) -> None:
    assert grade(left, right) is NameGrade.SPELLING


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Joko Susilo", "Jaka Susila"),
        ("Abdul Rohman", "Abdul Rahman"),
        ("Syamsul Hadi", "Samsul Hadi"),
        ("Alimah", "Alima"),
        ("Zainal Arifin", "Sainal Aripin"),
        ("Nurhayati", "Nur Hayati"),
    ],
)
def test_what_sounds_alike_stands_just_below(left: str, right: str) -> None:
    assert grade(left, right) is NameGrade.SOUND


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("Sumiyati", "Sumiyatun", NameGrade.SIMILAR),
        ("Kasiyem", "Kasiyim", NameGrade.VOWEL),
        ("Kasiyem", "Kasiyam", NameGrade.SLIP),
        ("Andi", "Ardi", NameGrade.SHORT_SLIP),
        ("Siti Aminah Lestari", "Siti Aminah", NameGrade.SHORTENED),
        ("Budi A. Santoso", "Budi Agus Santoso", NameGrade.SHORTENED),
        ("Slamet", "Slamet Riyadi", NameGrade.ONE_WORD),
        ("Slamet", "Wagiman", NameGrade.DIFFERENT),
        ("Dewi Lestari", "Dwi Handoko", NameGrade.DIFFERENT),
    ],
)
def test_rungs_below_are_told_apart(left: str, right: str, expected: NameGrade) -> None:
    assert grade(left, right) is expected


def test_a_slip_weighs_less_in_a_short_name_and_none_is_forgiven_in_the_shortest() -> None:
    assert grade("Andi", "Ardi") < grade("Andika", "Ardika")
    assert grade("Eko", "Eka") is not NameGrade.SHORT_SLIP


def test_the_father_stands_apart_and_a_woman_may_be_called_binti() -> None:
    assert fold_name("Ali bin Abu").father == ("ABU",)
    assert fold_name("Binti Sulistyowati").words == ("BINTI", "SULISTYOWATI")


@pytest.mark.parametrize("strange", ["", "  ", ".", "王小明", "H.", "123"])
def test_strange_names_are_no_error_and_match_nothing(strange: str) -> None:
    assert grade(strange, "Slamet Riyadi") is NameGrade.DIFFERENT


@given(letters, letters)
def test_the_order_of_the_two_does_not_matter(left: str, right: str) -> None:
    assert grade(left, right) is grade(right, left)


@given(letters, letters)
def test_edits_and_likeness_are_symmetric_and_bounded(left: str, right: str) -> None:
    assert measure_edits(left, right) == measure_edits(right, left)
    assert measure_edits(left, right) <= max(len(left), len(right))
    assert 0 <= jaro_winkler(left, right) <= 1 + 1e-9
    assert jaro_winkler(left, left) == pytest.approx(1)


def test_what_an_abbreviation_stands_for_is_spelled_as_it_would_be_written_out() -> None:
    for short, long in _SAME_WORD.items():
        assert spell_word(long) == (long,), short
    assert fold_name("Sy").words == fold_name("Syekh").words
