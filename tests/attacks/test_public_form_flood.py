"""Flooding the form that needs no account: slowed by place and by words, and nobody locked out."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from pilkades.apps.accounts.public_forms import TooManyFormsError, admit_form
from pilkades.apps.accounts.throttle import (
    FREE_FORMS_PER_PLACE,
    MAX_WORDS_WAIT_SECONDS,
    PLACE_WAIT_SECONDS,
    compute_words_wait_seconds,
)
from pilkades.apps.elections.models import AnnouncementKind, CandidateComplaint
from pilkades.apps.elections.services.announce import publish_announcement
from pilkades.law.application import ApplicationState
from tests.apps.village_cast import CHECKING, VILLAGE, VillageCast, make_applicants, make_village

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
HOTSPOT, ELSEWHERE = "10.42.0.1", "192.0.2.7"


@pytest.fixture(autouse=True)
def _nothing_was_sent_before() -> None:
    cache.clear()


@pytest.fixture
def cast(db: None) -> VillageCast:
    return make_village()


@pytest.fixture
def page(cast: VillageCast, monkeypatch: pytest.MonkeyPatch) -> str:
    """The form about an applicant whom the public knows, on a day of checking."""
    monkeypatch.setattr("pilkades.apps.design.clock.now", lambda: CHECKING)
    (candidacy,) = make_applicants(cast, 1, state=ApplicationState.CHECKING)
    publish_announcement(
        actor=cast.actor("rini", CHECKING),
        now=CHECKING,
        election_pk=cast.election.pk,
        kind=AnnouncementKind.APPLICANTS,
    )
    return reverse("elections:public-complain", args=[VILLAGE, candidacy.uuid])


def complain(page: str, number: int, *, place: str = HOTSPOT) -> Any:
    words = {
        "content": f"Ijazah yang dipakai bukan miliknya, kata tetangga nomor {number}.",
        "complainant_name": "Mbak Dewi",
        "contact": "0812",
    }
    response: HttpResponse = Client().post(page, words, REMOTE_ADDR=place)  # type: ignore[arg-type]
    return response


def admit(number: int, *, now: datetime = NOW, network: str = HOTSPOT, words: str = "") -> None:
    count = admit_form(form="complaint:1", network=network, words=words or f"isi {number}", now=now)
    count()


def test_a_flood_from_one_place_is_slowed_and_the_next_village_hall_is_not(page: str) -> None:
    statuses = [complain(page, number).status_code for number in range(FREE_FORMS_PER_PLACE)]
    assert set(statuses) == {200}

    slowed = complain(page, 99)

    assert slowed.status_code == 429
    assert 1 <= int(slowed["Retry-After"]) <= PLACE_WAIT_SECONDS
    said = slowed.content.decode()
    assert f"Tunggu {slowed['Retry-After']} detik" in said
    assert "tidak diblokir" in said
    assert "tetangga nomor 99" in said
    assert CandidateComplaint.objects.count() == FREE_FORMS_PER_PLACE
    assert complain(page, 99, place=ELSEWHERE).status_code == 200


def test_the_same_words_again_wait_from_wherever_they_come(page: str) -> None:
    assert complain(page, 1).status_code == 200
    again = complain(page, 1, place=ELSEWHERE)
    assert again.status_code == 429
    assert "sama persis" in again.content.decode()
    assert complain(page, 2, place=ELSEWHERE).status_code == 200


def test_a_form_with_a_mistake_counts_for_nothing(page: str) -> None:
    for _ in range(FREE_FORMS_PER_PLACE + 1):
        assert Client().post(page, {"content": "x"}, REMOTE_ADDR=HOTSPOT).status_code == 400  # type: ignore[arg-type]
    assert complain(page, 1).status_code == 200


def test_a_shared_hotspot_is_never_locked_out() -> None:
    for number in range(FREE_FORMS_PER_PLACE):
        admit(number)
    moment = NOW
    for number in range(100, 130):
        with pytest.raises(TooManyFormsError) as wait:
            admit(number, now=moment)
        assert wait.value.wait_seconds <= PLACE_WAIT_SECONDS
        moment += timedelta(seconds=wait.value.wait_seconds)
        admit(number, now=moment)


def test_words_that_differ_in_dots_and_capitals_only_are_the_same() -> None:
    admit(1, words="Ijazahnya palsu.")
    with pytest.raises(TooManyFormsError) as wait:
        admit(2, words="  ijazahnya PALSU!!", network=ELSEWHERE)
    assert wait.value.code == "form.words"


@given(sent=st.integers(0, 10_000))
def test_words_wait_ever_longer_and_never_for_good(sent: int) -> None:
    wait = compute_words_wait_seconds(sent)
    assert 0 <= wait <= compute_words_wait_seconds(sent + 1) <= MAX_WORDS_WAIT_SECONDS
