"""What an auditor is shown first: pure functions over events, with no say of their own.

An alert is a reason to look, not a verdict. The catalogue says which events approve, unlock or
unmask, from when to when it is night and how many looks are many; here is only when such an event
stands out.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum
from uuid import UUID

from pilkades.apps.audit.catalogue import AlertLimits, EventKind
from pilkades.text import Text


class Alert(StrEnum):
    """Peringatan."""

    SELF_APPROVAL = "persetujuan-sendiri"
    UNLOCK = "buka-kunci"
    NIGHT = "malam"
    MASS_UNMASK = "buka-data-massal"


ALERT_WORDS: Mapping[Alert, Text] = {
    Alert.SELF_APPROVAL: Text("Disetujui pengusulnya sendiri"),
    Alert.UNLOCK: Text("Kunci dibuka"),
    Alert.NIGHT: Text("Pekerjaan malam"),
    Alert.MASS_UNMASK: Text("Buka data massal"),
}


@dataclass(frozen=True, slots=True)
class Act:
    """One event as the alerts see it; `id` grows with time."""

    id: int
    event: str
    at: datetime
    region_code: str
    subject: str
    actor_uuid: UUID | None


def find_unlocks(acts: Iterable[Act], *, kinds: Mapping[str, EventKind]) -> frozenset[int]:
    """Acts that open what had been locked."""
    return frozenset(act.id for act in acts if _alert_of(act, kinds) == "unlock")


def find_night_work(
    acts: Iterable[Act], *, zone_of: Callable[[str], tzinfo], limits: AlertLimits
) -> frozenset[int]:
    """Acts of a person at night on the village's own clock, its last hour not included."""
    return frozenset(
        act.id
        for act in acts
        if act.actor_uuid and _is_night(act.at.astimezone(zone_of(act.region_code)), limits)
    )


def find_self_approvals(
    approvals: Iterable[Act], *, earlier: Iterable[Act], kinds: Mapping[str, EventKind]
) -> frozenset[int]:
    """Approvals by the same person who did, last before, what is approved.

    `earlier` are acts on the same subjects of the kinds that the approvals approve.
    """
    by_subject: dict[str, list[Act]] = defaultdict(list)
    for act in sorted(earlier, key=lambda act: act.id):
        by_subject[act.subject].append(act)
    found = set()
    for approval in approvals:
        kind = kinds.get(approval.event)
        if kind is None or approval.actor_uuid is None:
            continue
        approved = [
            act
            for act in by_subject[approval.subject]
            if act.id < approval.id and act.event in kind.approves
        ]
        if approved and approved[-1].actor_uuid == approval.actor_uuid:
            found.add(approval.id)
    return frozenset(found)


def find_mass_unmasking(
    acts: Iterable[Act],
    *,
    kinds: Mapping[str, EventKind],
    limits: AlertLimits,
) -> frozenset[int]:
    """Every look of a person within a window in which there were more than the limit."""
    length = timedelta(minutes=limits.unmask_window_minutes)
    found: set[int] = set()
    windows: dict[UUID, deque[Act]] = defaultdict(deque)
    for act in sorted(acts, key=lambda act: (act.at, act.id)):
        if act.actor_uuid is None or _alert_of(act, kinds) != "unmask":
            continue
        window = windows[act.actor_uuid]
        window.append(act)
        while act.at - window[0].at >= length:
            window.popleft()
        if len(window) > limits.unmask_limit:
            found.update(one.id for one in window)
    return frozenset(found)


def _alert_of(act: Act, kinds: Mapping[str, EventKind]) -> str:
    # An event that a later version of the catalogue no longer has is still shown, without alert.
    return kinds[act.event].alert if act.event in kinds else ""


def _is_night(local: datetime, limits: AlertLimits) -> bool:
    return local.hour >= limits.night_begins_hour or local.hour < limits.night_ends_hour
