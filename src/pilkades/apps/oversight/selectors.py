"""Reads of oversight: who may see which part of the trail, and the trail in readable words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet

from pilkades.apps.accounts.roles import Actor, Role
from pilkades.apps.accounts.selectors import name_of_account
from pilkades.apps.audit.alerts import Alert
from pilkades.apps.audit.selectors import TrailEvent, find_alerts
from pilkades.apps.audit.sentences import describe_event
from pilkades.apps.design.formats import format_moment
from pilkades.apps.oversight.openings import read_openings
from pilkades.apps.regions.selectors import describe_regions, list_provinces
from pilkades.errors import MalformedInputError
from pilkades.ledger.leaf import Leaf, parse_leaf
from pilkades.ledger.merkle import hash_leaf
from pilkades.text import Text

WATCHING_ROLES = (Role.AUDITOR, Role.REGENCY_DESK)
OWN_VILLAGE_ROLES = (Role.COMMITTEE_CHAIR,)


@dataclass(frozen=True, slots=True)
class Scope:
    """The regions whose trail somebody may read; the installation's own events belong to none."""

    regions: tuple[str, ...]
    sees_installation: bool


def find_scope(actor: Actor) -> Scope | None:
    """What the actor may read of the trail; None: nothing.

    Inspectorate and regency desk read their region and what concerns the installation itself, the
    chair of a committee only the own village.
    """
    watched = [code for role, code in actor.roles if role in WATCHING_ROLES]
    own = [code for role, code in actor.roles if role in OWN_VILLAGE_ROLES]
    if not watched and not own:
        return None
    return Scope(regions=tuple(sorted({*watched, *own})), sees_installation=bool(watched))


@dataclass(frozen=True, slots=True)
class TrailRow:
    """One event as an auditor reads it."""

    event: str
    index: int | None
    moment: str
    region: str
    actor: str
    roles: str
    sentence: Text
    article: str
    subject: str
    alerts: tuple[Alert, ...]


class ZoneBook:
    """The time zone of every region, read once for a page."""

    @cached_property
    def _zones(self) -> Mapping[str, str]:
        return dict(list_provinces().values_list("code", "time_zone"))

    def zone_of(self, region_code: str) -> ZoneInfo:
        """The zone of a region; of the installation where the event belongs to none."""
        return ZoneInfo(self._zones.get(region_code[:2], settings.TIME_ZONE))


def with_account_names(events: QuerySet[TrailEvent]) -> QuerySet[TrailEvent]:
    """The same events, each with the name that its actor's account bears."""
    return events.annotate(account_name=name_of_account("actor_uuid"))


def read_rows(events: Sequence[TrailEvent], *, zones: ZoneBook) -> list[TrailRow]:
    """Events with names of regions, roles in words and alerts: at most eight queries.

    Everything is read from the leaf that the tree proves; the columns beside it only serve the
    search, and a row that differs from its leaf says so. What the ledger holds as a commitment is
    read from the record, for these readers only.
    """
    leaves = [_read_leaf(event) for event in events]
    regions = describe_regions({leaf.region_code for leaf in leaves})
    regions[""] = settings.PILKADES_ORIGIN
    alerts = find_alerts(events, zone_of=zones.zone_of)
    sealed = [event.uuid for event in events if '_commitment":' in event.leaf]
    openings = read_openings(sealed) if sealed else {}
    return [
        TrailRow(
            event=leaf.event,
            index=_index_of(event),
            moment=format_moment(leaf.at, zone=str(zones.zone_of(leaf.region_code))),
            region=regions.get(leaf.region_code, leaf.region_code),
            actor=_name_actor(event, leaf),
            roles=_read_roles(leaf.actor.roles if leaf.actor else ()),
            sentence=_say(event, leaf, openings.get(event.uuid, {})),
            # An article that tells what was judged, or a typed reference, is sealed as well.
            article=openings.get(event.uuid, {}).get("article") or leaf.article,
            subject=leaf.subject,
            alerts=alerts[event.pk],
        )
        for event, leaf in zip(events, leaves, strict=True)
    ]


def _read_leaf(event: TrailEvent) -> Leaf:
    """The leaf; where its bytes are no leaf any more, what stands beside it, as a changed row."""
    try:
        return parse_leaf(event.leaf.encode())
    except MalformedInputError:
        return Leaf(
            event=event.event,
            uuid=event.uuid,
            at=event.at,
            origin="",
            region_code=event.region_code,
            subject="",
            article="",
            actor=None,
            data={},
        )


def is_changed(event: TrailEvent, leaf: Leaf) -> bool:
    """Whether the row was changed behind the system's back: it is not what its leaf says.

    A leaf that was changed with its row no longer has the hash that the tree took in.
    """
    leaf_row = getattr(event, "leaf_row", None)
    is_other_leaf = leaf_row is not None and bytes(leaf_row.hash) != hash_leaf(event.leaf.encode())
    return (
        is_other_leaf
        or not leaf.origin
        or (
            leaf.event,
            leaf.uuid,
            leaf.at,
            leaf.region_code,
            leaf.subject,
            leaf.article,
            leaf.actor.uuid if leaf.actor else None,
        )
        != (
            event.event,
            event.uuid,
            event.at.replace(microsecond=0),
            event.region_code,
            event.subject,
            event.article,
            event.actor_uuid,
        )
    )


def _say(event: TrailEvent, leaf: Leaf, opened: Mapping[str, str]) -> Text:
    sentence = describe_event(event=leaf.event, data=leaf.data, words=_ROLE_WORDS, opened=opened)
    if not is_changed(event, leaf):
        return sentence
    return Text(
        "DIUBAH DI LUAR SISTEM: baris ini di basis data tidak sama dengan entri buku catatannya. "
        "Periksa dengan pilkades ledger verify. Menurut entrinya: {sentence}",
        sentence=sentence,
    )


def _index_of(event: TrailEvent) -> int | None:
    leaf_row = getattr(event, "leaf_row", None)
    return leaf_row.index if leaf_row else None


def _name_actor(event: TrailEvent, leaf: Leaf) -> str:
    """The name of the account that the event names; a name kept beside it that differs is shown."""
    if leaf.actor is None:
        return event.actor_name
    name = getattr(event, "account_name", None) or ""
    if name and event.actor_name and name != event.actor_name:
        return f"{name} (tercatat: {event.actor_name})"
    return name or event.actor_name or str(leaf.actor.uuid)


_ROLE_WORDS = {str(role.value): role.label for role in Role}


def _read_roles(roles: Iterable[str]) -> str:
    return ", ".join(str(_ROLE_WORDS.get(role, role)) for role in roles)
