"""The pages and papers of officers: opened by whom, done through the screen, light, exported."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from pilkades.apps.audit.models import Event
from pilkades.apps.elections.models import Candidacy
from pilkades.apps.officers.models import (
    AppointmentDecree,
    CandidateAgent,
    OfficerAttendance,
    StationOfficer,
    TieState,
)
from pilkades.law.application import ApplicationState
from tests.apps.officers_cast import (
    FORMING,
    GOOD,
    POLL_DAY,
    StationCast,
    appoint,
    declare,
    fill_team,
    fresh,
    person,
    put,
)
from tests.apps.village_cast import OTHER_VILLAGE, PDF, VILLAGE, make_applicants

QUERIES_MAX = 25
AFTER = POLL_DAY + timedelta(days=1)


@pytest.fixture(autouse=True)
def _stand_after_the_poll(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pilkades.apps.design.clock.now", lambda: AFTER)


def url(name: str, *args: object, village: str = VILLAGE) -> str:
    return reverse(f"officers:{name}", args=[village, *args])


def _candidates(cast: StationCast) -> list[Candidacy]:
    made = make_applicants(cast.village, 2, state=ApplicationState.DETERMINED)
    for number, item in enumerate(made, start=1):
        Candidacy.objects.filter(pk=item.pk).update(
            state=ApplicationState.NUMBERED, ballot_number=number
        )
    return made


def _form(who: Any, version: int) -> dict[str, Any]:
    return {
        "version": version,
        "full_name": who.full_name,
        "nik": who.nik,
        "sex": who.sex,
        "birth_place": who.birth_place,
        "birth_date": who.birth_date.isoformat(),
        "address": who.address,
        "phone": who.phone,
    }


def _agent_form(cast: StationCast, candidate: Candidacy, serial: int) -> dict[str, Any]:
    return {
        "candidacy": str(candidate.uuid),
        "station": str(cast.stations[0].uuid),
        "full_name": "Pak Wahyu",
        "nik": person(serial=serial).nik,
        "mandate_number": "M-01",
        "mandate_date": "2026-11-10",
    }


def test_an_officer_is_named_and_declares_through_the_screen(cast: StationCast) -> None:
    client, station = cast.client("sari"), cast.stations[0]
    who = person("Budi Santoso")
    naming = url("name", station.uuid, "station-1")
    assert client.get(naming).status_code == 200

    answer = client.post(naming, _form(who, 1))

    officer = StationOfficer.objects.get()
    assert answer["Location"] == url("answers", officer.uuid)
    declared = {
        "version": officer.version,
        "lives_in_village": "yes",
        "is_healthy": "yes",
        "is_committee_member": "no",
        "party_state": "never",
        "campaign_state": "now",
    }
    assert client.post(url("answers", officer.uuid), declared).status_code == 302
    page = client.get(url("officer", officer.uuid))
    assert "Masih menjadi tim kampanye" in page.text
    assert "Menghalangi" in page.text
    assert who.nik not in page.text
    assert "35••••••••••" in page.text


def test_a_second_station_is_refused_with_the_input_kept(cast: StationCast) -> None:
    put(cast, cast.stations[0], person("Budi Santoso"))
    answer = cast.client("slamet").post(
        url("name", cast.stations[1].uuid, "station-1"), _form(person("Boedi"), 1)
    )
    assert answer.status_code == 422
    assert "sudah bertugas di TPS 01" in answer.text
    assert 'value="Boedi"' in answer.text


def test_whoever_was_second_is_told_and_may_decide_again(cast: StationCast) -> None:
    station = cast.stations[0]
    put(cast, station, person("Budi Santoso"))
    address = url("name", station.uuid, "station-2")
    given = _form(person("Agus", serial=2), 1)
    answer = cast.client("slamet").post(address, given)
    assert answer.status_code == 409
    assert 'value="Agus"' in answer.text
    found = re.search(r'name="version" value="(\d+)"', answer.text)
    assert found is not None
    again = cast.client("slamet").post(address, {**given, "version": found[1]})
    assert again.status_code == 302


def test_a_relation_is_chosen_for_every_candidate(cast: StationCast) -> None:
    first, second = _candidates(cast)
    officer = put(cast, cast.stations[0], person())
    client, address = cast.client("sari"), url("kinship", officer.uuid)
    given = {"version": officer.version, f"c{first.pk}": "sibling"}
    assert client.post(address, given).status_code == 400
    assert client.post(address, {**given, f"c{second.pk}": "none"}).status_code == 302
    page = client.get(url("conflicts"))
    assert "hubungan darah derajat ke-2" in page.text
    assert Event.objects.latest("pk").event == "officer.kinship_declared"


def test_a_warning_is_accepted_and_a_block_has_no_form_that_lifts_it(cast: StationCast) -> None:
    officer = put(cast, cast.stations[0], person("Pak Tua", birth_date=date(1960, 1, 1)))
    client = cast.client("sari")
    given = {"version": officer.version, "reason": "Sehat menurut puskesmas"}
    assert client.post(url("accept", officer.uuid, "age_max"), given).status_code == 302
    blocked = client.post(
        url("accept", officer.uuid, "unanswered"), {**given, "version": officer.version + 1}
    )
    assert blocked.status_code == 422
    assert "tidak dapat dikesampingkan" in blocked.text
    assert client.get(url("accept", officer.uuid, "kinship")).status_code == 404


def test_a_team_goes_from_the_seats_to_the_decree(cast: StationCast) -> None:
    fill_team(cast, cast.stations[0])
    committee, head = cast.client("sari"), cast.client("lurah")
    assert "Usulkan pengangkatan" in committee.get(url("decrees")).text
    assert committee.post(url("decree-propose")).status_code == 302
    decree = AppointmentDecree.objects.get()
    assert committee.get(url("decree-paper", decree.uuid)).content.startswith(b"%PDF")
    given = {
        "version": decree.version,
        "number": "141/12/2026",
        "decree_date": "2026-07-20",
        "signer_name": "Pak Lurah",
    }
    assert cast.client("slamet").post(url("decree-issue", decree.uuid), given).status_code == 400
    assert head.post(url("decree-issue", decree.uuid), given).status_code == 302
    assert "141/12/2026" in head.get(url("decrees")).text


def test_a_proposal_without_a_complete_team_is_refused_in_words(cast: StationCast) -> None:
    put(cast, cast.stations[0], person())
    answer = cast.client("sari").post(url("decree-propose"))
    assert answer.status_code == 422
    assert "Belum ada tim yang dapat diusulkan" in answer.text


def test_the_day_of_the_poll_through_the_screen(cast: StationCast) -> None:
    officers = fill_team(cast, cast.stations[0])
    appoint(cast)
    client, station = cast.client("rini"), cast.stations[0]
    moment = {"day": "2026-11-23", "hour": "06.00"}
    oath = {
        **moment,
        "version": fresh(officers[0]).team.version,
        "place": "Balai Desa",
        "administered_by": "Bu Sari",
        "administered_as": "Ketua panitia",
        "officers": [str(item.uuid) for item in officers],
    }
    assert client.post(url("oath", station.uuid), oath).status_code == 302
    minutes = url("oath-paper", station.uuid)
    assert client.get(f"{minutes}?sumpah=1").content.startswith(b"%PDF")
    assert client.get(f"{minutes}?sumpah=2").status_code == 404
    assert client.get(f"{minutes}?sumpah=x").status_code == 404
    assert client.post(url("arrive", officers[0].uuid), moment).status_code == 302
    stay = OfficerAttendance.objects.get()
    wrong = client.post(url("leave", stay.uuid), {**moment, "hour": "05.00"})
    assert wrong.status_code == 400
    assert "Jam pulang tidak boleh sebelum jam datang" in wrong.text
    late = {"day": "2026-11-23", "hour": "21.30"}
    assert client.post(url("leave", stay.uuid), late).status_code == 302
    page = client.get(f"{url('attendance', station.uuid)}?hari=2026-11-23")
    assert "15.30 jam" in page.text
    assert "lebih dari 12 jam" in page.text
    given = {
        **moment,
        "version": fresh(officers[1]).version,
        "reserve": str(officers[-1].uuid),
        "reason": "Sakit perut",
    }
    assert client.post(url("substitute", officers[1].uuid), given).status_code == 302
    assert "Sakit perut" in client.get(url("team", station.uuid)).text


def test_rates_payments_and_receipts_through_the_screen(cast: StationCast) -> None:
    officers = fill_team(cast, cast.stations[0])
    appoint(cast)
    client = cast.client("sari")
    rates = {
        "version": 0,
        "chair": 1200000,
        "member": 1100000,
        "security": 700000,
        "reserve": 0,
        "tax_percent": "5",
    }
    assert client.post(url("rates"), rates).status_code == 302
    assert client.post(url("rates"), rates).status_code == 409
    paid = {"version": 1, "paid_date": "2026-11-24"}
    assert client.post(url("pay", officers[0].uuid), paid).status_code == 302
    page = client.get(url("honorarium"))
    assert "Rp9.200.000" in page.text
    assert "Kuitansi 001" in page.text
    book = load_workbook(io.BytesIO(client.get(f"{url('honorarium')}?unduh=xlsx").content))
    rows = list(book.active.iter_rows(values_only=True))
    assert rows[1][1] == officers[0].full_name
    assert rows[1][3:6] == (1200000, 60000, 1140000)
    for size in ("a4", "f4"):
        assert client.get(f"{url('honorarium-paper')}?kertas={size}").content.startswith(b"%PDF")
        assert client.get(f"{url('receipts-paper')}?kertas={size}").content.startswith(b"%PDF")
    assert client.get(f"{url('receipts-paper')}?nomor=9").status_code == 404


def test_a_name_that_would_be_a_formula_is_none_in_the_export(cast: StationCast) -> None:
    fill_team(cast, cast.stations[0])
    appoint(cast)
    StationOfficer.objects.filter(number=1, kind="station").update(full_name="=HYPERLINK(1)")
    book = load_workbook(
        io.BytesIO(cast.client("sari").get(f"{url('honorarium')}?unduh=xlsx").content)
    )
    names = [row[1].value for row in book.active.iter_rows()]
    assert "'=HYPERLINK(1)" in names


def test_an_agent_through_the_screen(cast: StationCast) -> None:
    first, _second = _candidates(cast)
    client = cast.client("sari")
    assert client.get(url("agent-register")).status_code == 200
    given = _agent_form(cast, first, 501)
    upload = io.BytesIO(PDF)
    upload.name = "mandat.pdf"
    assert client.post(url("agent-register"), {**given, "mandate": upload}).status_code == 302
    agent = CandidateAgent.objects.get()
    second = client.post(url("agent-register"), {**given, "nik": person(serial=502).nik})
    assert second.status_code == 422
    assert "yang terbanyak menurut aturan" in second.text
    page = client.get(url("agent", agent.uuid))
    assert agent.nik not in page.text
    shown = client.post(url("agent-reveal", agent.uuid))
    assert agent.nik in shown.text
    assert shown["Cache-Control"] == "no-store"
    assert client.get(url("agent-mandate", agent.uuid)).content == PDF
    for size in ("a4", "f4"):
        paper = client.get(f"{url('mandate-paper', agent.uuid)}?kertas={size}")
        assert paper.content.startswith(b"%PDF")
        listed = client.get(f"{url('agent-list-paper', cast.stations[0].uuid)}?kertas={size}")
        assert listed.content.startswith(b"%PDF")


@pytest.fixture
def everything(cast: StationCast) -> dict[str, str]:
    """An address of every page and paper."""
    officers = fill_team(cast, cast.stations[0])
    decree = appoint(cast)
    first, _second = _candidates(cast)
    client = cast.client("sari")
    client.post(url("arrive", officers[0].uuid), {"day": "2026-11-23", "hour": "06.00"})
    client.post(url("agent-register"), _agent_form(cast, first, 501))
    client.post(url("name", cast.stations[1].uuid, "station-1"), _form(person(serial=700), 1))
    named = StationOfficer.objects.latest("pk")
    stay, agent = OfficerAttendance.objects.get(), CandidateAgent.objects.get()
    rates = {"chair": 5, "member": 4, "security": 3, "reserve": 0, "tax_percent": "0"}
    client.post(url("rates"), {"version": 0, **rates})
    client.post(url("pay", officers[2].uuid), {"version": 1, "paid_date": "2026-11-24"})
    station = cast.stations[0].uuid
    return {
        "index": url("index"),
        "conflicts": url("conflicts"),
        "decrees": url("decrees"),
        "decree-paper": url("decree-paper", decree.uuid),
        "honorarium": url("honorarium"),
        "honorarium-paper": url("honorarium-paper"),
        "receipts-paper": url("receipts-paper"),
        "team": url("team", station),
        "oath-paper": url("oath-paper", station),
        "attendance": url("attendance", station),
        "attendance-paper": url("attendance-paper", station),
        "officer": url("officer", officers[0].uuid),
        "agents": url("agents"),
        "agent": url("agent", agent.uuid),
        "mandate-paper": url("mandate-paper", agent.uuid),
        "agent-list-paper": url("agent-list-paper", station),
        "!name": url("name", station, "reserve-2"),
        "!oath": url("oath", station),
        "!answers": url("answers", officers[0].uuid),
        "!kinship": url("kinship", officers[0].uuid),
        "!correct": url("correct", named.uuid),
        "!remove": url("remove", named.uuid),
        "!substitute": url("substitute", officers[0].uuid),
        "!arrive": url("arrive", officers[1].uuid),
        "!leave": url("leave", stay.uuid),
        "!cancel": url("cancel-stay", stay.uuid),
        "!rates": url("rates"),
        "!pay": url("pay", officers[1].uuid),
        "!agent-register": url("agent-register"),
        "!agent-replace": url("agent-replace", agent.uuid),
        "!agent-withdraw": url("agent-withdraw", agent.uuid),
        "!agent-oath": url("agent-oath", agent.uuid),
    }


def _status(client: Client, address: str) -> int:
    return client.get(address).status_code


def test_every_page_opens_for_the_committee_in_both_languages_and_shows_no_nik(
    cast: StationCast, everything: dict[str, str]
) -> None:
    client = cast.client("slamet")
    niks = [item.nik for item in StationOfficer.objects.all()]
    niks += [item.nik for item in CandidateAgent.objects.all()]
    for name, address in everything.items():
        answer = client.get(address)
        assert answer.status_code == 200, name
        assert not any(nik.encode() in answer.content for nik in niks), name
    client.cookies["django_language"] = "en"
    for name, address in everything.items():
        assert _status(client, address) == 200, name


def test_outsiders_reach_no_page(cast: StationCast, everything: dict[str, str]) -> None:
    for name, address in everything.items():
        assert _status(cast.client(), address) == 302, name
        for outsider in ("mallory", "dewi", "kartika"):
            assert _status(cast.client(outsider), address) == 403, (outsider, name)


def test_those_who_watch_read_and_change_nothing(
    cast: StationCast, everything: dict[str, str]
) -> None:
    for watcher in ("bayu", "desk", "camat", "lurah"):
        client = cast.client(watcher)
        for name, address in everything.items():
            is_closed = name == "conflicts" and watcher in ("bayu", "camat")
            expected = 403 if name.startswith("!") or is_closed else 200
            assert _status(client, address) == expected, (watcher, name)
        assert "Ubah tarif" not in client.get(everything["honorarium"]).text
        before = Event.objects.count()
        assert client.post(everything["!rates"], {}).status_code == 403
        assert Event.objects.count() == before


def test_health_family_and_party_are_read_by_few(cast: StationCast) -> None:
    officer = put(cast, cast.stations[0], person())
    declare(cast, officer, replace(GOOD, is_healthy=False, party_state=TieState.NOW))
    pages = [url("team", cast.stations[0].uuid), url("officer", officer.uuid), url("decrees")]
    for address in pages:
        assert "Menyatakan tidak sehat" in cast.client("desk").get(address).text, address
        for reader in ("bayu", "camat"):
            text = cast.client(reader).get(address).text
            assert "tidak sehat" not in text, (reader, address)
            assert "partai politik" not in text, (reader, address)


def test_people_of_another_village_are_not_reached(
    cast: StationCast, everything: dict[str, str]
) -> None:
    mallory = cast.client("mallory")
    for name, address in everything.items():
        elsewhere = address.replace(VILLAGE, OTHER_VILLAGE)
        if elsewhere.rstrip("/").count("-") >= 4:
            assert _status(mallory, elsewhere) == 404, name


def test_the_pages_are_light(
    cast: StationCast,
    everything: dict[str, str],
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    client = cast.client("sari")
    client.get(everything["index"])
    for name in ("index", "conflicts", "decrees", "team", "honorarium", "agents", "officer"):
        with django_assert_max_num_queries(QUERIES_MAX):
            client.get(everything[name])


def test_lists_are_downloaded_as_a_spreadsheet(
    cast: StationCast, everything: dict[str, str]
) -> None:
    client = cast.client("sari")
    for name in ("index", "conflicts", "decrees", "honorarium", "agents"):
        book = load_workbook(io.BytesIO(client.get(f"{everything[name]}?unduh=xlsx").content))
        assert book.active.max_row >= 2, name


def test_a_look_at_an_identity_is_recorded(cast: StationCast) -> None:
    officer = put(cast, cast.stations[0], person())
    client = cast.client("sari")
    assert client.get(url("reveal", officer.uuid)).status_code == 405
    shown = client.post(url("reveal", officer.uuid))
    assert officer.nik in shown.text
    assert shown["Cache-Control"] == "no-store"
    assert Event.objects.latest("pk").event == "officer.revealed"
    assert cast.client("bayu").post(url("reveal", officer.uuid)).status_code == 403


def test_before_the_stations_are_made_the_page_teaches(cast: StationCast) -> None:
    for station in cast.stations:
        station.delete()
    assert "Belum ada TPS" in cast.client("sari").get(url("index")).text


def test_the_workspace_leads_here(cast: StationCast) -> None:
    tasks = reverse("elections:village-tasks", args=[VILLAGE])
    assert url("index") in cast.client("sari").get(tasks).text
    assert FORMING < AFTER
