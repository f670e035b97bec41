"""What all acts on an applicant's file share: the lock, the next state, the next version."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from pilkades.apps.accounts.models import User
from pilkades.apps.accounts.roles import Actor
from pilkades.apps.elections.models import Candidacy
from pilkades.apps.elections.selectors.village_elections import (
    VillageElection,
    lock_village_election,
)
from pilkades.apps.elections.services.sealed_events import append_sealed
from pilkades.errors import ConflictError
from pilkades.law.application import (
    STATE_NAMES,
    ApplicationEvent,
    ApplicationState,
    advance_application,
)
from pilkades.ledger.leaf import Datum
from pilkades.text import Text


def lock_file(*, candidacy_uuid: UUID, expected_version: int) -> tuple[Candidacy, VillageElection]:
    """Lock one file and compare its version with what the person saw.

    The election is locked first, as every act on several files does, so that two acts never wait
    for each other; and two clerks who receive two files at once do not give one number twice.

    Raises: `Candidacy.DoesNotExist`; ConflictError `candidacy.stale` with what is known now.
    """
    election_pk = Candidacy.objects.values_list("election_id", flat=True).get(uuid=candidacy_uuid)
    context = lock_village_election(election_pk)
    candidacy = Candidacy.objects.select_for_update().get(uuid=candidacy_uuid)
    candidacy.election = context.election
    if candidacy.version != expected_version:
        raise ConflictError(
            "candidacy.stale",
            Text(
                "Berkas {name} baru saja diubah orang lain. Keadaannya sekarang: {state}. Isian "
                "Anda belum disimpan. Muat ulang berkas, periksa yang baru, lalu ulangi bila "
                "masih perlu.",
                name=candidacy.full_name,
                state=STATE_NAMES[ApplicationState(candidacy.state)],
            ),
        )
    return candidacy, context


def next_state(
    *, context: VillageElection, candidacy: Candidacy, event: ApplicationEvent, by: str
) -> ApplicationState:
    """What the law's table answers to an event; raises RuleViolationError where it says no."""
    return advance_application(
        rules=context.candidacy_rules,
        state=ApplicationState(candidacy.state),
        event=event,
        by=by,
    )


def save_file(candidacy: Candidacy, *, fields: list[str]) -> None:
    """Save the named columns and the next version."""
    candidacy.version += 1
    candidacy.save(update_fields=[*fields, "version"])


def label_person(user: User) -> str:
    """A name that tells two people of one name apart."""
    return f"{user.full_name} ({user.username})"


def append_file_event(
    *,
    event: str,
    candidacy: Candidacy,
    context: VillageElection,
    actor: Actor | None,
    now: datetime,
    article: str = "",
    data: dict[str, Datum] | None = None,
    sealed: Mapping[str, str] | None = None,
) -> None:
    """The audit event of an act on a file; the person is named by the file's UUID only.

    That UUID stands on the village's public page. So what was found or handed in is `sealed`, and
    the article is the one of the whole procedure, never of the requirement that was judged.
    """
    append_sealed(
        event=event,
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"candidacy:{candidacy.uuid}",
        article=article,
        data=data,
        sealed=sealed or {},
    )
