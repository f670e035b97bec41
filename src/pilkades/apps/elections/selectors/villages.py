"""The villages of a regency that may vote, and where they already do."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from pilkades.apps.elections.models import Election, ElectionState, Wave, WaveStatus
from pilkades.apps.regions.models import Village, VillageKind
from pilkades.apps.regions.selectors import list_villages
from pilkades.law.pack import RulePack
from pilkades.law.waves import may_hold_election

VILLAGE_WORDS = {
    VillageKind.DESA: "Desa",
    VillageKind.KELURAHAN: "Kelurahan",
    VillageKind.DESA_ADAT: "Desa Adat",
}
RESTING_STATES = (ElectionState.VOID, ElectionState.FINISHED)


@dataclass(frozen=True, slots=True, kw_only=True)
class VillageChoice:
    """A village on the page where villages are chosen."""

    village: Village
    is_chosen: bool
    busy_wave: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictChoice:
    """The villages of one district."""

    code: str
    name: str
    villages: tuple[VillageChoice, ...]

    @property
    def chosen_count(self) -> int:
        """How many of them are in the wave."""
        return sum(choice.is_chosen for choice in self.villages)

    @property
    def is_partly_chosen(self) -> bool:
        """Whether some but not all are in the wave, so that the list is worth looking at."""
        return 0 < self.chosen_count < len(self.villages)


def name_village(village: Village) -> str:
    """Desa Dawuhan, Desa Adat Tenganan: the word that belongs before the name."""
    return f"{VILLAGE_WORDS[VillageKind(village.kind)]} {village.name}"


def list_eligible_villages(*, pack: RulePack, regency_code: str) -> QuerySet[Village]:
    """Villages of a regency whose kind the pack lets vote."""
    kinds = [kind for kind in VillageKind.values if may_hold_election(pack=pack, village_kind=kind)]
    return list_villages(regency_code=regency_code).filter(kind__in=kinds)


def list_busy_elections(
    *, village_codes: Collection[str], is_simulation: bool, leaving_out: Wave | None = None
) -> QuerySet[Election]:
    """Elections of these villages that are still open in another wave of the same kind.

    A rehearsal and an election in earnest do not stand in each other's way.
    """
    found = (
        Election.objects.filter(village__in=list(village_codes), wave__is_simulation=is_simulation)
        .exclude(wave__status=WaveStatus.CLOSED)
        .exclude(state__in=RESTING_STATES)
        .select_related("wave", "village")
    )
    return found if leaving_out is None else found.exclude(wave=leaving_out)


def list_district_choices(
    *, wave: Wave, pack: RulePack, search: str = "", district_code: str = ""
) -> list[DistrictChoice]:
    """Villages to choose from, by district; three queries however many villages there are."""
    villages = list_eligible_villages(pack=pack, regency_code=wave.regency_id)
    if district_code:
        villages = villages.filter(district_id=district_code)
    for word in search.lower().split():
        villages = villages.filter(
            Q(search_name__contains=word) | Q(district__search_name__contains=word)
        )
    rows = list(villages.order_by("code"))
    chosen = set(wave.elections.values_list("village_id", flat=True))
    busy = {
        election.village_id: election.wave.name
        for election in list_busy_elections(
            village_codes=[row.code for row in rows],
            is_simulation=wave.is_simulation,
            leaving_out=wave,
        )
    }
    districts: dict[str, list[VillageChoice]] = {}
    names: dict[str, str] = {}
    for row in rows:
        names[row.district_id] = row.district.name
        districts.setdefault(row.district_id, []).append(
            VillageChoice(
                village=row, is_chosen=row.code in chosen, busy_wave=busy.get(row.code, "")
            )
        )
    return [
        DistrictChoice(code=code, name=names[code], villages=tuple(choices))
        for code, choices in districts.items()
    ]
