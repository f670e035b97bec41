"""What anybody may know of a village's election: the one value behind its page, paper and data.

Only what the law makes public enters here: stages, committee, announcements, determined candidates,
the drawing, the digest of the set-up proof. Files of applicants never do.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pilkades.apps.audit.models import Checkpoint
from pilkades.apps.audit.selectors import find_latest_checkpoint
from pilkades.apps.design.stored_texts import thaw_texts
from pilkades.apps.design.texts import translate
from pilkades.apps.elections.models import (
    Announcement,
    AnnouncementKind,
    Candidacy,
    CommitteeMember,
    Drawing,
    DrawingLot,
    Election,
    ElectionCommittee,
    ScorePublication,
    SetupProof,
)
from pilkades.apps.elections.selectors.candidates import list_standing
from pilkades.apps.elections.selectors.complaints import PUBLIC_STATES
from pilkades.apps.elections.selectors.paths import has_empty_column
from pilkades.apps.elections.selectors.progress import ElectionProgress, assess_election
from pilkades.apps.elections.selectors.proof_readings import ProofReading, read_proof
from pilkades.apps.elections.selectors.proofs import find_locked_proof
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.law.application import STANDING
from pilkades.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicAnnouncement:
    """One announcement, its sentences ready to be shown in the reader's language."""

    kind: str
    title: str
    sentences: tuple[Text, ...]
    article: str
    published_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicVillage:
    """Halaman umum satu desa."""

    context: VillageElection
    progress: ElectionProgress
    committee: ElectionCommittee | None
    members: tuple[CommitteeMember, ...]
    announcements: tuple[PublicAnnouncement, ...]
    applicants: tuple[Candidacy, ...]
    candidates: tuple[Candidacy, ...]
    has_empty_column: bool
    drawing: Drawing | None
    is_drawing_open: bool
    lots: tuple[DrawingLot, ...]
    proof: SetupProof | None
    reading: ProofReading | None
    scores: ScorePublication | None
    checkpoint: Checkpoint | None


def get_public_village(context: VillageElection, *, now: datetime) -> PublicVillage:
    """Everything public about one election; at most thirteen queries beyond the context."""
    election = context.election
    drawing = _find_drawing_in_force(election)
    is_drawn = drawing is not None and drawing.closed_at is not None
    standing = list_standing(election)
    proof = find_locked_proof(election)
    reading = read_proof(proof, election=election, standing=standing) if proof else None
    # What was approved counts, not what a row says now.
    candidates = reading.show(standing) if reading else tuple(standing)
    committee, members = _find_committee(election)
    return PublicVillage(
        context=context,
        progress=assess_election(context.timetable, today=context.local_date(now)),
        committee=committee,
        members=members,
        announcements=tuple(list_public_announcements(election)),
        applicants=tuple(_list_announced_applicants(election)),
        candidates=candidates,
        # Only one who stands alone can stand against the empty column.
        has_empty_column=len(candidates) == 1 and has_empty_column(election),
        drawing=drawing if is_drawn else None,
        is_drawing_open=drawing is not None and not is_drawn,
        lots=tuple(drawing.lots.order_by("number")) if drawing and is_drawn else (),
        proof=proof,
        reading=reading,
        scores=ScorePublication.objects.filter(election=election).first(),
        checkpoint=find_latest_checkpoint(),
    )


def list_public_announcements(election: Election) -> list[PublicAnnouncement]:
    """Announcements in force, the latest first."""
    rows = Announcement.objects.filter(election=election, withdrawn_at__isnull=True)
    return [
        PublicAnnouncement(
            kind=row.kind,
            title=row.title or str(AnnouncementKind(row.kind).label),
            sentences=thaw_texts(row.sentences),
            article=row.article,
            published_at=row.published_at,
        )
        for row in rows
    ]


def build_open_data(page: PublicVillage) -> dict[str, Any]:
    """The same as the page, for machines; documented in docs/formats/open-data.md."""
    context = page.context
    village = context.village
    return {
        "format": "pilkades-open-data-1",
        "simulation": context.is_simulation,
        "village": {
            "code": village.code,
            "name": village.name,
            "district": village.district.name,
            "regency": village.district.regency.name,
        },
        "wave": context.election.wave.name,
        "poll_date": page.progress.poll_date.isoformat(),
        "pack": {"id": context.pack.id, "version": context.pack.version},
        "steps": [
            {
                "id": item.step.id,
                "stage": item.step.stage,
                "name": item.step.name,
                "from": item.step.start_date.isoformat(),
                "to": item.step.end_date.isoformat(),
                "state": item.state.value,
                "article": item.step.article,
            }
            for item in page.progress.steps
        ],
        "committee": _committee_data(page),
        "candidates": [
            {
                "number": candidate.ballot_number,
                "name": candidate.ballot_name,
                "photo_sha256": candidate.photo_sha256,
                "disclosure": candidate.public_disclosure,
            }
            for candidate in page.candidates
        ],
        "empty_column": page.has_empty_column,
        "announcements": [
            {
                "kind": item.kind,
                "title": item.title,
                "text": [translate(sentence) for sentence in item.sentences],
                "article": item.article,
                "at": item.published_at.isoformat(),
            }
            for item in page.announcements
        ],
        "drawing": _drawing_data(page),
        "extra_selection": page.scores.content if page.scores else None,
        "setup_proof_sha256": page.proof.sha256 if page.proof else None,
        "setup_proof_alarm": page.reading is not None and page.reading.has_alarm,
        "ledger": _ledger_data(page.checkpoint),
        "licence": "ODbL-1.0 (regions: idn-area-data); election data may be used by anybody",
    }


def _committee_data(page: PublicVillage) -> dict[str, Any] | None:
    if page.committee is None:
        return None
    return {
        "decree": page.committee.decree_number,
        "date": page.committee.decree_date.isoformat(),
        "members": [
            {"name": member.full_name, "position": member.position} for member in page.members
        ],
    }


def _drawing_data(page: PublicVillage) -> dict[str, Any] | None:
    if page.drawing is None:
        return None
    return {
        "id": str(page.drawing.uuid),
        "method": page.drawing.method,
        "seed": page.drawing.seed or None,
        "lots": [
            {
                "party": lot.party,
                "position": lot.position,
                "number": lot.number,
                "commitment": lot.commitment or None,
                "salt": lot.salt or None,
                "contribution": lot.contribution or None,
            }
            for lot in page.lots
        ],
    }


def _ledger_data(checkpoint: Checkpoint | None) -> dict[str, Any] | None:
    return {"size": checkpoint.size, "note": checkpoint.note} if checkpoint else None


def _list_announced_applicants(election: Election) -> list[Candidacy]:
    """Applicants by name, once the committee announced them and until candidates are determined.

    Before the announcement nobody's application is public; a refused or withdrawn one never is.
    """
    is_announced = Announcement.objects.filter(
        election=election, kind=AnnouncementKind.APPLICANTS, withdrawn_at__isnull=True
    )
    states = [state.value for state in PUBLIC_STATES if state not in STANDING]
    rows = election.candidacies.filter(
        state__in=states, election__in=is_announced.values("election")
    )
    return list(rows.order_by("registration_number"))


def _find_committee(
    election: Election,
) -> tuple[ElectionCommittee | None, tuple[CommitteeMember, ...]]:
    """The committee with those who sit in it now; one query where anybody does."""
    rows = CommitteeMember.objects.filter(committee__election=election, left_date__isnull=True)
    members = tuple(rows.select_related("committee"))
    if members:
        return members[0].committee, members
    return ElectionCommittee.objects.filter(election=election).first(), ()


def _find_drawing_in_force(election: Election) -> Drawing | None:
    return Drawing.objects.filter(election=election, cancelled_at__isnull=True).first()
