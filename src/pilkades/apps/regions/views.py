"""Pages of the regions: find any village by name, or walk down from its province."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from pilkades.apps.design.tables import Column, Table, build_table
from pilkades.apps.documents.services import table_response
from pilkades.apps.regions import selectors
from pilkades.apps.regions.edition import get_parent_code
from pilkades.apps.regions.forms import SearchForm
from pilkades.apps.regions.models import Region, Village
from pilkades.apps.regions.pages import build_village_urls

# Below the province a file stays small enough to make for anybody who asks.
DOWNLOAD_CODE_LENGTH = 5


@require_safe
def search(request: HttpRequest) -> HttpResponseBase:
    """`?q=` finds villages, inside `?induk=` where given; without `q` the regions below `induk`."""
    form = SearchForm(request.GET)
    if not form.is_valid():
        return render(request, "regions/search.html", {"form": form, "path": []}, status=400)
    query, above = form.cleaned_data["q"], form.cleaned_data["induk"]
    path = selectors.list_path(above)
    if above and (not path or path[-1][0] != above):
        raise Http404
    villages = _find_villages(query=query, above=above)
    context = {
        "form": form,
        "query": query,
        "above": above,
        "path": path,
        "parent": get_parent_code(above),
        "children": [] if villages is not None else _list_children(above),
        "table": None,
    }
    if villages is not None:
        table = _build_table(villages, request, has_download=len(above) >= DOWNLOAD_CODE_LENGTH)
        download = table_response(request=request, table=table, filename="desa")
        if download and table.download_url:
            return download
        context["table"] = table
    return render(request, "regions/search.html", context)


def _find_villages(*, query: str, above: str) -> QuerySet[Village] | None:
    """What to list as villages; None where the regions between are listed instead."""
    if query:
        return selectors.search_villages(query=query, within=above)
    if len(above) >= 8:
        return selectors.list_villages_within(above)
    return None


def _list_children(above: str) -> list[Region]:
    match len(above):
        case 0:
            return list(selectors.list_provinces())
        case 2:
            return list(selectors.list_regencies(province_code=above))
        case _:
            return list(selectors.list_districts(regency_code=above))


def _build_table(villages: QuerySet[Village], request: HttpRequest, *, has_download: bool) -> Table:
    find_url = build_village_urls()
    columns = [
        Column(
            key="nama",
            title=_("Desa"),
            value="name",
            sort="search_name",
            href=lambda village: find_url(village.code),
            is_header=True,
        ),
        Column(key="jenis", title=_("Jenis"), value=lambda village: village.get_kind_display()),
        Column(
            key="kecamatan",
            title=_("Kecamatan"),
            value="district.name",
            sort="district__search_name",
            href=lambda village: f"?induk={village.district_id}",
        ),
        Column(
            key="kabupaten",
            title=_("Kabupaten/kota"),
            value="district.regency.name",
            sort="district__regency__search_name",
        ),
        Column(
            key="provinsi",
            title=_("Provinsi"),
            value="district.regency.province.name",
            sort="district__regency__province__search_name",
        ),
        Column(
            key="waktu",
            title=_("Waktu"),
            value=lambda v: v.district.regency.province.get_time_zone_display(),
        ),
        Column(key="kode", title=_("Kode"), value="code", sort="code"),
    ]
    caption = _("Daftar desa")
    return build_table(
        caption=caption,
        columns=columns,
        rows=villages,
        query=request.GET,
        has_download=has_download,
    )
