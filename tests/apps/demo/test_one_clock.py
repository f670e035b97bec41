"""The trail of the demo has one clock: that of the moments at which its places stand."""

from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from pilkades.apps.accounts.event_clock import get_event_moment
from pilkades.apps.accounts.models import User
from pilkades.apps.accounts.services import record_failure, set_account_active
from pilkades.apps.audit.models import Event
from pilkades.apps.audit.sentences import describe_event
from pilkades.apps.design.texts import translate
from pilkades.apps.elections.services.create_wave import create_wave
from pilkades.apps.elections.services.simulate import set_wave_moment
from tests.apps.desk_cast import NOW, REGENCY, Cast, install_packs, make_cast, make_regions
from tests.apps.village_cast import POLL, VILLAGE, at

MOMENT = at(10, 20, 9, 30)
VISIT_AT_NIGHT = at(12, 24, 1, 15)


@pytest.fixture
def cast(db: None, settings: Any) -> Cast:
    make_regions()
    cast = make_cast()
    wave = create_wave(
        actor=cast.actor("desk"),
        now=NOW,
        regency_code=REGENCY,
        name="Latihan",
        poll_date=POLL,
        pack_uuid=install_packs(cast).uuid,
        village_codes=[VILLAGE],
        is_simulation=True,
    )
    set_wave_moment(now=MOMENT, wave_uuid=wave.uuid, moment=MOMENT)
    User.objects.update(is_demo_persona=True)
    settings.PILKADES_DEMO = True
    settings.PILKADES_NOW = VISIT_AT_NIGHT.isoformat()
    return cast


def last_moment(event: str) -> datetime:
    return Event.objects.filter(event=event).latest("id").at


@pytest.mark.parametrize("name", ["desk", "council", "dewi"])
def test_a_visit_at_night_stands_in_the_trail_at_the_moment_of_the_place(
    cast: Cast, name: str
) -> None:
    persona = getattr(cast, name)
    assert Client().post(f"/akun/simulasi/{persona.uuid}/").status_code == 302
    assert last_moment("account.signed_in") == MOMENT
    page = cast.client("desk").get("/jejak-audit/", {"peringatan": "malam"}).content.decode()
    assert "<tbody>" not in page


def test_a_failed_guess_and_an_account_closed_at_night_too(cast: Cast) -> None:
    record_failure(user=cast.desk, bucket="x", now=VISIT_AT_NIGHT)
    set_account_active(
        actor=cast.actor("desk"), user=cast.council, is_active=False, now=VISIT_AT_NIGHT
    )
    assert last_moment("account.sign_in_failed") == MOMENT
    assert last_moment("account.disabled") == MOMENT


def test_an_installation_in_earnest_has_no_second_clock(cast: Cast, settings: Any) -> None:
    settings.PILKADES_DEMO = False
    assert get_event_moment(cast.actor("desk"), now=VISIT_AT_NIGHT) == VISIT_AT_NIGHT


@pytest.mark.parametrize(
    ("event", "data", "sentence"),
    [
        (
            "simulation.moment_set",
            {"moment": "2026-10-20T09:30+07:00"},
            "Waktu peragaan diatur ke Selasa, 20 Oktober 2026, 09.30 WIB",
        ),
        (
            "pack.adopted",
            {"pack": "blitar-2026", "effective_date": "2026-06-09"},
            "Paket aturan blitar-2026 ditetapkan, berlaku mulai 9 Juni 2026",
        ),
        (
            "pack.adopted",
            {"pack": "2026-13-01x", "effective_date": None},
            "Paket aturan 2026-13-01x ditetapkan, berlaku mulai –",
        ),
    ],
)
def test_days_and_moments_are_written_in_words(
    event: str, data: dict[str, Any], sentence: str
) -> None:
    assert translate(describe_event(event=event, data=data, words={})) == sentence
    assert date.fromisoformat("2026-06-09").weekday() == 1
