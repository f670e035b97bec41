"""A small regency with its people."""

import pytest

from pilkades.apps.accounts.models import RoleAssignment, User
from pilkades.apps.accounts.roles import Role
from pilkades.apps.regions.models import District, Province, Regency, Village, VillageWord
from tests.apps.accounts_cast import LONG_AGO, PASSWORD, REGENCY, VILLAGE, MakePerson


@pytest.fixture
def regions(db: None) -> None:
    """Two regencies, so that there is an outside."""
    Province.objects.create(
        code="35", name="Jawa Timur", search_name="jawa timur", time_zone="Asia/Jakarta"
    )
    for code, name in (("35.05", "Blitar"), ("35.06", "Kediri")):
        Regency.objects.create(
            code=code,
            name=f"Kabupaten {name}",
            search_name=f"kabupaten {name.lower()}",
            province_id="35",
            kind="KABUPATEN",
        )
        District.objects.create(
            code=f"{code}.01", name=f"{name} Kota", search_name="kota", regency_id=code
        )
        for number, village in ((2001, "Pikatan"), (2002, "Gandekan")):
            Village.objects.create(
                code=f"{code}.01.{number}",
                name=village,
                search_name=village.lower(),
                district_id=f"{code}.01",
                kind="DESA",
            )
            VillageWord.objects.create(village_id=f"{code}.01.{number}", word=village.lower())


@pytest.fixture
def person(regions: None) -> MakePerson:
    """Make somebody with roles in force: `person("sari", (Role.COMMITTEE_CHAIR, VILLAGE))`."""

    def make(username: str, *roles: tuple[Role, str], full_name: str = "") -> User:
        user = User.objects.create_user(
            username, PASSWORD, full_name=full_name or username.title(), created_at=LONG_AGO
        )
        for role, code in roles:
            RoleAssignment.objects.create(
                user=user, role=role, region_code=code, valid_from=LONG_AGO, granted_at=LONG_AGO
            )
        return user

    return make


@pytest.fixture
def desk(person: MakePerson) -> User:
    """Pak Hadi of the regency's desk."""
    return person("hadi", (Role.REGENCY_DESK, REGENCY), full_name="Hadi Purnomo")


@pytest.fixture
def chair(person: MakePerson) -> User:
    """Bu Sari, who chairs the committee of a village."""
    return person("sari", (Role.COMMITTEE_CHAIR, VILLAGE), full_name="Sari Wahyuni")


@pytest.fixture
def mallory(person: MakePerson) -> User:
    """Mallory of the desk next door, who tries what is not theirs."""
    return person("mallory", (Role.REGENCY_DESK, "35.06"), full_name="Mallory")
