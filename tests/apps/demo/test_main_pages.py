"""Every main page of the demo regency answers its owner with at most fifteen queries."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from pilkades.apps.accounts.models import User
from tests.main_pages import MAIN_PAGES, QUERIES_MAX, MainPage, fill_addresses


@pytest.mark.parametrize("page", MAIN_PAGES, ids=lambda page: page.name)
def test_a_main_page_takes_few_queries(
    demo: list[str],
    client: Client,
    settings: object,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    page: MainPage,
) -> None:
    settings.PILKADES_DEMO = True  # type: ignore[attr-defined]
    if page.username:
        client.force_login(User.objects.get(username=page.username))
    path = page.path.format(**fill_addresses())
    client.get(path)

    with django_assert_max_num_queries(QUERIES_MAX):
        answer = client.get(path)

    assert answer.status_code == 200


def test_an_outsider_opens_no_page_that_belongs_to_somebody(
    demo: list[str], client: Client
) -> None:
    client.force_login(User.objects.get(username="mallory"))
    addresses = fill_addresses()
    paths = {page.path.format(**addresses) for page in MAIN_PAGES if page.username}

    opened = {path for path in paths if client.get(path).status_code == 200}

    # Whoever has an account sees the own one; rule packs in force are read by everybody.
    assert opened <= {"/akun/saya/", "/aturan/", f"/aturan/versi/{addresses['pack']}/"}
