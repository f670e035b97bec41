"""Calendar addresses nobody can guess, and what a calendar programme gets there."""

from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.elections.models import CalendarFeed, Wave

_SALT = "pilkades.elections.calendar"


def get_feed_token(feed: CalendarFeed) -> str:
    """The secret part of a feed's address: 256 bits of the installation's own secret."""
    return salted_hmac(_SALT, f"{feed.uuid}:{feed.serial}", algorithm="sha256").hexdigest()


def find_feed(*, feed_uuid: UUID, token: str) -> CalendarFeed | None:
    """The feed of an address, None where the address is wrong or was made anew since."""
    feed = (
        CalendarFeed.objects.select_related("wave__regency__province", "wave__pack__base", "user")
        .filter(uuid=feed_uuid)
        .first()
    )
    if feed is None or not constant_time_compare(get_feed_token(feed), token):
        return None
    return feed


def find_own_feed(*, actor: Actor, wave: Wave) -> CalendarFeed | None:
    """The actor's own feed of a wave."""
    return CalendarFeed.objects.filter(wave=wave, user_id=actor.user_id).first()
