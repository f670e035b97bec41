"""The papers of the logistics as plain values for their Typst templates; papers are Indonesian."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import translation

from pilkades.apps.design.formats import format_moment, format_number, format_plain_date
from pilkades.apps.design.texts import translate
from pilkades.apps.documents.services import date_in_words, photo_svg, place_and_date, qr_svg
from pilkades.apps.elections.models import Candidacy
from pilkades.apps.elections.selectors.candidates import list_standing
from pilkades.apps.elections.selectors.committees import find_committee
from pilkades.apps.elections.selectors.paths import has_empty_column
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.elections.selectors.villages import name_village
from pilkades.apps.logistics.drawings import describe_problems, draw_layout, find_scale
from pilkades.apps.logistics.models import Act, Handover, Package
from pilkades.apps.logistics.pictures import PICTURES
from pilkades.apps.logistics.selectors.custody import list_alarm_texts, list_contents
from pilkades.apps.logistics.selectors.facts import LogisticsFacts
from pilkades.apps.logistics.selectors.sites import VenueStanding
from pilkades.apps.logistics.words import ANSWER_WORDS, KIND_WORDS, VERDICT_WORDS
from pilkades.apps.regions.selectors import describe_village
from pilkades.apps.vault.files import read_file
from pilkades.law.logistics import UNIT_NAMES, Kind, MaterialRules
from pilkades.law.logistics_budget import Budget
from pilkades.law.number_words import number_to_words
from pilkades.law.station import StationRules
from pilkades.text import Text

Values = dict[str, Any]
CODE_DIGITS = 12


def describe_budget(
    context: VillageElection, facts: LogisticsFacts, budget: Budget, *, on_date: date
) -> Values:
    """The budget by kind, what still has no price, and the sum in words."""
    with translation.override("id"):
        return {
            **_head(context),
            "article": context.article_of("budget"),
            "estimate": facts.is_estimate,
            "voters": sum(item.voters for item in facts.stations),
            "stations": len(facts.stations),
            "groups": [
                {
                    "title": translate(KIND_WORDS[kind]),
                    "rows": [
                        [
                            line.material.name,
                            format_number(line.quantity),
                            translate(UNIT_NAMES[line.material.unit]),
                            "" if line.price is None else format_number(line.price),
                            "" if line.amount is None else format_number(line.amount),
                        ]
                        for line in budget.lines_of(kind)
                    ],
                    "total": format_number(budget.total_of(kind)),
                }
                for kind in Kind
            ],
            "total": format_number(budget.total),
            "words": f"{number_to_words(budget.total)} rupiah",
            "open": [line.material.name for line in budget.open_lines],
            "signatures": _chair_signatures(context),
            "place_date": place_and_date(context.village.name, on_date),
        }


def describe_layout(context: VillageElection, standing: VenueStanding) -> Values:
    """The drawing to scale with the survey beneath it."""
    if standing.drawing is None:
        raise ValueError("a venue without a drawing has no paper")
    with translation.override("id"):
        scale, width = find_scale(standing.drawing)
        return {
            **_head(context),
            "venue": standing.venue.name,
            "stations": [str(item) for item in standing.venue.stations.all()],
            "drawing": str(draw_layout(standing.drawing)),
            "width_mm": width,
            "scale": scale,
            "problems": describe_problems(standing.problems),
            "verdict": translate(VERDICT_WORDS[standing.judgement.verdict]),
            "surveyed": format_plain_date(standing.survey.surveyed_on) if standing.survey else "",
            "findings": [
                [
                    item.criterion.name,
                    translate(ANSWER_WORDS[item.answer]),
                    translate(item.why) if item.criterion.is_measured else "",
                ]
                for item in standing.judgement.findings
            ],
        }


def describe_packing_lists(context: VillageElection, packages: Sequence[Package]) -> Values:
    """One list for each package: what must be inside, with a box to tick at every hand."""
    units = _list_units(context)
    with translation.override("id"):
        return {
            **_head(context),
            "packages": [
                {
                    **_describe_package(package),
                    "rows": [
                        [name, format_number(count), units.get(key, "")]
                        for key, name, count in list_contents(context, package)
                    ],
                    "seals": list(package.seals),
                }
                for package in packages
            ],
            "place": context.village.name,
        }


def describe_labels(
    context: VillageElection, packages: Sequence[Package], *, absolute: Callable[[str], str]
) -> Values:
    """A label for each package; its QR leads to the page of the package and names nobody."""
    with translation.override("id"):
        return {
            **_head(context),
            "poll_date": format_plain_date(context.timetable.poll_date),
            "labels": [
                {
                    **_describe_package(package),
                    "qr": str(
                        qr_svg(
                            absolute(reverse("logistics:scan", args=[package.code])),
                            border_modules=2,
                        )
                    ),
                    "code": _write_code(package),
                    "seals": list(package.seals),
                }
                for package in packages
            ],
        }


def describe_handover(context: VillageElection, package: Package, handover: Handover) -> Values:
    """The record of one handover in words, with the alarms that it raised."""
    with translation.override("id"):
        day = context.local_date(handover.at)
        return {
            **_head(context),
            **_describe_package(package),
            "serial": handover.serial,
            "act": handover.act,
            "titles": _handover_words(handover),
            "day": date_in_words(day),
            "at": format_moment(handover.at, zone=context.zone.key),
            "held_at": handover.place,
            "giver": handover.giver,
            "taker": handover.taker,
            "seals": list(handover.seals),
            "is_intact": handover.is_intact,
            "alarms": [translate(text) for text in list_alarm_texts(handover.alarms)],
            "note": handover.note,
            "rows": [
                [name, format_number(count), _list_units(context).get(key, "")]
                for key, name, count in list_contents(context, package)
            ],
            "place_date": place_and_date(context.village.name, day),
        }


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
            **_head(context),
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
            **_head(context),
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


def _handover_words(handover: Handover) -> dict[str, str]:
    """The title of the record and the names of its two parties."""
    giver, taker = {
        Act.SEAL: ("Yang mengemas", "Yang menyaksikan dan menyimpan"),
        Act.HAND_OVER: ("Yang menyerahkan", "Yang menerima"),
        Act.OPEN: ("Pemegang paket", "Yang membuka dan menyaksikan"),
        Act.RETURN: ("Yang mengembalikan", "Yang menerima kembali"),
    }[Act(handover.act)]
    title = {
        Act.SEAL: "Berita acara penyegelan paket",
        Act.HAND_OVER: "Berita acara serah terima",
        Act.OPEN: "Berita acara pembukaan paket",
        Act.RETURN: "Berita acara pengembalian",
    }[Act(handover.act)]
    return {"title": title, "giver": giver, "taker": taker}


def _describe_package(package: Package) -> Values:
    return {
        "number": str(package),
        "packing": str(package.get_packing_display()),
        "station": str(package.station),
        "venue": package.station.venue.name,
    }


def _write_code(package: Package) -> str:
    """The beginning of the code in groups of four, to be typed where no camera reads the QR."""
    digits = package.code.hex[:CODE_DIGITS]
    return " ".join(digits[place : place + 4] for place in range(0, CODE_DIGITS, 4))


def _list_units(context: VillageElection) -> dict[str, str]:
    rules = MaterialRules.from_pack(context.pack)
    return {item.id: translate(UNIT_NAMES[item.unit]) for item in rules.materials}


def _chair_signatures(context: VillageElection) -> list[dict[str, str]]:
    committee = find_committee(context.election)
    if committee is None:
        return []
    return [
        {"role": str(item.get_position_display()), "name": item.full_name}
        for item in committee.members.all()
        if item.left_date is None and item.position != "member"
    ]


def _head(context: VillageElection) -> Values:
    village = context.village
    committee = f"Panitia Pemilihan Kepala {name_village(village)}"
    return {
        "head": [f"Pemerintah {village.district.regency.name}", committee],
        "place": describe_village(village),
        "village": name_village(village),
    }


def _photo(candidacy: Candidacy) -> str:
    """The approved photo; another one in its place is not shown."""
    if candidacy.photo is None:
        return ""
    stored = read_file(candidacy.photo)
    if hashlib.sha256(stored.data).hexdigest() != candidacy.photo_sha256:
        return ""
    return photo_svg(stored.data, media_type=stored.media_type)
