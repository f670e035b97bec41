"""How far the rolls of the demo's villages are: each told beside the village's own story."""

from pilkades.apps.roll.services.stages import StageAct
from pilkades.demo.director import Story, at
from pilkades.demo.listing import (
    MESSY_SHARE,
    add_voter,
    advance,
    bring_list,
    confirm,
    hand_in,
    look_for_twins,
    name_hamlets,
    propose,
    report_mistakes,
    visit_houses,
    write_somebody_twice,
)
from pilkades.demo.staffing import (
    allocate,
    appoint_teams,
    declare_kin,
    form_teams,
    invite_head,
    open_stations,
    register_agents,
    swear_in,
)
from pilkades.demo.supplying import (
    carry_letters,
    hand_over_half,
    issue_letters,
    price_everything,
    receive_goods,
    seal_packages,
    survey_venues,
    tell_people,
)
from pilkades.demo.village import VillagePlay


def list_messy(village: VillagePlay) -> Story:
    """The village secretary's spreadsheet has been read; its mistakes wait to be mended."""
    yield at(7, 28, 9)
    name_hamlets(village)
    yield at(7, 30, 9)
    hand_in(village, defect_share=MESSY_SHARE)


def list_announced(village: VillagePlay) -> Story:
    """The DPS hangs out; two reports, and one person who may stand there twice."""
    yield from _until_provisional(village)
    yield at(8, 4, 8)
    advance(village, StageAct.ANNOUNCE_PROVISIONAL)
    yield at(8, 4, 19)
    report_mistakes(village)
    yield at(8, 5, 8, 30)
    write_somebody_twice(village)
    look_for_twins(village)


def list_fixed(village: VillagePlay) -> Story:
    """The DPT is fixed and announced; the secretary has proposed to lock it."""
    yield from _until_final(village, stations=1)
    yield at(8, 24, 10)
    propose(village)


def list_locked(village: VillagePlay) -> Story:
    """The DPT is locked by two."""
    yield from _until_final(village, stations=1)
    yield at(8, 24, 9)
    propose(village)
    yield at(8, 24, 11)
    confirm(village)


def list_everything(village: VillagePlay) -> Story:
    """Roll, officers and logistics, as far as they are some days before the poll."""
    yield at(7, 20, 9)
    invite_head(village)
    name_hamlets(village)
    open_stations(village, count=4)
    yield at(7, 21, 10)
    form_teams(village)
    yield at(7, 23, 10)
    appoint_teams(village, number="141/17/2026")
    yield at(7, 24, 11)
    swear_in(village, taken_at=at(7, 24, 9))
    yield from _until_final(village, stations=0)
    yield at(8, 24, 9)
    propose(village)
    yield at(8, 24, 11)
    confirm(village)
    yield at(9, 2, 10)
    survey_venues(village)
    price_everything(village)
    yield at(11, 4, 10)
    declare_kin(village)
    yield at(11, 10, 10)
    register_agents(village)
    receive_goods(village)
    yield at(11, 12, 9)
    issue_letters(village)
    yield at(11, 13, 20)
    tell_people(village)
    yield at(11, 14, 16)
    carry_letters(village, count=30)
    yield at(11, 17, 10)
    seal_packages(village)
    yield at(11, 17, 15)
    hand_over_half(village)


def _until_provisional(village: VillagePlay) -> Story:
    yield at(7, 28, 9)
    name_hamlets(village)
    bring_list(village)
    yield at(7, 30, 10)
    visit_houses(village, found=24)
    yield at(8, 3, 10)
    advance(village, StageAct.FIX_PROVISIONAL)


def _until_final(village: VillagePlay, *, stations: int) -> Story:
    yield from _until_provisional(village)
    yield at(8, 4, 8)
    advance(village, StageAct.ANNOUNCE_PROVISIONAL)
    yield at(8, 7, 9)
    advance(village, StageAct.OPEN_ADDITIONS)
    yield at(8, 10, 10)
    add_voter(village, reason="Pindah masuk, KTP-el desa ini ditunjukkan")
    yield at(8, 12, 9)
    advance(village, StageAct.ANNOUNCE_ADDITIONS)
    yield at(8, 13, 9)
    if stations:
        open_stations(village, count=stations)
    allocate(village)
    yield at(8, 18, 10)
    advance(village, StageAct.FIX_FINAL)
    yield at(8, 19, 8)
    advance(village, StageAct.ANNOUNCE_FINAL)
