"""A rule pack from its text: frozen values, or everything that is wrong with it.

`check_pack` reports all findings, each with its line and a sentence that says what to do;
`parse_pack` returns the merged pack or refuses it. A pack names at most one base, and the caller
brings that base along: this module reads no files. How rows are read stands in `packread`, how
overlays are merged in `packmerge`, what each part of the law expects in `sections`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from threading import Lock

from pilkades.errors import MalformedInputError
from pilkades.law.findings import Finding, Severity, has_errors
from pilkades.law.pack import RulePack, Status
from pilkades.law.packmerge import PackDraft, merge_draft
from pilkades.law.packread import PackReader
from pilkades.law.packsource import read_source
from pilkades.law.sections import SECTIONS
from pilkades.text import Text

UNKNOWN = "?"
"""What a check refers to that stopped because a rule is absent."""


class PackRejectedError(MalformedInputError):
    """A pack with errors cannot be used; `findings` holds everything that was found."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        errors = [finding for finding in findings if finding.severity is Severity.ERROR]
        text = Text(
            "Paket aturan memuat {count} kesalahan. Yang pertama, baris {line}: {first} "
            "Jalankan pilkades pack check untuk melihat semuanya.",
            count=len(errors),
            line=errors[0].line,
            first=errors[0].text,
        )
        super().__init__(errors[0].code, text)
        self.findings = findings


@dataclass(frozen=True, slots=True)
class PackReading:
    """The pack, where there are no errors, beside all findings in the order of the lines."""

    pack: RulePack | None
    findings: tuple[Finding, ...]


def parse_pack(data: bytes, *, base: RulePack | None) -> RulePack:
    """Return the pack merged upon its base, or raise `PackRejectedError` with all findings."""
    reading = read_pack_text(data, base=base)
    if reading.pack is None:
        raise PackRejectedError(reading.findings)
    return reading.pack


def check_pack(data: bytes, *, base: RulePack | None) -> tuple[Finding, ...]:
    """Return everything that is wrong with or remarkable about a pack, by line."""
    return read_pack_text(data, base=base).findings


def find_base_id(data: bytes) -> str | None:
    """Return the name of the base that a pack asks for, None where it asks for none."""
    for block in read_source(data=data).blocks:
        base = block.data.get("base") if block.name == "pack" else None
        if isinstance(base, str):
            return base.strip()
    return None


def read_pack_text(data: bytes, *, base: RulePack | None) -> PackReading:
    """Read a pack and judge it as far as it can be read.

    The last readings are remembered: the same bytes upon the same base are read the same, and a
    pack is looked at several times on its way into force.
    """
    key = (data, id(base))
    with _lock:
        found = _remembered.get(key)
    reading = found[1] if found else _read_text(data, base)
    with _lock:
        # The base is kept with the reading, so that no other one takes its identity.
        _remembered[key] = (base, reading)
        if len(_remembered) > REMEMBERED_MAX:
            del _remembered[next(iter(_remembered))]
    return reading


REMEMBERED_MAX = 8
_lock = Lock()
_remembered: dict[tuple[bytes, int], tuple[RulePack | None, PackReading]] = {}


def _read_text(data: bytes, base: RulePack | None) -> PackReading:
    reader = PackReader()
    reader.read(read_source(data=data))
    findings = [*reader.findings, *_check_base(reader, base), *_check_doubles(reader)]
    codes = {finding.code for finding in findings}
    if codes & {"pack.header", "pack.base-unknown"} or "id" not in reader.header:
        return PackReading(None, _by_line(findings))
    sound = tuple(row for row in reader.rows if row.id not in reader.faulty_ids)
    pack, merge_findings = merge_draft(draft=PackDraft(reader.header, sound), base=base)
    wholes = [
        *merge_findings,
        *_check_complete(pack),
        *_check_fiction(pack),
        *_check_sections(pack),
    ]
    findings.extend(_without_echoes(wholes, reader, codes))
    return PackReading(None if has_errors(findings) else pack, _by_line(findings))


def _by_line(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: finding.line))


def _without_echoes(
    findings: list[Finding], reader: PackReader, codes: set[str]
) -> Iterator[Finding]:
    """Leave out "X is absent" where X is there but could not be read, which is said already."""
    others = [finding for finding in findings if finding.refers_to != UNKNOWN]
    has_other_errors = has_errors([*reader.findings, *others])
    for finding in findings:
        is_echo = finding.refers_to and (
            finding.refers_to in reader.faulty_ids
            or "pack.syntax" in codes
            or (finding.refers_to == UNKNOWN and has_other_errors)
        )
        if not is_echo:
            yield finding


def _check_base(reader: PackReader, base: RulePack | None) -> Iterator[Finding]:
    if reader.header_block is None:
        return
    wanted = reader.header.get("base")
    line = reader.header_block.line_of("base")
    if wanted is not None and (base is None or base.id != wanted):
        text = Text(
            "Paket dasar “{base}” tidak dikenal. Letakkan {base}.toml di folder yang sama, atau "
            "pakai “nasional”.",
            base=wanted,
        )
        yield Finding("pack.base-unknown", Severity.ERROR, text, "pack", line)
    elif wanted is None and base is not None:
        text = Text(
            "Paket ini tidak menyebut paket dasarnya. Tambahkan base = “{base}”.", base=base.id
        )
        yield Finding("pack.base-missing", Severity.ERROR, text, "pack", line)


def _check_doubles(reader: PackReader) -> Iterator[Finding]:
    first_lines: dict[tuple[str, str], int] = {}
    for row in reader.rows:
        first = first_lines.setdefault((row.table, row.id), row.line)
        if first != row.line:
            text = Text(
                "“{id}” sudah ditulis di baris {first}. Satu nama hanya untuk satu butir: hapus "
                "salah satu atau beri nama lain.",
                id=row.id,
                first=first,
            )
            yield Finding("pack.double-id", Severity.ERROR, text, row.id, row.line)


def _check_complete(pack: RulePack) -> Iterator[Finding]:
    asked = (spec for section in SECTIONS if not section.is_absent(pack) for spec in section.rules)
    for spec in asked:
        rule_id = spec.name
        if spec.required and rule_id not in pack.rules:
            text = Text(
                "Aturan “{id}” belum ada dalam paket ini maupun paket dasarnya. Tambahkan "
                "[[rule]] dengan id itu: {help}",
                id=rule_id,
                help=spec.help,
            )
            yield Finding("pack.missing-rule", Severity.ERROR, text, rule_id, 1, refers_to=rule_id)


def _check_fiction(pack: RulePack) -> Iterator[Finding]:
    """A pack with made-up values is an example; whoever adopts it must have read that."""
    rows = [*pack.rules.values(), *(row for table in pack.tables.values() for row in table)]
    fiction = [row for row in rows if row.status is Status.FICTIONAL]
    if fiction:
        first = min(fiction, key=pack.line_of)
        text = Text(
            "{count} butir paket ini rekaan (status fictional). Paket ini hanya contoh: jangan "
            "dipakai untuk pemilihan sungguhan.",
            count=len(fiction),
        )
        line = pack.line_of(first)
        yield Finding("pack.fictional", Severity.WARNING, text, first.id, line, first.article)


def _check_sections(pack: RulePack) -> Iterator[Finding]:
    """What the law modules say of the whole; a check that misses a rule has been answered above."""
    for section in SECTIONS:
        for check in () if section.is_absent(pack) else section.checks:
            try:
                yield from (replace(finding, line=finding.line or 1) for finding in check(pack))
            except MalformedInputError as error:
                yield Finding(error.code, Severity.ERROR, error.text, line=1, refers_to=UNKNOWN)
