"""Records what really happened in a step, and extends a step of one village."""

from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.accounts.services import require_role
from pilkades.apps.audit.services import append, commit_to
from pilkades.apps.elections.models import StageFact
from pilkades.apps.elections.selectors.access import DESK_ROLES, may_record_step
from pilkades.apps.elections.selectors.timetables import ElectionTimetable, get_timetable
from pilkades.apps.elections.selectors.waves import get_local_date
from pilkades.apps.elections.services.change_villages import refuse_closed
from pilkades.apps.elections.services.deadlines import refresh_deadlines
from pilkades.apps.elections.services.locking import advance_election, lock_election
from pilkades.apps.elections.services.sealed_events import append_sealed
from pilkades.errors import MalformedInputError, RuleViolationError
from pilkades.law.findings import Finding, Severity
from pilkades.law.timetable import Standing, TimetableStep
from pilkades.text import Text


@transaction.atomic
def record_step(
    *,
    actor: Actor,
    now: datetime,
    election_uuid: UUID,
    expected_version: int,
    step_id: str,
    started_on: date | None,
    finished_on: date | None,
    note: str = "",
) -> StageFact:
    """Write down the real first and last day of a step; what follows is computed from them.

    Allowed: the office that owns the step, and the regency desk.
    Requires: a step that this election has; days that are not ahead and in their order.
    Effects: the fact replaces an earlier one, whose days stay in the ledger; deadlines move.
    `stage.recorded`.
    Raises: PermissionDenied, ConflictError, MalformedInputError.
    """
    election = lock_election(election_uuid=election_uuid, expected_version=expected_version)
    step = get_step(get_timetable(election), step_id)

    if not may_record_step(actor, owner=step.owner, village_code=election.village_id):
        raise PermissionDenied

    refuse_closed(election.wave)
    _check_days(started_on, finished_on, today=get_local_date(now, election.wave.regency))

    before = election.stage_facts.filter(step_id=step_id).first()
    salt, commitment = commit_to(note.strip())
    fact, _ = StageFact.objects.update_or_create(
        election=election,
        step_id=step_id,
        defaults={
            "started_on": started_on,
            "finished_on": finished_on,
            "note": note.strip(),
            "note_salt": salt,
            "recorded_by_id": actor.user_id,
            "recorded_at": now,
        },
    )
    advance_election(election, fields=[])
    refresh_deadlines(wave=election.wave, now=now, elections=[election])

    append(
        event="stage.recorded",
        actor=actor,
        at=now,
        region_code=election.village_id,
        subject=f"election:{election.uuid}",
        article=step.article,
        data={
            "step": step.id,
            "started_on": _iso(started_on),
            "finished_on": _iso(finished_on),
            "started_on_before": _iso(before.started_on if before else None),
            "finished_on_before": _iso(before.finished_on if before else None),
            "note_commitment": commitment,
        },
    )
    return fact


@transaction.atomic
def extend_step(
    *,
    actor: Actor,
    now: datetime,
    election_uuid: UUID,
    expected_version: int,
    step_id: str,
    extended_to: date,
    reference: str,
) -> StageFact:
    """Let a step of one village last longer than the timetable says.

    Allowed: the regency desk.
    Requires: a step not yet over, a later last day, the decision that grants it; nothing that
    follows may become impossible by it.
    Effects: what follows moves; deadlines too. `stage.extended`.
    Raises: PermissionDenied, ConflictError, MalformedInputError, RuleViolationError.
    """
    election = lock_election(election_uuid=election_uuid, expected_version=expected_version)

    require_role(actor, DESK_ROLES, election.village_id)

    refuse_closed(election.wave)
    item = get_timetable(election)
    step = get_step(item, step_id)
    _check_extension(item, step, extended_to=extended_to, reference=reference)

    fact, _ = StageFact.objects.update_or_create(
        election=election,
        step_id=step_id,
        defaults={
            "extended_to": extended_to,
            "extension_reference": reference.strip(),
            "recorded_by_id": actor.user_id,
            "recorded_at": now,
        },
    )
    _refuse_new_errors(before=item.findings, after=get_timetable(election).findings)
    advance_election(election, fields=[])
    refresh_deadlines(wave=election.wave, now=now, elections=[election])

    append_sealed(
        event="stage.extended",
        actor=actor,
        at=now,
        region_code=election.village_id,
        subject=f"election:{election.uuid}",
        article=step.article,
        data={
            "step": step.id,
            "end_date_before": step.end_date.isoformat(),
            "extended_to": extended_to.isoformat(),
        },
        sealed={"reference": reference.strip()},
    )
    return fact


def get_step(item: ElectionTimetable, step_id: str) -> TimetableStep:
    """A step that takes place, or may still, in this election.

    Raises: MalformedInputError.
    """
    step = item.timetable.find_step(step_id)
    if step is None or step.standing is Standing.DROPPED:
        raise MalformedInputError(
            "stage.unknown-step",
            Text(
                "Tahapan “{step}” tidak ada dalam jadwal pemilihan ini. Muat ulang halaman jadwal "
                "dan pilih dari daftar.",
                step=step_id,
            ),
        )
    return step


def _check_days(started_on: date | None, finished_on: date | None, *, today: date) -> None:
    if started_on and finished_on and finished_on < started_on:
        raise MalformedInputError(
            "stage.order",
            Text(
                "Tanggal selesai {end} lebih awal daripada tanggal mulai {start}. Periksa "
                "keduanya; isian Anda masih ada.",
                end=finished_on,
                start=started_on,
            ),
        )
    latest = max((day for day in (started_on, finished_on) if day), default=today)
    if latest > today:
        raise MalformedInputError(
            "stage.ahead",
            Text(
                "Tanggal {date} masih di depan. Yang dicatat di sini adalah pelaksanaan yang "
                "sudah terjadi, paling akhir hari ini.",
                date=latest,
            ),
        )


def _check_extension(
    item: ElectionTimetable, step: TimetableStep, *, extended_to: date, reference: str
) -> None:
    fact = item.facts.get(step.id)
    if fact is not None and fact.finished_on is not None:
        raise MalformedInputError(
            "stage.over",
            Text(
                "Tahapan “{step}” sudah selesai {end}, jadi tidak dapat diperpanjang.",
                step=step.name,
                end=fact.finished_on,
            ),
        )
    if extended_to <= step.end_date:
        raise MalformedInputError(
            "stage.extension-order",
            Text(
                "Perpanjangan sampai {new} tidak melewati batas sekarang, {old}. Pilih tanggal "
                "sesudahnya.",
                new=extended_to,
                old=step.end_date,
            ),
        )
    if not reference.strip():
        raise MalformedInputError(
            "stage.reference-missing",
            Text("Dasar perpanjangan belum diisi. Tulis nomor keputusan yang memberikannya."),
        )


def _refuse_new_errors(*, before: tuple[Finding, ...], after: tuple[Finding, ...]) -> None:
    """The transaction is given up, so nothing of the extension remains."""
    known = {(finding.code, finding.subject) for finding in before}
    for finding in after:
        if finding.severity is Severity.ERROR and (finding.code, finding.subject) not in known:
            raise RuleViolationError(
                finding.code,
                Text(
                    "Perpanjangan ini membuat jadwal tidak mungkin: {finding} Undurkan hari "
                    "pemungutan desa ini lebih dahulu.",
                    finding=finding.text,
                ),
                article=finding.article or "Paket aturan",
            )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
