"""The catalogue of events: the only source of what may be written to the ledger.

Reads `catalogue.toml` beside it. Run as a module it writes the public documentation that is made
from it, `docs/formats/events.md`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from string import Formatter
from types import MappingProxyType
from typing import Any

ALERTS = frozenset({"", "approval", "unlock", "unmask"})
_ALERT_WORDS = {
    "": "",
    "approval": "persetujuan",
    "unlock": "pembukaan kunci",
    "unmask": "pembukaan data",
}
_HEAD = """\
# Peristiwa di buku catatan

Dibuat dari `src/pilkades/apps/audit/catalogue.toml`; jangan diubah di sini. Peristiwa atau isian
yang tidak ada di daftar ini tidak dapat dicatat. Isian berakhiran `_commitment` adalah sidik
bergaram: isinya tidak terbaca, dan dicocokkan dengan `pilkades ledger open`.
"""
_PATH = Path(__file__).with_name("catalogue.toml")
_REQUIRED = frozenset({"id", "title", "article_required", "fields"})
_MEMBERS = _REQUIRED | {"alert", "approves"}


class CatalogueError(LookupError):
    """The programmer's mistake: an event or field that is not in the catalogue."""


@dataclass(frozen=True, slots=True)
class EventKind:
    """One entry of the catalogue."""

    id: str
    title: str
    article_required: bool
    fields: frozenset[str]
    alert: str = ""
    approves: frozenset[str] = frozenset()
    title_fields: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Find once which fields the title's sentence needs."""
        names = frozenset(name for _, name, _, _ in Formatter().parse(self.title) if name)
        object.__setattr__(self, "title_fields", names)

    def check(self, *, article: str, data: Mapping[str, Any]) -> None:
        """Refuse what this event may not carry or lacks.

        Raises:
            CatalogueError: unknown field, missing field of the title, missing article.
        """
        unknown = sorted(data.keys() - self.fields)
        if unknown:
            raise CatalogueError(f"{self.id}: fields {unknown} are not in the event catalogue")
        missing = sorted(self.title_fields - data.keys())
        if missing:
            raise CatalogueError(f"{self.id}: the title needs the fields {missing}")
        if self.article_required and not article:
            raise CatalogueError(f"{self.id}: an article is required")


@cache
def get_catalogue() -> Mapping[str, EventKind]:
    """All kinds of events by id."""
    return MappingProxyType(parse_catalogue(_PATH.read_bytes()))


def get_kind(event: str) -> EventKind:
    """The catalogue entry of an event id.

    Raises:
        CatalogueError: no such event.
    """
    try:
        return get_catalogue()[event]
    except KeyError:
        raise CatalogueError(f"event {event!r} is not in the event catalogue") from None


def parse_catalogue(text: bytes) -> dict[str, EventKind]:
    """Read a catalogue; every entry is complete, known in all its members and named once.

    Raises:
        CatalogueError: an entry that is not as the head of the file says.
    """
    kinds: dict[str, EventKind] = {}
    for entry in tomllib.loads(text.decode())["event"]:
        kind = _parse_entry(entry)
        if kind.id in kinds:
            raise CatalogueError(f"{kind.id}: written twice")
        kinds[kind.id] = kind
    for kind in kinds.values():
        strangers = sorted(kind.approves - kinds.keys())
        if strangers:
            raise CatalogueError(f"{kind.id}: approves {strangers}, which are no events")
    return kinds


def write_documentation(kinds: Mapping[str, EventKind]) -> str:
    """The text of docs/formats/events.md."""
    groups: dict[str, list[EventKind]] = {}
    for kind in sorted(kinds.values(), key=lambda kind: kind.id):
        groups.setdefault(kind.id.partition(".")[0], []).append(kind)
    sections = [_HEAD, *(_write_group(name, members) for name, members in groups.items())]
    return "\n".join(sections)


def _write_group(name: str, kinds: list[EventKind]) -> str:
    rows = "".join(
        f"| `{kind.id}` | {kind.title} | {_list(kind.fields)} | "
        f"{'ya' if kind.article_required else ''} | {_describe_alert(kind)} |\n"
        for kind in kinds
    )
    head = "| Peristiwa | Kalimat | Isian | Pasal wajib | Pengawasan |\n|---|---|---|---|---|\n"
    return f"## {name}\n\n{head}{rows}"


def _describe_alert(kind: EventKind) -> str:
    if not kind.approves:
        return _ALERT_WORDS[kind.alert]
    return f"{_ALERT_WORDS[kind.alert]} atas {_list(kind.approves)}"


def _list(names: frozenset[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))


def _parse_entry(entry: Mapping[str, Any]) -> EventKind:
    name = entry.get("id", "?")
    if not entry.keys() >= _REQUIRED or not entry.keys() <= _MEMBERS:
        raise CatalogueError(f"{name}: members must be {sorted(_REQUIRED)}, optional alert")
    kind = EventKind(
        id=entry["id"],
        title=entry["title"],
        article_required=entry["article_required"],
        fields=frozenset(entry["fields"]),
        alert=entry.get("alert", ""),
        approves=frozenset(entry.get("approves", ())),
    )
    if kind.alert not in ALERTS:
        raise CatalogueError(f"{name}: alert must be one of {sorted(ALERTS)}")
    if not kind.title_fields <= kind.fields:
        raise CatalogueError(f"{name}: the title names a field that the event does not have")
    return kind


def main() -> None:
    """Write the documentation into the source tree."""
    target = Path(__file__).resolve().parents[4] / "docs" / "formats" / "events.md"
    target.write_text(write_documentation(get_catalogue()), encoding="utf-8")


if __name__ == "__main__":
    main()
