"""Sentences of the law as JSON, so that a decision keeps its reasons in every language.

A template is kept with its parameters; a parameter that JSON does not know is written as an object
with one member that names its kind.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any

from pilkades.text import Text

Stored = dict[str, Any]


def freeze_text(text: Text) -> Stored:
    """The sentence as JSON values."""
    return {
        "template": text.template,
        "params": {name: _freeze(value) for name, value in text.params.items()},
    }


def thaw_text(stored: Mapping[str, Any]) -> Text:
    """The sentence again, equal to the one that was frozen."""
    params = {name: _thaw(value) for name, value in stored["params"].items()}
    return Text(stored["template"], **params)


def freeze_texts(texts: Iterable[Text]) -> list[Stored]:
    """Several sentences as one JSON list."""
    return [freeze_text(text) for text in texts]


def thaw_texts(stored: Iterable[Mapping[str, Any]]) -> tuple[Text, ...]:
    """Several sentences again."""
    return tuple(thaw_text(item) for item in stored)


def _freeze(value: Any) -> Any:
    match value:
        case Text():
            return {"text": freeze_text(value)}
        case Enum():
            return _freeze(value.value)
        case None | bool() | int() | str():
            return value
        case Decimal():
            return {"decimal": str(value)}
        case datetime():
            return {"moment": value.isoformat()}
        case date():
            return {"date": value.isoformat()}
        case time():
            return {"time": value.isoformat()}
        case tuple() | list():
            return {"list": [_freeze(item) for item in value]}
        case _:
            return str(value)


def _thaw(value: Any) -> Any:
    match value:
        case {"text": stored}:
            return thaw_text(stored)
        case {"decimal": stored}:
            return Decimal(stored)
        case {"moment": stored}:
            return datetime.fromisoformat(stored)
        case {"date": stored}:
            return date.fromisoformat(stored)
        case {"time": stored}:
            return time.fromisoformat(stored)
        case {"list": stored}:
            return tuple(_thaw(item) for item in stored)
        case _:
            return value
