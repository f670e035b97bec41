"""Two members of the committee at once: one acts, the other is told, nobody serves twice.

SQLite has one writer at a time, so that nothing can happen at once; these run on PostgreSQL.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import close_old_connections, connection

from pilkades.apps.officers.models import AppointmentDecree, OfficerState, StationOfficer
from pilkades.apps.officers.services.decree import propose_decree
from pilkades.errors import PilkadesError
from pilkades.law.officers_rules import SeatKind
from tests.apps.officers_cast import (
    FORMING,
    StationCast,
    fill_team,
    make_station_cast,
    person,
    put,
    team_of,
)

pytestmark = pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite has one writer at a time by its nature"
)


@pytest.fixture
def cast(transactional_db: None) -> StationCast:
    return make_station_cast()


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run acts in threads of their own that start together; refusals come back as values."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        start.wait()
        try:
            return act()
        except PilkadesError as error:
            return error
        finally:
            close_old_connections()
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def _refused(outcomes: list[Any]) -> list[PilkadesError]:
    return [item for item in outcomes if isinstance(item, PilkadesError)]


def test_one_person_named_for_two_stations_at_once_serves_at_one(cast: StationCast) -> None:
    outcomes = at_once(
        lambda: put(cast, cast.stations[0], person("Budi"), by="sari"),
        lambda: put(cast, cast.stations[1], person("Boedi"), by="slamet"),
    )
    assert len(_refused(outcomes)) == 1
    assert StationOfficer.objects.exclude(state=OfficerState.ENDED).count() == 1


def test_one_seat_is_filled_once(cast: StationCast) -> None:
    version = team_of(cast, cast.stations[0]).version
    outcomes = at_once(
        *(
            lambda by=by, serial=serial: put(
                cast,
                cast.stations[0],
                person(f"Orang {serial}", serial=serial),
                seat=(SeatKind.STATION, 1),
                by=by,
                version=version,
            )
            for serial, by in enumerate(("sari", "slamet"), start=1)
        )
    )
    assert [item.code for item in _refused(outcomes)] == ["officer.team-stale"]
    assert StationOfficer.objects.count() == 1


def test_two_proposals_at_once_are_one(cast: StationCast) -> None:
    fill_team(cast, cast.stations[0])
    outcomes = at_once(
        *(
            lambda by=by: propose_decree(
                actor=cast.actor(by), now=FORMING, election_pk=cast.election_pk
            )
            for by in ("sari", "slamet")
        )
    )
    assert [item.code for item in _refused(outcomes)] in (
        ["officer.decree-open"],
        ["officer.no-ready-team"],
    )
    assert AppointmentDecree.objects.count() == 1
