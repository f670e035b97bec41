"""What a rule pack may say about scoring, and what would make no sense.

The checks of a merged pack: an item without its brackets, grades or points; brackets that leave a
gap or overlap (the first that holds a value counts); a tie list without an end.
"""

from collections.abc import Iterator
from fractions import Fraction

from pilkades.law.findings import Finding, Severity
from pilkades.law.pack import Entry, RulePack
from pilkades.law.packspec import FieldKind, FieldSpec, Section, TableSpec
from pilkades.law.scoring.rules import (
    Bracket,
    ItemKind,
    Method,
    Preference,
    Terminal,
    TieBasis,
    read_item,
)
from pilkades.text import Text

_NEEDED = {
    ItemKind.BRACKETS: "brackets",
    ItemKind.GRADES: "grades",
    ItemKind.POINTS: "points_max",
}


def check_items(pack: RulePack) -> Iterator[Finding]:
    """Items that cannot be scored, and brackets that do not cover every number once."""
    for entry in pack.table("score"):
        needed = _NEEDED[ItemKind(entry.text("kind"))]
        if not entry.has(needed):
            text = Text(
                "Unsur “{entry}” memerlukan kolom “{name}”. Tambahkan.", entry=entry.id, name=needed
            )
            yield _finding(pack, entry, "score.field-needed", Severity.ERROR, text)
        yield from _check_bounds(pack, entry)
        yield from _check_cover(pack, entry)


def check_ties(pack: RulePack) -> Iterator[Finding]:
    """Tie criteria about items that nobody scores, and a list that does not end."""
    entries = pack.table("score_tie")
    known = {entry.id for entry in pack.table("score")}
    for entry in entries:
        if not entry.has("terminal") and entry.values.get("item") not in known:
            text = Text(
                "Kriteria “{entry}” menyebut unsur yang tidak dinilai. Tulis item = id dari "
                "[[score]], atau terminal sebagai langkah akhir.",
                entry=entry.id,
            )
            yield _finding(pack, entry, "score-tie.item", Severity.ERROR, text)
    for entry in entries[:-1]:
        if entry.has("terminal"):
            text = Text(
                "Langkah akhir “{entry}” harus menjadi kriteria yang terakhir.", entry=entry.id
            )
            yield _finding(pack, entry, "score-tie.after-terminal", Severity.ERROR, text)
    if entries and not entries[-1].has("terminal"):
        text = Text(
            "Urutan kriteria nilai sama tidak mempunyai langkah akhir. Tambahkan butir dengan "
            "terminal, misalnya drawing."
        )
        yield _finding(pack, entries[-1], "score-tie.no-terminal", Severity.ERROR, text)


def _check_bounds(pack: RulePack, entry: Entry) -> Iterator[Finding]:
    for row in entry.values.get("brackets") or ():
        is_double = row.get("above") is not None and row.get("from") is not None
        is_double = is_double or (row.get("below") is not None and row.get("to") is not None)
        if is_double:
            text = Text(
                "Rentang pada “{entry}” memakai dua batas di satu sisi. Pakai salah satu: above "
                "(lebih dari) atau from (mulai dari); below (kurang dari) atau to (sampai).",
                entry=entry.id,
            )
            yield _finding(pack, entry, "score.double-bound", Severity.ERROR, text)


def _check_cover(pack: RulePack, entry: Entry) -> Iterator[Finding]:
    brackets = read_item(entry).brackets
    bounds = sorted({b for row in brackets for b in (row.low, row.high) if b is not None})
    for probe in _probes(bounds):
        holding = [row for row in brackets if row.holds(probe)]
        if not holding and _lies_inside(probe, brackets):
            text = Text(
                "Nilai {value} pada “{entry}” tidak masuk rentang mana pun. Panitia harus "
                "memutuskannya sendiri; sebaiknya tutup celah itu.",
                value=str(probe),
                entry=entry.id,
            )
            yield _finding(pack, entry, "score.gap", Severity.WARNING, text)
        if len(holding) > 1:
            text = Text(
                "Nilai {value} pada “{entry}” masuk dua rentang; yang lebih dahulu ditulis "
                "yang berlaku.",
                value=str(probe),
                entry=entry.id,
            )
            yield _finding(pack, entry, "score.overlap", Severity.WARNING, text)


def _probes(bounds: list[Fraction]) -> Iterator[Fraction]:
    """Every bound and a point between neighbours: enough to see every gap and overlap."""
    for index, bound in enumerate(bounds):
        yield bound
        if index + 1 < len(bounds):
            yield (bound + bounds[index + 1]) / 2


def _lies_inside(probe: Fraction, brackets: tuple[Bracket, ...]) -> bool:
    has_lower = any(row.low is None or row.low < probe for row in brackets)
    has_upper = any(row.high is None or row.high > probe for row in brackets)
    return has_lower and has_upper


def _finding(pack: RulePack, entry: Entry, code: str, severity: Severity, text: Text) -> Finding:
    return Finding(
        code=code,
        severity=severity,
        text=text,
        subject=entry.id,
        line=pack.line_of(entry),
        article=entry.article,
    )


_BRACKET_FIELDS = (
    FieldSpec("points", FieldKind.DECIMAL, Text("nilai untuk rentang ini")),
    FieldSpec("above", FieldKind.DECIMAL, Text("lebih dari"), False),
    FieldSpec("from", FieldKind.DECIMAL, Text("mulai dari (termasuk)"), False),
    FieldSpec("below", FieldKind.DECIMAL, Text("kurang dari"), False),
    FieldSpec("to", FieldKind.DECIMAL, Text("sampai dengan (termasuk)"), False),
)
_GRADE_FIELDS = (
    FieldSpec("grade", FieldKind.TEXT, Text("nama jenjang, misalnya S1")),
    FieldSpec("points", FieldKind.DECIMAL, Text("nilai untuk jenjang ini")),
)

SECTION = Section(
    name="scoring",
    rules=(
        FieldSpec(
            "scoring.method",
            FieldKind.CHOICE,
            Text("sum: nilai dijumlahkan menurut bobot; precedence: unsur dibandingkan berurutan"),
            choices=tuple(Method),
        ),
    ),
    tables=(
        TableSpec(
            "score",
            Text(
                "Satu unsur penilaian bila calon lebih dari batas, dalam urutan lembar penilaian."
            ),
            (
                FieldSpec("name", FieldKind.TEXT, Text("nama unsur")),
                FieldSpec("name_en", FieldKind.TEXT, Text("nama dalam bahasa Inggris"), False, ""),
                FieldSpec(
                    "kind",
                    FieldKind.CHOICE,
                    Text("brackets (rentang), grades (jenjang), atau points (nilai langsung)"),
                    choices=tuple(ItemKind),
                ),
                FieldSpec(
                    "weight_percent",
                    FieldKind.DECIMAL,
                    Text("bobot dalam persen; 100 berarti nilai dipakai apa adanya"),
                    False,
                    100,
                    minimum=0,
                ),
                FieldSpec("unit", FieldKind.TEXT, Text("satuan, misalnya tahun"), False),
                FieldSpec(
                    "brackets",
                    FieldKind.TABLES,
                    Text("rentang dan nilainya; rentang pertama yang cocok berlaku"),
                    False,
                    fields=_BRACKET_FIELDS,
                ),
                FieldSpec(
                    "grades",
                    FieldKind.TABLES,
                    Text("jenjang dan nilainya"),
                    False,
                    fields=_GRADE_FIELDS,
                ),
                FieldSpec(
                    "points_max",
                    FieldKind.DECIMAL,
                    Text("nilai tertinggi untuk jenis points"),
                    False,
                    minimum=0,
                ),
                FieldSpec(
                    "prefer",
                    FieldKind.CHOICE,
                    Text("untuk precedence: nilai mana yang lebih baik, higher atau lower"),
                    False,
                    Preference.HIGHER.value,
                    choices=tuple(Preference),
                ),
                FieldSpec(
                    "evidence",
                    FieldKind.TEXTS,
                    Text("bukti yang wajib ada agar nilai dihitung"),
                    False,
                ),
            ),
        ),
        TableSpec(
            "score_tie",
            Text("urutan kriteria bila nilai sama pada peringkat terakhir yang lolos"),
            (
                FieldSpec("name", FieldKind.TEXT, Text("bunyi kriteria")),
                FieldSpec("name_en", FieldKind.TEXT, Text("bunyi dalam bahasa Inggris"), False, ""),
                FieldSpec("item", FieldKind.TEXT, Text("id unsur dari [[score]]"), False),
                FieldSpec(
                    "basis",
                    FieldKind.CHOICE,
                    Text("points (nilainya) atau value (isi yang dinilai, misalnya usia)"),
                    False,
                    TieBasis.POINTS.value,
                    choices=tuple(TieBasis),
                ),
                FieldSpec(
                    "prefer",
                    FieldKind.CHOICE,
                    Text("yang didahulukan: higher atau lower"),
                    False,
                    Preference.HIGHER.value,
                    choices=tuple(Preference),
                ),
                FieldSpec(
                    "terminal",
                    FieldKind.CHOICE,
                    Text("langkah akhir: drawing (undian), test (ujian), committee (keputusan)"),
                    False,
                    choices=tuple(Terminal),
                ),
            ),
        ),
    ),
    checks=(check_items, check_ties),
)
