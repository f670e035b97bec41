"""Portraits for tests, with what a camera hides beside the picture."""

import io

from PIL import Image


def picture(
    color: str = "navy", size: tuple[int, int] = (600, 800), *, noise: bool = False
) -> bytes:
    """A JPEG that names its camera; with noise it is as heavy as a real photo."""
    drawn = Image.effect_noise(size, 60).convert("RGB") if noise else Image.new("RGB", size, color)
    exif = Image.Exif()
    exif[0x010F] = "Kamera rahasia"
    buffer = io.BytesIO()
    drawn.save(buffer, "JPEG", exif=exif)
    return buffer.getvalue()
