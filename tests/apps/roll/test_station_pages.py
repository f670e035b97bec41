"""Pages of the stations: kept by the committee, read by the workspace, closed to others."""

import io
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from pilkades.apps.audit.models import Event
from pilkades.apps.elections.models import PollingStation, StationKind, Venue
from pilkades.apps.roll.models import AllocationProposal, Roll, RollEntry
from tests.apps.roll.station_cast import StationCast
from tests.apps.village_cast import OTHER_VILLAGE, REGISTRATION, VILLAGE

INDEX = reverse("roll:stations", args=[VILLAGE])
BOARD = reverse("roll:board", args=[VILLAGE])
ASK = reverse("roll:allocation", args=[VILLAGE])
PROPOSAL = reverse("roll:proposal", args=[VILLAGE])
MOVE = reverse("roll:move", args=[VILLAGE])
RT = reverse("roll:rt-voters", args=[VILLAGE])
VENUE_ADD = reverse("roll:venue-add", args=[VILLAGE])
STATION_ADD = reverse("roll:station-add", args=[VILLAGE])


@pytest.fixture(autouse=True)
def _stand_in_august(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pilkades.apps.design.clock.now", lambda: REGISTRATION)


def test_the_committee_adds_a_venue_and_stations_in_it(village: StationCast) -> None:
    krajan = village.hamlet("Krajan")
    sari = village.cast.client("sari")
    given = {
        "name": "Balai Desa",
        "hamlet": krajan.pk,
        "latitude_degrees": "-8.09813",
        "longitude_degrees": "112.16525",
        "version": 0,
    }

    assert sari.post(VENUE_ADD, given).status_code == 302
    venue = Venue.objects.get()
    answer = sari.post(STATION_ADD, {"kind": "station", "venue": venue.uuid, "count": 3})

    assert answer.status_code == 302
    assert list(PollingStation.objects.values_list("kind", "number")) == [
        ("station", 1),
        ("station", 2),
        ("station", 3),
    ]
    assert "Balai" not in Event.objects.get(event="venue.added").leaf
    page = sari.get(INDEX).text
    assert "TPS 03" in page
    assert "Balai Desa" in page


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"name": "", "version": 0}, 400),
        ({"name": "Balai", "latitude_degrees": "-8.1", "version": 0}, 400),
        ({"name": "Balai", "latitude_degrees": "-98", "longitude_degrees": "1"}, 400),
        ({"name": "Balai", "latitude_degrees": "nan", "longitude_degrees": "1"}, 400),
        ({"name": "Ada", "version": 0}, 409),
    ],
)
def test_a_venue_that_cannot_be_is_refused_in_words(
    village: StationCast, given: dict[str, object], status: int
) -> None:
    village.venue("Ada")
    assert village.cast.client("sari").post(VENUE_ADD, given).status_code == status
    assert Venue.objects.count() == 1


def test_a_venue_is_changed_once_by_whoever_saw_it(village: StationCast) -> None:
    venue = village.venue("Balai")
    url = reverse("roll:venue", args=[VILLAGE, venue.uuid])
    sari = village.cast.client("sari")

    assert sari.post(url, {"name": "Sekolah", "version": 1}).status_code == 302
    assert sari.post(url, {"name": "Lapangan", "version": 1}).status_code == 409
    assert Venue.objects.get().name == "Sekolah"


def test_what_is_in_use_is_not_taken_away(village: StationCast) -> None:
    venue = village.venue()
    station = village.station(1, venue)
    village.voters(1, station=station)
    sari = village.cast.client("sari")

    station_url = reverse("roll:station-remove", args=[VILLAGE, station.uuid])
    venue_url = reverse("roll:venue-remove", args=[VILLAGE, venue.uuid])
    assert "masih berisi 1 pemilih" in sari.post(station_url).text
    assert sari.post(venue_url).status_code == 409

    RollEntry.objects.update(station=None)
    assert sari.post(station_url).status_code == 302
    assert sari.post(venue_url).status_code == 302
    assert not Venue.objects.exists()


def test_a_number_stands_once(village: StationCast) -> None:
    venue = village.venue()
    first = village.station(1, venue)
    village.station(2, venue)
    url = reverse("roll:station", args=[VILLAGE, first.uuid])
    sari = village.cast.client("sari")

    taken = sari.post(url, {"number": 2, "venue": venue.uuid, "version": 1})
    free = sari.post(url, {"number": 7, "venue": venue.uuid, "version": 1})

    assert (taken.status_code, free.status_code) == (409, 302)
    assert "Nomor 2 sudah dipakai" in taken.text


def test_a_desk_needs_its_station(village: StationCast) -> None:
    venue = village.venue()
    station = village.station(1, venue)
    sari = village.cast.client("sari")
    desk = {"kind": "desk", "venue": venue.uuid, "count": 2}

    assert sari.post(STATION_ADD, desk).status_code == 400
    assert sari.post(STATION_ADD, {**desk, "parent": station.uuid}).status_code == 302
    assert station.parts.filter(kind=StationKind.DESK).count() == 2
    mixed = {**desk, "kind": "box", "parent": station.uuid}
    assert sari.post(STATION_ADD, mixed).status_code == 409


def test_one_station_is_offered_a_box_per_hamlet(village: StationCast) -> None:
    station = village.station(1, village.venue())
    village.hamlet("Krajan")
    url = reverse("roll:station-boxes", args=[VILLAGE, station.uuid])
    sari = village.cast.client("sari")

    assert url in sari.get(INDEX).text
    assert sari.post(url).status_code == 302
    assert "Kotak 01 Krajan" in sari.get(INDEX).text
    assert sari.post(url).status_code == 409


def test_the_division_goes_from_question_to_preview_to_acceptance(
    village: StationCast, django_capture_on_commit_callbacks: Any
) -> None:
    hamlet = village.hamlet("Krajan")
    village.station(1, village.venue("Balai", hamlet=hamlet))
    village.voters(30, household=3, hamlet=hamlet)
    sari = village.cast.client("sari")

    assert "30 pemilih, 1 TPS" in sari.get(ASK).text
    assert sari.get(PROPOSAL).headers["Location"] == ASK
    with django_capture_on_commit_callbacks(execute=True):
        assert sari.post(ASK, {"mode": "all"}).status_code == 302
    preview = sari.get(PROPOSAL).text
    assert "30 pemilih berpindah (L 15, P 15)" in preview
    proposal = AllocationProposal.objects.get()
    url = reverse("roll:proposal-one", args=[VILLAGE, proposal.uuid])
    assert sari.post(url).status_code == 302
    assert sari.post(url).status_code == 409
    assert not RollEntry.objects.filter(station=None).exists()


def test_too_few_stations_are_said_on_the_preview(
    village: StationCast, django_capture_on_commit_callbacks: Any
) -> None:
    village.station(1, village.venue())
    village.voters(501)
    sari = village.cast.client("sari")

    with django_capture_on_commit_callbacks(execute=True):
        sari.post(ASK, {"mode": "all"})

    assert "Butuh 2 TPS, baru ada 1" in sari.get(PROPOSAL).text
    assert "Butuh 2 TPS, baru ada 1" in sari.get(INDEX).text


def test_an_rt_is_moved_by_the_plain_form(village: StationCast) -> None:
    first, second = (village.station(n, village.venue(f"Balai {n}")) for n in (1, 2))
    village.voters(4, station=first)
    sari = village.cast.client("sari")
    picked = f"{MOVE}?apa=rt&rw=001&rt=001&dari={first.uuid}"

    assert sari.get(picked).status_code == 200
    shown = sari.get(f"{picked}&ke={second.uuid}")
    assert "4 pemilih (L 2, P 2) pindah ke TPS 02" in shown.text
    assert RollEntry.objects.filter(station=first).count() == 4
    seen = shown.context["effect"].seen
    answer = sari.post(f"{picked}&ke={second.uuid}", {"seen": seen, "reason": "Lebih dekat"})

    assert answer.status_code == 302
    assert RollEntry.objects.filter(station=second).count() == 4
    assert sari.get(picked).status_code == 409


def test_a_move_over_the_maximum_shows_why_and_no_button(village: StationCast) -> None:
    first, second = (village.station(n, village.venue(f"Balai {n}")) for n in (1, 2))
    village.voters(2, station=first)
    village.voters(499, station=second, rt="009")

    page = village.cast.client("sari").get(
        f"{MOVE}?apa=rt&rw=001&rt=001&dari={first.uuid}&ke={second.uuid}"
    )

    assert "lebih 1 dari paling banyak 500" in page.text
    assert 'name="reason"' not in page.text


@pytest.mark.parametrize("query", ["", "?apa=desa", "?apa=rt&dusun=tidak"])
def test_an_address_that_picks_nobody_does_not_exist(village: StationCast, query: str) -> None:
    assert village.cast.client("sari").get(MOVE + query).status_code == 404


def test_outsiders_see_no_station_and_the_council_changes_none(village: StationCast) -> None:
    station = village.station(1, village.venue())
    village.voters(1, station=station)
    rt = f"{RT}?apa=rt&rw=001&rt=001"
    acts = [VENUE_ADD, STATION_ADD, ASK, f"{MOVE}?apa=rt&rw=001&rt=001"]
    acts += [
        reverse(f"roll:{name}", args=[VILLAGE, station.uuid])
        for name in ("station", "station-remove", "station-boxes")
    ]
    for url in (INDEX, BOARD, rt, *acts):
        assert village.cast.client().get(url).status_code == 302, url
        for person in ("mallory", "dewi", "kartika"):
            assert village.cast.client(person).get(url).status_code == 403, (person, url)
    council = village.cast.client("bayu")
    assert council.get(INDEX).status_code == council.get(BOARD).status_code == 200
    assert council.get(rt).status_code == 403, "names are for those who work with the roll"
    for url in acts:
        assert council.get(url).status_code == 403, url
        assert council.post(url, {}).status_code == 403, url
    assert VENUE_ADD not in council.get(INDEX).text


def test_a_station_of_another_village_is_not_reached(village: StationCast) -> None:
    other = village.cast.election.wave.elections.get(village_id=OTHER_VILLAGE)
    venue = Venue.objects.create(election=other, name="Balai tetangga")
    station = PollingStation.objects.create(election=other, venue=venue, number=1)
    sari = village.cast.client("sari")

    assert sari.get(reverse("roll:venue", args=[VILLAGE, venue.uuid])).status_code == 404
    assert sari.get(reverse("roll:station", args=[VILLAGE, station.uuid])).status_code == 404


def test_after_the_lock_stations_are_added_and_none_is_changed_or_emptied(
    village: StationCast,
) -> None:
    station = village.station(1, village.venue())
    village.voters(1, station=station)
    Roll.objects.filter(pk=village.roll.pk).update(
        state="locked", locked_at=REGISTRATION, lock_digest="0" * 64
    )
    sari = village.cast.client("sari")
    change = reverse("roll:station", args=[VILLAGE, station.uuid])

    assert change not in sari.get(INDEX).text
    assert "Pindahkan" not in sari.get(BOARD).text
    given = {"number": 2, "venue": station.venue.uuid, "version": 1}
    assert sari.post(change, given).status_code == 422
    assert sari.post(VENUE_ADD, {"name": "Baru", "version": 0}).status_code == 302


def test_the_list_downloads_as_xlsx(village: StationCast) -> None:
    station = village.station(1, village.venue())
    village.voters(3, station=station)

    answer = village.cast.client("sari").get(f"{INDEX}?unduh=xlsx")

    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[1][:6] == ("TPS 01", "Balai desa", 2, 1, 3, 497)
