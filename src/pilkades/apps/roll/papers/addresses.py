"""Where a voter lives, on paper: nothing twice, whatever the address already says."""

from pilkades.apps.roll.models import RollEntry


def describe_address(entry: RollEntry) -> str:
    """Address, RT and RW, hamlet; what the address itself names is not said again."""
    parts = [entry.address.strip()]
    said = entry.address.casefold()
    if (entry.rt or entry.rw) and "rt " not in said:
        parts.append(f"RT {entry.rt or '–'} RW {entry.rw or '–'}")
    if entry.hamlet and entry.hamlet.name.casefold() not in said:
        parts.append(f"Dusun {entry.hamlet.name}")
    return ", ".join(part for part in parts if part)
