"""How a wrong figure came to differ from the right one, read from the digits alone.

Law: none; this is experience. Sources: the errors of the 2024 photo readings (105 became 905, 58
became 948, 99 became 44) and the error types that trainers teach: digits swapped, column shifted,
a row of tally marks left out.

Left out on purpose: certainty. A pattern is the likely cause, and people look at the paper.
"""

from enum import StrEnum

from pilkades.text import Text

MARKS_PER_BOX = 5
MARKS_PER_ROW = 60
"""The plano has rows of 12 boxes with 5 strokes each."""

PLACES_MAX = 3
"""More rows or boxes than this are not overlooked; the digits are wrong then."""

_CONFUSED = frozenset(
    frozenset(pair)
    for pair in ("06", "08", "09", "14", "17", "19", "27", "35", "38", "45", "49", "56", "58", "68")
)


class Pattern(StrEnum):
    """Known ways in which a figure goes wrong (pola kesalahan)."""

    SHIFTED = "shifted"
    SWAPPED = "swapped"
    ONE_DIGIT = "one_digit"
    MISREAD = "misread"
    MARK_ROW = "mark_row"
    MARK_BOX = "mark_box"


def find_pattern(*, written: int, expected: int, boxes: int) -> Pattern | None:
    """The first known pattern that turns the expected figure into the written one, or None."""
    if written == expected or expected < 0:
        return None
    if _is_shifted(written, expected):
        return Pattern.SHIFTED
    if _is_swapped(written, expected, boxes):
        return Pattern.SWAPPED
    differing = _differing_digits(written, expected, boxes)
    if len(differing) == 1:
        return Pattern.ONE_DIGIT
    if all(frozenset(pair) in _CONFUSED for pair in differing):
        return Pattern.MISREAD
    return None


def find_mark_pattern(*, difference: int) -> Pattern | None:
    """Tell whether digits and tally marks differ by whole rows or whole boxes of the plano."""
    rows, beside_rows = divmod(abs(difference), MARKS_PER_ROW)
    boxes, beside_boxes = divmod(abs(difference), MARKS_PER_BOX)
    if beside_rows == 0 and 0 < rows <= PLACES_MAX:
        return Pattern.MARK_ROW
    return Pattern.MARK_BOX if beside_boxes == 0 and 0 < boxes <= PLACES_MAX else None


def describe_pattern(*, pattern: Pattern, field: Text, written: int, expected: int) -> Text:
    """The likely cause as a sentence."""
    facts = {"field": field, "written": written, "expected": expected}
    if pattern is Pattern.SWAPPED:
        return Text(
            "Biasanya: dua angka tertukar letaknya pada {field}, tertulis {written}, mestinya "
            "{expected}.",
            **facts,
        )
    if pattern is Pattern.SHIFTED:
        return Text(
            "Biasanya: angka bergeser satu kotak pada {field}, tertulis {written}, mestinya "
            "{expected}.",
            **facts,
        )
    if pattern is Pattern.ONE_DIGIT:
        return Text(
            "Biasanya: satu angka salah baca atau salah tulis pada {field}, tertulis {written}, "
            "mestinya {expected}.",
            **facts,
        )
    return Text(
        "Biasanya: beberapa angka yang mirip salah baca pada {field}, tertulis {written}, "
        "mestinya {expected}.",
        **facts,
    )


def _is_swapped(written: int, expected: int, boxes: int) -> bool:
    """Two neighbouring digits changed places; such a difference is always divisible by nine."""
    if (written - expected) % 9 != 0:
        return False
    digits = _padded(written, max(boxes, len(str(expected)), len(str(written))))
    return any(
        digits[:n] + digits[n + 1] + digits[n] + digits[n + 2 :] == _padded(expected, len(digits))
        for n in range(len(digits) - 1)
    )


def _is_shifted(written: int, expected: int) -> bool:
    """Every digit stands one box too far to the left or to the right."""
    return (written == expected * 10 and expected > 0) or (expected == written * 10 and written > 0)


def _differing_digits(written: int, expected: int, boxes: int) -> list[tuple[str, str]]:
    length = max(boxes, len(str(written)), len(str(expected)))
    pairs = zip(_padded(written, length), _padded(expected, length), strict=True)
    return [(a, b) for a, b in pairs if a != b]


def _padded(number: int, length: int) -> str:
    return str(number).rjust(length, "0")
