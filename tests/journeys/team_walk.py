"""A station team is formed, a conflict is caught, decree and honorarium sheet are printed."""

from io import BytesIO

from playwright.sync_api import expect
from pypdf import PdfReader

from pilkades.apps.elections.models import Candidacy, PollingStation
from pilkades.apps.officers.models import AppointmentDecree, OfficerState, StationOfficer
from pilkades.law.application import ApplicationState
from pilkades.law.officers_kinship import Relation
from pilkades.law.officers_rules import SeatKind
from tests.apps.officers_cast import SEATS, StationCast, fill_team, relate
from tests.apps.village_cast import at, make_applicants
from tests.journeys.roll_stage import Stage
from tests.journeys.roll_walk import ROOM, Walker, read_text


def form_a_team(stage: Stage, sari: Walker, lurah: Walker) -> None:
    """Pak Budi chairs TPS 01; nobody serves twice, and a candidate's brother does not serve."""
    stage.clock.moment = at(11, 4, 9)
    candidates = make_applicants(stage.cast, 2, state=ApplicationState.DETERMINED)
    for number, item in enumerate(candidates, start=1):
        Candidacy.objects.filter(pk=item.pk).update(
            state=ApplicationState.NUMBERED, ballot_number=number
        )
    one, two = PollingStation.objects.order_by("number")[:2]
    sari.open(f"{ROOM}/petugas/")
    sari.look("petugas")
    name_chair(stage, sari, one, "Budi Santoso")
    sari.look("pernyataan")
    for name, value in ANSWERS.items():
        sari.content.locator(f"[name={name}][value={value}]").check()
    sari.press("Simpan pernyataan")
    name_chair(stage, sari, two, "Boedi Santosa")
    sari.expect("TPS 01")
    assert not StationOfficer.objects.filter(team__station=two).exists(), "one person, one station"

    cast = StationCast(village=stage.cast, lurah=stage.lurah, stations=(one, two))
    others = [seat for seat in SEATS if seat != (SeatKind.STATION, 1)]
    fill_team(cast, one, seats=others)
    for officer in StationOfficer.objects.filter(team__station=one).exclude(
        full_name="Budi Santoso"
    ):
        relate(cast, officer, dict.fromkeys(candidates, Relation.NONE))
    budi = StationOfficer.objects.get(full_name="Budi Santoso")
    tell_kinship(sari, budi, candidates, "sibling")
    sari.open(f"{ROOM}/petugas/benturan/")
    sari.expect("Budi Santoso")
    sari.expect("menghalangi pengangkatan")
    sari.look("benturan")
    sari.open(f"{ROOM}/petugas/sk/")
    expect(sari.content.get_by_role("link", name="Usulkan pengangkatan")).to_have_count(0)
    # He had mistaken the question: his wife's cousin is a namesake of the candidate.
    tell_kinship(sari, budi, candidates, "none")
    appoint_and_print(stage, sari, lurah)


ANSWERS = {
    "lives_in_village": "yes",
    "is_healthy": "yes",
    "party_state": "never",
    "campaign_state": "never",
    "is_committee_member": "no",
}


def name_chair(stage: Stage, sari: Walker, station: PollingStation, name: str) -> None:
    budi = next(
        person
        for person in stage.village.voters
        if person.sex == "L" and 1975 < person.birth_date.year < 1995
    )
    sari.open(f"{ROOM}/petugas/tps/{station.uuid}/isi/station-1/")
    sari.fill("full_name", name)
    sari.fill("nik", budi.nik)
    sari.content.locator("[name=sex][value=L]").check()
    sari.fill("birth_place", budi.birth_place)
    sari.fill_date("birth_date", budi.birth_date)
    sari.fill("address", budi.address)
    sari.press("Simpan petugas")


def tell_kinship(
    sari: Walker, officer: StationOfficer, candidates: list[Candidacy], first: str
) -> None:
    sari.open(f"{ROOM}/petugas/orang/{officer.uuid}/keluarga/")
    for place, item in enumerate(candidates):
        sari.content.locator(f"[name=c{item.pk}]").select_option(first if place == 0 else "none")
    sari.look("keluarga")
    sari.press("Simpan hubungan keluarga")


def appoint_and_print(stage: Stage, sari: Walker, lurah: Walker) -> None:
    sari.open(f"{ROOM}/petugas/sk/")
    sari.follow("Usulkan pengangkatan")
    sari.press("Usulkan pengangkatan")
    sari.expect("Usulan menunggu ditetapkan")
    sari.look("sk-usulan")
    lurah.open(f"{ROOM}/petugas/sk/")
    lurah.follow("Tetapkan SK")
    lurah.fill("number", "141/12/2026")
    lurah.fill_date("decree_date", stage.clock.moment.date())
    lurah.fill("signer_name", "Pak Lurah")
    lurah.look("tetapkan-sk")
    lurah.press("Tetapkan SK")
    lurah.expect("141/12/2026")
    assert StationOfficer.objects.filter(state=OfficerState.APPOINTED).count() == len(SEATS)
    decree = AppointmentDecree.objects.get()
    paper = sari.page.request.get(f"{ROOM}/petugas/sk/{decree.uuid}/cetak/?kertas=f4")
    words = read_text(PdfReader(BytesIO(paper.body())))
    assert "141/12/2026" in words
    assert "Budi Santoso" in words
    sari.open(f"{ROOM}/petugas/honorarium/tarif/")
    for duty, rate in RATES.items():
        sari.fill(duty, rate)
    sari.look("tarif")
    sari.press("Simpan tarif")
    sari.look("honorarium")
    sheet = sari.download(sari.content.get_by_role("link", name="F4").first)
    words = read_text(sheet)
    assert "Budi Santoso" in words
    assert "1.200.000" in words


RATES = {
    "chair": "1200000",
    "member": "1100000",
    "security": "700000",
    "reserve": "0",
    "tax_percent": "5",
}
