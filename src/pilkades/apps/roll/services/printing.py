"""Printing the roll as long work: lists, invitations, stickers, minutes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.audit.services import append
from pilkades.apps.documents.batches import render_joined
from pilkades.apps.documents.papers import PAPERS, Paper, PaperRecord
from pilkades.apps.documents.services import place_and_date
from pilkades.apps.elections.selectors.village_elections import (
    VillageElection,
    get_village_election_by_uuid,
)
from pilkades.apps.elections.services.seats import require_seat
from pilkades.apps.jobs.registry import JobHandle, Json, register_job
from pilkades.apps.roll.models import UNDELIVERED, Roll
from pilkades.apps.roll.papers.invitations import count_batches, list_invitation_parts
from pilkades.apps.roll.papers.lists import LISTS, UNDELIVERED_LIST, list_parts
from pilkades.apps.roll.papers.stickers import list_sticker_parts
from pilkades.apps.roll.services.invitations import issue_invitations
from pilkades.errors import MalformedInputError, RuleViolationError
from pilkades.text import Text

PRINT_JOB = "roll.print"
PDF = "application/pdf"
INVITATIONS, STICKERS = "invitations", "stickers"
PRINTABLE = (*LISTS, INVITATIONS, STICKERS)
Part = tuple[Mapping[str, Any], PaperRecord | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Print:
    """What is to be set: the template, its parts, and how many there will be."""

    template: str
    parts: Iterator[Part]
    count: int
    rows: int


@register_job(PRINT_JOB, title=Text("Mencetak daftar pemilih"))
def print_roll(
    job: JobHandle, *, actor: Actor, election: str, kind: str, paper: str
) -> Mapping[str, Json]:
    """Set one kind of paper for a whole village.

    Allowed: who sits in the committee.
    Requires: a kind and a size of paper that exist; voters to print.
    Effects: the PDF, sealed, for whoever asked; `roll.printed`, which the audit trail shows. For
    invitations also the codes of voters who have none yet.
    Raises: PermissionDenied, MalformedInputError, RuleViolationError, JobCancelled.
    """
    context = get_village_election_by_uuid(UUID(election))

    require_seat(actor, context)

    size = _read_size(kind, paper)
    if kind == INVITATIONS:
        issue_invitations(actor=actor, now=job.now(), election_uuid=context.election.uuid)
    roll = Roll.objects.get(election=context.election)
    chosen = _choose(context, roll, kind, job)
    _require_rows(context, chosen.rows)

    def report(done: int) -> None:
        job.report(
            done, chosen.count, Text("Bagian {done} dari {count}", done=done, count=chosen.count)
        )

    report(0)
    data = render_joined(
        template=chosen.template,
        parts=chosen.parts,
        paper=size,
        simulation=context.is_simulation,
        report=report,
    )
    with transaction.atomic():
        job.store_result(data=data, name=f"{kind}-{context.village_code}.pdf", media_type=PDF)
        append(
            event="roll.printed",
            actor=actor,
            at=job.now(),
            region_code=context.village_code,
            subject=f"election:{context.election.uuid}",
            data={"paper": kind, "rows": chosen.rows, "size": size},
        )
    return {"rows": chosen.rows, "bytes": len(data)}


def _choose(context: VillageElection, roll: Roll, kind: str, job: JobHandle) -> _Print:
    place_date = place_and_date(context.village.name, context.local_date(job.now()))
    voters = roll.entries.filter(is_removed=False)
    if kind == INVITATIONS:
        rows = voters.filter(invitation__isnull=False).count()
        parts: Iterator[Part] = list_invitation_parts(context, roll, place_date=place_date)
        return _Print(
            template="roll/invitation.typ", parts=parts, count=count_batches(rows), rows=rows
        )
    if kind == STICKERS:
        rows = voters.count()
        households = voters.values("kk_index").distinct().count()
        return _Print(
            template="roll/stickers.typ",
            parts=list_sticker_parts(context, roll),
            count=-(-households // 40) or 1,
            rows=rows,
        )
    if kind == UNDELIVERED_LIST.id:
        voters = voters.filter(invitation__delivery__in=UNDELIVERED)
    stations = context.election.stations.count() + 1
    return _Print(
        template="roll/roll_list.typ",
        parts=list_parts(context, roll, LISTS[kind], place_date=place_date),
        count=stations,
        rows=voters.count(),
    )


def _read_size(kind: str, paper: str) -> Paper:
    for size in PAPERS:
        if size == paper and kind in PRINTABLE:
            return size
    raise MalformedInputError(
        "print.kind", Text("Jenis cetakan atau ukuran kertas ini tidak ada. Pilih dari daftarnya.")
    )


def _require_rows(context: VillageElection, rows: int) -> None:
    if rows:
        return
    raise RuleViolationError(
        "print.empty",
        Text("Belum ada yang dapat dicetak untuk jenis ini."),
        article=context.article_of("final_roll_fixed"),
    )
