"""Headers that close a page: what it may load, what it tells others, what devices it may use."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
# Camera for photos of statements and QR, passkeys for sign-in; nothing else of the device.
PERMISSIONS_POLICY = ", ".join(
    (
        "camera=(self)",
        "publickey-credentials-get=(self)",
        "publickey-credentials-create=(self)",
        "microphone=()",
        "geolocation=()",
        "payment=()",
        "usb=()",
    )
)


class SecurityHeadersMiddleware:
    """Sets the policies on every answer; a view that set its own keeps it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Referrer-Policy", "same-origin")
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            # A village office shares its computer: what a signed-in person saw is asked for anew.
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response
