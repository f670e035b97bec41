"""The demo regency: played through the services, whole or not at all, and open to everybody."""

import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from pilkades.apps.accounts.models import RoleAssignment, User
from pilkades.apps.audit.keys import get_signing_key
from pilkades.apps.audit.models import Event
from pilkades.apps.elections.models import (
    Candidacy,
    Drawing,
    Election,
    ScorePublication,
    SetupProof,
    Wave,
)
from pilkades.apps.elections.selectors.board import list_progress
from pilkades.apps.elections.selectors.drawings import check_drawing
from pilkades.apps.elections.selectors.progress import StepState
from pilkades.apps.elections.selectors.village_elections import get_village_election
from pilkades.apps.elections.selectors.waves import get_wave
from pilkades.cli.main import main
from pilkades.demo.director import at
from pilkades.demo.numbering import seal_and_reveal
from pilkades.demo.regency import is_played
from pilkades.demo.scripts import CITY_SCRIPT, PERSONAS, SCRIPTS
from pilkades.demo.village import CHAIR, SECRETARY, VillagePlay

PAGES = [*SCRIPTS, CITY_SCRIPT]


def _election(slug: str) -> Election:
    code = next(script.code for script in PAGES if script.slug == slug)
    return Election.objects.get(village_id=code)


def _step_state(slug: str, step_id: str) -> StepState:
    election = _election(slug)
    progress = list_progress(get_wave(election.wave.uuid), today=at(11, 23).date())
    item = next(item for item in progress if item.election.pk == election.pk)
    return next(entry.state for entry in item.steps if entry.step.id == step_id)


# --- Played -------------------------------------------------------------------------------------


def test_a_second_start_finds_the_demo(demo: list[str]) -> None:
    assert is_played()
    assert demo[0].startswith("Orang")
    assert Wave.objects.filter(is_simulation=True).count() == 2
    assert Election.objects.filter(wave__regency_id="35.05").count() == 40


def test_every_persona_exists_and_mallory_holds_no_role(demo: list[str]) -> None:
    personas = User.objects.filter(is_demo_persona=True)
    assert personas.count() == len(PERSONAS) <= 20
    assert all(": " in persona.persona_title for persona in personas)
    assert not RoleAssignment.objects.filter(user__username="mallory").exists()
    assert not any(persona.has_usable_password() for persona in personas)


def test_nobody_keeps_a_link_that_opens_an_account(demo: list[str]) -> None:
    from pilkades.apps.accounts.selectors import list_open_links

    assert not list_open_links(now=at(11, 23)).exists()


# --- Every village at its moment ------------------------------------------------------------------


@pytest.mark.parametrize("script", PAGES, ids=lambda script: script.slug)
def test_the_public_page_stands_at_its_moment_within_fifteen_queries(
    demo: list[str],
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    script: Any,
) -> None:
    client.get(f"/desa/{script.code}/")
    with django_assert_max_num_queries(15):
        response = client.get(f"/desa/{script.code}/")
    assert response.status_code == 200
    page = response.content.decode()
    assert "SIMULASI" in page
    assert f"{script.moment.day} " in page.split("Waktu peragaan")[1][:60]
    assert "Terlambat" not in page


@pytest.mark.parametrize(
    ("slug", "step_id", "state"),
    [
        ("karangsono", "door_to_door", StepState.DUE),
        ("minggirsari", "provisional_roll_announced", StepState.DUE),
        ("jatinom", "registration", StepState.RUNNING),
        ("gogodeso", "document_completion", StepState.RUNNING),
        ("papungan", "extension_1", StepState.RUNNING),
        ("tlogo", "extra_selection", StepState.DUE),
        ("sawentar", "determination", StepState.DUE),
        ("kuningan", "determination", StepState.DONE),
        ("dawuhan", "campaign", StepState.DUE),
        ("slorok", "single_deliberation", StepState.DONE),
        ("pojok", "void_report", StepState.DUE),
    ],
)
def test_the_board_judges_each_village_on_its_own_day(
    demo: list[str], slug: str, step_id: str, state: StepState
) -> None:
    assert _step_state(slug, step_id) is state


def test_late_is_only_what_somebody_forgot(demo: list[str]) -> None:
    wave = get_wave(Wave.objects.get(regency_id="35.05").uuid)
    late = {
        item.election.village_id
        for item in list_progress(wave, today=at(11, 23).date())
        if item.late_count
    }
    assert late == {
        "35.05.01.2004",
        "35.05.04.2005",
        "35.05.04.2013",
        "35.05.11.2008",
        "35.05.14.2003",
    }


def test_jatinom_has_two_applicants_and_one_lacks_papers(demo: list[str]) -> None:
    files = Candidacy.objects.filter(election=_election("jatinom")).order_by("registration_number")
    papers = [item.documents.count() for item in files]
    assert len(papers) == 2
    assert papers[1] == papers[0] - 2


def test_dawuhan_shows_scores_a_drawing_to_recompute_and_a_locked_proof(demo: list[str]) -> None:
    election = _election("dawuhan")
    drawing = Drawing.objects.get(election=election)
    assert ScorePublication.objects.filter(election=election).exists()
    assert all(check.ok for check in check_drawing(get_village_election("35.05.04.2010"), drawing))
    proofs = SetupProof.objects.filter(election=election).order_by("serial")
    assert [proof.voided_at is None for proof in proofs] == [False, True]
    assert proofs[1].locked_at is not None
    assert Event.objects.filter(event="proof.unlocked").count() == 1


def test_slorok_votes_against_the_empty_column(demo: list[str], client: Client) -> None:
    assert "Kolom kosong" in client.get("/desa/35.05.11.2007/").content.decode()
    assert client.get("/desa/35.05.11.2007/data.json").json()["empty_column"] is True


def test_kuningan_waits_for_one_signature(demo: list[str]) -> None:
    proof = SetupProof.objects.get(election=_election("kuningan"))
    waiting = [row.candidacy.full_name for row in proof.signatures.all() if not row.is_signed]
    assert waiting == ["Ratna Suryani"]


def test_the_cards_of_sawentar_open_its_commitments(demo: list[str]) -> None:
    election = _election("sawentar")
    drawing = Drawing.objects.get(election=election)
    village = VillagePlay(
        code=election.village_id,
        name="Sawentar",
        slug="sawentar",
        desk="hadi",
        election_uuid=election.uuid,
        election_pk=election.pk,
        names={CHAIR: "", SECRETARY: ""},
        now=at(11, 2, 9, 5),
    )
    seal_and_reveal(village, drawing)
    numbers = drawing.lots.values_list("number", flat=True)
    assert sorted(number or 0 for number in numbers) == [1, 2, 3]


def test_a_city_has_a_mayor_and_a_regency_a_regent(demo: list[str], client: Client) -> None:
    city, regency = (Wave.objects.get(regency_id=code) for code in ("35.79", "35.05"))
    assert "keputusan Wali Kota" in client.get(f"/gelombang/{city.uuid}/").content.decode()
    assert "keputusan Bupati" in client.get(f"/gelombang/{regency.uuid}/").content.decode()


# --- The ledger -----------------------------------------------------------------------------------


def test_the_ledger_of_the_demo_verifies(
    demo: list[str], client: Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    response = client.get("/ledger/unduh")
    path = tmp_path / "ledger.zip"
    path.write_bytes(b"".join(response.streaming_content))  # type: ignore[attr-defined]
    assert zipfile.is_zipfile(io.BytesIO(path.read_bytes()))
    key = str(get_signing_key().verifier)
    code = main(["ledger", "verify", str(path), "--key", key, "--json"])
    report = json.loads(capsys.readouterr().out)
    assert (code, report["ok"], report["size"]) == (0, True, Event.objects.count())


def test_no_leaf_holds_a_nik_a_phone_an_address_or_the_name_of_an_applicant(
    demo: list[str],
) -> None:
    leaves = "\n".join(Event.objects.values_list("leaf", flat=True))
    assert not re.search(r"(?<![0-9a-f])[0-9]{16}(?![0-9a-f])", leaves)
    files = list(Candidacy.objects.all())
    assert len(files) > 20
    for item in files:
        for secret in (item.nik, item.phone, item.address, item.full_name, item.birth_place):
            assert not secret or f'"{secret}"' not in leaves
        assert item.full_name not in leaves
        assert item.phone not in leaves


def test_events_of_a_village_follow_each_other_in_time(demo: list[str]) -> None:
    moments = list(
        Event.objects.filter(region_code="35.05.04.2010")
        .order_by("pk")
        .values_list("at", flat=True)
    )
    assert moments == sorted(moments)
    assert len(moments) > 200


# --- What a visitor is shown first ----------------------------------------------------------------


def test_the_first_page_leads_to_villages_waves_ledger_and_personas(
    demo: list[str],
    client: Client,
    settings: Any,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    settings.PILKADES_DEMO = True
    client.get("/")
    with django_assert_max_num_queries(15):
        page = client.get("/").content.decode()
    for script in PAGES:
        assert f"/desa/{script.code}/" in page
    for target in ("/ledger/", "/akun/masuk/", "/peragaan/", "/wilayah/"):
        assert f'"{target}"' in page


def test_in_earnest_nobody_is_offered_a_persona(
    demo: list[str], client: Client, settings: Any
) -> None:
    settings.PILKADES_DEMO = False
    page = client.get("/").content.decode()
    assert "/peragaan/" not in page
    assert client.get("/peragaan/").status_code == 404
    assert "simulasi/" not in client.get("/akun/masuk/").content.decode()


def test_the_guide_offers_people_and_the_cards_of_the_drawing(
    demo: list[str], client: Client, settings: Any
) -> None:
    settings.PILKADES_DEMO = True
    page = client.get("/peragaan/").content.decode()
    assert "Ratna Suryani" in page
    assert page.count("<dt>Garam</dt>") == 3


def test_mallory_sees_public_pages_and_nothing_else(
    demo: list[str], client: Client, settings: Any
) -> None:
    settings.PILKADES_DEMO = True
    client.force_login(User.objects.get(username="mallory"))
    wave = Wave.objects.get(regency_id="35.05")
    assert client.get("/").status_code == 200
    assert client.get("/desa/35.05.10.2002/").status_code == 200
    for path in (
        f"/panitia/gelombang/{wave.uuid}/papan/",
        "/ruang/35.05.10.2002/",
        "/kotak-masuk/",
        "/jejak-audit/",
    ):
        assert client.get(path, follow=True).status_code in (403, 404), path
