"""Candidates' agents: one place each, a mandate, nobody twice, nobody on both sides."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from pilkades.apps.audit.models import Event
from pilkades.apps.elections.models import Candidacy
from pilkades.apps.officers.models import AgentState, CandidateAgent
from pilkades.apps.officers.selectors.agents import count_missing, list_active_agents
from pilkades.apps.officers.services.agents import (
    AgentInput,
    record_agent_oath,
    register_agent,
    replace_agent,
    withdraw_agent,
)
from pilkades.apps.officers.services.reveal import reveal_agent
from pilkades.apps.vault.files import read_file
from pilkades.errors import ConflictError, MalformedInputError, RuleViolationError
from pilkades.law.application import ApplicationState
from tests.apps.officers_cast import POLL_DAY, StationCast, codes_of, declare, person, put
from tests.apps.village_cast import PDF, at, make_applicants

NOW = at(11, 12)


@pytest.fixture
def candidates(cast: StationCast) -> list[Candidacy]:
    made = make_applicants(cast.village, 2, state=ApplicationState.DETERMINED)
    for number, item in enumerate(made, start=1):
        Candidacy.objects.filter(pk=item.pk).update(
            state=ApplicationState.NUMBERED, ballot_number=number
        )
    return made


def _agent(name: str = "Pak Wahyu", *, serial: int = 501, **changes: Any) -> AgentInput:
    values: dict[str, Any] = {
        "full_name": name,
        "nik": person(serial=serial).nik,
        "phone": "081300000001",
        "mandate_number": "M-01",
        "mandate_date": date(2026, 11, 10),
        "mandate": PDF,
        **changes,
    }
    return AgentInput(**values)


def _register(
    cast: StationCast,
    candidate: Candidacy,
    agent: AgentInput,
    *,
    station: int = 0,
    by: str = "sari",
) -> CandidateAgent:
    return register_agent(
        actor=cast.actor(by, NOW),
        now=NOW,
        election_pk=cast.election_pk,
        candidacy_uuid=candidate.uuid,
        station_uuid=cast.stations[station].uuid,
        agent=agent,
    )


def test_an_agent_is_registered_with_the_mandate_sealed(
    cast: StationCast, candidates: list[Candidacy]
) -> None:
    agent = _register(cast, candidates[0], _agent())
    assert list_active_agents(cast.context, cast.stations[0].pk) == [agent]
    assert agent.mandate_file is not None
    assert read_file(agent.mandate_file).data == PDF
    assert count_missing(cast.context, station_count=3) == 5
    event = Event.objects.latest("pk")
    assert event.event == "agent.registered"
    assert "Wahyu" not in event.leaf
    assert agent.nik not in event.leaf


def test_a_candidate_has_one_agent_at_a_station(
    cast: StationCast, candidates: list[Candidacy]
) -> None:
    _register(cast, candidates[0], _agent())
    _register(cast, candidates[1], _agent("Bu Endah", serial=502))
    with pytest.raises(RuleViolationError) as caught:
        _register(cast, candidates[0], _agent("Pak Yanto", serial=503))
    assert caught.value.code == "agent.limit"
    _register(cast, candidates[0], _agent("Pak Yanto", serial=503), station=1)


def test_a_person_watches_for_one_candidate_at_one_station(
    cast: StationCast, candidates: list[Candidacy]
) -> None:
    _register(cast, candidates[0], _agent())
    with pytest.raises(ConflictError):
        _register(cast, candidates[1], _agent("Wahyu"), station=1)


def test_an_officer_is_no_agent_and_an_agent_no_officer(
    cast: StationCast, candidates: list[Candidacy]
) -> None:
    officer = declare(cast, put(cast, cast.stations[0], person(serial=501)))
    with pytest.raises(RuleViolationError) as caught:
        _register(cast, candidates[0], _agent(serial=501))
    assert caught.value.code == "agent.officer"
    _register(cast, candidates[0], _agent(serial=502))
    other = declare(cast, put(cast, cast.stations[1], person("Wahyu", serial=502)))
    assert "agent" in codes_of(cast, other)
    assert "agent" not in codes_of(cast, officer)


@pytest.mark.parametrize("changes", [{"mandate_number": ""}, {"mandate_date": None}])
def test_an_agent_without_a_mandate_is_refused(
    cast: StationCast, candidates: list[Candidacy], changes: dict[str, Any]
) -> None:
    with pytest.raises(RuleViolationError) as caught:
        _register(cast, candidates[0], _agent(**changes))
    assert caught.value.code == "agent.mandate"


@pytest.mark.parametrize(
    "changes",
    [
        {"nik": "12"},
        {"mandate_date": date(2027, 1, 1)},
        {"mandate": b"MZ this is no paper"},
    ],
)
def test_bad_input_is_refused(
    cast: StationCast, candidates: list[Candidacy], changes: dict[str, Any]
) -> None:
    with pytest.raises(MalformedInputError):
        _register(cast, candidates[0], _agent(**changes))
    assert not CandidateAgent.objects.exists()


def test_an_applicant_who_is_not_determined_sends_nobody(cast: StationCast) -> None:
    (applicant,) = make_applicants(cast.village, 1)
    with pytest.raises(MalformedInputError):
        _register(cast, applicant, _agent())


def test_a_replaced_agent_stays_on_record_and_the_place_is_taken(
    cast: StationCast, candidates: list[Candidacy]
) -> None:
    agent = _register(cast, candidates[0], _agent())
    successor = replace_agent(
        actor=cast.actor("rini", POLL_DAY),
        now=POLL_DAY,
        agent_uuid=agent.uuid,
        expected_version=agent.version,
        reason="Sakit",
        successor=_agent("Bu Endah", serial=504, mandate_number="M-02"),
    )
    agent.refresh_from_db()
    assert agent.state == AgentState.REPLACED
    assert agent.replaced_by == successor
    assert list_active_agents(cast.context, cast.stations[0].pk) == [successor]
    with pytest.raises(ConflictError):
        withdraw_agent(
            actor=cast.actor("sari", POLL_DAY),
            now=POLL_DAY,
            agent_uuid=agent.uuid,
            expected_version=agent.version,
            reason="Ditarik",
        )


def test_a_withdrawn_agent_leaves_the_place_free(
    cast: StationCast, candidates: list[Candidacy]
) -> None:
    agent = _register(cast, candidates[0], _agent())
    withdraw_agent(
        actor=cast.actor("sari", NOW),
        now=NOW,
        agent_uuid=agent.uuid,
        expected_version=agent.version,
        reason="Ditarik calonnya",
    )
    assert _register(cast, candidates[0], _agent()).is_active


def test_an_oath_of_the_future_is_refused(cast: StationCast, candidates: list[Candidacy]) -> None:
    agent = _register(cast, candidates[0], _agent())

    def swear(minutes: int) -> None:
        record_agent_oath(
            actor=cast.actor("sari", POLL_DAY),
            now=POLL_DAY,
            agent_uuid=agent.uuid,
            expected_version=agent.version,
            sworn_at=POLL_DAY + timedelta(minutes=minutes),
            place="TPS 01",
            before="Bu Sari",
        )

    with pytest.raises(MalformedInputError):
        swear(1)
    swear(-1)
    agent.refresh_from_db()
    assert agent.sworn_before == "Bu Sari"


def test_outsiders_neither_register_nor_unmask(
    cast: StationCast, candidates: list[Candidacy]
) -> None:
    agent = _register(cast, candidates[0], _agent())
    for outsider in ("mallory", "dewi", "bayu", "kartika", "lurah"):
        with pytest.raises(PermissionDenied):
            _register(cast, candidates[1], _agent(serial=505), by=outsider)
        with pytest.raises(PermissionDenied):
            reveal_agent(actor=cast.actor(outsider, NOW), now=NOW, agent_uuid=agent.uuid)
    assert reveal_agent(actor=cast.actor("sari", NOW), now=NOW, agent_uuid=agent.uuid).nik
