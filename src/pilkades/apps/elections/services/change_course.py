"""Changes the course of one village: branches of the pack, postponement, a void election."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from pilkades.apps.accounts.roles import Actor, Role
from pilkades.apps.accounts.services import require_role
from pilkades.apps.audit.services import commit_to
from pilkades.apps.elections.models import Election, ElectionState, Postponement
from pilkades.apps.elections.selectors.access import DESK_ROLES
from pilkades.apps.elections.selectors.poll_dates import check_poll_date, refuse_errors
from pilkades.apps.elections.selectors.timetables import get_pack_key
from pilkades.apps.elections.selectors.villages import name_village
from pilkades.apps.elections.selectors.waves import get_local_date
from pilkades.apps.elections.services.change_villages import refuse_closed
from pilkades.apps.elections.services.deadlines import refresh_deadlines
from pilkades.apps.elections.services.inbox import notify_offices
from pilkades.apps.elections.services.locking import advance_election, lock_election
from pilkades.apps.elections.services.sealed_events import append_sealed
from pilkades.apps.regulations.selectors import build_pack
from pilkades.errors import ConflictError, MalformedInputError
from pilkades.law.placement import TimetableRules
from pilkades.law.recipients import Matter
from pilkades.text import Text

BRANCH_ROLES = (Role.REGENCY_DESK, Role.COMMITTEE_CHAIR)
VOID_ROLES = (Role.REGENCY_DESK, Role.REGENCY_HEAD)


@transaction.atomic
def set_branches(
    *,
    actor: Actor,
    now: datetime,
    election_uuid: UUID,
    expected_version: int,
    branches: Collection[str],
    article: str,
) -> Election:
    """Say which branches of the pack this election has taken, such as having one candidate.

    Allowed: the chair of the village committee, the regency desk.
    Requires: branches that the pack knows and that do not exclude each other.
    Effects: the timetable follows, deadlines too. `election.branches_changed`.
    Raises: PermissionDenied, ConflictError, MalformedInputError.
    """
    election = lock_election(election_uuid=election_uuid, expected_version=expected_version)

    require_role(actor, BRANCH_ROLES, election.village_id)

    refuse_closed(election.wave)
    taken = _read_branches(election, branches)
    if taken == election.branches:
        return election

    before = ",".join(election.branches)
    election.branches = taken
    advance_election(election, fields=["branches"])
    refresh_deadlines(wave=election.wave, now=now, elections=[election])

    append_sealed(
        event="election.branches_changed",
        actor=actor,
        at=now,
        region_code=election.village_id,
        subject=f"election:{election.uuid}",
        data={"branches_before": before, "branches": ",".join(taken)},
        # Typed by somebody: a decision's number may name a person.
        sealed={"article": article.strip()},
    )
    return election


@transaction.atomic
def postpone_election(
    *,
    actor: Actor,
    now: datetime,
    election_uuid: UUID,
    expected_version: int,
    to_date: date | None,
    reason: str,
    reference: str,
) -> Election:
    """Let one village vote later than its wave, on a known day or until one is set.

    Allowed: the regency desk.
    Requires: an election that is not void or finished; reason and decision in words; a day ahead
    that the pack allows.
    Effects: with a day the whole timetable moves to it, without one the election rests and nothing
    in it is late. Offices are told. `election.postponed`.
    Raises: PermissionDenied, ConflictError, MalformedInputError, RuleViolationError.
    """
    election = lock_election(election_uuid=election_uuid, expected_version=expected_version)

    require_role(actor, DESK_ROLES, election.village_id)

    _refuse_unless_open(election)
    _require_words(reason=reason, reference=reference)
    if to_date is not None:
        _check_new_day(election, to_date, now=now)

    from_date = election.poll_date or election.wave.poll_date
    salt, commitment = commit_to(reason.strip())
    Postponement.objects.create(
        election=election,
        from_date=from_date,
        to_date=to_date,
        reason=reason.strip(),
        reason_salt=salt,
        reference=reference.strip(),
        decided_by_id=actor.user_id,
        decided_at=now,
    )
    election.poll_date = to_date if to_date is not None else election.poll_date
    election.state = ElectionState.ACTIVE if to_date is not None else ElectionState.POSTPONED
    advance_election(election, fields=["poll_date", "state"])
    refresh_deadlines(wave=election.wave, now=now, elections=[election])
    _tell(election, _postponed_text(election, to_date), reference=reference, now=now)

    append_sealed(
        event="election.postponed",
        actor=actor,
        at=now,
        region_code=election.village_id,
        subject=f"election:{election.uuid}",
        sealed={"article": reference.strip()},
        data={
            "from_date": from_date.isoformat(),
            "to_date": to_date.isoformat() if to_date else None,
            "reason_commitment": commitment,
        },
    )
    return election


@transaction.atomic
def void_election(
    *,
    actor: Actor,
    now: datetime,
    election_uuid: UUID,
    expected_version: int,
    reason: str,
    reference: str,
) -> Election:
    """End an election without a result, such as one candidate without agreement.

    Allowed: the regency desk, the office of the regency head.
    Requires: an election that is not over; reason and decision in words.
    Effects: the election rests for good, its open deadlines disappear, the village may join
    another wave. Offices are told. `election.voided`.
    Raises: PermissionDenied, ConflictError, MalformedInputError.
    """
    election = lock_election(election_uuid=election_uuid, expected_version=expected_version)

    require_role(actor, VOID_ROLES, election.village_id)

    _refuse_unless_open(election)
    _require_words(reason=reason, reference=reference)

    salt, commitment = commit_to(reason.strip())
    election.state = ElectionState.VOID
    election.state_reason, election.state_reason_salt = reason.strip(), salt
    election.state_reference = reference.strip()
    advance_election(
        election, fields=["state", "state_reason", "state_reason_salt", "state_reference"]
    )
    refresh_deadlines(wave=election.wave, now=now, elections=[election])
    text = Text("Pemilihan di {village} dinyatakan batal.", village=name_village(election.village))
    _tell(election, text, reference=reference, now=now)

    append_sealed(
        event="election.voided",
        actor=actor,
        at=now,
        region_code=election.village_id,
        subject=f"election:{election.uuid}",
        data={"reason_commitment": commitment},
        sealed={"article": reference.strip()},
    )
    return election


def _read_branches(election: Election, branches: Collection[str]) -> list[str]:
    """The branches with those they lie within, sorted; the law says which go together."""
    key = get_pack_key(election.wave)
    rules = TimetableRules.from_pack(build_pack(key.shas, key.approvals))
    taken = rules.with_parents(branches)
    if taken & rules.excluded_by(taken):
        raise MalformedInputError(
            "election.branches-exclude",
            Text(
                "Jalur {branches} tidak mungkin bersamaan. Pilih satu saja.",
                branches=", ".join(sorted(taken)),
            ),
        )
    return sorted(taken)


def _refuse_unless_open(election: Election) -> None:
    refuse_closed(election.wave)
    if election.state in (ElectionState.VOID, ElectionState.FINISHED):
        raise ConflictError(
            "election.over",
            Text(
                "Pemilihan di {village} sudah berakhir ({state}) dan tidak dapat diubah lagi.",
                village=name_village(election.village),
                state=str(ElectionState(election.state).label),
            ),
        )


def _require_words(*, reason: str, reference: str) -> None:
    if not reason.strip() or not reference.strip():
        raise MalformedInputError(
            "election.words-missing",
            Text(
                "Alasan dan dasar keputusan harus diisi, karena keduanya dibaca orang yang "
                "menanyakan perubahan ini."
            ),
        )


def _check_new_day(election: Election, to_date: date, *, now: datetime) -> None:
    findings = check_poll_date(
        key=get_pack_key(election.wave),
        regency_code=election.wave.regency_id,
        poll_date=to_date,
        today=get_local_date(now, election.wave.regency),
        counts_as_wave=False,
        has_begun=True,
    )
    refuse_errors(findings)


def _postponed_text(election: Election, to_date: date | None) -> Text:
    village = name_village(election.village)
    if to_date is None:
        return Text("Pemilihan di {village} ditunda; hari baru belum ditetapkan.", village=village)
    return Text("Hari pemungutan di {village} menjadi {date}.", village=village, date=to_date)


def _tell(election: Election, text: Text, *, reference: str, now: datetime) -> None:
    key = get_pack_key(election.wave)
    notify_offices(
        pack=build_pack(key.shas, key.approvals),
        election=election,
        matter=Matter.DECISION,
        subject=f"course:{election.version}",
        text=text,
        article=reference.strip(),
        now=now,
    )
