"""REST: rule packs in force and the timetables that follow from them."""

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from ninja import Path, Query, Router, Schema

from pilkades.apps.design.api import REFUSALS
from pilkades.apps.design.texts import translate
from pilkades.apps.regulations.selectors import get_pack_in_force
from pilkades.law.timetable import TimetableStep, compute_timetable

Region = Annotated[str, Path(pattern=r"^\d{2}\.\d{2}$", description="kode kabupaten/kota")]
router = Router()


class RuleOut(Schema):
    """One value of a regulation with its article and how far it can be trusted."""

    id: str
    value: object
    article: str
    status: str
    approved_by: str


class PackOut(Schema):
    id: str
    title: str
    version: str
    rules: list[RuleOut]


class DoubtOut(Schema):
    """A value that is not verified and that the dates of a step rest on."""

    table: str
    id: str
    status: str


class StepOut(Schema):
    """One step of the timetable; the JSON of `pilkades timetable` has the same names."""

    id: str
    name: str
    stage: str
    owner: str
    from_date: date
    to_date: date
    count_mode: str
    days: int
    branch: str
    article: str
    status: str
    own_status: str
    rests_on: list[DoubtOut]
    why: list[str]


class FindingOut(Schema):
    code: str
    severity: str
    message: str


class TimetableOut(Schema):
    pack: str
    poll_date: date
    steps: list[StepOut]
    findings: list[FindingOut]


@router.get(
    "/{region}",
    response={200: PackOut, **REFUSALS},
    summary="Paket aturan yang berlaku di kabupaten/kota",
)
def get_pack(request: HttpRequest, region: Region, on: date) -> PackOut:
    pack = get_pack_in_force(region, on)
    return PackOut(
        id=pack.id,
        title=pack.title,
        version=pack.version,
        rules=[
            RuleOut(
                id=rule.id,
                value=_plain(rule.value),
                article=rule.article,
                status=rule.status.value,
                approved_by=rule.approved_by,
            )
            for rule in pack.rules.values()
        ],
    )


@router.get(
    "/{region}/jadwal",
    response={200: TimetableOut, **REFUSALS},
    summary="Jadwal untuk satu hari pemungutan",
)
def get_timetable(
    request: HttpRequest,
    region: Region,
    poll_date: date,
    branch: Annotated[list[str], Query(max_length=6)] = [],  # noqa: B006
) -> TimetableOut:
    pack = get_pack_in_force(region, poll_date)
    timetable = compute_timetable(pack=pack, poll_date=poll_date, branches=frozenset(branch))
    return TimetableOut(
        pack=pack.id,
        poll_date=poll_date,
        steps=[_describe_step(step) for step in timetable.steps],
        findings=[
            FindingOut(code=f.code, severity=f.severity.value, message=translate(f.text))
            for f in timetable.findings
        ],
    )


def _describe_step(step: TimetableStep) -> StepOut:
    return StepOut(
        id=step.id,
        name=step.name,
        stage=step.stage,
        owner=step.owner,
        from_date=step.start_date,
        to_date=step.end_date,
        count_mode=step.count_mode.value,
        days=step.days,
        branch=step.branch,
        article=step.article,
        status=step.status.value,
        own_status=step.own_status.value,
        rests_on=[
            DoubtOut(table=doubt.table, id=doubt.id, status=doubt.status.value)
            for doubt in step.rests_on
        ],
        why=[translate(text) for text in step.why],
    )


def _plain(value: object) -> object:
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if hasattr(value, "items"):
        return {key: _plain(item) for key, item in value.items()}
    return value if isinstance(value, bool | int | str) else str(value)
