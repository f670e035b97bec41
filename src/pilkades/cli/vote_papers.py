"""Papers of an internet election, set by Typst without network: letters and key backups."""

import json
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
import typst

_FOLDER = Path(__file__).parent / "typst"


def print_letters(*, election: str, uuid: str, letters: Sequence[Mapping[str, str]]) -> bytes:
    """One sealed letter a voter: name, access code as text and QR, and what to do with it."""
    shown = [{**letter, "qr": _qr(letter["code"])} for letter in letters]
    return _set("letters.typ", {"election": election, "uuid": uuid, "letters": shown})


def print_backup(*, group: str, secret: str, public: str, is_seed: bool) -> bytes:
    """The paper that a trustee's key, or the seed of the ceremony's first step, comes back from."""
    return _set(
        "backup.typ",
        {
            "group": group,
            "secret": secret,
            "public": public,
            "qr": _qr(secret),
            "seed": is_seed,
        },
    )


def _set(template: str, data: Mapping[str, Any]) -> bytes:
    pdf = typst.compile(
        str(_FOLDER / template),
        root=str(_FOLDER),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(data)},
    )
    if not isinstance(pdf, bytes):
        raise TypeError("typst made no PDF")
    return pdf


def _qr(text: str) -> str:
    out = BytesIO()
    segno.make(text, error="m").save(out, kind="svg", border=2, xmldecl=False)
    return out.getvalue().decode()
