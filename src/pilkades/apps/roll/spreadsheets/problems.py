"""What can be wrong in a row, and what would mend it.

Every kind has a stable code. A kind that blocks keeps its row out of the roll until it is mended or
the row is left out; one that warns is shown and may stay.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pilkades.text import Text


class Severity(StrEnum):
    BLOCK = "block"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Kind:
    """Jenis masalah: its short title for lists, and whether it keeps a row out."""

    title: Text
    severity: Severity


def _block(title: Text) -> Kind:
    return Kind(title, Severity.BLOCK)


def _warn(title: Text) -> Kind:
    return Kind(title, Severity.WARN)


KINDS: Mapping[str, Kind] = {
    "nik.missing": _warn(Text("NIK tidak ada")),
    "nik.length": _block(Text("NIK tidak 16 angka")),
    "nik.lost-digits": _block(Text("Angka akhir NIK hilang di Excel")),
    "nik.letters": _block(Text("Huruf di dalam NIK")),
    "nik.separators": _block(Text("Spasi atau tanda di dalam NIK")),
    "nik.unreadable": _block(Text("NIK bukan angka")),
    "nik.placeholder": _block(Text("NIK hanya pengisi")),
    "nik.impossible-birth": _warn(Text("Tanggal di dalam NIK tidak mungkin")),
    "nik.birth-date": _warn(Text("Tanggal lahir berbeda dari NIK")),
    "nik.sex": _warn(Text("Jenis kelamin berbeda dari NIK")),
    "nik.other-region": _warn(Text("NIK dari wilayah lain")),
    "nik.twice": _block(Text("NIK ganda di berkas ini")),
    "nik.on-roll": _block(Text("Sudah ada di daftar")),
    "kk.unreadable": _block(Text("Nomor KK tidak 16 angka")),
    "kk.lost-digits": _block(Text("Angka akhir nomor KK hilang di Excel")),
    "kk.mend": _block(Text("Huruf atau tanda di dalam nomor KK")),
    "name.missing": _block(Text("Nama tidak ada")),
    "name.digits": _block(Text("Angka di dalam nama")),
    "sex.missing": _block(Text("Jenis kelamin tidak ada")),
    "sex.unknown": _block(Text("Jenis kelamin tidak dikenal")),
    "sex.both": _block(Text("L dan P dicentang bersamaan")),
    "date.missing": _warn(Text("Tanggal lahir tidak ada")),
    "date.unreadable": _block(Text("Tanggal lahir tidak terbaca")),
    "date.no-such-day": _block(Text("Tanggal lahir tidak ada di kalender")),
    "date.leap-day": _block(Text("29 Februari di tahun yang bukan kabisat")),
    "date.month-first": _block(Text("Bulan tertulis sebelum tanggal")),
    "date.year-only": _block(Text("Hanya tahun lahir")),
    "date.serial": _warn(Text("Tanggal lahir berupa angka Excel")),
    "date.century": _warn(Text("Tahun lahir dua angka")),
    "date.future": _block(Text("Tanggal lahir di masa depan")),
    "date.too-old": _block(Text("Umur lebih dari 120 tahun")),
    "marital.missing": _warn(Text("Status perkawinan tidak ada")),
    "marital.unknown": _block(Text("Status perkawinan tidak dikenal")),
    "disability.unknown": _block(Text("Jenis disabilitas tidak dikenal")),
    "document.unknown": _block(Text("Dokumen identitas tidak dikenal")),
    "rt.missing": _warn(Text("RT tidak ada")),
    "rt.unreadable": _block(Text("RT bukan angka")),
    "rw.missing": _warn(Text("RW tidak ada")),
    "rw.unreadable": _block(Text("RW bukan angka")),
    "rt-rw.unreadable": _block(Text("RT/RW tidak terbaca")),
    "rt-rw.became-date": _block(Text("RT/RW menjadi tanggal di Excel")),
    "hamlet.missing": _warn(Text("Dusun tidak ada")),
    "hamlet.unknown": _block(Text("Dusun tidak dikenal")),
    "resident.unreadable": _block(Text("Tanggal menetap tidak terbaca")),
    "phone.unreadable": _block(Text("Nomor HP tidak terbaca")),
    "cell.formula": _block(Text("Isi yang dapat berjalan sebagai rumus")),
    "cell.too-long": _block(Text("Isi terlalu panjang")),
}


@dataclass(frozen=True, slots=True)
class Mending:
    """Perbaikan yang ditawarkan: what it would write into which fields.

    Two rows are offered the same mending when `key` is equal; that is what "mend all of this kind"
    goes by. `new_hamlet` is the hamlet that the mending adds to the village.
    """

    key: str
    text: Text
    changes: Mapping[str, str]
    new_hamlet: str = ""

    @property
    def bulk_text(self) -> Text:
        """What it does in many rows at once; its own text where that names no single row."""
        return _BULK_TEXTS.get(self.key, self.text)


_BULK_TEXTS: Mapping[str, Text] = {
    "accept:serial": Text("Terima tanggal yang terbaca"),
    "accept:century": Text("Terima tahun yang terbaca"),
    "offer:unreadable": Text("Jadikan huruf mirip sebagai angka"),
    "offer:month-first": Text("Tukar tanggal dan bulan"),
    "offer:future": Text("Mundurkan seratus tahun"),
    "offer:too-old": Text("Majukan seratus tahun"),
    "swap": Text("Tukar tanggal dan bulan"),
    "date-from-nik": Text("Pakai tanggal lahir dari NIK"),
    "sex-from-nik": Text("Ikuti jenis kelamin di NIK"),
    "name-without-number": Text("Hapus angka di awal dan akhir nama"),
    "name-letters": Text("Jadikan angka mirip huruf sebagai huruf"),
    "number:rt": Text("Jadikan angka"),
    "number:rw": Text("Jadikan angka"),
    "rt-rw-digits": Text("Jadikan angka"),
    "date-to-rt-rw": Text("Kembalikan tanggal menjadi RT dan RW"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Masalah di satu baris: its kind, the field it stands at, and the mendings, best first."""

    code: str
    field: str
    text: Text
    mendings: tuple[Mending, ...] = ()

    @property
    def severity(self) -> Severity:
        return KINDS[self.code].severity

    @property
    def is_blocking(self) -> bool:
        return self.severity is Severity.BLOCK


@dataclass(slots=True)
class Finding:
    """What is found while one row is read: values that hold, and problems."""

    values: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add(self, code: str, at: str, text: Text, *mendings: Mending) -> None:
        self.problems.append(Problem(code, at, text, mendings))


def clear(name: str, text: Text) -> Mending:
    """Leave the field empty, to be completed later."""
    return Mending(f"clear:{name}", text, {name: ""})
