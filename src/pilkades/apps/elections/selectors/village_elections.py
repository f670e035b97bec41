"""The election of one village with its law: pack, timetable, zone. Three queries."""

from datetime import date, datetime
from functools import cached_property
from uuid import UUID
from zoneinfo import ZoneInfo

from pilkades.apps.elections.models import Election, ElectionState
from pilkades.apps.elections.selectors.timetables import (
    ElectionTimetable,
    PackKey,
    build_timetable,
    get_pack_key,
)
from pilkades.apps.elections.selectors.waves import find_current_election, get_election
from pilkades.apps.regions.models import Village
from pilkades.apps.regulations.selectors import build_pack
from pilkades.law.candidacy_rules import CandidacyRules, RegistrationRules, read_drawing_rules
from pilkades.law.drawing import DrawingRules
from pilkades.law.eligibility import EligibilityRules
from pilkades.law.pack import RulePack
from pilkades.law.scoring import ScoringRules
from pilkades.law.timetable import TimetableStep


class VillageElection:
    """What every page and every act of a village needs; built once for a request."""

    def __init__(self, election: Election) -> None:
        self.election = election

    @property
    def village(self) -> Village:
        return self.election.village

    @property
    def village_code(self) -> str:
        return self.election.village_id

    @property
    def is_simulation(self) -> bool:
        """Whether every page and paper must say SIMULASI."""
        return self.election.is_simulation or self.election.wave.is_simulation

    @property
    def is_active(self) -> bool:
        return self.election.state == ElectionState.ACTIVE

    @cached_property
    def zone(self) -> ZoneInfo:
        """The wall clock of the village."""
        return ZoneInfo(self.village.district.regency.province.time_zone)

    @cached_property
    def pack_key(self) -> PackKey:
        return get_pack_key(self.election.wave)

    @cached_property
    def pack(self) -> RulePack:
        return build_pack(self.pack_key.shas, self.pack_key.approvals)

    @cached_property
    def timetable(self) -> ElectionTimetable:
        rows = self.election.stage_facts.select_related("recorded_by")
        facts = {fact.step_id: fact for fact in rows}
        return build_timetable(election=self.election, key=self.pack_key, facts=facts)

    @cached_property
    def candidacy_rules(self) -> CandidacyRules:
        return CandidacyRules.from_pack(self.pack)

    @cached_property
    def registration_rules(self) -> RegistrationRules:
        return RegistrationRules.from_pack(self.pack)

    @cached_property
    def eligibility_rules(self) -> EligibilityRules:
        return EligibilityRules.from_pack(self.pack)

    @cached_property
    def scoring_rules(self) -> ScoringRules:
        return ScoringRules.from_pack(self.pack)

    @cached_property
    def drawing_rules(self) -> DrawingRules:
        return read_drawing_rules(pack=self.pack)

    def find_step(self, step_id: str) -> TimetableStep | None:
        """The step of the timetable, None where the pack has no such step."""
        return self.timetable.timetable.find_step(step_id)

    def article_of(self, step_id: str) -> str:
        """Where a step is written; the pack's title where it has no such step."""
        step = self.find_step(step_id)
        return step.article if step else self.pack.title

    def local_date(self, now: datetime) -> date:
        """The day it is in the village."""
        return now.astimezone(self.zone).date()


def get_village_election(village_code: str) -> VillageElection:
    """The election that a village's pages are about.

    Raises: `Election.DoesNotExist`.
    """
    found = find_current_election(village_code)
    if found is None:
        raise Election.DoesNotExist
    return VillageElection(found)


def get_village_election_by_uuid(election_uuid: UUID) -> VillageElection:
    """One particular election; raises `Election.DoesNotExist`."""
    return VillageElection(get_election(election_uuid))


def lock_village_election(election_pk: int) -> VillageElection:
    """The election, locked for the rest of the transaction."""
    uuid = Election.objects.select_for_update().values_list("uuid", flat=True).get(pk=election_pk)
    return get_village_election_by_uuid(uuid)
