"""What may be handed in as a file: documents and photos, judged by their bytes, never by a name.

A photo is decoded and written anew, so that nothing a camera or a forger put beside the picture
(place, serial number, script) survives; a document is kept as it came and only ever shown as a
download.
"""

import hashlib
import io
import re
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageOps, UnidentifiedImageError

from pilkades.apps.vault.files import sniff_media_type
from pilkades.errors import MalformedInputError
from pilkades.text import Text

DOCUMENT_MAX_BYTES = 5 * 1024 * 1024
PHOTO_MAX_BYTES = 10 * 1024 * 1024
PHOTO_MAX_PIXELS = 40_000_000
PHOTO_MIN_EDGE_PIXELS = 300
LARGE_PIXELS = (900, 1200)
SMALL_PIXELS = (180, 240)
SITE_PIXELS = (1600, 1600)
MEGABYTE = 1024 * 1024
PDF_END_BYTES = 2048
_PDF_END = re.compile(rb"startxref\s+([0-9]{1,12})\s+%%EOF")


@dataclass(frozen=True, slots=True)
class Upload:
    """A document whose bytes are what they claim to be."""

    data: bytes
    media_type: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Photo:
    """A candidate's photo in the two sizes that are needed: on paper and on a phone."""

    large: bytes
    small: bytes
    sha256: str


def read_document(data: bytes) -> Upload:
    """Accept a PDF, JPEG or PNG of at most 5 MB.

    Raises: MalformedInputError `upload.empty`, `upload.too-large`, `upload.kind`, `upload.damaged`.
    """
    _require_size(data, DOCUMENT_MAX_BYTES)
    media_type = sniff_media_type(data)
    if media_type and not _is_whole(data, media_type):
        raise MalformedInputError(
            "upload.damaged",
            Text(
                "Berkas ini rusak atau terpotong: awalnya benar, tetapi isinya tidak dapat dibuka. "
                "Foto atau pindai ulang dokumen itu, lalu unggah lagi."
            ),
        )
    if not media_type:
        raise MalformedInputError(
            "upload.kind",
            Text(
                "Berkas ini bukan PDF, JPG, atau PNG. Foto atau pindai ulang dokumen itu, lalu "
                "unggah lagi. Berkas lain tidak berubah."
            ),
        )
    return Upload(data=data, media_type=media_type, sha256=hashlib.sha256(data).hexdigest())


def read_photo(data: bytes) -> Photo:
    """Decode a JPEG or PNG portrait and write it anew, three to four, in two sizes.

    Raises: MalformedInputError `upload.empty`, `upload.too-large`, `upload.photo`,
    `upload.photo-small`.
    """
    _require_size(data, PHOTO_MAX_BYTES)
    picture = _decode(data)
    if min(picture.size) < PHOTO_MIN_EDGE_PIXELS:
        raise MalformedInputError(
            "upload.photo-small",
            Text(
                "Foto ini {width} x {height} piksel; sisi terpendek paling sedikit {edge} piksel "
                "supaya jelas di surat suara. Ambil foto yang lebih besar.",
                width=picture.size[0],
                height=picture.size[1],
                edge=PHOTO_MIN_EDGE_PIXELS,
            ),
        )
    large = _encode(picture, LARGE_PIXELS, quality=88)
    return Photo(
        large=large,
        small=_encode(picture, SMALL_PIXELS, quality=70),
        sha256=hashlib.sha256(large).hexdigest(),
    )


def read_site_photo(data: bytes) -> bytes:
    """Decode a JPEG or PNG of a place and write it anew as a JPEG, uncut, at most 1600 pixels wide.

    Raises: MalformedInputError `upload.empty`, `upload.too-large`, `upload.photo`.
    """
    _require_size(data, PHOTO_MAX_BYTES)
    picture = _decode(data)
    picture.thumbnail(SITE_PIXELS)
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=80, optimize=True)
    return buffer.getvalue()


@lru_cache(maxsize=64)
def shrink_photo(large: bytes) -> bytes:
    """The small portrait of a large one that was read before; made once for each."""
    return _encode(_decode(large), SMALL_PIXELS, quality=70)


def _require_size(data: bytes, most_bytes: int) -> None:
    if not data:
        raise MalformedInputError(
            "upload.empty", Text("Berkas kosong. Pilih berkas lain, lalu unggah lagi.")
        )
    if len(data) > most_bytes:
        raise MalformedInputError(
            "upload.too-large",
            Text(
                "Berkas ini lebih dari {megabytes} MB. Kecilkan atau pindai dengan mutu lebih "
                "rendah, lalu unggah lagi.",
                megabytes=most_bytes // MEGABYTE,
            ),
        )


def _is_whole(data: bytes, media_type: str) -> bool:
    """Whether the file can be opened, not merely begins like one of its kind."""
    if media_type == "application/pdf":
        end = _PDF_END.search(data[-PDF_END_BYTES:])
        return end is not None and 0 < int(end[1]) < len(data)
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as opened:
            if opened.size[0] * opened.size[1] > PHOTO_MAX_PIXELS:
                return False
            opened.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False
    return True


def _decode(data: bytes) -> Image.Image:
    """The size is read from the header and judged before a single pixel is unpacked."""
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as opened:
            if opened.size[0] * opened.size[1] > PHOTO_MAX_PIXELS:
                raise _unreadable()
            opened.load()
            return ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise _unreadable() from error
    except Image.DecompressionBombError as error:
        raise _unreadable() from error


def _encode(picture: Image.Image, size: tuple[int, int], *, quality: int) -> bytes:
    width = min(size[0], picture.size[0])
    fitted = ImageOps.fit(picture, (width, width * size[1] // size[0]))
    buffer = io.BytesIO()
    fitted.save(buffer, "JPEG", quality=quality, optimize=True)
    return buffer.getvalue()


def _unreadable() -> MalformedInputError:
    return MalformedInputError(
        "upload.photo",
        Text(
            "Foto tidak terbaca. Pakai foto JPG atau PNG dari kamera atau pindaian, lalu unggah "
            "lagi."
        ),
    )
