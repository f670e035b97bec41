"""Giving, confirming and ending a role."""

import secrets
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from pilkades.apps.accounts.event_clock import get_event_moment
from pilkades.apps.accounts.grants import CODE_LENGTHS, NEEDS_CONFIRMATION, may_grant
from pilkades.apps.accounts.models import RoleAssignment, User
from pilkades.apps.accounts.roles import Actor, Role
from pilkades.apps.audit.services import append, commit_to
from pilkades.apps.regions.selectors import is_region_known
from pilkades.errors import ConflictError, MalformedInputError
from pilkades.ledger.commitment import SALT_SIZE, compute_commitment
from pilkades.text import Text


@transaction.atomic
def grant_role(
    *,
    actor: Actor,
    user: User,
    role: Role,
    region_code: str,
    now: datetime,
    valid_to: datetime | None = None,
    decree: str = "",
) -> RoleAssignment:
    """Give a person a role in a region.

    Allowed: who stands above the role (`accounts.grants`) in a region that covers this one.
    Requires: a known region of the role's level; an active account that is not the actor's own.
    Effects: an assignment, in force at once or, for the roles that open a whole regency, when a
        second person confirms it.
    Raises: PermissionDenied; ConflictError (role.held); MalformedInputError (role.region).
    """
    user = User.objects.select_for_update().get(pk=user.pk)

    _authorise(actor, user, role, region_code)

    _require_fitting_region(role, region_code)
    _require_not_held(user, role, region_code, now)

    assignment = _record(
        user, role, region_code, now=now, valid_to=valid_to, decree=decree, granted_by=actor.user_id
    )

    _append_granted(assignment, actor, now)
    return assignment


@transaction.atomic
def appoint_from_console(
    *, user: User, role: Role, region_code: str, now: datetime
) -> RoleAssignment:
    """Give a role from the command line of the server, as the first desk person gets theirs.

    Allowed: whoever runs commands on this machine; no page offers it.
    Requires: a known region of the role's level.
    Effects: an assignment in force at once; the event names no actor.
    Raises: ConflictError (role.held); MalformedInputError (role.region).
    """
    _require_fitting_region(role, region_code)
    _require_not_held(user, role, region_code, now)

    assignment = _record(user, role, region_code, now=now, granted_by=None)

    _append_granted(assignment, None, now)
    return assignment


@transaction.atomic
def confirm_role(*, actor: Actor, assignment: RoleAssignment, now: datetime) -> RoleAssignment:
    """Be the second person who puts a role in force.

    Allowed: who may grant the role there, but neither gave it nor receives it.
    Requires: an assignment that waits for confirmation.
    Effects: the role is in force from now.
    Raises: PermissionDenied; ConflictError (role.not-waiting).
    """
    assignment = _lock(assignment)

    _authorise(actor, assignment.user, Role(assignment.role), assignment.region_code)
    if assignment.granted_by_id == actor.user_id:
        raise PermissionDenied

    if not assignment.is_waiting:
        raise ConflictError(
            "role.not-waiting",
            Text("Peran ini sudah disetujui atau sudah dicabut oleh orang lain."),
        )

    assignment.confirmed_by_id, assignment.confirmed_at = actor.user_id, now
    assignment.save(update_fields=["confirmed_by", "confirmed_at"])

    append(
        event="role.confirmed",
        actor=actor,
        at=get_event_moment(actor, now=now),
        region_code=assignment.region_code,
        subject=f"role:{assignment.uuid}",
        data={"role": assignment.role, "user": str(assignment.user.uuid)},
    )
    return assignment


@transaction.atomic
def revoke_role(
    *, actor: Actor, assignment: RoleAssignment, now: datetime, reason: str
) -> RoleAssignment:
    """End a role now; the row stays with who ended it and why.

    Allowed: who may grant the role there; never one's own.
    Requires: an assignment that has not ended.
    Effects: the role counts no longer, from the person's next request on.
    Raises: PermissionDenied; ConflictError (role.ended).
    """
    assignment = _lock(assignment)

    _authorise(actor, assignment.user, Role(assignment.role), assignment.region_code)

    if assignment.revoked_at is not None:
        raise ConflictError("role.ended", Text("Peran ini sudah dicabut oleh orang lain."))

    assignment.reason_salt, commitment = commit_to(reason)
    assignment.revoked_by_id, assignment.revoked_at = actor.user_id, now
    assignment.revoked_reason = reason
    assignment.save()

    append(
        event="role.revoked",
        actor=actor,
        at=get_event_moment(actor, now=now),
        region_code=assignment.region_code,
        subject=f"role:{assignment.uuid}",
        data={
            "role": assignment.role,
            "user": str(assignment.user.uuid),
            "reason_commitment": commitment,
        },
    )
    return assignment


def _lock(assignment: RoleAssignment) -> RoleAssignment:
    locked = RoleAssignment.objects.select_for_update(of=("self",)).select_related("user")
    return locked.get(pk=assignment.pk)


def _authorise(actor: Actor, user: User, role: Role, region_code: str) -> None:
    is_own = actor.user_id == user.pk
    if is_own or not may_grant(holdings=actor.roles, role=role, region_code=region_code):
        raise PermissionDenied


def _require_fitting_region(role: Role, region_code: str) -> None:
    if len(region_code) not in CODE_LENGTHS[role] or not is_region_known(region_code):
        raise MalformedInputError(
            "role.region",
            Text(
                "Peran {role} tidak dapat diberikan di wilayah {region}. Pilih wilayah setingkat "
                "peran itu. Belum ada yang disimpan.",
                role=str(role.label),
                region=region_code,
            ),
        )


def _require_not_held(user: User, role: Role, region_code: str, now: datetime) -> None:
    if not user.is_active:
        raise ConflictError("account.disabled", Text("Akun ini sudah dinonaktifkan."))
    open_ones = RoleAssignment.objects.filter(
        user=user, role=role, region_code=region_code, revoked_at=None
    ).exclude(valid_to__lte=now)
    if open_ones.exists():
        raise ConflictError(
            "role.held",
            Text(
                "{name} sudah memegang peran ini di wilayah ini, atau sedang menunggu "
                "persetujuan. Tidak ada yang berubah.",
                name=str(user),
            ),
        )


def _record(
    user: User,
    role: Role,
    region_code: str,
    *,
    now: datetime,
    granted_by: int | None,
    valid_to: datetime | None = None,
    decree: str = "",
) -> RoleAssignment:
    return RoleAssignment.objects.create(
        user=user,
        role=role,
        region_code=region_code,
        valid_from=now,
        valid_to=valid_to,
        decree=decree,
        decree_salt=secrets.token_hex(SALT_SIZE) if decree else "",
        granted_by_id=granted_by,
        granted_at=now,
        needs_confirmation=granted_by is not None and role in NEEDS_CONFIRMATION,
    )


def _append_granted(assignment: RoleAssignment, actor: Actor | None, now: datetime) -> None:
    data: dict[str, str | bool] = {
        "role": assignment.role,
        "user": str(assignment.user.uuid),
        "needs_confirmation": assignment.needs_confirmation,
    }
    if assignment.decree:
        salt = bytes.fromhex(assignment.decree_salt)
        data["decree_commitment"] = compute_commitment(salt=salt, value=assignment.decree).hex()
    append(
        event="role.granted",
        actor=actor,
        at=get_event_moment(actor, now=now),
        region_code=assignment.region_code,
        subject=f"role:{assignment.uuid}",
        data=data,
    )
