"""Sentences of the pure packages, translated and filled for the screen."""

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext

from pilkades.apps.design.formats import (
    active_language,
    format_moment,
    format_number,
    format_plain_date,
)
from pilkades.text import Text

_english_names: dict[str, str] = {}


def learn_names(names: Mapping[str, str]) -> None:
    """Names that data bring along with their English, such as the steps of a rule pack.

    They stand as parameters in sentences; a pack is written without touching our catalogue.
    """
    _english_names.update(names)


def translate_name(name: str) -> str:
    """A learned name in the active language; any other as it is."""
    return _english_names.get(name, name) if active_language() == "en" else name


def translate(text: Text | Promise | str) -> str:
    """The sentence in the active language, its numbers and dates written as that language does.

    A plain `str` is data (a name, an article) and is returned as it is.
    """
    if not isinstance(text, Text):
        return str(text)
    return gettext(text.template).format_map(_Places(text.params))


class _Places(dict[str, Any]):
    """Parameters of a sentence, each written for the screen when it is asked for."""

    def __init__(self, params: Mapping[str, Any]) -> None:
        super().__init__({name: _write(value) for name, value in params.items()})


def _write(value: Any) -> Any:
    match value:
        case Text():
            return translate(value)
        case bool():
            return gettext("ya") if value else gettext("tidak")
        case int() | float() | Decimal():
            return format_number(value)
        case datetime():
            return format_moment(value)
        case date():
            return format_plain_date(value)
        case time():
            return f"{value:%H.%M}"
        case tuple() | list() | frozenset() | set():
            return ", ".join(str(_write(item)) for item in value)
        case str():
            return translate_name(value)
        case _:
            return str(value)
