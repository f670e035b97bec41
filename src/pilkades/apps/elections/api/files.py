"""REST: applicants' files for those who examine them, and for the applicant the own one."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from pilkades.apps.accounts.api import signed_in
from pilkades.apps.design.api import GREATEST_VERSION, REFUSALS, Line, Prose, Version
from pilkades.apps.design.texts import translate
from pilkades.apps.elections.api.paths import FILE, VILLAGE, VillageCode
from pilkades.apps.elections.models import Candidacy, CandidacyDocument, DocumentOutcome
from pilkades.apps.elections.models.candidacy import CandidacyDecision
from pilkades.apps.elections.requests import find_examined_village, find_file
from pilkades.apps.elections.selectors.candidates import ApplicantFile, Paper, list_files
from pilkades.apps.elections.services.check_file import check_file
from pilkades.apps.elections.services.completion import complete_file, request_completion
from pilkades.apps.elections.services.decide_file import (
    confirm_decision,
    propose_decision,
    withdraw_proposal,
)
from pilkades.apps.elections.services.file_documents import add_document, verify_document
from pilkades.apps.elections.services.receive_file import receive_file
from pilkades.apps.elections.uploads import DOCUMENT_MAX_BYTES
from pilkades.apps.regulations.requests import get_request_actor, get_request_now
from pilkades.apps.vault.masking import mask_nik
from pilkades.law.application import (
    STATE_NAMES,
    ApplicationEvent,
    ApplicationState,
    list_possible_events,
)
from pilkades.law.eligibility import Requirement

DecidableEvent = Literal[
    "withdraw", "record_death", "disqualify", "reopen", "find_eligible", "find_ineligible"
]
router = Router(auth=signed_in)


class FileStateOut(Schema):
    """Keadaan berkas sesudah suatu langkah; pakai `version` pada langkah berikutnya."""

    id: UUID
    state: str
    state_name: str
    version: int


class FileLineOut(FileStateOut):
    """Satu baris daftar berkas."""

    registration_number: int | None
    name: str
    received_at: datetime | None
    open_count: Annotated[int, Field(description="syarat yang belum terpenuhi")]
    is_met: bool
    is_refused: bool


class FilesOut(Schema):
    """Semua berkas menurut nomor pendaftaran."""

    files: list[FileLineOut]


class RequirementOut(Schema):
    """Satu syarat peraturan, jawabannya, dan alasannya."""

    id: str
    name: str
    applies: bool
    outcome: str
    reason: str
    article: str
    status: str
    due: str


class DocumentCheckOut(Schema):
    """Pemeriksaan satu petugas atas satu dokumen."""

    outcome: DocumentOutcome
    note: str
    checked_by: str
    checked_at: datetime


class DocumentOut(Schema):
    """Dokumen yang tersimpan: keterangannya, bukan isinya."""

    id: UUID
    media_type: str
    size_bytes: int
    sha256: str
    uploaded_at: datetime


class PaperOut(Schema):
    """Satu jenis dokumen yang diminta, dan yang sudah diserahkan."""

    kind: str
    name: str
    is_missing: bool
    is_valid: Annotated[bool, Field(description="dinilai sah oleh cukup banyak petugas berbeda")]
    document: DocumentOut | None
    checks: list[DocumentCheckOut]


class DecisionOut(Schema):
    """Keputusan atas berkas: diajukan seorang, disahkan orang lain."""

    id: UUID
    event: str
    reason: str
    article: str
    proposed_by: str
    proposed_at: datetime
    confirmed_at: datetime | None
    withdrawn_at: datetime | None


class FileOut(FileLineOut):
    """Satu berkas lengkap; NIK selalu disamarkan, alamat dan telepon tidak dikirim."""

    ballot_name: str
    masked_nik: str
    sex: str
    ballot_number: int | None
    completion_due_date: date | None
    has_photo: bool
    possible_events: list[str]
    requirements: list[RequirementOut]
    papers: list[PaperOut]
    decisions: list[DecisionOut]


class VersionIn(Schema):
    """Versi yang dilihat orang yang bertindak."""

    version: Version


class JudgeIn(VersionIn):
    """Penilaian satu petugas atas seluruh berkas."""

    is_eligible: bool
    requirement_id: Line = ""
    reason: Prose = ""


class VerifyIn(VersionIn):
    """Yang dilihat satu petugas dalam satu dokumen; keraguan perlu catatan."""

    outcome: DocumentOutcome
    note: Prose = ""


class ProposeIn(VersionIn):
    """Keputusan yang diajukan; berlaku setelah disahkan orang kedua."""

    event: DecidableEvent
    reason: Prose
    article: Line


class CompletionIn(VersionIn):
    """Apa yang harus dilengkapi."""

    reason: Prose


@router.get(f"{VILLAGE}/berkas", response={200: FilesOut, **REFUSALS}, summary="Berkas bakal calon")
def list_all(request: HttpRequest, village_code: VillageCode) -> FilesOut:
    context = find_examined_village(request, village_code)
    return FilesOut(
        files=[
            FileLineOut(**_describe_line(file))
            for file in list_files(context, now=get_request_now(request))
        ]
    )


@router.get(FILE, response={200: FileOut, **REFUSALS}, summary="Satu berkas")
def get_one(request: HttpRequest, village_code: VillageCode, candidacy_uuid: UUID) -> FileOut:
    """Untuk pemeriksa dan pemilik berkas; bagi yang lain berkas itu tidak ada."""
    file, context = find_file(request, village_code, candidacy_uuid)
    candidacy = file.candidacy
    events = list_possible_events(
        rules=context.candidacy_rules, state=ApplicationState(candidacy.state), by="panitia"
    )
    return FileOut(
        **_describe_line(file),
        ballot_name=candidacy.ballot_name,
        masked_nik=mask_nik(candidacy.nik),
        sex=candidacy.sex,
        ballot_number=candidacy.ballot_number,
        completion_due_date=candidacy.completion_due_date,
        has_photo=candidacy.photo_small is not None,
        possible_events=[event.value for event in events],
        requirements=[_describe_requirement(line) for line in file.checklist.requirements],
        papers=[_describe_paper(paper) for paper in file.papers],
        decisions=[
            _describe_decision(item) for item in candidacy.decisions.select_related("proposed_by")
        ],
    )


@router.post(f"{FILE}/terima", response={200: FileStateOut, **REFUSALS}, summary="Terima berkas")
def receive(
    request: HttpRequest, village_code: VillageCode, candidacy_uuid: UUID, body: VersionIn
) -> FileStateOut:
    """Jam penerimaan dan nomor pendaftaran dicatat sekarang dan tidak dapat diubah."""
    find_file(request, village_code, candidacy_uuid)
    received, _ = receive_file(
        actor=get_request_actor(request),
        now=get_request_now(request),
        candidacy_uuid=candidacy_uuid,
        expected_version=body.version,
    )
    return _describe_state(received)


@router.post(
    f"{FILE}/dokumen/{{slug:kind}}",
    response={200: FileStateOut, **REFUSALS},
    summary="Tambah dokumen",
)
def upload(
    request: HttpRequest,
    village_code: VillageCode,
    candidacy_uuid: UUID,
    kind: str,
    version: Annotated[int, Form(ge=0, le=GREATEST_VERSION)],
    paper: Annotated[UploadedFile, File(description="PDF, JPEG atau PNG, paling besar 5 MB")],
) -> FileStateOut:
    """Jenis menurut paket aturan; dokumen lama sejenis diganti, tidak dihapus."""
    find_file(request, village_code, candidacy_uuid)
    add_document(
        actor=get_request_actor(request),
        now=get_request_now(request),
        candidacy_uuid=candidacy_uuid,
        expected_version=version,
        kind=kind,
        data=paper.read(DOCUMENT_MAX_BYTES + 1),
    )
    return _read_state(candidacy_uuid)


@router.post(
    f"{FILE}/dokumen/{{uuid:document_uuid}}/periksa",
    response={200: FileStateOut, **REFUSALS},
    summary="Periksa satu dokumen",
)
def verify(
    request: HttpRequest,
    village_code: VillageCode,
    candidacy_uuid: UUID,
    document_uuid: UUID,
    body: VerifyIn,
) -> FileStateOut:
    """Dokumen sah setelah cukup banyak petugas yang berbeda menyatakannya."""
    file, _ = find_file(request, village_code, candidacy_uuid)
    if not CandidacyDocument.objects.filter(uuid=document_uuid, candidacy=file.candidacy).exists():
        raise Http404
    verify_document(
        actor=get_request_actor(request),
        now=get_request_now(request),
        document_uuid=document_uuid,
        expected_version=body.version,
        outcome=body.outcome,
        note=body.note,
    )
    return _read_state(candidacy_uuid)


@router.post(f"{FILE}/nilai", response={200: FileStateOut, **REFUSALS}, summary="Nilai berkas")
def judge(
    request: HttpRequest, village_code: VillageCode, candidacy_uuid: UUID, body: JudgeIn
) -> FileStateOut:
    """Penilaian seorang petugas; keadaan berkas berubah bila cukup banyak yang sependapat."""
    find_file(request, village_code, candidacy_uuid)
    judged = check_file(
        actor=get_request_actor(request),
        now=get_request_now(request),
        candidacy_uuid=candidacy_uuid,
        expected_version=body.version,
        is_eligible=body.is_eligible,
        requirement_id=body.requirement_id,
        reason=body.reason,
    )
    return _describe_state(judged)


@router.post(
    f"{FILE}/pelengkapan", response={200: FileStateOut, **REFUSALS}, summary="Minta pelengkapan"
)
def ask(
    request: HttpRequest, village_code: VillageCode, candidacy_uuid: UUID, body: CompletionIn
) -> FileStateOut:
    find_file(request, village_code, candidacy_uuid)
    request_completion(
        actor=get_request_actor(request),
        now=get_request_now(request),
        candidacy_uuid=candidacy_uuid,
        expected_version=body.version,
        reason=body.reason,
    )
    return _read_state(candidacy_uuid)


@router.post(
    f"{FILE}/lengkap", response={200: FileStateOut, **REFUSALS}, summary="Serahkan pelengkapan"
)
def complete(
    request: HttpRequest, village_code: VillageCode, candidacy_uuid: UUID, body: VersionIn
) -> FileStateOut:
    find_file(request, village_code, candidacy_uuid)
    complete_file(
        actor=get_request_actor(request),
        now=get_request_now(request),
        candidacy_uuid=candidacy_uuid,
        expected_version=body.version,
    )
    return _read_state(candidacy_uuid)


@router.post(f"{FILE}/usulan", response={200: DecisionOut, **REFUSALS}, summary="Ajukan keputusan")
def propose(
    request: HttpRequest, village_code: VillageCode, candidacy_uuid: UUID, body: ProposeIn
) -> DecisionOut:
    """Belum berakibat: orang kedua dari panitia mengesahkannya."""
    find_file(request, village_code, candidacy_uuid)
    decision = propose_decision(
        actor=get_request_actor(request),
        now=get_request_now(request),
        candidacy_uuid=candidacy_uuid,
        expected_version=body.version,
        event=ApplicationEvent(body.event),
        reason=body.reason,
        article=body.article,
    )
    return _describe_decision(decision)


@router.post(
    f"{FILE}/usulan/{{uuid:decision_uuid}}/sahkan",
    response={200: FileStateOut, **REFUSALS},
    summary="Sahkan keputusan",
)
def confirm(
    request: HttpRequest,
    village_code: VillageCode,
    candidacy_uuid: UUID,
    decision_uuid: UUID,
    body: VersionIn,
) -> FileStateOut:
    """Oleh anggota panitia yang tidak mengajukannya."""
    _require_decision(request, village_code, candidacy_uuid, decision_uuid)
    confirmed = confirm_decision(
        actor=get_request_actor(request),
        now=get_request_now(request),
        decision_uuid=decision_uuid,
        expected_version=body.version,
    )
    return _describe_state(confirmed)


@router.post(
    f"{FILE}/usulan/{{uuid:decision_uuid}}/tarik",
    response={200: FileStateOut, **REFUSALS},
    summary="Tarik usulan keputusan",
)
def retract(
    request: HttpRequest,
    village_code: VillageCode,
    candidacy_uuid: UUID,
    decision_uuid: UUID,
    body: VersionIn,
) -> FileStateOut:
    _require_decision(request, village_code, candidacy_uuid, decision_uuid)
    kept = withdraw_proposal(
        actor=get_request_actor(request),
        now=get_request_now(request),
        decision_uuid=decision_uuid,
        expected_version=body.version,
    )
    return _describe_state(kept)


def _require_decision(
    request: HttpRequest, village_code: str, candidacy_uuid: UUID, decision_uuid: UUID
) -> None:
    file, _ = find_file(request, village_code, candidacy_uuid)
    if not file.candidacy.decisions.filter(uuid=decision_uuid).exists():
        raise Http404


def _read_state(candidacy_uuid: UUID) -> FileStateOut:
    return _describe_state(Candidacy.objects.get(uuid=candidacy_uuid))


def _describe_state(candidacy: Candidacy) -> FileStateOut:
    return FileStateOut(
        id=candidacy.uuid,
        state=candidacy.state,
        state_name=translate(STATE_NAMES[ApplicationState(candidacy.state)]),
        version=candidacy.version,
    )


def _describe_line(file: ApplicantFile) -> dict[str, Any]:
    return {
        **_describe_state(file.candidacy).dict(),
        "registration_number": file.candidacy.registration_number,
        "name": file.candidacy.full_name,
        "received_at": file.candidacy.received_at,
        "open_count": len(file.checklist.list_open()),
        "is_met": file.checklist.is_met,
        "is_refused": file.checklist.is_refused,
    }


def _describe_requirement(line: Requirement) -> RequirementOut:
    return RequirementOut(
        id=line.id,
        name=line.name,
        applies=line.applies,
        outcome=line.outcome.value,
        reason=translate(line.reason),
        article=line.article,
        status=line.status.value,
        due=line.due.value,
    )


def _describe_paper(paper: Paper) -> PaperOut:
    document = paper.document
    return PaperOut(
        kind=paper.kind,
        name=paper.name,
        is_missing=paper.is_missing,
        is_valid=paper.is_valid,
        document=DocumentOut(
            id=document.uuid,
            media_type=document.media_type,
            size_bytes=document.size_bytes,
            sha256=document.sha256,
            uploaded_at=document.uploaded_at,
        )
        if document
        else None,
        checks=[
            DocumentCheckOut(
                outcome=DocumentOutcome(check.outcome),
                note=check.note,
                checked_by=str(check.checked_by),
                checked_at=check.checked_at,
            )
            for check in paper.checks
        ],
    )


def _describe_decision(item: CandidacyDecision) -> DecisionOut:
    return DecisionOut(
        id=item.uuid,
        event=item.event,
        reason=item.reason,
        article=item.article,
        proposed_by=str(item.proposed_by),
        proposed_at=item.proposed_at,
        confirmed_at=item.confirmed_at,
        withdrawn_at=item.withdrawn_at,
    )
