"""Sentences, dates and values in the words of the terminal, without Django.

Indonesian by default; English from the same translation catalogue as the screens, compiled or not,
with the packs' own English names.
"""

import ast
import gettext
import re
from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from pilkades.text import Text

_DAYS = {
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = {
    "id": (
        *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
        *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
_SHORT_MONTHS = {
    "id": ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
_QUOTED = r'"(?:[^"\\]|\\.)*"'
_YES_NO = {"id": ("ya", "tidak"), "en": ("yes", "no")}


class Speaker:
    """Says things in one language; `names` maps Indonesian names of a pack to English ones."""

    def __init__(self, language: str = "id", names: Mapping[str, str] | None = None) -> None:
        self.language = language
        self.names = names or {}
        self._translations: gettext.NullTranslations = gettext.NullTranslations()
        self._written: Mapping[str, str] = {}
        self.is_translated = True
        if language != "id":
            folder = str(resources.files("pilkades.config") / "locale")
            try:
                self._translations = gettext.translation("django", folder, languages=[language])
            except OSError:
                self._written = read_catalogue(Path(folder) / language / "LC_MESSAGES/django.po")
                self.is_translated = bool(self._written)

    def say(self, text: Text) -> str:
        """The sentence with its places filled."""
        template = self._translations.gettext(text.template)
        template = self._written.get(template, template)
        return template.format(**{key: self.show(value) for key, value in text.params.items()})

    def show(self, value: Any) -> str:
        """Any value of a sentence or a pack as people write it."""
        match value:
            case None:
                return "-"
            case Text():
                return self.say(value)
            case bool():
                return _YES_NO[self.language][0 if value else 1]
            case date():
                return self.day(value)
            case time():
                return f"{value:%H.%M}"
            case Decimal():
                return f"{value:f}".replace(".", ",") if self.language == "id" else f"{value:f}"
            case tuple() | list():
                return ", ".join(self.show(item) for item in value) or "-"
            case Mapping():
                return ", ".join(f"{key} {self.show(item)}" for key, item in value.items()) or "-"
            case str() if self.language != "id":
                return self.names.get(value, value)
            case _:
                return str(value)

    def day(self, day: date) -> str:
        """ "23 November 2026"."""
        return f"{day.day} {_MONTHS[self.language][day.month - 1]} {day.year}"

    def long_date(self, day: date) -> str:
        """ "Senin, 23 November 2026"."""
        return f"{_DAYS[self.language][day.weekday()]}, {self.day(day)}"

    def short_range(self, start: date, end: date) -> str:
        """ "Kam 20 Agu – Rab 2 Sep 2026", for tables."""
        if start == end:
            return self._short(start, with_year=True)
        first = self._short(start, with_year=start.year != end.year)
        return f"{first} – {self._short(end, with_year=True)}"

    def _short(self, day: date, *, with_year: bool) -> str:
        weekday = _DAYS[self.language][day.weekday()][:3]
        month = _SHORT_MONTHS[self.language][day.month - 1]
        return f"{weekday} {day.day} {month}" + (f" {day.year}" if with_year else "")


@cache
def read_catalogue(path: Path) -> Mapping[str, str]:
    """The sentences of a catalogue that nobody has compiled; none where there is no such file."""
    if not path.exists():
        return {}
    pairs = re.findall(
        rf"^msgid ((?:{_QUOTED}\n)+)msgstr ((?:{_QUOTED}(?:\n|\Z))+)",
        path.read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    return {_join(key): _join(value) for key, value in pairs if _join(value)}


def _join(quoted: str) -> str:
    return "".join(ast.literal_eval(part) for part in re.findall(_QUOTED, quoted))
