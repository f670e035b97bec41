"""Pages of the regions: find any village by name, or walk down from its province."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pilkades.apps.regions import selectors
from pilkades.apps.regions.edition import get_parent_code
from pilkades.apps.regions.forms import SearchForm
from pilkades.apps.regions.models import Region, Village

PAGE_ROWS = 50


@require_safe
def search(request: HttpRequest) -> HttpResponse:
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
        "page": _paginate(villages, request) if villages is not None else None,
    }
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


def _paginate(villages: QuerySet[Village], request: HttpRequest) -> object:
    return Paginator(villages, PAGE_ROWS).get_page(request.GET.get("halaman"))
