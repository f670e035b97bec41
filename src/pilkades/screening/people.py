"""Two rows side by side: what they share, what differs, and why they may be one person.

Reasons are codes, so that they can be stored, counted and filtered; `REASON_TEXTS` says them. A
reason that speaks for one person and one that speaks against may both stand.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pilkades.screening.names import FoldedName, NameGrade, fold_name, grade_names
from pilkades.screening.papers import (
    NIK,
    Birth,
    DateGrade,
    NikGrade,
    grade_births,
    grade_niks,
    read_nik_birth,
)
from pilkades.text import Text

REASON_TEXTS: Mapping[str, Text] = {
    "nik-same": Text("NIK sama"),
    "nik-one-digit": Text("NIK berbeda satu angka"),
    "nik-two-digits": Text("NIK berbeda dua angka"),
    "nik-different": Text("NIK berbeda"),
    "nik-missing": Text("NIK salah satu baris kosong atau tidak lengkap"),
    "name-same": Text("nama sama"),
    "name-order": Text("nama sama, urutan kata berbeda"),
    "name-spelling": Text("nama sama, ejaan atau singkatan berbeda"),
    "name-title": Text("nama sama, gelar berbeda"),
    "name-sound": Text("nama berbunyi sama"),
    "name-slip": Text("nama berbeda satu atau dua huruf"),
    "name-shortened": Text("nama disingkat atau sebagian kata tidak ditulis"),
    "name-similar": Text("nama mirip"),
    "name-different": Text("nama berbeda"),
    "birth-same": Text("tanggal lahir sama"),
    "birth-swapped": Text("hari dan bulan lahir tertukar"),
    "birth-nik": Text("tanggal lahir di NIK cocok dengan baris lain"),
    "birth-one-part": Text("hari, bulan, atau tahun lahir berbeda"),
    "birth-different": Text("tanggal lahir berbeda"),
    "birth-missing": Text("tanggal lahir salah satu baris kosong"),
    "sex-different": Text("jenis kelamin berbeda"),
    "household-same": Text("KK sama"),
    "moved": Text("alamat berbeda: mungkin pindah rumah"),
    "village-different": Text("desa berbeda: mungkin pindah desa"),
}
_NIK_REASONS = {
    None: "nik-missing",
    NikGrade.SAME: "nik-same",
    NikGrade.ONE_DIGIT: "nik-one-digit",
    NikGrade.ONE_IN_SERIAL: "nik-one-digit",
    NikGrade.TWO_DIGITS: "nik-two-digits",
    NikGrade.DIFFERENT: "nik-different",
}
_NAME_REASONS = {
    NameGrade.SOUND: "name-sound",
    NameGrade.VOWEL: "name-sound",
    NameGrade.SLIP: "name-slip",
    NameGrade.SHORT_SLIP: "name-slip",
    NameGrade.SHORTENED: "name-shortened",
    NameGrade.ONE_WORD: "name-shortened",
    NameGrade.SIMILAR: "name-similar",
    NameGrade.DIFFERENT: "name-different",
}
_DATE_REASONS = {
    DateGrade.SAME: "birth-same",
    DateGrade.SWAPPED: "birth-swapped",
    DateGrade.NIK_SAYS: "birth-nik",
    DateGrade.ONE_PART: "birth-one-part",
    DateGrade.SAME_YEAR: "birth-different",
    DateGrade.DIFFERENT: "birth-different",
}


@dataclass(frozen=True, kw_only=True)
class Person:
    """What the search knows of one row; lives in memory only and shows nothing in a traceback."""

    id: int
    village: str
    full_name: str = field(repr=False)
    nik: str = field(default="", repr=False)
    kk: str = field(default="", repr=False)
    sex: str = ""
    birth: Birth | None = field(default=None, repr=False)
    birth_place: str = ""
    marital_status: str = ""
    occupation: str = ""
    rt: str = ""
    rw: str = ""

    @property
    def name(self) -> FoldedName:
        return fold_name(self.full_name)

    @property
    def sound_nik(self) -> str:
        """The NIK where it has sixteen digits, else nothing."""
        return self.nik if NIK.fullmatch(self.nik) else ""


def explain_pair(left: Person, right: Person) -> tuple[str, ...]:
    """The reasons for and against one person, most telling first."""
    reasons = [
        _NIK_REASONS[grade_niks(left.nik, right.nik)],
        _explain_names(left.full_name, right.full_name),
        _explain_births(left, right),
    ]
    if left.sex and right.sex and left.sex != right.sex:
        reasons.append("sex-different")
    return (*reasons, *_explain_place(left, right))


def _explain_names(left: str, right: str) -> str:
    grade = grade_names(fold_name(left), fold_name(right))
    if grade is not NameGrade.SPELLING:
        return _NAME_REASONS[grade]
    plain_left, plain_right = left.upper().split(), right.upper().split()
    if plain_left == plain_right:
        return "name-same"
    if sorted(plain_left) == sorted(plain_right):
        return "name-order"
    bare_left, bare_right = (
        {word.strip(".,") for word in words} for words in (plain_left, plain_right)
    )
    is_title = bare_left < bare_right or bare_right < bare_left
    return "name-title" if is_title else "name-spelling"


def _explain_births(left: Person, right: Person) -> str:
    if left.birth is None or right.birth is None:
        return "birth-missing"
    grade = grade_births(
        left.birth,
        right.birth,
        left_nik=read_nik_birth(left.nik),
        right_nik=read_nik_birth(right.nik),
    )
    return _DATE_REASONS[grade]


def _explain_place(left: Person, right: Person) -> tuple[str, ...]:
    if left.village != right.village:
        return ("village-different",)
    if left.kk and left.kk == right.kk:
        return ("household-same",)
    return ("moved",) if (left.rw, left.rt) != (right.rw, right.rt) else ()
