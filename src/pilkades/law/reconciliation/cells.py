"""One written figure, strictly: digits and nothing else.

Law: the certificate has digit boxes with leading zeros ("005"); everything else on the way from
paper to number is a reading error. "O5O", "0-5-0", "1.234", a minus sign and an empty cell are
refused with the reason, never repaired.
"""

import re
from functools import lru_cache

from pilkades.errors import MalformedInputError
from pilkades.law.number_words import words_to_number
from pilkades.text import Text

DIGITS_MAX = 9
_LOOKALIKES = re.compile(r"[0-9OoIlSB]+")


@lru_cache(maxsize=4_096)
def parse_digits(written: str) -> int:
    """Read a figure in digits; leading zeros are allowed because the paper has them."""
    if 0 < len(written) <= DIGITS_MAX and written.isascii() and written.isdigit():
        return int(written)
    raise _refuse_digits(written)


@lru_cache(maxsize=16_384)
def parse_words(written: str) -> int | None:
    """Read a figure in words; an empty cell means that the statement keeps no words there."""
    if not written.strip():
        return None
    return words_to_number(written)


def _refuse_digits(written: str) -> MalformedInputError:
    stripped = written.strip()
    if not stripped:
        return MalformedInputError(
            "statement.cell.blank", Text("Angka kosong. Tulis 0 bila memang tidak ada.")
        )
    if stripped != written and re.fullmatch(r"[0-9]{1,9}", stripped):
        return MalformedInputError(
            "statement.cell.space", Text('Ada spasi di dekat angka "{written}".', written=written)
        )
    if re.fullmatch(r"-[0-9]+", stripped):
        return MalformedInputError(
            "statement.cell.negative",
            Text('Angka "{written}" negatif. Jumlah tidak dapat kurang dari nol.', written=written),
        )
    if re.fullmatch(r"[0-9]+", stripped, re.ASCII):
        return MalformedInputError(
            "statement.cell.long",
            Text(
                'Angka "{written}" terlalu panjang, paling banyak {most} angka.',
                written=stripped[:40],
                most=DIGITS_MAX,
            ),
        )
    if _LOOKALIKES.fullmatch(stripped):
        return MalformedInputError(
            "statement.cell.letter",
            Text(
                '"{written}" memuat huruf yang mirip angka (O, I, l, S, B). Tulis dengan angka.',
                written=stripped[:40],
            ),
        )
    return MalformedInputError(
        "statement.cell.digits",
        Text(
            '"{written}" bukan angka. Tulis angka saja, tanpa titik, koma, atau tanda hubung.',
            written=stripped[:40],
        ),
    )
