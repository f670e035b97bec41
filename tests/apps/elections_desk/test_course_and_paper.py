"""Deciding the course of a village on its page, and the attachment of the decree on paper."""

import hashlib
import io
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from pilkades.apps.elections.models import Election, ElectionState, Wave
from pilkades.apps.elections.services.decree_timetable import decree_timetable
from tests.apps.desk_cast import NOW, Cast


@pytest.fixture(autouse=True)
def _july(settings: Any) -> None:
    settings.PILKADES_DEMO = True
    settings.PILKADES_NOW = "2026-07-20T10:00:00+07:00"


def _act(election: Election, act: str) -> str:
    return reverse("elections:village-course-act", args=[election.uuid, act])


def test_desk_sets_a_branch(cast: Cast, election: Election) -> None:
    form = {"version": election.version, "branches": ["single"], "article": "Berita acara 7/2026"}

    assert cast.client("desk").post(_act(election, "jalur"), form).status_code == 302

    election.refresh_from_db()
    assert election.branches == ["single"]


def test_old_page_of_a_course_gets_409_and_keeps_the_reason(cast: Cast, election: Election) -> None:
    form = {"version": election.version, "reason": "Banjir besar", "reference": "SK 1/2026"}
    cast.client("desk").post(_act(election, "tunda"), form)

    page = cast.client("second").post(
        _act(election, "tunda"), {**form, "reason": "Alasan kedua yang panjang"}
    )

    assert page.status_code == 409
    assert "Alasan kedua yang panjang" in page.text
    assert election.postponements.count() == 1


def test_postponement_to_a_holiday_is_refused_beside_the_input(
    cast: Cast, election: Election
) -> None:
    page = cast.client("desk").post(
        _act(election, "tunda"),
        {
            "version": election.version,
            "to_date": "2026-12-25",
            "reason": "Banjir",
            "reference": "SK 1",
        },
    )

    assert page.status_code == 422
    assert "Natal" in page.text


def test_void_village_shows_why(cast: Cast, election: Election) -> None:
    desk = cast.client("desk")
    desk.post(
        _act(election, "batal"),
        {"version": election.version, "reason": "Tidak mufakat", "reference": "SK 9/2026"},
    )

    election.refresh_from_db()
    assert election.state == ElectionState.VOID
    page = desk.get(reverse("elections:village-timetable", args=[election.uuid]))
    assert "Tidak mufakat" in page.text


def test_unknown_act_is_not_found(cast: Cast, election: Election) -> None:
    assert cast.client("desk").post(_act(election, "hapus"), {"version": 1}).status_code == 404


@pytest.mark.parametrize("outsider", ["mallory", "dewi", "camat", "council"])
def test_outsider_decides_nothing(cast: Cast, election: Election, outsider: str) -> None:
    form = {"version": election.version, "reason": "x", "reference": "y"}

    answer = cast.client(outsider).post(_act(election, "batal"), form)

    assert answer.status_code in (403, 404)
    election.refresh_from_db()
    assert election.state == ElectionState.ACTIVE


def test_step_is_recorded_on_its_page_and_an_old_page_gets_409(
    cast: Cast, election: Election
) -> None:
    url = reverse("elections:village-step", args=[election.uuid, "committee_formation"])
    form = {"version": election.version, "started_on": "2026-07-06", "finished_on": "2026-07-17"}

    assert cast.client("desk").post(url, form).status_code == 302
    page = cast.client("second").post(url, {**form, "note": "catatan kedua"})

    assert page.status_code == 409
    assert "catatan kedua" in page.text


def test_step_without_any_date_is_asked_again(cast: Cast, election: Election) -> None:
    url = reverse("elections:village-step", args=[election.uuid, "committee_formation"])

    page = cast.client("desk").post(url, {"version": election.version})

    assert page.status_code == 400
    assert "Isi tanggal mulai" in page.text


def test_extension_is_refused_on_the_page_when_it_breaks_the_timetable(
    cast: Cast, election: Election
) -> None:
    url = reverse("elections:village-extend", args=[election.uuid, "door_to_door"])

    page = cast.client("desk").post(
        url, {"version": election.version, "extended_to": "2026-10-30", "reference": "SK 2/2026"}
    )

    assert page.status_code == 422
    assert "tidak mungkin" in page.text


def _decree(cast: Cast, wave: Wave) -> Any:
    return decree_timetable(
        actor=cast.actor("desk"),
        now=NOW,
        wave_uuid=wave.uuid,
        expected_version=wave.version,
        decree_number="188/241/2026",
        decree_date=date(2026, 6, 12),
    )


@pytest.mark.parametrize(("paper", "height_mm"), [("a4", 297), ("f4", 330)])
def test_attachment_prints_on_both_papers_with_title_number_and_hash(
    cast: Cast, wave: Wave, paper: str, height_mm: int
) -> None:
    decree = _decree(cast, wave)
    url = reverse("elections:decree-paper", args=[wave.uuid, decree.uuid])

    answer = cast.client("desk").get(url, {"kertas": paper})

    pdf = PdfReader(io.BytesIO(answer.content))
    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    assert "Lampiran Keputusan Bupati Blitar" in text
    assert "188/241/2026" in text
    assert "20 Agustus–2 September 2026" in text
    assert "Udanawu 2" in text
    assert decree.sha256[:16] in text.replace(" ", "")
    assert round(float(pdf.pages[0].mediabox.height) / 72 * 25.4) == height_mm


def test_draft_says_that_it_is_one(cast: Cast, wave: Wave) -> None:
    answer = cast.client("desk").get(reverse("elections:decree-draft", args=[wave.uuid]))

    text = PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert "RANCANGAN" in text


def test_attachment_of_an_old_decree_keeps_its_dates(cast: Cast, wave: Wave) -> None:
    decree = _decree(cast, wave)
    Wave.objects.filter(pk=wave.pk).update(poll_date=date(2026, 11, 30))

    url = reverse("elections:decree-paper", args=[wave.uuid, decree.uuid])
    text = PdfReader(io.BytesIO(cast.client("desk").get(url).content)).pages[0].extract_text()

    assert "23 November 2026" in text


def test_anybody_checks_the_printed_digest(cast: Cast, wave: Wave, client: Client) -> None:
    decree = _decree(cast, wave)

    answer = client.get(reverse("elections:decree-content", args=[wave.uuid, decree.uuid]))

    assert hashlib.sha256(answer.content).hexdigest() == decree.sha256


def test_decree_is_recorded_on_its_page(cast: Cast, wave: Wave) -> None:
    url = reverse("elections:wave-decree", args=[wave.uuid])
    form = {
        "version": wave.version,
        "decree_number": "188/241/2026",
        "decree_date_day": "12",
        "decree_date_month": "6",
        "decree_date_year": "2026",
    }

    page = cast.client("desk").post(url, form, follow=True)

    assert "188/241/2026" in page.text
    second = cast.client("second").post(url, {**form, "decree_number": "lain"})
    assert second.status_code == 409
    assert 'value="lain"' in second.text
