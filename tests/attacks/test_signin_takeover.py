"""Mallory tries to become somebody else, or more than Mallory is."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.test import Client

from pilkades.apps.accounts import services
from pilkades.apps.accounts.models import AccessLink, RoleAssignment, User
from pilkades.apps.accounts.roles import Role
from pilkades.apps.accounts.selectors import get_actor
from pilkades.apps.regions.models import District, Province, Regency, Village
from pilkades.config.logs import redact
from pilkades.errors import ConflictError

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
PASSWORD = "pasar kliwon hujan"
VILLAGE = "35.05.01.2001"

pytestmark = pytest.mark.django_db


@pytest.fixture
def village() -> None:
    Province.objects.create(code="35", name="Jawa Timur", time_zone="Asia/Jakarta")
    Regency.objects.create(
        code="35.05", name="Kabupaten Blitar", province_id="35", kind="KABUPATEN"
    )
    District.objects.create(code="35.05.01", name="Wonodadi", regency_id="35.05")
    Village.objects.create(code=VILLAGE, name="Pikatan", district_id="35.05.01", kind="DESA")


def make(username: str, *roles: tuple[Role, str]) -> User:
    user = User.objects.create_user(username, PASSWORD, full_name=username.title())
    for role, code in roles:
        RoleAssignment.objects.create(user=user, role=role, region_code=code, valid_from=NOW)
    return user


def test_two_weak_accounts_do_not_lift_each_other_up(village: None) -> None:
    one = make("mallory", (Role.COMMITTEE_MEMBER, VILLAGE))
    two = make("mallory.2", (Role.COMMITTEE_CHAIR, VILLAGE))
    for giver, receiver in ((one, two), (two, one)):
        for role in Role:
            for code in ("", "35", "35.05", "35.05.01", VILLAGE):
                with pytest.raises(PermissionDenied):
                    services.grant_role(
                        actor=get_actor(giver, now=NOW),
                        user=receiver,
                        role=role,
                        region_code=code,
                        now=NOW,
                    )


def test_actor_of_an_old_request_is_worth_what_it_was_not_what_is_claimed(village: None) -> None:
    desk = make("hadi", (Role.REGENCY_DESK, "35.05"))
    mallory = make("mallory", (Role.COMMITTEE_CHAIR, VILLAGE))
    services.revoke_role(
        actor=get_actor(desk, now=NOW),
        assignment=mallory.role_assignments.get(),
        now=NOW,
        reason="penggantian",
    )
    client = Client()
    client.force_login(mallory)

    assert client.get("/orang/").status_code == 403


def test_session_number_given_by_a_stranger_is_not_kept_after_signing_in() -> None:
    make("dewi")
    victim = Client()
    victim.get("/akun/masuk/")
    victim.session["x"] = 1
    victim.session.save()
    before = victim.session.session_key

    victim.post("/akun/masuk/", {"login": "dewi", "password": PASSWORD})

    assert victim.session.session_key != before


def test_cookies_are_out_of_reach_of_scripts_and_other_sites() -> None:
    make("dewi")
    client = Client()
    response = client.post("/akun/masuk/", {"login": "dewi", "password": PASSWORD})

    for name in ("sessionid", "perangkat"):
        cookie = response.cookies[name]
        assert cookie["httponly"], name
        assert cookie["samesite"] == "Lax", name


def test_forms_of_other_sites_are_refused() -> None:
    make("dewi")
    strict = Client(enforce_csrf_checks=True)
    for path in ("/akun/masuk/", "/akun/keluar/", "/orang/undang/"):
        assert strict.post(path, {"login": "dewi", "password": PASSWORD}).status_code == 403


@pytest.mark.parametrize(
    "token", ["", "x", "../../admin", "a" * 500, "%00", "' or 1=1 --", "t\u200bx"]
)
def test_invented_link_is_spent_like_any_other(client: Client, token: str) -> None:
    status = client.get(f"/akun/aktivasi/{token}/").status_code
    assert status in {404, 410}


def test_digest_of_a_link_is_not_the_link(village: None) -> None:
    dewi = make("dewi")
    link = AccessLink.objects.create(
        user=dewi,
        purpose="RESET",
        token_sha256="f" * 64,
        issued_at=NOW,
        expires_at=NOW + timedelta(days=3650),
    )

    assert Client().get(f"/akun/aktivasi/{link.token_sha256}/").status_code == 410


def test_link_race_is_won_once(village: None) -> None:
    desk = make("hadi", (Role.REGENCY_DESK, "35.05"))
    invitation = services.invite_person(
        actor=get_actor(desk, now=NOW),
        username="budi",
        full_name="Budi",
        email="",
        role=Role.COMMITTEE_CHAIR,
        region_code=VILLAGE,
        now=NOW,
    )
    services.activate_account(token=invitation.token, password="sawah hijau subuh", now=NOW)
    with pytest.raises(ConflictError):
        services.activate_account(token=invitation.token, password="milik mallory!", now=NOW)
    invitation.user.refresh_from_db()
    assert invitation.user.check_password("sawah hijau subuh")


def test_mark_of_a_browser_opens_nothing(settings: Any) -> None:
    dewi = make("dewi")
    mallory = Client()
    mark = signing.dumps({"id": "x", "accounts": [dewi.pk]}, salt="pilkades.accounts.device")
    mallory.cookies["perangkat"] = mark

    assert mallory.get("/akun/saya/").status_code == 302
    assert mallory.post("/akun/masuk/", {"login": "dewi", "password": "x"}).status_code == 200


def test_password_and_tokens_do_not_reach_the_log(caplog: pytest.LogCaptureFixture) -> None:
    make("dewi")
    Client().post("/akun/masuk/", {"login": "dewi", "password": "rahasia sekali 123"})
    Client().get("/akun/aktivasi/token-rahasia/")

    assert "rahasia" not in redact(caplog.text)
