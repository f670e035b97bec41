"""Surveys, drawings and photos of venues, and the decision that stands on them."""

import io
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfReader

from pilkades.apps.audit.models import Event
from pilkades.apps.logistics.forms.sites import FIRST_ROOM, LayoutForm
from pilkades.apps.logistics.models import VenueLayout, VenuePhoto, VenueSurvey
from pilkades.apps.logistics.services.sites import approve_venue
from pilkades.apps.vault.files import get_path, read_file
from pilkades.errors import ConflictError, RuleViolationError
from pilkades.law.sites import SiteAnswer
from pilkades.law.sites_layout import Opening
from tests.apps.logistics.stage import MOMENT, LogisticsStage


def approve(stage: LogisticsStage, by: str = "sari", serial: int = 1) -> VenueSurvey:
    return approve_venue(
        actor=stage.cast.actor(by, MOMENT),
        now=MOMENT,
        venue_uuid=stage.venues[0].uuid,
        expected_serial=serial,
    )


def room(**changes: Any) -> dict[str, Any]:
    return {**LayoutForm.read_initial(FIRST_ROOM), "version": 1, **changes}


def test_a_good_place_is_fixed_by_the_chair(stage: LogisticsStage) -> None:
    stage.survey(stage.venues[0])

    assert approve(stage).approved_at == MOMENT

    assert Event.objects.latest("pk").event == "site.approved"
    page = stage.client("bayu").get(stage.url("venue", stage.venues[0].uuid)).text
    assert "Ditetapkan" in page


@pytest.mark.parametrize("person", ["slamet", "rini", "bayu", "desk", "mallory"])
def test_nobody_but_the_chair_fixes_a_place(stage: LogisticsStage, person: str) -> None:
    stage.survey(stage.venues[0])
    with pytest.raises(PermissionDenied):
        approve(stage, by=person)


def test_a_house_of_worship_is_refused_with_its_article(stage: LogisticsStage) -> None:
    stage.survey(stage.venues[0], not_in_worship=SiteAnswer.NOT_MET)
    with pytest.raises(RuleViolationError) as caught:
        approve(stage)
    assert caught.value.code == "site.not_in_worship"
    assert "Permendagri" in caught.value.article
    url = stage.url("approve", stage.venues[0].uuid)
    answer = stage.client("sari").post(url, {"version": 1})
    assert answer.status_code == 422
    assert "rumah ibadah" in answer.text


def test_a_warning_is_shown_before_the_decision_and_does_not_stop(stage: LogisticsStage) -> None:
    stage.survey(stage.venues[0], signal=SiteAnswer.NOT_MET)
    url = stage.url("approve", stage.venues[0].uuid)
    assert "sinyal" in stage.client("sari").get(url).text
    assert stage.client("sari").post(url, {"version": 1}).status_code == 302


def test_a_survey_is_written_on_the_page_with_commas_in_its_numbers(stage: LogisticsStage) -> None:
    venue = stage.venues[0]
    url = stage.url("survey", venue.uuid)
    given = {
        "serial": 0,
        "surveyed_on": "2026-11-20",
        "surveyors": "Mbak Rini",
        "c_ramp": "met",
        "c_door_width": "92,5",
        "c_floor_area": "lebar",
    }
    client = stage.client("rini")
    refused = client.post(url, given)
    assert refused.status_code == 400
    assert 'value="92,5"' in refused.text
    answers = {f"c_{item}": "unchecked" for item in _list_questions(stage)}
    assert client.post(url, {**answers, **given, "c_floor_area": ""}).status_code == 302
    survey = VenueSurvey.objects.get()
    assert (survey.measures, survey.answers["ramp"]) == ({"door_width": "92.5"}, "met")
    leaf = Event.objects.get(event="site.surveyed").leaf
    assert '"incomplete"' in leaf
    assert "Rini" not in leaf


def test_two_surveys_at_once_one_is_told(stage: LogisticsStage) -> None:
    stage.survey(stage.venues[0])
    answers = {f"c_{item}": "unchecked" for item in _list_questions(stage)}
    given = {**answers, "serial": 0, "surveyed_on": "2026-11-20", "surveyors": "Mbak Rini"}
    answer = stage.client("rini").post(stage.url("survey", stage.venues[0].uuid), given)
    assert answer.status_code == 409
    assert VenueSurvey.objects.count() == 1


def test_a_drawing_in_which_booths_are_seen_refuses_the_place(stage: LogisticsStage) -> None:
    venue, client = stage.venues[0], stage.client("sari")
    url = stage.url("layout", venue.uuid)
    assert client.post(url, room(opening=Opening.ROOM.value)).status_code == 302
    stage.survey(venue)

    page = client.get(stage.url("venue", venue.uuid)).text

    assert "Bilik 1 terlihat dari antrean" in page
    assert "<svg" in page
    with pytest.raises(RuleViolationError) as caught:
        approve(stage)
    assert caught.value.code == "site.booth_secrecy"
    assert client.post(url, room(version=2)).status_code == 302
    assert approve(stage).approved_at == MOMENT


def test_another_drawing_ends_the_decision(stage: LogisticsStage) -> None:
    stage.survey(stage.venues[0])
    approve(stage)
    url = stage.url("layout", stage.venues[0].uuid)
    assert stage.client("sari").post(url, room(booths=4)).status_code == 302
    assert VenueSurvey.objects.get().approved_at is None
    with pytest.raises(ConflictError):
        approve(stage, serial=2)


def test_a_door_that_does_not_fit_is_refused_and_a_stale_drawing_is_told(
    stage: LogisticsStage,
) -> None:
    url = stage.url("layout", stage.venues[0].uuid)
    client = stage.client("sari")
    assert client.post(url, room(entrance="9,9")).status_code == 400
    assert client.post(url, room()).status_code == 302
    stale = client.post(url, room(booths=5))
    assert stale.status_code == 409
    assert VenueLayout.objects.get().plan["booths"] == 3


def test_the_drawing_is_printed_to_scale(stage: LogisticsStage) -> None:
    venue, client = stage.venues[0], stage.client("sari")
    assert client.get(stage.url("layout-paper", venue.uuid)).status_code == 404
    client.post(stage.url("layout", venue.uuid), room())
    answer = client.get(stage.url("layout-paper", venue.uuid))
    text = PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert "Skala 1 : 75" in text
    assert "TPS 01" in text


def test_a_photo_is_sealed_and_shown_to_the_workspace_only(
    stage: LogisticsStage, photo: bytes
) -> None:
    venue = stage.venues[0]
    url = stage.url("photo-new", venue.uuid)
    client = stage.client("rini")

    def send(data: bytes) -> Any:
        upload = SimpleUploadedFile("landaian.jpg", data, content_type="image/jpeg")
        return client.post(url, {"photo": upload, "criterion": "ramp"})

    assert send(photo).status_code == 302
    kept = VenuePhoto.objects.get()
    assert kept.criterion_id == "ramp"
    assert photo not in get_path(kept.file).read_bytes()
    assert read_file(kept.file).media_type == "image/jpeg"
    shown = stage.url("photo", venue.uuid, kept.uuid)
    assert stage.client("bayu").get(shown)["Content-Type"] == "image/jpeg"
    assert stage.client("dewi").get(shown).status_code == 403
    assert client.get(stage.url("photo", stage.venues[1].uuid, kept.uuid)).status_code == 404
    assert send(photo).status_code == 409
    assert send(b"%PDF-1.4 bukan foto").status_code == 400
    assert send(b"").status_code == 400
    assert VenuePhoto.objects.count() == 1


def _list_questions(stage: LogisticsStage) -> list[str]:
    from pilkades.law.sites import SiteRules

    rules = SiteRules.from_pack(stage.context.pack)
    return [item.id for item in rules.criteria if not item.is_measured]
