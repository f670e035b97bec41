"""The people and places of the desk's tests: a regency, a city beside it, and outsiders."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.test import Client

from pilkades.apps.accounts.models import RoleAssignment, User
from pilkades.apps.accounts.roles import Actor, Role
from pilkades.apps.accounts.selectors import get_actor
from pilkades.apps.regions.models import District, Province, Regency, Village
from pilkades.apps.regulations import services
from pilkades.apps.regulations.models import PackVersion
from pilkades.packfiles import find_pack_source

NOW = datetime(2026, 6, 15, 3, 0, tzinfo=UTC)
REGENCY, CITY = "35.05", "35.72"
DISTRICTS = {"35.05.01": "Wonodadi", "35.05.02": "Udanawu"}


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody who appears, by the part they play."""

    desk: User
    second: User
    camat: User
    council: User
    mallory: User
    dewi: User

    def actor(self, name: str, now: datetime = NOW) -> Actor:
        """One of them as the services see them."""
        return get_actor(getattr(self, name), now=now)

    def client(self, name: str) -> Client:
        """A browser in which one of them is signed in."""
        client = Client()
        client.force_login(getattr(self, name))
        return client


def make_regions(*, villages_per_district: int = 3) -> None:
    """Kabupaten Blitar with villages and one kelurahan, Kota Blitar beside it."""
    Province.objects.create(
        code="35", name="Jawa Timur", search_name="jawa timur", time_zone="Asia/Jakarta"
    )
    for code, name, kind in (
        (REGENCY, "Kabupaten Blitar", "KABUPATEN"),
        (CITY, "Kota Blitar", "KOTA"),
    ):
        Regency.objects.create(
            code=code, name=name, search_name=name.lower(), kind=kind, province_id="35"
        )
    for code, name in DISTRICTS.items():
        District.objects.create(code=code, name=name, search_name=name.lower(), regency_id=REGENCY)
        Village.objects.bulk_create(
            Village(
                code=f"{code}.{2001 + n}",
                name=f"{name} {n + 1}",
                search_name=f"{name} {n + 1}".lower(),
                district_id=code,
                kind="DESA",
            )
            for n in range(villages_per_district)
        )
    Village.objects.create(
        code="35.05.01.1001",
        name="Kelurahan Kota",
        search_name="kelurahan kota",
        district_id="35.05.01",
        kind="KELURAHAN",
    )


def make_cast() -> Cast:
    """Two officials of the desk, a camat, a BPD, a desk of elsewhere, and a voter."""
    return Cast(
        desk=_person("bu.wulan", "Bu Wulan", Role.REGENCY_DESK, REGENCY),
        second=_person("pak.hadi", "Pak Hadi", Role.REGENCY_DESK, REGENCY),
        camat=_person("pak.camat", "Pak Camat", Role.DISTRICT_HEAD, "35.05.01"),
        council=_person("bpd", "Ketua BPD", Role.VILLAGE_COUNCIL, "35.05.01.2001"),
        mallory=_person("mallory", "Mallory", Role.REGENCY_DESK, CITY),
        dewi=_person("mbak.dewi", "Mbak Dewi", None, ""),
    )


def install_packs(cast: Cast) -> PackVersion:
    """The national pack in force, Blitar's adopted by a second person."""
    services.install_shipped_pack(data=find_pack_source("nasional"), now=NOW)
    proposed = services.propose_pack(
        actor=cast.actor("desk"),
        now=NOW,
        region_code=REGENCY,
        data=find_pack_source("blitar-2026"),
    )
    return services.adopt_pack(
        actor=cast.actor("second"),
        now=NOW,
        pack_uuid=proposed.uuid,
        expected_version=proposed.version,
        effective_date=NOW.date(),
    )


def _person(username: str, full_name: str, role: Role | None, region_code: str) -> User:
    user = User.objects.create_user(username, full_name=full_name)
    if role is not None:
        RoleAssignment.objects.create(
            user=user,
            role=role,
            region_code=region_code,
            valid_from=datetime(2026, 1, 1, tzinfo=UTC),
        )
    return user
