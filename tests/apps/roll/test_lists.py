"""The lists that a committee looks through: counts, reasons, downloads."""

import io
from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from pilkades.apps.roll.selectors.lists import LISTED, judge_roll
from pilkades.apps.roll.selectors.readiness import list_obstacles
from pilkades.law.roll import RollCheck
from tests.apps.roll_cast import add, fresh_roll, strike, voter
from tests.apps.village_cast import VILLAGE, VillageCast, make_village

pytestmark = pytest.mark.django_db
PEOPLE = {
    RollCheck.COMES_OF_AGE: {"birth_date": date(2009, 11, 23)},
    RollCheck.UNDER_AGE: {"birth_date": date(2009, 11, 24)},
    RollCheck.MARRIED_UNDER_AGE: {
        "birth_date": date(2010, 5, 5),
        "marital_status": "S",
        "identity_document": "kk",
    },
    RollCheck.MARRIAGE_UNKNOWN: {"birth_date": date(2010, 5, 6), "marital_status": ""},
    RollCheck.RESIDENCE_SHORT: {"resident_since": date(2026, 6, 1)},
    RollCheck.VERY_OLD: {"birth_date": date(1920, 1, 1)},
    RollCheck.MISSING_DATA: {"address": ""},
    RollCheck.MILITARY: {"occupation": "Anggota TNI"},
}


@pytest.fixture
def cast() -> VillageCast:
    made = make_village()
    for place, (check, changes) in enumerate(PEOPLE.items()):
        add(made, voter(f"Warga {check.value}", serial=100 + place, **changes))
    add(made, voter("Mbak Dewi", serial=200))
    return made


def test_everybody_stands_in_the_list_that_is_about_them(cast):
    found = judge_roll(cast.context, fresh_roll(cast))
    names = dict(fresh_roll(cast).entries.values_list("pk", "full_name"))
    for check in PEOPLE:
        told = {names[item.entry_pk] for item in found[check]}
        expected = {f"Warga {check.value}"}
        if check is RollCheck.MISSING_DATA:
            expected.add(f"Warga {RollCheck.MARRIAGE_UNKNOWN.value}")
        assert told == expected, check
    assert len(found[RollCheck.NO_STATION]) == 9


def test_a_struck_voter_stands_in_no_list(cast):
    for entry in fresh_roll(cast).entries.all():
        strike(cast, entry)
    assert not any(judge_roll(cast.context, fresh_roll(cast)).values())


def test_what_stops_comes_first_and_notes_do_not_stand_in_the_way(cast):
    found = list_obstacles(cast.context, fresh_roll(cast))
    checks = [item.check for item in found]
    assert [item.is_blocking for item in found] == sorted(
        (item.is_blocking for item in found), reverse=True
    )
    assert {RollCheck.UNDER_AGE, RollCheck.RESIDENCE_SHORT} == {
        item.check for item in found if item.is_blocking
    }
    assert RollCheck.COMES_OF_AGE not in checks
    assert RollCheck.NO_STATION not in checks


def test_the_page_counts_every_list_and_each_downloads(cast):
    client = cast.client("sari")
    body = client.get(reverse("roll:lists", args=[VILLAGE])).content.decode()
    for check in LISTED:
        address = reverse("roll:list", args=[VILLAGE, check.value])
        one = client.get(address)
        assert one.status_code == 200
        if check in PEOPLE:
            assert address in body
            assert f"Warga {check.value}" in one.content.decode()
        sheet = client.get(address, {"unduh": "xlsx"})
        rows = list(openpyxl.load_workbook(io.BytesIO(b"".join(sheet))).active.values)
        assert rows[0][-1] == "Sebab"
        assert not any(entry.nik in str(row) for row in rows for entry in _entries(cast))
    assert client.get(reverse("roll:list", args=[VILLAGE, "open_import"])).status_code == 404


def _entries(cast):
    return fresh_roll(cast).entries.all()
