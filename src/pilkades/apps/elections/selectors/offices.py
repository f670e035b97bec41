"""The offices a pack speaks of, as roles, and the region for which each holds office."""

from pilkades.apps.accounts.roles import Role

OFFICE_ROLES: dict[str, tuple[Role, ...]] = {
    "panitia": (Role.COMMITTEE_CHAIR,),
    "panitia_kabupaten": (Role.REGENCY_DESK,),
    "panitia_kecamatan": (Role.DISTRICT_COMMITTEE,),
    "bpd": (Role.VILLAGE_COUNCIL,),
    "kepala_desa": (Role.VILLAGE_HEAD,),
    "camat": (Role.DISTRICT_HEAD,),
    "kepala_daerah": (Role.REGENCY_HEAD,),
}

_PARTS = {
    Role.NATIONAL: 0,
    Role.REGENCY_DESK: 2,
    Role.REGENCY_HEAD: 2,
    Role.AUDITOR: 2,
    Role.DISTRICT_HEAD: 3,
    Role.DISTRICT_COMMITTEE: 3,
}


def get_office_region(role: Role, village_code: str) -> str:
    """The region in which the office sits that is responsible for this village."""
    return ".".join(village_code.split(".")[: _PARTS.get(role, 4)])
