"""The papers and words that explain the vote: sample ballot, how-to-vote sheet, script."""

import hashlib

from django.utils import translation

from pilkades.apps.design.formats import format_plain_date
from pilkades.apps.design.texts import translate
from pilkades.apps.documents.services import photo_svg
from pilkades.apps.elections.models import Candidacy
from pilkades.apps.elections.selectors.candidates import list_standing
from pilkades.apps.elections.selectors.paths import has_empty_column
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.elections.selectors.villages import name_village
from pilkades.apps.logistics.papers import Values, describe_head
from pilkades.apps.logistics.pictures import PICTURES
from pilkades.apps.vault.files import read_file
from pilkades.law.station import StationRules
from pilkades.text import Text


def has_specimen(context: VillageElection) -> bool:
    """Whether numbers have been drawn, so that a sample ballot can be shown."""
    standing = list_standing(context.election)
    return bool(standing) and all(item.ballot_number for item in standing)


def describe_specimen(context: VillageElection) -> Values | None:
    """The sample ballot: the candidates as drawn; None before the drawing."""
    if not has_specimen(context):
        return None
    with translation.override("id"):
        return {
            **describe_head(context),
            "poll_date": format_plain_date(context.timetable.poll_date),
            "entries": [
                {"number": item.ballot_number, "name": item.ballot_name, "photo": _photo(item)}
                for item in list_standing(context.election)
            ],
            "has_empty_column": has_empty_column(context.election),
        }


def describe_instructions(context: VillageElection) -> Values:
    """How to vote, a picture for each sentence."""
    with translation.override("id"):
        return {
            **describe_head(context),
            "poll_date": format_plain_date(context.timetable.poll_date),
            "steps": [
                {"picture": picture, "title": translate(title), "text": translate(text)}
                for picture, (title, text) in zip(PICTURES, list_steps(context), strict=True)
            ],
            "notes": [translate(text) for text in list_notes(context)],
        }


def list_steps(context: VillageElection) -> list[tuple[Text, Text]]:
    """The voter's way through the station, with the hours and counts of the pack."""
    rules = StationRules.from_pack(context.pack)
    return [
        (
            Text("Datang"),
            Text(
                "Datang ke TPS antara pukul {opens} dan {closes}. Bawa undangan dan KTP-el.",
                opens=rules.opens_at,
                closes=rules.closes_at,
            ),
        ),
        (
            Text("Terima"),
            Text(
                "Serahkan undangan, tunggu nama dipanggil, lalu terima surat suara yang sudah "
                "ditandatangani. Buka dan periksa: tidak rusak dan tidak bercoret."
            ),
        ),
        (Text("Masuk bilik"), Text("Masuk bilik sendirian. Pilihan Anda rahasia.")),
        (
            Text("Coblos"),
            Text(
                "Coblos satu kali dengan paku di dalam kotak satu calon: pada nomor, foto, atau "
                "namanya. Jangan menulis, merobek, atau memakai alat lain."
            ),
        ),
        (
            Text("Masukkan"),
            Text("Lipat seperti semula, perlihatkan tanda tangannya, masukkan ke kotak suara."),
        ),
        (Text("Celup"), Text("Celupkan satu jari ke tinta sebagai tanda sudah memilih.")),
    ]


def list_notes(context: VillageElection) -> list[Text]:
    """What people ask: damage, help, photographs, money."""
    rules = StationRules.from_pack(context.pack)
    notes = [
        Text(
            "Surat suara rusak atau keliru dicoblos boleh diganti: rusak {damaged} kali, keliru "
            "{mistaken} kali. Mintalah kepada petugas sebelum memasukkannya ke kotak.",
            damaged=rules.damaged_max,
            mistaken=rules.mistaken_max,
        ),
        Text(
            "Pemilih tunanetra dan penyandang disabilitas boleh didampingi orang yang dipilihnya "
            "sendiri, yang wajib menjaga rahasia."
        ),
        Text("Dilarang memotret di dalam bilik. Dilarang memberi atau menerima uang dan barang."),
        Text("Penghitungan suara terbuka untuk umum. Silakan menyaksikan."),
    ]
    if has_empty_column(context.election):
        notes.insert(0, Text("Bila hanya satu calon, Anda boleh mencoblos kolom kosong."))
    return notes


def list_script(context: VillageElection) -> list[str]:
    """The same as words to be read aloud, in the language of the page."""
    poll_date = context.timetable.poll_date
    opening = [
        Text("Assalamualaikum dan salam sejahtera bagi kita semua."),
        Text(
            "Warga {village}, pemungutan suara pemilihan kepala desa diadakan pada {poll_date}.",
            village=name_village(context.village),
            poll_date=poll_date,
        ),
        *(
            [
                Text(
                    "Nomor {number}: {name}.",
                    number=str(item.ballot_number),
                    name=item.ballot_name,
                )
                for item in list_standing(context.election)
            ]
            if has_specimen(context)
            else []
        ),
    ]
    steps = [text for _title, text in list_steps(context)]
    closing = [
        Text("Belum menerima undangan, atau ada data yang keliru? Hubungi panitia desa."),
        Text("Terima kasih. Suara Anda menentukan desa kita."),
    ]
    return [translate(text) for text in (*opening, *steps, *list_notes(context), *closing)]


def _photo(candidacy: Candidacy) -> str:
    """The approved photo; another one in its place is not shown."""
    if candidacy.photo is None:
        return ""
    stored = read_file(candidacy.photo)
    if hashlib.sha256(stored.data).hexdigest() != candidacy.photo_sha256:
        return ""
    return photo_svg(stored.data, media_type=stored.media_type)
