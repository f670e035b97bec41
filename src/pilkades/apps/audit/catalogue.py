"""The catalogue of events: the only source of what may be written to the ledger.

Reads `catalogue.toml` beside it. Run as a module it writes the public documentation that is made
from it, `docs/formats/events.md`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
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
_LIMITS = """\
## Peringatan

Jejak audit menandai:

- **persetujuan sendiri**: yang mengesahkan adalah yang terakhir mengusulkan hal yang sama;
- **pembukaan kunci**: setiap kali;
- **malam**: perbuatan orang dari pukul {night_begins_hour:02}.00 sampai sebelum pukul
  {night_ends_hour:02}.00 di tempatnya;
- **pembukaan data massal**: satu orang membuka data pribadi lebih dari {unmask_limit} kali dalam
  {unmask_window_minutes} menit.
"""
_PATH = Path(__file__).with_name("catalogue.toml")
_REQUIRED = frozenset({"id", "title", "article_required", "fields"})
_MEMBERS = _REQUIRED | {"alert", "approves"}


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertLimits:
    """When an event stands out: the table `[alerts]`."""

    night_begins_hour: int
    night_ends_hour: int
    unmask_limit: int
    unmask_window_minutes: int

    def __post_init__(self) -> None:
        """Hours are of one day, and a limit that nothing stays below is a mistake."""
        hours = (self.night_begins_hour, self.night_ends_hour)
        if not all(0 <= hour < 24 for hour in hours) or self.night_ends_hour >= hours[0]:
            raise CatalogueError(f"alerts: the night from {hours[0]} to {hours[1]} is none")
        if self.unmask_limit < 1 or self.unmask_window_minutes < 1:
            raise CatalogueError("alerts: limit and window of unmasking are at least 1")


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


@cache
def get_alert_limits() -> AlertLimits:
    """When an event of this installation stands out."""
    return parse_alert_limits(_PATH.read_bytes())


def parse_alert_limits(text: bytes) -> AlertLimits:
    """Read the limits of a catalogue; every one of them is given, and no other.

    Raises:
        CatalogueError: a limit that is missing, unknown, not a whole number or senseless.
    """
    table = tomllib.loads(text.decode()).get("alerts", {})
    names = set(AlertLimits.__slots__)
    if table.keys() != names or not all(type(value) is int for value in table.values()):
        raise CatalogueError(f"alerts: members must be the whole numbers {sorted(names)}")
    return AlertLimits(**table)


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


def write_documentation(kinds: Mapping[str, EventKind], limits: AlertLimits) -> str:
    """The text of docs/formats/events.md."""
    groups: dict[str, list[EventKind]] = {}
    for kind in sorted(kinds.values(), key=lambda kind: kind.id):
        groups.setdefault(kind.id.partition(".")[0], []).append(kind)
    sections = [_HEAD, _LIMITS.format_map(asdict(limits))]
    sections += (_write_group(name, members) for name, members in groups.items())
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
    if (kind.alert == "approval") != bool(kind.approves):
        raise CatalogueError(f'{name}: alert "approval" and approves need each other')
    if not kind.title_fields <= kind.fields:
        raise CatalogueError(f"{name}: the title names a field that the event does not have")
    return kind


def main() -> None:
    """Write the documentation into the source tree."""
    target = Path(__file__).resolve().parents[4] / "docs" / "formats" / "events.md"
    text = write_documentation(get_catalogue(), get_alert_limits())
    target.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
