"""The catalogue of events: the only source of what may be written to the ledger.

Reads `catalogue.toml` beside it. Run as a module it writes the public documentation that is made
from it, `docs/formats/events.md`.
"""

import re
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
yang tidak ada di daftar ini tidak dapat dicatat. Yang di kolom Sidik adalah sidik bergaram: isinya
tidak terbaca, dan dicocokkan dengan `pilkades ledger open`. Pembaca jejak audit yang berhak membaca
kalimat kedua.
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
_MEMBERS = _REQUIRED | {"alert", "approves", "commitments", "opened"}
SUFFIX = "_commitment"
_HASH = re.compile(r"[0-9a-f]{64}")


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
    """One entry of the catalogue.

    `fields` are told to everybody; of what `commitments` names, the ledger holds a salted hash.
    """

    id: str
    title: str
    article_required: bool
    fields: frozenset[str]
    alert: str = ""
    approves: frozenset[str] = frozenset()
    commitments: frozenset[str] = frozenset()
    opened: str = ""
    title_fields: frozenset[str] = field(init=False)
    opened_fields: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Find once which fields the sentences need."""
        object.__setattr__(self, "title_fields", _list_places(self.title))
        object.__setattr__(self, "opened_fields", _list_places(self.opened))

    def check(self, *, article: str, data: Mapping[str, Any]) -> None:
        """Refuse what this event may not carry or lacks.

        Raises:
            CatalogueError: unknown field, missing field of the title, missing article, a
            commitment that is no hash.
        """
        unknown = sorted(data.keys() - self.fields - self.commitments)
        if unknown:
            raise CatalogueError(f"{self.id}: fields {unknown} are not in the event catalogue")
        missing = sorted(self.title_fields - data.keys())
        if missing:
            raise CatalogueError(f"{self.id}: the title needs the fields {missing}")
        if self.article_required and not article:
            raise CatalogueError(f"{self.id}: an article is required")
        for name in sorted(self.commitments & data.keys()):
            if not _HASH.fullmatch(str(data[name])):
                raise CatalogueError(f"{self.id}: {name} is not a commitment; use commit_to")


def _list_places(sentence: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(sentence) if name)


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
        f"| `{kind.id}` | {_write_sentences(kind)} | {_list(kind.fields)} | "
        f"{_list(kind.commitments)} | "
        f"{'ya' if kind.article_required else ''} | {_describe_alert(kind)} |\n"
        for kind in kinds
    )
    head = (
        "| Peristiwa | Kalimat | Isian | Sidik | Pasal wajib | Pengawasan |\n"
        "|---|---|---|---|---|---|\n"
    )
    return f"## {name}\n\n{head}{rows}"


def _write_sentences(kind: EventKind) -> str:
    return f"{kind.title} / {kind.opened}" if kind.opened else kind.title


def _describe_alert(kind: EventKind) -> str:
    if not kind.approves:
        return _ALERT_WORDS[kind.alert]
    return f"{_ALERT_WORDS[kind.alert]} atas {_list(kind.approves)}"


def _list(names: frozenset[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))


def _parse_entry(entry: Mapping[str, Any]) -> EventKind:
    name = entry.get("id", "?")
    if not entry.keys() >= _REQUIRED or not entry.keys() <= _MEMBERS:
        raise CatalogueError(
            f"{name}: members must be {sorted(_REQUIRED)}, optional {sorted(_MEMBERS - _REQUIRED)}"
        )
    kind = EventKind(
        id=entry["id"],
        title=entry["title"],
        article_required=entry["article_required"],
        fields=frozenset(entry["fields"]),
        alert=entry.get("alert", ""),
        approves=frozenset(entry.get("approves", ())),
        commitments=frozenset(entry.get("commitments", ())),
        opened=entry.get("opened", ""),
    )
    if kind.alert not in ALERTS:
        raise CatalogueError(f"{name}: alert must be one of {sorted(ALERTS)}")
    if (kind.alert == "approval") != bool(kind.approves):
        raise CatalogueError(f"{name}: alert 'approval' and approves need each other")
    if not kind.title_fields <= kind.fields:
        raise CatalogueError(f"{name}: the title names a field that the event does not have")
    _check_commitments(kind)
    return kind


def _check_commitments(kind: EventKind) -> None:
    """A commitment is told by its name, and told apart from what everybody may read."""
    if any(name.endswith(SUFFIX) for name in kind.fields) or not all(
        name.endswith(SUFFIX) for name in kind.commitments
    ):
        raise CatalogueError(f"{kind.id}: names ending in {SUFFIX} belong in `commitments` alone")
    known = kind.fields | {name.removesuffix(SUFFIX) for name in kind.commitments}
    if not kind.opened_fields <= known:
        raise CatalogueError(
            f"{kind.id}: the opened sentence names a field the event does not have"
        )


def main() -> None:
    """Write the documentation into the source tree."""
    target = Path(__file__).resolve().parents[4] / "docs" / "formats" / "events.md"
    text = write_documentation(get_catalogue(), get_alert_limits())
    target.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
