"""`{% load design %}`: dates, times, numbers and sentences as the active language writes them."""

from datetime import date, datetime
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from pilkades.apps.design import formats
from pilkades.apps.design.texts import translate, translate_name
from pilkades.law.number_words import number_to_words

register = template.Library()


@register.filter
def tanggal(value: date | None, zone: str | None = None) -> str:
    """Senin, 23 November 2026."""
    return formats.format_date(value, zone=zone) if value else ""


@register.filter
def tanggal_polos(value: date | None, zone: str | None = None) -> str:
    """23 November 2026."""
    return formats.format_plain_date(value, zone=zone) if value else ""


@register.filter
def tanggal_pendek(value: date | None, zone: str | None = None) -> str:
    """23 Nov 2026."""
    return formats.format_short_date(value, zone=zone) if value else ""


@register.filter
def jam(value: datetime | None, zone: str | None = None) -> str:
    """07.00 WIB; the argument is the zone of the village."""
    return formats.format_time(value, zone=zone) if value else ""


@register.filter
def rentang(start: date | None, end: date | None) -> str:
    """20 Agustus–2 September 2026: `{{ step.start_date|rentang:step.end_date }}`."""
    if start is None or end is None:
        return formats.format_plain_date(start or end) if (start or end) else ""  # type: ignore[arg-type]
    return formats.format_range(start, end)


@register.filter
def angka(value: formats.Number | None, decimals: int | None = None) -> str:
    """1.234."""
    return "" if value is None or value == "" else formats.format_number(value, decimals=decimals)


@register.filter
def rupiah(value: formats.Number | None) -> str:
    """Rp1.100.000."""
    return "" if value is None or value == "" else formats.format_rupiah(value)


@register.filter
def teks(value: Any) -> str:
    """A `Text` of the law in the active language."""
    return "" if value is None else translate(value)


@register.filter
def nama(value: str) -> str:
    """A name from a rule pack, in the English that the pack gives where the page is English."""
    return translate_name(value)


@register.simple_tag
def icon(name: str, css_class: str = "") -> SafeString:
    """An outlined icon of the sprite. It is hidden from screen readers: a word stands beside it."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        css_class,
        static("design/build/icons.svg"),
        name,
    )


@register.filter
def digits(value: int | str | None, size: int | str = 3) -> list[str]:
    """The boxes of a number on paper: 5 in three boxes is 0, 0, 5; nothing is three empty boxes."""
    if value is None or value == "":
        return [""] * int(size)
    return list(str(value).zfill(int(size)))


@register.filter
def terbilang(value: int | None) -> str:
    """428 as "empat ratus dua puluh delapan"; papers and screens use the one spelling."""
    return "" if value is None else number_to_words(int(value))
