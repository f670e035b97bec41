"""Values of a pack as people write them: on screen, on paper and in a table."""

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal

from django.utils.translation import gettext, gettext_noop

from pilkades.apps.design.formats import format_number, format_plain_date
from pilkades.apps.design.texts import translate, translate_name
from pilkades.apps.regulations.selectors.entries import EntryRow
from pilkades.apps.regulations.words import name_choice, name_field, write_title
from pilkades.law.pack import Status, Value

STATUS_WORDS = {
    Status.VERIFIED: gettext_noop("Terverifikasi"),
    Status.SECONDARY: gettext_noop("Dari sumber kedua"),
    Status.UNVERIFIED: gettext_noop("Perlu verifikasi"),
    Status.FICTIONAL: gettext_noop("Fiktif"),
}


def write_value(value: Value) -> str:
    """One value in words: yes and no, dates in full, lists with commas."""
    match value:
        case None:
            return "–"
        case bool():
            return gettext("ya") if value else gettext("tidak")
        case int() | Decimal():
            return format_number(value)
        case date():
            return format_plain_date(value)
        case time():
            return f"{value:%H.%M}"
        case tuple():
            return "; ".join(write_value(item) for item in value) or gettext("tidak ada")
        case Mapping():
            return ", ".join(
                f"{name_field(name)}: {write_value(item)}" for name, item in value.items()
            )
        case _:
            return name_choice(translate_name(str(value)))


def write_status(status: Status) -> str:
    """How sure a value is, in the language of the page."""
    return gettext(STATUS_WORDS[status])


def write_cells(row: EntryRow) -> list[str]:
    """One row of the exported table."""
    value = (
        write_value(row.value)
        if not row.fields
        else "; ".join(
            f"{name_field(field.name)}: {write_value(field.value)}" for field in row.fields
        )
    )
    return [
        row.key,
        write_title(translate(row.label)),
        value,
        row.article,
        write_status(row.status),
        row.effective_date.isoformat(),
        row.approved_by,
        row.note,
    ]
