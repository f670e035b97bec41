"""REST: who is signed in, and the one way in which every other router asks for it."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from ninja import Router, Schema
from ninja.security import APIKeyCookie
from ninja.utils import check_csrf
from pydantic import Field

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.design.api import REFUSALS
from pilkades.apps.regions.selectors import describe_regions

router = Router()


class CsrfRefusedError(Exception):
    """A write came without the token that belongs to the session."""


class SessionAuth(APIKeyCookie):
    """The session of the pages; a write also carries the token of `GET sesi` in X-CSRFToken."""

    param_name = settings.SESSION_COOKIE_NAME

    def __call__(self, request: HttpRequest) -> Actor | None:
        """Nobody signed in is 401 before anything else is looked at."""
        actor: Actor = request.actor  # type: ignore[attr-defined]
        if not actor.is_signed_in:
            return None
        if check_csrf(request):
            raise CsrfRefusedError
        return actor

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        """Part of the base's contract; `__call__` has decided already."""
        actor: Actor = request.actor  # type: ignore[attr-defined]
        return actor if actor.is_signed_in else None


signed_in = SessionAuth()


class RoleOut(Schema):
    """Satu peran yang berlaku sekarang."""

    role: Annotated[str, Field(description="kode peran, misalnya COMMITTEE_CHAIR")]
    title: Annotated[str, Field(description="nama peran untuk dibaca orang")]
    region_code: Annotated[str, Field(description="kode wilayah; kosong berarti seluruh negara")]
    region: str


class SessionOut(Schema):
    """Sesi: siapa yang masuk, perannya, jam layanan, dan tanda pengaman untuk menulis."""

    is_signed_in: bool
    uuid: UUID | None
    name: str
    roles: list[RoleOut]
    now: Annotated[datetime, Field(description="saat menurut layanan ini; latihan punya jamnya")]
    is_simulation: bool
    csrf_token: Annotated[str, Field(description="kirim sebagai X-CSRFToken pada setiap POST")]


@router.get("", response={200: SessionOut, **REFUSALS}, summary="Siapa yang sedang masuk")
def get_session(request: HttpRequest) -> SessionOut:
    """Juga untuk yang belum masuk: `is_signed_in` salah dan tanpa peran."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    names = describe_regions(code for _, code in actor.roles)
    return SessionOut(
        is_signed_in=actor.is_signed_in,
        uuid=actor.uuid if actor.is_signed_in else None,
        name=actor.name,
        roles=[
            RoleOut(role=role.value, title=str(role.label), region_code=code, region=names[code])
            for role, code in actor.roles
        ],
        now=request.now,  # type: ignore[attr-defined]
        is_simulation=getattr(request, "simulated_moment", None) is not None,
        csrf_token=get_token(request),
    )
