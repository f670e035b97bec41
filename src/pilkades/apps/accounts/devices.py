"""The mark of a browser that has signed in to an account before.

It opens nothing: it only gives the owner's own browser a count of failed guesses apart from that
of strangers. The cookie is signed and holds account numbers, no names.
"""

import secrets
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

COOKIE = "perangkat"
MAX_AGE_SECONDS = 180 * 24 * 3600
MAX_ACCOUNTS = 8
_SALT = "pilkades.accounts.device"


def get_device(request: HttpRequest, user_id: int) -> str:
    """The mark of this browser if it knows the account, otherwise empty."""
    mark = _read(request)
    return str(mark["id"]) if user_id in mark["accounts"] else ""


def remember_device(request: HttpRequest, response: HttpResponse, user_id: int) -> None:
    """Let this browser know the account; the least recent of many is forgotten."""
    mark = _read(request)
    accounts = [user_id, *(known for known in mark["accounts"] if known != user_id)]
    value = signing.dumps({"id": mark["id"], "accounts": accounts[:MAX_ACCOUNTS]}, salt=_SALT)
    response.set_cookie(
        COOKIE,
        value,
        max_age=MAX_AGE_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _read(request: HttpRequest) -> dict[str, Any]:
    try:
        mark = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=MAX_AGE_SECONDS)
    except signing.BadSignature:
        return {"id": secrets.token_hex(8), "accounts": []}
    return {"id": mark["id"], "accounts": list(mark["accounts"])}
