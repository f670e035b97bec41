"""The lock of the DPT on the screen: proposed by one, withdrawn, confirmed by another."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pilkades.apps.elections.forms.desk import VersionedForm
from pilkades.apps.elections.services.seats import require_seat
from pilkades.apps.elections.views.village_pages import ActPage
from pilkades.apps.regulations.requests import get_request_actor, get_request_now, signed_in
from pilkades.apps.roll.forms.entries import ConfirmLockForm, ReasonForm
from pilkades.apps.roll.requests import find_begun_roll
from pilkades.apps.roll.selectors.digest import compute_digest
from pilkades.apps.roll.services.lock import confirm_lock, propose_lock, withdraw_lock
from pilkades.apps.roll.views.stage_pages import run_stage


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
    return run_stage(
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
    return run_stage(
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
    return run_stage(
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
