"""The duplicate search as a job: the rows read, the pairs found, what was answered kept.

What was answered is remembered: a pair is asked again only when a name, NIK or birth date of one
of the two has changed since.
"""

import hashlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from pilkades.apps.accounts.roles import Actor, Role
from pilkades.apps.accounts.selectors import has_role
from pilkades.apps.accounts.services import require_role
from pilkades.apps.audit.services import append
from pilkades.apps.elections.models import Wave
from pilkades.apps.elections.selectors.village_elections import get_village_election_by_uuid
from pilkades.apps.elections.services.seats import is_seated
from pilkades.apps.jobs.registry import JobHandle, Json, register_job
from pilkades.apps.roll.duplicates.found import FoundPair
from pilkades.apps.roll.duplicates.parameters import load_shipped
from pilkades.apps.roll.models import DuplicateDecision, DuplicatePair, RollEntry
from pilkades.screening.papers import read_birth
from pilkades.screening.people import Person, explain_pair
from pilkades.text import Text

JOB = "roll.search_duplicates"
READ_ROWS, WRITE_ROWS = 2_000, 500
STEPS = {
    "read": Text("Membaca daftar pemilih"),
    "block": Text("Mencari pasangan yang mungkin sama"),
    "score": Text("Membandingkan pasangan"),
}
WEIGHTS = {"read": (0, 40), "block": (40, 20), "score": (60, 35)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What one search added to what was known."""

    new: int
    reopened: int
    remembered: int


@register_job(JOB, title=Text("Mencari pemilih ganda"))
def search_duplicates(
    job: JobHandle, *, actor: Actor, election: str = "", wave: str = ""
) -> Mapping[str, Json]:
    """Search one village's roll, or all rolls of a wave, and record what was found.

    Allowed: who sits in the village's committee, the regency's desk; a wave only the desk.
    Effects: pairs; open pairs of the same rows that no longer look alike are dropped;
    `roll.duplicates_searched` with counts.
    Raises: PermissionDenied, ConflictError, JobCancelled.
    """
    # Splink and DuckDB take most of a second to load: only for those who search.
    from pilkades.apps.roll.duplicates.search import search_people

    entries, region_code, subject = _authorise_search(actor, election=election, wave=wave)
    total = entries.count()
    keys = array("q")

    def report(step: str, done: int, of: int) -> None:
        start, width = WEIGHTS[step]
        of = total if step == "read" else of
        job.report(start + width * done // max(of, 1), 100, STEPS[step])

    found = search_people(_read_people(entries, keys), parameters=load_shipped(), report=report)
    pairs = [(keys[pair.left], keys[pair.right], pair) for pair in found.pairs]

    with transaction.atomic():
        recorded = record_found(pairs, entries=entries, search=job.uuid, now=job.now())
        counts = {
            "people": found.people,
            "candidates": found.candidates,
            "crowded": found.crowded_keys,
            "pairs": len(pairs),
            "new": recorded.new,
            "reopened": recorded.reopened,
            "remembered": recorded.remembered,
        }
        append(
            event="roll.duplicates_searched",
            actor=actor,
            at=job.now(),
            region_code=region_code,
            subject=subject,
            data={key: counts[key] for key in ("people", "pairs", "new", "reopened", "remembered")},
        )
    return dict(counts)


def record_found(
    pairs: Sequence[tuple[int, int, FoundPair]],
    *,
    entries: QuerySet[RollEntry],
    search: UUID,
    now: datetime,
) -> Recorded:
    """Keep the pairs: new ones, open ones renewed, decided ones left alone unless a row changed.

    Allowed: the calling job, which has authorised; inside its transaction.
    """
    involved = _load_involved(pairs)
    rolls = entries.order_by().values("roll").distinct()
    scope = DuplicatePair.objects.filter(left__roll__in=rolls, right__roll__in=rolls)
    known = {
        (pair.left_id, pair.right_id): pair
        for pair in scope.select_for_update(of=("self",)).order_by("pk")
    }
    new, reopened, remembered = [], 0, 0
    for left_key, right_key, pair in pairs:
        left, right = involved[min(left_key, right_key)], involved[max(left_key, right_key)]
        built = _build_pair(left, right, pair.probability, search=search, now=now)
        old = known.pop((left.pk, right.pk), None)
        if old is None:
            new.append(built)
        elif not old.is_open and old.content_digest == built.content_digest:
            remembered += 1
        else:
            reopened += not old.is_open
            _renew(old, built)
    DuplicatePair.objects.bulk_create(new, batch_size=WRITE_ROWS)
    gone = [pair.pk for pair in known.values() if pair.is_open]
    for start in range(0, len(gone), WRITE_ROWS):
        DuplicatePair.objects.filter(pk__in=gone[start : start + WRITE_ROWS]).delete()
    return Recorded(new=len(new), reopened=reopened, remembered=remembered)


def _authorise_search(
    actor: Actor, *, election: str, wave: str
) -> tuple[QuerySet[RollEntry], str, str]:
    """The rows, the region and the subject of a search that this actor may make."""
    standing = RollEntry.objects.filter(is_removed=False)
    if wave:
        found = Wave.objects.get(uuid=UUID(wave))
        require_role(actor, (Role.REGENCY_DESK,), found.regency_id)
        return standing.filter(roll__election__wave=found), found.regency_id, f"wave:{found.uuid}"
    context = get_village_election_by_uuid(UUID(election))
    may_search = is_seated(actor, context) or has_role(
        actor, (Role.REGENCY_DESK,), context.village_code
    )
    if not may_search:
        raise PermissionDenied
    subject = f"election:{context.election.uuid}"
    return standing.filter(roll__election=context.election), context.village_code, subject


def _read_people(entries: QuerySet[RollEntry], keys: "array[int]") -> Iterator[Person]:
    """The rows as people; `keys` takes the primary key of each. NIK are opened one by one."""
    columns = (
        "uuid", "nik", "kk_index", "full_name", "sex", "birth_date", "birth_place",
        "marital_status", "occupation", "rt", "rw", "roll__election__village_id",
    )  # fmt: skip
    rows = entries.select_related("roll__election").only(*columns).order_by("pk")
    for entry in rows.iterator(chunk_size=READ_ROWS):
        keys.append(entry.pk)
        yield to_person(entry)


def to_person(entry: RollEntry) -> Person:
    """A row as the search sees it; the KK only by its keyed index, which suffices for equality."""
    return Person(
        id=entry.pk,
        village=entry.roll.election.village_id,
        full_name=entry.full_name,
        nik=entry.nik or "",
        kk=str(entry.kk_index or ""),
        sex=entry.sex,
        birth=read_birth(entry.birth_date),
        birth_place=entry.birth_place,
        marital_status=entry.marital_status,
        occupation=entry.occupation,
        rt=entry.rt,
        rw=entry.rw,
    )


def digest_content(left: RollEntry, right: RollEntry) -> str:
    """A fingerprint of what an answer rests on; the NIK enters by its keyed index."""
    parts = [
        part
        for entry in (left, right)
        for part in (entry.full_name, str(entry.nik_index or ""), str(entry.birth_date))
    ]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def _load_involved(pairs: Iterable[tuple[int, int, FoundPair]]) -> dict[int, RollEntry]:
    wanted = sorted({key for left, right, _ in pairs for key in (left, right)})
    found: dict[int, RollEntry] = {}
    for start in range(0, len(wanted), WRITE_ROWS):
        rows = RollEntry.objects.filter(pk__in=wanted[start : start + WRITE_ROWS])
        found |= {entry.pk: entry for entry in rows.select_related("roll__election")}
    return found


def _build_pair(
    left: RollEntry, right: RollEntry, probability: float, *, search: UUID, now: datetime
) -> DuplicatePair:
    return DuplicatePair(
        left=left,
        right=right,
        is_across=left.roll_id != right.roll_id,
        probability=probability,
        reasons=" ".join(explain_pair(to_person(left), to_person(right))),
        search=search,
        found_at=now,
        content_digest=digest_content(left, right),
    )


def _renew(old: DuplicatePair, built: DuplicatePair) -> None:
    """An open pair as the newest search sees it; a decided one whose rows changed is open again."""
    if not old.is_open:
        old.decision, old.note = DuplicateDecision.OPEN, ""
        old.decided_by, old.decided_at, old.removed = None, None, None
        old.statements.all().delete()
    old.probability, old.reasons = built.probability, built.reasons
    old.search, old.found_at = built.search, built.found_at
    old.content_digest = built.content_digest
    _advance(old)


def _advance(pair: DuplicatePair) -> None:
    pair.version += 1
    pair.save()
