"""A rehearsal stands at a moment of its own; an election in earnest never does (ADR 0010)."""

from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from pilkades.apps.audit.models import Event
from pilkades.apps.elections.models import Election, Wave
from pilkades.apps.elections.selectors.inbox import list_inbox
from pilkades.apps.elections.selectors.moments import (
    find_actor_moment,
    find_candidacy_moment,
    find_election_moment,
    find_village_moment,
    find_wave_moment,
)
from pilkades.apps.elections.services.create_wave import create_wave
from pilkades.apps.elections.services.simulate import set_election_moment, set_wave_moment
from pilkades.errors import RuleViolationError
from tests.apps.desk_cast import NOW, REGENCY, Cast, install_packs, make_cast, make_regions
from tests.apps.village_cast import POLL, VILLAGE, at

OTHER = "35.05.02.2001"
OWN, SHARED = at(8, 25, 10), at(11, 18, 9)


@pytest.fixture
def cast(db: None) -> Cast:
    make_regions(villages_per_district=2)
    return make_cast()


def _make_wave(cast: Cast, *, is_simulation: bool = True) -> Wave:
    return create_wave(
        actor=cast.actor("desk"),
        now=NOW,
        regency_code=REGENCY,
        name="Latihan" if is_simulation else "Gelombang 2026",
        poll_date=POLL,
        pack_uuid=install_packs(cast).uuid,
        village_codes=[VILLAGE, OTHER],
        is_simulation=is_simulation,
    )


@pytest.fixture
def wave(cast: Cast) -> Wave:
    """A rehearsal at 18 November, one village of it at 25 August."""
    made = _make_wave(cast)
    set_wave_moment(now=NOW, wave_uuid=made.uuid, moment=SHARED)
    own = made.elections.get(village_id=VILLAGE)
    set_election_moment(now=NOW, election_uuid=own.uuid, moment=OWN)
    return made


def _at(moment: Any) -> datetime | None:
    return moment.at if moment else None


def test_a_village_stands_at_its_own_moment_the_others_at_that_of_the_wave(wave: Wave) -> None:
    assert _at(find_village_moment(VILLAGE)) == OWN
    assert _at(find_village_moment(OTHER)) == SHARED
    assert _at(find_wave_moment(wave.uuid)) == SHARED
    election = wave.elections.get(village_id=VILLAGE)
    assert _at(find_election_moment(election.uuid)) == OWN
    assert find_candidacy_moment(election.uuid) is None
    assert find_village_moment("35.05.01.2009") is None


def test_whoever_works_in_one_place_stands_at_its_moment(wave: Wave, cast: Cast) -> None:
    assert _at(find_actor_moment(cast.actor("council"))) == OWN
    assert _at(find_actor_moment(cast.actor("desk"))) == SHARED
    assert _at(find_actor_moment(cast.actor("camat"))) == SHARED
    assert find_actor_moment(cast.actor("dewi")) is None
    assert find_actor_moment(cast.actor("mallory")) is None


def test_the_pages_of_a_village_show_and_use_its_moment(wave: Wave, client: Client) -> None:
    page = client.get(f"/desa/{VILLAGE}/").content.decode()
    assert "Waktu peragaan: <b>Selasa, 25 Agustus 2026, 10.00 WIB</b>" in page
    steps = client.get(f"/desa/{VILLAGE}/data.json").json()["steps"]
    states = {step["id"]: step["state"] for step in steps}
    assert states["registration"] == "running"
    assert states["campaign"] == "upcoming"
    page = client.get(f"/desa/{OTHER}/").content.decode()
    assert "18 November 2026" in page


def test_the_inbox_tells_what_is_near_on_the_day_of_the_village(wave: Wave, cast: Cast) -> None:
    def is_told() -> bool:
        items = list_inbox(cast.actor("council"), today=at(12, 31).date())
        return items.filter(subject="committee_formation").exists()

    assert is_told()
    election = wave.elections.get(village_id=VILLAGE)
    set_election_moment(now=NOW, election_uuid=election.uuid, moment=at(7, 1))
    assert not is_told()


def test_in_the_demo_a_persona_carries_the_moment_to_the_inbox(
    wave: Wave, cast: Cast, settings: Any
) -> None:
    assert "Waktu peragaan" not in cast.client("council").get("/kotak-masuk/").content.decode()
    settings.PILKADES_DEMO = True
    assert "25 Agustus" in cast.client("council").get("/kotak-masuk/").content.decode()
    sign_in = Client().get("/akun/masuk/").content.decode()
    assert "Waktu peragaan" not in sign_in


def test_an_election_in_earnest_has_no_second_clock(cast: Cast, client: Client) -> None:
    made = _make_wave(cast, is_simulation=False)
    election = made.elections.get(village_id=VILLAGE)
    with pytest.raises(RuleViolationError, match=r"simulation\.in-earnest"):
        set_wave_moment(now=NOW, wave_uuid=made.uuid, moment=OWN)
    with pytest.raises(RuleViolationError, match=r"simulation\.in-earnest"):
        set_election_moment(now=NOW, election_uuid=election.uuid, moment=OWN)
    for model, row in ((Election, election), (Wave, made)):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.filter(pk=row.pk).update(simulated_at=OWN)
    assert find_village_moment(VILLAGE) is None
    assert "Waktu peragaan" not in client.get(f"/desa/{VILLAGE}/").content.decode()


def test_an_election_in_earnest_comes_before_a_rehearsal_of_the_same_village(
    wave: Wave, cast: Cast
) -> None:
    create_wave(
        actor=cast.actor("desk"),
        now=NOW,
        regency_code=REGENCY,
        name="Gelombang 2026",
        poll_date=POLL,
        pack_uuid=wave.pack.uuid,
        village_codes=[VILLAGE],
    )
    assert find_village_moment(VILLAGE) is None


def test_moving_the_clock_stands_in_the_ledger(wave: Wave) -> None:
    events = Event.objects.filter(event="simulation.moment_set").order_by("pk")
    assert [event.subject.split(":")[0] for event in events] == ["wave", "election"]
    assert "2026-08-25" in events[1].leaf
