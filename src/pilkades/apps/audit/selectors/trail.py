"""Reads of the audit trail: who did what, when, where, under which article.

Who may see which regions is decided by the caller; nothing here asks.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from django.db.models import Q, QuerySet
from django.db.models.functions import ExtractHour

from pilkades.apps.audit.alerts import (
    Act,
    Alert,
    find_mass_unmasking,
    find_night_work,
    find_self_approvals,
    find_unlocks,
)
from pilkades.apps.audit.catalogue import get_alert_limits, get_catalogue
from pilkades.apps.audit.models import Event

# It is night somewhere in Indonesia from its beginning in the east (UTC+9) to its end in the west.
EAST_HOURS, WEST_HOURS = 9, 7
# Alerts are looked for among this many of the newest events that may bear them.
MAX_ALERT_CANDIDATES = 5_000
ZoneOf = Callable[[str], tzinfo]
# What other apps are given; they never name the model.
TrailEvent = Event


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailCriteria:
    """What is asked for, within the regions that may be seen."""

    visible_regions: tuple[str, ...]
    sees_installation: bool
    regions: tuple[str, ...] = ()
    event: str = ""
    actor: str = ""
    article: str = ""
    words: str = ""
    since: datetime | None = None
    until: datetime | None = None


def list_trail(criteria: TrailCriteria) -> QuerySet[Event]:
    """The events asked for, newest first, each with its place in the tree."""
    events = Event.objects.select_related("leaf_row").order_by("-id")
    visible = _within(criteria.visible_regions)
    if criteria.sees_installation:
        visible |= Q(region_code="")
    events = events.filter(visible)
    if criteria.regions:
        events = events.filter(_within(criteria.regions))
    if criteria.event:
        events = events.filter(event=criteria.event)
    if criteria.actor:
        events = events.filter(actor_name__icontains=criteria.actor)
    if criteria.article:
        events = events.filter(article__icontains=criteria.article)
    if criteria.since:
        events = events.filter(at__gte=criteria.since)
    if criteria.until:
        events = events.filter(at__lt=criteria.until)
    for word in criteria.words.split():
        events = events.filter(_mentions(word))
    return events


def find_alerts(events: Sequence[Event], *, zone_of: ZoneOf) -> dict[int, tuple[Alert, ...]]:
    """The alerts of some events by their id, in at most two queries."""
    kinds, limits = get_catalogue(), get_alert_limits()
    acts = [_to_act(event) for event in events]
    found = {
        Alert.SELF_APPROVAL: _find_self_approvals(acts),
        Alert.UNLOCK: find_unlocks(acts, kinds=kinds),
        Alert.NIGHT: find_night_work(acts, zone_of=zone_of, limits=limits),
        Alert.MASS_UNMASK: _find_mass_unmasking(acts),
    }
    return {act.id: tuple(alert for alert in Alert if act.id in found[alert]) for act in acts}


def list_alerted_ids(events: QuerySet[Event], *, alert: Alert, zone_of: ZoneOf) -> tuple[int, ...]:
    """The ids of those events that bear the alert, among the newest that could."""
    bare = _candidates(events, alert).select_related(None).defer("leaf")
    candidates = [_to_act(event) for event in bare[:MAX_ALERT_CANDIDATES]]
    kinds, limits = get_catalogue(), get_alert_limits()
    match alert:
        case Alert.SELF_APPROVAL:
            return tuple(_find_self_approvals(candidates))
        case Alert.UNLOCK:
            return tuple(find_unlocks(candidates, kinds=kinds))
        case Alert.NIGHT:
            return tuple(find_night_work(candidates, zone_of=zone_of, limits=limits))
        case Alert.MASS_UNMASK:
            return tuple(_find_mass_unmasking(candidates))


def _candidates(events: QuerySet[Event], alert: Alert) -> QuerySet[Event]:
    match alert:
        case Alert.SELF_APPROVAL:
            return events.filter(event__in=_list_kinds("approval"))
        case Alert.UNLOCK:
            return events.filter(event__in=_list_kinds("unlock"))
        case Alert.NIGHT:
            at_night = events.annotate(hour_utc=ExtractHour("at", tzinfo=UTC))
            return at_night.filter(actor_uuid__isnull=False, hour_utc__in=_list_night_hours_utc())
        case Alert.MASS_UNMASK:
            return events.filter(event__in=_list_kinds("unmask"))


def _list_night_hours_utc() -> list[int]:
    limits = get_alert_limits()
    first, end = limits.night_begins_hour - EAST_HOURS, limits.night_ends_hour + 24 - WEST_HOURS
    return [hour % 24 for hour in range(first, end)]


def _find_self_approvals(acts: Iterable[Act]) -> frozenset[int]:
    """The approvals among these acts, compared with what they approve."""
    kinds = get_catalogue()
    approvals = [act for act in acts if act.event in kinds and kinds[act.event].approves]
    if not approvals:
        return frozenset()
    approved = set().union(*(kinds[act.event].approves for act in approvals))
    subjects = {act.subject for act in approvals}
    earlier = Event.objects.defer("leaf").filter(event__in=approved, subject__in=subjects)
    return find_self_approvals(
        approvals, earlier=[_to_act(event) for event in earlier], kinds=kinds
    )


def _find_mass_unmasking(acts: Iterable[Act]) -> frozenset[int]:
    """The unmaskings among these acts, seen with all that the same people unmasked around them."""
    unmask = _list_kinds("unmask")
    here = [act for act in acts if act.event in unmask]
    if not here:
        return frozenset()
    limits = get_alert_limits()
    length = timedelta(minutes=limits.unmask_window_minutes)
    around = Event.objects.filter(
        event__in=unmask,
        actor_uuid__in={act.actor_uuid for act in here},
        at__gt=min(act.at for act in here) - length,
        at__lt=max(act.at for act in here) + length,
    )
    found = find_mass_unmasking(
        [_to_act(event) for event in around], kinds=get_catalogue(), limits=limits
    )
    return found & {act.id for act in here}


def _list_kinds(alert: str) -> frozenset[str]:
    return frozenset(kind.id for kind in get_catalogue().values() if kind.alert == alert)


def _mentions(word: str) -> Q:
    """Whether a word stands in the event, or in the sentence that the event is shown with."""
    titles = [
        kind.id for kind in get_catalogue().values() if word.casefold() in kind.title.casefold()
    ]
    return (
        Q(event__in=titles)
        | Q(actor_name__icontains=word)
        | Q(subject__icontains=word)
        | Q(article__icontains=word)
        | Q(leaf__icontains=word)
    )


def _within(codes: Iterable[str]) -> Q:
    condition = Q(pk__in=[])
    for code in codes:
        if not code:
            return Q()
        condition |= Q(region_code=code) | Q(region_code__startswith=f"{code}.")
    return condition


def _to_act(event: Event) -> Act:
    return Act(
        id=event.pk,
        event=event.event,
        at=event.at,
        region_code=event.region_code,
        subject=event.subject,
        actor_uuid=event.actor_uuid,
    )
