"""Two people at the very same moment at the lock: one is first, the other is told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import close_old_connections, connection

from pilkades.apps.roll.models import RollState
from pilkades.apps.roll.selectors.digest import compute_digest
from pilkades.apps.roll.services.changes import remove_entry
from pilkades.apps.roll.services.lock import confirm_lock, propose_lock
from pilkades.errors import PilkadesError
from tests.apps.roll_cast import DAYS, add_family, bring_to, fresh_roll, propose
from tests.apps.village_cast import VillageCast, make_village

pytestmark = pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite has one writer at a time by its nature"
)
LATER = DAYS["lock"] + timedelta(minutes=1)


@pytest.fixture
def final(transactional_db: None) -> VillageCast:
    cast = make_village()
    add_family(cast)
    bring_to(cast, RollState.FINAL)
    return cast


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


def refused(results: list[Any]) -> list[str]:
    return [item.code for item in results if isinstance(item, PilkadesError)]


def test_of_two_people_who_lock_at_once_one_is_told(final: VillageCast) -> None:
    propose(final)
    roll = fresh_roll(final)
    actors = [final.actor(name, LATER) for name in ("slamet", "rini")]
    results = at_once(
        *(
            lambda actor=actor: confirm_lock(
                actor=actor,
                now=LATER,
                roll_uuid=roll.uuid,
                expected_version=roll.version,
                digest=roll.lock_digest,
            )
            for actor in actors
        )
    )
    assert refused(results) == ["roll.stale"]
    assert fresh_roll(final).is_locked


def test_of_two_people_who_propose_at_once_one_is_told(final: VillageCast) -> None:
    roll = fresh_roll(final)
    actors = [final.actor(name, LATER) for name in ("sari", "slamet")]
    results = at_once(
        *(
            lambda actor=actor: propose_lock(
                actor=actor, now=LATER, roll_uuid=roll.uuid, expected_version=roll.version
            )
            for actor in actors
        )
    )
    assert refused(results) == ["roll.stale"]


def test_a_strike_at_the_moment_of_the_lock_is_before_it_or_refused(final: VillageCast) -> None:
    propose(final)
    roll = fresh_roll(final)
    entry = roll.entries.first()
    assert entry is not None
    slamet, rini = (final.actor(name, LATER) for name in ("slamet", "rini"))
    results = at_once(
        lambda: confirm_lock(
            actor=slamet,
            now=LATER,
            roll_uuid=roll.uuid,
            expected_version=roll.version,
            digest=roll.lock_digest,
        ),
        lambda: remove_entry(
            actor=rini,
            now=LATER,
            entry_uuid=entry.uuid,
            expected_version=entry.version,
            reason="Meninggal",
        ),
    )
    assert refused(results) in (["roll.changed-since-proposal"], ["roll.locked"])
    after = fresh_roll(final)
    assert not after.is_locked or compute_digest(after) == after.lock_digest
