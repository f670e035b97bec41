"""A roll for the village of the cast: a few people whom every test knows, and many whom none does.

Mbak Dewi is grown and well described; Pak Joko stands nowhere.
"""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from pilkades.apps.regions.models import Hamlet
from pilkades.apps.roll.models import Roll, RollEntry, RollState
from pilkades.apps.roll.services.changes import add_entry, remove_entry
from pilkades.apps.roll.services.lock import confirm_lock, propose_lock
from pilkades.apps.roll.services.stages import RULES, StageAct, carry_out
from pilkades.apps.roll.services.voters import Voter
from pilkades.synthetic.people import make_nik
from tests.apps.village_cast import VILLAGE, VillageCast, at

LISTING = at(7, 29)
"""A day on which the committee goes from house to house."""


def make_hamlet(name: str = "Krajan") -> Hamlet:
    """A hamlet of the village; the same one when asked again."""
    hamlet, _ = Hamlet.objects.get_or_create(village_id=VILLAGE, name=name)
    return hamlet


def voter(name: str = "Dewi Lestari", *, serial: int = 1, **changes: Any) -> Voter:
    """A person of whom everything is known."""
    sex = changes.get("sex", "P")
    birth_date = changes.get("birth_date", date(1999, 3, 4))
    nik = make_nik(
        district_digits="350501",
        birth_date=birth_date or date(1999, 3, 4),
        is_female=sex == "P",
        serial=serial,
    )
    made = Voter(
        full_name=name,
        nik=nik,
        kk=f"350501010199{serial // 4 + 1:04d}",
        sex="P",
        birth_place="Blitar",
        birth_date=date(1999, 3, 4),
        marital_status="B",
        address="Jalan Mawar 3",
        rt="001",
        rw="002",
        identity_document="ktp_el",
        occupation="Petani",
        resident_since=date(2015, 1, 1),
    )
    return replace(made, **changes)


def add(
    cast: VillageCast,
    person: Voter | None = None,
    *,
    by: str = "sari",
    now: datetime = LISTING,
    reason: str = "Data penduduk desa",
) -> RollEntry:
    """One person written on the roll by the committee."""
    return add_entry(
        actor=cast.actor(by, now),
        now=now,
        election_pk=cast.election.pk,
        voter=person or voter(),
        reason=reason,
    )


def fresh_entry(entry: RollEntry) -> RollEntry:
    """The entry as it stands in the database now."""
    return RollEntry.objects.select_related("hamlet").get(pk=entry.pk)


def fresh_roll(cast: VillageCast) -> Roll:
    """The roll as it stands in the database now."""
    return Roll.objects.get(election__uuid=cast.election_uuid)


DAYS: dict[str, datetime] = {
    "dps": at(8, 3),
    "announce_dps": at(8, 4),
    "open": at(8, 7),
    "announce_additions": at(8, 12),
    "dpt": at(8, 18),
    "announce_dpt": at(8, 19),
    "lock": at(8, 24),
}
"""When the village does each act: on the days of the decree of Blitar."""

ACT_DAYS = {
    StageAct.FIX_PROVISIONAL: DAYS["dps"],
    StageAct.ANNOUNCE_PROVISIONAL: DAYS["announce_dps"],
    StageAct.OPEN_ADDITIONS: DAYS["open"],
    StageAct.ANNOUNCE_ADDITIONS: DAYS["announce_additions"],
    StageAct.FIX_FINAL: DAYS["dpt"],
    StageAct.ANNOUNCE_FINAL: DAYS["announce_dpt"],
}


def add_family(cast: VillageCast) -> list[RollEntry]:
    """Three people of one house, one of them a man."""
    return [
        add(cast, voter(name, serial=10 + place, sex=sex))
        for place, (name, sex) in enumerate(
            (("Siti Aminah", "P"), ("Slamet Riyadi", "L"), ("Dewi Lestari", "P"))
        )
    ]


def strike(
    cast: VillageCast,
    entry: RollEntry,
    *,
    by: str = "sari",
    now: datetime = LISTING,
    reason: str = "Meninggal 2 Juli 2026",
) -> RollEntry:
    """One entry struck by the committee."""
    return remove_entry(
        actor=cast.actor(by, now),
        now=now,
        entry_uuid=entry.uuid,
        expected_version=fresh_entry(entry).version,
        reason=reason,
    )


def act(
    cast: VillageCast,
    stage_act: StageAct,
    *,
    by: str = "sari",
    now: datetime | None = None,
    version: int | None = None,
) -> Roll:
    """One act of the roll's way, on its day."""
    roll, day = fresh_roll(cast), now or ACT_DAYS[stage_act]
    return carry_out(
        actor=cast.actor(by, day),
        now=day,
        roll_uuid=roll.uuid,
        expected_version=roll.version if version is None else version,
        act=stage_act,
    )


def bring_to(cast: VillageCast, state: RollState) -> Roll:
    """The roll at a state, by every act on the way; LOCKED is locked by Bu Sari and Pak Slamet."""
    for stage_act, rule in RULES.items():
        if fresh_roll(cast).state == state:
            break
        if rule.reaches != RollState.FINAL or stage_act is StageAct.FIX_FINAL:
            act(cast, stage_act)
    if state == RollState.LOCKED:
        propose(cast)
        confirm(cast)
    return fresh_roll(cast)


def propose(cast: VillageCast, *, by: str = "sari", now: datetime = DAYS["lock"]) -> Roll:
    """The first of two."""
    roll = fresh_roll(cast)
    return propose_lock(
        actor=cast.actor(by, now), now=now, roll_uuid=roll.uuid, expected_version=roll.version
    )


def confirm(
    cast: VillageCast,
    *,
    by: str = "slamet",
    now: datetime = DAYS["lock"],
    digest: str | None = None,
    version: int | None = None,
) -> Roll:
    """The second of two."""
    roll = fresh_roll(cast)
    return confirm_lock(
        actor=cast.actor(by, now),
        now=now,
        roll_uuid=roll.uuid,
        expected_version=roll.version if version is None else version,
        digest=roll.lock_digest if digest is None else digest,
    )
