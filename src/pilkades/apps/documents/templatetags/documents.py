"""`{% load documents %}`: a QR code inside a page."""

from django import template
from django.utils.safestring import SafeString

from pilkades.apps.documents.qr import qr_svg

register = template.Library()


@register.simple_tag
def qr(text: str) -> SafeString:
    """The text as an SVG code; whoever places it says beside it what it is."""
    return qr_svg(str(text))
