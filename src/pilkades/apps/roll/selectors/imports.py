"""Imports of a village's roll: what was read, what is wrong in it, and what it would add."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.regions.selectors import list_hamlets
from pilkades.apps.roll.models import ImportRow, RollEntry, RollImport
from pilkades.apps.roll.spreadsheets.extraction import (
    BLANK,
    HEADER,
    NUMBERING,
    OTHER,
    SECTION,
    TOTAL,
)
from pilkades.apps.roll.spreadsheets.fields import PARTS
from pilkades.apps.roll.spreadsheets.judging import Reading, Setting, describe_raw, judge_row
from pilkades.apps.roll.spreadsheets.judging_places import HamletNames
from pilkades.apps.roll.spreadsheets.problems import KINDS, Mending, Problem, Severity
from pilkades.text import Text

TWICE, ON_ROLL = "nik.twice", "nik.on-roll"
LEFT_OUT = "left-out"
SKIP_REASONS: Mapping[str, Text] = {
    f"line.{BLANK}": Text("Baris kosong"),
    f"line.{TOTAL}": Text("Baris jumlah"),
    f"line.{HEADER}": Text("Judul kolom yang berulang"),
    f"line.{NUMBERING}": Text("Nomor kolom"),
    f"line.{SECTION}": Text("Judul bagian"),
    f"line.{OTHER}": Text("Bukan data orang"),
    LEFT_OUT: Text("Ditinggalkan"),
}
MENDINGS_SAMPLE_ROWS = 3_000


@dataclass(frozen=True, slots=True)
class RowReading:
    """One row as it is shown: what it says and everything wrong with it, twins included."""

    row: ImportRow
    raw: Mapping[str, str]
    reading: Reading
    problems: tuple[Problem, ...]

    @property
    def birth_date(self) -> date | None:
        value = self.reading.values.get("birth_date")
        return date.fromisoformat(value) if value else None

    @property
    def skip_reason(self) -> Text | None:
        return next((SKIP_REASONS[c] for c in split_codes(self.row.codes) if c in SKIP_REASONS),
                    None)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ImportCounts:
    """How many rows of an import are what."""

    ready: int
    warned: int
    blocked: int
    skipped: int
    left_out: int
    mended: int

    @property
    def accepted(self) -> int:
        """How many people the import would write."""
        return self.ready + self.warned


@dataclass(frozen=True, slots=True)
class KindCount:
    """One kind of problem with the number of its rows."""

    code: str
    title: Text
    severity: Severity
    count: int

    @property
    def is_blocking(self) -> bool:
        return self.severity is Severity.BLOCK


@dataclass(frozen=True, slots=True)
class BulkMending:
    """A mending that several rows of one kind are offered."""

    key: str
    text: Text
    count: int


def list_imports(context: VillageElection) -> QuerySet[RollImport]:
    """All imports of this election's roll, the newest first."""
    found = RollImport.objects.filter(roll__election=context.election)
    return found.select_related("roll", "created_by", "decided_by")


def find_import(context: VillageElection, import_uuid: UUID) -> RollImport | None:
    """One import of this election."""
    return list_imports(context).filter(uuid=import_uuid).first()


def build_setting(context: VillageElection, source: RollImport, *, now: datetime) -> Setting:
    """What the rows of an import are read against."""
    targets = set(source.columns.values())
    parts = {part for target in targets for part in PARTS.get(target, (target,))}
    names = [*list_hamlets(context.village_code).values_list("name", flat=True)]
    return Setting(
        today=context.local_date(now),
        district_digits=context.village_code.replace(".", "")[:6],
        hamlets=HamletNames.of([*names, *source.new_hamlets]),
        fields=frozenset(parts),
    )


def read_row(row: ImportRow, setting: Setting) -> Reading:
    """What a row says now."""
    raw, mended = row.read_cells()
    return judge_row(raw, mended=mended, setting=setting)


def join_codes(codes: Iterable[str]) -> str:
    """Codes as they stand in a row: `|a|b|`, or nothing."""
    kept = "|".join(dict.fromkeys(codes))
    return f"|{kept}|" if kept else ""


def split_codes(codes: str) -> list[str]:
    """The codes of a row."""
    return [code for code in codes.split("|") if code]


def weigh_codes(codes: Iterable[str]) -> int:
    """0 nothing to say, 1 to be looked at, 2 kept out as it is."""
    severities = {KINDS[code].severity for code in codes if code in KINDS}
    return 2 if Severity.BLOCK in severities else int(bool(severities))


def with_code(code: str) -> Q:
    """Rows that bear a code."""
    return Q(codes__contains=f"|{code}|")


def count_rows(source: RollImport) -> ImportCounts:
    """The counts of an import; one query."""
    kept = Q(is_skipped=False)
    return ImportCounts(
        **source.rows.aggregate(
            ready=Count("pk", filter=kept & Q(severity=0)),
            warned=Count("pk", filter=kept & Q(severity=1)),
            blocked=Count("pk", filter=kept & Q(severity=2)),
            skipped=Count("pk", filter=Q(is_skipped=True) & ~with_code(LEFT_OUT)),
            left_out=Count("pk", filter=Q(is_skipped=True) & with_code(LEFT_OUT)),
            mended=Count("pk", filter=Q(is_mended=True)),
        )
    )


def count_kinds(source: RollImport) -> list[KindCount]:
    """Every kind of problem there is, those that block first, the most frequent first."""
    rows = source.rows.filter(is_skipped=False).exclude(codes="")
    counted = Counter(
        c for codes in rows.values_list("codes", flat=True) for c in split_codes(codes)
    )
    found = [
        KindCount(code, KINDS[code].title, KINDS[code].severity, count)
        for code, count in counted.items()
        if code in KINDS
    ]
    return sorted(found, key=lambda kind: (not kind.is_blocking, -kind.count, kind.code))


def read_rows(
    rows: Sequence[ImportRow], *, source: RollImport, setting: Setting
) -> list[RowReading]:
    """The rows of a page with all their problems; two queries for twins."""
    lines = _find_lines(rows, source)
    known = _find_known(rows, source)
    return [_describe(row, setting, lines, known) for row in rows]


def list_bulk_mendings(source: RollImport, code: str, setting: Setting) -> list[BulkMending]:
    """What the rows of one kind are offered, by how many rows."""
    counted: Counter[str] = Counter()
    texts: dict[str, Text] = {}
    for row in source.rows.filter(with_code(code), is_skipped=False)[:MENDINGS_SAMPLE_ROWS]:
        for problem in read_row(row, setting).problems:
            if problem.code == code:
                for mending in problem.mendings:
                    counted[mending.key] += 1
                    texts.setdefault(mending.key, mending.bulk_text)
    return [BulkMending(key, texts[key], count) for key, count in counted.most_common()]


def find_mending(reading: Reading, *, code: str, key: str) -> Mending | None:
    """The mending of this key that a row is offered for a problem of this kind."""
    for problem in reading.problems:
        if problem.code == code:
            found = next((m for m in problem.mendings if m.key == key), None)
            if found is not None:
                return found
    return None


def find_known_niks(source: RollImport, niks: Iterable[str]) -> set[str]:
    """Which of these numbers standing entries of the roll bear."""
    digest = RollEntry._meta.get_field("nik_index").digest
    standing = RollEntry.objects.filter(roll_id=source.roll_id, is_removed=False)
    known = {
        str(value) for value in standing.exclude(nik_index="").values_list("nik_index", flat=True)
    }
    return {nik for nik in niks if digest(nik) in known} if known else set()


def _describe(
    row: ImportRow,
    setting: Setting,
    lines: Mapping[str, list[int]],
    known: Mapping[str, str],
) -> RowReading:
    raw, mended = row.read_cells()
    reading = judge_row(raw, mended=mended, setting=setting)
    problems = reading.problems
    codes = split_codes(row.codes)
    if TWICE in codes:
        others = tuple(n for n in lines.get(row.nik_index, []) if n != row.number)
        problems += (
            Problem(
                TWICE,
                "nik",
                Text("NIK yang sama ada di baris {lines} berkas ini.",
                     lines=tuple(map(str, others))),
            ),
        )  # fmt: skip
    if ON_ROLL in codes:
        name = known.get(reading.values.get("nik", ""), "")
        problems += (
            Problem(
                ON_ROLL,
                "nik",
                Text(
                    "NIK ini sudah ada di daftar atas nama {name}. Tinggalkan baris ini; data yang "
                    "sudah ada diperbaiki di daftarnya.",
                    name=name or "-",
                ),
            ),
        )
    return RowReading(row, {**describe_raw(raw), **mended}, reading, problems)


def _find_lines(rows: Sequence[ImportRow], source: RollImport) -> dict[str, list[int]]:
    digests = {row.nik_index for row in rows if TWICE in row.codes}
    lines: dict[str, list[int]] = {}
    found = source.rows.filter(nik_index__in=digests, is_skipped=False) if digests else ()
    for row in found:
        lines.setdefault(row.nik_index, []).append(row.number)
    return lines


def _find_known(rows: Sequence[ImportRow], source: RollImport) -> dict[str, str]:
    niks = [row.nik for row in rows if ON_ROLL in row.codes]
    if not niks:
        return {}
    standing = RollEntry.objects.filter(roll_id=source.roll_id, is_removed=False)
    return {entry.nik: entry.full_name for entry in standing.filter(nik_index__in=niks)}
