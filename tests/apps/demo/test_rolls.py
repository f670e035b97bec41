"""Roll, officers and logistics of the demo: each village as far as its moment of the timetable."""

import re
from typing import Any

import pytest
from django.test import Client

from pilkades.apps.accounts.models import User
from pilkades.apps.elections.models import PollingStation
from pilkades.apps.elections.selectors.village_elections import (
    VillageElection,
    get_village_election,
)
from pilkades.apps.logistics.models import Package
from pilkades.apps.logistics.models import State as PackageState
from pilkades.apps.officers.models import CandidateAgent, StationTeam
from pilkades.apps.officers.selectors.standing import Examiner
from pilkades.apps.officers.selectors.teams import list_team_views
from pilkades.apps.roll.models import (
    CitizenReport,
    DuplicatePair,
    ImportState,
    Invitation,
    Roll,
    RollEntry,
    RollImport,
    RollState,
)
from pilkades.apps.roll.selectors.imports import count_rows
from pilkades.apps.roll.selectors.readiness import list_obstacles
from pilkades.demo.guide import find_example_voter
from pilkades.demo.scripts import SCRIPTS

TOLD = {script.slug: script.code for script in SCRIPTS}


def get_context(slug: str) -> VillageElection:
    return get_village_election(TOLD[slug])


def get_roll(slug: str) -> Roll:
    return Roll.objects.get(election__village_id=TOLD[slug])


@pytest.mark.parametrize(
    ("slug", "state"),
    [
        ("karangsono", RollState.DRAFT),
        ("minggirsari", RollState.ANNOUNCED),
        ("jatinom", RollState.FINAL),
        ("kuningan", RollState.LOCKED),
        ("dawuhan", RollState.LOCKED),
    ],
)
def test_each_roll_is_as_far_as_its_village(demo: list[str], slug: str, state: RollState) -> None:
    assert get_roll(slug).state == state


def test_karangsono_has_a_sheet_that_waits_to_be_mended(demo: list[str]) -> None:
    source = RollImport.objects.get(roll=get_roll("karangsono"))
    counts = count_rows(source)
    assert source.state == ImportState.READ
    assert counts.blocked >= 10
    assert counts.accepted > 250
    assert not get_roll("karangsono").entries.exists()


def test_minggirsari_has_reports_to_answer_and_a_pair_to_decide(demo: list[str]) -> None:
    reports = CitizenReport.objects.filter(roll=get_roll("minggirsari"))
    assert [report.outcome for report in reports] == ["", ""]
    assert DuplicatePair.objects.filter(left__roll=get_roll("minggirsari"), decision="").exists()


def test_jatinom_can_be_locked_by_the_chair_now(demo: list[str]) -> None:
    roll, context = get_roll("jatinom"), get_context("jatinom")
    assert roll.lock_proposed_by == User.objects.get(username="sekretaris.jatinom")
    assert not [item for item in list_obstacles(context, roll) if item.is_blocking]


def test_everybody_on_a_locked_roll_has_a_number_and_a_station(demo: list[str]) -> None:
    for slug in ("kuningan", "dawuhan"):
        roll = get_roll(slug)
        standing = roll.entries.filter(is_removed=False)
        assert roll.locked_by != roll.lock_proposed_by
        assert not standing.filter(number=None).exists()
        assert not standing.filter(station=None).exists()
    assert get_roll("dawuhan").entries.count() > 1_490
    loads = [
        RollEntry.objects.filter(station=station, is_removed=False).count()
        for station in PollingStation.objects.filter(election=get_context("dawuhan").election)
    ]
    assert len(loads) == 4
    assert max(loads) <= 500


def test_dawuhan_has_sworn_teams_and_one_conflict(demo: list[str]) -> None:
    context = get_context("dawuhan")
    views = list_team_views(context, Examiner(context))
    blocked = [
        standing.officer.full_name
        for view in views
        for standing in view.standings
        if not standing.is_clear
    ]
    teams = StationTeam.objects.filter(station__election=context.election)
    assert [team.is_appointed for team in teams] == [True] * 4
    assert all(team.oaths.exists() for team in teams)
    assert len(blocked) == 1
    assert CandidateAgent.objects.filter(election=context.election).count() == 10


def test_half_of_the_packages_of_dawuhan_are_on_their_way(demo: list[str]) -> None:
    packages = Package.objects.filter(election=get_context("dawuhan").election)
    states = [package.state for package in packages]
    assert len(states) >= 4
    assert set(states) == {PackageState.SEALED, PackageState.UNDERWAY}
    assert abs(states.count(PackageState.SEALED) - len(states) / 2) <= 1
    voters = get_roll("dawuhan").entries.filter(is_removed=False).count()
    assert Invitation.objects.count() == voters


def test_a_visitor_looks_up_the_voter_of_the_guide(
    demo: list[str], client: Client, settings: Any
) -> None:
    settings.PILKADES_DEMO = True
    voter = find_example_voter()
    assert voter is not None
    guide = client.get("/peragaan/").content.decode()
    assert voter.nik in guide
    answer = client.post(
        f"/desa/{voter.village_code}/cek-dpt/",
        {
            "nik": voter.nik,
            "birth_date_day": voter.birth_date.day,
            "birth_date_month": voter.birth_date.month,
            "birth_date_year": voter.birth_date.year,
        },
    ).content.decode()
    assert "Anda terdaftar" in answer
    assert "TPS" in answer
    assert voter.nik not in answer


def test_in_earnest_no_guide_shows_a_number(demo: list[str], client: Client, settings: Any) -> None:
    settings.PILKADES_DEMO = False
    answer = client.get("/peragaan/")
    assert answer.status_code == 404
    assert not re.search(r"\d{16}", answer.content.decode())


@pytest.mark.parametrize(
    ("username", "path"),
    [
        ("ketua.karangsono", "/ruang/35.05.10.2007/dpt/impor/"),
        ("ketua.minggirsari", "/ruang/35.05.10.2001/dpt/laporan/"),
        ("ketua.minggirsari", "/ruang/35.05.10.2001/dpt/ganda/"),
        ("ketua.jatinom", "/ruang/35.05.10.2002/dpt/"),
        ("ketua.dawuhan", "/ruang/35.05.04.2010/petugas/benturan/"),
        ("ketua.dawuhan", "/ruang/35.05.04.2010/logistik/paket/"),
        ("kades.dawuhan", "/ruang/35.05.04.2010/petugas/sk/"),
    ],
)
def test_what_the_guide_offers_opens_for_its_persona_and_for_nobody_else(
    demo: list[str], client: Client, username: str, path: str
) -> None:
    client.force_login(User.objects.get(username=username))
    assert client.get(path).status_code == 200
    client.force_login(User.objects.get(username="mallory"))
    assert client.get(path).status_code in (403, 404)
