"""Input of a date as three boxes: day, month in words, year.

A browser shows its own date field in the order of its own language; on an English phone 08/09 is
the ninth of August. Three labelled boxes cannot be read in two ways, and need no script.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from pilkades.apps.design.formats import MONTHS, active_language

PARTS = ("day", "month", "year")


class DateInput(forms.Widget):
    """For `forms.DateField`; also takes one ISO date under the field's own name."""

    template_name = "design/widgets/date.html"
    use_fieldset = True

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        day, month, year = _split(value)
        context["widget"].update(
            day=day,
            month=month,
            year=year,
            months=list(enumerate(MONTHS[active_language()], start=1)),
            day_label=pgettext_lazy("hari dalam bulan", "Tanggal"),
            month_label=gettext_lazy("Bulan"),
            year_label=gettext_lazy("Tahun"),
        )
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str | None:
        """An ISO-like text; what is not a date is refused by the field, with everything kept."""
        day, month, year = (str(data.get(f"{name}_{part}") or "").strip() for part in PARTS)
        if not (day or month or year):
            return data.get(name) or None
        return f"{year}-{month}-{day}"

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return all(f"{name}_{part}" not in data for part in PARTS) and name not in data

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_day" if id_ else id_


def _split(value: Any) -> tuple[str, str, str]:
    if isinstance(value, date):
        return str(value.day), str(value.month), str(value.year)
    parts = str(value or "").split("-")
    if len(parts) != len(PARTS):
        return "", "", ""
    year, month, day = parts
    return day.lstrip("0"), month.lstrip("0"), year
