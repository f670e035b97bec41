"""A village on the day before the logistics go out: two venues, two stations, 63 voters.

Pak Budi chairs TPS 01; he has no account, his name is written down by the committee.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.test import Client
from django.urls import reverse

from pilkades.apps.elections.models import PollingStation, Venue
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.logistics.models import Handover, Package, VenueSurvey
from pilkades.apps.logistics.services.custody import ScanInput, record_scan
from pilkades.apps.logistics.services.packages import prepare_packages
from pilkades.apps.logistics.services.sites import record_survey
from pilkades.law.logistics_custody import CustodyAct
from pilkades.law.sites import SiteAnswer, SiteRules
from tests.apps.roll.station_cast import make_stations
from tests.apps.village_cast import VILLAGE, VillageCast, at

MOMENT = at(11, 20)
POLL_MORNING = at(11, 23, 6)


@dataclass(frozen=True, slots=True)
class LogisticsStage:
    """The cast of the village with its stations."""

    cast: VillageCast
    venues: tuple[Venue, ...]
    stations: tuple[PollingStation, ...]

    @property
    def context(self) -> VillageElection:
        return self.cast.context

    def client(self, name: str = "") -> Client:
        return self.cast.client(name)

    def url(self, name: str, *args: Any) -> str:
        return reverse(f"logistics:{name}", args=[VILLAGE, *args])

    def prepare(self) -> list[Package]:
        return prepare_packages(
            actor=self.cast.actor("sari", MOMENT), now=MOMENT, election_pk=self.cast.election.pk
        )

    def package(self, number: int = 1) -> Package:
        return Package.objects.get(election=self.cast.election, number=number)

    def scan(
        self,
        package: Package,
        act: CustodyAct,
        *,
        now: datetime = MOMENT,
        by: str = "sari",
        version: int | None = None,
        **changes: Any,
    ) -> Handover:
        values: dict[str, Any] = {
            "giver": "Bu Sari",
            "taker": "Pak Slamet",
            "place": "Balai desa",
            "seals": ("A-001",),
        }
        seen = Package.objects.get(pk=package.pk).version if version is None else version
        return record_scan(
            actor=self.cast.actor(by, now),
            now=now,
            package_uuid=package.uuid,
            expected_version=seen,
            scan=ScanInput(act=act, **{**values, **changes}),
        )

    def seal(self, package: Package) -> Handover:
        return self.scan(package, CustodyAct.SEAL)

    def survey(self, venue: Venue, **answers: SiteAnswer) -> VenueSurvey:
        """Everything met and measured well, but for what is named."""
        rules = SiteRules.from_pack(self.context.pack)
        good = {item.id: SiteAnswer.MET for item in rules.criteria if not item.is_measured}
        sizes = {"door_width": "95", "wheelchair_path": "120", "floor_area": "80", "distance": "1"}
        return record_survey(
            actor=self.cast.actor("sari", MOMENT),
            now=MOMENT,
            venue_uuid=venue.uuid,
            expected_serial=venue.surveys.count(),
            surveyed_on=MOMENT.date(),
            surveyors="Bu Sari, Pak Slamet",
            answers={**good, **answers},
            measures={key: Decimal(value) for key, value in sizes.items()},
            note="",
        )


def make_stage(cast: VillageCast) -> LogisticsStage:
    """Two stations with 42 and 21 voters in two hamlets."""
    filled = make_stations(cast)
    halls = (filled.venue("Balai desa"), filled.venue("SDN 1"))
    stations = (filled.station(1, halls[0]), filled.station(2, halls[1]))
    krajan, sumber = filled.hamlet("Krajan"), filled.hamlet("Sumber")
    filled.voters(42, household=3, station=stations[0], hamlet=krajan)
    filled.voters(21, household=3, station=stations[1], hamlet=sumber)
    return LogisticsStage(cast, halls, stations)
