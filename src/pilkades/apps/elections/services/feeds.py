"""Private calendar addresses: made, and made anew when an old one must stop working."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.audit.services import append
from pilkades.apps.elections.models import CalendarFeed, Wave
from pilkades.apps.elections.selectors.access import find_view_region


@transaction.atomic
def renew_feed(*, actor: Actor, now: datetime, wave_uuid: UUID) -> CalendarFeed:
    """Give the actor a calendar address for a wave; an earlier one stops working.

    Allowed: whoever may look at the wave.
    Effects: one feed per person and wave. `calendar.feed_renewed`.
    Raises: PermissionDenied, `Wave.DoesNotExist`.
    """
    wave = Wave.objects.select_for_update(of=("self",)).get(uuid=wave_uuid)

    if find_view_region(actor, wave.regency_id) is None:
        raise PermissionDenied

    feed = CalendarFeed.objects.filter(wave=wave, user_id=actor.user_id).first()
    if feed is None:
        feed = CalendarFeed.objects.create(wave=wave, user_id=actor.user_id, created_at=now)
    else:
        feed.serial += 1
        feed.save(update_fields=["serial"])

    append(
        event="calendar.feed_renewed",
        actor=actor,
        at=now,
        region_code=wave.regency_id,
        subject=f"wave:{wave.uuid}",
        data={"serial": feed.serial},
    )
    return feed
