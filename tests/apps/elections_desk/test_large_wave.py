"""240 villages on one board: few queries, a light page, every village with its own course."""

import gzip
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from pilkades.apps.elections.models import Election, StageFact, Wave
from pilkades.apps.elections.services.create_wave import create_wave
from tests.apps.desk_cast import NOW, REGENCY, Cast, install_packs, make_cast, make_regions
from tests.apps.elections_desk.conftest import POLL, list_village_codes

VILLAGES = 240
PAGE_BYTES = 150_000
PAGES = ("wave", "wave-board", "wave-alarms", "wave-calendar", "wave-villages")


@pytest.fixture
def cast(db: None, settings: Any) -> Cast:
    settings.PILKADES_DEMO, settings.PILKADES_NOW = True, "2026-08-27T09:00:00+07:00"
    make_regions(villages_per_district=VILLAGES // 2)
    return make_cast()


@pytest.fixture
def wave(cast: Cast) -> Wave:
    wave = create_wave(
        actor=cast.actor("desk"),
        now=NOW,
        regency_code=REGENCY,
        name="Gelombang besar",
        poll_date=POLL,
        pack_uuid=install_packs(cast).uuid,
        village_codes=list_village_codes(),
    )
    StageFact.objects.bulk_create(
        _fact(election, number) for number, election in enumerate(wave.elections.all())
    )
    return wave


def _fact(election: Election, number: int) -> StageFact:
    finished = date(2026, 7, 17) + timedelta(days=number % 7)
    return StageFact(
        election=election,
        step_id="committee_formation",
        started_on=date(2026, 7, 6),
        finished_on=finished,
        recorded_at=datetime(2026, 7, 25, tzinfo=UTC),
    )


def test_large_wave_stays_within_queries_and_weight(
    cast: Cast, wave: Wave, django_assert_max_num_queries: Any
) -> None:
    desk = cast.client("desk")
    stages = ["?tahap=persiapan", "?tahap=pencalonan"]
    urls = [reverse(f"elections:{name}", args=[wave.uuid]) for name in PAGES]
    urls += [reverse("elections:wave-board", args=[wave.uuid]) + stage for stage in stages]

    for url in urls:
        desk.get(url)
        with django_assert_max_num_queries(15):
            page = desk.get(url)
        assert page.status_code == 200
        assert len(gzip.compress(page.content)) <= PAGE_BYTES, url


def test_board_of_a_large_wave_has_every_village_once(cast: Cast, wave: Wave) -> None:
    page = cast.client("desk").get(reverse("elections:wave-board", args=[wave.uuid]))

    assert page.text.count('<th scope="row">') == VILLAGES
    assert "240 dari 240 desa" in " ".join(page.text.split())
