"""The first beat of every act on officers and agents: the election's row, then the version.

All acts of one village wait for its election, so that two members of the committee never fill one
seat or send one person to two stations; the version says who was first.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.elections.selectors.village_elections import (
    VillageElection,
    lock_village_election,
)
from pilkades.apps.elections.services.sealed_events import append_sealed
from pilkades.apps.officers.models import CandidateAgent, StationOfficer, StationTeam
from pilkades.errors import ConflictError
from pilkades.ledger.leaf import Datum
from pilkades.text import Text


def lock_team(*, team_uuid: UUID, expected_version: int) -> tuple[StationTeam, VillageElection]:
    """A team and its election, locked; raises ConflictError where the team has changed."""
    election_pk = StationTeam.objects.values_list("station__election_id", flat=True).get(
        uuid=team_uuid
    )
    context = lock_village_election(election_pk)
    team = StationTeam.objects.select_related("station", "decree").get(uuid=team_uuid)
    if team.version != expected_version:
        raise ConflictError(
            "officer.team-stale",
            Text(
                "Susunan petugas {station} baru saja diubah orang lain. Isian Anda belum disimpan "
                "dan masih ada di layar ini. Periksa susunan terbaru, lalu simpan lagi.",
                station=str(team.station),
            ),
        )
    return team, context


def lock_officer(
    *, officer_uuid: UUID, expected_version: int
) -> tuple[StationOfficer, VillageElection]:
    """An officer and the election, locked; raises ConflictError where the person has changed."""
    election_pk = StationOfficer.objects.values_list("election_id", flat=True).get(
        uuid=officer_uuid
    )
    context = lock_village_election(election_pk)
    officer = (
        StationOfficer.objects.select_related("team__station", "team__decree")
        .prefetch_related("kinships", "accepted_warnings")
        .get(uuid=officer_uuid)
    )
    if officer.version != expected_version or not officer.is_serving:
        raise ConflictError(
            "officer.stale",
            Text(
                "Data {name} baru saja diubah orang lain. Isian Anda belum disimpan dan masih ada "
                "di layar ini. Periksa data terbaru, lalu simpan lagi.",
                name=officer.full_name,
            ),
        )
    return officer, context


def lock_agent(
    *, agent_uuid: UUID, expected_version: int
) -> tuple[CandidateAgent, VillageElection]:
    """An agent and the election, locked; raises ConflictError where the agent has changed."""
    election_pk = CandidateAgent.objects.values_list("election_id", flat=True).get(uuid=agent_uuid)
    context = lock_village_election(election_pk)
    agent = CandidateAgent.objects.select_related("station", "candidacy").get(uuid=agent_uuid)
    if agent.version != expected_version or not agent.is_active:
        raise ConflictError(
            "agent.stale",
            Text(
                "Data saksi {name} baru saja diubah orang lain. Isian Anda belum disimpan dan "
                "masih ada di layar ini. Periksa data terbaru, lalu simpan lagi.",
                name=agent.full_name,
            ),
        )
    return agent, context


def save_team(team: StationTeam, *, fields: list[str]) -> None:
    """Save the named columns and the next version."""
    team.version += 1
    team.save(update_fields=[*fields, "version"])


def save_officer(officer: StationOfficer, *, fields: list[str]) -> None:
    """Save the named columns and the next version."""
    officer.version += 1
    officer.save(update_fields=[*fields, "version"])


def append_officer_event(
    *,
    event: str,
    officer: StationOfficer,
    context: VillageElection,
    actor: Actor,
    now: datetime,
    article: str,
    sealed: Mapping[str, str],
    data: Mapping[str, Datum] | None = None,
) -> None:
    """The event of an act on one officer; station and seat are told, the person is sealed."""
    append_sealed(
        event=event,
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"officer:{officer.uuid}",
        article=article,
        data={
            "station": officer.team.station.number,
            "seat": f"{officer.kind}-{officer.number}",
            **(data or {}),
        },
        sealed=sealed,
    )
