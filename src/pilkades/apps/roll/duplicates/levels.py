"""The ladders of comparison in SQL, rung for rung those of `pilkades.screening`.

A comparison is a name and its rungs from most to least alike, each with the name under which its
parameters are stored. Empty cells say nothing (null rung) rather than something.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pilkades.screening.names import LONG_NAME, SHORT_NAME, SHORTEST_NAME, SIMILAR

ELSE = "ELSE"


@dataclass(frozen=True, slots=True)
class Rung:
    """One level: a condition on `_l` and `_r`, and the column whose rare values weigh more."""

    id: str
    condition: str
    frequency_of: str = ""


def _slip(column: str) -> str:
    """One slip in a name of six letters or more, two in one of twelve."""
    left, right = f"{column}_l", f"{column}_r"
    shorter = f"least(length({left}), length({right}))"
    allowed = f"case when {shorter} >= {LONG_NAME} then 2 else 1 end"
    return (
        f"({shorter} >= {SHORT_NAME} and abs(length({left}) - length({right})) <= 2 "
        f"and damerau_levenshtein({left}, {right}) <= {allowed})"
    )


_VOWELS_LEFT, _VOWELS_RIGHT = "replace(sound_l, 'E', 'I')", "replace(sound_r, 'E', 'I')"
_SHORT_SLIP = (
    f"(least(length(sound_l), length(sound_r)) between {SHORTEST_NAME} and {SHORT_NAME - 1} "
    "and abs(length(sound_l) - length(sound_r)) <= 1 and damerau_levenshtein(sound_l, sound_r) = 1)"
)
_LEFT_HOLDS = "list_has_all(sounds_l, sounds_r)"
_RIGHT_HOLDS = "list_has_all(sounds_r, sounds_l)"
_INITIALS = (
    "((has_initial_l or has_initial_r) and initials_l = initials_r "
    "and list_has_any(sounds_l, sounds_r))"
)
_PARTS_EQUAL = "((year_l = year_r)::int + (month_l = month_r)::int + (day_l = day_r)::int)"

_SAME_NAME = "(sound_l = sound_r or compact_l = compact_r)"

LADDERS: Mapping[str, Sequence[Rung]] = {
    "name": (
        Rung("spelling", "name_l = name_r", "name"),
        Rung("sound", "sound_l = sound_r", "sound"),
        Rung("joined", "compact_l = compact_r"),
        Rung("vowel", f"{_VOWELS_LEFT} = {_VOWELS_RIGHT}"),
        Rung("slip", f"{_slip('sound')} or {_slip('compact')}"),
        Rung("short-slip", _SHORT_SLIP),
        Rung(
            "shortened",
            f"(len(sounds_r) >= 2 and len(sounds_r) <= len(sounds_l) and {_LEFT_HOLDS}) or "
            f"(len(sounds_l) >= 2 and len(sounds_l) <= len(sounds_r) and {_RIGHT_HOLDS}) or "
            f"{_INITIALS}",
        ),
        Rung(
            "one-word",
            f"(len(sounds_r) = 1 and {_LEFT_HOLDS}) or (len(sounds_l) = 1 and {_RIGHT_HOLDS})",
        ),
        Rung("similar", f"jaro_winkler_similarity(sound_l, sound_r) >= {SIMILAR}"),
        Rung("one-shared", "list_has_any(sounds_l, sounds_r)"),
        Rung("different", ELSE),
    ),
    "birth": (
        Rung("same", "birth_l = birth_r", "birth"),
        Rung("swapped", "year_l = year_r and day_l = month_r and month_l = day_r"),
        Rung("nik-says", "short_birth_l = nik_birth_r or short_birth_r = nik_birth_l"),
        Rung("one-part", f"{_PARTS_EQUAL} = 2"),
        Rung("same-year", "year_l = year_r"),
        Rung("different", ELSE),
    ),
    "nik": (
        Rung("same", "nik_l = nik_r"),
        Rung("in-serial", "hamming(nik_l, nik_r) = 1 and left(nik_l, 12) = left(nik_r, 12)"),
        Rung("one-digit", "hamming(nik_l, nik_r) <= 2 and damerau_levenshtein(nik_l, nik_r) = 1"),
        Rung("two-digits", "hamming(nik_l, nik_r) = 2"),
        Rung("different", ELSE),
    ),
    "sex": (Rung("same", "sex_l = sex_r"), Rung("different", ELSE)),
    "place": (
        Rung("same", "place_l = place_r", "place"),
        Rung("similar", f"jaro_winkler_similarity(place_l, place_r) >= {SIMILAR}"),
        Rung("different", ELSE),
    ),
    "marital": (Rung("same", "marital_l = marital_r"), Rung("different", ELSE)),
    "work": (Rung("same", "work_l = work_r"), Rung("different", ELSE)),
    "home": (
        Rung("household", "kk_l = kk_r"),
        Rung("neighbours", "rt_l = rt_r"),
        Rung("village", "village_l = village_r"),
        Rung("elsewhere", ELSE),
    ),
    # What the ladders above count twice: relatives share home and part of the name, twins the
    # birth date too; and whoever is born on one day shares six digits of the NIK.
    "kin": (
        Rung("twins", f"kk_l = kk_r and birth_l = birth_r and not {_SAME_NAME}"),
        Rung("relatives", f"kk_l = kk_r and not {_SAME_NAME}"),
        Rung("same-name", f"kk_l = kk_r and {_SAME_NAME}"),
        Rung("other", ELSE),
    ),
    "number": (
        # Each NIK carries its own row's date: two people, not one slip of the pen.
        Rung(
            "own-dates",
            "nik_l <> nik_r and birth_l <> birth_r "
            "and nik_birth_l = short_birth_l and nik_birth_r = short_birth_r",
        ),
        # The registry numbers twins one after the other.
        Rung(
            "next-serial",
            "left(nik_l, 12) = left(nik_r, 12) "
            "and abs(right(nik_l, 4)::int - right(nik_r, 4)::int) = 1",
        ),
        Rung(
            "same-day-close", "birth_l = birth_r and nik_l <> nik_r and hamming(nik_l, nik_r) <= 2"
        ),
        Rung("same-day-far", "birth_l = birth_r and nik_l <> nik_r"),
        Rung("other-day-far", "nik_l <> nik_r and hamming(nik_l, nik_r) > 2"),
        Rung("other", ELSE),
    ),
}
NULL_COLUMNS: Mapping[str, str] = {
    "name": "sound",
    "birth": "birth",
    "nik": "nik",
    "sex": "sex",
    "place": "place",
    "marital": "marital",
    "work": "work",
    "home": "village",
    "kin": "sound",
    "number": "sound",
}
FREQUENCY_COLUMNS = ("name", "sound", "birth", "place")
