"""Names of regions in the one spelling that searching and comparing use.

Pure. Letters and digits in lower case, words parted by one space, accents and apostrophes gone:
`Tamba"an`, `Regapu’u` and `Grong-grong` become `tambaan`, `regapuu` and `grong grong`. The name
that is shown is never changed.
"""

import re
import unicodedata

_APOSTROPHES = re.compile("[\"'`´’‘ʻʼ“”]")
_OTHERS = re.compile(r"[^a-z0-9]+")
# What people write before a name, and what no name is found by.
_KIND_WORDS = frozenset(
    [
        "desa",
        "kelurahan",
        "kel",
        "kecamatan",
        "kec",
        "distrik",
        "kabupaten",
        "kab",
        "kota",
        "provinsi",
        "prov",
    ]
)


def normalise_name(name: str) -> str:
    """The name as search and comparison see it."""
    kept = _APOSTROPHES.sub("", unicodedata.normalize("NFKD", name))
    letters = kept.encode("ascii", "ignore").decode().lower()
    return _OTHERS.sub(" ", letters).strip()


def split_query(query: str) -> tuple[str, ...]:
    """The words to search for, without "Desa", "Kec." and the like unless nothing else is left."""
    words = normalise_name(query).split()
    telling = tuple(word for word in words if word not in _KIND_WORDS)
    return telling or tuple(words)
