"""Where the people of the demo stand, for events that are about them and not about an election."""

from datetime import datetime

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.elections.models import Wave
from pilkades.apps.elections.selectors.moments import find_actor_moment


def find_moment(actor: Actor | None) -> datetime | None:
    """At their place's moment, those without a place at that of the demo's latest wave."""
    moment = find_actor_moment(actor) if actor is not None else None
    if moment is not None:
        return moment.at
    waves = Wave.objects.filter(is_simulation=True, simulated_at__isnull=False)
    return waves.order_by("-simulated_at").values_list("simulated_at", flat=True).first()
