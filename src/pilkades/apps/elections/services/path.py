"""The committee draws the consequence from the number of applicants, as the law computes it."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.audit.services import append
from pilkades.apps.design.stored_texts import freeze_text
from pilkades.apps.elections.models import AnnouncementKind, PathDecision
from pilkades.apps.elections.selectors.candidates import list_by_state, list_files
from pilkades.apps.elections.selectors.paths import PathState, get_path_state
from pilkades.apps.elections.selectors.village_elections import (
    VillageElection,
    lock_village_election,
)
from pilkades.apps.elections.services.announce import record_announcement
from pilkades.apps.elections.services.candidacy_files import (
    append_file_event,
    next_state,
    save_file,
)
from pilkades.apps.elections.services.change_course import set_branches
from pilkades.apps.elections.services.check_file import require_met
from pilkades.apps.elections.services.decide_file import refuse_same_person
from pilkades.apps.elections.services.inbox import notify_offices
from pilkades.apps.elections.services.marking import mark_step
from pilkades.apps.elections.services.open_file import require_running
from pilkades.apps.elections.services.seats import require_chair, require_seat
from pilkades.errors import ConflictError, RuleViolationError
from pilkades.law.application import ApplicationEvent, ApplicationState
from pilkades.law.candidacy import Act, CandidacyPath
from pilkades.law.eligibility import Due
from pilkades.law.placement import TimetableRules
from pilkades.law.recipients import Matter
from pilkades.text import Text

DETERMINING = frozenset({Act.DETERMINE, Act.DETERMINE_WITH_EMPTY_COLUMN})
ANNOUNCED_AS = {
    Act.EXTEND_REGISTRATION: AnnouncementKind.EXTENSION,
    Act.SELECT: AnnouncementKind.SELECTION,
    Act.DELIBERATE: AnnouncementKind.DELIBERATION,
    Act.DETERMINE: AnnouncementKind.DETERMINATION,
    Act.DETERMINE_WITH_EMPTY_COLUMN: AnnouncementKind.DETERMINATION,
    Act.DECLARE_VOID: AnnouncementKind.VOID,
    Act.CONTINUE: AnnouncementKind.CHANGE,
    Act.POSTPONE: AnnouncementKind.CHANGE,
}


@transaction.atomic
def propose_path(*, actor: Actor, now: datetime, election_pk: int) -> PathDecision:
    """Put forward what the law says about the number of applicants now.

    Allowed: who sits in the committee of the village.
    Requires: registration closed, every file decided, no proposal open; for a determination all
    requirements that are due by then.
    Effects: the proposal, without effect until the chair confirms it. `path.proposed`.
    Raises: PermissionDenied, ConflictError, RuleViolationError.
    """
    context = lock_village_election(election_pk)

    require_seat(actor, context)

    require_running(context)
    state = get_path_state(context, now=now)
    path = _require_path(context, state)
    _require_due(context, path, now)

    decision = _create(context, state, path, actor, now)

    append(
        event="path.proposed",
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"election:{context.election.uuid}",
        article=path.article,
        data={"act": path.act.value, "eligible": state.eligible_count, "phase": state.phase},
    )
    return decision


@transaction.atomic
def confirm_path(*, actor: Actor, now: datetime, decision_uuid: UUID) -> PathDecision:
    """Let the consequence take effect.

    Allowed: the chair of the committee, who did not put it forward.
    Requires: an open proposal that the law still says.
    Effects: branches of the timetable, states of the files, the announcement, notices to offices;
    `path.confirmed`.
    Raises: PermissionDenied, ConflictError, RuleViolationError.
    """
    found = PathDecision.objects.get(uuid=decision_uuid)
    context = lock_village_election(found.election_id)
    # Read again behind the lock: two confirmations at once must not both take effect.
    decision = PathDecision.objects.get(pk=found.pk)

    require_chair(actor, context)

    require_running(context)
    _require_open(decision)
    refuse_same_person(decision.proposed_by_id, actor, context)
    path = _require_same(context, decision, now)
    _require_due(context, path, now)

    decision.confirmed_by_id, decision.confirmed_at = actor.user_id, now
    decision.save(update_fields=["confirmed_by", "confirmed_at"])
    _take_branch(context, path, actor, now)
    if path.act in DETERMINING and not decision.phase.startswith("loss-"):
        _determine(context, path, actor, now)
    _make_known(context, decision, path, actor, now)

    append(
        event="path.confirmed",
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"election:{context.election.uuid}",
        article=path.article,
        data={"act": path.act.value, "eligible": decision.eligible_count, "phase": decision.phase},
    )
    return decision


@transaction.atomic
def withdraw_path(*, actor: Actor, now: datetime, decision_uuid: UUID) -> PathDecision:
    """Take an open proposal back, as when a file has changed since.

    Allowed: who sits in the committee of the village.
    Effects: the proposal stays readable and has no effect. `path.withdrawn`.
    Raises: PermissionDenied, ConflictError.
    """
    found = PathDecision.objects.get(uuid=decision_uuid)
    context = lock_village_election(found.election_id)
    decision = PathDecision.objects.get(pk=found.pk)

    require_seat(actor, context)

    _require_open(decision)
    decision.withdrawn_at = now
    decision.save(update_fields=["withdrawn_at"])

    append(
        event="path.withdrawn",
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"election:{context.election.uuid}",
        data={"act": decision.act, "phase": decision.phase},
    )
    return decision


def _require_path(context: VillageElection, state: PathState) -> CandidacyPath:
    if state.path is not None:
        return state.path
    text = (
        Text("Belum dapat diputuskan. {obstacles}", obstacles=state.obstacles[0])
        if state.obstacles
        else Text("Tidak ada yang perlu diputuskan sekarang; langkah ini sudah dilakukan.")
    )
    raise RuleViolationError("path.not-now", text, article=context.candidacy_rules.article)


def _require_due(context: VillageElection, path: CandidacyPath, now: datetime) -> None:
    """What was due at the determination at the latest must be there when it is made."""
    if path.act not in DETERMINING:
        return
    for file in list_files(context, now=now):
        if file.candidacy.state == ApplicationState.ELIGIBLE:
            require_met(file, until=Due.DETERMINATION)


def _create(
    context: VillageElection,
    state: PathState,
    path: CandidacyPath,
    actor: Actor,
    now: datetime,
) -> PathDecision:
    try:
        with transaction.atomic():
            return PathDecision.objects.create(
                election=context.election,
                phase=state.phase,
                eligible_count=state.eligible_count,
                extensions_used=state.extensions_used,
                act=path.act,
                text=freeze_text(path.text),
                article=path.article,
                proposed_by_id=actor.user_id,
                proposed_at=now,
            )
    except IntegrityError as error:
        raise ConflictError(
            "path.proposed",
            Text("Usulan yang sama sudah diajukan orang lain dan menunggu pengesahan ketua."),
        ) from error


def _require_open(decision: PathDecision) -> None:
    if decision.confirmed_at is None and decision.withdrawn_at is None:
        return
    raise ConflictError(
        "path.closed",
        Text("Usulan ini sudah disahkan atau ditarik oleh orang lain. Muat ulang halaman."),
    )


def _require_same(context: VillageElection, decision: PathDecision, now: datetime) -> CandidacyPath:
    """The law is asked again: a file may have changed since the proposal."""
    state = get_path_state(context, now=now)
    path = state.path
    if path is not None and (path.act, state.phase) == (decision.act, decision.phase):
        return path
    raise ConflictError(
        "path.changed",
        Text(
            "Sejak usulan diajukan, keadaan berkas berubah ({count} memenuhi syarat), sehingga "
            "usulan ini tidak berlaku lagi. Tarik usulan itu, lalu ajukan yang baru.",
            count=state.eligible_count,
        ),
    )


def _take_branch(
    context: VillageElection, path: CandidacyPath, actor: Actor, now: datetime
) -> None:
    """The course that the step of this act belongs to; it drives out what it excludes."""
    step = context.find_step(path.by_step) if path.by_step else None
    if step is None or not step.branch:
        return
    rules = TimetableRules.from_pack(context.pack)
    taken = rules.with_parents([step.branch])
    staying = frozenset(context.election.branches) - rules.excluded_by(taken)
    changed = set_branches(
        actor=actor,
        now=now,
        election_uuid=context.election.uuid,
        expected_version=context.election.version,
        branches=staying | taken,
        article=path.article,
    )
    context.election.branches, context.election.version = changed.branches, changed.version


def _determine(context: VillageElection, path: CandidacyPath, actor: Actor, now: datetime) -> None:
    """Everybody who is eligible becomes a candidate."""
    for candidacy in list_by_state(context.election, [ApplicationState.ELIGIBLE]):
        candidacy.state = next_state(
            context=context,
            candidacy=candidacy,
            event=ApplicationEvent.DETERMINE,
            by="panitia",
        )
        save_file(candidacy, fields=["state"])
        append_file_event(
            event="candidacy.determined",
            candidacy=candidacy,
            context=context,
            actor=actor,
            now=now,
            article=path.article,
            data={"registration_number": candidacy.registration_number},
        )
    mark_step(
        election=context.election,
        step_id=path.by_step,
        actor=actor,
        now=now,
        started_on=context.local_date(now),
    )


def _make_known(
    context: VillageElection,
    decision: PathDecision,
    path: CandidacyPath,
    actor: Actor,
    now: datetime,
) -> None:
    names = (
        tuple(
            Text("{name}", name=item.full_name)
            for item in list_by_state(context.election, [ApplicationState.DETERMINED])
        )
        if path.act in DETERMINING
        else ()
    )
    record_announcement(
        context=context,
        actor=actor,
        now=now,
        kind=ANNOUNCED_AS[path.act],
        sentences=(path.text, *names),
        article=path.article,
    )
    notify_offices(
        pack=context.pack,
        election=context.election,
        matter=Matter.CANDIDATES,
        subject=f"path:{decision.phase}",
        text=Text("Desa {village}: {text}", village=context.village.name, text=path.text),
        now=now,
        article=path.article,
    )
