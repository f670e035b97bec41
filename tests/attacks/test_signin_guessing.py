"""Guessing passwords: one account is slowed, a whole village behind one hotspot is not."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from django.db import connection, transaction
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from pilkades.apps.accounts import services
from pilkades.apps.accounts.addresses import get_network
from pilkades.apps.accounts.models import AccessLink, SignInAttempts, User
from pilkades.apps.accounts.services.access import issue_link
from pilkades.apps.accounts.services.sign_in import TooManyAttemptsError
from pilkades.apps.accounts.throttle import (
    FREE_FAILURES,
    MAX_WAIT_SECONDS,
    compute_failures,
    compute_wait_seconds,
)
from pilkades.apps.audit.models import Event

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
PASSWORD = "pasar kliwon hujan"
HOTSPOT = {"REMOTE_ADDR": "10.42.0.1"}


@pytest.fixture
def dewi(db: None) -> User:
    return User.objects.create_user("dewi", PASSWORD, full_name="Dewi Lestari", email="d@desa.id")


def try_password(client: Client, login: str, password: str) -> int:
    data = {"login": login, "password": password}
    return client.post("/akun/masuk/", data, **HOTSPOT).status_code  # type: ignore[arg-type]


@pytest.mark.django_db
def test_thirty_people_behind_one_address_sign_in_while_one_of_them_is_guessed_at(
    dewi: User,
) -> None:
    people = [
        User.objects.create_user(f"petugas.{n}", PASSWORD, full_name=f"Petugas {n}")
        for n in range(30)
    ]
    for _ in range(12):
        try_password(Client(), "dewi", "salah")

    for someone in people:
        client = Client()
        assert try_password(client, someone.username, PASSWORD) == 302
        assert "_auth_user_id" in client.session


@pytest.mark.django_db
def test_fifty_guesses_are_slowed_with_a_clear_message_and_seconds(dewi: User) -> None:
    statuses = [try_password(Client(), "dewi", f"tebakan {n}") for n in range(50)]

    assert statuses[:FREE_FAILURES] == [200] * FREE_FAILURES
    assert set(statuses[FREE_FAILURES:]) == {429}
    answer = Client().post("/akun/masuk/", {"login": "dewi", "password": "lagi"}, **HOTSPOT)  # type: ignore[arg-type]
    assert 1 <= int(answer["Retry-After"]) <= 10
    page = answer.content.decode()
    assert "Tunggu" in page
    assert "Akun tidak diblokir" in page


@pytest.mark.django_db
def test_right_password_of_a_stranger_waits_too_while_the_account_rests(dewi: User) -> None:
    for _ in range(FREE_FAILURES):
        try_password(Client(), "dewi", "salah")

    assert try_password(Client(), "dewi", PASSWORD) == 429


@pytest.mark.django_db
def test_owner_on_a_known_browser_gets_in_while_strangers_are_slowed(dewi: User) -> None:
    phone = Client()
    assert try_password(phone, "dewi", PASSWORD) == 302
    phone.post("/akun/keluar/")
    for _ in range(20):
        try_password(Client(), "dewi", "salah")

    assert try_password(phone, "dewi", PASSWORD) == 302


@pytest.mark.django_db
def test_known_browser_is_slowed_by_its_own_guesses_and_for_that_account_only(dewi: User) -> None:
    User.objects.create_user("sari", PASSWORD, full_name="Sari")
    phone = Client()
    try_password(phone, "dewi", PASSWORD)
    phone.post("/akun/keluar/")

    statuses = [try_password(phone, "dewi", "salah") for _ in range(FREE_FAILURES + 1)]
    assert statuses[-1] == 429
    assert [try_password(phone, "sari", "salah") for _ in range(FREE_FAILURES)][-1] == 200
    assert try_password(phone, "sari", "salah") == 429


@pytest.mark.django_db
def test_forged_mark_of_a_browser_is_worth_nothing(dewi: User) -> None:
    for _ in range(FREE_FAILURES):
        try_password(Client(), "dewi", "salah")
    mallory = Client()
    mallory.cookies["perangkat"] = '{"id": "x", "accounts": [1, 2, 3]}:1abc:zzz'

    assert try_password(mallory, "dewi", PASSWORD) == 429


@pytest.mark.django_db
def test_name_mail_and_capitals_share_one_count(dewi: User) -> None:
    for login in ("dewi", "DEWI", "d@desa.id", "D@Desa.ID", " dewi "):
        assert try_password(Client(), login, "salah") == 200

    assert try_password(Client(), "d@desa.id", "salah") == 429


@pytest.mark.django_db
def test_unknown_name_answers_like_a_known_one_and_leaves_no_event(dewi: User) -> None:
    known = [try_password(Client(), "dewi", "salah") for _ in range(8)]
    unknown = [try_password(Client(), "tidak-ada", "salah") for _ in range(8)]

    assert known == unknown
    pages = [
        Client().post("/akun/masuk/", {"login": name, "password": "salah"}).content.decode()
        for name in ("joko", "budi")
    ]
    assert pages[0].replace("joko", "budi").count("tidak cocok") == pages[1].count("tidak cocok")
    events = Event.objects.filter(event="account.sign_in_failed")
    assert {event.subject for event in events} == {f"account:{dewi.uuid}"}


@pytest.mark.django_db
def test_names_made_up_by_a_program_do_not_fill_the_table() -> None:
    for n in range(200):
        services.begin_attempt(user=None, login=f"nama-{n}", device="", place="10.42.0.1", now=NOW)

    assert all(len(row.bucket) == 3 for row in SignInAttempts.objects.all())


@pytest.mark.django_db
def test_success_forgets_the_failures_of_that_browser(dewi: User) -> None:
    client = Client()
    for _ in range(FREE_FAILURES - 1):
        try_password(client, "dewi", "salah")
    assert try_password(client, "dewi", PASSWORD) == 302

    assert not SignInAttempts.objects.exists()


@pytest.mark.django_db
def test_fresh_link_lets_the_owner_in_at_once(dewi: User) -> None:
    phone = Client()
    for _ in range(FREE_FAILURES):
        try_password(Client(), "dewi", "salah")
    assert try_password(phone, "dewi", PASSWORD) == 429
    with transaction.atomic():
        token = issue_link(
            actor=None, user=dewi, purpose=AccessLink.Purpose.RESET, region_code="", now=NOW
        )
    new = "sawah hijau subuh"
    page = f"/akun/aktivasi/{token}/"
    with patch("pilkades.apps.design.clock.now", lambda: NOW):
        assert phone.post(page, {"password": new, "again": new}).status_code == 302

    assert try_password(phone, "dewi", new) == 302


@pytest.mark.django_db
def test_guessing_elsewhere_does_not_keep_the_desk_out_on_a_new_laptop(dewi: User) -> None:
    data = {"login": "dewi", "password": PASSWORD}
    for _ in range(FREE_FAILURES + 1):
        try_password(Client(), "dewi", "salah")
    assert try_password(Client(), "dewi", PASSWORD) == 429

    office = Client().post("/akun/masuk/", data, REMOTE_ADDR="192.0.2.7")  # type: ignore[arg-type]

    assert office.status_code == 302


@pytest.mark.django_db
def test_an_account_has_few_counts_however_many_places_guess_at_it(dewi: User) -> None:
    for number in range(600):
        with suppress(TooManyAttemptsError):
            services.begin_attempt(
                user=dewi, login="dewi", device="", place=f"10.0.{number}", now=NOW
            )
    assert SignInAttempts.objects.count() <= 256


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("10.42.0.1", "10.42.0.1"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("", "127.0.0.1"),
        ("/run/socket", "unknown"),
    ],
)
def test_a_place_is_an_address_or_a_household(address: str, place: str) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR=address)
    assert get_network(request) == place


@pytest.mark.django_db(transaction=True)
def test_guesses_sent_at_once_are_all_counted(dewi: User) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("one writer at a time is SQLite's own rule; PostgreSQL has to be asked for it")

    def guess(_: int) -> bool:
        try:
            services.begin_attempt(user=dewi, login="dewi", device="", place="10.42.0.1", now=NOW)
        except TooManyAttemptsError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(max_workers=8) as pool:
        let_through = sum(pool.map(guess, range(24)))

    assert let_through == FREE_FAILURES


@pytest.mark.django_db
def test_patient_guesser_gets_few_guesses_a_day(dewi: User) -> None:
    moment, guesses = NOW, 0
    while moment < NOW + timedelta(hours=24):
        try:
            services.begin_attempt(
                user=dewi, login="dewi", device="", place="10.42.0.1", now=moment
            )
            guesses += 1
        except TooManyAttemptsError as wait:
            moment += timedelta(seconds=wait.wait_seconds)

    assert guesses < 110


@given(failures=st.integers(0, 10_000))
def test_wait_never_shrinks_with_failures_and_has_an_end(failures: int) -> None:
    wait = compute_wait_seconds(failures)
    assert 0 <= wait <= compute_wait_seconds(failures + 1) <= MAX_WAIT_SECONDS
    assert (wait == 0) == (failures < FREE_FAILURES)


@given(hours=st.integers(0, 100), failures=st.integers(0, 100))
def test_quiet_day_forgives(hours: int, failures: int) -> None:
    left = compute_failures(failures=failures, last_failed_at=NOW, now=NOW + timedelta(hours=hours))
    assert left == (0 if hours >= 24 else failures)
