"""Number words: one spelling per number, and nothing else is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilkades.errors import MalformedInputError
from pilkades.law.number_words import LARGEST, number_to_words, words_to_number


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (5, "lima"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (20, "dua puluh"),
        (100, "seratus"),
        (111, "seratus sebelas"),
        (428, "empat ratus dua puluh delapan"),
        (1_000, "seribu"),
        (1_100, "seribu seratus"),
        (2_019, "dua ribu sembilan belas"),
        (9_999, "sembilan ribu sembilan ratus sembilan puluh sembilan"),
        (10_000, "sepuluh ribu"),
        (11_000, "sebelas ribu"),
        (100_000, "seratus ribu"),
        (1_000_000, "satu juta"),
        (1_001_000, "satu juta seribu"),
    ],
)
def test_numbers_and_words_belong_together(number: int, words: str) -> None:
    assert number_to_words(number) == words
    assert words_to_number(words) == number


@pytest.mark.parametrize(
    ("words", "number"),
    [("nol nol lima", 5), ("satu dua nol", 120), ("EMPAT  ratus\ndua puluh delapan", 428)],
)
def test_boxes_read_aloud_and_capitals_are_read(words: str, number: int) -> None:
    assert words_to_number(words) == number


@pytest.mark.parametrize(
    "words",
    [
        "",
        " ",
        "satu ratus",
        "satu puluh",
        "satu ribu",
        "satu belas",
        "belas",
        "ratus",
        "dua puluh puluh",
        "seribu ribu",
        "seratus ratus",
        "dua puluh sebelas",
        "lima dua ratus",
        "nol puluh",
        "sepuluh satu",
        "duapuluh",
        "empat ratus dan dua",
        "428",
        "four",
        "satu milyar",
        "sembilan " * 10,
    ],
)
def test_every_other_spelling_is_refused(words: str) -> None:
    with pytest.raises(MalformedInputError) as caught:
        words_to_number(words)
    assert caught.value.code == "words.unreadable"


@given(st.integers(0, LARGEST))
def test_words_lead_back_to_the_number(number: int) -> None:
    assert words_to_number(number_to_words(number)) == number


@given(st.integers(0, 99_999), st.integers(0, 99_999))
def test_different_numbers_have_different_words(first: int, second: int) -> None:
    assert (number_to_words(first) == number_to_words(second)) == (first == second)


@given(st.text(alphabet="satudempl enibhkgrj", max_size=40))
def test_whatever_is_written_is_read_or_refused_in_words(written: str) -> None:
    try:
        number = words_to_number(written)
    except MalformedInputError:
        return
    tokens = written.split()
    assert number_to_words(number).split() == tokens or len(tokens) > 1


@pytest.mark.parametrize("number", [-1, LARGEST + 1])
def test_numbers_out_of_range_have_no_words(number: int) -> None:
    with pytest.raises(ValueError, match="outside"):
        number_to_words(number)
