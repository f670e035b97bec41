"""REST: what is public of a village's election."""

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema

from pilkades.apps.design.api import REFUSALS
from pilkades.apps.elections.models import Election
from pilkades.apps.elections.selectors.public import build_open_data, get_public_village
from pilkades.apps.elections.selectors.village_elections import get_village_election
from pilkades.apps.regulations.requests import get_request_now

router = Router()


class VillageOut(Schema):
    code: str
    name: str
    district: str
    regency: str


class StepOut(Schema):
    id: str
    stage: str
    name: str
    from_date: date
    to_date: date
    state: str
    article: str


class CandidateOut(Schema):
    number: int | None
    name: str
    photo_sha256: str
    disclosure: str


class AnnouncementOut(Schema):
    kind: str
    title: str
    text: list[str]
    article: str
    at: datetime


class ElectionOut(Schema):
    """Pemilihan satu desa; the same facts as the public page and its open data."""

    simulation: bool
    village: VillageOut
    wave: str
    poll_date: date
    steps: list[StepOut]
    candidates: list[CandidateOut]
    announcements: list[AnnouncementOut]


@router.get(
    "/{village_code}", response={200: ElectionOut, **REFUSALS}, summary="Pemilihan di satu desa"
)
def get_election(request: HttpRequest, village_code: str) -> dict[str, Any]:
    try:
        context = get_village_election(village_code)
    except (Election.DoesNotExist, ValueError) as error:
        raise Http404 from error
    data = build_open_data(get_public_village(context, now=get_request_now(request)))
    steps = [{**step, "from_date": step["from"], "to_date": step["to"]} for step in data["steps"]]
    return {**data, "steps": steps}
