"""The catalogue is the only source of events, and its documentation is current."""

from pathlib import Path

import pytest

from pilkades.apps.audit.catalogue import (
    CatalogueError,
    get_alert_limits,
    get_catalogue,
    get_kind,
    parse_alert_limits,
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
    assert written == write_documentation(get_catalogue(), get_alert_limits()), (
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
        entry(alert='"approval"'),
        entry(alert='"unlock"', approves='["a.b"]'),
    ],
)
def test_a_catalogue_with_a_mistake_is_refused(catalogue: bytes) -> None:
    with pytest.raises(CatalogueError):
        parse_catalogue(catalogue)


def test_an_unknown_event_is_refused_by_name() -> None:
    with pytest.raises(CatalogueError, match=r"tidak\.ada"):
        get_kind("tidak.ada")


LIMITS = {
    "night_begins_hour": "23",
    "night_ends_hour": "5",
    "unmask_limit": "20",
    "unmask_window_minutes": "60",
}


def limits(**changes: str) -> bytes:
    lines = "\n".join(f"{name} = {value}" for name, value in (LIMITS | changes).items() if value)
    return f"[alerts]\n{lines}\n".encode()


def test_the_limits_of_alerts_are_read_from_the_catalogue() -> None:
    assert parse_alert_limits(limits(unmask_limit="7")).unmask_limit == 7


@pytest.mark.parametrize(
    "text",
    [
        b"",
        limits(unmask_limit=""),
        limits(unmask_limit="0"),
        limits(unmask_limit='"20"'),
        limits(unmask_window_minutes="0"),
        limits(night_begins_hour="24"),
        limits(night_begins_hour="5"),
        limits(mood="1"),
    ],
)
def test_limits_with_a_mistake_are_refused(text: bytes) -> None:
    with pytest.raises(CatalogueError):
        parse_alert_limits(text)


def test_something_is_watched_for_every_alert() -> None:
    assert {kind.alert for kind in get_catalogue().values()} == {
        "",
        "approval",
        "unlock",
        "unmask",
    }
