"""The roll's home: how far it is, what stands in the way, and the committee's next act."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from pilkades.apps.design.tables import Column, build_table
from pilkades.apps.documents.services import table_response
from pilkades.apps.elections.forms.desk import VersionedForm
from pilkades.apps.elections.requests import find_village
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.elections.services.seats import is_seated, require_seat
from pilkades.apps.elections.views.village_pages import ActPage, render_village, run_act
from pilkades.apps.regulations.requests import get_request_actor, get_request_now, signed_in
from pilkades.apps.roll.forms.entries import ConfirmLockForm, ReasonForm
from pilkades.apps.roll.models import Roll
from pilkades.apps.roll.requests import find_begun_roll
from pilkades.apps.roll.selectors.access import may_read_entries
from pilkades.apps.roll.selectors.digest import compute_digest
from pilkades.apps.roll.selectors.readiness import Obstacle, list_obstacles
from pilkades.apps.roll.selectors.rolls import find_roll
from pilkades.apps.roll.selectors.totals import count_totals, list_totals
from pilkades.apps.roll.services.lock import confirm_lock, propose_lock, withdraw_lock
from pilkades.apps.roll.services.stages import RULES, StageAct, carry_out, find_next_act
from pilkades.text import Text


@dataclass(frozen=True, slots=True)
class ActWords:
    """How an act is called, and what it does that cannot be undone."""

    slug: str
    title: Promise
    submit: Promise
    consequence: Promise


WORDS: Mapping[StageAct, ActWords] = {
    StageAct.FIX_PROVISIONAL: ActWords(
        "tetapkan-dps",
        gettext_lazy("Tetapkan DPS"),
        gettext_lazy("Tetapkan DPS"),
        gettext_lazy(
            "Pemilih diberi nomor menurut dusun, RW, RT, dan nama. Yang ditambahkan sesudahnya "
            "masuk daftar tambahan. Keputusan ini tidak dapat ditarik."
        ),
    ),
    StageAct.ANNOUNCE_PROVISIONAL: ActWords(
        "umumkan-dps",
        gettext_lazy("Umumkan DPS"),
        gettext_lazy("Catat DPS diumumkan hari ini"),
        gettext_lazy(
            "Masa pengumuman mulai dihitung hari ini, dan warga dapat mengajukan perbaikan. "
            "Pastikan daftarnya sudah ditempel dengan NIK tersamar."
        ),
    ),
    StageAct.OPEN_ADDITIONS: ActWords(
        "buka-tambahan",
        gettext_lazy("Buka pencatatan pemilih tambahan"),
        gettext_lazy("Buka pencatatan"),
        gettext_lazy("Masa pencatatan pemilih tambahan mulai dihitung hari ini."),
    ),
    StageAct.ANNOUNCE_ADDITIONS: ActWords(
        "umumkan-tambahan",
        gettext_lazy("Umumkan daftar pemilih tambahan"),
        gettext_lazy("Catat daftar tambahan diumumkan hari ini"),
        gettext_lazy("Masa pengumuman daftar tambahan mulai dihitung hari ini."),
    ),
    StageAct.FIX_FINAL: ActWords(
        "tetapkan-dpt",
        gettext_lazy("Tetapkan DPT"),
        gettext_lazy("Tetapkan DPT"),
        gettext_lazy(
            "Seluruh pemilih diberi nomor baru menurut dusun, RW, RT, dan nama. Nomor DPS tidak "
            "berlaku lagi. Keputusan ini tidak dapat ditarik; sesudah ini DPT dikunci dua orang."
        ),
    ),
    StageAct.ANNOUNCE_FINAL: ActWords(
        "umumkan-dpt",
        gettext_lazy("Umumkan DPT"),
        gettext_lazy("Catat DPT diumumkan hari ini"),
        gettext_lazy("Masa pengumuman DPT mulai dihitung hari ini."),
    ),
}
LOCK_TITLE = Text("DPT dikunci dua orang")
STEP_TITLES: Mapping[StageAct, Text] = {
    StageAct.FIX_PROVISIONAL: Text("DPS ditetapkan"),
    StageAct.ANNOUNCE_PROVISIONAL: Text("DPS diumumkan"),
    StageAct.OPEN_ADDITIONS: Text("Tambahan dicatat"),
    StageAct.ANNOUNCE_ADDITIONS: Text("Tambahan diumumkan"),
    StageAct.FIX_FINAL: Text("DPT ditetapkan"),
    StageAct.ANNOUNCE_FINAL: Text("DPT diumumkan"),
}


@signed_in
@require_safe
def home(request: HttpRequest, village_code: str) -> HttpResponse:
    """Where the roll stands; who may not read entries sees totals and stages only."""
    context = find_village(request, village_code)
    actor = get_request_actor(request)
    roll = find_roll(context)
    may_read = may_read_entries(actor, village_code)
    next_act = find_next_act(roll) if roll else None
    values: dict[str, Any] = {
        "roll": roll,
        "totals": count_totals(roll),
        "steps": _list_steps(context, roll, next_act),
        "next_words": WORDS[next_act] if next_act else None,
        "next_step": context.find_step(RULES[next_act].step) if next_act else None,
        "obstacles": _describe(list_obstacles(context, roll), village_code) if may_read else (),
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
    return _run(
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
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, village_code: str) -> HttpResponse:
    """The first of two says that the DPT is right."""
    context, roll = find_begun_roll(request, village_code)
    require_seat(get_request_actor(request), context)
    page = ActPage(
        title=_("Usulkan penguncian DPT"),
        submit=_("Usulkan penguncian"),
        success=_("Usulan tercatat. Anggota panitia lain sekarang memeriksa dan mengesahkan."),
        back=reverse("roll:home", args=[village_code]),
        consequence=_(
            "Setelah disahkan orang kedua, tidak ada pemilih yang dapat ditambah, diperbaiki, atau "
            "dicoret. Yang meninggal atau pindah hanya diberi catatan."
        ),
        article=context.article_of("final_roll_fixed"),
    )
    return _run(
        request,
        context,
        roll,
        page,
        form=VersionedForm(request.POST or None, initial={"version": roll.version}),
        write=lambda data: propose_lock(
            actor=get_request_actor(request),
            now=get_request_now(request),
            roll_uuid=roll.uuid,
            expected_version=data["version"],
        ),
        shows_obstacles=True,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, village_code: str) -> HttpResponse:
    """Take a proposal back, with the reason."""
    context, roll = find_begun_roll(request, village_code)
    require_seat(get_request_actor(request), context)
    page = ActPage(
        title=_("Tarik usulan penguncian"),
        submit=_("Tarik usulan"),
        success=_("Usulan ditarik. DPT belum dikunci."),
        back=reverse("roll:home", args=[village_code]),
    )
    return _run(
        request,
        context,
        roll,
        page,
        form=ReasonForm(request.POST or None, initial={"version": roll.version}),
        write=lambda data: withdraw_lock(
            actor=get_request_actor(request),
            now=get_request_now(request),
            roll_uuid=roll.uuid,
            expected_version=data["version"],
            reason=data["reason"],
        ),
    )


@signed_in
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, village_code: str) -> HttpResponse:
    """The second of two locks what the first proposed."""
    context, roll = find_begun_roll(request, village_code)
    require_seat(get_request_actor(request), context)
    page = ActPage(
        title=_("Kunci DPT"),
        submit=_("Kunci DPT"),
        success=_("DPT dikunci. Sesudah ini hanya catatan yang dapat ditambahkan."),
        back=reverse("roll:home", args=[village_code]),
        consequence=_(
            "Ini tidak dapat dibatalkan. Tidak ada pemilih yang dapat ditambah, diperbaiki, atau "
            "dicoret; yang meninggal atau pindah hanya diberi catatan."
        ),
        article=context.article_of("final_roll_fixed"),
    )
    is_same = bool(roll.lock_digest) and compute_digest(roll) == roll.lock_digest
    return _run(
        request,
        context,
        roll,
        page,
        form=ConfirmLockForm(
            request.POST or None, initial={"version": roll.version, "digest": roll.lock_digest}
        ),
        write=lambda data: confirm_lock(
            actor=get_request_actor(request),
            now=get_request_now(request),
            roll_uuid=roll.uuid,
            expected_version=data["version"],
            digest=data["digest"],
        ),
        shows_obstacles=True,
        values={"is_same": is_same, "is_confirmation": True},
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


def _run(
    request: HttpRequest,
    context: VillageElection,
    roll: Roll,
    page: ActPage,
    *,
    form: forms.Form,
    write: Callable[[Mapping[str, Any]], object],
    shows_obstacles: bool = False,
    values: Mapping[str, Any] | None = None,
) -> HttpResponse:
    obstacles = list_obstacles(context, roll) if shows_obstacles else ()
    shown = {
        "roll": roll,
        "totals": count_totals(roll),
        "obstacles": _describe(obstacles, context.village_code),
        **(values or {}),
    }
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: write(form.cleaned_data),
        goal=page.back,
        template="roll/act.html",
        values=shown,
        version=roll.version,
    )


def _describe(obstacles: tuple[Obstacle, ...], village_code: str) -> list[dict[str, Any]]:
    """Every obstacle with the page on which it is settled."""
    return [
        {"item": obstacle, "href": _find_page(obstacle, village_code)} for obstacle in obstacles
    ]


def _find_page(obstacle: Obstacle, village_code: str) -> str:
    if not obstacle.url_name:
        return reverse("roll:list", args=[village_code, obstacle.check.value])
    try:
        return reverse(obstacle.url_name, args=[village_code])
    except NoReverseMatch:
        return ""


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
