"""The two waves of the demo, and which story is told in each of their villages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pilkades.apps.elections.models import Election, Wave
from pilkades.apps.elections.services.create_wave import create_wave
from pilkades.apps.elections.services.decree_timetable import decree_timetable
from pilkades.apps.regions.selectors import list_villages
from pilkades.apps.regulations.models import PackVersion
from pilkades.demo.cast import CITY_DESK, DESK, act_as
from pilkades.demo.director import Story, at
from pilkades.demo.scripts import (
    CITY,
    CITY_SCRIPT,
    CITY_VILLAGES,
    FORGOTTEN,
    NEIGHBOURS,
    NEIGHBOURS_MAX,
    REGENCY,
    SCRIPTS,
    Script,
)
from pilkades.demo.village import POLL_DATE, VillagePlay, keep_steps

CITY_POLL_DATE = date(2026, 12, 14)
CREATED, DECREED = at(6, 15, 9), at(6, 26, 14)


@dataclass(frozen=True, slots=True)
class Part:
    """A village, what happens there, and the moment at which it then stands."""

    village: VillagePlay
    stories: tuple[Story, ...]
    moment: datetime | None


def open_wave(pack: PackVersion) -> Wave:
    """The wave of Kabupaten Blitar, with the decree on its timetable."""
    neighbours = [code for district, _, _ in NEIGHBOURS for code in _list_neighbours(district)]
    wave = create_wave(
        actor=act_as(DESK, now=CREATED),
        now=CREATED,
        regency_code=REGENCY,
        name="Pilkades serentak 2026",
        poll_date=POLL_DATE,
        pack_uuid=pack.uuid,
        village_codes=sorted([script.code for script in SCRIPTS] + neighbours),
        is_simulation=True,
    )
    return _decree(wave, by=DESK, number="188/321/409.06/KPTS/2026")


def open_city_wave(pack: PackVersion) -> Wave:
    """The small wave of Kota Batu, under a wali kota and the national pack alone."""
    wave = create_wave(
        actor=act_as(CITY_DESK, now=CREATED),
        now=CREATED,
        regency_code=CITY,
        name="Pilkades serentak Kota Batu 2026",
        poll_date=CITY_POLL_DATE,
        pack_uuid=pack.uuid,
        village_codes=CITY_VILLAGES,
        is_simulation=True,
    )
    return _decree(wave, by=CITY_DESK, number="188.45/204/KEP/422.012/2026")


def list_parts(wave: Wave) -> list[Part]:
    """The villages with stories, then their neighbours."""
    elections = _list_elections(wave)
    told = [_tell(script, elections, desk=DESK) for script in SCRIPTS]
    quiet = [
        _keep(code, elections, moment, desk=DESK, forgotten=forgotten)
        for district, moment, forgotten in NEIGHBOURS
        for code in _list_neighbours(district)
    ]
    return [*told, *quiet]


def list_city_parts(wave: Wave) -> list[Part]:
    """One village of the city with a story; the others stand at the moment of the wave."""
    elections = _list_elections(wave)
    others = [
        _keep(code, elections, CITY_SCRIPT.moment, desk=CITY_DESK, is_own_moment=False)
        for code in CITY_VILLAGES
        if code != CITY_SCRIPT.code
    ]
    return [_tell(CITY_SCRIPT, elections, desk=CITY_DESK), *others]


def _decree(wave: Wave, *, by: str, number: str) -> Wave:
    decree_timetable(
        actor=act_as(by, now=DECREED),
        now=DECREED,
        wave_uuid=wave.uuid,
        expected_version=Wave.objects.get(pk=wave.pk).version,
        decree_number=number,
        decree_date=DECREED.date(),
    )
    return wave


def _list_elections(wave: Wave) -> dict[str, Election]:
    """The election of every village of the wave, by the village's code."""
    rows = wave.elections.select_related("village")
    return {election.village_id: election for election in rows}


def _tell(script: Script, elections: dict[str, Election], *, desk: str) -> Part:
    election = elections[script.code]
    village = VillagePlay(
        code=script.code,
        name=election.village.name,
        slug=script.slug,
        desk=desk,
        election_uuid=election.uuid,
        election_pk=election.pk,
        names=dict(script.names),
        voters=script.voters,
    )
    stories = (
        script.story(village),
        *([script.roll(village)] if script.roll else []),
        keep_steps(village, until=script.moment),
    )
    return Part(village, stories, script.moment)


def _keep(
    code: str,
    elections: dict[str, Election],
    moment: datetime,
    *,
    desk: str,
    forgotten: Sequence[str] = (),
    is_own_moment: bool = True,
) -> Part:
    election = elections[code]
    village = VillagePlay(
        code=code,
        name=election.village.name,
        slug="",
        desk=desk,
        election_uuid=election.uuid,
        election_pk=election.pk,
    )
    without = FORGOTTEN if code in forgotten else ()
    stories = (keep_steps(village, until=moment, without=without),)
    return Part(village, stories, moment if is_own_moment else None)


def _list_neighbours(district_code: str) -> list[str]:
    """Desa of a district that have no story, as many as are shown."""
    told = {script.code for script in SCRIPTS}
    codes = list_villages(district_code=district_code).filter(kind="DESA").order_by("code")
    found = [code for code in codes.values_list("code", flat=True) if code not in told]
    return found[: NEIGHBOURS_MAX.get(district_code)]
