"""Signing in: the form, the link that sets a password, and the personas of the demo."""

from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.account.signals import user_logged_in
from allauth.account.views import LoginView
from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from pilkades.apps.accounts import services
from pilkades.apps.accounts.adapters import WAIT_CODE
from pilkades.apps.accounts.devices import remember_device
from pilkades.apps.accounts.digests import digest_token
from pilkades.apps.accounts.forms.people import FirstPasswordForm
from pilkades.apps.accounts.receivers import DEMO_METHOD
from pilkades.apps.accounts.selectors import (
    group_demo_personas,
    list_demo_personas,
    list_open_links,
)


class SignInView(LoginView):
    """The sign-in page; while an account rests it answers 429 and says for how long."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """In the demo, the personas too."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["persona_groups"] = group_demo_personas() if settings.PILKADES_DEMO else []
        context["has_ended"] = "berakhir" in self.request.GET
        return context

    def form_invalid(self, form: Form) -> HttpResponse:
        """Say how long to wait also to programs."""
        response: HttpResponse = super().form_invalid(form)
        for error in form.non_field_errors().as_data():
            if error.code == WAIT_CODE and error.params:
                response.status_code = 429
                response["Retry-After"] = str(error.params["seconds"])
        return response


@require_POST
def take_on_persona(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """In the demo only: be one of its people with one click."""
    if not settings.PILKADES_DEMO:
        raise Http404
    persona = get_object_or_404(list_demo_personas(), uuid=uuid)
    get_adapter().login(request, persona)
    user_logged_in.send(
        sender=type(persona), request=request, user=persona, response=None, method=DEMO_METHOD
    )
    return redirect(settings.LOGIN_REDIRECT_URL)


@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
def activate(request: HttpRequest, token: str) -> HttpResponse:
    """Set a password by a link that works once."""
    now = request.now  # type: ignore[attr-defined]
    link = list_open_links(now=now).filter(token_sha256=digest_token(token)).first()
    if link is None:
        return render(request, "accounts/link_spent.html", status=410)
    form = FirstPasswordForm(request.POST or None, user=link.user)
    if request.method == "POST" and form.is_valid():
        services.activate_account(token=token, password=form.cleaned_data["password"], now=now)
        messages.success(request, gettext("Kata sandi tersimpan. Silakan masuk."))
        response = redirect("account_login")
        # Whoever guesses at the account from beside its owner does not keep them waiting now.
        remember_device(request, response, link.user_id)
        return response
    return render(request, "accounts/activate.html", {"form": form, "link": link})
