"""Every page and paper of the logistics: who sees it, who does not, and what stands on it."""

import io

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from pilkades.apps.elections.models import Candidacy
from pilkades.apps.logistics.models import Package
from pilkades.law.application import ApplicationState
from pilkades.law.logistics_custody import CustodyAct
from tests.apps.logistics.stage import LogisticsStage
from tests.apps.village_cast import make_applicants

PAGES = (
    "home",
    "venues",
    "materials",
    "supplies",
    "budget",
    "packages",
    "returns",
    "find",
    "outreach",
    "script",
)
FORMS = ("estimate", "prices", "delivery-new", "prepare", "meeting-new")
PAPERS = ("budget-paper", "instructions")


@pytest.mark.parametrize("name", PAGES)
def test_the_workspace_opens_and_strangers_do_not(stage: LogisticsStage, name: str) -> None:
    url = stage.url(name)
    for person in ("sari", "rini", "bayu", "camat", "desk"):
        assert stage.client(person).get(url).status_code == 200, person
    assert stage.client().get(url).status_code == 302
    for person in ("mallory", "dewi"):
        assert stage.client(person).get(url).status_code == 403, person


@pytest.mark.parametrize("name", FORMS)
def test_only_the_committee_opens_a_form(stage: LogisticsStage, name: str) -> None:
    url = stage.url(name)
    assert stage.client("rini").get(url).status_code == 200
    for person in ("bayu", "camat", "desk", "mallory", "dewi"):
        client = stage.client(person)
        assert client.get(url).status_code == 403, person
        assert client.post(url, {}).status_code == 403, person


@pytest.mark.parametrize("name", ["survey", "layout", "photo-new", "approve"])
def test_only_the_committee_surveys(stage: LogisticsStage, name: str) -> None:
    stage.survey(stage.venues[0])
    url = stage.url(name, stage.venues[0].uuid)
    assert stage.client("sari").get(url).status_code == 200
    for person in ("bayu", "desk", "mallory", "dewi"):
        assert stage.client(person).get(url).status_code == 403, person
        assert stage.client(person).post(url, {}).status_code == 403, person


def test_a_package_by_its_code_does_not_exist_for_outsiders(stage: LogisticsStage) -> None:
    stage.prepare()
    url = f"/paket/{stage.package().code}/"
    assert stage.client("sari").get(url).status_code == 200
    assert stage.client("bayu").get(url).status_code == 200
    assert stage.client().get(url).status_code == 302
    for person in ("mallory", "dewi"):
        assert stage.client(person).get(url).status_code == 404
        assert stage.client(person).post(f"{url}segel/", {}).status_code == 404
    assert stage.client("bayu").get(f"{url}segel/").status_code == 403
    assert stage.client("sari").get(f"{url}hilang/").status_code == 404


def test_another_villages_venue_and_package_are_not_reached(stage: LogisticsStage) -> None:
    stage.prepare()
    package = stage.package()
    sari = stage.client("sari")
    other = "35.05.01.2002"
    assert sari.get(f"/ruang/{other}/logistik/paket/{package.uuid}/").status_code == 403
    mallory = stage.client("mallory")
    assert mallory.get(f"/ruang/{other}/logistik/paket/{package.uuid}/").status_code == 404
    venue = stage.venues[0].uuid
    assert mallory.get(f"/ruang/{other}/logistik/tempat/{venue}/").status_code == 404


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_is_a_pdf_of_the_village(stage: LogisticsStage, name: str) -> None:
    answer = stage.client("sari").get(stage.url(name))
    assert answer["Content-Type"] == "application/pdf"
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert "Halaman 1 dari" in text
    assert stage.client("dewi").get(stage.url(name)).status_code == 403


def test_packing_lists_have_a_page_for_each_package_and_labels_a_code(
    stage: LogisticsStage,
) -> None:
    stage.prepare()
    client = stage.client("sari")
    lists = PdfReader(io.BytesIO(client.get(stage.url("packing-paper")).content))
    assert len(lists.pages) == Package.objects.count() == 6
    assert "43" in lists.pages[0].extract_text()
    one = PdfReader(io.BytesIO(client.get(stage.url("packing-paper") + "?paket=2").content))
    assert len(one.pages) == 1
    labels = PdfReader(io.BytesIO(client.get(stage.url("labels-paper")).content))
    code = stage.package(1).code.hex
    assert code[:4] in labels.pages[0].extract_text()
    assert client.get(stage.url("packing-paper") + "?paket=99").status_code == 404


def test_a_record_of_a_handover_names_both(stage: LogisticsStage) -> None:
    stage.prepare()
    package = stage.package()
    stage.seal(package)
    url = stage.url("handover", package.uuid, 1)
    text = PdfReader(io.BytesIO(stage.client("sari").get(url).content)).pages[0].extract_text()
    for word in ("Bu Sari", "Pak Slamet", "A-001", "Jumat tanggal dua puluh"):
        assert word in text
    assert stage.client("sari").get(stage.url("handover", package.uuid, 2)).status_code == 404


def test_the_sample_ballot_waits_for_the_numbers_and_says_contoh(stage: LogisticsStage) -> None:
    client, url = stage.client("sari"), stage.url("specimen")
    assert client.get(url).status_code == 404
    made = make_applicants(stage.cast, 2, state=ApplicationState.DETERMINED)
    for number, candidacy in enumerate(made, start=1):
        Candidacy.objects.filter(pk=candidacy.pk).update(
            state=ApplicationState.NUMBERED, ballot_number=number
        )
    text = PdfReader(io.BytesIO(client.get(url).content)).pages[0].extract_text()
    assert text.count("CONTOH") >= 3
    assert "Kartika" in text
    assert "Bukan surat suara" in text


def test_the_bill_is_shown_with_its_sums_and_downloads(stage: LogisticsStage) -> None:
    client = stage.client("sari")
    page = client.get(stage.url("materials")).text
    assert "42 pemilih × 1 ÷ 1" in page
    book = load_workbook(io.BytesIO(client.get(stage.url("materials") + "?unduh=xlsx").content))
    rows = list(book["Kebutuhan"].iter_rows(values_only=True))
    assert rows[1][:5] == ("Surat suara", "Barang", "lembar", 2, 65)
    per_station = list(book["Per TPS"].iter_rows(values_only=True))
    assert per_station[1] == ("Surat suara", 43, 22, 65)


def test_before_there_is_a_roll_the_bill_stands_on_an_estimate(stage: LogisticsStage) -> None:
    from pilkades.apps.roll.models import RollEntry

    RollEntry.objects.all().delete()
    client = stage.client("sari")
    assert "Belum ada pemilih" in client.get(stage.url("budget")).text
    answer = client.post(stage.url("estimate"), {"version": 0, "voters": 1_260})
    assert answer.status_code == 302
    page = client.get(stage.url("materials")).text
    assert "seolah-olah ada 3 TPS" in page
    assert "1.287" in page
    stale = client.post(stage.url("estimate"), {"version": 0, "voters": 5})
    assert stale.status_code == 409
    assert 'value="5"' in stale.text


def test_an_alarm_is_red_on_the_overview_and_the_list(stage: LogisticsStage) -> None:
    stage.prepare()
    package = stage.package()
    stage.seal(package)
    stage.scan(package, CustodyAct.OPEN, giver="Pak Slamet", taker="Pak Budi")
    for name in ("home", "packages"):
        page = stage.client("sari").get(stage.url(name)).text
        assert "Tanda bahaya" in page
    page = stage.client("sari").get(stage.url("package", package.uuid)).text
    assert "Paket dibuka sebelum jam pembukaan TPS." in page
    assert "status-bad" in page


def test_an_older_pack_without_the_tables_still_opens_every_page(
    stage: LogisticsStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pilkades.law.pack import RulePack

    whole = RulePack.table
    monkeypatch.setattr(
        RulePack,
        "table",
        lambda pack, name: () if name in ("material", "site_criterion") else whole(pack, name),
    )
    for name in PAGES:
        assert stage.client("sari").get(stage.url(name)).status_code == 200, name
    assert "lebih tua" in stage.client("sari").get(stage.url("home")).text
    assert stage.client("sari").post(stage.url("prepare"), {}).status_code == 422
