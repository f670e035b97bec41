"""What waits for the offices that somebody holds."""

from datetime import date, timedelta

from django.db.models import F, Q, QuerySet

from pilkades.apps.accounts.roles import Actor, Role
from pilkades.apps.design.stored_texts import thaw_text
from pilkades.apps.elections.models import InboxItem, InboxKind
from pilkades.apps.elections.selectors.moments import get_election_day, list_simulated_days
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
        .select_related(
            "election__village__district", "election__wave__regency__province", "done_by"
        )
        .filter(done_at__isnull=not is_done)
    )
    if is_done:
        return items.order_by("-done_at", "-pk")
    near = ~Q(kind=InboxKind.DEADLINE) | _is_near(today)
    return items.filter(near).order_by(F("due_date").asc(nulls_last=True), "created_at", "pk")


def count_inbox(actor: Actor, *, today: date) -> int:
    """How many matters wait."""
    return list_inbox(actor, today=today).count()


def get_item_text(item: InboxItem) -> Text:
    """The sentence of an item, to be shown in the reader's language."""
    return thaw_text({"template": item.text_template, "params": item.text_params})


def is_item_late(item: InboxItem, *, today: date) -> bool:
    """Whether an open matter is past its day, on the day of its election."""
    return item.due_date is not None and item.due_date < get_election_day(
        item.election, today=today
    )


def _is_near(today: date) -> Q:
    """Due soon on the day of the election; rehearsals have days of their own, one query."""
    ahead = timedelta(days=AHEAD_DAYS)
    days = list_simulated_days()
    elsewhere, near = Q(pk__in=[]), Q(due_date__lte=today + ahead)
    for (own, shared), day in days.items():
        there = Q(election__simulated_at=own, election__wave__simulated_at=shared)
        elsewhere |= there & Q(due_date__lte=day + ahead)
        near &= ~there
    return elsewhere | near


def _within(code: str) -> Q:
    if not code:
        return Q()
    return Q(for_region_code=code) | Q(for_region_code__startswith=f"{code}.")
