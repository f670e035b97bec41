"""The one place where a refusal becomes an HTTP answer: a page, an htmx fragment or JSON.

malformed 400, forbidden 403, unknown 404, conflict 409, rejected or against the law 422.
A page for people says what happened, why, what to do, and that nothing is lost.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language, gettext

from pilkades.apps.design.texts import translate
from pilkades.errors import (
    ConflictError,
    MalformedInputError,
    PilkadesError,
    ProofRejectedError,
    RuleViolationError,
)

HTTP_STATUS: tuple[tuple[type[PilkadesError], int], ...] = (
    (MalformedInputError, 400),
    (ConflictError, 409),
    (RuleViolationError, 422),
    (ProofRejectedError, 422),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """An answer that is not the page asked for, before it is written as HTML or JSON."""

    status: int
    code: str
    title: str
    message: str
    advice: str = ""
    article: str = ""


class ErrorMiddleware:
    """Maps every `PilkadesError` raised by a view to an answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # No name, code or word holds a NUL, and PostgreSQL cannot look for one.
        if "\x00" in request.path:
            return not_found(request, Http404())
        # The API names the field at fault by itself.
        has_nul = "%00" in request.META.get("QUERY_STRING", "")
        if has_nul and not request.path.startswith("/api/"):
            return answer(request, _malformed())
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for the refusals we know; everything else stays an error of the server."""
        if isinstance(exception, PilkadesError):
            return answer(request, _describe(exception))
        return None


def answer(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Write the refusal in the form that the asker reads."""
    if _wants_json(request):
        body = {"code": refusal.code, "message": refusal.message}
        if refusal.article:
            body["article"] = refusal.article
        return JsonResponse(body, status=refusal.status)
    context: dict[str, Any] = {"refusal": refusal}
    if getattr(request, "htmx", False):
        return _fragment(context)
    return render(request, "design/refusal.html", context, status=refusal.status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: Django itself could not read the request."""
    return answer(request, _malformed())


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: the person is known, the act is not theirs."""
    return answer(
        request,
        Refusal(
            status=403,
            code="permission.denied",
            title=gettext("Bukan wewenang akun ini"),
            message=gettext("Akun Anda tidak berwenang membuka halaman atau melakukan hal ini."),
            advice=gettext(
                "Periksa apakah Anda masuk dengan akun yang benar, atau hubungi panitia yang"
                " mengatur akun Anda. Tidak ada data yang berubah."
            ),
        ),
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: the same words whether it never existed or may not be known to exist."""
    return answer(
        request,
        Refusal(
            status=404,
            code="not.found",
            title=gettext("Halaman tidak ditemukan"),
            message=gettext("Alamat ini tidak ada, sudah dipindahkan, atau bukan untuk akun Anda."),
            advice=gettext("Periksa kembali alamatnya, atau mulai dari halaman depan."),
        ),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault; nothing half-done is kept because every write is one transaction."""
    refusal = Refusal(
        status=500,
        code="server.error",
        title=gettext("Kesalahan di sistem ini"),
        message=gettext("Terjadi kesalahan di pihak kami. Isian terakhir belum tersimpan."),
        advice=gettext(
            "Yang sudah tersimpan tetap aman. Coba sekali lagi; bila terulang, catat jamnya dan"
            " hubungi pengelola."
        ),
    )
    if _wants_json(request):
        return answer(request, refusal)
    # Without the request no context processor runs, so the page stands even if the database fell.
    context: dict[str, Any] = {"refusal": refusal, "LANGUAGE_CODE": get_language()}
    if getattr(request, "htmx", False):
        return _fragment(context)
    return HttpResponse(render_to_string("design/refusal.html", context), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of the CSRF check, in words for people: usually a page that stood open too long."""
    return answer(
        request,
        Refusal(
            status=403,
            code="csrf.failed",
            title=gettext("Halaman sudah terlalu lama terbuka"),
            message=gettext("Tanda pengaman formulir ini sudah tidak berlaku."),
            advice=gettext(
                "Kembali, muat ulang halaman, lalu kirim lagi. Tidak ada yang tersimpan maupun"
                " hilang."
            ),
        ),
    )


def _malformed() -> Refusal:
    return Refusal(
        status=400,
        code="request.malformed",
        title=gettext("Permintaan tidak terbaca"),
        message=gettext("Permintaan dari peramban tidak lengkap atau rusak di jalan."),
        advice=gettext("Kembali ke halaman sebelumnya, muat ulang, lalu coba lagi."),
    )


def _fragment(context: dict[str, Any]) -> HttpResponse:
    """The notice alone, put at the top of the page that asked by htmx."""
    html = render_to_string("design/refusal_fragment.html", context)
    response = HttpResponse(html, status=context["refusal"].status)
    response["HX-Reswap"] = "afterbegin"
    response["HX-Retarget"] = "#isi"
    return response


def _describe(error: PilkadesError) -> Refusal:
    status = next((status for kind, status in HTTP_STATUS if isinstance(error, kind)), 400)
    article = error.article if isinstance(error, RuleViolationError) else ""
    return Refusal(
        status=status,
        code=error.code,
        title=_title(error),
        message=translate(error.text),
        article=article,
    )


def _title(error: PilkadesError) -> str:
    if isinstance(error, RuleViolationError):
        return gettext("Tidak sesuai peraturan")
    if isinstance(error, ConflictError):
        return gettext("Sudah berubah lebih dahulu")
    if isinstance(error, ProofRejectedError):
        return gettext("Bukti ditolak")
    return gettext("Isian tidak terbaca")


def _wants_json(request: HttpRequest) -> bool:
    if request.path.startswith("/api/"):
        return True
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"
