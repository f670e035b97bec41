"""`{% load regulations %}`: values of a pack in words, how sure they are."""

from typing import Any

from django import template

from pilkades.apps.regulations.selectors.writing import write_status, write_value
from pilkades.law.pack import Status

register = template.Library()

_KINDS = {Status.VERIFIED: "ok", Status.SECONDARY: "info", Status.UNVERIFIED: "warn"}


@register.filter
def nilai(value: Any) -> str:
    """A value of a pack: ya, 1.234, 23 November 2026, a; b; c."""
    return write_value(value)


@register.filter
def kepastian(status: Status) -> str:
    """Terverifikasi, Dari sumber kedua, Perlu verifikasi."""
    return write_status(status)


@register.filter
def jenis_kepastian(status: Status) -> str:
    """The kind of the status tag: ok, info or warn."""
    return _KINDS[status]
