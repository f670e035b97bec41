"""The papers of equipment and places as plain values for Typst; papers are Indonesian."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import translation

from pilkades.apps.design.formats import format_moment, format_number, format_plain_date
from pilkades.apps.design.texts import translate
from pilkades.apps.documents.services import date_in_words, place_and_date, qr_svg
from pilkades.apps.elections.selectors.committees import find_committee
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.elections.selectors.villages import name_village
from pilkades.apps.logistics.drawings import describe_problems, draw_layout, find_scale
from pilkades.apps.logistics.models import Act, Handover, Package
from pilkades.apps.logistics.selectors.custody import list_alarm_texts, list_contents
from pilkades.apps.logistics.selectors.facts import LogisticsFacts
from pilkades.apps.logistics.selectors.sites import VenueStanding
from pilkades.apps.logistics.words import ANSWER_WORDS, KIND_WORDS, VERDICT_WORDS
from pilkades.apps.regions.selectors import describe_village
from pilkades.law.logistics import UNIT_NAMES, Kind, MaterialRules
from pilkades.law.logistics_budget import Budget
from pilkades.law.number_words import number_to_words

Values = dict[str, Any]
CODE_DIGITS = 12


def describe_budget(
    context: VillageElection, facts: LogisticsFacts, budget: Budget, *, on_date: date
) -> Values:
    """The budget by kind, what still has no price, and the sum in words."""
    with translation.override("id"):
        return {
            **describe_head(context),
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
            **describe_head(context),
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
            **describe_head(context),
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
            **describe_head(context),
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
            **describe_head(context),
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


def describe_head(context: VillageElection) -> Values:
    """What stands at the head of every paper of the village."""
    village = context.village
    committee = f"Panitia Pemilihan Kepala {name_village(village)}"
    return {
        "head": [f"Pemerintah {village.district.regency.name}", committee],
        "place": describe_village(village),
        "village": name_village(village),
    }
