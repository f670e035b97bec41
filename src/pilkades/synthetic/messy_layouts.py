"""How a village keeps its list: which columns, under which words, in which order, what around it.

A column is named by what it holds: a column of the roll, or `birth` (place and day in one),
`rt_rw`, `sex_L` and `sex_P` (two ticks under one heading), or "" for what no roll has.
"""

from dataclasses import dataclass
from random import Random

PLAIN = {
    "nik": ("NIK", "N I K", "No. NIK", "Nomor Induk Kependudukan", "NIK / No. KTP", "NO.KTP"),
    "kk": ("No. KK", "NO KK", "Nomor KK", "N K K", "No. Kartu Keluarga"),
    "full_name": ("Nama Lengkap", "NAMA", "Nama Pemilih", "N A M A", "Nama Penduduk"),
    "sex": ("L/P", "JK", "Jenis Kelamin", "Jns. Kel", "Jenis Kelamin (L/P)"),
    "birth_place": ("Tempat Lahir", "TMPT LAHIR", "Tmp. Lahir"),
    "birth_date": ("Tgl Lahir", "Tanggal Lahir", "TGL. LAHIR", "Tgl.\nLahir"),
    "birth": ("Tempat/Tanggal Lahir", "Tempat, Tgl Lahir", "TTL", "Tempat & Tanggal Lahir"),
    "marital_status": ("Status", "Status Perkawinan", "Status Kawin (B/S/P)", "B/S/P"),
    "address": ("Alamat", "ALAMAT RUMAH", "Jalan / Dukuh", "Alamat Tempat Tinggal"),
    "rt": ("RT", "R T", "No. RT"),
    "rw": ("RW", "R W", "No. RW"),
    "rt_rw": ("RT/RW", "RT / RW", "RT-RW"),
    "hamlet": ("Dusun", "DUSUN", "Dsn", "Dusun/Dukuh"),
    "disability": ("Disabilitas", "Penyandang Disabilitas", "Difabel", "Jenis Disabilitas"),
    "occupation": ("Pekerjaan", "Jenis Pekerjaan"),
    "phone": ("No. HP", "No HP/WA", "Telp"),
    "note": ("Ket", "Keterangan", "KET."),
}
TITLES = ("DAFTAR PEMILIH SEMENTARA (DPS)", "DATA PEMILIH PILKADES", "DAFTAR NAMA PEMILIH")
ALWAYS = ("nik", "full_name", "marital_status", "address", "hamlet")
SOMETIMES = ("kk", "disability", "occupation", "phone", "note")


@dataclass(frozen=True, slots=True)
class Column:
    """Kolom: what it holds, its heading, and the heading of a merged cell above it."""

    target: str
    heading: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class MessyLayout:
    """Tata letak of one sheet, and the habits of whoever typed it."""

    columns: tuple[Column, ...]
    title_rows: tuple[str, ...]
    is_numbered: bool
    has_hamlet_rows: bool
    repeats_header: bool
    has_total: bool
    is_upper_case: bool
    date_form: str
    sex_words: tuple[str, str]

    @property
    def targets(self) -> frozenset[str]:
        return frozenset(column.target for column in self.columns)

    @property
    def has_groups(self) -> bool:
        return any(column.group for column in self.columns)


def draw_layout(*, rng: Random, title: str = "") -> MessyLayout:
    """A layout with every column that a roll needs, in some order."""
    parts = [[_pick(rng, name)] for name in ALWAYS]
    parts += [[_pick(rng, name)] for name in SOMETIMES if rng.random() < 0.75]
    parts.append(_draw_birth(rng))
    parts.append(_draw_sex(rng))
    is_pair = rng.random() < 0.4
    parts.append([_pick(rng, "rt_rw")] if is_pair else [_pick(rng, "rt"), _pick(rng, "rw")])
    rng.shuffle(parts)
    columns = [
        Column("", rng.choice(("No", "NO.", "No. Urut"))),
        *(c for part in parts for c in part),
    ]
    lines = tuple(filter(None, (rng.choice(TITLES), title, "TAHUN 2026")))
    return MessyLayout(
        columns=tuple(columns),
        title_rows=lines[: rng.randrange(len(lines) + 1)],
        is_numbered=rng.random() < 0.3,
        has_hamlet_rows=rng.random() < 0.25,
        repeats_header=rng.random() < 0.25,
        has_total=rng.random() < 0.7,
        is_upper_case=rng.random() < 0.5,
        date_form=rng.choice(("cell", "cell", "dashes", "slashes", "words")),
        sex_words=rng.choice((("L", "P"), ("L", "P"), ("Laki-laki", "Perempuan"), ("LK", "PR"))),
    )


def _draw_birth(rng: Random) -> list[Column]:
    """One column, two, or two under a merged heading."""
    kind = rng.random()
    if kind < 0.4:
        return [_pick(rng, "birth")]
    if kind < 0.75:
        return [_pick(rng, "birth_place"), _pick(rng, "birth_date")]
    return [Column("birth_place", "Tempat", "Lahir"), Column("birth_date", "Tanggal", "Lahir")]


def _draw_sex(rng: Random) -> list[Column]:
    if rng.random() < 0.8:
        return [_pick(rng, "sex")]
    group = "Jenis Kelamin"
    return [Column("sex_L", "L", group), Column("sex_P", "P", group)]


def _pick(rng: Random, target: str) -> Column:
    return Column(target, rng.choice(PLAIN[target]))
