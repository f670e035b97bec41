"""The roll's home, its acts and lists on the screen."""

import pytest
from django.urls import reverse

from pilkades.apps.roll.models import RollState
from pilkades.apps.roll.services.stages import StageAct
from tests.apps.roll_cast import (
    DAYS,
    act,
    add,
    add_family,
    bring_to,
    fresh_entry,
    fresh_roll,
    propose,
    voter,
)
from tests.apps.village_cast import VILLAGE, VillageCast, at, make_village

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> VillageCast:
    made = make_village()
    add_family(made)
    return made


def page(name: str, *args: object) -> str:
    return reverse(f"roll:{name}", args=[VILLAGE, *args])


@pytest.fixture
def on_day(monkeypatch):
    """Pages see the day of an act."""

    def set_day(now):
        monkeypatch.setattr("pilkades.apps.design.clock.now", lambda: now)

    return set_day


def test_home_teaches_before_the_roll_begins():
    cast = make_village()
    body = cast.client("sari").get(page("home")).content.decode()
    assert "Daftar pemilih belum dimulai" in body
    assert page("entry-new") in body


def test_home_says_where_the_roll_stands_and_what_is_next(cast):
    body = cast.client("sari").get(page("home")).content.decode()
    assert "Tetapkan DPS" in body
    assert page("stage-act", "tetapkan-dps") in body
    assert page("entries") in body


def test_those_who_do_not_work_with_the_roll_see_totals_without_names(cast):
    add(cast, voter("Anak Kecil", serial=70, birth_date=at(1, 1).date().replace(year=2015)))
    for reader in ("bayu", "camat"):
        client = cast.client(reader)
        for name in ("home", "totals"):
            body = client.get(page(name)).content.decode()
            assert "Jumlah pemilih" in body
            assert "Siti Aminah" not in body
            assert page("entries") not in body
            assert "Belum 17 tahun" not in body
    for outsider in ("mallory", "dewi", "kartika"):
        assert cast.client(outsider).get(page("home")).status_code == 403
        assert cast.client(outsider).get(page("totals")).status_code == 403


def test_an_act_says_its_consequence_and_what_is_open_before_it_is_done(cast, on_day):
    on_day(DAYS["dps"])
    child = add(cast, voter("Anak Kecil", serial=70, birth_date=DAYS["dps"].date().replace(2015)))
    client, address = cast.client("sari"), page("stage-act", "tetapkan-dps")
    body = client.get(address).content.decode()
    assert "tidak dapat ditarik" in body
    assert page("list", "under_age") in body
    version = fresh_roll(cast).version
    refused = client.post(address, {"version": version})
    assert refused.status_code == 422
    assert "Belum 17 tahun" in refused.content.decode()
    client.post(page("entry-remove", child.uuid), {"version": 1, "reason": "Belum cukup umur"})
    done = client.post(address, {"version": version})
    assert done["Location"] == page("home")
    assert fresh_roll(cast).state == RollState.PROVISIONAL
    assert client.post(address, {"version": version}).status_code == 409


def test_the_task_list_leads_to_the_roll_and_follows_it(cast, on_day):
    on_day(DAYS["dps"])
    client, tasks = cast.client("sari"), reverse("elections:village-tasks", args=[VILLAGE])
    before = client.get(tasks).content.decode()
    assert page("home") in before
    assert page("visits") in before
    act(cast, StageAct.FIX_PROVISIONAL)
    after = client.get(tasks).content.decode()
    assert "Sudah dikerjakan" in after
    assert "Penetapan daftar pemilih sementara" in after.split("Sudah dikerjakan")[1]


def test_acts_are_closed_to_all_but_the_committee(cast):
    for reader in ("desk", "bayu", "mallory", "dewi", "camat"):
        client = cast.client(reader)
        for address in (
            page("stage-act", "tetapkan-dps"),
            page("lock-propose"),
            page("lock-withdraw"),
            page("lock-confirm"),
        ):
            assert client.get(address).status_code == 403, (reader, address)
            assert client.post(address, {"version": 1}).status_code == 403, (reader, address)
    assert cast.client("sari").get(page("stage-act", "tetapkan-semua")).status_code == 404
    assert fresh_roll(cast).state == RollState.DRAFT


def test_two_people_lock_on_the_screen(cast, on_day):
    bring_to(cast, RollState.FINAL)
    on_day(DAYS["lock"])
    sari, slamet = cast.client("sari"), cast.client("slamet")
    version = fresh_roll(cast).version
    assert "dicoret" in sari.get(page("lock-propose")).content.decode()
    assert sari.post(page("lock-propose"), {"version": version}).status_code == 302
    roll = fresh_roll(cast)
    shown = slamet.get(page("lock-confirm")).content.decode()
    assert "sama dengan yang diusulkan" in shown
    assert roll.lock_digest in shown
    assert page("lock-confirm") not in sari.get(page("home")).content.decode()
    data = {"version": roll.version, "digest": roll.lock_digest}
    alone = sari.post(page("lock-confirm"), data)
    assert alone.status_code == 422
    assert slamet.post(page("lock-confirm"), data).status_code == 302
    home = slamet.get(page("home")).content.decode()
    assert "DPT dikunci" in home
    entry = roll.entries.first()
    mend = slamet.post(page("entry-remove", entry.uuid), {"version": entry.version, "reason": "x"})
    assert mend.status_code == 422
    note = {"version": entry.version, "annotation": "died", "reason": "Meninggal"}
    assert slamet.post(page("entry-annotate", entry.uuid), note).status_code == 302
    assert fresh_entry(entry).annotation == "died"


def test_the_second_person_sees_that_something_changed(cast, on_day):
    bring_to(cast, RollState.FINAL)
    on_day(DAYS["lock"])
    propose(cast)
    add(cast, voter("Mallory", serial=90), now=DAYS["lock"])
    body = cast.client("slamet").get(page("lock-confirm")).content.decode()
    assert "berubah sejak diusulkan" in body
    roll = fresh_roll(cast)
    refused = cast.client("slamet").post(
        page("lock-confirm"), {"version": roll.version, "digest": roll.lock_digest}
    )
    assert refused.status_code == 409
    withdrawn = cast.client("rini").post(
        page("lock-withdraw"), {"version": roll.version, "reason": "Ada tambahan"}
    )
    assert withdrawn.status_code == 302
    assert fresh_roll(cast).lock_proposed_at is None
