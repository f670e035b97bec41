"""Candidates' agents: registered with their mandate, sworn, replaced, withdrawn."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.elections.models import Candidacy, PollingStation, StationKind
from pilkades.apps.elections.selectors.village_elections import (
    VillageElection,
    lock_village_election,
)
from pilkades.apps.elections.services.documents import keep_document
from pilkades.apps.elections.services.open_file import require_running
from pilkades.apps.elections.services.sealed_events import append_sealed
from pilkades.apps.elections.services.seats import require_seat
from pilkades.apps.officers.models import AgentState, CandidateAgent, OfficerState, StationOfficer
from pilkades.apps.officers.selectors.agents import list_candidates
from pilkades.apps.officers.services.locks import lock_agent
from pilkades.apps.officers.services.people import check_nik
from pilkades.apps.officers.words import name_station
from pilkades.errors import ConflictError, MalformedInputError, RuleViolationError
from pilkades.law.officers import require_agent_place
from pilkades.law.officers_rules import OfficerRules
from pilkades.ledger.leaf import Datum
from pilkades.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentInput:
    """An agent as the mandate names the person; `repr` shows nothing but the name."""

    full_name: str
    nik: str
    phone: str = ""
    mandate_number: str = ""
    mandate_date: date | None = None
    mandate: bytes = b""

    def __repr__(self) -> str:
        return f"AgentInput(full_name={self.full_name!r})"


@transaction.atomic
def register_agent(
    *,
    actor: Actor,
    now: datetime,
    election_pk: int,
    candidacy_uuid: UUID,
    station_uuid: UUID,
    agent: AgentInput,
) -> CandidateAgent:
    """Register an agent of a candidate at a station.

    Allowed: who sits in the committee.
    Requires: a determined candidate and a station of this election; a free place by the pack; a
    mandate where the pack asks for one; a person who is no agent elsewhere and no officer.
    Effects: the agent, sealed, with the mandate. `agent.registered`.
    Raises: PermissionDenied, ConflictError, MalformedInputError, RuleViolationError.
    """
    context = lock_village_election(election_pk)

    require_seat(actor, context)

    require_running(context)
    rules = OfficerRules.from_pack(context.pack)
    candidacy = _find_candidate(context, candidacy_uuid)
    station = _find_station(context, station_uuid)
    require_agent_place(
        rules=rules,
        present=_count_present(context, candidacy, station),
        candidate=candidacy.full_name,
        station=name_station(station),
    )
    _check(context, rules, agent, context.local_date(now))

    made = _create(context, candidacy, station, agent, actor=actor, now=now)

    _append("agent.registered", made, context, actor, now, rules, {"name": made.full_name})
    return made


@transaction.atomic
def replace_agent(
    *,
    actor: Actor,
    now: datetime,
    agent_uuid: UUID,
    expected_version: int,
    reason: str,
    successor: AgentInput,
) -> CandidateAgent:
    """Put another person in the place of an agent, with a mandate of their own.

    Allowed: who sits in the committee.
    Requires: an active agent as the actor saw it; a successor as for `register_agent`.
    Effects: the one leaves, the other takes the place. `agent.replaced`.
    Raises: PermissionDenied, ConflictError, MalformedInputError, RuleViolationError.
    """
    leaving, context = lock_agent(agent_uuid=agent_uuid, expected_version=expected_version)

    require_seat(actor, context)

    rules = OfficerRules.from_pack(context.pack)
    _check(context, rules, successor, context.local_date(now))

    _end(leaving, AgentState.REPLACED, now, reason)
    made = _create(context, leaving.candidacy, leaving.station, successor, actor=actor, now=now)
    leaving.replaced_by = made
    leaving.save(update_fields=["replaced_by"])

    sealed = {"leaving": leaving.full_name, "name": made.full_name, "reason": reason}
    _append("agent.replaced", made, context, actor, now, rules, sealed)
    return made


@transaction.atomic
def withdraw_agent(
    *, actor: Actor, now: datetime, agent_uuid: UUID, expected_version: int, reason: str
) -> CandidateAgent:
    """Record that a candidate has taken an agent away.

    Allowed: who sits in the committee.
    Requires: an active agent as the actor saw it.
    Effects: the place is free. `agent.withdrawn`.
    Raises: PermissionDenied, ConflictError.
    """
    agent, context = lock_agent(agent_uuid=agent_uuid, expected_version=expected_version)

    require_seat(actor, context)

    _end(agent, AgentState.WITHDRAWN, now, reason)

    rules = OfficerRules.from_pack(context.pack)
    sealed = {"name": agent.full_name, "reason": reason}
    _append("agent.withdrawn", agent, context, actor, now, rules, sealed)
    return agent


@transaction.atomic
def record_agent_oath(
    *,
    actor: Actor,
    now: datetime,
    agent_uuid: UUID,
    expected_version: int,
    sworn_at: datetime,
    place: str,
    before: str,
) -> CandidateAgent:
    """Record that an agent took the oath.

    Allowed: who sits in the committee.
    Requires: an active agent as the actor saw it; a moment that has passed.
    Effects: when, where and before whom. `agent.sworn`.
    Raises: PermissionDenied, ConflictError, MalformedInputError.
    """
    agent, context = lock_agent(agent_uuid=agent_uuid, expected_version=expected_version)

    require_seat(actor, context)

    if sworn_at > now:
        raise MalformedInputError(
            "agent.oath-date", Text("Waktu sumpah belum tiba. Periksa tanggal dan jamnya.")
        )

    agent.sworn_at, agent.sworn_place, agent.sworn_before = sworn_at, place, before
    agent.version += 1
    agent.save(update_fields=["sworn_at", "sworn_place", "sworn_before", "version"])

    rules = OfficerRules.from_pack(context.pack)
    sealed = {"place": place, "before": before}
    _append("agent.sworn", agent, context, actor, now, rules, sealed)
    return agent


def _find_candidate(context: VillageElection, candidacy_uuid: UUID) -> Candidacy:
    found = list_candidates(context).filter(uuid=candidacy_uuid).first()
    if found is None:
        raise MalformedInputError(
            "agent.candidate",
            Text("Saksi hanya dikirim calon yang sudah ditetapkan. Pilih calonnya lagi."),
        )
    return found


def _find_station(context: VillageElection, station_uuid: UUID) -> PollingStation:
    found = PollingStation.objects.filter(
        election=context.election, kind=StationKind.STATION, uuid=station_uuid
    ).first()
    if found is None:
        raise MalformedInputError("agent.station", Text("TPS ini tidak ada. Pilih TPS lagi."))
    return found


def _count_present(context: VillageElection, candidacy: Candidacy, station: PollingStation) -> int:
    return CandidateAgent.objects.filter(
        election=context.election, candidacy=candidacy, station=station, state=AgentState.ACTIVE
    ).count()


def _check(context: VillageElection, rules: OfficerRules, agent: AgentInput, today: date) -> None:
    check_nik(agent.nik)
    if rules.agent_mandate_required and not (agent.mandate_number and agent.mandate_date):
        raise RuleViolationError(
            "agent.mandate",
            Text("Saksi harus membawa surat mandat calonnya. Isi nomor dan tanggal mandat."),
            article=rules.agent_article,
        )
    if agent.mandate_date is not None and agent.mandate_date > today:
        raise MalformedInputError(
            "agent.mandate-date",
            Text("Tanggal mandat {day} belum tiba.", day=agent.mandate_date),
        )
    serving = StationOfficer.objects.filter(election=context.election, nik_index=agent.nik).exclude(
        state=OfficerState.ENDED
    )
    if serving.exists():
        raise RuleViolationError(
            "agent.officer",
            Text("Orang dengan NIK ini petugas TPS, sehingga tidak dapat menjadi saksi."),
            article=rules.agent_article,
        )


def _create(
    context: VillageElection,
    candidacy: Candidacy,
    station: PollingStation,
    agent: AgentInput,
    *,
    actor: Actor,
    now: datetime,
) -> CandidateAgent:
    try:
        with transaction.atomic():
            return CandidateAgent.objects.create(
                election=context.election,
                candidacy=candidacy,
                station=station,
                full_name=agent.full_name,
                nik=agent.nik,
                phone=agent.phone,
                mandate_number=agent.mandate_number,
                mandate_date=agent.mandate_date,
                mandate_file=(
                    keep_document(agent.mandate, name="Surat mandat saksi")
                    if agent.mandate
                    else None
                ),
                registered_by_id=actor.user_id,
                registered_at=now,
            )
    except IntegrityError as error:
        raise ConflictError(
            "agent.person",
            Text(
                "Orang dengan NIK ini sudah terdaftar sebagai saksi. Satu orang menjadi saksi satu "
                "calon di satu TPS. Isian Anda belum disimpan."
            ),
        ) from error


def _end(agent: CandidateAgent, state: AgentState, now: datetime, reason: str) -> None:
    agent.state, agent.ended_at, agent.ended_reason = state, now, reason
    agent.version += 1
    agent.save(update_fields=["state", "ended_at", "ended_reason", "version"])


def _append(
    event: str,
    agent: CandidateAgent,
    context: VillageElection,
    actor: Actor,
    now: datetime,
    rules: OfficerRules,
    sealed: dict[str, str],
) -> None:
    data: dict[str, Datum] = {
        "station": agent.station.number,
        "candidate": agent.candidacy.ballot_number or 0,
    }
    append_sealed(
        event=event,
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"agent:{agent.uuid}",
        article=rules.agent_article,
        data=data,
        sealed=sealed,
    )
