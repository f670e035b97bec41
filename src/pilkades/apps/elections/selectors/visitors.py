"""What a visitor is shown first: waves, rehearsed villages, the latest announcements."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from pilkades.apps.elections.models import (
    Announcement,
    Election,
    ElectionCommittee,
    ElectionState,
    PathDecision,
    Wave,
    WaveStatus,
)
from pilkades.apps.elections.selectors.board import list_progress
from pilkades.apps.elections.selectors.progress import ElectionProgress
from pilkades.apps.elections.selectors.waves import get_local_date
from pilkades.law.candidacy import Act

NEWS_MAX = 5
REHEARSED_WAVES_MAX = 3


@dataclass(frozen=True, slots=True)
class StandingVillage:
    """A rehearsed village, and the moment at which it stands."""

    progress: ElectionProgress
    moment: datetime
    zone: str

    @property
    def election(self) -> Election:
        """The village's election."""
        return self.progress.election


def list_public_waves() -> QuerySet[Wave]:
    """Waves that anybody may know of: decreed or over, and rehearsals; the latest poll first."""
    known = ~Q(status=WaveStatus.PLANNED) | Q(is_simulation=True)
    return (
        Wave.objects.filter(known)
        .select_related("regency__province")
        .annotate(village_count=Count("elections"))
        .order_by("-poll_date", "name")
    )


def list_wave_elections(wave: Wave) -> QuerySet[Election]:
    """The villages of a wave as the public list shows them, with `is_void` where nobody votes.

    The committee's decision makes an election void before the desk closes it.
    """
    declared = PathDecision.objects.filter(
        election=OuterRef("pk"),
        act=Act.DECLARE_VOID,
        confirmed_at__isnull=False,
        withdrawn_at__isnull=True,
    )
    return (
        wave.elections.select_related("village__district")
        .annotate(is_void=Exists(declared) | Q(state=ElectionState.VOID))
        .order_by("village_id")
    )


def list_standing_villages(*, now: datetime) -> list[StandingVillage]:
    """Rehearsed villages with a committee, by the moment at which each stands.

    Five queries for every wave, of which at most three are asked.
    """
    found: list[StandingVillage] = []
    waves = Wave.objects.filter(is_simulation=True).exclude(status=WaveStatus.CLOSED)
    rows = waves.select_related("regency__province", "pack__base")
    for wave in rows.defer("pack__source", "pack__base__source")[:REHEARSED_WAVES_MAX]:
        found += _list_of_wave(wave, today=get_local_date(now, wave.regency))
    return sorted(found, key=lambda item: (item.moment, item.election.village_id))


def list_news(*, now: datetime) -> QuerySet[Announcement]:
    """The latest announcements of all villages."""
    return (
        Announcement.objects.filter(withdrawn_at__isnull=True, published_at__lte=now)
        .select_related("election__village__district")
        .order_by("-published_at")[:NEWS_MAX]
    )


def _list_of_wave(wave: Wave, *, today: date) -> list[StandingVillage]:
    formed = set(
        ElectionCommittee.objects.filter(election__wave=wave).values_list("election_id", flat=True)
    )
    zone = wave.regency.province.time_zone
    found = []
    for item in list_progress(wave, today=today):
        moment = item.election.simulated_at or wave.simulated_at
        if moment is not None and item.election.pk in formed:
            found.append(StandingVillage(item, moment, zone))
    return found
