"""Events that tell the public that something was done, and only those entitled what it was.

The subject of an event is often a person whom the public page names. What was found wanting in
that person, which papers were handed in, and whatever somebody typed, go into the ledger as salted
commitments; value and salt stay here (ADR 0007).
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.audit.services import append, commit_to
from pilkades.apps.elections.models import SealedValue
from pilkades.ledger.leaf import Datum


def append_sealed(
    *,
    event: str,
    actor: Actor | None,
    at: datetime,
    region_code: str,
    subject: str,
    article: str = "",
    data: Mapping[str, Datum] | None = None,
    sealed: Mapping[str, str],
) -> UUID:
    """Append an event whose `sealed` values stand in the leaf as `{name}_commitment` only.

    Allowed: whoever was allowed the act itself; the caller has authorised, in its transaction.
    Effects: the event; each value with its salt, encrypted, for those who may read the trail.
    Raises: as `audit.services.append`.
    """
    pairs = {name: commit_to(value) for name, value in sealed.items()}
    commitments = {f"{name}_commitment": pair[1] for name, pair in pairs.items()}
    uuid = append(
        event=event,
        actor=actor,
        at=at,
        region_code=region_code,
        subject=subject,
        article=article,
        data={**(data or {}), **commitments},
    )
    SealedValue.objects.bulk_create(
        SealedValue(event=uuid, name=name, value=value, salt=pairs[name][0])
        for name, value in sealed.items()
    )
    return uuid
