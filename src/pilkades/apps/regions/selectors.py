"""Reads about regions: by code, by parent, by name, and how a region is written out."""

from collections.abc import Iterable
from typing import TypeVar, cast

from django.db.models import (
    Case,
    CharField,
    IntegerField,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Concat

from pilkades.apps.regions.edition import get_parent_code
from pilkades.apps.regions.models import (
    District,
    Hamlet,
    Province,
    Regency,
    RegencyKind,
    Region,
    Village,
    VillageKind,
    VillageWord,
)
from pilkades.apps.regions.names import normalise_name, split_query

RegionT = TypeVar("RegionT", bound=Region)
ModelT = TypeVar("ModelT", bound=Model)

NATIONAL_NAME = "Republik Indonesia"
_VILLAGE_WORDS = {
    VillageKind.DESA: "Desa",
    VillageKind.KELURAHAN: "Kelurahan",
    VillageKind.DESA_ADAT: "Desa Adat",
}


def get_village(code: str) -> Village:
    """The village with its district, regency and province; raises `Village.DoesNotExist`."""
    return _with_parents(Village.objects.all()).get(code=code)


def get_regency(code: str) -> Regency:
    """The regency with its province; raises `Regency.DoesNotExist`."""
    return Regency.objects.select_related("province").get(code=code)


def list_provinces() -> QuerySet[Province]:
    """Provinces in force, in order of code."""
    return Province.objects.filter(retired_at=None)


def list_regencies(*, province_code: str) -> QuerySet[Regency]:
    """Regencies and cities in force of a province."""
    return Regency.objects.filter(province_id=province_code, retired_at=None)


def list_districts(*, regency_code: str) -> QuerySet[District]:
    """Districts in force of a regency."""
    return District.objects.filter(regency_id=regency_code, retired_at=None)


def list_villages(*, regency_code: str = "", district_code: str = "") -> QuerySet[Village]:
    """Villages in force of a regency or of a district, with their parents."""
    if bool(regency_code) == bool(district_code):
        raise TypeError("give regency_code or district_code")
    here = Q(district_id=district_code) if district_code else Q(district__regency_id=regency_code)
    return _with_parents(Village.objects.filter(here, retired_at=None))


def list_hamlets(village_code: str) -> QuerySet[Hamlet]:
    """Hamlets of a village by name."""
    return Hamlet.objects.filter(village_id=village_code).order_by("name")


def list_villages_within(region_code: str) -> QuerySet[Village]:
    """Villages in force inside any region; the empty code is the whole country."""
    return _with_parents(Village.objects.filter(_within(region_code), retired_at=None))


def search_villages(*, query: str, within: str = "") -> QuerySet[Village]:
    """Villages whose name has a word beginning with the first word of the query.

    Further words narrow it: each must begin a word of the village's name or stand in the name of
    its district, regency or province ("dawuhan blitar"). A code is found as it is. The exact name
    comes first. Every condition is served by an index or by the few thousand districts.
    """
    villages = list_villages_within(within)
    code = query.strip()
    if code and code.replace(".", "").isdigit():
        return villages.filter(_within(code))
    words = split_query(query)
    if not words:
        return villages.none()
    villages = villages.filter(pk__in=_having_word(words[0]))
    for word in words[1:]:
        villages = villages.filter(Q(pk__in=_having_word(word)) | _parents_named(word))
    exact = When(search_name=" ".join(words), then=Value(0))
    return villages.annotate(
        distance=Case(exact, default=Value(1), output_field=IntegerField())
    ).order_by("distance", "search_name", "code")


def search_regions(*, query: str, within: str = "", limit: int = 30) -> tuple[tuple[str, str], ...]:
    """Regions of any level below the country, as (code, written out), for picking one of them.

    Regencies and districts by any part of the name, villages as in `search_villages`; at most
    `limit` of each. A code is found as it is.
    """
    words = normalise_name(query)
    if not words:
        return ()
    regencies = Regency.objects.filter(retired_at=None, search_name__contains=words)
    districts = District.objects.filter(retired_at=None, search_name__contains=words)
    found = [
        *((r.code, r.name) for r in _inside(regencies, within)[:limit]),
        *(
            (d.code, f"Kecamatan {d.name}, {d.regency.name}")
            for d in _inside(districts, within).select_related("regency")[:limit]
        ),
        *(
            (v.code, describe_village(v))
            for v in search_villages(query=query, within=within)[:limit]
        ),
    ]
    return tuple(found)


def get_head_title(regency: Regency) -> str:
    """Who heads it: "Bupati" of a kabupaten, "Wali Kota" of a kota.

    Law: UU 23/2014 art. 59(2): the head of a kabupaten is called bupati, of a kota wali kota.
    """
    return "Wali Kota" if regency.kind == RegencyKind.KOTA else "Bupati"


def describe_village(village: Village) -> str:
    """Desa Dawuhan, Kecamatan Kademangan, Kabupaten Blitar; the parents are read with it."""
    district = village.district
    word = _VILLAGE_WORDS[VillageKind(village.kind)]
    return f"{word} {village.name}, Kecamatan {district.name}, {district.regency.name}"


def describe_region(code: str) -> str:
    """Any region written out; the code itself where it is not in the list."""
    return describe_regions((code,))[code]


def describe_regions(codes: Iterable[str]) -> dict[str, str]:
    """Many regions written out in at most four queries, keyed by code."""
    wanted = set(codes)
    described = {code: code for code in wanted}
    if "" in wanted:
        described[""] = NATIONAL_NAME
    for province in Province.objects.filter(code__in=_of_length(wanted, 2)):
        described[province.code] = f"Provinsi {province.name}"
    for regency in Regency.objects.filter(code__in=_of_length(wanted, 5)):
        described[regency.code] = regency.name
    districts = District.objects.filter(code__in=_of_length(wanted, 8)).select_related("regency")
    for district in districts:
        described[district.code] = f"Kecamatan {district.name}, {district.regency.name}"
    villages = _with_parents(Village.objects.filter(code__in=_of_length(wanted, 13)))
    described |= {village.code: describe_village(village) for village in villages}
    return described


def annotate_region_names(rows: QuerySet[ModelT], *, code_field: str) -> QuerySet[ModelT]:
    """Add `region_name`, the name of the region in `code_field`, to rows; no query more.

    A village is named with its district, so that two of one name are told apart.
    """
    here = OuterRef(code_field)
    village = Village.objects.filter(pk=here).annotate(
        full=Concat("name", Value(", "), "district__name", output_field=CharField())
    )
    named = rows.annotate(
        region_name=Coalesce(
            Subquery(village.values("full")),
            Subquery(District.objects.filter(pk=here).values("name")),
            Subquery(Regency.objects.filter(pk=here).values("name")),
            Subquery(Province.objects.filter(pk=here).values("name")),
            Value(NATIONAL_NAME),
            output_field=CharField(),
        )
    )
    return cast("QuerySet[ModelT]", named)


def is_region_known(code: str) -> bool:
    """Whether this code is in force; the empty code, the whole country, always is."""
    if code == "":
        return True
    models = {2: Province, 5: Regency, 8: District, 13: Village}
    model = models.get(len(code))
    return bool(model and model._default_manager.filter(pk=code, retired_at=None).exists())


def get_time_zone(code: str) -> str:
    """The zone of any region below the country; raises `Province.DoesNotExist`."""
    return Province.objects.values_list("time_zone", flat=True).get(code=code[:2])


def list_path(code: str) -> list[tuple[str, str]]:
    """(code, name) from the province down to this region, for a trail of links."""
    codes: list[str] = []
    while code:
        codes.append(code)
        code = get_parent_code(code)
    names: dict[str, str] = {}
    for model, length in ((Province, 2), (Regency, 5), (District, 8), (Village, 13)):
        wanted = _of_length(codes, length)
        if wanted:
            names |= model._default_manager.filter(pk__in=wanted).values_list("pk", "name")
    return [(each, names[each]) for each in reversed(codes) if each in names]


def _with_parents(villages: QuerySet[Village]) -> QuerySet[Village]:
    return villages.select_related("district__regency__province")


def _within(code: str) -> Q:
    fields = {
        0: "",
        2: "district__regency__province_id",
        5: "district__regency_id",
        8: "district_id",
        13: "code",
    }
    field = fields.get(len(code))
    if field is None:
        return Q(pk__in=[])
    return Q(**{field: code}) if field else Q()


def _inside(regions: QuerySet[RegionT], within: str) -> QuerySet[RegionT]:
    if not within:
        return regions
    return regions.filter(Q(pk=within) | Q(pk__startswith=f"{within}."))


def _having_word(word: str) -> QuerySet[VillageWord, str]:
    return VillageWord.objects.filter(word__beginswith=word).values_list("village_id", flat=True)


def _parents_named(word: str) -> Q:
    part = normalise_name(word)
    return (
        Q(district__search_name__contains=part)
        | Q(district__regency__search_name__contains=part)
        | Q(district__regency__province__search_name__contains=part)
    )


def _of_length(codes: Iterable[str], length: int) -> list[str]:
    return [code for code in codes if len(code) == length]
