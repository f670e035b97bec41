"""Indonesian number words, both ways (angka dengan huruf).

Law: the certificate of the count writes every figure in digits and in words (after form C.Hasil);
"digits = words" is an identity that can only hold if words are read strictly. So there is one
spelling per number, and a second spelling is refused. The only other form is the boxes read aloud
one by one ("nol nol lima"), which people use because the paper has leading zeros.

Left out on purpose: numbers from a thousand million upwards, fractions, and guessing what a
misspelled word meant: a person looks at the paper instead.
"""

from pilkades.errors import MalformedInputError
from pilkades.text import Text

LARGEST = 999_999_999

_DIGITS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_DIGIT_VALUES = {word: value for value, word in enumerate(_DIGITS)}
_SCALES = ((1_000_000, "juta"), (1_000, "ribu"), (100, "ratus"), (10, "puluh"))
_UNIT_VALUES = {word: value for value, word in _SCALES}
_TEN_WORDS = {"sepuluh": 10, "sebelas": 11}
_SPELLED_MAX = 9


def number_to_words(number: int) -> str:
    """Write a number in the one spelling this system uses: 428 is "empat ratus dua puluh delapan".

    Law: none fixes the spelling; it follows Ejaan yang Disempurnakan (se- for one of ten, hundred
    and thousand; "satu juta").
    """
    if not 0 <= number <= LARGEST:
        raise ValueError(f"outside 0 to {LARGEST}: {number}")
    if number == 0:
        return _DIGITS[0]
    return " ".join(_words(number))


def words_to_number(words: str) -> int:
    """Read a number in words; anything but the one spelling, or boxes read aloud, is refused."""
    tokens = words.casefold().split()
    if 1 < len(tokens) <= _SPELLED_MAX and all(token in _DIGIT_VALUES for token in tokens):
        return int("".join(str(_DIGIT_VALUES[token]) for token in tokens))
    number = _evaluate(tokens)
    if number is None or number > LARGEST or number_to_words(number).split() != tokens:
        raise MalformedInputError(
            "words.unreadable",
            Text(
                "Tulisan “{words}” bukan bilangan yang baku. Contoh yang baku: empat ratus dua "
                "puluh delapan; atau baca kotaknya satu per satu: nol nol lima.",
                words=words,
            ),
        )
    return number


def _words(number: int) -> list[str]:
    for value, word in _SCALES:
        count, rest = divmod(number, value)
        if count:
            joined = count == 1 and value != 1_000_000
            head = [f"se{word}"] if joined else [*_words(count), word]
            return [*head, *_words(rest)] if not (joined and value == 10) else _teens(rest)
    return [_DIGITS[number]] if number else []


def _teens(rest: int) -> list[str]:
    if rest == 0:
        return ["sepuluh"]
    return ["sebelas"] if rest == 1 else [_DIGITS[rest], "belas"]


def _evaluate(tokens: list[str]) -> int | None:
    """A generous reading, never trusted alone: the caller writes it again and compares."""
    total = group = part = 0
    for token in tokens:
        if token in _DIGIT_VALUES:
            part = _DIGIT_VALUES[token]
        elif token in _TEN_WORDS:
            part = _TEN_WORDS[token]
        elif token == "belas":
            part += 10
        elif token in ("puluh", "ratus", "seratus"):
            group += part * _UNIT_VALUES[token] if token in _UNIT_VALUES else 100
            part = 0
        elif token in ("ribu", "juta"):
            total += (group + part) * _UNIT_VALUES[token]
            group = part = 0
        elif token == "seribu":
            total += 1_000
        else:
            return None
    return total + group + part if tokens else None
