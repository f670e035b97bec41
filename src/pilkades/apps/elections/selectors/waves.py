"""Waves and elections as pages ask for them."""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.elections.models import Election, ElectionState, Wave
from pilkades.apps.elections.selectors.access import list_regency_codes
from pilkades.apps.regions.models import Regency
from pilkades.apps.regions.selectors import get_head_title


def get_wave(wave_uuid: UUID) -> Wave:
    """One wave with its regency, province and pack; raises `Wave.DoesNotExist`."""
    return _waves().get(uuid=wave_uuid)


def get_election(election_uuid: UUID) -> Election:
    """One election with its village and wave; raises `Election.DoesNotExist`."""
    return _elections().get(uuid=election_uuid)


def find_current_election(village_code: str) -> Election | None:
    """The election a visitor of a village's page means: in earnest first, then the latest poll."""
    return (
        _elections()
        .filter(village_id=village_code)
        .order_by("is_simulation", "-wave__poll_date", "-pk")
        .first()
    )


def list_waves(actor: Actor) -> QuerySet[Wave]:
    """The waves of every regency the actor may look at, with how many villages each has."""
    codes = list_regency_codes(actor)
    waves = _waves().annotate(
        village_count=Count("elections"),
        resting_count=Count("elections", filter=~Q(elections__state=ElectionState.ACTIVE)),
    )
    return waves if codes == [""] else waves.filter(regency_id__in=codes)


def get_local_date(now: datetime, regency: Regency) -> date:
    """The day it is in this regency."""
    return now.astimezone(ZoneInfo(regency.province.time_zone)).date()


def get_head_words(wave: Wave) -> str:
    """The title of the head who decrees this wave: Bupati, or Wali Kota in a city."""
    return get_head_title(wave.regency)


def _waves() -> QuerySet[Wave]:
    return Wave.objects.select_related("regency__province", "pack__base").defer(
        "pack__source", "pack__base__source"
    )


def _elections() -> QuerySet[Election]:
    return Election.objects.select_related(
        "village__district__regency__province",
        "wave__regency__province",
        "wave__pack__base",
    ).defer("wave__pack__source", "wave__pack__base__source")
