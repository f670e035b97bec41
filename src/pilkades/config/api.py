"""The REST API of version 1: each app's router under one address, described by OpenAPI.

Reading what is public needs no sign-in; everything else uses the session and its CSRF token, like
the pages. Refusals leave as exceptions and become `{code, message, article?}` in `config.errors`.
"""

from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from pilkades import __version__
from pilkades.apps.accounts.api import CsrfRefusedError
from pilkades.apps.accounts.public_forms import TooManyFormsError
from pilkades.apps.design.texts import translate
from pilkades.apps.regulations.selectors.packs import PackNotFoundError
from pilkades.config import errors
from pilkades.errors import PilkadesError

api = NinjaAPI(
    title="Pilkades",
    version=__version__,
    description="API pemilihan kepala desa. Yang umum terbuka; yang lain memakai sesi masuk.",
    urls_namespace="api",
    openapi_url="openapi.json",
    # The interactive page would load its script from another host, which our policy forbids.
    docs_url=None,
)
api.add_router("/sesi", "pilkades.apps.accounts.api.router", tags=["sesi"])
api.add_router("/wilayah", "pilkades.apps.regions.api.router", tags=["wilayah"])
api.add_router("/aturan", "pilkades.apps.regulations.api.router", tags=["aturan"])
api.add_router("/buku-catatan", "pilkades.apps.audit.api.router", tags=["buku catatan"])
api.add_router("", "pilkades.apps.elections.api.router")


@api.exception_handler(ValidationError)
def refuse_invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """400: a parameter is missing or is not what it claims to be; names it."""
    places = sorted({".".join(str(part) for part in item["loc"]) for item in error.errors})
    message = gettext("Isian tidak terbaca: %(places)s.") % {"places": ", ".join(places)}
    return api.create_response(request, {"code": "request.invalid", "message": message}, status=400)


@api.exception_handler(AuthenticationError)
def refuse_anonymous(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """401: this needs a sign-in."""
    message = gettext("Masuk dahulu, lalu ulangi.")
    return api.create_response(request, {"code": "signin.required", "message": message}, status=401)


@api.exception_handler(HttpError)
def refuse_unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """The body is not JSON, or similar."""
    body = {"code": "request.malformed", "message": gettext("Isi permintaan tidak terbaca.")}
    return api.create_response(request, body, status=error.status_code)


@api.exception_handler(Http404)
def refuse_unknown(request: HttpRequest, error: Http404) -> HttpResponse:
    """404: the same words whether it never existed or may not be known to exist."""
    body = {"code": "not.found", "message": gettext("Tidak ditemukan.")}
    return api.create_response(request, body, status=404)


@api.exception_handler(PermissionDenied)
def refuse_forbidden(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    """403: the person is known, the act is not theirs."""
    return errors.forbidden(request, error)


@api.exception_handler(CsrfRefusedError)
def refuse_forged(request: HttpRequest, error: CsrfRefusedError) -> HttpResponse:
    """403: a write without the token of the session."""
    return errors.csrf_failure(request)


@api.exception_handler(PackNotFoundError)
def refuse_lawless(request: HttpRequest, error: PackNotFoundError) -> HttpResponse:
    """404: no rule pack is in force there, so there is nothing to answer from."""
    body = {"code": error.code, "message": translate(error.text)}
    return api.create_response(request, body, status=404)


@api.exception_handler(TooManyFormsError)
def refuse_flood(request: HttpRequest, error: TooManyFormsError) -> HttpResponse:
    """429: the same place or the same words, too often; says how long to wait."""
    body = {"code": error.code, "message": translate(error.text)}
    response = api.create_response(request, body, status=429)
    response["Retry-After"] = str(error.wait_seconds)
    return response


@api.exception_handler(PilkadesError)
def refuse(request: HttpRequest, error: PilkadesError) -> HttpResponse:
    """Every refusal of a service, in the words and with the status that the pages give it."""
    return cast(HttpResponse, errors.ErrorMiddleware(_unused).process_exception(request, error))


def _unused(request: HttpRequest) -> HttpResponse:
    raise Http404
