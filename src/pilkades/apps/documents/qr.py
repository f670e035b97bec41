"""QR codes: one text in, a picture out. No network, no random, the same text the same picture."""

import io

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_svg(text: str, *, border_modules: int = 4) -> SafeString:
    """The code as an SVG element that scales with its box, black on white in every theme.

    Error correction M: a fold or a stamp may cover about a sixth of the code.
    """
    buffer = io.BytesIO()
    segno.make(text, error="m", micro=False, boost_error=False).save(
        buffer,
        kind="svg",
        border=border_modules,
        xmldecl=False,
        svgns=True,
        omitsize=True,
        dark="#000",
        light="#fff",
        nl=False,
    )
    # segno writes numbers only; the text itself never enters the markup.
    return mark_safe(buffer.getvalue().decode())  # noqa: S308


def qr_png(text: str, *, module_pixels: int = 8, border_modules: int = 4) -> bytes:
    """The code as a PNG, for messages and downloads."""
    buffer = io.BytesIO()
    segno.make(text, error="m", micro=False, boost_error=False).save(
        buffer, kind="png", scale=module_pixels, border=border_modules
    )
    return buffer.getvalue()
