"""REST: what the public says about applicants, and what the committee answers."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from pilkades.apps.accounts.addresses import get_network
from pilkades.apps.accounts.api import signed_in
from pilkades.apps.accounts.public_forms import admit_form
from pilkades.apps.design.api import REFUSALS, Line, Prose, RefusalOut, Version
from pilkades.apps.design.stored_texts import thaw_text
from pilkades.apps.design.texts import translate
from pilkades.apps.elections.api.paths import VILLAGE, VillageCode
from pilkades.apps.elections.models import Candidacy, CandidateComplaint, ComplaintOutcome
from pilkades.apps.elections.requests import (
    find_any_village,
    find_complaint,
    find_examined_village,
)
from pilkades.apps.elections.selectors.complaints import PUBLIC_STATES, list_complaints
from pilkades.apps.elections.services.complaints import answer_complaint, file_complaint
from pilkades.apps.regulations.requests import get_request_actor, get_request_now

router = Router()


class ComplaintLineOut(Schema):
    """Satu masukan dalam daftar: tanpa nama, kontak, maupun isinya."""

    id: UUID
    ticket: str
    candidacy_id: UUID
    candidate: str
    submitted_at: datetime
    timeliness: Annotated[str, Field(description="tepat waktu atau terlambat, dengan alasannya")]
    article: str
    outcome: Annotated[str, Field(description="kosong selama menunggu jawaban")]
    version: int


class ComplaintsOut(Schema):
    """Semua masukan, yang belum dijawab lebih dahulu."""

    complaints: list[ComplaintLineOut]


class ComplaintOut(ComplaintLineOut):
    """Satu masukan lengkap, hanya untuk panitia dan pemeriksa."""

    complainant_name: str
    contact: str
    content: str
    answer: str


class ComplaintIn(Schema):
    """Masukan masyarakat; nama dan kontak hanya dibaca panitia."""

    complainant_name: Line
    contact: Line
    content: Prose


class ComplaintFiledOut(Schema):
    """Tanda terima masukan; simpan nomornya."""

    ticket: str
    timeliness: str
    article: str


class AnswerIn(Schema):
    """Jawaban panitia; tidak dapat diubah."""

    version: Version
    outcome: Literal["upheld", "not_upheld", "outside"]
    answer: Prose


@router.get(
    f"{VILLAGE}/masukan",
    response={200: ComplaintsOut, **REFUSALS},
    summary="Masukan masyarakat",
    auth=signed_in,
)
def list_all(request: HttpRequest, village_code: VillageCode) -> ComplaintsOut:
    context = find_examined_village(request, village_code)
    return ComplaintsOut(
        complaints=[ComplaintLineOut(**_describe(item)) for item in list_complaints(context)]
    )


@router.get(
    f"{VILLAGE}/masukan/{{uuid:complaint_uuid}}",
    response={200: ComplaintOut, **REFUSALS},
    summary="Satu masukan",
    auth=signed_in,
)
def get_one(request: HttpRequest, village_code: VillageCode, complaint_uuid: UUID) -> ComplaintOut:
    return _describe_whole(find_complaint(request, village_code, complaint_uuid))


@router.post(
    f"{VILLAGE}/masukan/{{uuid:complaint_uuid}}/jawaban",
    response={200: ComplaintOut, **REFUSALS},
    summary="Jawab masukan",
    auth=signed_in,
)
def answer(
    request: HttpRequest, village_code: VillageCode, complaint_uuid: UUID, body: AnswerIn
) -> ComplaintOut:
    """Akibatnya bagi berkas diputuskan tersendiri."""
    find_complaint(request, village_code, complaint_uuid)
    answer_complaint(
        actor=get_request_actor(request),
        now=get_request_now(request),
        complaint_uuid=complaint_uuid,
        expected_version=body.version,
        outcome=ComplaintOutcome(body.outcome),
        answer=body.answer,
    )
    return _describe_whole(find_complaint(request, village_code, complaint_uuid))


@router.post(
    f"{VILLAGE}/calon/{{uuid:candidacy_uuid}}/masukan",
    response={200: ComplaintFiledOut, **REFUSALS, 429: RefusalOut},
    summary="Beri masukan tentang bakal calon",
)
def file_one(
    request: HttpRequest, village_code: VillageCode, candidacy_uuid: UUID, body: ComplaintIn
) -> ComplaintFiledOut:
    """Siapa pun boleh, tanpa akun."""
    context = find_any_village(village_code)
    candidacy = Candidacy.objects.filter(
        uuid=candidacy_uuid,
        election=context.election,
        state__in=[state.value for state in PUBLIC_STATES],
    ).first()
    if candidacy is None:
        raise Http404
    # The same door as the page's form: a flood waits, whichever way it comes.
    count = admit_form(
        form=f"complaint:{context.election.uuid}",
        network=get_network(request),
        words=f"{candidacy.uuid} {body.content}",
        now=timezone.now(),
    )
    filed = file_complaint(
        now=get_request_now(request),
        candidacy_uuid=candidacy_uuid,
        complainant_name=body.complainant_name,
        contact=body.contact,
        content=body.content,
    )
    count()
    return ComplaintFiledOut(
        ticket=filed.ticket,
        timeliness=translate(thaw_text(filed.timeliness_text)),
        article=filed.article,
    )


def _describe(item: CandidateComplaint) -> dict[str, Any]:
    return {
        "id": item.uuid,
        "ticket": item.ticket,
        "candidacy_id": item.candidacy.uuid,
        "candidate": item.candidacy.full_name,
        "submitted_at": item.submitted_at,
        "timeliness": translate(thaw_text(item.timeliness_text)),
        "article": item.article,
        "outcome": item.outcome,
        "version": item.version,
    }


def _describe_whole(item: CandidateComplaint) -> ComplaintOut:
    return ComplaintOut(
        **_describe(item),
        complainant_name=item.complainant_name,
        contact=item.contact,
        content=item.content,
        answer=item.answer,
    )
