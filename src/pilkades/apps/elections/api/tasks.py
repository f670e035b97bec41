"""REST: the task list of a village, its committee, and the record of a plain step."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Path, Router, Schema
from pydantic import Field

from pilkades.apps.accounts.api import signed_in
from pilkades.apps.accounts.selectors import has_role
from pilkades.apps.design.api import REFUSALS, Line, Version
from pilkades.apps.design.texts import translate
from pilkades.apps.elections.api.paths import VILLAGE, VillageCode
from pilkades.apps.elections.requests import find_village
from pilkades.apps.elections.selectors.access import OWNER_ROLES
from pilkades.apps.elections.selectors.committees import find_committee
from pilkades.apps.elections.selectors.task_facts import read_task_facts
from pilkades.apps.elections.selectors.tasks import Task, TaskState, plan_tasks
from pilkades.apps.elections.services.record_stage import record_step
from pilkades.apps.elections.words import name_owner
from pilkades.apps.regulations.requests import get_request_actor, get_request_now

router = Router(auth=signed_in)


class TaskOut(Schema):
    """Satu langkah: apa, tugas siapa, paling lambat kapan, menurut pasal mana."""

    id: str
    state: Annotated[TaskState, Field(description="next: langkah berikutnya, hanya satu")]
    title: str
    owner: str
    owner_name: str
    is_mine: Annotated[bool, Field(description="benar bila jabatan Anda yang mengerjakannya")]
    due: date | None
    is_late: bool
    article: str
    step_id: str
    note: str
    why: list[str]
    done_by: str
    done_at: datetime | date | None


class TasksOut(Schema):
    """Daftar tugas desa; `version` dipakai saat mencatat pelaksanaan tahapan."""

    village_code: str
    simulation: bool
    election_state: str
    version: int
    tasks: list[TaskOut]


class MemberOut(Schema):
    """Anggota panitia; `left_date` terisi bila sudah berhenti."""

    id: UUID
    name: str
    position: str
    element: str
    has_account: bool
    joined_date: date
    left_date: date | None


class WorkspaceCommitteeOut(Schema):
    """Panitia pemilihan dengan semua anggotanya; keputusan kosong sebelum dibentuk."""

    decree_number: str | None
    decree_date: date | None
    members: list[MemberOut]


class StepRecordIn(Schema):
    """Yang sungguh dilaksanakan dalam satu tahapan."""

    version: Version
    started_on: date | None = None
    finished_on: date | None = None
    note: Line = ""


class StepRecordedOut(Schema):
    """Versi pemilihan sesudah dicatat."""

    version: int


@router.get(f"{VILLAGE}/tugas", response={200: TasksOut, **REFUSALS}, summary="Daftar tugas desa")
def list_tasks(request: HttpRequest, village_code: VillageCode) -> TasksOut:
    """Apa yang berikutnya, tugas siapa, kapan, menurut pasal mana; yang menunggu; yang selesai."""
    context = find_village(request, village_code)
    planned = plan_tasks(read_task_facts(context, now=get_request_now(request)))
    actor, regency = get_request_actor(request), context.election.wave.regency
    return TasksOut(
        village_code=village_code,
        simulation=context.is_simulation,
        election_state=context.election.state,
        version=context.election.version,
        tasks=[
            _describe(
                task,
                owner_name=name_owner(task.owner, regency),
                is_mine=has_role(actor, OWNER_ROLES.get(task.owner, ()), village_code),
            )
            for task in planned
        ],
    )


@router.get(
    f"{VILLAGE}/panitia", response={200: WorkspaceCommitteeOut, **REFUSALS}, summary="Panitia desa"
)
def get_committee(request: HttpRequest, village_code: VillageCode) -> WorkspaceCommitteeOut:
    found = find_committee(find_village(request, village_code).election)
    return WorkspaceCommitteeOut(
        decree_number=found.decree_number if found else None,
        decree_date=found.decree_date if found else None,
        members=[
            MemberOut(
                id=member.uuid,
                name=member.full_name,
                position=member.position,
                element=member.element,
                has_account=member.user_id is not None,
                joined_date=member.joined_date,
                left_date=member.left_date,
            )
            for member in (found.members.all() if found else ())
        ],
    )


@router.post(
    f"{VILLAGE}/tahapan/{{slug:step_id}}",
    response={200: StepRecordedOut, **REFUSALS},
    summary="Catat pelaksanaan tahapan",
)
def record(
    request: HttpRequest,
    village_code: VillageCode,
    step_id: Annotated[str, Path(max_length=80, pattern=r"^[-a-zA-Z0-9_]+$")],
    body: StepRecordIn,
) -> StepRecordedOut:
    """Jadwal berikutnya mengikuti tanggal yang dicatat."""
    context = find_village(request, village_code)
    if context.find_step(step_id) is None:
        raise Http404
    record_step(
        actor=get_request_actor(request),
        now=get_request_now(request),
        election_uuid=context.election.uuid,
        expected_version=body.version,
        step_id=step_id,
        started_on=body.started_on,
        finished_on=body.finished_on,
        note=body.note,
    )
    context.election.refresh_from_db(fields=["version"])
    return StepRecordedOut(version=context.election.version)


def _describe(task: Task, *, owner_name: str, is_mine: bool) -> TaskOut:
    return TaskOut(
        id=task.id,
        state=task.state,
        title=translate(task.title),
        owner=task.owner,
        owner_name=owner_name,
        is_mine=is_mine,
        due=task.due,
        is_late=task.is_late,
        article=task.article,
        step_id=task.step_id,
        note=translate(task.note) if task.note else "",
        why=[translate(text) for text in task.why],
        done_by=task.done_by,
        done_at=task.done_at,
    )
