"""Prices, deliveries and meetings: what the committee adds to the formulas."""

import io
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from openpyxl import load_workbook

from pilkades.apps.audit.models import Event
from pilkades.apps.logistics.models import Delivery, Meeting, UnitPrice
from pilkades.apps.logistics.selectors.facts import LogisticsFacts
from pilkades.apps.logistics.selectors.supplies import get_budget
from pilkades.apps.logistics.services.deliveries import confirm_arrival, record_delivery
from pilkades.apps.logistics.services.outreach import record_meeting
from pilkades.apps.logistics.services.plans import set_prices
from pilkades.errors import ConflictError, MalformedInputError
from pilkades.law.number_words import number_to_words
from tests.apps.logistics.stage import MOMENT, LogisticsStage


def price(stage: LogisticsStage, prices: dict[str, int | None], *, version: int = 0) -> Any:
    return set_prices(
        actor=stage.cast.actor("sari", MOMENT),
        now=MOMENT,
        election_pk=stage.cast.election.pk,
        expected_version=version,
        prices=prices,
    )


def deliver(stage: LogisticsStage, quantity: int = 65, **changes: Any) -> Delivery:
    values: dict[str, Any] = {
        "item_id": "ballots",
        "quantity": quantity,
        "source": "Panitia kabupaten",
        "expected_date": date(2026, 11, 21),
        "has_arrived": False,
    }
    return record_delivery(
        actor=stage.cast.actor("sari", MOMENT),
        now=MOMENT,
        election_pk=stage.cast.election.pk,
        **{**values, **changes},
    )


def meet(stage: LogisticsStage, **changes: Any) -> Meeting:
    values: dict[str, Any] = {
        "place": "Rumah Pak RT",
        "held_on": date(2026, 11, 18),
        "hamlet_uuid": None,
        "attendees": 21,
        "households": 9,
        "topic": "Cara mencoblos",
    }
    return record_meeting(
        actor=stage.cast.actor("sari", MOMENT),
        now=MOMENT,
        election_pk=stage.cast.election.pk,
        **{**values, **changes},
    )


def test_prices_are_set_on_the_page_and_the_budget_adds_up(stage: LogisticsStage) -> None:
    client = stage.client("rini")
    given = {"version": 0, "p_ballots": "500", "p_member_pay": "300000"}
    assert client.post(stage.url("prices"), given).status_code == 302

    page = client.get(stage.url("budget")).text

    assert "Rp3.632.500" in page
    assert "Belum ada harga" in page
    book = load_workbook(io.BytesIO(client.get(stage.url("budget") + "?unduh=xlsx").content))
    rows = list(book.active.iter_rows(values_only=True))
    assert rows[1] == ("Barang", "Surat suara", 65, "lembar", 500, 32_500)
    assert rows[-1][-1] == 3_632_500
    assert Event.objects.latest("pk").event == "logistics.prices_set"


def test_pay_of_officers_stands_as_in_their_own_sheet_until_it_is_overwritten(
    stage: LogisticsStage,
) -> None:
    from pilkades.apps.officers.models import HonorariumSheet

    HonorariumSheet.objects.create(
        election=stage.cast.election,
        rates={"chair": 350_000, "member": 300_000, "security": 0},
        tax_percent=0,
        set_by=stage.cast.sari,
        set_at=MOMENT,
    )
    budget = get_budget(LogisticsFacts(stage.context))
    assert budget.total == 2 * 350_000 + 12 * 300_000
    assert "security_pay" in [line.material.id for line in budget.open_lines]
    assert "Rp350.000" in stage.client("sari").get(stage.url("prices")).text

    price(stage, {"chair_pay": 400_000})

    assert get_budget(LogisticsFacts(stage.context)).total == 2 * 400_000 + 12 * 300_000


def test_the_budget_paper_writes_its_sum_in_words(stage: LogisticsStage) -> None:
    from pypdf import PdfReader

    price(stage, {"ballots": 500})
    answer = stage.client("sari").get(stage.url("budget-paper") + "?kertas=f4")
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert number_to_words(32_500) in " ".join(text.split())
    assert "Belum ada harga" in text


def test_whoever_saw_older_prices_is_told(stage: LogisticsStage) -> None:
    price(stage, {"ballots": 500})
    with pytest.raises(ConflictError):
        price(stage, {"ballots": 600})
    assert UnitPrice.objects.get().price == 500
    price(stage, {"ballots": None}, version=1)
    assert not UnitPrice.objects.exists()


@pytest.mark.parametrize("prices", [{"emas": 1}, {"ballots": -1}, {"ballots": 10**10}])
def test_a_price_that_is_none_is_refused(stage: LogisticsStage, prices: dict[str, int]) -> None:
    with pytest.raises(MalformedInputError):
        price(stage, dict(prices))
    assert (
        stage.client("sari")
        .post(stage.url("prices"), {"version": 0, "p_ballots": "Rp 500"})
        .status_code
        == 400
    )


def test_what_is_promised_in_time_is_no_shortage_and_arrives_once(stage: LogisticsStage) -> None:
    client = stage.client("sari")
    assert "Kurang dan lewat waktu" in client.get(stage.url("supplies")).text
    awaited = deliver(stage, item_id="ink", quantity=4)
    row = client.get(stage.url("supplies") + "?hanya=promised").text
    assert "Tinta jari" in row

    url = stage.url("delivery-arrived", awaited.uuid)
    assert client.post(url, {}).status_code == 302
    again = client.post(url, {})

    assert again.status_code == 409
    assert "Bu Sari" in again.text
    assert Delivery.objects.get().arrived_at == MOMENT
    assert "Tinta jari" in client.get(stage.url("supplies") + "?hanya=complete").text
    source = Event.objects.get(event="delivery.recorded").leaf
    assert "kabupaten" not in source


def test_a_thing_nobody_knows_is_not_delivered(stage: LogisticsStage) -> None:
    with pytest.raises(MalformedInputError):
        deliver(stage, item_id="emas")
    given = {"item": "emas", "quantity": "0", "source": "x", "expected_date": "2026-11-21"}
    assert stage.client("sari").post(stage.url("delivery-new"), given).status_code == 400


def test_strangers_neither_deliver_nor_confirm(stage: LogisticsStage) -> None:
    awaited = deliver(stage)
    for person in ("bayu", "mallory", "dewi"):
        with pytest.raises(PermissionDenied):
            confirm_arrival(
                actor=stage.cast.actor(person, MOMENT), now=MOMENT, delivery_uuid=awaited.uuid
            )


def test_meetings_reach_their_hamlet(stage: LogisticsStage) -> None:
    from pilkades.apps.regions.models import Hamlet

    krajan = Hamlet.objects.get(name="Krajan")
    meet(stage, hamlet_uuid=krajan.uuid)

    page = stage.client("sari").get(stage.url("outreach")).text

    assert "50 %" in page
    assert "9 / 14" in page
    assert "Sumber" in page
    assert "<svg" in page
    assert "Rumah Pak RT" not in Event.objects.latest("pk").leaf


def test_more_guests_than_voters_are_at_most_all(stage: LogisticsStage) -> None:
    from pilkades.apps.regions.models import Hamlet

    sumber = Hamlet.objects.get(name="Sumber")
    meet(stage, hamlet_uuid=sumber.uuid, attendees=900, households=300)
    assert "100 %" in stage.client("sari").get(stage.url("outreach")).text


@pytest.mark.parametrize(
    "changes", [{"held_on": date(2026, 11, 21)}, {"attendees": 3, "households": 4}]
)
def test_a_meeting_that_cannot_have_been_is_refused(
    stage: LogisticsStage, changes: dict[str, Any]
) -> None:
    with pytest.raises(MalformedInputError):
        meet(stage, **changes)


def test_a_withdrawn_meeting_stays_and_no_longer_counts(stage: LogisticsStage) -> None:
    meeting = meet(stage)
    client, url = stage.client("rini"), stage.url("meeting-withdraw", meeting.uuid)
    assert client.post(url, {"reason": ""}).status_code == 400
    assert client.post(url, {"reason": "Salah desa"}).status_code == 302
    assert client.post(url, {"reason": "Lagi"}).status_code == 409
    page = client.get(stage.url("outreach")).text
    assert "Salah desa" in page
    assert "Tidak dihitung" in page
    assert stage.client("bayu").get(url).status_code == 403


def test_names_in_a_download_are_no_formulas(stage: LogisticsStage) -> None:
    meet(stage, place='=HYPERLINK("http://mallory.invalid")')
    answer = stage.client("sari").get(stage.url("outreach") + "?unduh=xlsx")
    book = load_workbook(io.BytesIO(answer.content))
    cell = book["Pertemuan"]["B2"]
    assert cell.data_type == "s"
    assert str(cell.value).startswith("'=")


def test_the_script_reads_the_hours_of_the_pack(stage: LogisticsStage) -> None:
    page = stage.client("sari").get(stage.url("script")).text
    assert "pukul 07.00 dan 13.00" in page
    assert "Hubungi panitia desa" in page
