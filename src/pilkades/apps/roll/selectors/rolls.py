"""The roll of an election: found for its pages, and never made by reading."""

from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.roll.models import Roll


def find_roll(context: VillageElection) -> Roll | None:
    """The roll of this election, None where nobody has begun one; one query."""
    return (
        Roll.objects.filter(election=context.election)
        .select_related("lock_proposed_by", "locked_by")
        .first()
    )


def get_roll(context: VillageElection) -> Roll:
    """The roll of this election.

    Raises: `Roll.DoesNotExist`.
    """
    roll = find_roll(context)
    if roll is None:
        raise Roll.DoesNotExist
    return roll
