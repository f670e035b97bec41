"""Reads of oversight: who may see which part of the trail, and the trail in readable words."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from pilkades.apps.accounts.roles import Actor, Role
from pilkades.apps.audit.alerts import Alert
from pilkades.apps.audit.selectors import TrailEvent, find_alerts
from pilkades.apps.audit.sentences import describe_event
from pilkades.apps.design.formats import format_moment
from pilkades.apps.oversight.openings import read_openings
from pilkades.apps.regions.selectors import describe_regions, list_provinces
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


def read_rows(events: Sequence[TrailEvent], *, zones: ZoneBook) -> list[TrailRow]:
    """Events with names of regions, roles in words and alerts: at most eight queries.

    What the ledger holds as a commitment is read from the record, for these readers only.
    """
    regions = describe_regions(event.region_code for event in events)
    regions[""] = settings.PILKADES_ORIGIN
    alerts = find_alerts(events, zone_of=zones.zone_of)
    sealed = [event.uuid for event in events if '_commitment":' in event.leaf]
    openings = read_openings(sealed) if sealed else {}
    return [
        _read_row(event, regions, alerts[event.pk], zones, openings.get(event.uuid, {}))
        for event in events
    ]


def _read_row(
    event: TrailEvent,
    regions: Mapping[str, str],
    alerts: tuple[Alert, ...],
    zones: ZoneBook,
    opened: Mapping[str, str],
) -> TrailRow:
    leaf: Mapping[str, Any] = json.loads(event.leaf)
    leaf_row = getattr(event, "leaf_row", None)
    return TrailRow(
        event=event.event,
        index=leaf_row.index if leaf_row else None,
        moment=format_moment(event.at, zone=str(zones.zone_of(event.region_code))),
        region=regions[event.region_code],
        actor=event.actor_name or _name_unknown(event.actor_uuid),
        roles=_read_roles(leaf["actor"]["roles"] if leaf["actor"] else ()),
        sentence=describe_event(
            event=event.event, data=leaf["data"], words=_ROLE_WORDS, opened=opened
        ),
        # An article that tells what was judged, or a typed reference, is sealed as well.
        article=opened.get("article") or event.article,
        subject=event.subject,
        alerts=alerts,
    )


_ROLE_WORDS = {str(role.value): role.label for role in Role}


def _read_roles(roles: Iterable[str]) -> str:
    return ", ".join(str(_ROLE_WORDS.get(role, role)) for role in roles)


def _name_unknown(actor_uuid: UUID | None) -> str:
    return str(actor_uuid) if actor_uuid else ""
