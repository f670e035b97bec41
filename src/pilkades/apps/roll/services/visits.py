"""Coklit: what was found at the door, recorded once however often the form arrives.

A visit that finds everything right changes nothing; one that finds a mistake corrects the entry,
and one that finds that somebody died or moved strikes it, all as the acts of `changes` do. Somebody
whom nobody at the door knows stays on the roll until the committee decides.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.elections.models import StageFact
from pilkades.apps.elections.selectors.village_elections import (
    VillageElection,
    lock_village_election,
)
from pilkades.apps.elections.services.record_stage import record_step
from pilkades.apps.elections.services.sealed_events import append_sealed
from pilkades.apps.elections.services.seats import require_seat
from pilkades.apps.roll.models import HouseholdVisit, RollEntry, VisitOutcome
from pilkades.apps.roll.services.changes import (
    add_entry,
    correct_entry,
    lock_entry,
    remove_entry,
    require_standing,
)
from pilkades.apps.roll.services.rolls import lock_roll_of, require_open
from pilkades.apps.roll.services.stages import DOOR_TO_DOOR
from pilkades.apps.roll.services.voters import Voter
from pilkades.errors import MalformedInputError
from pilkades.text import Text

STRIKE_REASONS = {VisitOutcome.DIED: "Coklit: meninggal", VisitOutcome.MOVED: "Coklit: pindah"}
NOT_FOUND = (VisitOutcome.MOVED, VisitOutcome.DIED, VisitOutcome.UNKNOWN)
NOTE_MAX = 160


@transaction.atomic
def record_visit(
    *,
    actor: Actor,
    now: datetime,
    entry_uuid: UUID,
    expected_version: int,
    outcome: VisitOutcome,
    nonce: UUID,
    note: str = "",
) -> HouseholdVisit:
    """Say that somebody lives there as written, or is not to be found.

    Allowed: the roll officers; today those who sit in the committee.
    Requires: a roll that is not locked; an outcome that needs no further input.
    Effects: the visit; the entry is struck where the person died or moved. `roll.visit_recorded`.
    A form that arrives again (same nonce) gives the visit that stands and changes nothing.
    Raises: PermissionDenied, MalformedInputError, ConflictError, RuleViolationError.
    """
    known = _find_visit(nonce, actor)
    if known is not None:
        return known
    entry, roll, context = lock_entry(entry_uuid=entry_uuid, expected_version=expected_version)

    require_seat(actor, context)

    require_open(roll, context)
    require_standing(entry)
    if outcome not in (VisitOutcome.CONFIRMED, *NOT_FOUND):
        raise MalformedInputError("visit.outcome", Text("Pilih hasil coklit dari daftar."))
    cleaned = _clean_note(note)
    reason = STRIKE_REASONS.get(outcome, "")
    if reason:
        remove_entry(
            actor=actor,
            now=now,
            entry_uuid=entry.uuid,
            expected_version=entry.version,
            reason=f"{reason}. {cleaned}" if cleaned else reason,
        )

    return _save_visit(context, entry, outcome, nonce, cleaned, actor=actor, now=now)


@transaction.atomic
def record_corrected_visit(
    *,
    actor: Actor,
    now: datetime,
    entry_uuid: UUID,
    expected_version: int,
    voter: Voter,
    nonce: UUID,
) -> HouseholdVisit:
    """Put right what the papers at the door show otherwise.

    Allowed, Requires, Raises: as `correct_entry`.
    Effects: the correction and the visit; `roll.entry_corrected`, `roll.visit_recorded`.
    """
    known = _find_visit(nonce, actor)
    if known is not None:
        return known
    entry = correct_entry(
        actor=actor,
        now=now,
        entry_uuid=entry_uuid,
        expected_version=expected_version,
        voter=voter,
        reason="Coklit: sesuai dokumen di rumah",
    )
    context = lock_village_election(entry.roll.election_id)
    return _save_visit(context, entry, VisitOutcome.CORRECTED, nonce, "", actor=actor, now=now)


@transaction.atomic
def record_newcomer(
    *, actor: Actor, now: datetime, election_pk: int, voter: Voter, nonce: UUID
) -> HouseholdVisit:
    """Write down somebody who lives there and stands nowhere.

    Allowed, Requires, Raises: as `add_entry`.
    Effects: the entry and the visit; `roll.entry_added`, `roll.visit_recorded`.
    """
    known = _find_visit(nonce, actor)
    if known is not None:
        return known
    context = lock_village_election(election_pk)

    require_seat(actor, context)

    # The roll is taken before the nonce is looked for again: of two equal forms on their way at
    # once, the second waits here and then finds what the first has written.
    lock_roll_of(context, now=now)
    known = _find_visit(nonce, actor)
    if known is not None:
        return known
    entry = add_entry(
        actor=actor,
        now=now,
        election_pk=election_pk,
        voter=voter,
        reason="Coklit: pemilih baru di rumah itu",
    )
    return _save_visit(context, entry, VisitOutcome.NEWCOMER, nonce, "", actor=actor, now=now)


def _find_visit(nonce: UUID, actor: Actor) -> HouseholdVisit | None:
    """The visit that this form has made already; only its own author's, so nonces tell nothing."""
    return HouseholdVisit.objects.filter(nonce=nonce, visited_by_id=actor.user_id).first()


def _save_visit(
    context: VillageElection,
    entry: RollEntry,
    outcome: VisitOutcome,
    nonce: UUID,
    note: str,
    *,
    actor: Actor,
    now: datetime,
) -> HouseholdVisit:
    HouseholdVisit.objects.filter(entry=entry, is_last=True).update(is_last=False)
    visit = HouseholdVisit.objects.create(
        entry=entry,
        outcome=outcome,
        note=note,
        nonce=nonce,
        visited_by_id=actor.user_id,
        visited_at=now,
    )
    append_sealed(
        event="roll.visit_recorded",
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"roll_entry:{entry.uuid}",
        article=context.article_of(DOOR_TO_DOOR),
        sealed={"outcome": outcome.value},
    )
    _begin_step(context, actor=actor, now=now, today=context.local_date(now))
    return visit


def _begin_step(context: VillageElection, *, actor: Actor, now: datetime, today: date) -> None:
    """The first door opens the step of the timetable."""
    facts = StageFact.objects.filter(election=context.election, step_id=DOOR_TO_DOOR)
    if context.find_step(DOOR_TO_DOOR) is None or facts.exists():
        return
    record_step(
        actor=actor,
        now=now,
        election_uuid=context.election.uuid,
        expected_version=context.election.version,
        step_id=DOOR_TO_DOOR,
        started_on=today,
        finished_on=None,
    )


def _clean_note(note: str) -> str:
    cleaned = " ".join(note.split())
    if len(cleaned) > NOTE_MAX:
        raise MalformedInputError(
            "visit.note",
            Text("Catatan terlalu panjang, paling banyak {limit} huruf.", limit=NOTE_MAX),
        )
    return cleaned
