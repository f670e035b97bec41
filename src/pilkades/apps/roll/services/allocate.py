"""The voters divided among the stations: proposed by rule, and accepted as one act."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.audit.services import append
from pilkades.apps.design.stored_texts import freeze_text
from pilkades.apps.elections.models import StationKind
from pilkades.apps.elections.selectors.village_elections import (
    VillageElection,
    get_village_election_by_uuid,
)
from pilkades.apps.elections.services.open_file import require_running
from pilkades.apps.elections.services.seats import require_seat
from pilkades.apps.jobs.registry import JobHandle, Json, register_job
from pilkades.apps.roll.allocation import (
    Division,
    Problem,
    Share,
    divide_by_hamlet,
    divide_evenly,
    place_remaining,
)
from pilkades.apps.roll.models import (
    AllocationMode,
    AllocationProposal,
    ChangeKind,
    ProposalState,
    Roll,
    RollEntry,
    StationTerritory,
)
from pilkades.apps.roll.selectors.allocation import (
    Ground,
    Plan,
    VoterRow,
    build_blocks,
    build_problem,
    is_free,
    parse_hamlet,
    read_plan,
)
from pilkades.apps.roll.services.change_records import EntryChange, record_changes
from pilkades.apps.roll.services.rolls import lock_roll, lock_roll_of, require_open, save_roll
from pilkades.errors import ConflictError
from pilkades.text import Text

JOB = "roll.allocate"
CHUNK = 400


@register_job(JOB, title=Text("Membagi pemilih ke TPS"))
def run_allocation(
    job: JobHandle, *, actor: Actor, election_uuid: str, mode: str
) -> Mapping[str, Json]:
    """The job: compute a proposal and say which."""
    job.report(0, 1, Text("Menghitung pembagian"))
    proposal = propose_allocation(
        actor=actor, now=job.now(), election_uuid=UUID(election_uuid), mode=AllocationMode(mode)
    )
    job.report(1, 1)
    return {"proposal": str(proposal.uuid)}


def propose_allocation(
    *, actor: Actor, now: datetime, election_uuid: UUID, mode: AllocationMode
) -> AllocationProposal:
    """Compute where everybody would vote; nobody is moved by it.

    Allowed: who sits in the committee.
    Requires: a roll that is not locked, or a division that takes nobody's station away.
    Effects: a proposal, or a refused one that says why there is none; earlier ones are forgotten.
    Raises: PermissionDenied, RuleViolationError.
    """
    context = get_village_election_by_uuid(election_uuid)

    require_seat(actor, context)

    # Seconds of computing hold no lock: acceptance compares what it was computed from.
    ground = Ground(context)
    problem = build_problem(ground, mode)
    division = _divide(ground, problem, mode)
    plan = {} if division.refusal else _plan(ground, division, mode)

    with transaction.atomic():
        roll = lock_roll_of(context, now=now)
        _require_division_open(roll, ground, plan)
        AllocationProposal.objects.filter(roll=roll).exclude(state=ProposalState.ACCEPTED).delete()
        refusal = division.refusal
        return AllocationProposal.objects.create(
            roll=roll,
            mode=mode,
            state=ProposalState.REFUSED if refusal else ProposalState.OPEN,
            basis=ground.digest(mode),
            plan={str(station): pks for station, pks in plan.items()},
            split_count=len(division.list_split_blocks()),
            walk_metres=_average_walk(problem, division),
            refusal=freeze_text(refusal.text) if refusal else None,
            stations_needed=refusal.stations_needed if refusal else len(ground.tops),
            made_by_id=actor.user_id,
            made_at=now,
        )


@transaction.atomic
def accept_allocation(*, actor: Actor, now: datetime, proposal_uuid: UUID) -> AllocationProposal:
    """Do what a proposal says, all of it.

    Allowed: who sits in the committee.
    Requires: an open proposal; roll and stations as it saw them; a roll that is not locked, or a
        proposal that takes nobody's station away.
    Effects: the stations of those who move, a change for each of them, the territories.
        `roll.allocated`, once, with counts.
    Raises: PermissionDenied, ConflictError, RuleViolationError.
    """
    proposal = AllocationProposal.objects.select_related("roll").get(uuid=proposal_uuid)
    roll, context = lock_roll(roll_uuid=proposal.roll.uuid)

    require_seat(actor, context)

    proposal.refresh_from_db()
    ground = Ground(context)
    plan = read_plan(proposal)
    _require_division_open(roll, ground, plan)
    if proposal.state != ProposalState.OPEN or ground.digest(proposal.mode) != proposal.basis:
        raise ConflictError(
            "allocation.stale",
            Text(
                "Daftar pemilih atau TPS sudah berubah sejak usulan ini dihitung. Belum ada yang "
                "dipindah. Hitung usulan baru, lalu putuskan lagi."
            ),
        )

    event = append(
        event="roll.allocated",
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"roll:{roll.uuid}",
        article=ground.rules.article,
        data={
            "mode": proposal.mode,
            "moved": sum(len(pks) for pks in plan.values()),
            "stations": len(ground.tops),
            "splits": proposal.split_count,
        },
    )
    reason = str(Text("Pembagian pemilih ke TPS menurut aturan"))
    place_voters(ground, plan, actor=actor, now=now, event=event, reason=reason, is_by_hand=False)
    if proposal.mode == AllocationMode.EVERYBODY:
        roll.entries.filter(is_station_by_hand=True).update(is_station_by_hand=False)
    rewrite_territories(context)
    save_roll(roll, [])
    proposal.state, proposal.accepted_at = ProposalState.ACCEPTED, now
    proposal.save(update_fields=["state", "accepted_at"])
    return proposal


def place_voters(
    ground: Ground,
    plan: Plan,
    *,
    actor: Actor,
    now: datetime,
    event: UUID,
    reason: str,
    is_by_hand: bool,
) -> None:
    """Write the stations of many voters and the change of each.

    Allowed: the calling service, which has authorised, locked the roll and appended the event.
    """
    names = {station.pk: str(station) for station in ground.stations}
    sources = {row.pk: row.station_id for row in ground.rows}
    for station_pk, pks in plan.items():
        for start in range(0, len(pks), CHUNK):
            RollEntry.objects.filter(pk__in=pks[start : start + CHUNK]).update(
                station_id=station_pk, is_station_by_hand=is_by_hand, version=F("version") + 1
            )
    changes = (
        EntryChange(
            entry=RollEntry(pk=pk),
            before={"station": names.get(sources[pk] or 0, "")},
            after={"station": names[station_pk]},
        )
        for station_pk, pks in plan.items()
        for pk in pks
    )
    record_changes(
        changes, kind=ChangeKind.ALLOCATED, reason=reason, actor=actor, now=now, event=event
    )


def rewrite_territories(context: VillageElection) -> None:
    """Say which RTs belong to which station, as the voters now are.

    Voters moved by hand do not make their RT a station's own, unless the whole RT was moved.
    Allowed: the calling service, as in `place_voters`.
    """
    ground = Ground(context)
    by_rule: dict[tuple[str, str, str], set[int]] = {}
    by_hand: dict[tuple[str, str, str], set[int]] = {}
    for row in ground.rows:
        if row.station_id is not None:
            found = by_hand if row.is_by_hand else by_rule
            found.setdefault((row.hamlet, row.rw, row.rt), set()).add(row.station_id)
    hamlet_boxes = StationTerritory.objects.filter(
        station__election=context.election, station__kind=StationKind.BOX, rt="", rw=""
    ).exclude(hamlet=None)
    kept = set(hamlet_boxes.values_list("pk", flat=True))
    StationTerritory.objects.filter(station__election=context.election).exclude(
        pk__in=kept
    ).delete()
    boxes = set(hamlet_boxes.values_list("station_id", "hamlet_id"))
    StationTerritory.objects.bulk_create(
        StationTerritory(station_id=station, hamlet_id=parse_hamlet(hamlet), rw=rw, rt=rt)
        for (hamlet, rw, rt), stations in sorted({**by_hand, **by_rule}.items())
        for station in sorted(stations)
        if (station, parse_hamlet(hamlet)) not in boxes
    )


def _require_division_open(roll: Roll, ground: Ground, plan: Plan) -> None:
    """After the lock a station is given once: nobody who has one is sent elsewhere (ADR 0112).

    Raises: RuleViolationError.
    """
    placed = {row.pk for row in ground.rows if row.station_id is not None}
    if any(pk in placed for pks in plan.values() for pk in pks):
        require_open(roll, ground.context)
    else:
        require_running(ground.context)


def _divide(ground: Ground, problem: Problem, mode: AllocationMode) -> Division:
    if mode != AllocationMode.UNPLACED:
        # A server that never divides a village need not carry the solver.
        from pilkades.apps.roll.allocation.solve import divide

        return divide(problem)
    family_at: dict[str, int] = {}
    block_at: dict[str, set[int]] = {}
    for row in ground.rows:
        top = ground.top_of(row.station_id)
        if top is not None:
            family_at.setdefault(row.family, top)
            block_at.setdefault("|".join((row.hamlet, row.rw, row.rt)), set()).add(top)
    return place_remaining(
        problem,
        family_at=family_at,
        block_at={key: frozenset(stations) for key, stations in block_at.items()},
    )


def _plan(ground: Ground, division: Division, mode: AllocationMode) -> dict[int, list[int]]:
    """Only those who move: their station, or the desk or box of it."""
    places = division.get_places()
    top_of_row: dict[int, int] = {}
    for row in ground.rows:
        top = places[row.family] if is_free(row, mode) else ground.top_of(row.station_id)
        if top is not None:
            top_of_row[row.pk] = top
    goal = dict(top_of_row)
    for station in ground.tops:
        here = [row for row in ground.rows if top_of_row.get(row.pk) == station.pk]
        goal.update(_divide_parts(ground, station.pk, here, mode))
    plan: dict[int, list[int]] = {}
    for row in ground.rows:
        if row.pk in goal and goal[row.pk] != row.station_id:
            plan.setdefault(goal[row.pk], []).append(row.pk)
    return plan


def _divide_parts(
    ground: Ground, station_pk: int, here: Iterable[VoterRow], mode: AllocationMode
) -> dict[int, int]:
    """The desk or box of everybody at a station that has some."""
    parts = ground.parts(station_pk)
    if not parts:
        return {}
    ids = [part.pk for part in parts]
    settled = {
        row.pk: row.station_id for row in here if row.station_id in ids and not is_free(row, mode)
    }
    rows = [row for row in here if row.pk not in settled]
    blocks = build_blocks(rows)
    shares: tuple[Share, ...] = ()
    if not blocks:
        pass
    elif parts[0].kind == StationKind.BOX:
        box_of = dict(
            StationTerritory.objects.filter(station_id__in=ids, rw="", rt="")
            .exclude(hamlet=None)
            .values_list("hamlet_id", "station_id")
        )
        named = {str(hamlet): box for hamlet, box in box_of.items()}
        shares = divide_by_hamlet(blocks=blocks, box_of=named, boxes=ids)
    else:
        shares = divide_evenly(blocks=blocks, desks=ids)
    places = Division(shares=shares).get_places()
    return {row.pk: places[row.family] for row in rows} | {
        pk: station for pk, station in settled.items() if station is not None
    }


def _average_walk(problem: Problem, division: Division) -> int:
    if not division.shares:
        return 0
    blocks = {block.key: block for block in problem.blocks}
    targets = {target.id: target for target in problem.targets}
    metres = sum(
        problem.walk(blocks[share.block], targets[share.target]) * share.voters
        for share in division.shares
    )
    return round(metres / problem.voters)
