"""Official papers as PDF: A4 and F4, monochrome, set by Typst without network or outside fonts.

Data reaches the page as JSON through `sys.inputs` and is only ever shown as text, so a name such
as `#panic()` or `"Siti"` is a name and nothing else. Papers are Indonesian whatever the screen is.
"""

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import rfc8785
import typst
from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise

from pilkades.apps.design.formats import format_moment, format_number, format_plain_date
from pilkades.apps.design.texts import translate
from pilkades.apps.documents.qr import qr_svg
from pilkades.text import Text

APPS_DIR = Path(__file__).resolve().parents[1]
Paper = Literal["a4", "f4"]
PAPERS: tuple[Paper, ...] = ("a4", "f4")


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRecord:
    """What the QR at the bottom right says: which record this paper shows.

    `url` leads a reader to the record; without one the code holds identity and hash alone.
    `hash` is that of the record; left empty it is the hash of the data on the paper.
    """

    identity: str
    hash: str = ""
    url: str = ""


def render_pdf(
    *,
    template: str,
    data: Mapping[str, Any],
    paper: Paper = "a4",
    record: PaperRecord | None = None,
    simulation: bool | None = None,
) -> bytes:
    """Set `apps/<app>/typst/<name>.typ`, named "<app>/<name>.typ", with the data.

    `simulation` puts SIMULASI across every page; the demo does so always.
    """
    if paper not in PAPERS:
        raise ValueError(f"unknown paper {paper!r}")
    with translation.override("id"):
        plain = _plain(data)
    frame = {
        "paper": paper,
        "simulation": settings.PILKADES_DEMO or bool(simulation),
        "record": _describe_record(record, plain),
    }
    compiled = typst.compile(
        _find_template(template),
        root=APPS_DIR,
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(plain), "frame": json.dumps(frame)},
    )
    if not isinstance(compiled, bytes):
        raise TypeError("typst made no PDF")
    return compiled


def photo_svg(data: bytes, *, media_type: str, width: int = 3, height: int = 4) -> str:
    """A photograph as a picture that a paper can show: cut to the frame, nothing stretched."""
    if media_type not in {"image/jpeg", "image/png", "image/webp", "image/gif"}:
        raise ValueError(f"no photograph: {media_type!r}")
    encoded = base64.b64encode(data).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width * 100} {height * 100}">'
        f'<image width="{width * 100}" height="{height * 100}"'
        f' preserveAspectRatio="xMidYMid slice" href="data:{media_type};base64,{encoded}"/></svg>'
    )


def _find_template(template: str) -> Path:
    app, _, name = template.partition("/")
    path = (APPS_DIR / app / "typst" / name).resolve()
    if not path.is_relative_to(APPS_DIR / app / "typst") or not path.is_file():
        raise FileNotFoundError(f"no paper {template!r}")
    return path


def _describe_record(record: PaperRecord | None, plain: Any) -> dict[str, str] | None:
    if record is None:
        return None
    digest = record.hash or hashlib.sha256(rfc8785.dumps(plain)).hexdigest()
    content = record.url or f"{record.identity} sha256:{digest}"
    return {"identity": record.identity, "hash": digest, "qr": qr_svg(content, border_modules=1)}


def _plain(value: Any) -> Any:
    """Values as JSON, sentences and dates already in words."""
    match value:
        case None | bool() | int() | float() | str():
            return value
        case Text() | Promise():
            return translate(value)
        case Decimal():
            return format_number(value)
        case datetime():
            return format_moment(value)
        case date():
            return format_plain_date(value)
        case time():
            return f"{value:%H.%M}"
        case Mapping():
            return {str(key): _plain(item) for key, item in value.items()}
        case Sequence() | set() | frozenset():
            return [_plain(item) for item in value]
        case _:
            return str(value)
