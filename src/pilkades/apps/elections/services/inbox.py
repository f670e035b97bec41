"""What an office is told: put a matter into its inbox, and mark it as seen to.

Putting is part of somebody else's act, whose service has authorised and recorded it; marking is an
act of its own.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from pilkades.apps.accounts.roles import Actor, Role
from pilkades.apps.accounts.services import require_role
from pilkades.apps.design.stored_texts import freeze_text
from pilkades.apps.elections.models import Election, InboxItem, InboxKind
from pilkades.apps.elections.selectors.offices import OFFICE_ROLES, get_office_region
from pilkades.apps.elections.services.sealed_events import append_sealed
from pilkades.law.pack import RulePack
from pilkades.law.recipients import Matter, list_recipients
from pilkades.text import Text


def notify_offices(
    *,
    pack: RulePack,
    election: Election,
    matter: Matter,
    subject: str,
    text: Text,
    now: datetime,
    article: str = "",
    due_date: date | None = None,
    link: str = "",
) -> list[InboxItem]:
    """Tell every office that the pack names for this matter.

    Allowed: the calling service, which has authorised its act; inside its transaction.
    Effects: one item per office; telling the same subject again renews the sentence and opens the
    item anew. No event of its own.
    """
    roles = [
        role
        for office in list_recipients(pack=pack, matter=matter)
        for role in OFFICE_ROLES[office]
    ]
    return [
        put_item(
            kind=InboxKind(matter.value),
            election=election,
            role=role,
            subject=subject,
            text=text,
            now=now,
            article=article,
            due_date=due_date,
            link=link,
        )
        for role in dict.fromkeys(roles)
    ]


def put_item(
    *,
    kind: InboxKind,
    election: Election,
    role: Role,
    subject: str,
    text: Text,
    now: datetime,
    article: str = "",
    due_date: date | None = None,
    link: str = "",
) -> InboxItem:
    """Put one matter into the inbox of one office; see `notify_offices`."""
    frozen = freeze_text(text)
    item, _ = InboxItem.objects.update_or_create(
        election=election,
        kind=kind,
        subject=subject,
        for_role=role,
        for_region_code=get_office_region(role, election.village_id),
        defaults={
            "text_template": frozen["template"],
            "text_params": frozen["params"],
            "article": article,
            "due_date": due_date,
            "link": link,
            "created_at": now,
            "done_at": None,
            "done_by": None,
        },
    )
    return item


@transaction.atomic
def finish_item(*, actor: Actor, now: datetime, item_uuid: UUID) -> InboxItem:
    """Mark a matter as seen to; doing it twice is harmless.

    Allowed: the office that the item is for.
    Effects: the item moves to what is done. `inbox.done`.
    Raises: PermissionDenied, `InboxItem.DoesNotExist`.
    """
    item = (
        InboxItem.objects.select_for_update(of=("self",))
        .select_related("election")
        .get(uuid=item_uuid)
    )

    require_role(actor, (Role(item.for_role),), item.for_region_code)

    if item.done_at is not None:
        return item
    item.done_at = now
    item.done_by_id = actor.user_id
    item.save(update_fields=["done_at", "done_by"])

    append_sealed(
        event="inbox.done",
        actor=actor,
        at=now,
        region_code=item.election.village_id,
        subject=f"election:{item.election.uuid}",
        # Neither article nor item in plain words: one may be typed, the other names a complaint.
        data={"kind": item.kind},
        sealed={"item": item.subject},
    )
    return item
