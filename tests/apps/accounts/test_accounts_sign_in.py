"""Signing in and staying in: means, idleness, second factors, personas of the demo."""

import time
from typing import Any

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client

from pilkades.apps.accounts.middleware import SEEN_KEY
from pilkades.apps.accounts.models import User
from pilkades.apps.accounts.roles import Role
from pilkades.apps.audit.models import Event
from tests.apps.accounts_cast import PASSWORD, REGENCY, VILLAGE, MakePerson, signed_in

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def _forget_limits() -> None:
    cache.clear()


def code_now(secret: str = SECRET) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def sign_in(client: Client, login: str = "sari", password: str = PASSWORD) -> Any:
    return client.post("/akun/masuk/", {"login": login, "password": password})


@pytest.mark.parametrize("login", ["sari", "SARI", " sari ", "sari@desa.id", "Sari@Desa.ID"])
def test_person_signs_in_by_username_or_mail_in_any_capitals(chair: User, login: str) -> None:
    User.objects.filter(pk=chair.pk).update(email="sari@desa.id")
    client = Client()

    assert sign_in(client, login).status_code == 302
    assert client.get("/akun/saya/").status_code == 200
    assert '"method":"password"' in Event.objects.get(event="account.signed_in").leaf


def test_nobody_makes_an_account_alone(client: Client) -> None:
    for path in ("/akun/daftar/", "/akun/signup/", "/akun/email/", "/akun/password/reset/"):
        assert client.get(path).status_code == 404


def test_session_ends_after_half_an_hour_unused_and_leads_back(chair: User) -> None:
    client = signed_in(chair)
    client.get("/akun/saya/")
    session = client.session
    session[SEEN_KEY] = int(time.time()) - 1801
    session.save()

    response = client.get("/akun/saya/?a=1")

    assert response["Location"] == "/akun/masuk/?next=%2Fakun%2Fsaya%2F%3Fa%3D1&berakhir=1"
    assert "_auth_user_id" not in client.session
    assert "30 menit" in client.get(response["Location"]).content.decode()


def test_used_session_stays_and_reading_costs_no_write(
    chair: User, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(chair)
    client.get("/akun/saya/")
    session = client.session
    session[SEEN_KEY] = int(time.time()) - 1700
    session.save()

    assert client.get("/akun/saya/").status_code == 200
    assert int(time.time()) - client.session[SEEN_KEY] < 60
    with django_assert_max_num_queries(8) as queries:
        client.get("/akun/saya/")
    assert not [q for q in queries.captured_queries if q["sql"].startswith(("UPDATE", "INSERT"))]


def test_other_devices_are_out_when_the_password_changes(chair: User) -> None:
    here, elsewhere = signed_in(chair), signed_in(chair)

    here.post(
        "/akun/kata-sandi/",
        {
            "oldpassword": PASSWORD,
            "password1": "sawah hijau subuh",
            "password2": "sawah hijau subuh",
        },
    )

    assert here.get("/akun/saya/").status_code == 200
    assert elsewhere.get("/akun/saya/").status_code == 302
    assert Event.objects.filter(event="account.password_changed").count() == 1


def test_app_on_the_phone_is_the_second_step(chair: User) -> None:
    TOTP.activate(chair, SECRET)
    client = Client()

    first = sign_in(client)
    assert first["Location"] == "/akun/masuk/langkah-kedua/"
    assert client.get("/akun/saya/").status_code == 302
    assert "Langkah kedua" in client.get(first["Location"]).content.decode()
    client.post(first["Location"], {"code": code_now()})

    assert client.get("/akun/saya/").status_code == 200
    assert '"method":"password+totp"' in Event.objects.get(event="account.signed_in").leaf


def test_code_works_once(chair: User) -> None:
    TOTP.activate(chair, SECRET)
    code = code_now()
    one, other = Client(), Client()
    for client in (one, other):
        sign_in(client)
        client.post("/akun/masuk/langkah-kedua/", {"code": code})

    assert one.get("/akun/saya/").status_code == 200
    assert other.get("/akun/saya/").status_code == 302


def test_codes_are_guessed_five_times_and_then_not(chair: User) -> None:
    TOTP.activate(chair, SECRET)
    client = Client()
    sign_in(client)
    for _ in range(5):
        client.post("/akun/masuk/langkah-kedua/", {"code": "000000"})

    page = client.post("/akun/masuk/langkah-kedua/", {"code": code_now()})

    assert "Tunggu lima menit" in page.content.decode()
    assert client.get("/akun/saya/").status_code == 302


def test_spare_code_opens_when_the_phone_is_lost(chair: User) -> None:
    TOTP.activate(chair, SECRET)
    spare = RecoveryCodes.activate(chair).generate_codes()[0]
    client = Client()
    sign_in(client)

    client.post("/akun/masuk/langkah-kedua/", {"code": spare})

    assert client.get("/akun/saya/").status_code == 200


def test_secrets_of_second_factors_lie_sealed(chair: User) -> None:
    TOTP.activate(chair, SECRET)
    RecoveryCodes.activate(chair)

    for row in Authenticator.objects.all():
        stored = row.data.get("secret") or row.data.get("seed")
        assert stored.startswith("v1.k1.")
    secret = Authenticator.objects.get(type="totp").data["secret"]
    assert get_adapter().decrypt(secret) == SECRET


def test_app_is_set_up_by_scanning_and_typing_the_first_code(chair: User) -> None:
    client = signed_in(chair)
    page = client.get("/akun/dua-langkah/aplikasi/pasang/")
    assert page["Location"].startswith("/akun/pastikan/")
    client.post("/akun/pastikan/", {"password": PASSWORD})
    form = client.get("/akun/dua-langkah/aplikasi/pasang/").context["form"]

    done = client.post("/akun/dua-langkah/aplikasi/pasang/", {"code": code_now(form.secret)})

    assert done["Location"] == "/akun/dua-langkah/kode/"
    codes = client.get(done["Location"]).content.decode()
    assert codes.count("<code>") == 10
    assert client.get(done["Location"]).content.decode().count("<code>") == 0
    events = Event.objects.filter(event="account.second_factor_added")
    kinds = {kind for kind in ("totp", "recovery_codes") for e in events if f'"{kind}"' in e.leaf}
    assert kinds == {"totp", "recovery_codes"}


def test_taking_off_ones_own_second_factor_is_an_event(chair: User) -> None:
    TOTP.activate(chair, SECRET)
    client = signed_in(chair)
    client.post("/akun/pastikan/", {"password": PASSWORD})

    client.post("/akun/dua-langkah/aplikasi/lepas/")

    event = Event.objects.get(event="account.second_factor_removed")
    assert event.actor_uuid == chair.uuid


def test_role_on_the_list_is_led_to_set_up_a_second_factor_first(
    desk: User, chair: User, settings: Any
) -> None:
    settings.PILKADES_SECOND_FACTOR_ROLES = ["REGENCY_DESK"]
    client = signed_in(desk)

    assert client.get("/orang/")["Location"] == "/akun/dua-langkah/"
    page = client.get("/akun/dua-langkah/")
    assert "mewajibkan verifikasi dua langkah" in page.content.decode()
    assert client.post("/akun/keluar/").status_code == 302
    TOTP.activate(desk, SECRET)
    client = signed_in(desk)
    assert client.get("/orang/").status_code == 200
    # A role that is not on the list is not led away: the chair is refused for what it is.
    assert signed_in(chair).get("/orang/").status_code == 403


def test_last_second_factor_of_such_a_role_stays(desk: User, settings: Any) -> None:
    settings.PILKADES_SECOND_FACTOR_ROLES = ["REGENCY_DESK"]
    TOTP.activate(desk, SECRET)
    client = signed_in(desk)
    client.post("/akun/pastikan/", {"password": PASSWORD})

    page = client.post("/akun/dua-langkah/aplikasi/lepas/")

    assert "Pasang yang baru dahulu" in page.content.decode()
    assert Authenticator.objects.filter(type="totp").exists()


def test_demo_offers_each_persona_with_one_click(
    chair: User, person: MakePerson, settings: Any
) -> None:
    settings.PILKADES_DEMO = True
    User.objects.filter(pk=chair.pk).update(is_demo_persona=True, persona_title="ketua panitia")
    other = person("petugas", (Role.REGENCY_DESK, REGENCY))
    client = Client()

    page = client.get("/akun/masuk/").content.decode()
    assert "ketua panitia" in page
    assert str(other.uuid) not in page
    client.post(f"/akun/simulasi/{chair.uuid}/")

    assert "Sari Wahyuni" in client.get("/akun/saya/").content.decode()
    assert '"method":"simulasi"' in Event.objects.get(event="account.signed_in").leaf


def test_one_click_is_for_personas_by_post_and_in_the_demo_only(
    chair: User, desk: User, settings: Any
) -> None:
    User.objects.filter(pk=chair.pk).update(is_demo_persona=True)
    assert Client().post(f"/akun/simulasi/{chair.uuid}/").status_code == 404
    assert "simulasi/" not in Client().get("/akun/masuk/").content.decode()
    settings.PILKADES_DEMO = True
    assert Client().get(f"/akun/simulasi/{chair.uuid}/").status_code == 405
    assert Client().post(f"/akun/simulasi/{desk.uuid}/").status_code == 404


def test_sign_in_page_does_not_lead_to_strangers(chair: User) -> None:
    response = Client().post(
        "/akun/masuk/",
        {"login": "sari", "password": PASSWORD, "next": "https://mallory.example/"},
    )
    assert response["Location"] == "/"


def test_events_of_signing_in_stand_in_the_region_and_hold_no_name(chair: User) -> None:
    client = Client()
    sign_in(client, password="salah")
    sign_in(client)

    events = Event.objects.filter(event__startswith="account.")
    assert {event.region_code for event in events} == {VILLAGE}
    assert all("Sari" not in event.leaf and "sari" not in event.leaf for event in events)
