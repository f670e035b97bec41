"""One village with three stations, set up once for a module; every test takes back what it did."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from tests.apps.officers_cast import StationCast, make_station_cast


@pytest.fixture(autouse=True, scope="session")
def _files_in_a_folder_of_their_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Sealed files of tests do not land among those of the installation."""
    from django.test import override_settings

    home = tmp_path_factory.mktemp("berkas")
    with override_settings(MEDIA_ROOT=home):
        yield home


@pytest.fixture(scope="module")
def stations_stage(django_db_setup: Any, django_db_blocker: Any) -> Iterator[StationCast]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_station_cast()
        transaction.set_rollback(True)


@pytest.fixture
def cast(stations_stage: StationCast, db: None) -> StationCast:
    return stations_stage
