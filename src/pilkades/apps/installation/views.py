"""Pages that bring a phone to this laptop: address as QR, guided installation, device check."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pilkades.apps.documents.services import qr_svg
from pilkades.apps.installation.selectors import (
    find_local_authority,
    find_phone_url,
    find_server_certificate,
)


@require_safe
def connect(request: HttpRequest) -> HttpResponse:
    """Hubungkan HP: the one page a trainer shows on the laptop's screen."""
    phone_url = find_phone_url(https_port=settings.PILKADES_HTTPS_PORT)
    context = {
        "phone_url": phone_url,
        "phone_qr": qr_svg(phone_url) if phone_url else "",
        "open_url": request.build_absolute_uri("/"),
        "authority": find_local_authority(),
        "certificate": find_server_certificate(),
    }
    return render(request, "installation/connect.html", context)


@require_safe
def authority(request: HttpRequest) -> HttpResponse:
    """The local authority's certificate in the form that Android offers to install."""
    found = find_local_authority()
    if found is None:
        raise Http404
    response = HttpResponse(found.certificate_der, content_type="application/x-x509-ca-cert")
    response["Content-Disposition"] = 'attachment; filename="otoritas-pilkades.crt"'
    return response


@require_safe
def device_check(request: HttpRequest) -> HttpResponse:
    """Periksa HP: what this browser can do here, tried and not guessed."""
    return render(request, "installation/device_check.html")
