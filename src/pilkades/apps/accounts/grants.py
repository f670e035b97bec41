"""Who may give which role to whom, and where.

Pure. A role is given from above and only inside the giver's own region; the committee of a village
is formed by its BPD or by the regency's desk. A role that opens a whole regency's data is in force
only when a second person has confirmed it. Nobody gives, confirms or ends a role of their own.

Law: Permendagri 112/2014 art. 7 (panitia kabupaten is formed by the bupati/wali kota) and
UU 6/2014 art. 32(2) with Permendagri 112/2014 art. 9 (the BPD forms the village's committee).
Which offices use the system beside them is practice, not law.
"""

from collections.abc import Iterable

from pilkades.apps.accounts.roles import Role, is_region_covered

# Length of the region code that a role is bound to: country 0, province 2, regency 5,
# district 8, village 13.
CODE_LENGTHS: dict[Role, frozenset[int]] = {
    Role.NATIONAL: frozenset({0}),
    Role.AUDITOR: frozenset({0, 2, 5}),
    Role.REGENCY_DESK: frozenset({5}),
    Role.REGENCY_HEAD: frozenset({5}),
    Role.DISTRICT_HEAD: frozenset({8}),
    Role.DISTRICT_COMMITTEE: frozenset({8}),
    Role.COMMITTEE_CHAIR: frozenset({13}),
    Role.COMMITTEE_MEMBER: frozenset({13}),
    Role.VILLAGE_COUNCIL: frozenset({13}),
    Role.VILLAGE_HEAD: frozenset({13}),
    Role.CANDIDATE: frozenset({13}),
    Role.AGENT: frozenset({13}),
}

_DESK = frozenset({Role.REGENCY_DESK})
GRANTERS: dict[Role, frozenset[Role]] = {
    Role.NATIONAL: frozenset({Role.NATIONAL}),
    Role.AUDITOR: frozenset({Role.REGENCY_HEAD, Role.NATIONAL}),
    Role.REGENCY_DESK: frozenset({Role.REGENCY_DESK, Role.REGENCY_HEAD, Role.NATIONAL}),
    Role.REGENCY_HEAD: _DESK,
    Role.DISTRICT_HEAD: _DESK,
    Role.DISTRICT_COMMITTEE: _DESK | {Role.DISTRICT_HEAD},
    Role.VILLAGE_COUNCIL: _DESK,
    Role.VILLAGE_HEAD: _DESK,
    Role.COMMITTEE_CHAIR: _DESK | {Role.VILLAGE_COUNCIL},
    # Not the chair: a member of the chair's making would be the second person of every rule of two.
    Role.COMMITTEE_MEMBER: _DESK | {Role.VILLAGE_COUNCIL},
    # Not the committee: whoever makes an account holds its first link and may renew its password,
    # and would sign for the candidate what the committee itself has set up.
    Role.CANDIDATE: _DESK,
    Role.AGENT: _DESK,
}

NEEDS_CONFIRMATION = frozenset({Role.NATIONAL, Role.AUDITOR, Role.REGENCY_DESK, Role.REGENCY_HEAD})

Holding = tuple[Role, str]


def may_grant(*, holdings: Iterable[Holding], role: Role, region_code: str) -> bool:
    """Whether somebody with these roles may give, confirm or end `role` in this region."""
    granters = GRANTERS[role]
    return any(
        held in granters and is_region_covered(by=code, region_code=region_code)
        for held, code in holdings
    )


def may_manage(*, holdings: Iterable[Holding], of_person: Iterable[Holding]) -> bool:
    """Whether somebody with these roles stands above a person: above every one of their roles.

    One role out of reach is enough to refuse: who could renew the password of a person could act
    as that person.
    """
    mine, theirs = tuple(holdings), tuple(of_person)
    return bool(theirs) and all(
        may_grant(holdings=mine, role=role, region_code=code) for role, code in theirs
    )


def list_grantable_roles(holdings: Iterable[Holding]) -> tuple[Role, ...]:
    """The roles that somebody with these roles may give somewhere, in the order of `Role`."""
    held = {role for role, _ in holdings}
    return tuple(role for role in Role if GRANTERS[role] & held)


def list_scopes(holdings: Iterable[Holding]) -> tuple[str, ...]:
    """The regions inside which somebody with these roles gives any role, widest first."""
    granting = frozenset[Role]().union(*GRANTERS.values())
    codes = sorted({code for role, code in holdings if role in granting}, key=len)
    widest: list[str] = []
    for code in codes:
        if not any(is_region_covered(by=above, region_code=code) for above in widest):
            widest.append(code)
    return tuple(widest)
