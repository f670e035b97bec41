"""`{% load documents %}`: a QR code inside a page, and the address of its lists as a file."""

from django import template
from django.http import QueryDict
from django.utils.safestring import SafeString

from pilkades.apps.design.tables import DOWNLOAD, PAGE
from pilkades.apps.documents.qr import qr_svg

register = template.Library()


@register.simple_tag
def qr(text: str) -> SafeString:
    """The text as an SVG code; whoever places it says beside it what it is."""
    return qr_svg(str(text))


@register.filter
def as_download(query: QueryDict) -> str:
    """The address of the same page, with its filters, as a workbook of all rows."""
    changed = query.copy()
    changed.pop(PAGE, None)
    changed[DOWNLOAD] = "xlsx"
    return f"?{changed.urlencode()}"
