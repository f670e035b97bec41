"""An event in words: the title of the catalogue, filled from the leaf's data."""

from collections.abc import Mapping
from typing import Any

from pilkades.apps.audit.catalogue import get_catalogue
from pilkades.text import Text


def describe_event(*, event: str, data: Mapping[str, Any], words: Mapping[str, Any]) -> Text:
    """The sentence; `words` gives readable words for values that are codes.

    An event that the catalogue no longer knows is named by its id.
    """
    kind = get_catalogue().get(event)
    if kind is None:
        return Text("Peristiwa {event}", event=event)
    places = {name: _read(data.get(name), words) for name in kind.title_fields}
    return Text(kind.title, **places)


def _read(value: Any, words: Mapping[str, Any]) -> Any:
    if isinstance(value, list):
        return [_read(item, words) for item in value]
    if value is None:
        return "–"
    return words.get(value, value) if isinstance(value, str) else value
