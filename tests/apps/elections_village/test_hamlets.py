"""Hamlets of a village: kept by its committee and the desk, named once, their names in no leaf."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from pilkades.apps.audit.models import Event
from pilkades.apps.regions.models import Hamlet
from tests.apps.village_cast import OTHER_VILLAGE, REGISTRATION, VILLAGE, VillageCast

QUERIES_MAX = 15
LIST = reverse("elections:village-hamlets", args=[VILLAGE])


@pytest.fixture(autouse=True)
def _stand_in_august(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pilkades.apps.design.clock.now", lambda: REGISTRATION)


@pytest.fixture
def krajan(cast: VillageCast) -> Hamlet:
    return Hamlet.objects.create(village_id=VILLAGE, name="Krajan")


def _rename_url(hamlet: Hamlet, village: str = VILLAGE) -> str:
    return reverse("elections:village-hamlet", args=[village, hamlet.uuid])


@pytest.mark.parametrize("person", ["sari", "desk"])
def test_committee_and_desk_add_a_hamlet_without_the_word_dusun(
    cast: VillageCast, person: str
) -> None:
    answer = cast.client(person).post(LIST, {"name": "  Dusun   Sumber Agung "})

    assert answer.status_code == 302
    assert list(Hamlet.objects.values_list("village_id", "name")) == [(VILLAGE, "Sumber Agung")]
    event = Event.objects.latest("pk")
    assert event.event == "hamlet.added"
    assert "Sumber" not in event.leaf


@pytest.mark.parametrize("name", ["krajan", "Dusun KRAJAN", "Krajan."])
def test_a_name_stands_once_in_a_village_however_it_is_written(
    cast: VillageCast, krajan: Hamlet, name: str
) -> None:
    answer = cast.client("sari").post(LIST, {"name": name})

    assert answer.status_code == 409
    assert "sudah ada di desa ini" in answer.text
    assert f'value="{name}"' in answer.text
    assert Hamlet.objects.count() == 1


def test_another_village_may_have_a_hamlet_of_that_name(cast: VillageCast, krajan: Hamlet) -> None:
    Hamlet.objects.filter(pk=krajan.pk).update(village_id=OTHER_VILLAGE)

    assert cast.client("sari").post(LIST, {"name": "Krajan"}).status_code == 302


@pytest.mark.parametrize("name", ["", " ", "K", "Dusun K"])
def test_a_name_that_is_none_is_refused(cast: VillageCast, name: str) -> None:
    assert cast.client("sari").post(LIST, {"name": name}).status_code == 400
    assert not Hamlet.objects.exists()


def test_a_hamlet_is_renamed_and_stays_the_same(cast: VillageCast, krajan: Hamlet) -> None:
    given = {"name": "Krajan Lor", "expected_name": "Krajan"}
    answer = cast.client("sari").post(_rename_url(krajan), given)

    assert answer.status_code == 302
    assert Hamlet.objects.get().pk == krajan.pk
    assert Hamlet.objects.get().name == "Krajan Lor"
    assert Event.objects.latest("pk").event == "hamlet.renamed"


def test_whoever_was_second_is_told_and_may_decide_again(cast: VillageCast, krajan: Hamlet) -> None:
    Hamlet.objects.filter(pk=krajan.pk).update(name="Krajan Kidul")
    client, given = cast.client("sari"), {"name": "Krajan Lor", "expected_name": "Krajan"}

    answer = client.post(_rename_url(krajan), given)

    assert answer.status_code == 409
    assert 'value="Krajan Kidul"' in answer.text
    assert 'value="Krajan Lor"' in answer.text
    again = client.post(_rename_url(krajan), {**given, "expected_name": "Krajan Kidul"})
    assert again.status_code == 302


def test_outsiders_neither_see_nor_change_hamlets(cast: VillageCast, krajan: Hamlet) -> None:
    given = {"name": "Lain", "expected_name": "Krajan"}
    for url in (LIST, _rename_url(krajan)):
        assert cast.client().get(url).status_code == 302
        for person in ("mallory", "dewi"):
            assert cast.client(person).get(url).status_code == 403, (person, url)
            assert cast.client(person).post(url, given).status_code == 403, (person, url)
    assert [hamlet.name for hamlet in Hamlet.objects.all()] == ["Krajan"]


def test_the_council_reads_the_list_and_changes_nothing(cast: VillageCast, krajan: Hamlet) -> None:
    council = cast.client("bayu")

    page = council.get(LIST)

    assert "Krajan" in page.text
    assert _rename_url(krajan) not in page.text
    assert council.post(LIST, {"name": "Lain"}).status_code == 403


def test_a_hamlet_of_another_village_is_not_reached(cast: VillageCast, krajan: Hamlet) -> None:
    Hamlet.objects.filter(pk=krajan.pk).update(village_id=OTHER_VILLAGE)
    assert cast.client("sari").get(_rename_url(krajan)).status_code == 404


def test_the_list_is_light_and_downloads_as_xlsx(
    cast: VillageCast, krajan: Hamlet, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    client = cast.client("sari")
    client.get(LIST)
    with django_assert_max_num_queries(QUERIES_MAX):
        client.get(LIST)

    book = load_workbook(io.BytesIO(client.get(f"{LIST}?unduh=xlsx").content))

    assert [row[0] for row in book.active.iter_rows(values_only=True)] == ["Dusun", "Krajan"]
