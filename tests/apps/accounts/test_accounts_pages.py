"""Pages of people and roles and of one's own account; an outsider looks at each of them."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from pilkades.apps.accounts.models import AccessLink, RoleAssignment, User
from pilkades.apps.accounts.roles import Role
from pilkades.apps.accounts.selectors import get_actor
from tests.apps.accounts_cast import (
    FAR_VILLAGE,
    LONG_AGO,
    PASSWORD,
    REGENCY,
    VILLAGE,
    MakePerson,
    signed_in,
)

pytestmark = pytest.mark.django_db
LINK = re.compile(r"http://testserver(/akun/aktivasi/[^/<\s]+/)")


def invite_budi(client: Client, **changes: str) -> str:
    data = {
        "full_name": "Budi Santoso",
        "username": "budi.s",
        "email": "",
        "role": Role.COMMITTEE_CHAIR.value,
        "decree": "",
        "valid_to": "",
    }
    response = client.post(f"/orang/undang/?wilayah={VILLAGE}", data | changes)
    return response.content.decode()


def test_desk_invites_and_the_person_activates_and_signs_in(desk: User) -> None:
    page = invite_budi(signed_in(desk))
    path = LINK.search(page)
    assert path
    phone = Client()

    assert "Budi Santoso" in phone.get(path[1]).content.decode()
    done = phone.post(path[1], {"password": "sawah hijau subuh", "again": "sawah hijau subuh"})

    assert done.url == "/akun/masuk/"  # type: ignore[attr-defined]
    signed = phone.post("/akun/masuk/", {"login": "budi.s", "password": "sawah hijau subuh"})
    assert signed.status_code == 302
    assert phone.get(path[1]).status_code == 410


def test_link_is_shown_once_and_not_kept_by_the_browser(desk: User) -> None:
    client = signed_in(desk)
    response = client.post(
        f"/orang/undang/?wilayah={VILLAGE}",
        {"full_name": "Budi", "username": "budi", "role": "COMMITTEE_CHAIR"},
    )

    assert "no-store" in response["Cache-Control"]
    token = LINK.search(response.content.decode())
    assert token
    budi = User.objects.get(username="budi")
    assert token[1] not in client.get(f"/orang/{budi.uuid}/").content.decode()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"full_name": ""}, "Nama lengkap"),
        ({"username": "Bu di"}, "huruf kecil"),
        ({"username": "x"}, "huruf kecil"),
        ({"email": "bukan surel"}, "Surel"),
        ({"role": "REGENCY_DESK"}, "Peran"),
        ({"valid_to": "2020-01-01"}, "sudah lewat"),
        ({"username": "hadi"}, "sudah dipakai"),
    ],
)
def test_faulty_invitation_keeps_what_was_typed_and_makes_nobody(
    desk: User, changes: dict[str, str], words: str
) -> None:
    before = User.objects.count()

    page = invite_budi(signed_in(desk), **changes)

    assert words in page
    assert 'value="Budi Santoso"' in page or "full_name" in changes
    assert User.objects.count() == before


@pytest.mark.parametrize("code", [FAR_VILLAGE, "35", "", "35.05.01.2999", "x"])
def test_region_of_somebody_else_or_of_nobody_is_refused(desk: User, code: str) -> None:
    assert signed_in(desk).get("/orang/undang/", {"wilayah": code}).status_code == 403


def test_region_is_searched_inside_ones_own_only(desk: User) -> None:
    page = signed_in(desk).get("/orang/undang/", {"q": "pikatan"}).content.decode()

    assert VILLAGE in page
    assert FAR_VILLAGE not in page


def test_chair_gives_no_accounts(chair: User) -> None:
    """A candidate's account in the chair's hand could sign the set-up proof for the candidate."""
    client = signed_in(chair)

    assert client.get("/orang/").status_code == 403
    assert client.get("/orang/undang/").status_code == 403


def test_second_person_confirms_on_the_page_and_the_giver_cannot(
    desk: User, person: MakePerson
) -> None:
    client = signed_in(desk)
    client.post(
        f"/orang/undang/?wilayah={REGENCY}",
        {"full_name": "Ani", "username": "ani", "role": "REGENCY_DESK"},
    )
    ani = User.objects.get(username="ani")
    waiting = ani.role_assignments.get()
    assert "Menunggu orang kedua" in client.get("/orang/").content.decode()
    assert "Setujui peran" not in client.get(f"/orang/{ani.uuid}/").content.decode()
    assert client.post(f"/peran/{waiting.uuid}/setujui/").status_code == 403

    bupati = signed_in(person("bupati", (Role.REGENCY_HEAD, REGENCY)))
    assert "Setujui peran" in bupati.get(f"/orang/{ani.uuid}/").content.decode()
    bupati.post(f"/peran/{waiting.uuid}/setujui/")

    assert get_actor(ani).roles == ((Role.REGENCY_DESK, REGENCY),)


def test_role_is_ended_only_with_a_reason(desk: User, chair: User) -> None:
    client, assignment = signed_in(desk), chair.role_assignments.get()

    client.post(f"/peran/{assignment.uuid}/cabut/", {"reason": ""})
    assert get_actor(chair).roles
    client.post(f"/peran/{assignment.uuid}/cabut/", {"reason": "SK penggantian"})
    assert not get_actor(chair).roles
    assert "SK penggantian" in client.get(f"/orang/{chair.uuid}/").content.decode()


def test_page_of_a_person_offers_only_what_is_allowed(chair: User, desk: User) -> None:
    own = signed_in(desk).get(f"/orang/{desk.uuid}/").content.decode()
    assert "Cabut peran" not in own
    assert "Nonaktifkan akun" not in own
    below = signed_in(desk).get(f"/orang/{chair.uuid}/").content.decode()
    assert "Cabut peran" in below
    assert "Nonaktifkan akun" in below


def test_closed_account_is_out_at_its_next_request(desk: User, chair: User) -> None:
    client = signed_in(chair)
    assert client.get("/akun/saya/").status_code == 200

    signed_in(desk).post(f"/orang/{chair.uuid}/aktif/", {"aktif": "tidak"})

    assert client.get("/akun/saya/").status_code == 302
    page = Client().post("/akun/masuk/", {"login": "sari", "password": PASSWORD}, follow=True)
    assert "dinonaktifkan" in page.content.decode()


def test_new_link_for_somebody_who_forgot(desk: User, chair: User) -> None:
    page = signed_in(desk).post(f"/orang/{chair.uuid}/tautan/").content.decode()

    assert LINK.search(page)
    assert AccessLink.objects.get().purpose == AccessLink.Purpose.RESET
    assert signed_in(desk).get(f"/orang/{chair.uuid}/tautan/").status_code == 405


@pytest.mark.parametrize("path", ["/orang/", "/orang/undang/", "/akun/saya/", "/akun/dua-langkah/"])
def test_visitor_is_asked_to_sign_in(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 302
    assert response["Location"].startswith("/akun/masuk/")


@pytest.mark.parametrize("path", ["/orang/", "/orang/undang/"])
def test_person_who_gives_no_roles_sees_no_people(person: MakePerson, path: str) -> None:
    for somebody in (person("dewi"), person("camat.x", (Role.VILLAGE_HEAD, VILLAGE))):
        assert signed_in(somebody).get(path).status_code == 403


def test_people_of_another_region_do_not_exist_for_an_outsider(
    mallory: User, chair: User, desk: User
) -> None:
    client = signed_in(mallory)
    assignment = chair.role_assignments.get()
    listed = client.get("/orang/").content.decode()
    assert "Sari Wahyuni" not in listed
    for method, path in (
        ("get", f"/orang/{chair.uuid}/"),
        ("get", f"/orang/{chair.uuid}/peran/"),
        ("post", f"/orang/{chair.uuid}/tautan/"),
        ("post", f"/orang/{chair.uuid}/aktif/"),
        ("post", f"/orang/{chair.uuid}/dua-langkah/"),
        ("post", f"/peran/{assignment.uuid}/cabut/"),
        ("post", f"/peran/{assignment.uuid}/setujui/"),
        ("get", f"/orang/{uuid4()}/"),
    ):
        assert getattr(client, method)(path).status_code == 404, path
    assert get_actor(chair).roles


def test_list_of_many_people_needs_few_queries(
    desk: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    people = User.objects.bulk_create(
        User(username=f"p{n}", full_name=f"P {n}", password="!") for n in range(200)
    )
    RoleAssignment.objects.bulk_create(
        RoleAssignment(user=p, role=Role.COMMITTEE_MEMBER, region_code=VILLAGE, valid_from=LONG_AGO)
        for p in people
    )
    client = signed_in(desk)
    client.get("/orang/")

    with django_assert_max_num_queries(10):
        page = client.get("/orang/")

    assert "201 baris" in page.content.decode()
    sheet = client.get("/orang/", {"unduh": "xlsx"})
    assert "spreadsheet" in sheet["Content-Type"]


def test_page_of_a_person_needs_few_queries(
    desk: User, chair: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(desk)
    client.get("/orang/")
    with django_assert_max_num_queries(14):
        client.get(f"/orang/{chair.uuid}/")


def test_weak_or_unequal_password_is_refused_with_its_reason(desk: User) -> None:
    path = LINK.search(invite_budi(signed_in(desk)))
    assert path
    for first, again, words in (
        ("1234567890", "1234567890", "angka"),
        ("pendek", "pendek", "10"),
        ("budi.santoso", "budi.santoso", "mirip"),
        ("sawah hijau subuh", "sawah hijau sore", "tidak sama"),
    ):
        page = Client().post(path[1], {"password": first, "again": again}).content.decode()
        assert words in page, (first, words)
    assert not User.objects.get(username="budi.s").has_usable_password()


def test_own_account_page_shows_roles_with_their_regions(chair: User) -> None:
    page = signed_in(chair).get("/akun/saya/").content.decode()

    assert "Ketua panitia pemilihan desa" in page
    assert "Desa Pikatan, Kecamatan Blitar Kota, Kabupaten Blitar" in page
