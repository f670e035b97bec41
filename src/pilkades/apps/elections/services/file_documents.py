"""Papers of a file: handed in, and verified by several different people."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.elections.models import (
    Candidacy,
    CandidacyDocument,
    DocumentCheck,
    DocumentOutcome,
)
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.elections.services.candidacy_files import (
    append_file_event,
    label_person,
    lock_file,
    next_state,
    save_file,
)
from pilkades.apps.elections.services.documents import keep_upload
from pilkades.apps.elections.services.open_file import require_running
from pilkades.apps.elections.services.record_facts import authorise_change, require_changeable
from pilkades.apps.elections.services.seats import require_seat
from pilkades.apps.elections.uploads import read_document
from pilkades.errors import ConflictError, MalformedInputError, RuleViolationError
from pilkades.law.application import (
    ApplicationEvent,
    ApplicationState,
    Verification,
    decide_verification,
)
from pilkades.law.eligibility import Document, Due
from pilkades.text import Text

CHECKABLE = frozenset(
    {
        ApplicationState.RECEIVED,
        ApplicationState.CHECKING,
        ApplicationState.NEEDS_COMPLETION,
        ApplicationState.COMPLETED,
        ApplicationState.ELIGIBLE,
    }
)


@transaction.atomic
def add_document(
    *,
    actor: Actor,
    now: datetime,
    candidacy_uuid: UUID,
    expected_version: int,
    kind: str,
    data: bytes,
) -> CandidacyDocument:
    """Put a paper into the file; one of the same kind that is there is replaced, never erased.

    Allowed: who sits in the committee; the applicant in the draft and while completing.
    Requires: a kind of paper that the pack knows, PDF, JPEG or PNG, a file that is not decided.
    Effects: the sealed paper; checks begin anew for it. `candidacy.document_added`; kind and hash
    are sealed.
    Raises: PermissionDenied, ConflictError, MalformedInputError, RuleViolationError.
    """
    candidacy, context = lock_file(candidacy_uuid=candidacy_uuid, expected_version=expected_version)

    authorise_change(actor, candidacy, context)

    require_running(context)
    paper = _get_paper(context, kind)
    require_changeable(context, candidacy, now, is_late_due=_is_late_due(context, paper))
    upload = read_document(data)

    candidacy.documents.filter(kind=kind, replaced_at__isnull=True).update(replaced_at=now)
    document = CandidacyDocument.objects.create(
        candidacy=candidacy,
        kind=kind,
        file=keep_upload(upload, name=paper.name),
        media_type=upload.media_type,
        size_bytes=len(upload.data),
        sha256=upload.sha256,
        uploaded_by_id=actor.user_id,
        uploaded_at=now,
    )
    save_file(candidacy, fields=[])

    append_file_event(
        event="candidacy.document_added",
        candidacy=candidacy,
        context=context,
        actor=actor,
        now=now,
        article=context.candidacy_rules.article,
        data={"document": str(document.uuid)},
        sealed={"kind": kind, "sha256": upload.sha256, "article": paper.article},
    )
    return document


@transaction.atomic
def verify_document(
    *,
    actor: Actor,
    now: datetime,
    document_uuid: UUID,
    expected_version: int,
    outcome: DocumentOutcome,
    note: str = "",
) -> DocumentCheck:
    """Say what one examiner saw in one paper.

    Allowed: who sits in the committee of the village.
    Requires: a paper in force of a file under examination, that this person has not checked; a
    doubt has a note.
    Effects: the check; the first one begins the examination of the file.
    `candidacy.document_checked`.
    Raises: PermissionDenied, ConflictError, RuleViolationError, MalformedInputError.
    """
    document = CandidacyDocument.objects.select_related("candidacy").get(uuid=document_uuid)
    candidacy, context = lock_file(
        candidacy_uuid=document.candidacy.uuid, expected_version=expected_version
    )

    require_seat(actor, context)

    require_running(context)
    _require_checkable(document, candidacy, context)
    _require_note(outcome, note)
    _require_another_person(context, document, actor)

    check = _save_check(document, actor, now, outcome, note)
    if candidacy.state == ApplicationState.RECEIVED:
        candidacy.state = next_state(
            context=context,
            candidacy=candidacy,
            event=ApplicationEvent.START_CHECK,
            by="panitia",
        )
    save_file(candidacy, fields=["state"])

    append_file_event(
        event="candidacy.document_checked",
        candidacy=candidacy,
        context=context,
        actor=actor,
        now=now,
        article=context.candidacy_rules.verifiers_article,
        data={"document": str(document.uuid)},
        sealed={"kind": document.kind, "outcome": outcome.value},
    )
    return check


def _get_paper(context: VillageElection, kind: str) -> Document:
    for paper in context.eligibility_rules.documents:
        if paper.id == kind:
            return paper
    raise MalformedInputError(
        "candidacy.document-kind",
        Text("Jenis berkas “{kind}” tidak ada dalam paket aturan pemilihan ini.", kind=kind),
    )


def _is_late_due(context: VillageElection, paper: Document) -> bool:
    """Whether the paper proves something that is due only at the determination."""
    conditions = context.eligibility_rules.conditions
    return any(item.id in paper.proves and item.due is Due.DETERMINATION for item in conditions)


def _require_checkable(
    document: CandidacyDocument, candidacy: Candidacy, context: VillageElection
) -> None:
    if document.replaced_at is not None:
        raise ConflictError(
            "candidacy.document-replaced",
            Text("Berkas ini sudah diganti dengan yang lebih baru. Periksa berkas yang baru."),
        )
    if candidacy.state not in CHECKABLE:
        raise RuleViolationError(
            "application.order",
            Text("Berkas belum diterima atau sudah diputuskan, sehingga tidak diperiksa."),
            article=context.candidacy_rules.article,
        )


def _require_note(outcome: DocumentOutcome, note: str) -> None:
    if outcome is not DocumentOutcome.VALID and not note.strip():
        raise MalformedInputError(
            "candidacy.note",
            Text("Tulis apa yang perlu diperjelas atau mengapa berkas ini tidak sah."),
        )


def _require_another_person(
    context: VillageElection, document: CandidacyDocument, actor: Actor
) -> None:
    """The law's own rule of different people, asked with this check among the others."""
    checks = list(document.checks.select_related("checked_by"))
    verifications = [
        Verification(label_person(item.checked_by), item.outcome == DocumentOutcome.VALID)
        for item in checks
    ]
    mine = [item for item in checks if item.checked_by_id == actor.user_id]
    verifications += [Verification(label_person(item.checked_by), True) for item in mine]
    decide_verification(rules=context.candidacy_rules, verifications=verifications)


def _save_check(
    document: CandidacyDocument,
    actor: Actor,
    now: datetime,
    outcome: DocumentOutcome,
    note: str,
) -> DocumentCheck:
    try:
        with transaction.atomic():
            return DocumentCheck.objects.create(
                document=document,
                outcome=outcome,
                note=note,
                checked_by_id=actor.user_id,
                checked_at=now,
            )
    except IntegrityError as error:
        raise ConflictError(
            "candidacy.checked-twice",
            Text("Pemeriksaan Anda atas berkas ini sudah tercatat. Muat ulang halaman."),
        ) from error
