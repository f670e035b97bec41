"""One village with an empty roll, set up once for a module; every test takes back what it did."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.apps.roll.station_cast import StationCast, make_stations
from tests.apps.village_cast import make_village


@pytest.fixture(scope="module")
def station_stage(django_db_setup: Any, django_db_blocker: Any) -> Iterator[StationCast]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_stations(make_village())
        transaction.set_rollback(True)


@pytest.fixture
def village(station_stage: StationCast, db: None) -> StationCast:
    """The village of the tests about stations."""
    return station_stage
