"""The officers' pages in a real browser: accessible, fitting a phone, without script."""

import os
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from pilkades.apps.elections.models import Candidacy
from pilkades.apps.officers.services.agents import AgentInput, register_agent
from pilkades.apps.officers.services.attendance import record_arrival, record_leaving
from pilkades.apps.officers.services.honorarium import record_payment, set_rates
from pilkades.law.application import ApplicationState
from pilkades.law.officers_kinship import Relation
from pilkades.law.officers_rules import SeatKind
from tests.apps.officers_cast import (
    POLL_DAY,
    StationCast,
    appoint,
    declare,
    fill_team,
    make_station_cast,
    person,
    put,
    relate,
)
from tests.apps.village_cast import VILLAGE, make_applicants
from tests.browser import DESK, PHONE, assert_accessible, assert_fits

pytestmark = pytest.mark.browser
NOW = POLL_DAY + timedelta(hours=14)
PICTURES = os.environ.get("PILKADES_PICTURES", "")
"""A folder into which whoever looks at the pages lets them be photographed."""


@pytest.fixture
def cast(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> StationCast:
    monkeypatch.setattr("pilkades.apps.design.clock.now", lambda: NOW)
    return make_station_cast()


def url(name: str, *args: object) -> str:
    return reverse(f"officers:{name}", args=[VILLAGE, *args])


def look(page: Page, name: str, address: str) -> None:
    """Open a page on a phone: it is accessible, and fits there and on a desk."""
    for viewport in (PHONE, DESK):
        page.set_viewport_size(viewport)  # type: ignore[arg-type]
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, (address, answer.status)
        assert_fits(page)
        if PICTURES:
            path = Path(PICTURES) / f"{name}-{viewport['width']}.png"
            page.screenshot(path=path, full_page=True)
    assert_accessible(page)


def test_every_page_on_a_phone_and_on_a_desk(
    cast: StationCast, browser_page: Page, sign_in: Callable[[Page, Any], None]
) -> None:
    officers = fill_team(cast, cast.stations[0])
    appoint(cast)
    sick = put(cast, cast.stations[1], person("Pak Rahmat", serial=900))
    elder = put(
        cast,
        cast.stations[1],
        person("Mbah Karso", serial=901, birth_date=person().birth_date.replace(year=1960)),
        seat=(SeatKind.STATION, 2),
    )
    declare(cast, sick)
    declare(cast, elder)
    candidates = make_applicants(cast.village, 2, state=ApplicationState.DETERMINED)
    for number, item in enumerate(candidates, start=1):
        Candidacy.objects.filter(pk=item.pk).update(
            state=ApplicationState.NUMBERED, ballot_number=number
        )
    relate(cast, sick, {candidates[0]: Relation.SIBLING, candidates[1]: Relation.NONE})
    actor = cast.actor("sari", NOW)
    stay = record_arrival(actor=actor, now=NOW, officer_uuid=officers[0].uuid, arrived_at=POLL_DAY)
    record_leaving(
        actor=actor, now=NOW, stay_uuid=stay.uuid, left_at=POLL_DAY + timedelta(hours=13)
    )
    open_stay = record_arrival(
        actor=actor, now=NOW, officer_uuid=officers[1].uuid, arrived_at=POLL_DAY
    )
    set_rates(
        actor=actor,
        now=NOW,
        election_pk=cast.election_pk,
        expected_version=0,
        rates={"chair": 1_200_000, "member": 1_100_000, "security": 700_000, "reserve": 0},
        tax_percent=Decimal(5),
    )
    for officer in officers[:2]:
        record_payment(
            actor=actor,
            now=NOW,
            officer_uuid=officer.uuid,
            expected_version=1,
            paid_date=NOW.date(),
        )
    agent = register_agent(
        actor=actor,
        now=NOW,
        election_pk=cast.election_pk,
        candidacy_uuid=candidates[0].uuid,
        station_uuid=cast.stations[0].uuid,
        agent=AgentInput(
            full_name="Pak Wahyu",
            nik=person(serial=501).nik,
            phone="081300000001",
            mandate_number="M-01",
            mandate_date=NOW.date(),
        ),
    )
    sign_in(browser_page, cast.village.slamet)
    first, second = cast.stations[0].uuid, cast.stations[1].uuid
    for name, address in {
        "index": url("index"),
        "conflicts": url("conflicts"),
        "decrees": url("decrees"),
        "team-appointed": url("team", first),
        "team-forming": url("team", second),
        "name": url("name", second, "station-3"),
        "officer": url("officer", sick.uuid),
        "answers": url("answers", elder.uuid),
        "kinship": url("kinship", elder.uuid),
        "accept": url("accept", elder.uuid, "age_max"),
        "oath": url("oath", first),
        "substitute": url("substitute", officers[2].uuid),
        "attendance": url("attendance", first),
        "leave": url("leave", open_stay.uuid),
        "honorarium": url("honorarium"),
        "rates": url("rates"),
        "pay": url("pay", officers[2].uuid),
        "agents": url("agents"),
        "agent-register": url("agent-register"),
        "agent": url("agent", agent.uuid),
    }.items():
        look(browser_page, name, address)
    if PICTURES:
        _keep_papers(cast, first, agent.uuid)


def _keep_papers(cast: StationCast, station: object, agent: object) -> None:
    client = cast.client("sari")
    decree = cast.context.election.officer_decrees.get()
    for name, address in {
        "decree": url("decree-paper", decree.uuid),
        "oath": url("oath-paper", station),
        "attendance": url("attendance-paper", station),
        "honorarium": url("honorarium-paper"),
        "receipts": url("receipts-paper"),
        "mandate": url("mandate-paper", agent),
        "agents": url("agent-list-paper", station),
    }.items():
        for size in ("a4", "f4"):
            pdf = client.get(address, {"kertas": size}).content
            (Path(PICTURES) / f"paper-{name}-{size}.pdf").write_bytes(pdf)
