"""Two officials at one wave in the same moment: one is first, the other is told."""

import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection, connections

from pilkades.apps.audit.models import Event
from pilkades.apps.elections.models import Wave
from pilkades.apps.elections.services.change_schedule import change_schedule
from pilkades.apps.elections.services.record_stage import record_step
from pilkades.errors import ConflictError
from tests.apps.desk_cast import NOW, Cast, install_packs, make_cast, make_regions
from tests.apps.elections_desk.conftest import make_wave

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time by its nature")
    make_regions()
    return make_cast()


@pytest.fixture
def wave(cast: Cast) -> Wave:
    return make_wave(cast, install_packs(cast))


def _run_together(*acts: Callable[[], object]) -> list[object]:
    """Start all acts at one moment in threads of their own; what each returned or raised."""
    gate = threading.Barrier(len(acts))
    outcomes: list[object] = []

    def run(act: Callable[[], object]) -> None:
        try:
            gate.wait(timeout=10)
            outcomes.append(act())
        except Exception as error:
            outcomes.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_two_poll_dates_at_once_leave_one_wave_one_event_one_conflict(
    cast: Cast, wave: Wave
) -> None:
    days = {"desk": date(2026, 11, 30), "second": date(2026, 12, 7)}
    actors = {name: cast.actor(name) for name in days}

    outcomes = _run_together(
        *(
            lambda name=name: change_schedule(  # type: ignore[misc]
                actor=actors[name],
                now=NOW,
                wave_uuid=wave.uuid,
                expected_version=wave.version,
                poll_date=days[name],
                pack_uuid=wave.pack.uuid,
            )
            for name in days
        )
    )

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["ConflictError", "Wave"]
    winner = next(outcome for outcome in outcomes if isinstance(outcome, Wave))
    wave.refresh_from_db()
    assert wave.poll_date == winner.poll_date
    assert Event.objects.filter(event="wave.schedule_changed").count() == 1


def test_two_villages_are_recorded_at_once_without_a_conflict(cast: Cast, wave: Wave) -> None:
    elections = list(wave.elections.order_by("village_id")[:2])
    actors = [cast.actor("desk"), cast.actor("second")]

    outcomes = _run_together(
        *(
            lambda election=election, actor=actor: record_step(  # type: ignore[misc]
                actor=actor,
                now=NOW,
                election_uuid=election.uuid,
                expected_version=election.version,
                step_id="committee_formation",
                started_on=date(2026, 6, 1),
                finished_on=date(2026, 6, 12),
            )
            for election, actor in zip(elections, actors, strict=True)
        )
    )

    assert not [o for o in outcomes if isinstance(o, Exception)], outcomes
    assert Event.objects.filter(event="stage.recorded").count() == 2


def test_one_step_recorded_twice_at_once_keeps_the_first(cast: Cast, wave: Wave) -> None:
    election = wave.elections.order_by("village_id")[0]
    actors = [cast.actor("desk"), cast.actor("second")]

    outcomes = _run_together(
        *(
            lambda actor=actor, day=day: record_step(  # type: ignore[misc]
                actor=actor,
                now=NOW,
                election_uuid=election.uuid,
                expected_version=election.version,
                step_id="committee_formation",
                started_on=date(2026, 6, 1),
                finished_on=date(2026, 6, day),
            )
            for actor, day in zip(actors, (11, 12), strict=True)
        )
    )

    assert sum(isinstance(o, ConflictError) for o in outcomes) == 1
    assert election.stage_facts.count() == 1
