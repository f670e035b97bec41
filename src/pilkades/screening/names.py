"""Whole names: titles stripped, father's name apart, words in any order, and how alike two are.

The ladder of `grade_names` is the one that `roll.duplicates.levels` writes in SQL; a test holds
both to the same answers. Not tried: nicknames, and names changed at marriage or in illness.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

from pilkades.screening.distances import jaro_winkler, measure_edits
from pilkades.screening.spelling import skeleton_word, sound_word, spell_word

SIMILAR = 0.9
SHORTEST_NAME, SHORT_NAME, LONG_NAME = 4, 6, 12
_TITLES_BEFORE_TEXT = """
    H HJ HAJI HAJJAH HJH DRS DRA DR DRG DRH IR PROF KH KYAI KIAI NY NYAI NYI USTADZ USTAZ
    USTAD UST TGH TGK TEUNGKU TENGKU HABIB GUS NING RADEN RD RR PDT ALM ALMH ALMARHUM
    ALMARHUMAH BPK BAPAK IBU SDR SDRI TN NN
"""
_TITLES_BEFORE = frozenset(_TITLES_BEFORE_TEXT.split())
_TITLES_AFTER_TEXT = """
    SPD SPDI SPDSD MPD MPDI SH MH SE MM MMP ST MT SAG MAG SSOS SSOSI MSI SKOM MKOM SIP MIP
    SKM MKES SKEP NERS NS AMD AMK AMKEB AMDKEB AMDKEP SST SSTP STR STRKEB SSI SSN SPSI
    SFARM APT SP SPT SPI SHUT SKH BA BSC MA MSC PHD LC SHI SEI SEK SIKOM SAP MAP SPAR SGZ
    SPOG ALM ALMH CPD SKED AMA AMDKOM
"""
_TITLES_AFTER = frozenset(_TITLES_AFTER_TEXT.split())
_TITLES_OR_NAMES = frozenset({"ST", "SP", "BA", "MA", "NS", "AMA"})
_FATHER = re.compile(r"\b(?:BIN|BINTI|BT|BTE|BINTE|IBNU)\b\.?")
_SPACED_TITLE = re.compile(r"\b(A|[SM])\s*\.?\s+(PD|KOM|SOS|SI|AG|KEP|KES|PSI|MD)\b")
_NOT_LETTERS = re.compile(r"[^A-Z ]+")
_APOSTROPHES = re.compile(r"['`´‘’ʼ\"-]")


class NameGrade(IntEnum):
    """How alike two names are; higher is more alike."""

    DIFFERENT = 0
    SIMILAR = 1
    ONE_WORD = 2
    SHORTENED = 3
    SHORT_SLIP = 4
    SLIP = 5
    VOWEL = 6
    SOUND = 7
    SPELLING = 8


@dataclass(frozen=True)
class FoldedName:
    """A name ready to be compared; words in their order, father's name apart."""

    words: tuple[str, ...]
    father: tuple[str, ...]

    @cached_property
    def spelled(self) -> str:
        return " ".join(sorted(self.words))

    @cached_property
    def sounds(self) -> tuple[str, ...]:
        return tuple(sorted(sound_word(word) for word in self.words))

    @cached_property
    def sound(self) -> str:
        return " ".join(self.sounds)

    @property
    def vowels(self) -> str:
        """The sound with e and i as one."""
        return self.sound.replace("E", "I")

    @cached_property
    def compact(self) -> str:
        """The sound in the order written and without spaces: Nur Hayati is Nurhayati."""
        return "".join(sound_word(word) for word in self.words)

    @cached_property
    def initials(self) -> str:
        return "".join(sorted(sound[0] for sound in self.sounds))

    @cached_property
    def has_initial(self) -> bool:
        return any(len(word) == 1 for word in self.words)

    @cached_property
    def skeletons(self) -> tuple[str, ...]:
        return tuple(sorted({skeleton_word(sound) for sound in self.sounds}))


def fold_name(full_name: str) -> FoldedName:
    """Strip titles and marks, put the father's name apart and spell every word as today."""
    plain = unicodedata.normalize("NFKD", full_name.upper())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = _APOSTROPHES.sub("", plain)
    own, *fathers = _FATHER.split(plain, maxsplit=1)
    words = _strip_titles(own)
    if not words:
        # Binti is also a woman's own name.
        words, fathers = _strip_titles(plain), []
    return FoldedName(
        words=_spell(words), father=_spell(_strip_titles(fathers[0])) if fathers else ()
    )


def grade_names(left: FoldedName, right: FoldedName) -> NameGrade:
    """The highest rung on which both names stand."""
    if not left.words or not right.words:
        return NameGrade.DIFFERENT
    if left.spelled == right.spelled:
        return NameGrade.SPELLING
    if left.sound == right.sound or left.compact == right.compact:
        return NameGrade.SOUND
    if left.vowels == right.vowels:
        return NameGrade.VOWEL
    if _is_slip(left.sound, right.sound) or _is_slip(left.compact, right.compact):
        return NameGrade.SLIP
    if _is_short_slip(left.sound, right.sound):
        return NameGrade.SHORT_SLIP
    if is_shortened(left, right):
        return NameGrade.SHORTENED
    if _is_one_of(left, right) or _is_one_of(right, left):
        return NameGrade.ONE_WORD
    if jaro_winkler(left.sound, right.sound) >= SIMILAR:
        return NameGrade.SIMILAR
    return NameGrade.DIFFERENT


def is_shortened(left: FoldedName, right: FoldedName) -> bool:
    """Whether one name leaves out words of the other, or writes some as initials."""
    few, many = sorted((left, right), key=lambda name: len(name.words))
    if len(few.words) >= 2 and set(few.sounds) <= set(many.sounds):
        return True
    has_initial = left.has_initial or right.has_initial
    shared = set(left.sounds) & set(right.sounds)
    return bool(has_initial and shared and left.initials == right.initials)


def _is_one_of(few: FoldedName, many: FoldedName) -> bool:
    return len(few.words) == 1 and few.sounds[0] in many.sounds


def _is_slip(left: str, right: str) -> bool:
    """One slip of the pen in a name of six letters or more, two in one of twelve."""
    shorter = min(len(left), len(right))
    if shorter < SHORT_NAME or abs(len(left) - len(right)) > 2:
        return False
    return measure_edits(left, right) <= (2 if shorter >= LONG_NAME else 1)


def _is_short_slip(left: str, right: str) -> bool:
    shorter = min(len(left), len(right))
    return SHORTEST_NAME <= shorter < SHORT_NAME and measure_edits(left, right) == 1


def _strip_titles(text: str) -> list[str]:
    before_comma, *after = text.split(",")
    if not before_comma.strip() and after:
        before_comma = after[0]
    joined = _SPACED_TITLE.sub(r"\1\2", before_comma)
    words = _NOT_LETTERS.sub(" ", joined.replace(". ", " ").replace(".", " ")).split()
    dotless = _NOT_LETTERS.sub(" ", joined.replace(".", "")).split()
    if len(dotless) < len(words) and dotless and dotless[-1] in _TITLES_AFTER:
        words = dotless
    while len(words) > 1 and words[0] in _TITLES_BEFORE:
        del words[0]
    while len(words) > 1 and words[-1] in _TITLES_AFTER:
        if words[-1] in _TITLES_OR_NAMES and len(words) < 3:
            break
        del words[-1]
    return words


def _spell(words: list[str]) -> tuple[str, ...]:
    if len(words) > 1 and words[0] == "M":
        # A leading M. is Muhammad far more often than anything else.
        words = ["MUHAMAD", *words[1:]]
    return tuple(part for word in words for part in spell_word(word))
