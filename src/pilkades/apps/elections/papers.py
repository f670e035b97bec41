"""The schedule of a wave as the attachment of the decree, on A4 or F4."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import translation

from pilkades.apps.design.formats import format_plain_date, format_range
from pilkades.apps.documents.papers import Paper
from pilkades.apps.documents.services import PaperRecord, place_and_date, render_pdf
from pilkades.apps.elections.models import DecreedTimetable, Wave
from pilkades.apps.elections.selectors.decrees import (
    build_snapshot,
    encode_snapshot,
    get_wave_timetable,
)
from pilkades.apps.elections.selectors.waves import get_head_words
from pilkades.apps.elections.words import STAGE_WORDS, name_owner
from pilkades.apps.regions.models import Village
from pilkades.law.timesteps import STAGES

REGENCY_PREFIXES = ("Kabupaten ", "Kota ")


def render_schedule(
    *, wave: Wave, paper: Paper, decree: DecreedTimetable | None = None, url: str = ""
) -> bytes:
    """The attachment as PDF: of a decree from its kept copy, else a draft as computed now."""
    with translation.override("id"):
        snapshot = _get_snapshot(wave, decree)
        return render_pdf(
            template="elections/schedule.typ",
            data=_build_data(wave, snapshot, decree),
            paper=paper,
            record=_build_record(wave, snapshot, decree, url),
            simulation=wave.is_simulation,
        )


def _get_snapshot(wave: Wave, decree: DecreedTimetable | None) -> dict[str, Any]:
    if decree is None:
        return build_snapshot(wave=wave, timetable=get_wave_timetable(wave))
    snapshot: dict[str, Any] = json.loads(decree.content)
    return snapshot


def _build_record(
    wave: Wave, snapshot: dict[str, Any], decree: DecreedTimetable | None, url: str
) -> PaperRecord:
    if decree is None:
        digest = encode_snapshot(snapshot)[1]
        return PaperRecord(identity=f"Rancangan jadwal {wave.uuid}", hash=digest)
    return PaperRecord(identity=f"Jadwal {decree.uuid}", hash=decree.sha256, url=url)


def _build_data(
    wave: Wave, snapshot: dict[str, Any], decree: DecreedTimetable | None
) -> dict[str, Any]:
    place = _get_place(wave)
    head = f"{get_head_words(wave)} {place}"
    villages = list(_list_villages(snapshot["villages"]))
    return {
        "head": head,
        "number": decree.decree_number if decree else "",
        "date": format_plain_date(decree.decree_date) if decree else "",
        "is_draft": decree is None,
        "wave": snapshot["wave"],
        "regency": wave.regency.name,
        "poll_date": format_plain_date(date.fromisoformat(snapshot["poll_date"])),
        "pack": f"{snapshot['pack']['id']} {snapshot['pack']['version']}",
        "stages": list(_list_stages(wave, snapshot)),
        "villages": villages,
        "village_count": len(snapshot["villages"]),
        "district_count": len(villages),
        "place_date": place_and_date(place, decree.decree_date) if decree else f"{place}, ",
    }


def _get_place(wave: Wave) -> str:
    name = wave.regency.name
    for prefix in REGENCY_PREFIXES:
        name = name.removeprefix(prefix)
    return name


def _list_stages(wave: Wave, snapshot: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Steps by stage, numbered through; those that depend on the candidates are marked."""
    number = 0
    for stage in STAGES:
        rows = []
        for step in snapshot["steps"]:
            if step["stage"] == stage:
                number += 1
                rows.append(_row(wave, step, number))
        yield {"name": STAGE_WORDS[stage], "rows": rows}


def _row(wave: Wave, step: dict[str, Any], number: int) -> list[str]:
    start, end = date.fromisoformat(step["from"]), date.fromisoformat(step["to"])
    kind = "hari kerja" if step["count"] == "working" else "hari kalender"
    name = f"{step['name']}\N{NO-BREAK SPACE}*" if step["branch"] else step["name"]
    return [
        str(number),
        name,
        format_range(start, end),
        f"{step['days']} {kind}",
        name_owner(step["owner"], wave.regency),
    ]


def _list_villages(codes: list[str]) -> Iterator[list[str]]:
    """District, how many, and the names of its villages."""
    villages = Village.objects.filter(code__in=codes).select_related("district").order_by("code")
    names: dict[str, list[str]] = {}
    counts: Counter[str] = Counter()
    for village in villages:
        names.setdefault(village.district.name, []).append(village.name)
        counts[village.district.name] += 1
    for number, (district, members) in enumerate(names.items(), start=1):
        yield [str(number), district, str(counts[district]), ", ".join(members)]
