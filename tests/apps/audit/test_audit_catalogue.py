"""The catalogue is the only source of events, and its documentation is current."""

from pathlib import Path

import pytest

from pilkades.apps.audit.catalogue import (
    CatalogueError,
    get_catalogue,
    get_kind,
    parse_catalogue,
    write_documentation,
)

ROOT = Path(__file__).resolve().parents[3]


def entry(text: str = "", **changes: str) -> bytes:
    members = {
        "id": '"a.b"',
        "title": '"Dibuat"',
        "article_required": "false",
        "fields": "[]",
    } | changes
    lines = "\n".join(f"{name} = {value}" for name, value in members.items() if value)
    return f"[[event]]\n{lines}\n{text}".encode()


def test_the_documentation_is_current() -> None:
    written = (ROOT / "docs" / "formats" / "events.md").read_text(encoding="utf-8")
    assert written == write_documentation(get_catalogue()), (
        "run: .venv/bin/python -m pilkades.apps.audit.catalogue"
    )


def test_every_event_is_written_by_somebody() -> None:
    sources = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    assert [name for name in get_catalogue() if f'"{name}"' not in sources] == []


def test_titles_are_sentences_with_places_only_for_their_fields() -> None:
    for kind in get_catalogue().values():
        assert kind.title[0].isupper() or kind.title[0] == "{"
        assert not kind.title.endswith(".")
        assert kind.title_fields <= kind.fields


@pytest.mark.parametrize(
    "catalogue",
    [
        entry(title=""),
        entry(mood='"baik"'),
        entry() + entry(),
        entry(alert='"noise"'),
        entry(title='"Nomor {number}"'),
        entry(approves='["a.c"]'),
    ],
)
def test_a_catalogue_with_a_mistake_is_refused(catalogue: bytes) -> None:
    with pytest.raises(CatalogueError):
        parse_catalogue(catalogue)


def test_an_unknown_event_is_refused_by_name() -> None:
    with pytest.raises(CatalogueError, match=r"tidak\.ada"):
        get_kind("tidak.ada")
