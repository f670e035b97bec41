"""At which moment a simulated election stands; an election in earnest stands at the real one.

A village's own moment comes before that of its wave. Whoever has one village only, or one regency,
stands in the demo at the moment of that place.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.elections.models import Candidacy, Election, Wave


@dataclass(frozen=True, slots=True)
class Moment:
    """Waktu peragaan: a moment, and the zone of the place where a clock would show it."""

    at: datetime
    zone: str

    @property
    def date(self) -> date:
        """The day it is there."""
        return self.at.astimezone(ZoneInfo(self.zone)).date()


def get_election_day(election: Election, *, today: date) -> date:
    """The day on which an election stands; its wave, regency and province were read along."""
    at = election.simulated_at or election.wave.simulated_at
    if at is None:
        return today
    return at.astimezone(ZoneInfo(election.wave.regency.province.time_zone)).date()


def find_village_moment(village_code: str) -> Moment | None:
    """The moment of the election that a village's pages are about, None for the real one."""
    elections = Election.objects.filter(village_id=village_code)
    return _first(elections.order_by("is_simulation", "-wave__poll_date", "-pk"))


def find_election_moment(election_uuid: UUID) -> Moment | None:
    """The moment of one election."""
    return _first(Election.objects.filter(uuid=election_uuid))


def find_candidacy_moment(candidacy_uuid: UUID) -> Moment | None:
    """The moment of the election that an applicant's file belongs to."""
    files = Candidacy.objects.filter(uuid=candidacy_uuid)
    return _first(Election.objects.filter(pk__in=files.values("election_id")))


def find_wave_moment(wave_uuid: UUID) -> Moment | None:
    """The moment of a wave as a whole."""
    return _first_wave(Wave.objects.filter(uuid=wave_uuid))


def find_actor_moment(actor: Actor) -> Moment | None:
    """Where somebody of the demo stands: at their village's moment, else at their regency's."""
    codes = sorted((code for _, code in actor.roles), key=len, reverse=True)
    if not codes:
        return None
    if len(codes[0]) > len("35.05.01"):
        return find_village_moment(codes[0])
    regency_code = ".".join(codes[0].split(".")[:2])
    return _first_wave(Wave.objects.filter(regency_id=regency_code).order_by("-poll_date", "-pk"))


def list_simulated_days() -> dict[tuple[datetime | None, datetime | None], date]:
    """The days of all simulated elections by (own moment, moment of the wave); one query."""
    rows = (
        Election.objects.filter(is_simulation=True)
        .exclude(simulated_at=None, wave__simulated_at=None)
        .values_list("simulated_at", "wave__simulated_at", "wave__regency__province__time_zone")
        .order_by()
        .distinct()
    )
    days = {}
    for own, shared, zone in rows:
        at = own or shared
        if at is not None:
            days[own, shared] = Moment(at, zone).date
    return days


def _first(elections: QuerySet[Election]) -> Moment | None:
    """The first election only: where that one stands at the real moment, the answer is None."""
    found = elections.values_list(
        Coalesce("simulated_at", "wave__simulated_at"), "wave__regency__province__time_zone"
    ).first()
    return Moment(found[0], found[1]) if found and found[0] is not None else None


def _first_wave(waves: QuerySet[Wave]) -> Moment | None:
    found = waves.values_list("simulated_at", "regency__province__time_zone").first()
    return Moment(found[0], found[1]) if found and found[0] is not None else None
