"""Sentences for people, made by code that knows no language but Indonesian.

Pure packages build a `Text`; the shell translates its template by gettext and then fills it. The
template is the gettext source string (xgettext is told about the keyword `Text`), so it must be a
literal.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True, init=False)
class Text:
    """An Indonesian sentence with named places: `Text("Kurang {days} hari.", days=3)`.

    A parameter may itself be a `Text`, or a tuple that is written with commas; dates and numbers
    are passed as they are and formatted by whoever shows them. `str()` gives the Indonesian
    sentence.
    """

    template: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def __init__(self, template: str, **params: Any) -> None:
        object.__setattr__(self, "template", template)
        object.__setattr__(self, "params", MappingProxyType(params))

    def __str__(self) -> str:
        return self.template.format(**{name: _plain(value) for name, value in self.params.items()})

    def __reduce__(self) -> tuple[Any, ...]:
        # A read-only view cannot be sent to another process as it is; the sentence is made anew.
        return partial(Text, self.template, **self.params), ()

    def __hash__(self) -> int:
        return hash((self.template, tuple(sorted((k, str(v)) for k, v in self.params.items()))))


def _plain(value: Any) -> Any:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else value
