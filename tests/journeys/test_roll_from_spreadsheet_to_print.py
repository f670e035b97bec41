"""From a messy spreadsheet to the printed roll and the appointed station team, in real browsers.

Bu Sari chairs the committee and Pak Slamet is its secretary; Mbak Dewi is a voter without an
account who finds a mistake about herself; Pak Lurah issues the decree; Pak Budi is to chair TPS 01.
The clock of the village is moved from one step of the timetable to the next.
"""

import os
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Count, Q
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from pilkades.apps.accounts.models import User
from pilkades.apps.roll.models import (
    DuplicateDecision,
    DuplicatePair,
    RollEntry,
    RollState,
)
from pilkades.apps.roll.services.duplicates import decide_pair
from pilkades.apps.roll.services.stations import add_stations
from pilkades.apps.roll.services.venues import VenueInput, add_venue
from pilkades.synthetic.sheet_files import write_xlsx
from tests.apps.elections_village.photos import picture
from tests.apps.village_cast import VILLAGE, at
from tests.browser import DESK
from tests.journeys.roll_stage import Clock, Stage
from tests.journeys.roll_walk import ROOM, Walker, give_file, read_text
from tests.journeys.team_walk import form_a_team

LETTERS_MAX = 1_000
"""Setting 7,800 invitations takes a minute, which the benchmark does; here the smaller village."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
pytestmark = [pytest.mark.journey, pytest.mark.browser]

# Minutes each: the parts of the walk have tests of their own, the whole is walked on request.
SIZES = [(900, 6), (7_800, 18)]
pytestmark.append(
    pytest.mark.skipif(
        not os.environ.get("PILKADES_FULL"), reason="the whole walk takes minutes: PILKADES_FULL=1"
    )
)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock(at(7, 28, 9))
    monkeypatch.setattr("pilkades.apps.design.clock.now", clock.read)
    return clock


@pytest.fixture
def arrive(
    open_page: Callable[..., Page], sign_in: Callable[[Page, Any], None]
) -> Callable[..., Walker]:
    """Somebody sits down at a browser; without an account on a phone."""

    def arrive(user: User | None = None) -> Walker:
        walker = Walker(open_page(viewport=DESK) if user else open_page())
        if user:
            sign_in(walker.page, user)
        return walker

    return arrive


@pytest.mark.parametrize(("voters", "stations"), SIZES)
def test_a_spreadsheet_becomes_a_locked_and_printed_roll(
    transactional_db: None,
    clock: Clock,
    arrive: Callable[..., Walker],
    voters: int,
    stations: int,
) -> None:
    stage = Stage(clock, voters=voters, stations=stations)
    sari, slamet = arrive(stage.cast.sari), arrive(stage.cast.slamet)

    import_the_sheet(stage, sari)
    mend_what_is_wrong(stage, sari)
    accept_it(stage, sari)
    decide_the_twins(stage, sari)
    announce_the_provisional_roll(stage, sari)
    ticket = report_a_mistake(stage, arrive())
    correct_and_answer(stage, slamet, ticket)
    read_the_answer(arrive(), ticket)
    add_and_fix(stage, sari)
    divide_among_stations(stage, sari)
    fix_and_lock(stage, sari, slamet)
    print_everything(stage, sari)
    form_a_team(stage, sari, arrive(stage.lurah))


def import_the_sheet(stage: Stage, sari: Walker) -> None:
    first, again = (row for row in stage.sheet.rows if row.person.person_id == stage.twin.person_id)
    assert not first.defects, "whoever is left out has no twin"
    assert again.person.full_name == stage.old_spelling
    sari.open(f"{ROOM}/dpt/")
    sari.look("dpt-kosong")
    sari.follow("Impor dari Excel")
    sari.look("impor")
    give_file(
        sari,
        "Berkas",
        name="DATA PEMILIH final(2).xlsx",
        media_type=XLSX,
        data=write_xlsx(stage.sheet),
    )
    sari.press("Unggah dan periksa")
    expect(sari.page.get_by_role("heading", level=1)).to_have_text("Kolom mana berisi apa?")
    chosen = {select.input_value() for select in sari.content.locator("select").all()} - {""}
    assert chosen == set(stage.sheet.layout.targets) - {""}
    sari.look("kolom")
    sari.press("Periksa semua baris")
    expect(sari.page.get_by_role("heading", level=1)).to_have_text("Periksa impor")
    sari.look("pratinjau")
    lines = len(stage.sheet.rows)
    shown = {term: sari.read_number(term) for term in COUNTS}
    assert shown["Siap"] + shown["Perlu dilihat"] + shown["Terhalang"] == lines
    assert shown["Terhalang"] > lines / 50
    assert not RollEntry.objects.exists(), "nothing is on the roll before it is accepted"
    assert stage.twin.nik not in sari.page.content()


COUNTS = ("Siap", "Perlu dilihat", "Terhalang", "Dilewati", "Ditinggalkan")


def mend_what_is_wrong(stage: Stage, sari: Walker) -> None:
    """Six kinds by the button that is offered for all of a kind."""
    address = sari.page.url.split("?")[0]
    mended = 0
    for code, title in list_kinds(sari):
        sari.open(f"{address}?masalah={code}")
        buttons = sari.content.locator(".mendings").first.get_by_role(
            "button", name=re.compile(r"\(\d[\d.]* baris\)")
        )
        if not buttons.count():
            continue
        before = sari.read_number("Terhalang")
        if not mended:
            sari.look("perbaiki-sejenis")
        sari.go(buttons.first)
        sari.expect("baris diperbaiki")
        assert sari.read_number("Terhalang") < before, title
        mended += 1
        if mended == MENDED_KINDS:
            break
    assert mended == MENDED_KINDS
    sari.open(address)


MENDED_KINDS = 6


def list_kinds(sari: Walker) -> list[tuple[str, str]]:
    """Every kind of problem that blocks, by code and by title."""
    links = sari.content.locator("li.check", has_text="terhalang").get_by_role("link").all()
    return [
        ((link.get_attribute("href") or "").removeprefix("?masalah="), link.inner_text())
        for link in links
    ]


def accept_it(stage: Stage, sari: Walker) -> None:
    """What nobody can read is left out, all the rest is written at once."""
    sari.follow("Lanjut ke penerimaan")
    sari.expect("Masih ada yang terhalang")
    sari.look("terima-terhalang")
    sari.press(re.compile(r"^Tinggalkan \d+ baris"))
    left_out = sari.read_number("Ditinggalkan")
    assert sari.read_number("Terhalang") == 0
    assert 0 < left_out < len(stage.sheet.defects)
    sari.follow("Lanjut ke penerimaan")
    sari.look("terima")
    announced = sari.read_number("Ditulis ke daftar")
    assert announced == len(stage.sheet.rows) - left_out
    sari.press("Tulis ke daftar pemilih")
    sari.expect("Sudah diterima")
    assert RollEntry.objects.count() == announced
    sari.open(f"{ROOM}/dpt/pemilih/")
    sari.look("pemilih")
    sari.open(f"{ROOM}/dpt/daftar/")
    sari.look("daftar-pemeriksaan")


def decide_the_twins(stage: Stage, sari: Walker) -> None:
    sari.open(f"{ROOM}/dpt/ganda/")
    sari.press("Cari pemilih ganda")
    sari.expect("Selesai.")
    sari.open(f"{ROOM}/dpt/ganda/")
    sari.look("ganda")
    written = RollEntry.objects.get(full_name__iexact=stage.old_spelling)
    pair = DuplicatePair.objects.get(Q(left=written) | Q(right=written))
    sari.open(f"{ROOM}/dpt/ganda/{pair.uuid}/")
    sari.look("sepasang")
    sari.fill("note", "KTP-el diperiksa di rumah")
    sari.press(re.compile("coret baris kiri" if pair.left == written else "coret baris kanan"))
    written.refresh_from_db()
    assert written.is_removed
    # The others one by one would only be the same page again.
    for other in DuplicatePair.objects.filter(decision=DuplicateDecision.OPEN):
        decide_pair(
            actor=stage.cast.actor("slamet"),
            now=stage.clock.read(),
            pair_uuid=other.uuid,
            expected_version=other.version,
            decision=DuplicateDecision.DIFFERENT,
            note="Diperiksa di rumah",
        )


def act(sari: Walker, slug: str, submit: str) -> None:
    """One act of the roll's way."""
    sari.open(f"{ROOM}/dpt/tahap/{slug}/")
    sari.look(slug)
    sari.press(submit)
    sari.expect("Daftar pemilih")


def announce_the_provisional_roll(stage: Stage, sari: Walker) -> None:
    stage.clock.moment = at(8, 3, 10)
    sari.open(f"{ROOM}/dpt/")
    sari.look("dpt-sebelum-dps")
    act(sari, "tetapkan-dps", "Tetapkan DPS")
    standing = RollEntry.objects.filter(is_removed=False)
    assert stage.roll.state == RollState.PROVISIONAL
    numbers = sorted(standing.values_list("number", flat=True))
    assert numbers == list(range(1, standing.count() + 1))
    stage.clock.moment = at(8, 4, 8)
    act(sari, "umumkan-dps", "Catat DPS diumumkan hari ini")
    assert stage.roll.state == RollState.ANNOUNCED


def report_a_mistake(stage: Stage, dewi: Walker) -> str:
    """A phone without an account: found with the least, then a report with a photo."""
    dewi.open(f"/desa/{VILLAGE}/cek-dpt/")
    dewi.fill("nik", stage.dewi.nik[:-1] + str((int(stage.dewi.nik[-1]) + 1) % 10))
    dewi.fill_date("birth_date", stage.dewi.birth_date)
    dewi.press("Cek daftar")
    dewi.expect("Tidak ditemukan")
    dewi.fill("nik", stage.dewi.nik)
    dewi.fill_date("birth_date", stage.dewi.birth_date)
    dewi.press("Cek daftar")
    dewi.expect("Anda terdaftar")
    assert stage.dewi.full_name not in dewi.page.content()
    assert stage.dewi.nik not in dewi.page.url
    dewi.look("cek-dpt")
    dewi.follow("Laporkan data yang keliru")
    dewi.content.get_by_label("Data saya keliru").check()
    dewi.fill("content", "Tempat lahir saya Tulungagung, bukan Blitar.")
    dewi.fill("reporter_name", "Mbak Dewi")
    dewi.fill("contact", "081234500000")
    dewi.content.locator("[name=document]").set_input_files(
        {"name": "ktp.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    )
    dewi.look("lapor")
    dewi.press("Kirim laporan")
    dewi.expect("Laporan Anda diterima")
    dewi.look("lapor-diterima")
    dewi.follow("Lihat perkembangannya")
    dewi.expect("Panitia belum menjawab")
    return dewi.page.url.rstrip("/").rsplit("/", 1)[-1]


def correct_and_answer(stage: Stage, slamet: Walker, ticket: str) -> None:
    stage.clock.moment = at(8, 5, 10)
    slamet.open(f"{ROOM}/dpt/laporan/")
    slamet.look("laporan-warga")
    slamet.follow(f"Baca {ticket}")
    slamet.expect("Tulungagung, bukan Blitar")
    slamet.look("laporan")
    report = slamet.page.url
    slamet.follow(stage.dewi.full_name)
    assert str(stage.dewi.uuid) in slamet.page.url
    assert stage.dewi.nik not in slamet.page.content()
    slamet.look("seorang-pemilih")
    slamet.follow("Perbaiki data")
    slamet.fill("birth_place", "Tulungagung")
    slamet.fill("reason", "Sesuai KTP-el pelapor")
    slamet.look("perbaiki")
    slamet.content.locator("form button[type=submit]").last.click()
    slamet.expect("Riwayat perubahan")
    stage.dewi.refresh_from_db()
    assert stage.dewi.birth_place == "Tulungagung"
    assert stage.dewi.nik, "what was masked in the form was not written over"
    slamet.open(report)
    slamet.content.get_by_label("Diterima, daftar diperbaiki").check()
    slamet.fill("answer", "Tempat lahir sudah diperbaiki menurut KTP-el.")
    slamet.press("Simpan jawaban")
    slamet.expect("Diterima, daftar diperbaiki")


def read_the_answer(dewi: Walker, ticket: str) -> None:
    dewi.open(f"/laporan-dpt/{ticket}/")
    dewi.expect("Tempat lahir sudah diperbaiki menurut KTP-el.")
    dewi.look("jawaban")


def add_and_fix(stage: Stage, sari: Walker) -> None:
    """The announcement has its days; then additions, and somebody new."""
    sari.open(f"{ROOM}/dpt/tahap/buka-tambahan/")
    sari.press("Buka pencatatan")
    sari.expect("berlangsung sampai")
    stage.clock.moment = at(8, 7, 9)
    act(sari, "buka-tambahan", "Buka pencatatan")
    before = RollEntry.objects.filter(is_removed=False).count()
    sari.open(f"{ROOM}/dpt/pemilih/baru/")
    sari.fill("full_name", "Sutrisno Baru")
    sari.fill_date("birth_date", at(8, 7).date().replace(year=1980))
    sari.content.get_by_label("Laki-laki").check()
    sari.fill("rt", "1")
    sari.fill("rw", "1")
    sari.fill("reason", "Pindah masuk, surat pindah 12/2026")
    sari.look("pemilih-baru")
    sari.content.locator("form button[type=submit]").last.click()
    sari.expect("Sutrisno Baru")
    assert RollEntry.objects.filter(is_removed=False).count() == before + 1
    stage.clock.moment = at(8, 12, 9)
    act(sari, "umumkan-tambahan", "Catat daftar tambahan diumumkan hari ini")
    assert stage.roll.state == RollState.SUPPLEMENTED


def divide_among_stations(stage: Stage, sari: Walker) -> None:
    stage.clock.moment = at(8, 13, 9)
    actor = stage.cast.actor("sari")
    sari.open(f"{ROOM}/dpt/tps/tempat/")
    sari.fill("name", "Balai Desa")
    sari.content.locator("[name=hamlet]").select_option(index=1)
    sari.look("tempat")
    sari.content.locator("form button[type=submit]").last.click()
    sari.expect("Balai Desa")
    for place, hamlet in enumerate(stage.cast.context.village.hamlets.order_by("pk")):
        add_venue(
            actor=actor,
            now=stage.clock.read(),
            election_pk=stage.cast.election.pk,
            venue=VenueInput(name=f"SDN {place + 1}", hamlet=hamlet),
        )
    for place, venue in enumerate(stage.cast.election.venues.order_by("pk")):
        count = stage.stations // 5 + (place < stage.stations % 5)
        add_stations(actor=actor, now=stage.clock.read(), venue_uuid=venue.uuid, count=count)
    sari.open(f"{ROOM}/dpt/tps/")
    sari.look("tps")
    sari.follow("Bagi pemilih")
    sari.look("bagi-pemilih")
    sari.press("Hitung usulan")
    sari.open(f"{ROOM}/dpt/tps/pembagian/usulan/")
    sari.look("usulan")
    sari.press("Terima pembagian")
    sari.expect("Pembagian diterima")
    loads = count_loads()
    assert len(loads) == stage.stations
    assert max(loads.values()) <= 500
    assert sum(loads.values()) == RollEntry.objects.filter(is_removed=False).count()
    move_one_rt(sari)


def count_loads() -> dict[int, int]:
    """Voters by the number of their station."""
    rows = RollEntry.objects.filter(is_removed=False).values_list("station__number")
    return dict(rows.annotate(n=Count("pk")))


def move_one_rt(sari: Walker) -> None:
    """The smallest RT of the first column goes to the emptiest other station."""
    before = count_loads()
    sari.open(f"{ROOM}/dpt/tps/papan/")
    sari.look("papan")
    column = sari.content.locator(".board-column").first
    cards = column.locator(".board-card").all()
    sizes = [int(card.locator("strong").inner_text().replace(".", "")) for card in cards]
    smallest = min(range(len(cards)), key=lambda place: sizes[place])
    sari.go(cards[smallest].locator("a.board-move"))
    emptiest = min((load, number) for number, load in before.items() if number != 1)[1]
    option = sari.content.locator(
        "select[name=ke] option", has_text=re.compile(rf"TPS 0*{emptiest}\b")
    )
    sari.content.locator("select[name=ke]").select_option(option.first.get_attribute("value"))
    sari.press("Lihat akibatnya")
    sari.fill("reason", "Lebih dekat, tidak menyeberang sungai")
    sari.look("pindahkan")
    sari.press("Pindahkan")
    sari.expect("Sudah dipindah dan tercatat")
    after = count_loads()
    assert after[1] == before[1] - sizes[smallest]
    assert after[emptiest] == before[emptiest] + sizes[smallest]


def fix_and_lock(stage: Stage, sari: Walker, slamet: Walker) -> None:
    stage.clock.moment = at(8, 18, 10)
    act(sari, "tetapkan-dpt", "Tetapkan DPT")
    stage.clock.moment = at(8, 19, 8)
    act(sari, "umumkan-dpt", "Catat DPT diumumkan hari ini")
    stage.clock.moment = at(8, 24, 9)
    sari.open(f"{ROOM}/dpt/kunci/usul/")
    sari.press("Usulkan penguncian")
    sari.expect("Penguncian menunggu orang kedua")
    expect(sari.content.get_by_role("link", name="Periksa dan kunci")).to_have_count(0)
    sari.look("usul-kunci")
    slamet.open(f"{ROOM}/dpt/")
    slamet.follow("Periksa dan kunci")
    slamet.expect("Isi daftar sama dengan yang diusulkan")
    slamet.look("kunci")
    slamet.press("Kunci DPT")
    slamet.expect("DPT dikunci")
    slamet.look("dpt-dikunci")
    roll = stage.roll
    assert roll.state == RollState.LOCKED
    assert (roll.lock_proposed_by, roll.locked_by) == (stage.cast.sari, stage.cast.slamet)
    sari.open(f"{ROOM}/dpt/pemilih/{stage.dewi.uuid}/")
    expect(sari.content.get_by_role("link", name="Perbaiki data")).to_have_count(0)


def print_everything(stage: Stage, sari: Walker) -> None:
    stage.clock.moment = at(11, 12, 9)
    voters = RollEntry.objects.filter(is_removed=False).count()
    sari.open(f"{ROOM}/dpt/cetak/")
    sari.look("cetak")
    wall = print_paper(sari, "A4 Daftar untuk ditempel")
    words = read_text(wall)
    assert not re.search(r"(?<!\d)\d{16}(?!\d)", words)
    assert stage.dewi.nik not in words
    assert stage.stations <= len(wall.pages) <= voters
    if voters <= LETTERS_MAX:
        letters = print_paper(sari, r"F4 Undangan \(C6\)")
        assert len(letters.pages) >= voters / 4
        first = read_text(letters, pages=slice(0, 1))
        assert "TPS" in first
        assert not re.search(r"(?<!\d)\d{16}(?!\d)", first)
    sari.open(f"{ROOM}/dpt/cetak/")
    minutes = sari.download(sari.content.get_by_role("link", name="Penetapan DPT"))
    assert len(minutes.pages) in (1, 2)


def print_paper(sari: Walker, button: str) -> PdfReader:
    """A paper that is set on its own page and opened from there."""
    sari.open(f"{ROOM}/dpt/cetak/")
    sari.press(re.compile(button))
    sari.expect("Selesai.")
    sari.look("cetak-selesai")
    return sari.download(sari.content.get_by_role("link", name="Buka hasilnya"))
