"""An edition of the official list of regions, read from four CSV files or refused.

Pure. The files are those of the package idn-area-data (provinces, regencies, districts, villages);
each row carries its code, its parent's code and its name. Every fault is reported with file and
line, up to `MAX_FAULTS`; an edition with one fault is no edition. Left out: islands, and judging
whether the list is the newest.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pilkades.errors import MalformedInputError
from pilkades.text import Text

MAX_FAULTS = 50
MAX_NAME_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Level:
    """One level of the hierarchy and the file that lists it."""

    id: str
    file_name: str
    header: tuple[str, ...]
    code: re.Pattern[str]


PROVINCES = Level("province", "provinces.csv", ("code", "name"), re.compile(r"\d{2}"))
REGENCIES = Level(
    "regency", "regencies.csv", ("code", "province_code", "name"), re.compile(r"\d{2}\.\d{2}")
)
DISTRICTS = Level(
    "district",
    "districts.csv",
    ("code", "regency_code", "name"),
    re.compile(r"\d{2}\.\d{2}\.\d{2}"),
)
VILLAGES = Level(
    "village",
    "villages.csv",
    ("code", "district_code", "name"),
    re.compile(r"\d{2}\.\d{2}\.\d{2}\.[123]\d{3}"),
)
LEVELS = (PROVINCES, REGENCIES, DISTRICTS, VILLAGES)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a file."""

    file_name: str
    line: int
    text: Text


@dataclass(frozen=True, slots=True)
class Edition:
    """Names by code, for each level."""

    names: Mapping[str, Mapping[str, str]]

    def count(self) -> dict[str, int]:
        """How many regions each level has."""
        return {level.id: len(self.names[level.id]) for level in LEVELS}


class EditionError(MalformedInputError):
    """The files are not an edition; `faults` says where."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        first = faults[0]
        super().__init__(
            "regions.edition",
            Text(
                "Data wilayah tidak dapat dipakai: {file} baris {line}: {fault} "
                "Kesalahan yang ditemukan: {count}. Tidak ada data yang diubah.",
                file=first.file_name,
                line=first.line,
                fault=first.text,
                count=len(faults),
            ),
        )
        self.faults = faults


@dataclass(slots=True)
class _Faults:
    found: list[Fault] = field(default_factory=list)

    def add(self, level: Level, line: int, text: Text) -> None:
        self.found.append(Fault(level.file_name, line, text))
        if len(self.found) >= MAX_FAULTS:
            raise EditionError(tuple(self.found))


def parse_edition(files: Mapping[str, bytes]) -> Edition:
    """Read the four files, keyed by file name; raises `EditionError` with every fault."""
    faults = _Faults()
    names: dict[str, dict[str, str]] = {}
    parents: Mapping[str, str] = {}
    for level in LEVELS:
        parents = names[level.id] = _parse_level(level, files[level.file_name], parents, faults)
    if faults.found:
        raise EditionError(tuple(faults.found))
    return Edition(names)


def get_parent_code(code: str) -> str:
    """The code one level up; empty for a province."""
    return code.rpartition(".")[0]


def _parse_level(
    level: Level, data: bytes, parents: Mapping[str, str], faults: _Faults
) -> dict[str, str]:
    names: dict[str, str] = {}
    for line, row in _read_rows(level, data, faults):
        fault = _check_row(level, row, parents, names)
        if fault is None:
            names[row[0]] = row[-1]
        else:
            faults.add(level, line, fault)
    if not names and not faults.found:
        faults.add(level, 1, Text("Tidak ada satu pun wilayah di berkas ini."))
    return names


def _read_rows(level: Level, data: bytes, faults: _Faults) -> Iterator[tuple[int, list[str]]]:
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        faults.add(level, line, Text("Berkas bukan teks UTF-8. Simpan ulang sebagai CSV UTF-8."))
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        if tuple(header) != level.header:
            expected, found = ",".join(level.header), ",".join(header)[:80]
            faults.add(
                level,
                1,
                Text(
                    "Judul kolom seharusnya {expected}, tertulis {found}.",
                    expected=expected,
                    found=found,
                ),
            )
            return
        for row in reader:
            yield reader.line_num, row
    except csv.Error:
        faults.add(level, reader.line_num, Text("Tanda kutip atau pemisah kolom rusak."))


def _check_row(
    level: Level, row: list[str], parents: Mapping[str, str], names: Mapping[str, str]
) -> Text | None:
    if len(row) != len(level.header):
        return Text("Jumlah kolom seharusnya {expected}.", expected=len(level.header))
    code, name = row[0], row[-1]
    if not level.code.fullmatch(code):
        return Text("Kode wilayah {code} tidak sah untuk tingkat ini.", code=code[:20])
    if code in names:
        return Text("Kode {code} tertulis dua kali.", code=code)
    if level is not PROVINCES:
        if row[1] != get_parent_code(code):
            return Text("Kode {code} tidak berada di bawah {parent}.", code=code, parent=row[1])
        if row[1] not in parents:
            return Text("Wilayah induk {parent} tidak ada dalam daftar.", parent=row[1])
    return _check_name(level, name)


def _check_name(level: Level, name: str) -> Text | None:
    if not name or name != name.strip() or not name.isprintable() or len(name) > MAX_NAME_LENGTH:
        return Text("Nama wilayah kosong, terlalu panjang, atau memuat tanda yang tidak sah.")
    if level is REGENCIES and not name.startswith(("Kabupaten ", "Kota ")):
        return Text("Nama {name} tidak diawali Kabupaten atau Kota.", name=name)
    return None
