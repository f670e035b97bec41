"""Hamlets (dusun): named by the village itself, in no official list.

Regions know no roles, which live on a higher floor: whoever calls has authorised and writes the
event in the same transaction.
"""

import re
from uuid import UUID

from pilkades.apps.regions.models import Hamlet, Village
from pilkades.apps.regions.names import normalise_name
from pilkades.errors import ConflictError, MalformedInputError
from pilkades.text import Text

NAME_LENGTH_MIN, NAME_LENGTH_MAX = 2, 60
_KIND_WORD = re.compile(r"^dusun\s+", re.IGNORECASE)


def create_hamlet(*, village_code: str, name: str) -> Hamlet:
    """Add a hamlet to a village.

    Allowed: the caller has authorised. Requires: a name that no hamlet of the village bears,
    however it is written. Effects: one row.
    Raises: `Village.DoesNotExist`, MalformedInputError, ConflictError.
    """
    _lock_village(village_code)
    clean = _clean(name)
    _refuse_taken(village_code, clean)
    return Hamlet.objects.create(village_id=village_code, name=clean)


def change_hamlet_name(*, uuid: UUID, expected_name: str, name: str) -> Hamlet:
    """Give a hamlet another name, unless somebody has just done so.

    Allowed: the caller has authorised. Requires: the name as the caller saw it, and a new one as in
    `create_hamlet`. Effects: the row; it stays the same hamlet.
    Raises: `Hamlet.DoesNotExist`, MalformedInputError, ConflictError.
    """
    _lock_village(Hamlet.objects.values_list("village_id", flat=True).get(uuid=uuid))
    hamlet = Hamlet.objects.get(uuid=uuid)
    if hamlet.name != expected_name:
        raise ConflictError(
            "hamlet.name_changed",
            Text(
                "Dusun ini baru saja diberi nama {name} oleh orang lain. Periksa, lalu simpan lagi "
                "bila masih perlu.",
                name=hamlet.name,
            ),
        )
    hamlet.name = _clean(name)
    _refuse_taken(hamlet.village_id, hamlet.name, besides=uuid)
    hamlet.save(update_fields=["name"])
    return hamlet


def _lock_village(code: str) -> None:
    """The village's row is the lock under which the names of its hamlets are compared."""
    Village.objects.select_for_update().get(code=code)


def _clean(name: str) -> str:
    """One line without the word "dusun", which every list writes before it."""
    clean = _KIND_WORD.sub("", " ".join(name.split()))
    if not NAME_LENGTH_MIN <= len(clean) <= NAME_LENGTH_MAX:
        raise MalformedInputError(
            "hamlet.name",
            Text(
                "Tulis nama dusun dengan {least} sampai {most} huruf, tanpa kata dusun.",
                least=NAME_LENGTH_MIN,
                most=NAME_LENGTH_MAX,
            ),
        )
    return clean


def _refuse_taken(village_code: str, name: str, *, besides: UUID | None = None) -> None:
    rows = Hamlet.objects.filter(village_id=village_code).values_list("uuid", "name")
    taken = {normalise_name(other) for uuid, other in rows if uuid != besides}
    if normalise_name(name) in taken:
        raise ConflictError(
            "hamlet.name_taken",
            Text("Dusun {name} sudah ada di desa ini. Tidak ada yang berubah.", name=name),
        )
