"""The clock of a rehearsal: at which moment a simulated wave, or one village of it, stands."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from pilkades.apps.audit.services import append
from pilkades.apps.elections.models import Election, Wave
from pilkades.errors import RuleViolationError
from pilkades.text import Text


@transaction.atomic
def set_wave_moment(*, now: datetime, wave_uuid: UUID, moment: datetime) -> Wave:
    """Let a simulated wave stand at a moment, and with it every village without one of its own.

    Allowed: whoever runs commands on this machine; no page offers it.
    Requires: a wave that is a rehearsal.
    Effects: pages of the wave show that moment and act in it. `simulation.moment_set`.
    Raises: RuleViolationError, `Wave.DoesNotExist`.
    """
    wave = Wave.objects.select_for_update().get(uuid=wave_uuid)

    _require_simulation(wave.is_simulation)
    wave.simulated_at = moment
    wave.save(update_fields=["simulated_at"])

    _append(now, moment, region_code=wave.regency_id, subject=f"wave:{wave.uuid}")
    return wave


@transaction.atomic
def set_election_moment(*, now: datetime, election_uuid: UUID, moment: datetime) -> Election:
    """Let one village of a simulated wave stand at a moment of its own.

    Allowed: whoever runs commands on this machine; no page offers it.
    Requires: an election that is a rehearsal.
    Effects: its pages show that moment and act in it. `simulation.moment_set`.
    Raises: RuleViolationError, `Election.DoesNotExist`.
    """
    election = Election.objects.select_for_update().get(uuid=election_uuid)

    _require_simulation(election.is_simulation)
    election.simulated_at = moment
    election.save(update_fields=["simulated_at"])

    _append(now, moment, region_code=election.village_id, subject=f"election:{election.uuid}")
    return election


def _require_simulation(is_simulation: bool) -> None:
    if not is_simulation:
        raise RuleViolationError(
            "simulation.in-earnest",
            Text(
                "Pemilihan ini bukan simulasi, jadi waktunya adalah waktu yang sebenarnya. "
                "Tidak ada yang berubah."
            ),
            article="Pengamanan sistem: satu jam untuk pemilihan sungguhan",
        )


def _append(now: datetime, moment: datetime, *, region_code: str, subject: str) -> None:
    append(
        event="simulation.moment_set",
        actor=None,
        at=now,
        region_code=region_code,
        subject=subject,
        data={"moment": moment.isoformat(timespec="minutes")},
    )
