"""The paper of the gallery: every element once, with invented people."""

from datetime import date
from typing import Any

from pilkades.apps.documents.words import date_in_words, place_and_date
from pilkades.law.number_words import number_to_words

POLL_DATE = date(2026, 11, 23)
# A drawn head in place of a photograph, so that no person stands in the sample.
PORTRAIT = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 120"><rect width="90" height="120"'
    ' fill="#eee"/><circle cx="45" cy="48" r="17" fill="none" stroke="#444" stroke-width="3"/>'
    '<path d="M15 110c2-22 14-32 30-32s28 10 30 32" fill="none" stroke="#444" stroke-width="3"/>'
    "</svg>"
)


def sample_data() -> dict[str, Any]:
    """Figures that add up: 212 + 198 valid, 18 invalid, 428 used."""
    counted = (
        ("Suara sah calon nomor urut 1", 212),
        ("Suara sah calon nomor urut 2", 198),
        ("Suara tidak sah", 18),
        ("Surat suara yang digunakan", 428),
        ("Surat suara rusak", 5),
    )
    return {
        "head": ["Pemerintah Kabupaten Blitar", "Panitia Pemilihan Kepala Desa Sumberdiren"],
        "address": "Balai Desa Sumberdiren, Kecamatan Garum",
        "title": "Berita acara penghitungan suara",
        "subtitle": "TPS 01",
        "number": "141/07/PAN/XI/2026",
        "date_in_words": date_in_words(POLL_DATE),
        "place": "Balai Desa Sumberdiren",
        "figures": [
            {"title": title, "value": value, "words": number_to_words(value)}
            for title, value in counted
        ],
        "photo": PORTRAIT,
        "place_date": place_and_date("Sumberdiren", POLL_DATE),
        "signatures": [
            {"role": "Ketua", "name": "Sari Wulandari", "note": "Panitia pemilihan"},
            {"role": "Ketua TPS 01", "name": "Budi Santoso", "note": "KPPS"},
            {"role": "Saksi calon nomor urut 1", "name": "Dewi Lestari"},
            {"role": "Saksi calon nomor urut 2", "name": "Joko Purnomo"},
        ],
    }
