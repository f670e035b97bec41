"""A document is taken in when it can be opened, not when it merely begins like one."""

import io

import pytest
from PIL import Image

from pilkades.apps.elections.forms.candidates import IdentityForm
from pilkades.apps.elections.uploads import read_document
from pilkades.errors import MalformedInputError
from tests.apps.village_cast import PDF

PNG_HEAD = b"\x89PNG\r\n\x1a\n"


def _picture(kind: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (40, 60), "white").save(buffer, kind)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        PNG_HEAD + b"bukan gambar",
        b"\xff\xd8\xff\xe0 bukan gambar",
        _picture("PNG")[:60],
        _picture("JPEG")[:200],
        b"%PDF-1.4",
        b"%PDF-1.4\n%%EOF\n",
        b"%PDF-1.4\nstartxref\n99999\n%%EOF\n",
        PDF[:-40],
    ],
)
def test_a_file_that_only_begins_like_a_document_is_refused(data: bytes) -> None:
    with pytest.raises(MalformedInputError) as caught:
        read_document(data)
    assert caught.value.code == "upload.damaged"


@pytest.mark.parametrize("data", [_picture("PNG"), _picture("JPEG"), PDF])
def test_a_whole_document_is_taken_in(data: bytes) -> None:
    assert read_document(data).data == data


def test_a_nik_of_another_length_is_told_how_many_digits_were_typed() -> None:
    form = IdentityForm({"nik": "350501520485"})
    assert form.errors["nik"] == [
        "NIK terdiri atas 16 angka; yang Anda ketik 12. Periksa pada KTP."
    ]
