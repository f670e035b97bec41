"""From the blocks of a rule pack to checked rows, before any merging.

Every field is read against its specification; whatever is wrong becomes a finding, and the row is
kept as far as it can be judged further (so that a missing article does not hide a cycle of
anchors). A row whose own values cannot be read is left out and remembered in `faulty_ids`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from pilkades.law.findings import Finding, Severity
from pilkades.law.pack import Status, Value
from pilkades.law.packmerge import RowDraft
from pilkades.law.packsource import Block, PackSource
from pilkades.law.packspec import FieldKind, FieldSpec, TableSpec
from pilkades.law.packvalue import Problem, missing_field, read_value, suggest, unknown_field
from pilkades.law.sections import SECTIONS
from pilkades.text import Text

_PACK_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ROW_ID = re.compile(r"[a-z0-9][a-z0-9_]*(\.[a-z0-9_]+)*")
_REGION = re.compile(r"(\d\d(\.\d\d(\.\d\d(\.\d{4})?)?)?)?", re.ASCII)

RULE_SPECS: Mapping[str, FieldSpec] = {
    spec.name: spec for section in SECTIONS for spec in section.rules
}
TABLE_SPECS: Mapping[str, TableSpec] = {
    table.name: table for section in SECTIONS for table in section.tables
}

_K = FieldKind
HEADER_FIELDS = (
    FieldSpec("format", _K.INTEGER, Text("nomor format paket, sekarang 1"), minimum=1, maximum=1),
    FieldSpec("id", _K.TEXT, Text("nama pendek paket, misalnya “blitar-2026”")),
    FieldSpec("title", _K.TEXT, Text("judul paket untuk dibaca orang")),
    FieldSpec("version", _K.TEXT, Text("versi paket, misalnya “2026.1”")),
    FieldSpec(
        "region_code",
        _K.TEXT,
        Text("kode wilayah, misalnya “35.05”; kosong untuk paket nasional"),
        may_be_empty=True,
    ),
    FieldSpec("base", _K.TEXT, Text("paket dasar, misalnya “nasional”"), required=False),
    FieldSpec("effective", _K.DATE, Text("tanggal mulai berlaku"), required=False),
    FieldSpec(
        "approved_by", _K.TEXT, Text("siapa yang menyetujui paket"), False, "", may_be_empty=True
    ),
    FieldSpec("note", _K.TEXT, Text("catatan"), False, "", may_be_empty=True),
    FieldSpec(
        "replaces",
        _K.CHOICES,
        Text("tabel paket dasar yang diganti seluruhnya"),
        required=False,
        default=(),
        choices=tuple(TABLE_SPECS),
        may_be_empty=True,
    ),
)
SOURCE_FIELDS = (
    FieldSpec("id", _K.TEXT, Text("nama pendek dalam bahasa Inggris, misalnya id = “poll.day”")),
    FieldSpec("article", _K.TEXT, Text("peraturan dan pasalnya, misalnya article = “Perbup ...”")),
    FieldSpec(
        "status",
        _K.CHOICE,
        Text("verified (dibaca sendiri), secondary (dari tulisan lain) atau unverified (belum)"),
        choices=tuple(Status),
    ),
    FieldSpec("effective", _K.DATE, Text("tanggal mulai berlaku"), required=False),
    FieldSpec("approved_by", _K.TEXT, Text("siapa yang menyetujui"), False, "", may_be_empty=True),
    FieldSpec("note", _K.TEXT, Text("catatan"), False, "", may_be_empty=True),
    FieldSpec("remove", _K.BOOLEAN, Text("true bila dihapus"), required=False, default=False),
)
PLACE_FIELDS = (
    FieldSpec("place_after", _K.TEXT, Text("butir yang mendahului"), required=False),
    FieldSpec("place_before", _K.TEXT, Text("butir yang mengikuti"), required=False),
)


@dataclass(slots=True)
class PackReader:
    """Collects rows and findings while the blocks of one file are read."""

    header: dict[str, Value] = field(default_factory=dict)
    header_block: Block | None = None
    rows: list[RowDraft] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    faulty_ids: set[str] = field(default_factory=set)

    def read(self, source: PackSource) -> None:
        """Read the header first, since rows take their defaults from it."""
        self.findings.extend(source.findings)
        if any(finding.code in ("pack.encoding", "pack.size") for finding in source.findings):
            return
        self._read_header(source)
        for block in source.blocks:
            if block.name != "pack":
                self._read_block(block)

    def report(self, code: str, text: Text, *, subject: str, line: int) -> None:
        self.findings.append(Finding(code, Severity.ERROR, text, subject, line))

    def _read_header(self, source: PackSource) -> None:
        block = next((block for block in source.blocks if block.name == "pack"), None)
        if block is None and "pack" in source.lost_names:
            return
        if block is None:
            text = Text("Bagian [pack] belum ada. Tulis di awal berkas; lihat docs/format-pack.md.")
            self.report("pack.header", text, subject="pack", line=1)
            return
        self.header_block = block
        self.header = self._read_fields(block, HEADER_FIELDS, "pack")
        if "id" in self.header and not _PACK_ID.fullmatch(self.header["id"]):
            text = Text(
                "Nama paket hanya boleh huruf kecil, angka dan tanda hubung: “blitar-2026”."
            )
            self.report("pack.id-form", text, subject="pack", line=block.line_of("id"))
        if not _REGION.fullmatch(self.header.get("region_code", "")):
            text = Text("Kode wilayah ditulis seperti “35” (provinsi) atau “35.05” (kabupaten).")
            self.report("pack.region", text, subject="pack", line=block.line_of("region_code"))

    def _read_block(self, block: Block) -> None:
        if block.name == "rule":
            self._read_rule(block)
        elif block.name in TABLE_SPECS:
            self._read_row(block, (*TABLE_SPECS[block.name].fields, *PLACE_FIELDS))
        else:
            text = Text(
                "Bagian [[{name}]] tidak dikenal. Mungkin maksudnya: {suggestion}.",
                name=block.name,
                suggestion=suggest(wrong=block.name, known=("rule", *TABLE_SPECS)),
            )
            self.report("pack.unknown-table", text, subject=block.name, line=block.line)

    def _read_rule(self, block: Block) -> None:
        rule_id = block.data.get("id")
        spec = RULE_SPECS.get(rule_id) if isinstance(rule_id, str) else None
        if isinstance(rule_id, str) and spec is None:
            text = Text(
                "Aturan “{id}” tidak dikenal. Mungkin maksudnya: {suggestion}. Daftar aturan: "
                "pilkades pack show nasional.",
                id=rule_id,
                suggestion=suggest(wrong=rule_id, known=tuple(RULE_SPECS)),
            )
            self.report("pack.unknown-rule", text, subject=rule_id, line=block.line_of("id"))
        anything = FieldSpec("value", _K.ANYTHING, Text("nilai aturan"))
        self._read_row(block, (replace(spec, name="value", required=True) if spec else anything,))

    def _read_row(self, block: Block, own_fields: tuple[FieldSpec, ...]) -> None:
        subject = str(block.data.get("id", ""))
        if block.data.get("remove") is True:
            own_fields = tuple(replace(spec, required=False, default=None) for spec in own_fields)
        values = self._read_fields(block, (*SOURCE_FIELDS, *own_fields), subject)
        row_id = values.get("id", "")
        if not row_id:
            return
        if not _ROW_ID.fullmatch(row_id):
            text = Text("Nama butir hanya boleh huruf kecil, angka, garis bawah dan titik.")
            self.report("pack.id-form", text, subject=subject, line=block.line_of("id"))
        values["effective"] = self._effective_date(block, values, subject)
        values["approved_by"] = values.get("approved_by") or self.header.get("approved_by") or ""
        values.setdefault("article", "")
        values.setdefault("status", Status.UNVERIFIED)
        is_faulty = any(spec.name not in values for spec in own_fields)
        if is_faulty or (block.name == "rule" and row_id not in RULE_SPECS):
            self.faulty_ids.add(row_id)
        self.rows.append(RowDraft(block.name, row_id, block.line, MappingProxyType(values)))

    def _effective_date(self, block: Block, values: Mapping[str, Value], subject: str) -> date:
        found = values.get("effective") or self.header.get("effective")
        if isinstance(found, date):
            return found
        if "effective" not in block.data and self.header_block is not None:
            text = Text(
                "Tanggal mulai berlaku belum ada. Tulis effective = tanggal pada butir ini, atau "
                "sekali untuk semua di bawah [pack]."
            )
            self.report("pack.missing-effective", text, subject=subject, line=block.line)
        return date.min

    def _read_fields(
        self, block: Block, fields: tuple[FieldSpec, ...], subject: str
    ) -> dict[str, Value]:
        """All fields of a block; what is wrong is reported and left out."""
        known = tuple(spec.name for spec in fields)
        for name in block.data:
            if name not in known:
                text = unknown_field(name=name, known=known)
                line = block.line_of(name)
                self.report("pack.unknown-field", text, subject=subject, line=line)
        values: dict[str, Value] = {}
        for spec in fields:
            value = _read_field(block, spec)
            if isinstance(value, Problem):
                line = block.line_of(spec.name)
                self.report(value.code, value.text, subject=subject, line=line)
            else:
                values[spec.name] = value
        return values


def _read_field(block: Block, spec: FieldSpec) -> Value | Problem:
    if spec.name in block.data:
        return read_value(spec=spec, raw=block.data[spec.name])
    if not spec.required:
        return spec.default
    code = "pack.missing-article" if spec.name == "article" else "pack.missing-field"
    return Problem(code, missing_field(spec=spec))
