"""Voters picked by hand for another station, and what their move would change."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from pilkades.apps.elections.models import PollingStation
from pilkades.apps.roll.models import RollEntry
from pilkades.apps.roll.selectors.allocation import (
    Ground,
    PlanEffect,
    VoterRow,
    describe_plan,
)
from pilkades.apps.roll.selectors.stations import list_voters
from pilkades.errors import ConflictError, MalformedInputError, RuleViolationError
from pilkades.law.station_loads import judge_load
from pilkades.text import Text


class What(StrEnum):
    """What is picked up: an RT, a family, one voter."""

    RT = "rt"
    FAMILY = "keluarga"
    VOTER = "pemilih"


WHAT_TITLES = {
    What.RT: Text("satu RT"),
    What.FAMILY: Text("satu keluarga (KK)"),
    What.VOTER: Text("satu pemilih"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """Whom somebody picked. An RT is picked at one station, or those of it without one."""

    what: What
    entry_uuid: UUID | None = None
    hamlet: str = ""
    rw: str = ""
    rt: str = ""
    station_uuid: UUID | None = None
    is_unplaced: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveEffect:
    """What a move would do: its voters, the totals, what to warn of; `seen` marks this very state.

    `refusal` says why the pack does not allow it; `separated` are families taken apart.
    """

    rows: Sequence[VoterRow]
    target: PollingStation
    effect: PlanEffect
    warning: Text | None
    refusal: RuleViolationError | None
    separated: int
    seen: str


def pick_rows(ground: Ground, picked: Picked) -> list[VoterRow]:
    """The voters picked.

    Raises: ConflictError where there are none (any more).
    """
    rows = [row for row in ground.rows if _is_picked(ground, picked, row)]
    if picked.what != What.RT:
        rows = _pick_person(ground, picked)
    if not rows:
        raise ConflictError(
            "move.nobody", Text("Tidak ada pemilih di sana; daftar mungkin sudah berubah.")
        )
    return rows


def describe_move(ground: Ground, picked: Picked, target_uuid: UUID) -> MoveEffect:
    """The effect of a move before it is made.

    Raises: ConflictError, MalformedInputError where there is nothing to move or no such station.
    """
    target = find_target(ground, target_uuid)
    rows = [row for row in pick_rows(ground, picked) if row.station_id != target.pk]
    if not rows:
        raise ConflictError(
            "move.there", Text("Yang dipilih sudah berada di {station}.", station=str(target))
        )
    effect = describe_plan(ground, {target.pk: [row.pk for row in rows]})
    top = ground.by_pk[ground.top_of(target.pk) or target.pk]
    change = next(change for change in effect.stations if change.station.pk == top.pk)
    warning, refusal = None, None
    if change.difference > 0:
        try:
            warning = judge_load(rules=ground.rules, station=str(top), voters=change.after.total)
        except RuleViolationError as error:
            refusal = error
    before = "-".join(str(change.before.total) for change in effect.stations)
    return MoveEffect(
        rows=rows,
        target=target,
        effect=effect,
        warning=warning,
        refusal=refusal,
        separated=_count_separated(ground, rows, target.pk),
        seen=f"{len(rows)}:{before}",
    )


def find_target(ground: Ground, target_uuid: UUID) -> PollingStation:
    """A station somebody can be sent to: one without parts, or a desk or box.

    Raises: MalformedInputError.
    """
    found = next((station for station in ground.stations if station.uuid == target_uuid), None)
    if found is None:
        raise MalformedInputError("move.target", Text("Pilih TPS tujuan dari daftar."))
    if ground.parts(found.pk):
        text = Text("{station} dibagi; pilih meja atau kotaknya.", station=str(found))
        raise MalformedInputError("move.parts", text)
    return found


def list_targets(ground: Ground) -> list[PollingStation]:
    """The stations somebody can be sent to, in their order."""
    return [station for station in ground.stations if not ground.parts(station.pk)]


def _is_picked(ground: Ground, picked: Picked, row: VoterRow) -> bool:
    if (row.hamlet, row.rw, row.rt) != (picked.hamlet, picked.rw, picked.rt):
        return False
    if picked.is_unplaced:
        return row.station_id is None
    if picked.station_uuid is None:
        return True
    station = ground.by_pk.get(row.station_id or 0)
    return station is not None and station.uuid == picked.station_uuid


def _pick_person(ground: Ground, picked: Picked) -> list[VoterRow]:
    entry: RollEntry | None = (
        list_voters(ground.context.election).filter(uuid=picked.entry_uuid).only("pk").first()
        if picked.entry_uuid
        else None
    )
    own = [row for row in ground.rows if entry is not None and row.pk == entry.pk]
    if picked.what == What.VOTER or not own:
        return own
    return [row for row in ground.rows if row.family == own[0].family]


def _count_separated(ground: Ground, rows: Sequence[VoterRow], target_pk: int) -> int:
    """Families some of whose members move away from the others."""
    moving = {row.pk for row in rows}
    families = {row.family for row in rows}
    left = {
        row.family
        for row in ground.rows
        if row.family in families and row.pk not in moving and row.station_id != target_pk
    }
    return len(left)
