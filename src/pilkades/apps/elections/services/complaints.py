"""What the public says about an applicant, and the committee's answer."""

import base64
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.audit.services import commit_to
from pilkades.apps.design.stored_texts import freeze_text
from pilkades.apps.elections.models import Candidacy, CandidateComplaint, ComplaintOutcome
from pilkades.apps.elections.selectors.complaints import PUBLIC_STATES, classify_complaint
from pilkades.apps.elections.selectors.village_elections import (
    VillageElection,
    get_village_election_by_uuid,
)
from pilkades.apps.elections.services.inbox import notify_offices
from pilkades.apps.elections.services.open_file import require_running
from pilkades.apps.elections.services.sealed_events import append_sealed
from pilkades.apps.elections.services.seats import require_seat
from pilkades.errors import ConflictError, MalformedInputError
from pilkades.law.recipients import Matter
from pilkades.text import Text

CONTENT_MIN_LETTERS = 20
CONTENT_MAX_LETTERS = 4000
PER_HOUR_MAX = 60
TICKET_BYTES = 6


@transaction.atomic
def file_complaint(
    *,
    now: datetime,
    candidacy_uuid: UUID,
    complainant_name: str,
    contact: str,
    content: str,
) -> CandidateComplaint:
    """Take what somebody of the public says about an applicant.

    Allowed: anybody, without an account.
    Requires: an applicant whom the public knows; a name, a way to answer, and words.
    Effects: the sealed complaint with a ticket, judged in time or late; the committee and the
    offices that the pack names are told. `complaint.filed` with a commitment to the words.
    Raises: `Candidacy.DoesNotExist`, MalformedInputError, RuleViolationError, ConflictError.
    """
    candidacy = Candidacy.objects.select_related("election").get(
        uuid=candidacy_uuid, state__in=[state.value for state in PUBLIC_STATES]
    )
    context = get_village_election_by_uuid(candidacy.election.uuid)

    require_running(context)
    _require_words(complainant_name, contact, content)
    _require_room(context, now)
    found = classify_complaint(context=context, candidacy=candidacy, filed_at=now)

    salt, commitment = commit_to(content)
    uuid = uuid4()
    complaint = CandidateComplaint.objects.create(
        uuid=uuid,
        candidacy=candidacy,
        ticket=base64.b32encode(uuid.bytes[:TICKET_BYTES]).decode().rstrip("="),
        complainant_name=complainant_name.strip(),
        contact=contact.strip(),
        content=content.strip(),
        salt=salt,
        commitment=commitment,
        submitted_at=now,
        timeliness=found.timeliness.value,
        timeliness_text=freeze_text(found.text),
        article=found.article,
    )
    _tell_offices(context, complaint, now)

    append_sealed(
        event="complaint.filed",
        actor=None,
        at=now,
        region_code=context.village_code,
        # Not the file: that somebody complained is told, about whom is sealed.
        subject=f"election:{context.election.uuid}",
        article=complaint.article,
        data={"timeliness": complaint.timeliness, "content_commitment": commitment},
        sealed={"ticket": complaint.ticket, "candidacy": str(candidacy.uuid)},
    )
    return complaint


@transaction.atomic
def answer_complaint(
    *,
    actor: Actor,
    now: datetime,
    complaint_uuid: UUID,
    expected_version: int,
    outcome: ComplaintOutcome,
    answer: str,
) -> CandidateComplaint:
    """Record what the committee found and what it answers.

    Allowed: who sits in the committee of the village.
    Requires: an open complaint; an outcome with words.
    Effects: outcome and answer; what follows for the file is an act of its own.
    `complaint.answered`.
    Raises: PermissionDenied, ConflictError, MalformedInputError.
    """
    complaint = (
        CandidateComplaint.objects.select_for_update(of=("self",))
        .select_related("candidacy__election")
        .get(uuid=complaint_uuid)
    )
    _require_fresh(complaint, expected_version)
    context = get_village_election_by_uuid(complaint.candidacy.election.uuid)

    require_seat(actor, context)

    if outcome is ComplaintOutcome.OPEN or not answer.strip():
        raise MalformedInputError(
            "complaint.answer", Text("Pilih hasil klarifikasi dan tulis jawabannya.")
        )

    complaint.outcome, complaint.answer = outcome.value, answer.strip()
    complaint.answer_salt, commitment = commit_to(complaint.answer)
    complaint.answered_by_id, complaint.answered_at = actor.user_id, now
    complaint.version += 1
    complaint.save()

    append_sealed(
        event="complaint.answered",
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"election:{context.election.uuid}",
        article=complaint.article,
        data={"answer_commitment": commitment},
        sealed={
            "ticket": complaint.ticket,
            "candidacy": str(complaint.candidacy.uuid),
            "outcome": complaint.outcome,
        },
    )
    return complaint


def _require_words(name: str, contact: str, content: str) -> None:
    is_good = bool(name.strip() and contact.strip())
    is_good = is_good and CONTENT_MIN_LETTERS <= len(content.strip()) <= CONTENT_MAX_LETTERS
    if not is_good:
        raise MalformedInputError(
            "complaint.words",
            Text(
                "Isi nama, cara menghubungi Anda, dan masukan sepanjang {least} sampai {most} "
                "huruf. Nama dan kontak hanya dibaca panitia.",
                least=CONTENT_MIN_LETTERS,
                most=CONTENT_MAX_LETTERS,
            ),
        )


def _require_room(context: VillageElection, now: datetime) -> None:
    """A flood from one machine must not bury what people have to say."""
    recent = CandidateComplaint.objects.filter(
        candidacy__election=context.election, submitted_at__gt=now - timedelta(hours=1)
    ).count()
    if recent >= PER_HOUR_MAX:
        raise ConflictError(
            "complaint.busy",
            Text(
                "Terlalu banyak masukan dalam satu jam terakhir. Tulisan Anda belum tersimpan; "
                "salin dahulu, lalu kirim lagi nanti atau serahkan tertulis kepada panitia."
            ),
        )


def _tell_offices(context: VillageElection, complaint: CandidateComplaint, now: datetime) -> None:
    notify_offices(
        pack=context.pack,
        election=context.election,
        matter=Matter.COMPLAINT,
        subject=f"complaint:{complaint.ticket}",
        text=Text(
            "Masukan masyarakat {ticket} tentang bakal calon di Desa {village}.",
            ticket=complaint.ticket,
            village=context.village.name,
        ),
        now=now,
        article=complaint.article,
        link=f"/ruang/{context.village_code}/masukan/",
    )


def _require_fresh(complaint: CandidateComplaint, expected_version: int) -> None:
    if complaint.version == expected_version and not complaint.outcome:
        return
    raise ConflictError(
        "complaint.stale",
        Text(
            "Masukan {ticket} sudah dijawab orang lain dengan hasil “{outcome}”. Jawaban Anda "
            "belum disimpan.",
            ticket=complaint.ticket,
            outcome=str(complaint.get_outcome_display()),
        ),
    )
