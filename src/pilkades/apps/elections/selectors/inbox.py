"""What waits for the offices that somebody holds."""

from datetime import date, timedelta

from django.db.models import F, Q, QuerySet

from pilkades.apps.accounts.roles import Actor, Role
from pilkades.apps.elections.models import InboxItem, InboxKind
from pilkades.apps.elections.stored_texts import thaw_text
from pilkades.text import Text

INBOX_ROLES = (
    Role.REGENCY_DESK,
    Role.REGENCY_HEAD,
    Role.DISTRICT_HEAD,
    Role.DISTRICT_COMMITTEE,
    Role.VILLAGE_COUNCIL,
    Role.VILLAGE_HEAD,
    Role.COMMITTEE_CHAIR,
)
AHEAD_DAYS = 14
"""Deadlines appear two weeks before they are due, so that the list stays short."""


def has_inbox(actor: Actor) -> bool:
    """Whether any of the actor's roles has an inbox."""
    return any(role in INBOX_ROLES for role, _ in actor.roles)


def list_inbox(actor: Actor, *, today: date, is_done: bool = False) -> QuerySet[InboxItem]:
    """What waits for the actor's offices, or what was seen to; deadlines only once near."""
    mine = Q(pk__in=[])
    for role, code in actor.roles:
        if role in INBOX_ROLES:
            mine |= Q(for_role=role) & _within(code)
    items = (
        InboxItem.objects.filter(mine)
        .select_related("election__village__district", "election__wave", "done_by")
        .filter(done_at__isnull=not is_done)
    )
    if is_done:
        return items.order_by("-done_at", "-pk")
    near = ~Q(kind=InboxKind.DEADLINE) | Q(due_date__lte=today + timedelta(days=AHEAD_DAYS))
    return items.filter(near).order_by(F("due_date").asc(nulls_last=True), "created_at", "pk")


def count_inbox(actor: Actor, *, today: date) -> int:
    """How many matters wait."""
    return list_inbox(actor, today=today).count()


def get_item_text(item: InboxItem) -> Text:
    """The sentence of an item, to be shown in the reader's language."""
    return thaw_text({"template": item.text_template, "params": item.text_params})


def _within(code: str) -> Q:
    if not code:
        return Q()
    return Q(for_region_code=code) | Q(for_region_code__startswith=f"{code}.")
