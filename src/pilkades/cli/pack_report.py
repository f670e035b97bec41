"""How `pilkades pack` shows findings, differences and whole packs: plain text or JSON."""

import textwrap
from collections.abc import Iterator, Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any

from pilkades.cli.sentences import Speaker
from pilkades.cli.timetable_report import (
    FORMAT,
    WIDTH,
    count_errors,
    finding_document,
    finding_lines,
)
from pilkades.law.findings import Severity
from pilkades.law.pack import RulePack, Sourced, Status
from pilkades.law.packcheck import PackReading
from pilkades.law.packdiff import Change, ChangeKind, fields_of
from pilkades.law.packspec import FieldKind, FieldSpec
from pilkades.law.sections import SECTIONS
from pilkades.text import Text

_KINDS = {
    ChangeKind.ADDED: Text("ditambah"),
    ChangeKind.REMOVED: Text("dihapus"),
    ChangeKind.CHANGED: Text("diubah"),
    ChangeKind.MOVED: Text("dipindah urutannya"),
}
_STATUSES = {
    Status.VERIFIED: Text("terverifikasi"),
    Status.SECONDARY: Text("sumber kedua"),
    Status.UNVERIFIED: Text("PERLU VERIFIKASI"),
    Status.FICTIONAL: Text("FIKTIF"),
}


_FIELD_KINDS = {
    FieldKind.INTEGER: "bilangan bulat",
    FieldKind.DECIMAL: "angka",
    FieldKind.BOOLEAN: "true/false",
    FieldKind.TEXT: "teks",
    FieldKind.DATE: "tanggal",
    FieldKind.TIME: "jam",
    FieldKind.CHOICE: "satu pilihan",
    FieldKind.TEXTS: "daftar teks",
    FieldKind.CHOICES: "daftar pilihan",
    FieldKind.TABLE: "isian",
    FieldKind.TABLES: "daftar isian",
    FieldKind.ANYTHING: "apa saja",
}


# --- check ---


def check_text(*, name: str, reading: PackReading, speaker: Speaker) -> str:
    """All findings by line, and what is not verified yet."""
    errors = count_errors(reading.findings)
    lines = [f"Paket aturan: {name}"]
    # What stands in the way comes first; within that, the order of the lines.
    ordered = sorted(reading.findings, key=lambda finding: finding.severity is not Severity.ERROR)
    lines.extend(finding_lines(tuple(ordered), speaker))
    lines.append("")
    if errors:
        lines.append(f"{errors} kesalahan. Paket belum dapat dipakai. Perbaiki, lalu periksa lagi.")
    else:
        warnings = len(reading.findings)
        lines.append(f"Paket dapat dipakai. {warnings} peringatan atau catatan.")
    if reading.pack is not None:
        lines.extend(_unsure_lines(reading.pack))
    return "\n".join(lines)


def check_document(*, name: str, reading: PackReading, speaker: Speaker) -> dict[str, Any]:
    """The document of docs/formats/pack-check.schema.json."""
    pack = reading.pack
    return {
        "format": FORMAT,
        "file": name,
        "pack": _pack_document(pack) if pack is not None else None,
        "usable": pack is not None,
        "findings": [finding_document(finding, speaker) for finding in reading.findings],
        "unsure": [_unsure_document(table, row) for table, row in _unsure(pack)],
    }


def _unsure(pack: RulePack | None) -> list[tuple[str, Sourced]]:
    """What is not verified: the pack's own values first, then those that it takes from its base."""
    if pack is None:
        return []
    unsure = [(table, row) for table, row in _rows(pack) if row.status is not Status.VERIFIED]
    return sorted(unsure, key=lambda item: item[1].pack_id != pack.id)


def _unsure_lines(pack: RulePack) -> Iterator[str]:
    rows = _unsure(pack)
    own = [item for item in rows if item[1].pack_id == pack.id]
    inherited = rows[len(own) :]
    if rows:
        yield f"{len(rows)} butir yang berlaku belum terverifikasi pada naskah peraturannya:"
        yield f"{len(own)} ditulis paket ini, {len(inherited)} diwarisi dari paket dasarnya."
    for table, row in own:
        yield f"  baris {row.line}: {_name(table, row)} ({_STATUSES[row.status]})"
    if inherited:
        yield "Diwarisi (baris menurut berkas paket yang disebut):"
    for table, row in inherited:
        yield f"  {row.pack_id} baris {row.line}: {_name(table, row)} ({_STATUSES[row.status]})"


def _unsure_document(table: str, row: Sourced) -> dict[str, Any]:
    return {
        "table": table,
        "id": row.id,
        "pack": row.pack_id,
        "line": row.line,
        "status": row.status.value,
    }


# --- diff ---


def diff_text(
    *, first: RulePack, second: RulePack, changes: tuple[Change, ...], speaker: Speaker
) -> str:
    """Every change with its fields and the articles on both sides."""
    lines = [f"A: {first.title} ({first.id})", f"B: {second.title} ({second.id})", ""]
    if not changes:
        lines.append("Tidak ada perbedaan.")
    for change in changes:
        row = change.after or change.before
        name = _name(change.table, row) if row else change.id
        lines.append(f"{name}: {_KINDS[change.kind]}")
        for item in change.fields:
            lines.extend(_wrapped(_field_change(change, item.name, item, speaker), 4))
    return "\n".join(lines)


def _field_change(change: Change, name: str, item: Any, speaker: Speaker) -> str:
    if change.kind is ChangeKind.ADDED:
        return f"{name}: {speaker.show(item.after)}"
    if change.kind is ChangeKind.REMOVED:
        return f"{name}: {speaker.show(item.before)}"
    return f"{name}: {speaker.show(item.before)} → {speaker.show(item.after)}"


def diff_document(
    *, first: RulePack, second: RulePack, changes: tuple[Change, ...]
) -> dict[str, Any]:
    """The document of docs/formats/pack-diff.schema.json."""
    return {
        "format": FORMAT,
        "first": _pack_document(first),
        "second": _pack_document(second),
        "changes": [_change_document(change) for change in changes],
    }


def _change_document(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind.value,
        "table": change.table,
        "id": change.id,
        "article_before": change.before.article if change.before else None,
        "article_after": change.after.article if change.after else None,
        "fields": [
            {"name": item.name, "before": _plain(item.before), "after": _plain(item.after)}
            for item in change.fields
        ],
    }


# --- show ---


def show_text(*, pack: RulePack, speaker: Speaker) -> str:
    """Every rule and entry with value, article, status and approval."""
    lines = [f"{pack.title} ({pack.id} {pack.version})", f"Wilayah: {pack.region_code or '-'}"]
    if pack.lineage:
        lines.append(f"Di atas paket: {', '.join(pack.lineage)}")
    for table, row in _rows(pack):
        lines.extend(["", f"{_name(table, row)}  [{_STATUSES[row.status]}]"])
        source = {"article", "status", "effective_date", "approved_by", "note"}
        for name, value in fields_of(row).items():
            if name not in source and value not in (None, "", ()):
                lines.extend(_wrapped(f"{name}: {speaker.show(value)}", 2))
        approved = row.approved_by or "belum disetujui"
        effective = speaker.day(row.effective_date)
        lines.extend(_wrapped(f"dasar: {row.article}; berlaku {effective}; {approved}", 2))
        if row.note:
            lines.extend(_wrapped(f"catatan: {row.note}", 2))
    return "\n".join(lines)


def show_document(*, pack: RulePack) -> dict[str, Any]:
    """The whole merged pack as JSON."""
    return {
        "format": FORMAT,
        "pack": _pack_document(pack),
        "rows": [_row_document(table, row) for table, row in _rows(pack)],
    }


def _row_document(table: str, row: Sourced) -> dict[str, Any]:
    fields = {name: _plain(value) for name, value in fields_of(row).items()}
    return {"table": table, "id": row.id, "pack": row.pack_id, "line": row.line, **fields}


# --- fields ---


def fields_text(*, speaker: Speaker) -> str:
    """Every rule and table field that a pack may hold, as a lawyer needs it."""
    lines: list[str] = []
    for section in SECTIONS:
        for spec in section.rules:
            lines.extend(_spec_lines(spec, speaker, 0))
        for table in section.tables:
            lines.extend(["", *_wrapped(f"[[{table.name}]]  {speaker.say(table.help)}", 0)])
            for spec in table.fields:
                lines.extend(_spec_lines(spec, speaker, 2))
        lines.append("")
    return "\n".join(lines)


def _spec_lines(spec: FieldSpec, speaker: Speaker, indent: int) -> Iterator[str]:
    need = "wajib" if spec.required else "boleh kosong"
    yield " " * indent + f"{spec.name}  ({_FIELD_KINDS[spec.kind]}, {need})"
    yield from _wrapped(speaker.say(spec.help), indent + 4)
    if spec.choices:
        yield from _wrapped(f"pilihan: {', '.join(spec.choices)}", indent + 4)
    for field in spec.fields:
        yield from _spec_lines(field, speaker, indent + 6)


def fields_document(*, speaker: Speaker) -> dict[str, Any]:
    """The same for programs, such as an editor that completes names."""
    rules = [spec for section in SECTIONS for spec in section.rules]
    tables = [table for section in SECTIONS for table in section.tables]
    return {
        "format": FORMAT,
        "rules": [_spec_document(spec, speaker) for spec in rules],
        "tables": [
            {
                "name": table.name,
                "help": speaker.say(table.help),
                "fields": [_spec_document(spec, speaker) for spec in table.fields],
            }
            for table in tables
        ],
    }


def _spec_document(spec: FieldSpec, speaker: Speaker) -> dict[str, Any]:
    return {
        "name": spec.name,
        "kind": spec.kind.value,
        "required": spec.required,
        "default": _plain(spec.default),
        "choices": list(spec.choices),
        "minimum": _plain(spec.minimum),
        "maximum": _plain(spec.maximum),
        "help": speaker.say(spec.help),
        "fields": [_spec_document(field, speaker) for field in spec.fields],
    }


# --- shared ---


def _rows(pack: RulePack) -> Iterator[tuple[str, Sourced]]:
    yield from (("rule", rule) for rule in pack.rules.values())
    for table, entries in pack.tables.items():
        yield from ((table, entry) for entry in entries)


def _name(table: str, row: Sourced) -> str:
    return row.id if table == "rule" else f"{table} {row.id}"


def _pack_document(pack: RulePack) -> dict[str, Any]:
    return {
        "id": pack.id,
        "title": pack.title,
        "version": pack.version,
        "region_code": pack.region_code,
        "lineage": list(pack.lineage),
    }


def _plain(value: Any) -> Any:
    """A value of a pack as JSON can carry it; exact numbers travel as text."""
    match value:
        case None | bool() | int() | str():
            return value
        case date() | time():
            return value.isoformat()
        case Decimal():
            return str(value)
        case Mapping():
            return {key: _plain(item) for key, item in value.items()}
        case _:
            return [_plain(item) for item in value]


def _wrapped(text: str, indent: int) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2)
    )
