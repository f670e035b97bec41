"""Surveying a venue, drawing its room, and fixing it as a place to vote."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import rfc8785
from django.db import IntegrityError, transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.audit.services import append
from pilkades.apps.elections.models import Venue
from pilkades.apps.elections.selectors.village_elections import (
    VillageElection,
    lock_village_election,
)
from pilkades.apps.elections.services.open_file import require_running
from pilkades.apps.elections.services.sealed_events import append_sealed
from pilkades.apps.elections.services.seats import require_chair, require_seat
from pilkades.apps.elections.uploads import read_site_photo
from pilkades.apps.logistics.models import VenueLayout, VenuePhoto, VenueSurvey
from pilkades.apps.logistics.selectors.sites import judge_survey
from pilkades.apps.vault.files import store_file
from pilkades.errors import ConflictError, MalformedInputError
from pilkades.law.sites import SiteAnswer, SiteRules, require_fit
from pilkades.law.sites_layout import RoomPlan, check_layout, set_out
from pilkades.text import Text

PHOTOS_MAX = 24


@transaction.atomic
def record_survey(
    *,
    actor: Actor,
    now: datetime,
    venue_uuid: UUID,
    expected_serial: int,
    surveyed_on: date,
    surveyors: str,
    answers: Mapping[str, SiteAnswer],
    measures: Mapping[str, Decimal],
    note: str,
) -> VenueSurvey:
    """Keep what was found at a venue; an earlier survey stays and no longer counts.

    Allowed: who sits in the committee of the village.
    Requires: the survey that was seen as the latest one.
    Effects: the survey; `site.surveyed` with verdict and points, names and note as commitments.
    Raises: PermissionDenied, ConflictError, RuleViolationError, `Venue.DoesNotExist`.
    """
    venue, context = _lock_venue(venue_uuid)

    require_seat(actor, context)

    require_running(context)
    serial = venue.surveys.count() + 1
    if expected_serial != serial - 1:
        raise _stale(venue)
    known = {item.id for item in SiteRules.from_pack(context.pack).criteria}

    survey = VenueSurvey.objects.create(
        venue=venue,
        serial=serial,
        surveyed_on=surveyed_on,
        surveyors=surveyors.strip(),
        answers={key: answer.value for key, answer in answers.items() if key in known},
        measures={key: str(value) for key, value in measures.items() if key in known},
        note=note.strip(),
        recorded_by_id=actor.user_id,
        recorded_at=now,
    )
    judgement = judge_survey(context, venue, survey)

    append_sealed(
        event="site.surveyed",
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"venue:{venue.uuid}",
        data={
            "serial": serial,
            "verdict": judgement.verdict.value,
            "blocks": [item.criterion.id for item in judgement.blocks],
            "warnings": [item.criterion.id for item in judgement.warnings],
        },
        sealed={"surveyors": survey.surveyors, "note": survey.note},
    )
    return survey


@transaction.atomic
def approve_venue(
    *, actor: Actor, now: datetime, venue_uuid: UUID, expected_serial: int
) -> VenueSurvey:
    """Fix a venue as a place to vote, on the strength of its latest survey.

    Allowed: the chair by the decree on the committee.
    Requires: the survey that was seen, complete, without a blocking point in it or in the drawing.
    Effects: the place is fixed until another survey; `site.approved`.
    Raises: PermissionDenied, ConflictError, RuleViolationError, `Venue.DoesNotExist`.
    """
    venue, context = _lock_venue(venue_uuid)

    require_chair(actor, context)

    require_running(context)
    survey = venue.surveys.first()
    if survey is None or survey.serial != expected_serial or survey.approved_at is not None:
        raise _stale(venue)
    judgement = judge_survey(context, venue, survey)
    require_fit(judgement)

    survey.approved_by_id, survey.approved_at = actor.user_id, now
    survey.save(update_fields=["approved_by", "approved_at"])

    append(
        event="site.approved",
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"venue:{venue.uuid}",
        article=context.article_of("logistics"),
        data={
            "serial": survey.serial,
            "warnings": [item.criterion.id for item in judgement.warnings],
        },
    )
    return survey


@transaction.atomic
def save_layout(
    *, actor: Actor, now: datetime, venue_uuid: UUID, expected_version: int, plan: RoomPlan
) -> VenueLayout:
    """Keep the small form behind the drawing of a venue's room.

    Allowed: who sits in the committee of the village.
    Requires: the version that was seen; a drawing with faults is kept too, and shown with them.
    Effects: the form; an approval of the place ends, since what was approved has changed;
    `site.drawn` with the digest of the form and the criteria it breaks.
    Raises: PermissionDenied, ConflictError, RuleViolationError, `Venue.DoesNotExist`.
    """
    venue, context = _lock_venue(venue_uuid)

    require_seat(actor, context)

    require_running(context)
    layout = VenueLayout.objects.filter(venue=venue).first() or VenueLayout(venue=venue, version=0)
    if layout.version != expected_version:
        raise _stale(venue)
    problems = check_layout(set_out(plan))

    layout.plan = {
        key: str(value) if isinstance(value, str) else value for key, value in asdict(plan).items()
    }
    layout.version += 1
    layout.saved_by_id, layout.saved_at = actor.user_id, now
    layout.save()
    venue.surveys.filter(approved_at__isnull=False).update(approved_at=None, approved_by=None)

    append(
        event="site.drawn",
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"venue:{venue.uuid}",
        data={
            "sha256": hashlib.sha256(rfc8785.dumps(layout.plan)).hexdigest(),
            "problems": [*sorted(problems)],
        },
    )
    return layout


@transaction.atomic
def add_photo(
    *, actor: Actor, now: datetime, venue_uuid: UUID, criterion_id: str, data: bytes
) -> VenuePhoto:
    """Put a picture of a venue beside its survey.

    Allowed: who sits in the committee of the village.
    Requires: a JPEG or PNG; it is decoded and written anew, without what the camera put beside it.
    Effects: the sealed file; `site.photographed`.
    Raises: PermissionDenied, MalformedInputError, ConflictError, `Venue.DoesNotExist`.
    """
    venue, context = _lock_venue(venue_uuid)

    require_seat(actor, context)

    require_running(context)
    if venue.photos.count() >= PHOTOS_MAX:
        raise MalformedInputError(
            "site.photos",
            Text(
                "Satu tempat paling banyak {most} foto. Foto ini belum disimpan.", most=PHOTOS_MAX
            ),
        )
    picture = read_site_photo(data)
    known = SiteRules.from_pack(context.pack).find(criterion_id)

    photo = _keep_photo(venue, actor, now, picture, known.id if known else "")

    append(
        event="site.photographed",
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"venue:{venue.uuid}",
        data={"criterion": photo.criterion_id, "sha256": photo.sha256},
    )
    return photo


def _keep_photo(
    venue: Venue, actor: Actor, now: datetime, picture: bytes, criterion_id: str
) -> VenuePhoto:
    sha256 = hashlib.sha256(picture).hexdigest()
    try:
        with transaction.atomic():
            return VenuePhoto.objects.create(
                venue=venue,
                criterion_id=criterion_id,
                file=store_file(data=picture, name=f"{venue.uuid}.jpg", media_type="image/jpeg"),
                sha256=sha256,
                uploaded_by_id=actor.user_id,
                uploaded_at=now,
            )
    except IntegrityError as error:
        raise ConflictError(
            "site.photo-known", Text("Foto yang sama sudah ada untuk tempat ini.")
        ) from error


def _lock_venue(venue_uuid: UUID) -> tuple[Venue, VillageElection]:
    found = Venue.objects.get(uuid=venue_uuid)
    context = lock_village_election(found.election_id)
    return Venue.objects.get(pk=found.pk), context


def _stale(venue: Venue) -> ConflictError:
    return ConflictError(
        "site.stale",
        Text(
            "Data tempat {name} sudah diubah orang lain sejak Anda membukanya. Isian Anda belum "
            "disimpan dan masih ada di layar ini. Periksa keadaan terbaru, lalu simpan lagi.",
            name=venue.name,
        ),
    )
