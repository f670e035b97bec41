"""What is told at once when a determined candidate is lost; the consequence is a path decision."""

from datetime import datetime

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.elections.models import AnnouncementKind
from pilkades.apps.elections.selectors.candidates import list_standing
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.elections.services.announce import record_announcement
from pilkades.apps.elections.services.inbox import notify_offices
from pilkades.law.candidacy import decide_after_loss
from pilkades.law.recipients import Matter
from pilkades.text import Text


def follow_up_loss(*, context: VillageElection, actor: Actor, now: datetime) -> None:
    """Tell the village and the offices that a candidate is gone, and what the law says now.

    Allowed: the calling service, which has authorised and decided; in its transaction.
    Effects: an announcement, notices; the committee then draws the consequence with `propose_path`.
    """
    standing = list_standing(context.election)
    path = decide_after_loss(rules=context.candidacy_rules, standing_count=len(standing))
    record_announcement(
        context=context,
        actor=actor,
        now=now,
        kind=AnnouncementKind.CHANGE,
        sentences=(
            Text("Seorang calon tidak lagi menjadi calon."),
            *(Text("Calon: {name}", name=item.full_name) for item in standing),
        ),
        article=path.article,
    )
    notify_offices(
        pack=context.pack,
        election=context.election,
        matter=Matter.CANDIDATES,
        subject=f"loss:{len(standing)}",
        text=Text("Desa {village}: {text}", village=context.village.name, text=path.text),
        now=now,
        article=path.article,
    )
