"""Who may look at the desk's pages, and how far: a whole regency, or a district of it."""

from pilkades.apps.accounts.roles import Actor, Role, is_region_covered
from pilkades.apps.accounts.selectors import has_role

DESK_ROLES = (Role.REGENCY_DESK,)
REGENCY_VIEW_ROLES = (Role.REGENCY_DESK, Role.REGENCY_HEAD, Role.AUDITOR, Role.NATIONAL)
DISTRICT_VIEW_ROLES = (Role.DISTRICT_HEAD, Role.DISTRICT_COMMITTEE)

OWNER_ROLES: dict[str, tuple[Role, ...]] = {
    "panitia": (Role.COMMITTEE_CHAIR, Role.COMMITTEE_MEMBER),
    "kpps": (Role.COMMITTEE_CHAIR, Role.COMMITTEE_MEMBER),
    "calon": (Role.COMMITTEE_CHAIR, Role.COMMITTEE_MEMBER),
    "bpd": (Role.VILLAGE_COUNCIL,),
    "kepala_desa": (Role.VILLAGE_HEAD,),
    "camat": (Role.DISTRICT_HEAD,),
    "panitia_kecamatan": (Role.DISTRICT_COMMITTEE,),
    "panitia_kabupaten": (Role.REGENCY_DESK,),
    "kepala_daerah": (Role.REGENCY_HEAD,),
}
"""Who records a step, by the owner that the pack names; candidates and KPPS act through the
committee, which keeps the minutes."""


def find_view_region(actor: Actor, regency_code: str) -> str | None:
    """The region of this regency that the actor may look over, None if there is none.

    A camat sees the villages of the district, and of the first such district if there are several.
    """
    if has_role(actor, REGENCY_VIEW_ROLES, regency_code):
        return regency_code
    districts = [
        code
        for role, code in actor.roles
        if role in DISTRICT_VIEW_ROLES and is_region_covered(by=regency_code, region_code=code)
    ]
    return districts[0] if districts else None


def may_run_desk(actor: Actor, regency_code: str) -> bool:
    """Whether the actor may change waves of this regency."""
    return has_role(actor, DESK_ROLES, regency_code)


def may_record_step(actor: Actor, *, owner: str, village_code: str) -> bool:
    """Whether the actor may record what happened in a step: its owner's office, or the desk."""
    roles = (*OWNER_ROLES.get(owner, ()), *DESK_ROLES)
    return has_role(actor, roles, village_code)


def list_regency_codes(actor: Actor) -> list[str]:
    """The regencies whose waves the actor may look at, in order of code; "" stands for all."""
    roles = (*REGENCY_VIEW_ROLES, *DISTRICT_VIEW_ROLES)
    codes = {".".join(code.split(".")[:2]) if code else "" for r, code in actor.roles if r in roles}
    return [""] if "" in codes else sorted(codes)
