"""What the committee makes known to the village."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.audit.services import append
from pilkades.apps.design.stored_texts import freeze_texts
from pilkades.apps.elections.models import Announcement, AnnouncementKind, Candidacy
from pilkades.apps.elections.selectors.complaints import PUBLIC_STATES
from pilkades.apps.elections.selectors.notices import build_public_notice
from pilkades.apps.elections.selectors.village_elections import (
    VillageElection,
    lock_village_election,
)
from pilkades.apps.elections.services.open_file import require_running
from pilkades.apps.elections.services.seats import require_seat
from pilkades.errors import ConflictError, MalformedInputError, RuleViolationError
from pilkades.text import Text

DRAFTED_KINDS = (AnnouncementKind.NOTICE, AnnouncementKind.APPLICANTS, AnnouncementKind.OTHER)
"""Kinds that the committee publishes by itself; the others are parts of other acts."""


@transaction.atomic
def publish_announcement(
    *,
    actor: Actor,
    now: datetime,
    election_pk: int,
    kind: AnnouncementKind,
    title: str = "",
    body: str = "",
) -> Announcement:
    """Publish the obligatory notice, the list of applicants, or words of the committee's own.

    Allowed: who sits in the committee of the village.
    Requires: an election that runs; for words of its own a title and a text.
    Effects: the announcement on the public page. `announcement.published`.
    Raises: PermissionDenied, ConflictError, MalformedInputError, RuleViolationError.
    """
    context = lock_village_election(election_pk)

    require_seat(actor, context)

    require_running(context)
    heading, sentences, article = _draft(context, kind, title, body)

    return record_announcement(
        context=context,
        actor=actor,
        now=now,
        kind=kind,
        title=heading,
        sentences=sentences,
        article=article,
    )


def record_announcement(
    *,
    context: VillageElection,
    actor: Actor,
    now: datetime,
    kind: AnnouncementKind,
    sentences: Sequence[Text],
    article: str,
    title: str = "",
) -> Announcement:
    """The announcement that is part of another act; the caller has authorised, in its transaction.

    Effects: `announcement.published`.
    Raises: ConflictError where one of this kind is in force.
    """
    try:
        with transaction.atomic():
            announcement = Announcement.objects.create(
                election=context.election,
                kind=kind,
                title=title,
                sentences=freeze_texts(sentences),
                article=article,
                published_by_id=actor.user_id,
                published_at=now,
            )
    except IntegrityError as error:
        raise ConflictError(
            "announcement.published",
            Text(
                "“{title}” sudah diumumkan lebih dahulu. Buka halaman publik desa.",
                title=title or str(kind.label),
            ),
        ) from error
    append(
        event="announcement.published",
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"election:{context.election.uuid}",
        article=article,
        data={"announcement": str(announcement.uuid), "kind": kind.value},
    )
    return announcement


def _draft(
    context: VillageElection, kind: AnnouncementKind, title: str, body: str
) -> tuple[str, tuple[Text, ...], str]:
    if kind not in DRAFTED_KINDS:
        raise MalformedInputError(
            "announcement.kind",
            Text("Pengumuman ini terbit bersama keputusannya dan tidak ditulis tersendiri."),
        )
    if kind is AnnouncementKind.NOTICE:
        notice = build_public_notice(context)
        return "", notice.sentences, notice.article
    if kind is AnnouncementKind.APPLICANTS:
        return "", _list_applicants(context), context.candidacy_rules.article
    if not title.strip() or not body.strip():
        raise MalformedInputError("announcement.words", Text("Isi judul dan isi pengumuman."))
    paragraphs = (line.strip() for line in body.splitlines())
    sentences = tuple(Text("{paragraph}", paragraph=line) for line in paragraphs if line)
    return title.strip(), sentences, ""


def _list_applicants(context: VillageElection) -> tuple[Text, ...]:
    """The names of those whose applications were received, in the order of reception."""
    names = Candidacy.objects.filter(
        election=context.election, state__in=[state.value for state in PUBLIC_STATES]
    ).order_by("registration_number")
    sentences = tuple(
        Text(
            "Pendaftaran nomor {number}: {name}.",
            number=item.registration_number,
            name=item.full_name,
        )
        for item in names
    )
    if not sentences:
        raise RuleViolationError(
            "announcement.no-applicants",
            Text("Belum ada bakal calon yang diterima, sehingga belum ada yang diumumkan."),
            article=context.candidacy_rules.article,
        )
    return sentences
