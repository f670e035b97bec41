"""The same name as another clerk writes it: habits of spelling, of titles, and slips of the hand.

Collected from how lists in Indonesia differ, and kept apart from the code that searches for
duplicates, so that the search is measured on habits it was not written from.
"""

import re
from bisect import bisect
from collections.abc import Callable
from itertools import accumulate
from random import Random

MUHAMMAD = (
    "Muhammad", "Muhamad", "Mohammad", "Mohamad", "Mochamad", "Mochammad", "Mukhamad", "Moh.",
    "Muh.", "Moch.", "Mhd.", "M.", "Mohd", "Mohamed", "Muchamad", "Muhammed",
)  # fmt: skip
AHMAD = ("Ahmad", "Achmad", "Akhmad", "Ach.", "Akh.", "Achmat", "Ahmat")
ABDUL = ("Abdul", "Abd.", "Abdoel", "Abd", "Abdull")
SITI = ("Siti", "St.", "Sitti", "Sti", "Siti.")
NUR = ("Nur", "Noor", "Nor", "Noer")
FAMILIES = (MUHAMMAD, AHMAD, ABDUL, SITI, NUR)
HEARD = (
    ("u", "oe"), ("oe", "u"), ("j", "dj"), ("y", "j"), ("c", "tj"), ("o", "a"), ("a", "o"),
    ("i", "e"), ("e", "i"), ("ai", "ae"), ("ae", "ai"), ("iy", "i"), ("ia", "iya"), ("y", "i"),
    ("f", "p"), ("p", "f"), ("v", "f"), ("z", "j"), ("z", "s"), ("kh", "h"), ("h", "kh"),
    ("q", "k"), ("k", "q"), ("dh", "d"), ("d", "dh"), ("th", "t"), ("t", "th"), ("sy", "s"),
    ("s", "sy"), ("ks", "x"), ("d", "t"), ("ie", "i"), ("uw", "u"), ("ua", "uwa"), ("sh", "s"),
)  # fmt: skip
TITLES = {"L": ("H. ", "Bpk. ", "Drs. "), "P": ("Hj. ", "Ibu ", "Ny. ")}
DEGREES = (", S.Pd", ", SE", ", SH", ", S.Pd.I")
KEYS = "qwertyuiop asdfghjkl zxcvbnm"
_TITLE = re.compile(r"^(?:(?:H|Hj|Drs|Dra|Ir|Haji|Hajjah|Bpk)\.? )+|, ?[A-Z][A-Za-z.]+$")
_FATHER = re.compile(r" (?:bin|binti) .*$")
_TITLE_SHARE = 0.3


def vary_name(*, rng: Random, name: str, sex: str) -> str:
    """Another way to write the name; never the name itself."""
    for _ in range(20):
        habit = HABITS[bisect(_BOUNDS, rng.random() * _BOUNDS[-1])]
        varied = " ".join(habit(rng, name, sex).split())
        if varied.casefold() != name.casefold() and len(varied) > 2:
            return varied
    return f"{name[:-1]}{name[-1]}{name[-1]}"


def _change_known_word(rng: Random, name: str, sex: str) -> str:
    """Muhammad, Ahmad, Abdul, Siti and Nur are each written in many ways."""
    words = name.split(" ")
    for place, word in enumerate(words):
        for family in FAMILIES:
            if word in family:
                words[place] = rng.choice([other for other in family if other != word])
                return " ".join(words)
    return name


def _change_sound(rng: Random, name: str, sex: str) -> str:
    """One sound written another way, at one place."""
    lowered = name.lower()
    for _ in range(12):
        old, new = rng.choice(HEARD)
        places = [match.start() for match in re.finditer(old, lowered)]
        if places:
            place = rng.choice(places)
            changed = name[:place] + new + name[place + len(old) :]
            return " ".join(word[:1].upper() + word[1:] for word in changed.split(" "))
    return name


def _change_doubling(rng: Random, name: str, sex: str) -> str:
    """A doubled letter becomes single, or a single consonant double."""
    doubled = list(re.finditer(r"([a-z])\1", name))
    if doubled and rng.random() < 0.7:
        match = rng.choice(doubled)
        return name[: match.start()] + name[match.start() + 1 :]
    places = [m.start() for m in re.finditer(r"(?<=[aiueo])[mnlrtsd](?=[aiueo])", name)]
    if not places:
        return name
    place = rng.choice(places)
    return name[:place] + name[place] + name[place:]


def _change_title(rng: Random, name: str, sex: str) -> str:
    """A title left out, or one that another list has."""
    bare = _TITLE.sub("", name)
    if bare != name:
        return bare
    if rng.random() < _TITLE_SHARE:
        return name + rng.choice(DEGREES)
    return rng.choice(TITLES[sex]) + name


def _change_father(rng: Random, name: str, sex: str) -> str:
    """ "bin" and the father's name left out, or added."""
    bare = _FATHER.sub("", name)
    if bare != name:
        return bare
    link = "bin" if sex == "L" else rng.choice(("binti", "bt."))
    return f"{name} {link} {rng.choice(('Slamet', 'Kasiman', 'Ali', 'Sukarno', 'Umar', 'Saleh'))}"


def _shorten(rng: Random, name: str, sex: str) -> str:
    """A word as its first letter, or the middle one left out."""
    words = name.split(" ")
    if len(words) > 2 and rng.random() < 0.5:
        del words[rng.randrange(1, len(words) - 1)]
    elif len(words) > 1:
        place = rng.randrange(1, len(words))
        words[place] = f"{words[place][0]}."
    return " ".join(words)


def _join_or_split(rng: Random, name: str, sex: str) -> str:
    """Nur Hayati and Nurhayati."""
    words = name.split(" ")
    if len(words) > 1:
        place = rng.randrange(len(words) - 1)
        joined = words[place] + words[place + 1].lower()
        return " ".join([*words[:place], joined, *words[place + 2 :]])
    for start in ("Nur", "Abdul", "Sri", "Siti"):
        if name.startswith(start) and len(name) > len(start) + 3:
            return f"{start} {name[len(start) :].capitalize()}"
    return name


def _change_order(rng: Random, name: str, sex: str) -> str:
    words = name.split(" ")
    if len(words) < 2 or "." in name or "," in name or " bin" in name:
        return name
    return " ".join([*words[1:], words[0]])


def _slip(rng: Random, name: str, sex: str) -> str:
    """Two letters exchanged, one left out, one twice, or the key beside it."""
    place = rng.randrange(1, max(len(name) - 1, 2))
    letter = name[place : place + 1]
    kind = rng.randrange(4)
    if not letter.islower():
        return name
    if kind == 0 and name[place + 1 : place + 2].islower():
        return name[:place] + name[place + 1] + letter + name[place + 2 :]
    if kind == 1:
        return name[:place] + name[place + 1 :]
    if kind == 2:
        return name[:place] + letter + name[place:]
    beside = KEYS.find(letter)
    key = KEYS[beside + 1 : beside + 2] or KEYS[beside - 1]
    return name[:place] + (key if key != " " else KEYS[beside - 1]) + name[place + 1 :]


Habit = Callable[[Random, str, str], str]
_WEIGHED: tuple[tuple[Habit, float], ...] = (
    (_change_known_word, 14),
    (_change_sound, 30),
    (_change_doubling, 9),
    (_change_title, 10),
    (_change_father, 4),
    (_shorten, 7),
    (_join_or_split, 6),
    (_change_order, 3),
    (_slip, 17),
)
HABITS = tuple(habit for habit, _ in _WEIGHED)
_BOUNDS = tuple(accumulate(weight for _, weight in _WEIGHED))
