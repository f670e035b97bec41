"""Addresses of the API below a village: codes are checked before anything reads the database."""

from typing import Annotated

from django.urls import register_converter
from ninja import Path

CODE = r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{4}"


class VillageCodeConverter:
    """A village's code of thirteen characters; anything else is no address of a village."""

    regex = CODE

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(VillageCodeConverter, "kode_desa")

VillageCode = Annotated[
    str, Path(pattern=f"^{CODE}$", description="kode desa Kemendagri, misalnya 35.05.01.2001")
]
VILLAGE = "/pemilihan/{kode_desa:village_code}"
FILE = f"{VILLAGE}/berkas/{{uuid:candidacy_uuid}}"
