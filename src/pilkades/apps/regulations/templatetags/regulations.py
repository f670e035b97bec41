"""`{% load regulations %}`: values of a pack in words, how sure they are."""

from collections.abc import Sequence
from typing import Any

from django import template

from pilkades.apps.design.texts import translate, translate_name
from pilkades.apps.regulations.selectors.writing import write_status, write_value
from pilkades.apps.regulations.words import name_field, write_title
from pilkades.law.pack import Status
from pilkades.text import Text

register = template.Library()

_KINDS = {
    Status.VERIFIED: "ok",
    Status.SECONDARY: "info",
    Status.UNVERIFIED: "warn",
    Status.FICTIONAL: "bad",
}


@register.filter
def nilai(value: Any) -> str:
    """A value of a pack: ya, 1.234, 23 November 2026, a; b; c."""
    return write_value(value)


@register.filter
def judul(label: Text | str) -> str:
    """The explanation of a rule as a title."""
    return write_title(translate_name(label) if isinstance(label, str) else translate(label))


@register.filter
def nama_kolom(name: str) -> str:
    """A field of a table in words."""
    return name_field(name)


@register.filter
def nama_semua_kolom(names: Sequence[str]) -> str:
    """Several fields in words, with commas."""
    return ", ".join(name_field(name) for name in names)


@register.filter
def kepastian(status: Status) -> str:
    """Terverifikasi, Dari sumber kedua, Perlu verifikasi, Fiktif."""
    return write_status(status)


@register.filter
def jenis_kepastian(status: Status) -> str:
    """The kind of the status tag: ok, info or warn."""
    return _KINDS[status]
