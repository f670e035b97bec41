"""The lists that the committee looks through: who stands out, why, and a workbook of each."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pilkades.apps.design.tables import Column, build_table
from pilkades.apps.design.texts import translate
from pilkades.apps.documents.services import table_response
from pilkades.apps.elections.views.village_pages import render_village
from pilkades.apps.regulations.requests import signed_in
from pilkades.apps.roll.models import RollEntry
from pilkades.apps.roll.requests import find_roll_village
from pilkades.apps.roll.selectors.entries import list_standing
from pilkades.apps.roll.selectors.lists import LISTED, judge_roll, name_checks
from pilkades.apps.roll.views.entries import list_columns
from pilkades.law.roll import Effect, RollCheck, RollRules
from pilkades.text import Text

STATUS = {Effect.BLOCK: "bad", Effect.WARN: "warn", Effect.NOTE: "info"}
EFFECTS = {
    Effect.BLOCK: Text("Menghalangi"),
    Effect.WARN: Text("Peringatan"),
    Effect.NOTE: Text("Untuk diketahui"),
}


@signed_in
@require_safe
def index(request: HttpRequest, village_code: str) -> HttpResponse:
    """Every list with its count and weight."""
    context, roll = find_roll_village(request, village_code)
    rules, judged = RollRules.from_pack(context.pack), judge_roll(context, roll)
    titles = name_checks(rules)
    lists = [
        {
            "check": check,
            "title": titles[check],
            "count": len(judged[check]),
            "effect": EFFECTS[rules.weigh(check).effect],
            "status": STATUS[rules.weigh(check).effect] if judged[check] else "ok",
            "article": rules.weigh(check).article,
        }
        for check in LISTED
    ]
    values = {"roll": roll, "lists": lists, "may_read": True, "here": "lists"}
    return render_village(request, "roll/lists.html", context, values)


@signed_in
@require_safe
def show(request: HttpRequest, village_code: str, check: str) -> HttpResponseBase:
    """One list, with the reason of each line."""
    context, roll = find_roll_village(request, village_code)
    if check not in {item.value for item in LISTED}:
        raise Http404
    chosen, rules = RollCheck(check), RollRules.from_pack(context.pack)
    title = name_checks(rules)[chosen]
    reasons = {item.entry_pk: item.reason for item in judge_roll(context, roll)[chosen]}
    entries = [entry for entry in _read(list_standing(roll), reasons) if entry.pk in reasons]
    rows = [Line(entry, translate(reasons[entry.pk])) for entry in entries]
    table = build_table(
        caption=title,
        columns=[*_of_entry(village_code), _reason_column()],
        rows=rows,
        query=request.GET,
        search=("entry.full_name", "entry.address"),
    )
    slug = check.replace("_", "-")
    download = table_response(request=request, table=table, filename=f"{slug}-{village_code}")
    if download:
        return download
    rule = rules.weigh(chosen)
    values = {
        "roll": roll,
        "title": title,
        "table": table,
        "rule": rule,
        "effect": EFFECTS[rule.effect],
        "status": STATUS[rule.effect],
        "may_read": True,
        "here": "lists",
    }
    return render_village(request, "roll/list.html", context, values)


@dataclass(frozen=True, slots=True)
class Line:
    """One entry in a list, with the sentence that says why."""

    entry: RollEntry
    reason: str


def _read(entries: Any, reasons: dict[int, Text]) -> Any:
    """Few are asked for by key; with many, reading all in order costs one query as well."""
    return entries.filter(pk__in=list(reasons)) if len(reasons) <= _FEW else entries


_FEW = 500


def _of_entry(village_code: str) -> list[Column]:
    """The columns of the roll, read through the line; all of them standing."""
    return [
        Column(
            key=column.key,
            title=column.title,
            value=_through(column),
            kind=column.kind,
            is_header=column.is_header,
            href=_href_through(column),
        )
        for column in list_columns(village_code)
        if column.key != "keadaan"
    ]


def _through(column: Column) -> Any:
    return lambda line: column.read(line.entry)


def _href_through(column: Column) -> Any:
    href = column.href
    return (lambda line: href(line.entry)) if href is not None else None


def _reason_column() -> Column:
    return Column(key="sebab", title=_("Sebab"), value="reason")
