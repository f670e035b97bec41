"""Invitations and coklit stickers in batches of sheets."""

import io
from collections.abc import Iterator
from typing import Any

import segno

from pilkades.apps.design.formats import format_date
from pilkades.apps.elections.models import CommitteePosition
from pilkades.apps.elections.selectors.committees import find_committee
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.elections.selectors.villages import name_village
from pilkades.apps.roll.invitation_codes import sign_code
from pilkades.apps.roll.models import Roll, RollEntry
from pilkades.apps.roll.papers.addresses import describe_address
from pilkades.apps.roll.services.invitations import get_invitation_key
from pilkades.apps.vault.masking import mask_nik

BATCH = 10
"""Voters in a batch: Typst keeps what it has set in mind, so small batches keep memory level."""
SHORT_LETTERS = 8
Values = dict[str, Any]


def list_invitation_parts(
    context: VillageElection, roll: Roll, *, place_date: str
) -> Iterator[tuple[Values, None]]:
    """Batches of invitations in the order in which they are carried out: station, RW, RT."""
    shared = _describe_shared(context, place_date)
    key = get_invitation_key()
    entries = (
        roll.entries.filter(is_removed=False, invitation__isnull=False)
        .select_related("invitation", "station__venue", "hamlet")
        .order_by("station__number", "hamlet__name", "rw", "rt", "number")
    )
    batch: list[Values] = []
    for entry in entries.iterator(chunk_size=500):
        text = sign_code(entry.invitation.code, election=context.election.uuid, key=key)
        batch.append(_describe_voter(entry, text))
        if len(batch) == BATCH:
            yield {"shared": shared, "voters": batch}, None
            batch = []
    if batch:
        yield {"shared": shared, "voters": batch}, None


def count_batches(count: int) -> int:
    return -(-count // BATCH)


def _describe_voter(entry: RollEntry, text: str) -> Values:
    station = entry.station
    return {
        "number": entry.number,
        "name": entry.full_name,
        "nik": mask_nik(entry.nik),
        "address": describe_address(entry),
        "station": str(station) if station else "–",
        "venue": station.venue.name if station else "",
        "short": entry.invitation.code[:SHORT_LETTERS],
        "qr": list(_make_png(text)),
    }


def _make_png(text: str) -> bytes:
    """One pixel a module; Typst scales it without smoothing.

    The mask is fixed: the text is random, so each is as good as another, and to weigh all eight
    takes four fifths of the time.
    """
    buffer = io.BytesIO()
    segno.make(text, error="m", mask=3, micro=False, boost_error=False).save(
        buffer, kind="png", scale=1, border=2
    )
    return buffer.getvalue()


def _describe_shared(context: VillageElection, place_date: str) -> Values:
    pack = context.pack
    opens, closes = pack.clock_time("station.opens_at"), pack.clock_time("station.closes_at")
    committee = find_committee(context.election)
    members = committee.members.all() if committee else []
    chair = next(
        (m for m in members if m.position == CommitteePosition.CHAIR and m.left_date is None), None
    )
    village = name_village(context.village)
    zone = context.village.district.regency.province.get_time_zone_display()
    return {
        "head": f"Panitia Pemilihan Kepala {village}",
        "title": f"Pemilihan Kepala {village}, {context.village.district.name}",
        "village": village,
        "day": format_date(context.timetable.poll_date),
        "hours": f"{opens:%H.%M}–{closes:%H.%M} {zone}",
        "bring": "Bawa surat ini dan KTP-el ke TPS. Tukarkan surat ini dengan surat suara.",
        "place_date": place_date,
        "chair": chair.full_name if chair else "",
    }
