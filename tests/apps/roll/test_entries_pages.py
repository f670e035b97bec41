"""Pages of the voters: what each shows to whom, and that no full NIK stands on any of them."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pilkades.apps.audit.models import Event
from pilkades.apps.roll.models import RollEntry
from tests.apps.roll_cast import (
    add,
    add_family,
    fresh_entry,
    fresh_roll,
    make_hamlet,
    strike,
    voter,
)
from tests.apps.village_cast import OTHER_VILLAGE, VILLAGE, VillageCast, make_village

pytestmark = pytest.mark.django_db
FIELDS = {
    "full_name": "Dewi Lestari",
    "sex": "P",
    "birth_place": "Blitar",
    "birth_date": "1999-03-04",
    "marital_status": "B",
    "address": "Jalan Mawar 3",
    "rt": "001",
    "rw": "002",
    "identity_document": "ktp_el",
    "occupation": "Petani",
    "resident_since": "2015-01-01",
}


@pytest.fixture
def cast() -> VillageCast:
    return make_village()


def page(name: str, *args: object, village: str = VILLAGE) -> str:
    return reverse(f"roll:{name}", args=[village, *args])


def test_the_list_shows_everybody_with_totals_and_masks_every_nik(cast):
    add_family(cast)
    strike(cast, add(cast, voter("Pak Marto", serial=30, sex="L")))
    body = cast.client("sari").get(page("entries")).content.decode()
    assert "Siti Aminah" in body
    assert "Pak Marto" in body
    assert "Dicoret" in body
    for entry in RollEntry.objects.all():
        assert entry.nik not in body
        assert entry.kk not in body


def test_search_filters_and_download_narrow_the_same_list(cast):
    add_family(cast)
    add(cast, voter("Ketut Ayu", serial=40, hamlet=make_hamlet("Sumber"), rt="007"))
    client = cast.client("sari")
    body = client.get(page("entries"), {"cari": "ketut"}).content.decode()
    assert "Ketut Ayu" in body
    assert "Siti Aminah" not in body
    assert "Ketut Ayu" in client.get(page("entries"), {"rt": "007"}).content.decode()
    men = client.get(page("entries"), {"lp": "L"}).content.decode()
    assert "Slamet Riyadi" in men
    assert "Ketut Ayu" not in men
    sheet = client.get(page("entries"), {"unduh": "csv", "cari": "ketut"})
    written = b"".join(sheet)
    assert b"Ketut Ayu" in written
    assert voter("Ketut Ayu", serial=40).nik.encode() not in written


def test_a_nik_is_looked_up_in_the_body_and_never_in_an_address(cast):
    entry = add(cast)
    client = cast.client("sari")
    found = client.post(page("entry-search"), {"nik": entry.nik})
    assert found["Location"] == page("entry", entry.uuid)
    missing = client.post(page("entry-search"), {"nik": "3505010101010001"}, follow=True)
    assert "Tidak ada pemilih dengan NIK itu" in missing.content.decode()


def test_a_voter_is_added_mended_struck_and_restored_by_the_pages(cast):
    client = cast.client("sari")
    data = {**FIELDS, "nik": voter().nik, "kk": voter().kk, "reason": "Data penduduk"}
    added = client.post(page("entry-new"), data)
    entry = RollEntry.objects.get()
    assert added["Location"] == page("entry", entry.uuid)

    again = client.post(page("entry-new"), data)
    assert again.status_code == 409
    assert "sudah ada di daftar" in again.content.decode()

    mend = {**FIELDS, "rt": "004", "version": 1, "reason": "Sesuai KTP-el"}
    assert client.post(page("entry-correct", entry.uuid), mend).status_code == 302
    assert fresh_entry(entry).rt == "004"
    assert fresh_entry(entry).nik == voter().nik
    stale = client.post(page("entry-correct", entry.uuid), {**mend, "rt": "005"})
    assert stale.status_code == 409
    assert 'value="005"' in stale.content.decode()

    consequence = client.get(page("entry-remove", entry.uuid)).content.decode()
    assert "tidak dihapus" in consequence
    client.post(page("entry-remove", entry.uuid), {"version": 2, "reason": "Pindah"})
    assert fresh_entry(entry).is_removed
    client.post(page("entry-restore", entry.uuid), {"version": 3, "reason": "Kembali"})
    assert not fresh_entry(entry).is_removed


def test_mending_shows_no_full_number_and_a_dash_clears_one(cast):
    entry = add(cast, voter(phone="081234567890"))
    client = cast.client("sari")
    body = client.get(page("entry-correct", entry.uuid)).content.decode()
    for secret in (entry.nik, entry.kk, entry.phone):
        assert secret not in body
    client.post(
        page("entry-correct", entry.uuid),
        {**FIELDS, "phone": "-", "version": 1, "reason": "Bukan nomornya"},
    )
    assert (fresh_entry(entry).phone, fresh_entry(entry).nik) == ("", voter().nik)


def test_the_story_of_a_voter_names_who_what_why_and_the_event(cast):
    entry = add(cast)
    client = cast.client("slamet")
    client.post(
        page("entry-correct", entry.uuid),
        {**FIELDS, "nik": voter(serial=9).nik, "rt": "004", "version": 1, "reason": "Sesuai KK"},
    )
    body = client.get(page("entry", entry.uuid)).content.decode()
    for told in ("Bu Sari", "Pak Slamet", "Sesuai KK", "Data penduduk desa", "<del>001</del>"):
        assert told in body
    for change in entry.changes.all():
        assert str(change.event) in body
    assert voter().nik not in body
    assert voter(serial=9).nik not in body


def test_what_stands_out_is_said_on_the_page_of_the_voter(cast):
    entry = add(cast, voter(birth_date=date(2009, 11, 23), nik=""))
    body = cast.client("sari").get(page("entry", entry.uuid)).content.decode()
    assert "Genap 17 tahun" in body
    assert "Belum diisi" in body


def test_showing_the_numbers_is_on_record_and_kept_nowhere(cast):
    entry = add(cast)
    client = cast.client("sari")
    response = client.post(page("entry-reveal", entry.uuid))
    assert entry.nik in response.content.decode()
    assert response["Cache-Control"] == "no-store"
    event = Event.objects.get(event="roll.entry_revealed")
    assert str(entry.uuid) in event.subject
    assert entry.nik not in str(event.leaf)
    assert entry.nik not in client.get(page("entry", entry.uuid)).content.decode()
    assert client.get(page("entry-reveal", entry.uuid)).status_code == 405


def test_the_desk_reads_without_acting_and_without_the_numbers(cast):
    entry = add(cast)
    client = cast.client("desk")
    body = client.get(page("entry", entry.uuid)).content.decode()
    assert "Perbaiki data" not in body
    assert client.post(page("entry-reveal", entry.uuid)).status_code == 403
    for name in ("entry-correct", "entry-remove", "entry-restore", "entry-annotate"):
        assert client.get(page(name, entry.uuid)).status_code == 403
    assert client.get(page("entry-new")).status_code == 403


ENTRY_PAGES = ("entry", "entry-correct", "entry-remove", "entry-restore", "entry-annotate")
ROLL_PAGES = ("entries", "entry-new", "lists", "visits", "visit-area", "visit-newcomer")


def test_outsiders_open_no_page_of_the_roll(cast):
    entry = add(cast)
    for outsider in ("mallory", "dewi", "kartika", "bayu", "camat"):
        client = cast.client(outsider)
        for name in ROLL_PAGES:
            assert client.get(page(name)).status_code == 403, (outsider, name)
        for name in ENTRY_PAGES:
            assert client.get(page(name, entry.uuid)).status_code == 403, (outsider, name)
        assert client.get(page("list", "missing_data")).status_code == 403
        assert client.post(page("entry-reveal", entry.uuid)).status_code == 403
        assert client.post(page("entry-search"), {"nik": entry.nik}).status_code == 403
    stranger = cast.client()
    for name in ROLL_PAGES:
        assert stranger.get(page(name))["Location"].startswith("/"), name


def test_an_entry_of_another_village_does_not_exist_here(cast):
    entry = add(cast)
    client = cast.client("mallory")
    address = page("entry", entry.uuid, village=OTHER_VILLAGE)
    assert client.get(address).status_code == 404
    assert client.post(address + "lihat/").status_code == 404
    assert client.post(address + "coret/", {"version": 1, "reason": "x"}).status_code == 404
    assert not fresh_entry(entry).is_removed


def test_a_page_of_many_voters_costs_as_many_queries_as_one_of_few(cast):
    add_family(cast)
    add(cast, voter("Tanpa Alamat", serial=60, address=""))
    client, roll = cast.client("sari"), fresh_roll(cast)
    addresses = (
        page("entries"),
        page("home"),
        page("lists"),
        page("list", "missing_data"),
        page("totals"),
        page("visits"),
        page("visit-area") + "?rt=001&rw=002",
    )

    def count(address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    client.get(page("home"))  # the session is written once
    few = [count(address) for address in addresses]
    RollEntry.objects.bulk_create(
        RollEntry(
            roll=roll,
            full_name=f"Warga {place:03d}",
            search_name=f"WARGA {place:03d}",
            sex="LP"[place % 2],
            rt="001",
            rw="002",
            kk=f"35050101019900{place // 4:02d}",
        )
        for place in range(120)
    )
    assert [count(address) for address in addresses] == few
    assert max(few) < 25
