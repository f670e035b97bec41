"""The first beat of every write: take the row and make sure nobody was faster.

On PostgreSQL the row is locked; on SQLite the transaction itself is immediate, so one writer at a
time. Either way the version decides: whoever saw an older one is told so and loses nothing.
"""

from uuid import UUID

from pilkades.apps.elections.models import Election, Wave
from pilkades.apps.elections.selectors.villages import name_village
from pilkades.errors import ConflictError
from pilkades.text import Text


def lock_wave(*, wave_uuid: UUID, expected_version: int) -> Wave:
    """Lock one wave and compare its version.

    Raises: `Wave.DoesNotExist`; `ConflictError` where the wave changed since it was read.
    """
    wave = (
        Wave.objects.select_for_update(of=("self",))
        .select_related("pack__base", "regency__province")
        .get(uuid=wave_uuid)
    )
    if wave.version != expected_version:
        raise ConflictError(
            "wave.stale",
            Text(
                "Gelombang {name} sudah diubah orang lain sejak Anda membukanya. Isian Anda belum "
                "disimpan dan masih ada di layar ini. Periksa keadaan terbaru, lalu simpan lagi.",
                name=wave.name,
            ),
        )
    return wave


def lock_election(*, election_uuid: UUID, expected_version: int) -> Election:
    """Lock the election of one village and compare its version.

    Raises: `Election.DoesNotExist`; `ConflictError` where it changed since it was read.
    """
    election = (
        Election.objects.select_for_update(of=("self",))
        .select_related("village", "wave__pack__base", "wave__regency__province")
        .get(uuid=election_uuid)
    )
    if election.version != expected_version:
        raise ConflictError(
            "election.stale",
            Text(
                "Data pemilihan {name} sudah diubah orang lain sejak Anda membukanya. Isian "
                "Anda belum disimpan dan masih ada di layar ini. Periksa keadaan terbaru, lalu "
                "simpan lagi.",
                name=name_village(election.village),
            ),
        )
    return election


def advance_wave(wave: Wave, *, fields: list[str]) -> None:
    """Save the named fields with the next version."""
    wave.version += 1
    wave.save(update_fields=[*fields, "version"])


def advance_election(election: Election, *, fields: list[str]) -> None:
    """Save the named fields with the next version."""
    election.version += 1
    election.save(update_fields=[*fields, "version"])
