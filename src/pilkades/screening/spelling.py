"""One word of an Indonesian name, freed of the ways in which the same word is written.

Three depths, each made from the one before: `spell_word` undoes orthography only (the spelling of
before 1972, doubled letters, Arabic transcriptions, common abbreviations), so that equal results
are the same name; `sound_word` merges what clerks confuse by ear (o/a, sy/s, f/p/v, final d/t and
silent h), so that equal results are probably the same name; `skeleton_word` keeps the consonants,
good only for finding candidates. Not tried: the old j for y in a word without another old
letter (Jatno, Yatno), since a j of today looks the same; the edit distance sees to it.
"""

import re
from functools import lru_cache

CACHE_WORDS = 200_000
_MUHAMMAD = re.compile(r"M[OU]?(?:C?H|KH)+[AU]?M*[AE]?[DT]?")
_MUHAMMAD_SHORT = frozenset({"MD", "MHD", "MHMD", "MUHD", "MOHD", "MOH", "MUH", "MOCH", "MUCH"})
_AHMAD = re.compile(r"A(?:C?H|KH)+M+[AE][DT]|ACH|AHM")
_ABDUL = re.compile(r"ABD(?:[UO]|OE)?[LR]?")
_ABDUL_JOINED = re.compile(r"ABD(?:U|OE|O)(?:L|([RSNTDZJ])(?=\1)|(?=[RSNTDZJ]))(?=[^L])(.{4,})")
_SAME_WORD = {
    "ST": "SITI", "STI": "SITI", "CITI": "SITI", "SITTI": "SITI",
    "NOR": "NUR", "NOOR": "NUR", "NOER": "NUR", "NUER": "NUR",
    "ABDULAH": "ABDULAH", "ABDILAH": "ABDULAH", "DULAH": "DULAH",
    "SY": "SYEH", "YUSUP": "YUSUF", "JUSUF": "YUSUF", "JUSUP": "YUSUF",
    "IBROHIM": "IBRAHIM", "ISMAEL": "ISMAIL", "DEWIE": "DEWI", "SRIE": "SRI",
}  # fmt: skip
_IS_OLD = re.compile(r"DJ|TJ|SJ")
_OLD_SPELLING = (("DJ", "*"), ("TJ", "C"), ("SJ", "SY"), ("J", "Y"), ("*", "J"))
_TRANSCRIBED = (
    ("KH", "H"), ("CH", "H"), ("Q", "K"), ("X", "KS"), ("PH", "F"), ("DH", "D"), ("TH", "T"),
    ("BH", "B"), ("GH", "G"), ("SH", "SY"), ("CK", "K"), ("V", "F"), ("AE", "AI"), ("IE", "I"),
    ("OE", "U"),
)  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")
_VOWEL_Y = re.compile(r"Y(?![AEIOU])")
_HEARD = (("SY", "S"), ("TS", "S"), ("DZ", "S"), ("Z", "S"), ("F", "P"), ("EI", "I"), ("O", "A"))
_FINAL = str.maketrans({"D": "T", "B": "P", "G": "K"})
_NOT_CONSONANTS = re.compile(r"[AEIOUYHW]")


@lru_cache(maxsize=CACHE_WORDS)
def spell_word(word: str) -> tuple[str, ...]:
    """The word in today's orthography; two words where two are written as one (Abdurrahman)."""
    if word in _MUHAMMAD_SHORT or (len(word) >= 5 and _MUHAMMAD.fullmatch(word)):
        return ("MUHAMAD",)
    if _AHMAD.fullmatch(word):
        return ("AHMAD",)
    if _ABDUL.fullmatch(word):
        return ("ABDUL",)
    joined = _ABDUL_JOINED.fullmatch(word)
    if joined:
        return ("ABDUL", _modernise(joined[2]))
    spelled = _modernise(word)
    return (_SAME_WORD.get(word) or _SAME_WORD.get(spelled, spelled),)


@lru_cache(maxsize=CACHE_WORDS)
def sound_word(spelled: str) -> str:
    """What a spelled word sounds like to whoever writes it down."""
    if len(spelled) < 3:
        return spelled
    heard = spelled
    for written, sound in _HEARD:
        heard = heard.replace(written, sound)
    heard = heard[:-1] if heard.endswith("H") else heard
    heard = heard[:-1] + heard[-1:].translate(_FINAL)
    return _DOUBLED.sub(r"\1", heard)


@lru_cache(maxsize=CACHE_WORDS)
def skeleton_word(sound: str) -> str:
    """First letter and consonants of a sound, at most four letters."""
    return (sound[:1] + _DOUBLED.sub(r"\1", _NOT_CONSONANTS.sub("", sound[1:])))[:4]


def _modernise(word: str) -> str:
    rules = (*_OLD_SPELLING, *_TRANSCRIBED) if _IS_OLD.search(word) else _TRANSCRIBED
    for old, new in rules:
        word = word.replace(old, new)
    return _DOUBLED.sub(r"\1", _VOWEL_Y.sub("I", word))
