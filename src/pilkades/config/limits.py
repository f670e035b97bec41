"""Refuses what is too large before a byte of it is read."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from pilkades.config.errors import Refusal, answer


class BodyLimitMiddleware:
    """413 for a request that announces more than the installation takes in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _announced_bytes(request) <= settings.PILKADES_MAX_BODY_BYTES:
            return self.get_response(request)
        megabytes = settings.PILKADES_MAX_BODY_BYTES // (1024 * 1024)
        refusal = Refusal(
            status=413,
            code="request.too-large",
            title=gettext("Berkas terlalu besar"),
            message=gettext("Kiriman ini melebihi {megabytes} MB, sehingga tidak diterima.").format(
                megabytes=megabytes
            ),
            advice=gettext(
                "Kecilkan foto atau pindai ulang dengan resolusi 200 dpi, lalu kirim lagi. Isian "
                "lain tidak berubah."
            ),
        )
        return answer(request, refusal)


def _announced_bytes(request: HttpRequest) -> int:
    """Django reads no further than this header says, so it cannot be exceeded either."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
