"""What committees and the desk answer about pairs that may be one voter.

Inside a village the committee strikes one of two; between villages the desk asks and decides, and
each village strikes only its own. The search itself is in `duplicate_search`.
"""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from pilkades.apps.accounts.roles import Actor, Role
from pilkades.apps.accounts.services import require_role
from pilkades.apps.elections.selectors.village_elections import (
    VillageElection,
    get_village_election_by_uuid,
)
from pilkades.apps.elections.services.sealed_events import append_sealed
from pilkades.apps.elections.services.seats import require_seat
from pilkades.apps.roll.models import (
    ChangeKind,
    DuplicateDecision,
    DuplicatePair,
    DuplicateStatement,
    RollEntry,
    VillageAnswer,
)
from pilkades.apps.roll.services.changes import remove_entry
from pilkades.apps.roll.services.duplicate_search import digest_content
from pilkades.errors import ConflictError, MalformedInputError
from pilkades.text import Text

NOTE_MAX = 300


@transaction.atomic
def decide_pair(
    *,
    actor: Actor,
    now: datetime,
    pair_uuid: UUID,
    expected_version: int,
    decision: DuplicateDecision,
    removed_uuid: UUID | None = None,
    note: str,
) -> DuplicatePair:
    """Answer a pair inside one village; the same person: one of the two is struck.

    Allowed: who sits in the committee of the village.
    Requires: an open pair as it was seen; for the same person an open roll and which one goes.
    Effects: the answer, remembered; the entry struck as a duplicate; `roll.duplicate_decided`.
    Raises: PermissionDenied, MalformedInputError, ConflictError, RuleViolationError.
    """
    pair = _lock_pair(pair_uuid, expected_version)
    context = _context_of(pair.left)

    require_seat(actor, context)
    if pair.is_across:
        raise PermissionDenied

    _require_unchanged(pair)
    removed = _choose_removed(pair, decision, removed_uuid)
    cleaned = _clean_note(note)

    if removed is not None:
        _strike(removed, actor=actor, now=now, kind=ChangeKind.MERGED, note=cleaned)
    _close(pair, decision, actor=actor, now=now, note=cleaned, removed=removed)

    _append_decided(pair, actor=actor, now=now, region_code=context.village_code, note=cleaned)
    return pair


@transaction.atomic
def decide_across(
    *, actor: Actor, now: datetime, pair_uuid: UUID, expected_version: int, note: str
) -> DuplicatePair:
    """The desk says that two entries of two villages are different people.

    Allowed: the regency's desk. That they are one person shows when a village strikes its own.
    Requires: an open pair between villages, as it was seen, and why.
    Effects: the answer, remembered; `roll.duplicate_decided`.
    Raises: PermissionDenied, MalformedInputError, ConflictError.
    """
    pair = _lock_pair(pair_uuid, expected_version)
    regency_code = _get_regency_code(pair)

    require_role(actor, (Role.REGENCY_DESK,), regency_code)
    if not pair.is_across:
        raise PermissionDenied

    _require_unchanged(pair)
    cleaned = _require_note(note)

    _close(pair, DuplicateDecision.DIFFERENT, actor=actor, now=now, note=cleaned, removed=None)

    _append_decided(pair, actor=actor, now=now, region_code=regency_code, note=cleaned)
    return pair


@transaction.atomic
def ask_village(
    *,
    actor: Actor,
    now: datetime,
    pair_uuid: UUID,
    expected_version: int,
    entry_uuid: UUID,
    question: str,
) -> DuplicateStatement:
    """The desk asks one of the two villages about its own voter.

    Allowed: the regency's desk.
    Requires: an open pair between villages, as it was seen; nothing asked or said of it before.
    Effects: the question; `roll.duplicate_asked` in the village asked.
    Raises: PermissionDenied, MalformedInputError, ConflictError.
    """
    pair = _lock_pair(pair_uuid, expected_version)

    require_role(actor, (Role.REGENCY_DESK,), _get_regency_code(pair))
    if not pair.is_across:
        raise PermissionDenied

    _require_open(pair)
    entry = _pick_entry(pair, entry_uuid)
    cleaned = _require_note(question)
    if pair.statements.filter(entry=entry).exists():
        raise ConflictError(
            "duplicate.asked",
            Text("Desa ini sudah ditanya atau sudah menjawab. Tidak ada yang diubah."),
        )

    asked = DuplicateStatement.objects.create(
        pair=pair, entry=entry, question=cleaned, asked_by_id=actor.user_id, asked_at=now
    )
    _advance(pair)

    append_sealed(
        event="roll.duplicate_asked",
        actor=actor,
        at=now,
        region_code=entry.roll.election.village_id,
        subject=f"duplicate_pair:{pair.uuid}",
        sealed={"question": cleaned},
    )
    return asked


@transaction.atomic
def answer_for_own(
    *,
    actor: Actor,
    now: datetime,
    pair_uuid: UUID,
    expected_version: int,
    village_code: str,
    answer: VillageAnswer,
    note: str,
) -> DuplicatePair:
    """A village says of its own entry that it stays, or strikes it because the person left.

    Allowed: who sits in the committee of that village; the other's entry is out of reach.
    Requires: an open pair between villages, as it was seen; to strike, an open roll and why.
    Effects: the statement; LEFT strikes the own entry and closes the pair as the same person;
    `roll.duplicate_answered`.
    Raises: PermissionDenied, MalformedInputError, ConflictError, RuleViolationError.
    """
    pair = _lock_pair(pair_uuid, expected_version)
    entry = _pick_own(pair, village_code)

    require_seat(actor, _context_of(entry))

    _require_unchanged(pair)
    if answer not in (VillageAnswer.STAYS, VillageAnswer.LEFT):
        raise MalformedInputError("duplicate.answer", Text("Pilih jawabannya."))
    cleaned = _require_note(note)

    statement, _ = DuplicateStatement.objects.get_or_create(pair=pair, entry=entry)
    statement.answer, statement.answer_note = answer, cleaned
    statement.answered_by_id, statement.answered_at = actor.user_id, now
    statement.save()
    if answer == VillageAnswer.LEFT:
        _strike(entry, actor=actor, now=now, kind=ChangeKind.REMOVED, note=cleaned)
        same = DuplicateDecision.SAME
        _close(pair, same, actor=actor, now=now, note=cleaned, removed=entry)
    else:
        _advance(pair)

    append_sealed(
        event="roll.duplicate_answered",
        actor=actor,
        at=now,
        region_code=village_code,
        subject=f"duplicate_pair:{pair.uuid}",
        data={"answer": answer.value},
        sealed={"note": cleaned},
    )
    return pair


# --- The acts ------------------------------------------------------------------------------------


def _lock_pair(pair_uuid: UUID, expected_version: int) -> DuplicatePair:
    pair = (
        DuplicatePair.objects.select_for_update(of=("self",))
        .select_related("left__roll__election__village", "right__roll__election__village")
        .get(uuid=pair_uuid)
    )
    if pair.version != expected_version:
        raise _stale()
    return pair


def _context_of(entry: RollEntry) -> VillageElection:
    return get_village_election_by_uuid(entry.roll.election.uuid)


def _get_regency_code(pair: DuplicatePair) -> str:
    return ".".join(pair.left.roll.election.village_id.split(".")[:2])


def _require_open(pair: DuplicatePair) -> None:
    if not pair.is_open:
        raise ConflictError(
            "duplicate.decided",
            Text("Pasangan ini sudah diputuskan orang lain. Tidak ada yang diubah."),
        )


def _require_unchanged(pair: DuplicatePair) -> None:
    """Whoever decides must have seen the rows as they stand."""
    _require_open(pair)
    is_same = pair.content_digest == digest_content(pair.left, pair.right)
    if not is_same or pair.left.is_removed or pair.right.is_removed:
        raise _stale()


def _choose_removed(
    pair: DuplicatePair, decision: DuplicateDecision, removed_uuid: UUID | None
) -> RollEntry | None:
    if decision == DuplicateDecision.DIFFERENT:
        return None
    if decision != DuplicateDecision.SAME or removed_uuid is None:
        raise MalformedInputError("duplicate.decision", Text("Pilih jawabannya."))
    return _pick_entry(pair, removed_uuid)


def _pick_entry(pair: DuplicatePair, entry_uuid: UUID) -> RollEntry:
    for entry in (pair.left, pair.right):
        if entry.uuid == entry_uuid:
            return entry
    raise MalformedInputError("duplicate.entry", Text("Pemilih ini bukan bagian dari pasangan."))


def _pick_own(pair: DuplicatePair, village_code: str) -> RollEntry:
    for entry in (pair.left, pair.right):
        if pair.is_across and entry.roll.election.village_id == village_code:
            return entry
    raise PermissionDenied


def _strike(entry: RollEntry, *, actor: Actor, now: datetime, kind: ChangeKind, note: str) -> None:
    reason = "Tercatat ganda" if kind == ChangeKind.MERGED else "Tercatat di desa lain"
    remove_entry(
        actor=actor,
        now=now,
        entry_uuid=entry.uuid,
        expected_version=entry.version,
        reason=f"{reason}: {note}"[:200] if note else reason,
        kind=kind,
    )


def _close(
    pair: DuplicatePair,
    decision: DuplicateDecision,
    *,
    actor: Actor,
    now: datetime,
    note: str,
    removed: RollEntry | None,
) -> None:
    pair.decision, pair.note, pair.removed = decision, note, removed
    pair.decided_by_id, pair.decided_at = actor.user_id, now
    _advance(pair)


def _advance(pair: DuplicatePair) -> None:
    pair.version += 1
    pair.save()


def _append_decided(
    pair: DuplicatePair, *, actor: Actor, now: datetime, region_code: str, note: str
) -> None:
    append_sealed(
        event="roll.duplicate_decided",
        actor=actor,
        at=now,
        region_code=region_code,
        subject=f"duplicate_pair:{pair.uuid}",
        data={"decision": pair.decision},
        sealed={"note": note},
    )


def _clean_note(note: str) -> str:
    cleaned = " ".join(note.split())
    if len(cleaned) > NOTE_MAX:
        raise MalformedInputError(
            "duplicate.note",
            Text("Keterangan paling banyak {most} huruf. Isian tidak hilang.", most=NOTE_MAX),
        )
    return cleaned


def _require_note(note: str) -> str:
    cleaned = _clean_note(note)
    if not cleaned:
        raise MalformedInputError("duplicate.note", Text("Tulis keterangannya lebih dahulu."))
    return cleaned


def _stale() -> ConflictError:
    return ConflictError(
        "duplicate.stale",
        Text(
            "Pasangan ini atau data salah satu pemilihnya sudah berubah sejak Anda membukanya. "
            "Tidak ada yang disimpan. Periksa keadaan terbaru, lalu putuskan lagi."
        ),
    )
