"""REST: what is public of a village's election."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from ninja import Router, Schema
from pydantic import Field

from pilkades.apps.design.api import REFUSALS
from pilkades.apps.design.texts import translate
from pilkades.apps.elections.api.paths import VILLAGE, VillageCode
from pilkades.apps.elections.models import Candidacy
from pilkades.apps.elections.requests import find_any_village
from pilkades.apps.elections.selectors.progress import StepProgress, assess_election
from pilkades.apps.elections.selectors.public import build_open_data, get_public_village
from pilkades.apps.elections.words import name_owner, name_stage, name_state, name_step
from pilkades.apps.regions.models import Regency
from pilkades.apps.regulations.requests import get_request_now

router = Router()


class ElectionVillageOut(Schema):
    """Desa yang memilih."""

    code: str
    name: str
    district: str
    regency: str


class ElectionStepOut(Schema):
    """Satu tahapan dengan keadaannya."""

    id: str
    stage: str
    name: str
    from_date: date
    to_date: date
    state: str
    article: str


class ElectionCandidateOut(Schema):
    """Calon tetap seperti dalam data terbuka."""

    number: int | None
    name: str
    photo_sha256: str
    disclosure: str


class AnnouncementOut(Schema):
    """Pengumuman panitia."""

    kind: str
    title: str
    text: list[str]
    article: str
    at: datetime


class CommitteePersonOut(Schema):
    """Anggota panitia dan kedudukannya."""

    name: str
    position: str


class CommitteeOut(Schema):
    """Panitia pemilihan menurut keputusan BPD."""

    decree: str
    date: date
    members: list[CommitteePersonOut]


class ElectionOut(Schema):
    """Pemilihan satu desa; isinya sama dengan halaman publik dan data terbukanya."""

    simulation: bool
    village: ElectionVillageOut
    wave: str
    poll_date: date
    steps: list[ElectionStepOut]
    committee: CommitteeOut | None
    candidates: list[ElectionCandidateOut]
    empty_column: bool
    setup_proof_sha256: str | None
    setup_proof_alarm: Annotated[
        bool, Field(description="benar bila data calon tidak sama dengan cetak coba yang disetujui")
    ]
    announcements: list[AnnouncementOut]


class StageOut(Schema):
    """Satu dari empat tahap: berapa tahapan selesai, dan mana yang sedang berjalan."""

    id: str
    name: str
    state: str
    done_count: int
    step_count: int
    current_step: str | None


class StageStepOut(Schema):
    """Tahapan dengan pelaksana, dasar, yang dilaksanakan, dan alasan tanggalnya."""

    id: str
    stage: str
    name: str
    owner: Annotated[str, Field(description="siapa yang melaksanakan, menurut paket aturan")]
    owner_name: str
    from_date: date
    to_date: date
    state: str
    state_name: str
    article: str
    status: Annotated[str, Field(description="verified, secondary atau unverified")]
    started_on: date | None
    finished_on: date | None
    why: list[str]
    findings: list[str]


class StagesOut(Schema):
    """Jadwal desa: keadaan setiap tahap dan tahapan pada hari ini."""

    simulation: bool
    today: date
    poll_date: date
    state: str
    next_step: str | None
    stages: list[StageOut]
    steps: list[StageStepOut]


class PublicCandidateOut(Schema):
    """Bakal calon atau calon yang sudah diumumkan; tidak ada data pribadi di sini."""

    id: UUID
    name: str
    number: int | None
    is_determined: Annotated[bool, Field(description="benar bila sudah ditetapkan sebagai calon")]
    disclosure: str
    photo_url: str | None
    photo_sha256: str


class PublicCandidatesOut(Schema):
    """Calon menurut nomor urut, lalu bakal calon yang masih diteliti."""

    simulation: bool
    empty_column: bool
    setup_proof_alarm: Annotated[
        bool, Field(description="benar bila data calon tidak sama dengan cetak coba yang disetujui")
    ]
    candidates: list[PublicCandidateOut]


@router.get(VILLAGE, response={200: ElectionOut, **REFUSALS}, summary="Pemilihan di satu desa")
def get_election(request: HttpRequest, village_code: VillageCode) -> dict[str, Any]:
    context = find_any_village(village_code)
    data = build_open_data(get_public_village(context, now=get_request_now(request)))
    steps = [{**step, "from_date": step["from"], "to_date": step["to"]} for step in data["steps"]]
    return {**data, "steps": steps}


@router.get(
    f"{VILLAGE}/tahapan", response={200: StagesOut, **REFUSALS}, summary="Tahap dan tahapan desa"
)
def get_stages(request: HttpRequest, village_code: VillageCode) -> StagesOut:
    """Setiap tanggal dengan alasannya ("Mengapa?")."""
    context = find_any_village(village_code)
    today = context.local_date(get_request_now(request))
    progress = assess_election(context.timetable, today=today)
    return StagesOut(
        simulation=context.is_simulation,
        today=today,
        poll_date=progress.poll_date,
        state=context.election.state,
        next_step=progress.next_step.step.id if progress.next_step else None,
        stages=[
            StageOut(
                id=item.stage,
                name=name_stage(item.stage),
                state=item.state.value,
                done_count=item.done_count,
                step_count=item.step_count,
                current_step=item.current.step.id if item.current else None,
            )
            for item in progress.stages
        ],
        steps=[_describe_step(item, context.election.wave.regency) for item in progress.steps],
    )


@router.get(
    f"{VILLAGE}/calon",
    response={200: PublicCandidatesOut, **REFUSALS},
    summary="Calon dan bakal calon yang umum",
)
def list_candidates(request: HttpRequest, village_code: VillageCode) -> PublicCandidatesOut:
    context = find_any_village(village_code)
    page = get_public_village(context, now=get_request_now(request))
    standing = {candidate.pk for candidate in page.candidates}
    waiting = [candidate for candidate in page.applicants if candidate.pk not in standing]
    return PublicCandidatesOut(
        simulation=context.is_simulation,
        empty_column=page.has_empty_column,
        setup_proof_alarm=page.reading is not None and page.reading.has_alarm,
        candidates=[
            *(_describe_candidate(item, is_determined=True) for item in page.candidates),
            *(_describe_candidate(item, is_determined=False) for item in waiting),
        ],
    )


def _describe_step(item: StepProgress, regency: Regency) -> StageStepOut:
    step = item.step
    return StageStepOut(
        id=step.id,
        stage=step.stage,
        name=name_step(step),
        owner=step.owner,
        owner_name=name_owner(step.owner, regency),
        from_date=step.start_date,
        to_date=step.end_date,
        state=item.state.value,
        state_name=name_state(item.state),
        article=step.article,
        status=step.status.value,
        started_on=item.fact.started_on if item.fact else None,
        finished_on=item.fact.finished_on if item.fact else None,
        why=[translate(text) for text in step.why],
        findings=[translate(finding.text) for finding in item.findings],
    )


def _describe_candidate(item: Candidacy, *, is_determined: bool) -> PublicCandidateOut:
    """Photo and disclosure are public only once somebody is determined."""
    has_photo = is_determined and item.photo_small is not None
    return PublicCandidateOut(
        id=item.uuid,
        name=item.ballot_name if is_determined else item.full_name,
        number=item.ballot_number if is_determined else None,
        is_determined=is_determined,
        disclosure=item.public_disclosure if is_determined else "",
        photo_url=reverse("elections:public-photo", args=[item.uuid]) if has_photo else None,
        photo_sha256=item.photo_sha256 if is_determined else "",
    )
