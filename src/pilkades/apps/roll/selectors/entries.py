"""Entries of the roll, for lists, for one page each, and for one look-up by NIK."""

from uuid import UUID

from django.db.models import QuerySet

from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.roll.models import Roll, RollChange, RollEntry

ORDER = ("number", "hamlet__name", "rw", "rt", "full_name", "pk")


def list_entries(roll: Roll | None) -> QuerySet[RollEntry]:
    """Every entry, struck ones too, with hamlet and station; numbered ones in their order."""
    found = RollEntry.objects.select_related("hamlet", "station").order_by(*ORDER)
    return found.filter(roll=roll) if roll is not None else found.none()


def list_standing(roll: Roll | None) -> QuerySet[RollEntry]:
    """The entries that count."""
    return list_entries(roll).filter(is_removed=False)


def find_entry(context: VillageElection, entry_uuid: UUID) -> RollEntry | None:
    """One entry of this very election, None for any other."""
    return (
        RollEntry.objects.filter(uuid=entry_uuid, roll__election=context.election)
        .select_related("hamlet", "station", "roll", "source_import")
        .first()
    )


def find_by_nik(roll: Roll, nik: str) -> RollEntry | None:
    """The entry that bears a NIK, a standing one before a struck one; one query, keyed."""
    if not nik:
        return None
    return RollEntry.objects.filter(roll=roll, nik_index=nik).order_by("is_removed", "pk").first()


def list_parts(roll: Roll | None, field: str) -> list[str]:
    """The RTs or RWs that occur on the roll."""
    if roll is None:
        return []
    found = RollEntry.objects.filter(roll=roll).exclude(**{field: ""}).order_by(field)
    return list(found.values_list(field, flat=True).distinct())


def list_changes(entry: RollEntry) -> QuerySet[RollChange]:
    """Everything that was ever done to an entry, the newest first."""
    return entry.changes.select_related("made_by").order_by("-made_at", "-pk")
