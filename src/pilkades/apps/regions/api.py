"""REST: villages by name and by code."""

from typing import Annotated

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema

from pilkades.apps.design.api import REFUSALS
from pilkades.apps.regions.models import Village
from pilkades.apps.regions.selectors import get_village, search_villages

MAX_FOUND = 50
router = Router()


class VillageOut(Schema):
    """Desa atau kelurahan."""

    code: str
    name: str
    kind: str
    district: str
    regency: str
    province: str
    time_zone: str


class VillagesOut(Schema):
    """At most fifty villages; `is_complete` tells whether these are all."""

    villages: list[VillageOut]
    is_complete: bool


@router.get("/desa", response={200: VillagesOut, **REFUSALS}, summary="Cari desa menurut nama")
def list_found(
    request: HttpRequest,
    q: Annotated[str, Query(min_length=2, max_length=80, description="nama atau bagiannya")],
    within: Annotated[str, Query(pattern=r"^(\d{2}(\.\d{2}(\.\d{2})?)?)?$")] = "",
) -> VillagesOut:
    found = list(search_villages(query=q, within=within)[: MAX_FOUND + 1])
    return VillagesOut(
        villages=[_describe(village) for village in found[:MAX_FOUND]],
        is_complete=len(found) <= MAX_FOUND,
    )


@router.get(
    "/desa/{code}", response={200: VillageOut, **REFUSALS}, summary="Satu desa menurut kode"
)
def get_one(request: HttpRequest, code: str) -> VillageOut:
    try:
        return _describe(get_village(code))
    except (Village.DoesNotExist, ValueError) as error:
        raise Http404 from error


def _describe(village: Village) -> VillageOut:
    regency = village.district.regency
    return VillageOut(
        code=village.code,
        name=village.name,
        kind=village.kind,
        district=village.district.name,
        regency=regency.name,
        province=regency.province.name,
        time_zone=regency.province.time_zone,
    )
