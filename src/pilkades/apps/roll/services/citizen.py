"""What a citizen reports about the roll, and the committee's answer."""

import base64
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.audit.services import commit_to
from pilkades.apps.design.stored_texts import freeze_text
from pilkades.apps.elections.selectors.village_elections import (
    VillageElection,
    get_village_election_by_uuid,
)
from pilkades.apps.elections.services.open_file import require_running
from pilkades.apps.elections.services.sealed_events import append_sealed
from pilkades.apps.elections.services.seats import require_seat
from pilkades.apps.elections.uploads import read_document
from pilkades.apps.roll.models import CitizenReport, ReportKind, ReportOutcome, Roll, RollEntry
from pilkades.apps.roll.selectors.citizen import PUBLIC_STATES, get_anchor_date, get_roll_clock
from pilkades.apps.vault.files import store_file
from pilkades.errors import ConflictError, MalformedInputError, RuleViolationError
from pilkades.law.calendar import Calendar
from pilkades.law.disputes import Classification, classify_objection
from pilkades.text import Text

CONTENT_MIN_LETTERS = 10
CONTENT_MAX_LETTERS = 2_000
PER_HOUR_MAX = 200
TICKET_BYTES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportInput:
    """What the citizen wrote; `document` is the photo or scan, empty where there is none."""

    kind: ReportKind
    reporter_name: str
    contact: str
    content: str
    document: bytes = b""


@transaction.atomic
def file_report(
    *, now: datetime, election_uuid: UUID, entry_uuid: UUID | None, given: ReportInput
) -> CitizenReport:
    """Take what a citizen says about the roll.

    Allowed: anybody, without an account.
    Requires: a roll that was announced; a name, a way to answer, and words.
    Effects: the sealed report with a ticket, judged in time or late; its document sealed.
    `roll.report_filed` with a commitment to the words.
    Raises: `Roll.DoesNotExist`, MalformedInputError, RuleViolationError, ConflictError.
    """
    context = get_village_election_by_uuid(election_uuid)
    roll = Roll.objects.select_for_update().get(election=context.election)

    require_running(context)
    _require_announced(context, roll)
    _require_words(given)
    _require_room(roll, now)
    entry = roll.entries.filter(uuid=entry_uuid, is_removed=False).first() if entry_uuid else None
    found = _classify(context, now)

    report = _create(roll, entry, given, found, now)

    append_sealed(
        event="roll.report_filed",
        actor=None,
        at=now,
        region_code=context.village_code,
        subject=f"election:{context.election.uuid}",
        article=report.article,
        data={"timeliness": report.timeliness, "content_commitment": report.commitment},
        sealed={"ticket": report.ticket, "kind": report.kind},
    )
    return report


@transaction.atomic
def answer_report(
    *,
    actor: Actor,
    now: datetime,
    report_uuid: UUID,
    expected_version: int,
    outcome: ReportOutcome,
    answer: str,
) -> CitizenReport:
    """Record what the committee found and what it answers.

    Allowed: who sits in the committee of the village.
    Requires: an open report; an outcome with words.
    Effects: outcome and answer, read by whoever holds the ticket; the correction of the entry is
    an act of its own. `roll.report_answered`.
    Raises: PermissionDenied, ConflictError, MalformedInputError.
    """
    report = (
        CitizenReport.objects.select_for_update(of=("self",))
        .select_related("roll__election")
        .get(uuid=report_uuid)
    )
    context = get_village_election_by_uuid(report.roll.election.uuid)

    require_seat(actor, context)

    _require_open(report, expected_version)
    if outcome is ReportOutcome.OPEN or not answer.strip():
        raise MalformedInputError(
            "roll.report-answer", Text("Pilih hasil pemeriksaan dan tulis jawabannya.")
        )

    report.outcome, report.answer = outcome.value, answer.strip()
    report.answered_by_id, report.answered_at = actor.user_id, now
    report.version += 1
    report.save()

    append_sealed(
        event="roll.report_answered",
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"election:{context.election.uuid}",
        article=report.article,
        sealed={"ticket": report.ticket, "outcome": report.outcome, "answer": report.answer},
    )
    return report


def _create(
    roll: Roll, entry: RollEntry | None, given: ReportInput, found: Classification, now: datetime
) -> CitizenReport:
    salt, commitment = commit_to(given.content.strip())
    uuid = uuid4()
    return CitizenReport.objects.create(
        uuid=uuid,
        roll=roll,
        entry=entry,
        ticket=base64.b32encode(uuid.bytes[:TICKET_BYTES]).decode().rstrip("="),
        kind=given.kind.value,
        reporter_name=given.reporter_name.strip(),
        contact=given.contact.strip(),
        content=given.content.strip(),
        document=_store(given.document),
        salt=salt,
        commitment=commitment,
        submitted_at=now,
        timeliness=found.timeliness.value,
        timeliness_text=freeze_text(found.text),
        article=found.article,
    )


def _store(data: bytes) -> UUID | None:
    if not data:
        return None
    upload = read_document(data)
    return store_file(data=upload.data, name="laporan-dpt", media_type=upload.media_type)


def _classify(context: VillageElection, now: datetime) -> Classification:
    return classify_objection(
        clock=get_roll_clock(context),
        anchor_date=get_anchor_date(context),
        filed_at=now,
        calendar=Calendar.from_pack(context.pack),
        zone=context.zone,
    )


def _require_announced(context: VillageElection, roll: Roll) -> None:
    if roll.state in PUBLIC_STATES:
        return
    raise RuleViolationError(
        "roll.report-early",
        Text(
            "Daftar pemilih desa ini belum diumumkan. Laporkan langsung kepada panitia, atau kirim "
            "lagi sesudah DPS diumumkan."
        ),
        article=context.article_of("provisional_roll_announced"),
    )


def _require_words(given: ReportInput) -> None:
    is_good = bool(given.reporter_name.strip() and given.contact.strip())
    length = len(given.content.strip())
    if is_good and CONTENT_MIN_LETTERS <= length <= CONTENT_MAX_LETTERS:
        return
    raise MalformedInputError(
        "roll.report-words",
        Text(
            "Isi nama, cara menghubungi Anda, dan laporan sepanjang {least} sampai {most} huruf. "
            "Semuanya hanya dibaca panitia.",
            least=CONTENT_MIN_LETTERS,
            most=CONTENT_MAX_LETTERS,
        ),
    )


def _require_room(roll: Roll, now: datetime) -> None:
    """A flood from many machines must not bury what people have to say."""
    if roll.reports.filter(submitted_at__gt=now - timedelta(hours=1)).count() >= PER_HOUR_MAX:
        raise ConflictError(
            "roll.report-busy",
            Text(
                "Terlalu banyak laporan dalam satu jam terakhir. Tulisan Anda belum tersimpan; "
                "salin dahulu, lalu kirim lagi nanti atau datangi panitia."
            ),
        )


def _require_open(report: CitizenReport, expected_version: int) -> None:
    if report.version == expected_version and not report.outcome:
        return
    raise ConflictError(
        "roll.report-stale",
        Text(
            "Laporan {ticket} sudah dijawab orang lain dengan hasil “{outcome}”. Jawaban Anda "
            "belum disimpan.",
            ticket=report.ticket,
            outcome=str(report.get_outcome_display()),
        ),
    )
