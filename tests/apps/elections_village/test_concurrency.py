"""Two people at the very same moment: one is first, the other is told, nobody waits for ever."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import close_old_connections, connection

from pilkades.apps.elections.models import Candidacy
from pilkades.apps.elections.services import setup_proof as proofs
from pilkades.apps.elections.services.ballot_entry import change_ballot_entry
from pilkades.apps.elections.services.completion import request_completion
from pilkades.apps.elections.services.receive_file import receive_file
from pilkades.errors import ConflictError
from pilkades.law.application import ApplicationState
from tests.apps.elections_village.photos import picture
from tests.apps.village_cast import (
    CHECKING,
    REGISTRATION,
    VillageCast,
    bring,
    fresh,
    identity,
    make_applicants,
    make_village,
    open_draft,
    receive,
    verify,
)

pytestmark = pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite has one writer at a time by its nature"
)


@pytest.fixture
def cast(transactional_db: None) -> VillageCast:
    return make_village()


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run acts in threads of their own that start together; refusals come back as values."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        start.wait()
        try:
            return act()
        except ConflictError as error:
            return error
        finally:
            close_old_connections()
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_two_clerks_give_two_numbers(cast: VillageCast) -> None:
    drafts = [open_draft(cast, identity(f"Pelamar {n}", serial=9400 + n)) for n in range(2)]
    actor = cast.actor("sari")
    received = at_once(
        *(
            lambda draft=draft: receive_file(
                actor=actor,
                now=REGISTRATION,
                candidacy_uuid=draft.uuid,
                expected_version=draft.version,
            )
            for draft in drafts
        )
    )
    assert not [item for item in received if isinstance(item, ConflictError)]
    numbers = Candidacy.objects.values_list("registration_number", flat=True)
    assert sorted(numbers) == [1, 2]  # type: ignore[type-var]


def test_of_two_officials_on_one_file_one_is_told(cast: VillageCast) -> None:
    candidacy = receive(cast, open_draft(cast))
    verify(cast, bring(cast, candidacy, "diploma"))
    seen = fresh(candidacy).version
    outcomes = at_once(
        *(
            lambda name=name: request_completion(
                actor=cast.actor(name, CHECKING),
                now=CHECKING,
                candidacy_uuid=candidacy.uuid,
                expected_version=seen,
                reason="Surat sehat belum ada",
            )
            for name in ("sari", "slamet")
        )
    )
    refused = [item for item in outcomes if isinstance(item, ConflictError)]
    assert len(refused) == 1
    assert "perlu dilengkapi" in str(refused[0].text)


def test_an_entry_changed_while_the_proof_is_made_leaves_no_proof_of_the_old_name(
    cast: VillageCast,
) -> None:
    (candidacy,) = make_applicants(cast, 1, state=ApplicationState.DETERMINED)
    Candidacy.objects.filter(pk=candidacy.pk).update(
        state=ApplicationState.NUMBERED, ballot_number=1
    )

    def change(name: str, photo: bytes = b"") -> Any:
        return change_ballot_entry(
            actor=cast.actor("rini", CHECKING),
            now=CHECKING,
            candidacy_uuid=candidacy.uuid,
            expected_version=fresh(candidacy).version,
            ballot_name=name,
            photo=photo,
        )

    change("Nama lama", picture())
    at_once(
        lambda: change("Nama baru"),
        lambda: proofs.create_proof(
            actor=cast.actor("slamet", CHECKING), now=CHECKING, election_pk=cast.election.pk
        ),
    )
    in_force = cast.election.setup_proofs.filter(voided_at__isnull=True).first()
    assert in_force is None or "Nama baru" in in_force.content
