"""Reading rule packs: adopted ones are public, proposals are for those who decide on them."""

from collections.abc import Iterable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from pilkades.apps.design.texts import translate
from pilkades.apps.documents.services import Sheet, is_download, page_response
from pilkades.apps.regions.selectors import describe_region
from pilkades.apps.regulations import selectors
from pilkades.apps.regulations.forms import AdoptForm, ApproveForm, FilterForm, VersionForm
from pilkades.apps.regulations.models import PackStatus, PackVersion, RuleApproval
from pilkades.apps.regulations.requests import (
    find_region,
    get_request_actor,
    get_request_today,
)
from pilkades.apps.regulations.selectors.entries import EntryRow
from pilkades.apps.regulations.words import name_change, write_title
from pilkades.law.pack import RulePack
from pilkades.text import Text

_SIDE = (Text("Nilai"), Text("Pasal"), Text("Status"))


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Packs in force everywhere, and for officials the proposals of their region."""
    actor = get_request_actor(request)
    region = find_region(actor, selectors.GOVERNING_ROLES)
    adopted = selectors.list_adopted_versions()
    proposals = selectors.list_proposals(region) if region is not None else []
    if is_download(request):
        sheets = [_list_version_rows(adopted, title=gettext("Sedang berlaku"))]
        if region is not None:
            sheets.append(_list_version_rows(proposals, title=gettext("Usulan")))
        return page_response(filename="paket-aturan", sheets=sheets)
    context = {
        "adopted": adopted,
        "proposals": proposals,
        "region_code": region,
        "region_name": describe_region(region) if region is not None else "",
        "actor": actor,
    }
    return render(request, "regulations/index.html", context)


@require_safe
def version(request: HttpRequest, pack_uuid: UUID) -> HttpResponse:
    """One version as a table: value, article, how sure, who approved it."""
    row = get_visible(request, pack_uuid)
    pack = selectors.get_rule_pack(row)
    if is_download(request):
        return page_response(filename=f"aturan-{row.pack_id}", sheets=[_list_rule_rows(pack)])
    form = FilterForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    every = selectors.list_entry_rows(pack)
    rows = selectors.list_entry_rows(
        pack, only_unverified=chosen.get("saring") == "verifikasi", search=chosen.get("cari", "")
    )
    actor = get_request_actor(request)
    context = {
        "version": row,
        "pack": pack,
        "form": form,
        "groups": selectors.group_entry_rows(rows),
        "row_count": len(rows),
        "total_count": len(every),
        "unverified_count": sum(r.is_unverified for r in every),
        "others": selectors.list_versions(row.region_code).exclude(pk=row.pk)[:20],
        "may_govern": selectors.may_govern(actor, row.region_code),
        "may_adopt": selectors.may_adopt(actor, row),
        "is_own_proposal": row.proposed_by_id == actor.user_id,
        "adopt_form": AdoptForm(
            initial={
                "version": row.version,
                "effective_date": pack.effective_date or get_request_today(request),
            }
        ),
        "withdraw_form": VersionForm(initial={"version": row.version}),
        "region_name": describe_region(row.region_code),
    }
    return render(request, "regulations/version.html", context)


@require_safe
def rule(request: HttpRequest, pack_id: str, slug: str) -> HttpResponse:
    """The permanent address of a rule: what the pack of this name says today."""
    row = selectors.find_current_version(pack_id=pack_id, on=get_request_today(request))
    if row is None:
        raise Http404
    return show_rule(request, row, slug)


@require_safe
def version_rule(request: HttpRequest, pack_uuid: UUID, slug: str) -> HttpResponse:
    """The same page for one particular version."""
    return show_rule(request, get_visible(request, pack_uuid), slug)


@require_safe
def article(request: HttpRequest) -> HttpResponse:
    """Where an article reference leads: the one rule that rests on it, or the list of them."""
    reference = request.GET.get("pasal", "").strip()[:300]
    found: list[tuple[PackVersion, EntryRow]] = []
    for row in selectors.list_adopted_versions():
        pack = selectors.get_plain_pack(row)
        found += [(row, entry) for entry in selectors.list_rows_of_article(pack, reference)]
    if is_download(request):
        return page_response(filename="aturan-menurut-pasal", sheets=[_list_article_rows(found)])
    if len(found) == 1:
        return redirect("regulations:version-rule", found[0][0].uuid, found[0][1].slug)
    return render(request, "regulations/article.html", {"reference": reference, "found": found})


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Two versions side by side: `?a=…&b=…`; without them the choice of what to compare."""
    actor = get_request_actor(request)
    region = find_region(actor, selectors.GOVERNING_ROLES)
    choices = (
        list(selectors.list_versions(region))
        if region is not None
        else list(selectors.list_adopted_versions())
    )
    before = _find_visible(request, request.GET.get("a", ""))
    after = _find_visible(request, request.GET.get("b", ""))
    changes = (
        selectors.compare_packs(
            before=selectors.get_rule_pack(before), after=selectors.get_rule_pack(after)
        )
        if before and after
        else ()
    )
    if before and after and is_download(request):
        return page_response(
            filename=f"banding-{before.pack_id}-{after.pack_id}",
            sheets=[_list_change_rows(before, after, changes)],
        )
    context = {
        "choices": choices,
        "before": before,
        "after": after,
        "changes": changes,
    }
    return render(request, "regulations/compare.html", context)


@require_safe
def source(request: HttpRequest, pack_uuid: UUID) -> HttpResponse:
    """The file exactly as it was put forward."""
    row = get_visible(request, pack_uuid)
    response = HttpResponse(row.source, content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{row.pack_id}.toml"'
    response["X-Content-SHA256"] = row.sha256
    return response


def _list_rule_rows(pack: RulePack) -> Sheet:
    return Sheet(
        title=gettext("Aturan"),
        columns=[
            gettext("Aturan"),
            gettext("Penjelasan"),
            gettext("Nilai"),
            gettext("Pasal"),
            gettext("Status"),
            gettext("Berlaku"),
            gettext("Disetujui"),
            gettext("Catatan"),
        ],
        rows=(selectors.write_cells(entry) for entry in selectors.list_entry_rows(pack)),
    )


def _list_version_rows(versions: Iterable[PackVersion], *, title: str) -> Sheet:
    return Sheet(
        title=title,
        columns=[
            gettext("Judul"),
            gettext("Paket"),
            gettext("Versi"),
            gettext("Wilayah"),
            gettext("Status"),
            gettext("Berlaku"),
        ],
        rows=(
            [
                row.title,
                row.pack_id,
                row.version_label,
                row.region_code,
                row.get_status_display(),
                row.effective_date,
            ]
            for row in versions
        ),
    )


def _list_article_rows(found: Iterable[tuple[PackVersion, EntryRow]]) -> Sheet:
    return Sheet(
        title=gettext("Aturan"),
        columns=[
            gettext("Paket"),
            gettext("Aturan"),
            gettext("Penjelasan"),
            gettext("Nilai"),
            gettext("Pasal"),
            gettext("Status"),
        ],
        rows=([_label(row), *selectors.write_cells(entry)[:5]] for row, entry in found),
    )


def _list_change_rows(
    before: PackVersion, after: PackVersion, changes: tuple[selectors.EntryChange, ...]
) -> Sheet:
    columns = [
        gettext("Aturan"),
        gettext("Penjelasan"),
        gettext("Perubahan"),
        *(f"{pack}: {translate(t)}" for pack in (_label(before), _label(after)) for t in _SIDE),
    ]
    rows = (
        [
            change.key,
            write_title(translate(change.row.label)),
            name_change(change.kind),
            *_side_cells(change.before),
            *_side_cells(change.after),
        ]
        for change in changes
    )
    return Sheet(title=gettext("Perbedaan"), columns=columns, rows=rows)


def _side_cells(entry: EntryRow | None) -> list[str]:
    """Value, article and status of one side; empty where that pack has no such row."""
    if entry is None:
        return [""] * len(_SIDE)
    _, _, value, article, status, *_ = selectors.write_cells(entry)
    return [value, article, status]


def _label(version: PackVersion) -> str:
    return f"{version.pack_id} {version.version_label}"


def show_rule(
    request: HttpRequest,
    row: PackVersion,
    slug: str,
    *,
    form: ApproveForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """One rule on its own page; `form` carries input that was not accepted."""
    actor, region = get_request_actor(request), row.region_code
    desk_region = find_region(actor, selectors.GOVERNING_ROLES)
    entry = selectors.find_entry_row(
        selectors.get_rule_pack(row, region_code=region if desk_region is None else desk_region),
        slug,
    )
    if entry is None:
        raise Http404
    approvals = RuleApproval.objects.filter(entry_key=entry.key).select_related("approved_by")
    plain = selectors.find_entry_row(selectors.get_plain_pack(row), slug)
    context = {
        "version": row,
        "entry": entry,
        "approvals": [a for a in approvals if a.value_sha256 == entry.digest],
        "history": selectors.list_history(row, slug),
        "region_name": describe_region(region),
        "desk_region_name": describe_region(desk_region) if desk_region is not None else "",
        "may_approve": desk_region is not None and entry.is_unverified,
        "approve_form": form or ApproveForm(initial={"digest": plain.digest if plain else ""}),
    }
    return render(request, "regulations/rule.html", context, status=status)


def get_visible(request: HttpRequest, pack_uuid: UUID) -> PackVersion:
    """A version this visitor may read; a proposal does not exist for strangers."""
    row = PackVersion.objects.select_related("base", "proposed_by", "adopted_by", "superseded_by")
    found = row.filter(uuid=pack_uuid).first()
    if found is None or not _is_visible(request, found):
        raise Http404
    return found


def _find_visible(request: HttpRequest, text: str) -> PackVersion | None:
    try:
        return get_visible(request, UUID(text))
    except (ValueError, Http404):
        return None


def _is_visible(request: HttpRequest, row: PackVersion) -> bool:
    if row.status in (PackStatus.ADOPTED, PackStatus.SUPERSEDED):
        return True
    return selectors.may_govern(get_request_actor(request), row.region_code)
