"""The committee reports to the village council, which hears it and passes the report on."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from pilkades.apps.accounts.roles import Actor, Role
from pilkades.apps.accounts.services import require_role
from pilkades.apps.audit.services import append, commit_to
from pilkades.apps.elections.models import CouncilReport, InboxKind, ReportKind
from pilkades.apps.elections.selectors.village_access import COUNCIL_ROLES
from pilkades.apps.elections.selectors.village_elections import (
    VillageElection,
    get_village_election_by_uuid,
    lock_village_election,
)
from pilkades.apps.elections.services.decide_file import refuse_same_person
from pilkades.apps.elections.services.documents import keep_document
from pilkades.apps.elections.services.inbox import put_item
from pilkades.apps.elections.services.marking import mark_step
from pilkades.apps.elections.services.seats import require_seat
from pilkades.errors import ConflictError, MalformedInputError
from pilkades.ledger.leaf import Datum
from pilkades.text import Text

SUBMISSION_STEPS = {ReportKind.RESULT: "report_to_council"}
FORWARD_STEPS = {
    ReportKind.RESULT: "report_to_regency",
    ReportKind.NO_AGREEMENT: "void_report",
}
"""Which steps of the timetable a report carries out; a report on progress carries out none."""


@transaction.atomic
def submit_report(
    *,
    actor: Actor,
    now: datetime,
    election_pk: int,
    kind: ReportKind,
    reference: str,
    summary: str,
    paper: bytes = b"",
) -> CouncilReport:
    """Hand the committee's report to the BPD.

    Allowed: who sits in the committee of the village.
    Requires: a number and a summary; each number once.
    Effects: the report, with its last day; the step of the timetable; the BPD is told.
    `report.submitted`. A late report is taken all the same; the lateness can be read.
    Raises: PermissionDenied, ConflictError, MalformedInputError.
    """
    context = lock_village_election(election_pk)

    require_seat(actor, context)

    _require_words(reference, summary)

    salt, commitment = commit_to(summary.strip())
    report = _create(
        election=context.election,
        kind=kind,
        reference=reference.strip(),
        summary=summary.strip(),
        summary_salt=salt,
        file=keep_document(paper, name="Laporan panitia") if paper else None,
        submitted_by_id=actor.user_id,
        submitted_at=now,
        submission_due_date=_find_due(context, SUBMISSION_STEPS.get(kind, "")),
        forward_due_date=_find_due(context, FORWARD_STEPS.get(kind, "")),
    )
    if kind is ReportKind.RESULT:
        _mark(context, SUBMISSION_STEPS[kind], actor, now)
    _tell_council(context, report, now)

    _append(
        "report.submitted",
        report,
        context,
        actor,
        now,
        data={"kind": kind.value, "summary_commitment": commitment},
    )
    return report


@transaction.atomic
def hear_report(
    *, actor: Actor, now: datetime, report_uuid: UUID, expected_version: int, note: str
) -> CouncilReport:
    """Record that the BPD heard the report in its meeting.

    Allowed: the BPD of the village, by somebody who did not submit the report.
    Requires: a report that was not heard yet.
    Effects: `report.heard`; the report can be passed on.
    Raises: PermissionDenied, ConflictError, RuleViolationError.
    """
    report, context = _lock(report_uuid, expected_version)

    require_role(actor, COUNCIL_ROLES, context.village_code)

    refuse_same_person(report.submitted_by_id, actor, context)
    if report.heard_at is not None:
        raise _done_already(Text("BPD sudah mencatat bahwa laporan ini didengar."))

    report.heard_by_id, report.heard_at, report.heard_note = actor.user_id, now, note.strip()
    _save(report)

    _append("report.heard", report, context, actor, now, data={"kind": report.kind})
    return report


@transaction.atomic
def forward_report(
    *, actor: Actor, now: datetime, report_uuid: UUID, expected_version: int, reference: str
) -> CouncilReport:
    """Pass the report on to the head of the regency by the camat.

    Allowed: the BPD of the village.
    Requires: a report that was heard, the number of the BPD's letter.
    Effects: the step of the timetable; camat, the office of the regency head and the desk are
    told. `report.forwarded`.
    Raises: PermissionDenied, ConflictError, MalformedInputError.
    """
    report, context = _lock(report_uuid, expected_version)

    require_role(actor, COUNCIL_ROLES, context.village_code)

    if report.heard_at is None:
        raise _done_already(Text("Laporan belum dicatat sebagai didengar BPD. Catat dahulu."))
    if report.forwarded_at is not None:
        raise _done_already(Text("Laporan ini sudah diteruskan."))
    _require_words(reference, report.summary)

    report.forwarded_by_id, report.forwarded_at = actor.user_id, now
    report.forward_reference = reference.strip()
    _save(report)
    if report.kind in FORWARD_STEPS:
        _mark(context, FORWARD_STEPS[ReportKind(report.kind)], actor, now)
    _tell_above(context, report, now)

    _append("report.forwarded", report, context, actor, now, data={"kind": report.kind})
    return report


def _create(**columns: object) -> CouncilReport:
    try:
        with transaction.atomic():
            return CouncilReport.objects.create(**columns)
    except IntegrityError as error:
        raise ConflictError(
            "report.reference",
            Text("Laporan dengan nomor itu sudah diserahkan. Periksa daftar laporan."),
        ) from error


def _lock(report_uuid: UUID, expected_version: int) -> tuple[CouncilReport, VillageElection]:
    report = (
        CouncilReport.objects.select_for_update(of=("self",))
        .select_related("election")
        .get(uuid=report_uuid)
    )
    if report.version != expected_version:
        raise _done_already(Text("Laporan ini sudah diproses orang lain. Muat ulang halaman."))
    return report, get_village_election_by_uuid(report.election.uuid)


def _save(report: CouncilReport) -> None:
    report.version += 1
    report.save()


def _find_due(context: VillageElection, step_id: str) -> date | None:
    step = context.find_step(step_id) if step_id else None
    return step.end_date if step else None


def _mark(context: VillageElection, step_id: str, actor: Actor, now: datetime) -> None:
    if context.find_step(step_id) is not None:
        mark_step(
            election=context.election,
            step_id=step_id,
            actor=actor,
            now=now,
            finished_on=context.local_date(now),
        )


def _tell_council(context: VillageElection, report: CouncilReport, now: datetime) -> None:
    put_item(
        kind=InboxKind.RESULT,
        election=context.election,
        role=Role.VILLAGE_COUNCIL,
        subject=f"report:{report.uuid}",
        text=Text(
            "Laporan panitia nomor {reference} menunggu didengar BPD.", reference=report.reference
        ),
        now=now,
        article=context.article_of(SUBMISSION_STEPS.get(ReportKind(report.kind), "")),
        due_date=report.forward_due_date,
        link=f"/ruang/{context.village_code}/laporan/",
    )


def _tell_above(context: VillageElection, report: CouncilReport, now: datetime) -> None:
    """By the camat to the head of the regency: each finds it in the own inbox."""
    for role in (Role.DISTRICT_HEAD, Role.REGENCY_HEAD, Role.REGENCY_DESK):
        put_item(
            kind=InboxKind.RESULT,
            election=context.election,
            role=role,
            subject=f"report:{report.uuid}",
            text=Text(
                "BPD Desa {village} meneruskan laporan panitia dengan surat {reference}.",
                village=context.village.name,
                reference=report.forward_reference,
            ),
            now=now,
            article=context.article_of(FORWARD_STEPS.get(ReportKind(report.kind), "")),
            link=f"/ruang/{context.village_code}/laporan/",
        )


def _append(
    event: str,
    report: CouncilReport,
    context: VillageElection,
    actor: Actor,
    now: datetime,
    *,
    data: dict[str, Datum],
) -> None:
    kind = ReportKind(report.kind)
    step_id = SUBMISSION_STEPS.get(kind) or FORWARD_STEPS.get(kind, "report_to_council")
    append(
        event=event,
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"report:{report.uuid}",
        article=context.article_of(step_id),
        data=data,
    )


def _require_words(reference: str, summary: str) -> None:
    if not reference.strip() or not summary.strip():
        raise MalformedInputError("report.words", Text("Isi nomor surat dan ringkasannya."))


def _done_already(text: Text) -> ConflictError:
    return ConflictError("report.stale", text)
