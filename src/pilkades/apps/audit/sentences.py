"""An event in words: the title of the catalogue, filled from the leaf's data."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from pilkades.apps.audit.catalogue import get_catalogue
from pilkades.text import Text

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)")


def describe_event(
    *,
    event: str,
    data: Mapping[str, Any],
    words: Mapping[str, Any],
    opened: Mapping[str, str] | None = None,
) -> Text:
    """The sentence; `words` gives readable words for values that are codes.

    `opened` are the plain values behind the event's commitments, for readers who may know them;
    with all that it needs, the fuller sentence is told.

    An event that the catalogue no longer knows is named by its id.
    """
    kind = get_catalogue().get(event)
    if kind is None:
        return Text("Peristiwa {event}", event=event)
    known = {**data, **(opened or {})}
    is_opened = bool(opened and kind.opened) and kind.opened_fields <= known.keys()
    names = kind.opened_fields if is_opened else kind.title_fields
    places = {name: _read(known.get(name), words) for name in names}
    return Text(kind.opened if is_opened else kind.title, **places)


def _read(value: Any, words: Mapping[str, Any]) -> Any:
    if isinstance(value, list):
        return [_read(item, words) for item in value]
    if value is None:
        return "–"
    if not isinstance(value, str):
        return value
    return words[value] if value in words else _read_day_or_moment(value)


def _read_day_or_moment(value: str) -> Any:
    """Days and moments as values, so that whoever shows them writes them as the language does."""
    if _DAY.fullmatch(value):
        return date.fromisoformat(value)
    return datetime.fromisoformat(value) if _MOMENT.fullmatch(value) else value
