"""What earlier adopted versions said on the same point."""

from dataclasses import dataclass

from pilkades.apps.regulations.models import PackStatus, PackVersion
from pilkades.apps.regulations.selectors.entries import EntryRow, find_entry_row
from pilkades.apps.regulations.selectors.packs import get_plain_pack


@dataclass(frozen=True, slots=True, kw_only=True)
class PastValue:
    """One version of the pack and its row; None where it did not speak of it."""

    version: PackVersion
    entry: EntryRow | None


def list_history(version: PackVersion, slug: str) -> tuple[PastValue, ...]:
    """The rule in the other adopted versions of the same region, newest first."""
    others = (
        PackVersion.objects.filter(
            region_code=version.region_code,
            status__in=(PackStatus.ADOPTED, PackStatus.SUPERSEDED),
        )
        .exclude(pk=version.pk)
        .select_related("base")
        .defer("source", "base__source")
        .order_by("-effective_date")[:10]
    )
    return tuple(
        PastValue(version=other, entry=find_entry_row(get_plain_pack(other), slug))
        for other in others
    )
