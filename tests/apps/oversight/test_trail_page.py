"""Jejak audit: who may read it, what it finds, what it warns of."""

import io
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from openpyxl import load_workbook

from pilkades.apps.accounts.models import RoleAssignment, User
from pilkades.apps.accounts.roles import Role
from pilkades.apps.accounts.selectors import get_actor
from pilkades.apps.audit.models import Event
from pilkades.apps.audit.services import append
from pilkades.apps.oversight import trail, views
from tests.apps.desk_cast import Cast, make_cast, make_regions

PAGE = "/jejak-audit/"
VILLAGE, NEIGHBOUR = "35.05.01.2001", "35.05.01.2002"
MORNING = datetime(2026, 6, 15, 3, 0, tzinfo=UTC)
MIDNIGHT = datetime(2026, 6, 15, 17, 30, tzinfo=UTC)


@pytest.fixture
def cast(db: None) -> Cast:
    make_regions()
    return make_cast()


@pytest.fixture
def sari(cast: Cast) -> User:
    """Bu Sari chairs the committee of Wonodadi 1."""
    user = User.objects.create_user("bu.sari", full_name="Bu Sari")
    RoleAssignment.objects.create(
        user=user,
        role=Role.COMMITTEE_CHAIR,
        region_code=VILLAGE,
        valid_from=datetime(2026, 1, 1, tzinfo=UTC),
    )
    return user


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def write(user: User | None, event: str = "account.enabled", **changes: Any) -> int:
    """An event by somebody, by default in Bu Sari's village in the morning."""
    values: dict[str, Any] = {
        "at": MORNING,
        "region_code": VILLAGE,
        "subject": f"account:{uuid4()}",
    } | changes
    actor = get_actor(user, now=MORNING) if user else None
    with transaction.atomic():
        uuid = append(event=event, actor=actor, **values)
    return Event.objects.get(uuid=uuid).pk


def read(client: Client, **query: str) -> str:
    response = client.get(PAGE, query)
    assert response.status_code == 200
    return response.content.decode()


def test_an_outsider_is_sent_to_sign_in_and_a_voter_is_refused(cast: Cast) -> None:
    assert Client().get(PAGE).status_code == 302
    assert cast.client("dewi").get(PAGE).status_code == 403
    assert cast.client("council").get(PAGE).status_code == 403


def test_the_desk_reads_who_did_what_when_and_where(cast: Cast, sari: User) -> None:
    write(sari)
    page = read(cast.client("desk"))
    for words in ("Akun diaktifkan kembali", "Bu Sari", "Ketua panitia", "Wonodadi 1"):
        assert words in page
    assert "Senin, 15 Juni 2026, 10.00 WIB" in page


def test_a_desk_of_elsewhere_sees_nothing_of_it(cast: Cast, sari: User) -> None:
    write(sari)
    assert "Bu Sari" not in read(cast.client("mallory"))


def test_a_chair_reads_only_the_own_village(cast: Cast, sari: User) -> None:
    write(cast.desk, region_code=NEIGHBOUR)
    write(cast.second, region_code="")
    write(cast.camat)
    page = read(client_of(sari))
    assert "Pak Camat" in page
    assert "Bu Wulan" not in page
    assert "Pak Hadi" not in page


def test_a_code_that_only_begins_alike_is_another_region(cast: Cast, sari: User) -> None:
    write(sari, region_code="35.051")
    assert "Bu Sari" not in read(cast.client("desk"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"pelaku": "sari"}, True),
        ({"pelaku": "hadi"}, False),
        ({"peristiwa": "account.enabled"}, True),
        ({"peristiwa": "account.disabled"}, False),
        ({"wilayah": "Wonodadi"}, True),
        ({"wilayah": VILLAGE}, True),
        ({"wilayah": "35.05.01"}, True),
        ({"wilayah": "Udanawu"}, False),
        ({"dari": "2026-06-15", "sampai": "2026-06-15"}, True),
        ({"sampai": "2026-06-14"}, False),
        ({"dari": "2026-06-16"}, False),
        ({"kata": "diaktifkan kembali"}, True),
        ({"kata": "account.enabled"}, True),
        ({"kata": "dinonaktifkan"}, False),
        ({"pasal": "40"}, False),
        ({"peringatan": "malam"}, False),
    ],
)
def test_the_trail_is_filtered(cast: Cast, sari: User, query: dict[str, str], found: bool) -> None:
    write(sari)
    assert ("Bu Sari" in read(cast.client("desk"), **query)) is found


def test_an_article_is_found(cast: Cast, sari: User) -> None:
    write(sari, article="Perbup Blitar 2/2026 ps. 40 ay. (1)")
    assert "Bu Sari" in read(cast.client("desk"), pasal="ps. 40")


def test_a_day_begins_at_the_midnight_of_the_village(cast: Cast, sari: User) -> None:
    write(sari, at=MIDNIGHT)
    desk = cast.client("desk")
    assert "Bu Sari" in read(desk, dari="2026-06-16", sampai="2026-06-16")
    assert "Bu Sari" not in read(desk, sampai="2026-06-15")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"dari": "2026-02-30"}, "tanggal"),
        ({"dari": "2026-06-16", "sampai": "2026-06-15"}, "lebih awal"),
        ({"wilayah": "Atlantis"}, "tidak ditemukan"),
        ({"wilayah": "Kota Blitar"}, "tidak ditemukan"),
        ({"peristiwa": "tidak.ada"}, "peristiwa"),
    ],
)
def test_a_wrong_filter_shows_nothing_and_says_why(
    cast: Cast, sari: User, query: dict[str, str], words: str
) -> None:
    write(sari)
    response = cast.client("desk").get(PAGE, query)
    page = response.content.decode()
    assert response.status_code == 400
    assert words in page.lower()
    assert "Bu Sari" not in page


def test_work_at_night_is_marked_and_found(cast: Cast, sari: User) -> None:
    write(sari, at=MIDNIGHT)
    write(cast.second)
    page = read(cast.client("desk"), peringatan="malam")
    assert "Bu Sari" in page
    assert "Pak Hadi" not in page


def test_the_system_at_night_is_no_night_work(cast: Cast) -> None:
    write(None, at=MIDNIGHT)
    assert "<tbody>" in read(cast.client("desk"))
    assert "<tbody>" not in read(cast.client("desk"), peringatan="malam")


def test_unlocking_is_marked_and_found(cast: Cast, sari: User) -> None:
    write(sari, event="account.second_factor_reset")
    write(cast.second)
    page = read(cast.client("desk"), peringatan="buka-kunci")
    assert "Bu Sari" in page
    assert "Pak Hadi" not in page


def test_an_approval_by_the_proposer_is_marked_and_found(cast: Cast, sari: User) -> None:
    data = {"role": "AGENT", "user": str(uuid4())}
    for first, second, subject in ((sari, sari, "role:a"), (sari, cast.second, "role:b")):
        write(first, event="role.granted", subject=subject, data=data)
        write(second, event="role.confirmed", subject=subject, data=data)
    page = read(cast.client("desk"), peringatan="persetujuan-sendiri")
    assert "Bu Sari" in page
    assert "Pak Hadi" not in page
    assert "Saksi calon" in page


def test_fifty_rows_make_a_page_and_few_queries(
    cast: Cast, sari: User, django_assert_max_num_queries: Any
) -> None:
    data = {"role": "AGENT", "user": str(uuid4())}
    for number in range(60):
        write(sari, event="role.confirmed", data=data, at=MORNING + timedelta(minutes=number))
    desk = cast.client("desk")
    with django_assert_max_num_queries(15):
        page = read(desk, wilayah="Wonodadi", kata="peran")
    assert page.count("<tr>") == 51
    assert "Halaman 1 dari 2" in page
    assert read(desk, hal="2").count("<tr>") == 11


def test_the_file_holds_what_the_filter_lets_through(cast: Cast, sari: User) -> None:
    for number in range(60):
        write(sari, at=MORNING + timedelta(minutes=number))
    write(cast.second)
    response = cast.client("desk").get(PAGE, {"pelaku": "sari", "unduh": "xlsx"})
    sheet = load_workbook(io.BytesIO(response.content)).active
    assert sheet.max_row == 61
    assert "Kode peristiwa" in [cell.value for cell in sheet[1]]
    csv = cast.client("desk").get(PAGE, {"pelaku": "sari", "unduh": "csv"})
    assert len(b"".join(csv.streaming_content).splitlines()) == 61


def test_a_download_is_itself_recorded(cast: Cast, sari: User) -> None:
    write(sari)
    cast.client("desk").get(PAGE, {"unduh": "xlsx"})
    (event,) = Event.objects.filter(event="audit.exported")
    assert event.actor_name == "Bu Wulan"
    assert "Jejak audit diunduh sebagai XLSX, 1 baris" in read(cast.client("desk"))


def test_too_much_for_one_file_is_said_before_anything_is_made(
    cast: Cast, sari: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "MAX_EXPORT_ROWS", 1)
    for _ in range(2):
        write(sari)
    assert "Terlalu banyak" in read(cast.client("desk"), unduh="xlsx")
    assert not Event.objects.filter(event="audit.exported").exists()


def test_older_events_than_a_page_is_turned_to_are_found_by_date(
    cast: Cast, sari: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trail, "MAX_SHOWN_ROWS", 2)
    monkeypatch.setattr(views, "MAX_SHOWN_ROWS", 2)
    write(sari, at=MORNING - timedelta(days=9))
    for _ in range(2):
        write(cast.second)
    desk = cast.client("desk")
    assert "Ditampilkan 2 peristiwa terbaru" in read(desk)
    old = read(desk, sampai="2026-06-07")
    assert "Bu Sari" in old
    assert "Ditampilkan" not in old


def test_the_trail_cannot_be_written_to(cast: Cast) -> None:
    assert cast.client("desk").post(PAGE).status_code == 405


def test_those_who_may_read_find_it_in_the_menu(cast: Cast) -> None:
    assert PAGE in cast.client("desk").get("/ledger/").content.decode()
    assert PAGE not in cast.client("dewi").get("/ledger/").content.decode()
    assert PAGE not in Client().get("/ledger/").content.decode()


# --- rows changed behind the system's back ---


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("event", "account.disabled"),
        ("at", MORNING + timedelta(days=1)),
        ("subject", "account:somebody-else"),
        ("article", "Perbup Blitar 2/2026 ps. 1"),
        ("leaf", None),
        ("leaf", "{}"),
    ],
)
def test_a_changed_row_is_shown_as_changed_and_with_what_its_leaf_says(
    cast: Cast, sari: User, field: str, value: Any
) -> None:
    pk = write(sari, article="Perbup Blitar 2/2026 ps. 40")
    event = Event.objects.get(pk=pk)
    honest = event.leaf
    if field == "leaf" and value is None:
        value = honest.replace("account.enabled", "account.invited")
    _change_behind(pk, **{field: value})

    page = read(client_of(cast.desk))

    assert "DIUBAH DI LUAR SISTEM" in page


def test_another_name_beside_the_leaf_does_not_replace_the_account(cast: Cast, sari: User) -> None:
    _change_behind(write(sari), actor_name="KAMBING HITAM")
    page = read(client_of(cast.desk))
    assert "Bu Sari (tercatat: KAMBING HITAM)" in page


def test_an_unchanged_trail_raises_no_alarm(cast: Cast, sari: User) -> None:
    write(sari)
    page = read(client_of(cast.desk))
    assert "DIUBAH DI LUAR SISTEM" not in page
    assert "tercatat:" not in page


def _change_behind(pk: int, **changes: Any) -> None:
    """As somebody with the database in hand would: without its triggers."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
        else:
            cursor.execute("SET session_replication_role = replica")
        Event.objects.filter(pk=pk).update(**changes)
        if connection.vendor != "sqlite":
            cursor.execute("SET session_replication_role = DEFAULT")
