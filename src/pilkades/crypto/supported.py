"""The groups that an election may name; nothing else can be chosen."""

from collections.abc import Mapping
from types import MappingProxyType

from pilkades.crypto.ed25519 import Ed25519
from pilkades.crypto.finite_field import Belenios2048
from pilkades.crypto.groups import Group
from pilkades.errors import MalformedInputError
from pilkades.text import Text

GROUPS: Mapping[str, Group] = MappingProxyType(
    {group.name: group for group in (Ed25519(), Belenios2048())}
)


def get_group(name: str) -> Group:
    """The group of that name.

    Raises:
        MalformedInputError: group-name.
    """
    group = GROUPS.get(name)
    if group is None:
        raise MalformedInputError(
            "group-name",
            Text(
                "Grup {name} tidak dikenal; yang dikenal: {known}.",
                name=name,
                known=tuple(sorted(GROUPS)),
            ),
        )
    return group
