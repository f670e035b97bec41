"""A roll for the village of the cast: a few people whom every test knows, and many whom none does.

Mbak Dewi is grown and well described; Pak Joko stands nowhere.
"""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from pilkades.apps.regions.models import Hamlet
from pilkades.apps.roll.models import Roll, RollEntry
from pilkades.apps.roll.services.changes import add_entry
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
