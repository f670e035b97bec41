"""Calendar feeds: public for a village, private for an official, useless once renewed."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from pilkades.apps.accounts.models import RoleAssignment
from pilkades.apps.elections.models import CalendarFeed, Election, Wave
from pilkades.apps.elections.selectors.feeds import get_feed_token
from pilkades.apps.elections.services.feeds import renew_feed
from tests.apps.desk_cast import NOW, Cast


def _feed_url(feed: CalendarFeed) -> str:
    return reverse("elections:feed", args=[feed.uuid, get_feed_token(feed)])


def _renew(cast: Cast, wave: Wave, name: str = "desk") -> CalendarFeed:
    return renew_feed(actor=cast.actor(name), now=NOW, wave_uuid=wave.uuid)


def test_anybody_subscribes_to_a_village(election: Election, client: Client) -> None:
    answer = client.get(reverse("elections:village-feed", args=[election.village_id]))

    calendar = Calendar.from_ical(answer.content)
    names = [str(event["summary"]) for event in calendar.walk("vevent")]
    assert answer["Content-Type"].startswith("text/calendar")
    assert "Kampanye" in names


def test_village_without_election_has_no_calendar(wave: Wave, client: Client) -> None:
    assert client.get(reverse("elections:village-feed", args=["35.05.01.1001"])).status_code == 404


def test_private_address_works_without_signing_in(cast: Cast, wave: Wave, client: Client) -> None:
    answer = client.get(_feed_url(_renew(cast, wave)))

    assert answer.status_code == 200
    assert b"BEGIN:VEVENT" in answer.content


def test_wrong_token_is_not_found(cast: Cast, wave: Wave, client: Client) -> None:
    feed = _renew(cast, wave)
    url = reverse("elections:feed", args=[feed.uuid, "0" * 64])

    assert client.get(url).status_code == 404


def test_renewed_address_kills_the_old_one(cast: Cast, wave: Wave, client: Client) -> None:
    old = _feed_url(_renew(cast, wave))
    new = _feed_url(_renew(cast, wave))

    assert old != new
    assert client.get(old).status_code == 404
    assert client.get(new).status_code == 200


def test_address_dies_with_the_office(cast: Cast, wave: Wave, client: Client) -> None:
    url = _feed_url(_renew(cast, wave))

    RoleAssignment.objects.filter(user=cast.desk).update(revoked_at=NOW)

    assert client.get(url).status_code == 404


def test_addresses_of_two_officials_differ(cast: Cast, wave: Wave) -> None:
    assert get_feed_token(_renew(cast, wave)) != get_feed_token(_renew(cast, wave, "second"))


def test_outsider_gets_no_address(cast: Cast, wave: Wave) -> None:
    url = reverse("elections:wave-feed", args=[wave.uuid])

    assert cast.client("mallory").post(url).status_code == 404
    assert not CalendarFeed.objects.exists()


def test_calendar_page_shows_the_address_once_made(cast: Cast, wave: Wave) -> None:
    desk = cast.client("desk")

    page = desk.post(reverse("elections:wave-feed", args=[wave.uuid]), follow=True)

    assert get_feed_token(CalendarFeed.objects.get()) in page.text


@pytest.mark.parametrize("language", ["id", "en"])
def test_calendar_speaks_the_language_of_its_reader(
    election: Election, client: Client, language: str
) -> None:
    url = reverse("elections:village-feed", args=[election.village_id])

    answer = client.get(url, {"bahasa": language})

    assert ("Campaign" in answer.text) == (language == "en")


def test_rehearsal_says_so_in_the_name_of_the_calendar(
    election: Election, client: Client, settings: Any
) -> None:
    Wave.objects.filter(pk=election.wave_id).update(is_simulation=True)

    answer = client.get(reverse("elections:village-feed", args=[election.village_id]))

    assert "SIMULASI" in answer.text
