"""Every column that docs/formats/open-data.md names is really in the file, and nothing else is."""

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.test import Client

from pilkades.apps.audit.services import publish_checkpoint
from pilkades.apps.elections.models import (
    AnnouncementKind,
    Candidacy,
    Drawing,
    DrawingLot,
    Wave,
    WaveStatus,
)
from pilkades.apps.elections.services.announce import publish_announcement
from pilkades.law.application import ApplicationState
from tests.apps.village_cast import VILLAGE, VillageCast, at, make_applicants

FORMATS = Path(__file__).resolve().parents[3] / "docs" / "formats"
DOCUMENT = (FORMATS / "open-data.md").read_text(encoding="utf-8")
MOMENT = at(11, 5)


def _read_sections() -> dict[str, list[str]]:
    """The names in the first column of the table below each heading that is an address."""
    found = {}
    for part in re.split(r"(?m)^## ", DOCUMENT)[1:]:
        heading = part.partition("\n")[0].strip()
        if heading.startswith("`/"):
            cells = re.findall(r"(?m)^\| (`[^|]+) \|", part)
            found[heading.strip("`")] = re.findall(r"`([^`]+)`", " ".join(cells))
    return found


SECTIONS = _read_sections()
TABLES = {name: columns for name, columns in SECTIONS.items() if not name.endswith(".json")}


@pytest.fixture
def filled(cast: VillageCast, monkeypatch: pytest.MonkeyPatch) -> VillageCast:
    """A village with at least one row in every list."""
    monkeypatch.setattr("pilkades.apps.design.clock.now", lambda: MOMENT)
    Wave.objects.update(status=WaveStatus.DECREED, decree_number="1", decree_date=date(2026, 7, 1))
    publish_announcement(
        actor=cast.actor("sari", MOMENT),
        now=MOMENT,
        election_pk=cast.election.pk,
        kind=AnnouncementKind.OTHER,
        title="Tempat",
        body="Di balai desa.",
    )
    _draw(cast, make_applicants(cast, 2))
    publish_checkpoint(now=MOMENT)
    return cast


def _draw(cast: VillageCast, applicants: list[Candidacy]) -> None:
    drawing = Drawing.objects.create(
        election=cast.election,
        method="lots",
        place="Balai desa",
        opened_by=cast.sari,
        opened_at=MOMENT,
        closed_by=cast.sari,
        closed_at=MOMENT,
        article="pasal 1",
    )
    for number, candidacy in enumerate(applicants, start=1):
        DrawingLot.objects.create(
            drawing=drawing,
            candidacy=candidacy,
            party=candidacy.full_name,
            position=number,
            number=number,
        )
        Candidacy.objects.filter(pk=candidacy.pk).update(
            state=ApplicationState.NUMBERED, ballot_number=number
        )


def _get(cast: VillageCast, address: str) -> bytes:
    url = (
        address.replace("<kode>", VILLAGE)
        .replace("<uuid>", str(cast.election.wave.uuid))
        .replace("<kecamatan>", VILLAGE[:8])
    )
    answer: Any = Client().get(url)
    assert answer.status_code == 200, url
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.mark.parametrize("address", TABLES)
def test_the_columns_of_a_table_are_those_of_the_document(
    filled: VillageCast, address: str
) -> None:
    rows = list(csv.reader(io.StringIO(_get(filled, address).decode("utf-8-sig"))))
    assert rows[0] == TABLES[address]
    assert len(rows) > 1


def test_the_parts_of_the_json_are_those_of_the_document(filled: VillageCast) -> None:
    data = json.loads(_get(filled, "/desa/<kode>/data.json"))
    named = set(SECTIONS["/desa/<kode>/data.json"])
    there = set(_list_paths(data))
    assert there == named


def _list_paths(value: Any, path: str = "") -> Iterator[str]:
    """Every leaf: `steps[].id`; a list of plain values is a leaf."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _list_paths(item, f"{path}.{name}" if path else name)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        yield from _list_paths(value[0], f"{path}[]")
    else:
        yield path


def test_the_example_of_the_document_keeps_to_the_schema() -> None:
    (example,) = re.findall(r"(?s)```json\n(.*?)```", DOCUMENT)
    schema = json.loads((FORMATS / "open-data.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(
        json.loads(example)
    )


def test_the_example_of_the_table_has_its_columns() -> None:
    (example,) = re.findall(r"(?s)```csv\n(.*?)```", DOCUMENT)
    header, row = csv.reader(io.StringIO(example))
    assert header == SECTIONS["/desa/<kode>/data/tahapan.csv"]
    assert len(row) == len(header)


def test_the_licence_of_the_regions_is_named(filled: VillageCast) -> None:
    data = json.loads(_get(filled, "/desa/<kode>/data.json"))
    assert "ODbL" in data["licence"]
    assert "ODbL 1.0" in DOCUMENT
