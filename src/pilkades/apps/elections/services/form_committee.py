"""The village council forms the committee with its decree, and replaces a member."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from pilkades.apps.accounts.models import User
from pilkades.apps.accounts.roles import Actor, Role
from pilkades.apps.accounts.selectors import get_actor, has_role, list_assignments_in_force
from pilkades.apps.accounts.services import (
    grant_role,
    invite_person,
    require_role,
    revoke_role,
)
from pilkades.apps.audit.services import append, commit_to
from pilkades.apps.elections.models import (
    CommitteeElement,
    CommitteeMember,
    CommitteePosition,
    ElectionCommittee,
)
from pilkades.apps.elections.selectors.village_access import COUNCIL_ROLES
from pilkades.apps.elections.selectors.village_elections import (
    VillageElection,
    lock_village_election,
)
from pilkades.apps.elections.services.documents import keep_document
from pilkades.apps.elections.services.marking import mark_step
from pilkades.apps.elections.services.sealed_events import append_sealed
from pilkades.errors import ConflictError, MalformedInputError
from pilkades.law.committee import CommitteeRules, Element, Position, Seat, check_committee
from pilkades.text import Text

FORMATION_STEP = "committee_formation"
ROLE_OF = {
    CommitteePosition.CHAIR: Role.COMMITTEE_CHAIR,
    CommitteePosition.SECRETARY: Role.COMMITTEE_MEMBER,
    CommitteePosition.MEMBER: Role.COMMITTEE_MEMBER,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberInput:
    """One line of the decree; `username` opens or names the account that acts for the person."""

    full_name: str
    position: CommitteePosition
    element: CommitteeElement
    username: str = ""


@dataclass(frozen=True, slots=True)
class FormedCommittee:
    """The committee, and the activation links of new accounts, which are shown once."""

    committee: ElectionCommittee
    links: tuple[tuple[str, str], ...]


@transaction.atomic
def form_committee(
    *,
    actor: Actor,
    now: datetime,
    election_pk: int,
    decree_number: str,
    decree_date: date,
    members: Sequence[MemberInput],
    decree_file: bytes = b"",
) -> FormedCommittee:
    """Record the BPD's decree on the committee and open its members' accounts.

    Allowed: the BPD of the village.
    Requires: no committee yet; number, positions and elements as the pack says; a decree of today
    or earlier.
    Effects: committee, members, roles and invitations; the step of the timetable;
    `committee.formed`.
    Raises: PermissionDenied, ConflictError, RuleViolationError, MalformedInputError.
    """
    context = lock_village_election(election_pk)

    require_role(actor, COUNCIL_ROLES, context.village_code)

    _require_past(decree_date, context.local_date(now))
    _require_once(members)
    check_committee(
        rules=CommitteeRules.from_pack(context.pack),
        seats=[Seat(Position(item.position), Element(item.element)) for item in members],
    )

    committee = _create(context, actor, now, decree_number, decree_date, decree_file)
    links = tuple(_seat_members(context, committee, members, actor, now))
    mark_step(
        election=context.election,
        step_id=FORMATION_STEP,
        actor=actor,
        now=now,
        finished_on=decree_date,
    )

    append_sealed(
        event="committee.formed",
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"election:{context.election.uuid}",
        article=context.article_of(FORMATION_STEP),
        data={
            "members": len(members),
            "decree_date": decree_date.isoformat(),
        },
        sealed={"decree_number": decree_number},
    )
    return FormedCommittee(committee=committee, links=links)


@transaction.atomic
def replace_member(
    *,
    actor: Actor,
    now: datetime,
    member_uuid: UUID,
    expected_version: int,
    left_date: date,
    reason: str,
    successor: MemberInput,
) -> FormedCommittee:
    """Take a member out and seat a successor in the same position.

    Allowed: the BPD of the village.
    Requires: a member in office; the committee stays as the pack says.
    Effects: the seat changes hands, the role of the one who leaves ends at once.
    `committee.member_replaced`.
    Raises: PermissionDenied, ConflictError, RuleViolationError, MalformedInputError.
    """
    member = CommitteeMember.objects.select_related("committee").get(uuid=member_uuid)
    committee = ElectionCommittee.objects.select_for_update().get(pk=member.committee_id)
    _require_fresh(committee, expected_version)
    context = lock_village_election(committee.election_id)

    require_role(actor, COUNCIL_ROLES, context.village_code)

    _require_past(left_date, context.local_date(now))
    _require_in_office(member)
    _check_after(context, committee, member, successor)

    member.left_date, member.left_reason = left_date, reason
    member.left_reason_salt, commitment = commit_to(reason)
    member.save(update_fields=["left_date", "left_reason", "left_reason_salt"])
    _end_role(context, member, actor, now)
    links = tuple(_seat_members(context, committee, [successor], actor, now, order=member.order))
    committee.version += 1
    committee.save(update_fields=["version"])

    append(
        event="committee.member_replaced",
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"election:{context.election.uuid}",
        article=context.article_of(FORMATION_STEP),
        data={"position": member.position, "reason_commitment": commitment},
    )
    return FormedCommittee(committee=committee, links=links)


def _create(
    context: VillageElection,
    actor: Actor,
    now: datetime,
    decree_number: str,
    decree_date: date,
    decree_file: bytes,
) -> ElectionCommittee:
    try:
        with transaction.atomic():
            return ElectionCommittee.objects.create(
                election=context.election,
                decree_number=decree_number,
                decree_date=decree_date,
                decree_file=keep_document(decree_file, name="SK panitia") if decree_file else None,
                formed_by_id=actor.user_id,
                formed_at=now,
            )
    except IntegrityError as error:
        raise ConflictError(
            "committee.formed",
            Text(
                "Panitia untuk pemilihan ini sudah dibentuk lebih dahulu. Isian Anda belum "
                "disimpan. Buka halaman panitia untuk melihat susunannya."
            ),
        ) from error


def _seat_members(
    context: VillageElection,
    committee: ElectionCommittee,
    members: Sequence[MemberInput],
    actor: Actor,
    now: datetime,
    order: int | None = None,
) -> list[tuple[str, str]]:
    """Seat each member; returns name and link of every new account."""
    links = []
    for place, item in enumerate(members):
        user, token = _open_account(context, committee, item, actor, now)
        CommitteeMember.objects.create(
            committee=committee,
            full_name=item.full_name,
            position=item.position,
            element=item.element,
            user=user,
            order=place if order is None else order,
            joined_date=committee.decree_date if order is None else context.local_date(now),
        )
        if token:
            links.append((item.full_name, token))
    return links


def _open_account(
    context: VillageElection,
    committee: ElectionCommittee,
    item: MemberInput,
    actor: Actor,
    now: datetime,
) -> tuple[User | None, str]:
    if not item.username:
        return None, ""
    role = ROLE_OF[item.position]
    user = User.objects.filter(username=item.username.strip().lower()).first()
    if user is None:
        invitation = invite_person(
            actor=actor,
            username=item.username,
            full_name=item.full_name,
            email="",
            role=role,
            region_code=context.village_code,
            now=now,
            decree=committee.decree_number,
        )
        return invitation.user, invitation.token
    if not has_role(get_actor(user, now=now), (role,), context.village_code):
        grant_role(
            actor=actor,
            user=user,
            role=role,
            region_code=context.village_code,
            now=now,
            decree=committee.decree_number,
        )
    return user, ""


def _end_role(
    context: VillageElection, member: CommitteeMember, actor: Actor, now: datetime
) -> None:
    if member.user_id is None:
        return
    role = ROLE_OF[CommitteePosition(member.position)]
    held = list_assignments_in_force(now=now).filter(
        user_id=member.user_id, role=role, region_code=context.village_code
    )
    for assignment in held:
        revoke_role(actor=actor, assignment=assignment, now=now, reason=member.left_reason)


def _check_after(
    context: VillageElection,
    committee: ElectionCommittee,
    member: CommitteeMember,
    successor: MemberInput,
) -> None:
    if successor.position != member.position:
        raise MalformedInputError(
            "committee.successor",
            Text("Pengganti menempati kedudukan yang sama dengan anggota yang diganti."),
        )
    staying = committee.members.filter(left_date__isnull=True).exclude(pk=member.pk)
    seats = [Seat(Position(item.position), Element(item.element)) for item in staying]
    seats.append(Seat(Position(successor.position), Element(successor.element)))
    check_committee(rules=CommitteeRules.from_pack(context.pack), seats=seats)


def _require_past(day: date, today: date) -> None:
    if day > today:
        raise MalformedInputError(
            "committee.date",
            Text("Tanggal {day} belum tiba. Periksa tanggal pada surat keputusan.", day=day),
        )


def _require_once(members: Sequence[MemberInput]) -> None:
    usernames = [item.username.strip().lower() for item in members if item.username.strip()]
    if len(set(usernames)) != len(usernames):
        raise MalformedInputError(
            "committee.twice",
            Text("Satu akun dipakai untuk dua anggota. Setiap anggota memakai akunnya sendiri."),
        )


def _require_fresh(committee: ElectionCommittee, expected_version: int) -> None:
    if committee.version != expected_version:
        raise ConflictError(
            "committee.stale",
            Text(
                "Susunan panitia sudah diubah orang lain. Isian Anda belum disimpan. Muat ulang "
                "halaman, periksa, lalu ulangi bila masih perlu."
            ),
        )


def _require_in_office(member: CommitteeMember) -> None:
    if member.left_date is not None:
        raise ConflictError(
            "committee.left",
            Text(
                "{name} sudah tidak menjadi anggota panitia sejak {day}.",
                name=member.full_name,
                day=member.left_date,
            ),
        )
