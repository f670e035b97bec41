"""The demo: Kabupaten Blitar with a wave of forty villages, and Kota Batu beside it.

Everything is played through the services of the apps in one transaction: a first start that is
killed leaves an empty system, never half a regency.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from django.db import transaction

from pilkades.apps.accounts.models import User
from pilkades.apps.accounts.roles import Role
from pilkades.apps.audit.services import publish_checkpoint
from pilkades.apps.design.formats import format_plain_date
from pilkades.apps.elections.models import Wave
from pilkades.apps.elections.services.simulate import set_election_moment, set_wave_moment
from pilkades.apps.regulations.models import PackVersion
from pilkades.apps.regulations.services import adopt_pack, install_shipped_pack, propose_pack
from pilkades.demo.cast import (
    AUDITOR,
    CAMAT,
    CITY_DESK,
    DEPARTMENT,
    DESK,
    DISTRICT_COMMITTEE,
    OUTSIDER,
    act_as,
    appoint,
    invite,
    mark_personas,
)
from pilkades.demo.director import at, play
from pilkades.demo.scripts import CITY, CITY_SCRIPT, PERSONAS, REGENCY, WAVE_MOMENT
from pilkades.demo.waves import Part, list_city_parts, list_parts, open_city_wave, open_wave
from pilkades.packfiles import find_pack_source

Progress = Callable[[str], None]
DISTRICT = "35.05.10"


def is_played() -> bool:
    """Whether this installation has its demo already."""
    return User.objects.filter(is_demo_persona=True).exists()


@transaction.atomic
def play_regency(*, progress: Progress) -> None:
    """Play the whole demo, or nothing of it.

    Raises: `Regency.DoesNotExist` where the regions were not imported.
    """
    progress("Orang, peran, dan paket aturan")
    _appoint_officials()
    national, regional = _adopt_packs()
    progress("Gelombang Kabupaten Blitar dan Kota Batu")
    wave, city_wave = open_wave(regional), open_city_wave(national)
    parts = [*list_parts(wave), *list_city_parts(city_wave)]
    _play_year(parts, progress)
    progress("Waktu peragaan dan pilihan tokoh")
    _set_moments([(wave, WAVE_MOMENT), (city_wave, CITY_SCRIPT.moment)], parts)
    appoint(username=OUTSIDER, full_name="Mallory", role=None, region_code="", now=WAVE_MOMENT)
    mark_personas(PERSONAS)
    publish_checkpoint(now=WAVE_MOMENT)


def _appoint_officials() -> None:
    """Two persons of the desk from the command line; they invite the offices below them."""
    now = at(6, 1)
    for username, name, role, code in (
        (DESK, "Hadi Prasetyo", Role.REGENCY_DESK, REGENCY),
        (DEPARTMENT, "Endang Rahayu", Role.REGENCY_DESK, REGENCY),
        (AUDITOR, "Teguh Firmansyah", Role.AUDITOR, REGENCY),
        (CITY_DESK, "Wawan Setiawan", Role.REGENCY_DESK, CITY),
    ):
        appoint(username=username, full_name=name, role=role, region_code=code, now=now)
    for username, name, role in (
        (CAMAT, "Wahyu Hidayat", Role.DISTRICT_HEAD),
        (DISTRICT_COMMITTEE, "Puji Lestari", Role.DISTRICT_COMMITTEE),
    ):
        invite(
            by=DESK,
            username=username,
            full_name=name,
            role=role,
            region_code=DISTRICT,
            now=at(6, 3),
        )


def _adopt_packs() -> tuple[PackVersion, PackVersion]:
    """The national pack is installed; the regency's is put forward by one, adopted by another."""
    now = at(6, 8, 10)
    national = install_shipped_pack(data=find_pack_source("nasional"), now=now)
    proposed = propose_pack(
        actor=act_as(DESK, now=now),
        now=now,
        region_code=REGENCY,
        data=find_pack_source("blitar-2026"),
    )
    adopted = adopt_pack(
        actor=act_as(DEPARTMENT, now=now),
        now=at(6, 9, 9),
        pack_uuid=proposed.uuid,
        expected_version=proposed.version,
        effective_date=date(2026, 6, 9),
    )
    return national, adopted


def _play_year(parts: Sequence[Part], progress: Progress) -> None:
    """All villages together, day by day; one line for every month that begins."""
    told: set[int] = set()

    def tell(moment: datetime) -> None:
        if moment.month not in told:
            told.add(moment.month)
            progress(f"Peragaan {format_plain_date(moment.date())} ...")

    play(((part.village, story) for part in parts for story in part.stories), progress=tell)


def _set_moments(waves: Sequence[tuple[Wave, datetime]], parts: Sequence[Part]) -> None:
    """Let every wave and every village stand where its story ends."""
    for wave, moment in waves:
        set_wave_moment(now=moment, wave_uuid=wave.uuid, moment=moment)
    for part in parts:
        if part.moment is not None:
            set_election_moment(
                now=part.moment, election_uuid=part.village.election_uuid, moment=part.moment
            )
