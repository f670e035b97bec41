"""The roll's home: how far it is, what stands in the way, and the committee's next act."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from pilkades.apps.design.tables import Column, build_table
from pilkades.apps.documents.services import table_response
from pilkades.apps.elections.forms.desk import VersionedForm
from pilkades.apps.elections.requests import find_village
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.elections.services.seats import is_seated, require_seat
from pilkades.apps.elections.views.village_pages import ActPage, render_village
from pilkades.apps.regulations.requests import get_request_actor, get_request_now, signed_in
from pilkades.apps.roll.models import Roll
from pilkades.apps.roll.requests import find_begun_roll
from pilkades.apps.roll.selectors.access import may_read_entries
from pilkades.apps.roll.selectors.readiness import list_obstacles
from pilkades.apps.roll.selectors.rolls import find_roll
from pilkades.apps.roll.selectors.totals import count_totals, list_totals
from pilkades.apps.roll.services.stages import RULES, StageAct, carry_out, find_next_act
from pilkades.apps.roll.views.stage_pages import describe_obstacles, run_stage
from pilkades.apps.roll.views.stage_words import LOCK_TITLE, STEP_TITLES, WORDS


@signed_in
@require_safe
def home(request: HttpRequest, village_code: str) -> HttpResponse:
    """Where the roll stands; who may not read entries sees totals and stages only."""
    context = find_village(request, village_code)
    actor = get_request_actor(request)
    roll = find_roll(context)
    may_read = may_read_entries(actor, village_code)
    next_act = find_next_act(roll) if roll else None
    obstacles = list_obstacles(context, roll) if may_read else ()
    values: dict[str, Any] = {
        "roll": roll,
        "totals": count_totals(roll),
        "steps": _list_steps(context, roll, next_act),
        "next_words": WORDS[next_act] if next_act else None,
        "next_step": context.find_step(RULES[next_act].step) if next_act else None,
        "obstacles": describe_obstacles(obstacles, village_code),
        "may_act": is_seated(actor, context),
        "may_read": may_read,
        "is_proposer": roll is not None and roll.lock_proposed_by_id == actor.user_id,
        "here": "home",
    }
    return render_village(request, "roll/home.html", context, values)


@signed_in
@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, village_code: str, slug: str) -> HttpResponse:
    """One act of the roll's way: its consequence, what is open, and the decision."""
    context, roll = find_begun_roll(request, village_code)
    require_seat(get_request_actor(request), context)
    chosen = next((item for item, words in WORDS.items() if words.slug == slug), None)
    if chosen is None:
        raise Http404
    words, rule = WORDS[chosen], RULES[chosen]
    page = ActPage(
        title=str(words.title),
        submit=str(words.submit),
        success=_("Tercatat. Langkah di jadwal ikut dicatat."),
        back=reverse("roll:home", args=[village_code]),
        consequence=str(words.consequence),
        article=context.article_of(rule.step),
    )
    return run_stage(
        request,
        context,
        roll,
        page,
        form=VersionedForm(request.POST or None, initial={"version": roll.version}),
        write=lambda data: carry_out(
            actor=get_request_actor(request),
            now=get_request_now(request),
            roll_uuid=roll.uuid,
            expected_version=data["version"],
            act=chosen,
        ),
        shows_obstacles=rule.is_one_day,
    )


@signed_in
@require_safe
def totals(request: HttpRequest, village_code: str) -> HttpResponse:
    """Men and women of every hamlet, RW and RT, and of every station."""
    context = find_village(request, village_code)
    roll = find_roll(context)
    rows = list_totals(roll, ("hamlet__name", "rw", "rt")) if roll else []
    places = build_table(
        caption=_("Pemilih per dusun, RW, dan RT"),
        columns=[
            Column(
                key="dusun", title=_("Dusun"), value=lambda row: row.place[0] or "—", is_header=True
            ),
            Column(key="rw", title=_("RW"), value=lambda row: row.place[1]),
            Column(key="rt", title=_("RT"), value=lambda row: row.place[2]),
            *_COUNT_COLUMNS,
        ],
        rows=rows,
        query=request.GET,
        page_size=200,
    )
    download = table_response(
        request=request, table=places, filename=f"jumlah-pemilih-{village_code}"
    )
    if download:
        return download  # type: ignore[return-value]
    stations = list_totals(roll, ("station__kind", "station__number")) if roll else []
    values = {
        "roll": roll,
        "totals": count_totals(roll),
        "places": places,
        "stations": [row for row in stations if row.place[1] is not None],
        "unplaced": next((row.totals for row in stations if row.place[1] is None), None),
        "may_read": may_read_entries(get_request_actor(request), village_code),
        "here": "totals",
    }
    return render_village(request, "roll/totals.html", context, values)


_COUNT_COLUMNS = (
    Column(
        key="l",
        title=gettext_lazy("L"),
        value="totals.men",
        kind="number",
        sort=lambda row: row.totals.men,
    ),
    Column(
        key="p",
        title=gettext_lazy("P"),
        value="totals.women",
        kind="number",
        sort=lambda row: row.totals.women,
    ),
    Column(
        key="jumlah",
        title=gettext_lazy("Jumlah"),
        value="totals.total",
        kind="number",
        sort=lambda row: row.totals.total,
    ),
)


def _list_steps(
    context: VillageElection, roll: Roll | None, next_act: StageAct | None
) -> list[dict[str, Any]]:
    """The way as the stepper shows it, the lock at its end."""
    steps: list[dict[str, Any]] = [
        {
            "title": STEP_TITLES[act],
            "state": _grade(roll, rule.marks, is_current=act is next_act),
        }
        for act, rule in RULES.items()
    ]
    is_last = roll is not None and next_act is None
    steps.append({"title": LOCK_TITLE, "state": _grade(roll, "locked_at", is_current=is_last)})
    return steps


def _grade(roll: Roll | None, marks: str, *, is_current: bool) -> str:
    if roll is not None and getattr(roll, marks) is not None:
        return "done"
    return "current" if is_current else "todo"
