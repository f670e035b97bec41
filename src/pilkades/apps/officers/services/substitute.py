"""Substitution to the last minute: a reserve or somebody new takes the seat of one who leaves."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.elections.services.seats import require_seat
from pilkades.apps.officers.models import OfficerState, StationOfficer, Substitution
from pilkades.apps.officers.selectors.standing import Examiner
from pilkades.apps.officers.services.locks import (
    append_officer_event,
    lock_officer,
    save_officer,
    save_team,
)
from pilkades.apps.officers.services.name_officers import end_officer
from pilkades.errors import MalformedInputError, RuleViolationError
from pilkades.law.officers_rules import OfficerRules, SeatKind
from pilkades.text import Text


@transaction.atomic
def substitute_officer(
    *,
    actor: Actor,
    now: datetime,
    officer_uuid: UUID,
    expected_version: int,
    reserve_uuid: UUID,
    happened_at: datetime,
    reason: str,
) -> Substitution:
    """Let a reserve of the same station step into the seat of an officer who leaves.

    Allowed: who sits in the committee, at any hour of any day.
    Requires: an appointed team; a reserve of this team against whom nothing is open; a moment that
    has passed. Somebody from outside is named as a reserve first, so that the same checks hold.
    Effects: the seat changes hands, both rows stay with the history. `officer.substituted`.
    Raises: PermissionDenied, ConflictError, MalformedInputError, RuleViolationError.
    """
    leaving, context = lock_officer(officer_uuid=officer_uuid, expected_version=expected_version)

    require_seat(actor, context)

    examiner = Examiner(context)
    entering = _find_reserve(leaving, reserve_uuid)
    _require_appointed(leaving, examiner.rules)
    _require_clear(context, examiner, entering)
    if happened_at > now:
        raise MalformedInputError(
            "officer.substitution-time", Text("Waktu penggantian belum tiba. Periksa jamnya.")
        )

    kind, number = leaving.kind, leaving.number
    end_officer(leaving, now=happened_at, reason=reason)
    entering.kind, entering.number, entering.state = kind, number, OfficerState.APPOINTED
    save_officer(entering, fields=["kind", "number", "state"])
    save_team(leaving.team, fields=[])
    substitution = Substitution.objects.create(
        team=leaving.team,
        leaving=leaving,
        entering=entering,
        kind=kind,
        number=number,
        happened_at=happened_at,
        reason=reason,
        recorded_by_id=actor.user_id,
        recorded_at=now,
    )

    append_officer_event(
        event="officer.substituted",
        officer=entering,
        context=context,
        actor=actor,
        now=now,
        article=examiner.rules.reserve_article,
        data={"happened_at": happened_at.isoformat()},
        sealed={"leaving": leaving.full_name, "entering": entering.full_name, "reason": reason},
    )
    return substitution


def _find_reserve(leaving: StationOfficer, reserve_uuid: UUID) -> StationOfficer:
    found = (
        StationOfficer.objects.filter(
            team=leaving.team, uuid=reserve_uuid, kind=SeatKind.RESERVE.value
        )
        .exclude(state=OfficerState.ENDED)
        .exclude(pk=leaving.pk)
        .select_related("team__station")
        .prefetch_related("kinships", "accepted_warnings")
        .first()
    )
    if found is None:
        raise MalformedInputError(
            "officer.no-reserve",
            Text("Pengganti ini bukan lagi cadangan TPS ini. Muat ulang halaman, lalu pilih lagi."),
        )
    return found


def _require_appointed(leaving: StationOfficer, rules: OfficerRules) -> None:
    if not leaving.team.is_appointed:
        raise RuleViolationError(
            "officer.substitution-early",
            Text("Tim ini belum diangkat, sehingga petugas cukup dikeluarkan dan diisi lagi."),
            article=rules.reserve_article,
        )


def _require_clear(context: VillageElection, examiner: Examiner, entering: StationOfficer) -> None:
    standing = examiner.judge(entering)
    found = next((item.finding for item in standing.findings if item.is_open), None)
    if found is not None:
        raise RuleViolationError(
            "officer.substitute-conflict",
            Text(
                "{name} belum dapat menggantikan: {sentence}",
                name=entering.full_name,
                sentence=found.text,
            ),
            article=found.article,
        )
