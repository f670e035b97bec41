"""Who takes database, files and logs, but not the key, finds no NIK, no KK and no phone.

A whole way is gone through the pages: a list imported, a voter added and corrected, a citizen who
looks herself up and reports, an officer put into a team, papers printed. Then every column of every
table, every file and every line of the log is searched, in plain and in the usual disguises.
"""

import base64
import gzip
import io
import logging
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from pilkades.apps.jobs.models import Job, JobState
from pilkades.apps.roll.models import RollEntry, RollImport, RollState
from pilkades.config.logs import RedactFilter
from pilkades.synthetic.sheet_files import write_messy_xlsx
from pilkades.synthetic.villages import make_village as invent
from tests.apps import officers_cast
from tests.apps.roll_cast import LISTING, add, bring_to, make_hamlet, voter
from tests.apps.village_cast import PDF, POLL, VILLAGE, VillageCast

PHONE = "081298765432"
PEOPLE = 30


@pytest.fixture(autouse=True)
def _home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Any) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path
    settings.PILKADES_JOBS_DIR = tmp_path / "jobs"
    monkeypatch.setattr("pilkades.apps.design.clock.now", lambda: LISTING)
    cache.clear()
    yield
    cache.clear()


def test_a_dump_without_the_key_shows_no_number_of_anybody(
    db: None,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: Any,
) -> None:
    caplog.set_level(logging.DEBUG)
    stations = officers_cast.make_station_cast()
    cast = stations.village
    numbers = {PHONE}

    numbers |= _add(cast)
    with django_capture_on_commit_callbacks(execute=True):
        numbers |= _import(cast)
    officer = officers_cast.person(phone=PHONE)
    officers_cast.put(stations, stations.stations[0], officer)
    numbers.add(officer.nik)
    with django_capture_on_commit_callbacks(execute=True):
        _print(cast)
    assert set(Job.objects.values_list("state", flat=True)) == {JobState.DONE}
    numbers |= _ask_and_report(cast)

    assert len(numbers) > PEOPLE
    for place, content in _take_everything(tmp_path, caplog):
        _search(place, content, numbers)


def test_the_search_would_find_a_number_in_its_disguises() -> None:
    for disguise in (b"%s", b"x%sx"):
        with pytest.raises(AssertionError):
            _search("sini", disguise % b"3505010101800001", {"3505010101800001"})
    encoded = base64.b64encode(b"3505010101800001")
    with pytest.raises(AssertionError):
        _search("sini", b'{"v": "' + encoded + b'"}', {"3505010101800001"})


def test_an_error_page_repeats_no_number(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(**_: Any) -> None:
        raise ZeroDivisionError("3505010101800001")

    monkeypatch.setattr("pilkades.apps.roll.views.citizen.find_voter", break_down)
    client = Client(raise_request_exception=False)
    asked = {
        "nik": "3505010101800001",
        "birth_date_day": "1",
        "birth_date_month": "1",
        "birth_date_year": "1980",
    }
    answer = client.post("/cek-dpt/", asked)
    assert answer.status_code == 500
    assert "3505010101800001" not in answer.content.decode()


def test_the_log_redacts_what_looks_like_a_number() -> None:
    record = logging.LogRecord(
        "x", logging.ERROR, "", 0, "NIK %s, KK 3505010203047001", ("3505010101800001",), None
    )
    RedactFilter().filter(record)
    assert "35050101018" not in record.getMessage()
    assert "35050102030" not in record.getMessage()


def _import(cast: VillageCast) -> set[str]:
    people = invent(seed=3, region_code=VILLAGE, voters=PEOPLE, on=POLL).voters
    data, _truth = write_messy_xlsx(rng=Random(3), people=people)
    client = cast.client("sari")
    client.post(
        reverse("roll:imports", args=[VILLAGE]),
        {"file": SimpleUploadedFile("daftar.xlsx", data)},
    )
    source = RollImport.objects.get()
    columns = {f"kolom_{index}": target for index, target in source.columns.items()}
    given = {"version": source.version, "sheet": source.sheet_name, **columns}
    client.post(reverse("roll:import-columns", args=[VILLAGE, source.uuid]), given)
    client.get(reverse("roll:import", args=[VILLAGE, source.uuid]))
    return {number for person in people for number in (person.nik, person.kk) if number}


def _add(cast: VillageCast) -> set[str]:
    make_hamlet()
    entry = add(cast, voter(serial=9001, phone=PHONE))
    bring_to(cast, RollState.ANNOUNCED)
    client = cast.client("sari")
    client.get(reverse("roll:home", args=[VILLAGE]))
    client.get(reverse("roll:entry", args=[VILLAGE, entry.uuid]))
    return {entry.nik, entry.kk}


def _print(cast: VillageCast) -> None:
    given = {"kind": "full", "paper": "a4"}
    cast.client("sari").post(reverse("roll:papers", args=[VILLAGE]), given)


def _ask_and_report(cast: VillageCast) -> set[str]:
    entry = RollEntry.objects.get(full_name="Dewi Lestari", address="Jalan Mawar 3")
    assert entry.birth_date is not None
    client = Client()
    client.post(
        "/cek-dpt/",
        {
            "nik": entry.nik,
            "birth_date_day": entry.birth_date.day,
            "birth_date_month": entry.birth_date.month,
            "birth_date_year": entry.birth_date.year,
        },
    )
    stranger = "3505010101807777"
    client.post("/cek-dpt/", {"nik": stranger, "birth_date": "1980-01-01"})
    client.post(
        f"/desa/{VILLAGE}/lapor-dpt/",
        {
            "kind": "not_listed",
            "content": f"Saya belum terdaftar, NIK saya {stranger}, telepon {PHONE}.",
            "reporter_name": "Pak Joko",
            "contact": PHONE,
            "document": SimpleUploadedFile("ktp.pdf", PDF + stranger.encode()),
        },
    )
    return {stranger}


def _take_everything(home: Path, caplog: pytest.LogCaptureFixture) -> Iterator[tuple[str, bytes]]:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'select * from "{table}"')
            rows = io.BytesIO()
            for row in cursor.fetchall():
                rows.write(repr(row).encode() + b"\n")
            yield table, rows.getvalue()
    for path in home.rglob("*"):
        if path.is_file():
            yield str(path.relative_to(home)), path.read_bytes() + path.name.encode()
    yield "log", caplog.text.encode()


def _search(place: str, content: bytes, numbers: set[str]) -> None:
    for number in numbers:
        plain = number.encode()
        for disguise in (
            plain,
            plain[::-1],
            plain.hex().encode(),
            base64.b64encode(plain)[:-4],
            gzip.compress(plain)[10:-8],
        ):
            assert disguise not in content, f"{place} shows a number of somebody"
