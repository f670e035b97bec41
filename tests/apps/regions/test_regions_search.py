"""Finding villages among all of Indonesia, as selectors and as the public page."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from pilkades.apps.regions import selectors
from pilkades.apps.regions.models import Regency, RegencyKind, Village, VillageKind
from pilkades.apps.regions.services import ImportReport

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indonesia")]


def test_all_of_indonesia_has_the_counts_of_the_official_list(indonesia: ImportReport) -> None:
    assert indonesia.regions == {
        "province": 38,
        "regency": 514,
        "district": 7285,
        "village": 83762,
    }
    counts = {kind: Village.objects.filter(kind=kind).count() for kind in VillageKind}
    assert counts == {
        VillageKind.DESA: 75252,
        VillageKind.KELURAHAN: 8496,
        VillageKind.DESA_ADAT: 14,
    }
    assert Regency.objects.filter(kind=RegencyKind.KOTA).count() == 98


def test_village_is_found_by_the_beginning_of_any_word() -> None:
    names = [v.name for v in selectors.search_villages(query="bakong", within="11.01")]

    assert "Keude Bakongan" in names


def test_further_words_narrow_by_district_regency_or_province() -> None:
    found = selectors.search_villages(query="Desa Dawuhan, Kab. Blitar")

    assert {v.district.regency.name for v in found} <= {"Kabupaten Blitar", "Kota Blitar"}
    assert any(v.name == "Dawuhan" for v in found)


def test_exact_name_comes_before_longer_names() -> None:
    first = selectors.search_villages(query="sumberjo", within="35")[0]

    assert first.search_name == "sumberjo"


def test_apostrophes_and_accents_do_not_hide_a_village() -> None:
    for query in ("regapuu", "Regapu’u", "REGAPU'U"):
        assert [v.code for v in selectors.search_villages(query=query)] == ["53.07.01.2021"]


@pytest.mark.parametrize("query", ["", "   ", "%", "_", "'; drop table", "*", "\x00", "🗳"])
def test_signs_of_a_pattern_are_not_a_pattern(query: str) -> None:
    assert selectors.search_villages(query=query).count() == 0


def test_code_is_found_at_every_level() -> None:
    assert selectors.search_villages(query="35.05.01.2001").count() == 1
    assert selectors.search_villages(query="35.05").count() == 248
    assert selectors.search_villages(query="99.99").count() == 0


def test_region_is_written_out_in_full() -> None:
    village = selectors.get_village("35.05.01.2001")
    expected = f"Desa {village.name}, Kecamatan {village.district.name}, Kabupaten Blitar"

    assert selectors.describe_village(village) == expected
    assert selectors.describe_region("35.05.01.2001") == expected
    assert selectors.describe_region("35") == "Provinsi Jawa Timur"
    assert selectors.describe_region("") == "Republik Indonesia"
    assert selectors.describe_region("99.99") == "99.99"


def test_many_regions_are_written_out_in_four_queries(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    codes = list(Village.objects.values_list("code", flat=True)[:300])
    with django_assert_max_num_queries(4):
        assert len(selectors.describe_regions([*codes, "35", "35.05", "35.05.01", ""])) == 304


def test_head_of_a_city_is_wali_kota_and_of_a_kabupaten_bupati() -> None:
    assert selectors.get_head_title(selectors.get_regency("35.05")) == "Bupati"
    assert selectors.get_head_title(selectors.get_regency("35.72")) == "Wali Kota"
    assert selectors.get_regency("35.72").short_name == "Blitar"


def test_villages_of_a_regency_are_listed_with_parents_in_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(1):
        listed = [
            v.district.regency.province.name for v in selectors.list_villages(regency_code="35.05")
        ]
    assert len(listed) == 248


def test_zone_of_a_village_is_that_of_its_province() -> None:
    assert selectors.get_time_zone("91.03.01.2001") == "Asia/Jayapura"


def test_index_serves_the_search_for_a_word() -> None:
    plan = selectors._having_word("sumber").explain()

    assert "village_word" in plan


@pytest.mark.parametrize("query", ["sumber", "suka", "a", "dawuhan blitar", "su ma ba ka"])
def test_search_page_needs_few_queries(
    client: Client, query: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(6):
        response = client.get("/wilayah/", {"q": query})
    assert response.status_code == 200


def test_visitor_without_account_walks_from_province_to_village(client: Client) -> None:
    assert "Jawa Timur" in client.get("/wilayah/").content.decode()
    assert "Kabupaten Blitar" in client.get("/wilayah/", {"induk": "35"}).content.decode()
    assert "Wonodadi" in client.get("/wilayah/", {"induk": "35.05"}).content.decode()
    page = client.get("/wilayah/", {"induk": "35.05.15"}).content.decode()
    assert "35.05.15.2001" in page


def test_pages_follow_each_other_and_keep_the_search(client: Client) -> None:
    first = client.get("/wilayah/", {"q": "sumber", "induk": "35"}).content.decode()
    assert 'q=sumber&amp;induk=35&amp;hal=2"' in first
    last = client.get("/wilayah/", {"q": "sumber", "induk": "35", "hal": "999"})
    assert last.status_code == 200


def test_empty_answer_teaches_what_to_do(client: Client) -> None:
    page = client.get("/wilayah/", {"q": "xyzzy"}).content.decode()
    assert "Tidak ada desa yang cocok" in page
    assert "Periksa ejaannya" in page


@pytest.mark.parametrize("above", ["99", "35.99", "35.05.99"])
def test_unknown_region_is_not_found(client: Client, above: str) -> None:
    assert client.get("/wilayah/", {"induk": above}).status_code == 404


@pytest.mark.parametrize("above", ["x", "35.", "35.5", "../..", "35.05.01.2001.1"])
def test_malformed_region_is_refused_kindly(client: Client, above: str) -> None:
    assert client.get("/wilayah/", {"induk": above}).status_code == 400


def test_villages_of_a_regency_are_sent_as_a_spreadsheet_but_never_those_of_the_country(
    client: Client,
) -> None:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    sheet = client.get("/wilayah/", {"q": "sumber", "induk": "35.05", "unduh": "xlsx"})
    assert sheet["Content-Type"] == kind
    page = client.get("/wilayah/", {"q": "sumber", "unduh": "xlsx"})
    assert page["Content-Type"].startswith("text/html")
