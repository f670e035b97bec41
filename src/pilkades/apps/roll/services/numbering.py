"""Running numbers on a fixed list: by hamlet, RW, RT and name."""

from pilkades.apps.roll.models import Roll, RollEntry

BATCH = 500


def number_entries(roll: Roll) -> None:
    """Number every standing entry anew; struck ones lose theirs.

    Allowed: the calling service, which has authorised its act and taken the roll.
    """
    RollEntry.objects.filter(roll=roll).update(number=None)
    entries = list(
        RollEntry.objects.filter(roll=roll, is_removed=False)
        .select_related("hamlet")
        .only("pk", "rw", "rt", "full_name", "hamlet__name")
    )
    entries.sort(
        key=lambda entry: (
            entry.hamlet is None,
            entry.hamlet.name.casefold() if entry.hamlet else "",
            entry.rw,
            entry.rt,
            entry.full_name.casefold(),
            entry.pk,
        )
    )
    for place, entry in enumerate(entries, start=1):
        entry.number = place
    RollEntry.objects.bulk_update(entries, ["number"], batch_size=BATCH)
