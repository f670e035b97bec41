"""A regency with its officials, the packs in force, and a wave of its six villages."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from pilkades.apps.elections.models import Election, Wave
from pilkades.apps.elections.selectors.waves import get_election, get_wave
from pilkades.apps.elections.services.create_wave import create_wave
from pilkades.apps.regions.models import Village
from pilkades.apps.regulations.models import PackVersion
from tests.apps.desk_cast import NOW, REGENCY, Cast, install_packs, make_cast, make_regions

POLL = date(2026, 11, 23)


@dataclass(frozen=True, slots=True)
class Stage:
    """What stands when a test begins."""

    cast: Cast
    pack_uuid: UUID
    wave_uuid: UUID


@pytest.fixture(scope="module")
def stage(django_db_setup: Any, django_db_blocker: Any) -> Iterator[Stage]:
    """Set up once for a module; every test takes back what it did, the module all the rest."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_regions()
        cast = make_cast()
        pack = install_packs(cast)
        yield Stage(cast, pack.uuid, make_wave(cast, pack).uuid)
        transaction.set_rollback(True)


@pytest.fixture
def cast(stage: Stage, db: None) -> Cast:
    return stage.cast


@pytest.fixture
def blitar(stage: Stage, db: None) -> PackVersion:
    return PackVersion.objects.select_related("base").get(uuid=stage.pack_uuid)


@pytest.fixture
def wave(stage: Stage, db: None) -> Wave:
    return get_wave(stage.wave_uuid)


@pytest.fixture
def election(wave: Wave) -> Election:
    return get_election(wave.elections.order_by("village_id")[0].uuid)


def make_wave(cast: Cast, pack: PackVersion, name: str = "Serentak 2026") -> Wave:
    """All desa of the regency, voting on the day of the golden timetable."""
    return create_wave(
        actor=cast.actor("desk"),
        now=NOW,
        regency_code=REGENCY,
        name=name,
        poll_date=POLL,
        pack_uuid=pack.uuid,
        village_codes=list_village_codes(),
    )


def list_village_codes() -> list[str]:
    """The desa of the regency, without its kelurahan."""
    return list(Village.objects.filter(kind="DESA").values_list("code", flat=True))
