"""Tables by address alone: sort, filter, search, pages."""

from typing import Any

import pytest
from django.http import QueryDict

from pilkades.apps.design.tables import Column, Filter, Table, build_table

VILLAGES = [
    {"name": "Sumberdiren", "district": "Garum", "voters": 4218},
    {"name": "Karangrejo", "district": "Garum", "voters": 5107},
    {"name": "Tegalrejo", "district": "Selopuro", "voters": None},
]


def make_table(address: str, **options: Any) -> Table:
    return build_table(
        caption="Desa",
        rows=VILLAGES,
        query=QueryDict(address),
        search=("name", "district"),
        filters=[
            Filter(
                key="kecamatan",
                title="Kecamatan",
                options=[("Garum", "Garum"), ("Selopuro", "Selopuro")],
                test="district",
            )
        ],
        columns=[
            Column(key="name", title="Desa", sort="name", is_header=True),
            Column(key="district", title="Kecamatan"),
            Column(key="voters", title="Pemilih", kind="number", sort="voters"),
        ],
        **options,
    )


def names(table: Table) -> list[str]:
    return [row[0].value for row in table.rows]


def test_sorting_puts_what_is_unknown_last_in_both_directions() -> None:
    assert names(make_table("urut=voters")) == ["Sumberdiren", "Karangrejo", "Tegalrejo"]
    assert names(make_table("urut=-voters")) == ["Karangrejo", "Sumberdiren", "Tegalrejo"]


def test_header_says_its_direction_and_leads_to_the_other() -> None:
    header = make_table("urut=voters&kecamatan=Garum").headers[2]

    assert header.direction == "ascending"
    assert dict(QueryDict(header.sort_url[1:]).items()) == {
        "urut": "-voters",
        "kecamatan": "Garum",
    }


@pytest.mark.parametrize("address", ["urut=district", "urut=password", "kecamatan=x", "hal=zz"])
def test_what_the_address_asks_wrongly_is_ignored(address: str) -> None:
    assert names(make_table(address)) == [v["name"] for v in VILLAGES]


def test_filter_and_search_narrow_together() -> None:
    assert names(make_table("kecamatan=Garum&cari=KARANG")) == ["Karangrejo"]
    assert make_table("cari=tidakada").is_narrowed


def test_download_holds_all_rows_that_the_filter_lets_through_not_one_page() -> None:
    table = make_table("kecamatan=Garum", page_size=1)

    assert len(table.rows) == 1
    assert [row[0] for row in table.values()] == ["Sumberdiren", "Karangrejo"]


def test_pages_lead_to_each_other_and_keep_the_filter() -> None:
    table = make_table("kecamatan=Garum&hal=1", page_size=1)

    assert (table.page_count, table.previous_url) == (2, "")
    assert QueryDict(table.next_url[1:])["kecamatan"] == "Garum"
    assert names(make_table(table.next_url[1:], page_size=1)) == ["Karangrejo"]


@pytest.mark.django_db
def test_queryset_is_sorted_and_searched_by_the_database_with_two_queries(
    django_assert_num_queries: Any,
) -> None:
    from django.contrib.contenttypes.models import ContentType

    with django_assert_num_queries(2):
        table = build_table(
            caption="Jenis",
            rows=ContentType.objects.all(),
            query=QueryDict("urut=-model&cari=user"),
            search=("model",),
            columns=[Column(key="model", title="Model", sort="model")],
        )

    found = names(table)
    assert found == sorted(found, reverse=True)
    assert all("user" in name for name in found)
