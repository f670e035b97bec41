"""Giving, confirming and ending roles, as services."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from pilkades.apps.accounts import services
from pilkades.apps.accounts.models import RoleAssignment, User
from pilkades.apps.accounts.roles import ANONYMOUS, Role
from pilkades.apps.accounts.selectors import get_actor, has_role, may_manage_user
from pilkades.apps.audit.models import Event
from pilkades.errors import ConflictError, MalformedInputError
from tests.apps.accounts_cast import (
    DISTRICT,
    FAR_VILLAGE,
    NOW,
    REGENCY,
    VILLAGE,
    MakePerson,
    actor_of,
)

pytestmark = pytest.mark.django_db


def grant(by: User, to: User, role: Role, code: str, **more: object) -> RoleAssignment:
    return services.grant_role(
        actor=actor_of(by),
        user=to,
        role=role,
        region_code=code,
        now=NOW,
        **more,  # type: ignore[arg-type]
    )


def test_desk_gives_a_role_in_its_own_regency_and_it_counts_at_once(
    desk: User, person: MakePerson
) -> None:
    budi = person("budi")

    grant(desk, budi, Role.COMMITTEE_CHAIR, VILLAGE)

    assert has_role(actor_of(budi), [Role.COMMITTEE_CHAIR], VILLAGE)
    assert not has_role(actor_of(budi), [Role.COMMITTEE_CHAIR], FAR_VILLAGE)


def test_granting_is_an_event_without_the_name_or_the_decree(
    desk: User, person: MakePerson
) -> None:
    budi = person("budi", full_name="Budi Santoso")

    assignment = grant(desk, budi, Role.COMMITTEE_CHAIR, VILLAGE, decree="188/12/Budi Santoso")

    leaf = Event.objects.get(event="role.granted").leaf
    assert "Budi" not in leaf
    assert "188/12" not in leaf
    assert str(budi.uuid) in leaf
    assert assignment.decree_salt


def test_nobody_gives_a_role_outside_their_region(
    desk: User, mallory: User, person: MakePerson
) -> None:
    with pytest.raises(PermissionDenied):
        grant(desk, person("budi"), Role.COMMITTEE_CHAIR, FAR_VILLAGE)
    with pytest.raises(PermissionDenied):
        grant(mallory, person("joko"), Role.COMMITTEE_CHAIR, VILLAGE)


def test_nobody_gives_a_role_to_themselves(desk: User) -> None:
    with pytest.raises(PermissionDenied):
        grant(desk, desk, Role.COMMITTEE_CHAIR, VILLAGE)


@pytest.mark.parametrize("role", [Role.COMMITTEE_MEMBER, Role.COMMITTEE_CHAIR])
def test_chair_makes_nobody_who_could_be_the_second_of_two(
    chair: User, person: MakePerson, role: Role
) -> None:
    with pytest.raises(PermissionDenied):
        grant(chair, person("budi"), role, VILLAGE)


def test_visitor_gives_nothing(person: MakePerson) -> None:
    with pytest.raises(PermissionDenied):
        services.grant_role(
            actor=ANONYMOUS, user=person("a.b"), role=Role.AGENT, region_code=VILLAGE, now=NOW
        )


@pytest.mark.parametrize(
    ("role", "code"),
    [
        (Role.COMMITTEE_CHAIR, REGENCY),
        (Role.COMMITTEE_CHAIR, "35.05.01.2999"),
        (Role.DISTRICT_HEAD, VILLAGE),
    ],
)
def test_role_is_given_only_at_its_level_and_in_a_known_region(
    desk: User, person: MakePerson, role: Role, code: str
) -> None:
    with pytest.raises(MalformedInputError) as refused:
        grant(desk, person("budi"), role, code)
    assert refused.value.code == "role.region"


def test_role_that_is_held_is_not_given_twice(desk: User, person: MakePerson) -> None:
    budi = person("budi", (Role.COMMITTEE_CHAIR, VILLAGE))

    with pytest.raises(ConflictError):
        grant(desk, budi, Role.COMMITTEE_CHAIR, VILLAGE)


def test_database_holds_an_open_role_once(person: MakePerson) -> None:
    budi = person("budi", (Role.COMMITTEE_CHAIR, VILLAGE))

    with pytest.raises(IntegrityError), transaction.atomic():
        RoleAssignment.objects.create(user=budi, role=Role.COMMITTEE_CHAIR, region_code=VILLAGE)


def test_desk_role_counts_only_when_a_second_person_confirms(
    desk: User, person: MakePerson
) -> None:
    ani = person("ani")
    bupati = person("bupati", (Role.REGENCY_HEAD, REGENCY))

    waiting = grant(desk, ani, Role.REGENCY_DESK, REGENCY)

    assert actor_of(ani).roles == ()
    services.confirm_role(actor=actor_of(bupati), assignment=waiting, now=NOW)
    assert actor_of(ani).roles == ((Role.REGENCY_DESK, REGENCY),)


def test_neither_giver_nor_receiver_nor_outsider_confirms(
    desk: User, mallory: User, chair: User, person: MakePerson
) -> None:
    ani = person("ani")
    waiting = grant(desk, ani, Role.REGENCY_DESK, REGENCY)

    for somebody in (desk, ani, mallory, chair):
        with pytest.raises(PermissionDenied):
            services.confirm_role(actor=actor_of(somebody), assignment=waiting, now=NOW)
    assert actor_of(ani).roles == ()


def test_database_refuses_a_giver_who_confirms(desk: User, person: MakePerson) -> None:
    waiting = grant(desk, person("ani"), Role.REGENCY_DESK, REGENCY)

    with pytest.raises(IntegrityError), transaction.atomic():
        RoleAssignment.objects.filter(pk=waiting.pk).update(confirmed_by=desk, confirmed_at=NOW)


def test_second_confirmation_finds_the_first(desk: User, person: MakePerson) -> None:
    waiting = grant(desk, person("ani"), Role.REGENCY_DESK, REGENCY)
    bupati = person("bupati", (Role.REGENCY_HEAD, REGENCY))
    services.confirm_role(actor=actor_of(bupati), assignment=waiting, now=NOW)

    with pytest.raises(ConflictError):
        services.confirm_role(actor=actor_of(bupati), assignment=waiting, now=NOW)


def test_revoked_role_counts_no_longer_and_keeps_its_history(desk: User, chair: User) -> None:
    assignment = chair.role_assignments.get()

    services.revoke_role(
        actor=actor_of(desk), assignment=assignment, now=NOW, reason="SK penggantian"
    )

    assert actor_of(chair).roles == ()
    assignment.refresh_from_db()
    assert (assignment.revoked_by, assignment.revoked_reason) == (desk, "SK penggantian")
    assert "SK penggantian" not in Event.objects.get(event="role.revoked").leaf


def test_nobody_ends_their_own_role_or_one_above(desk: User, chair: User) -> None:
    with pytest.raises(PermissionDenied):
        services.revoke_role(
            actor=actor_of(desk), assignment=desk.role_assignments.get(), now=NOW, reason="x"
        )
    with pytest.raises(PermissionDenied):
        services.revoke_role(
            actor=actor_of(chair), assignment=desk.role_assignments.get(), now=NOW, reason="x"
        )


def test_ended_role_is_not_ended_twice(desk: User, chair: User) -> None:
    assignment = chair.role_assignments.get()
    services.revoke_role(actor=actor_of(desk), assignment=assignment, now=NOW, reason="x")

    with pytest.raises(ConflictError):
        services.revoke_role(actor=actor_of(desk), assignment=assignment, now=NOW, reason="y")


def test_role_counts_from_its_first_to_its_last_moment(desk: User, person: MakePerson) -> None:
    budi = person("budi")
    end = NOW + timedelta(days=1)
    grant(desk, budi, Role.COMMITTEE_CHAIR, VILLAGE, valid_to=end)

    assert not get_actor(budi, now=NOW - timedelta(seconds=1)).roles
    assert get_actor(budi, now=NOW).roles
    assert get_actor(budi, now=end - timedelta(seconds=1)).roles
    assert not get_actor(budi, now=end).roles


def test_closed_account_has_no_roles_whatever_it_was_given(desk: User, chair: User) -> None:
    services.set_account_active(actor=actor_of(desk), user=chair, is_active=False, now=NOW)
    chair.refresh_from_db()

    assert actor_of(chair) is ANONYMOUS


def test_person_with_one_role_out_of_reach_is_not_managed(
    desk: User, chair: User, person: MakePerson
) -> None:
    budi = person("budi", (Role.COMMITTEE_MEMBER, VILLAGE), (Role.VILLAGE_COUNCIL, VILLAGE))

    assert not may_manage_user(actor_of(chair), budi, now=NOW)
    assert may_manage_user(actor_of(desk), budi, now=NOW)
    assert not may_manage_user(actor_of(desk), desk, now=NOW)


def test_role_that_waits_already_protects_from_those_below(
    desk: User, chair: User, person: MakePerson
) -> None:
    budi = person("budi", (Role.COMMITTEE_MEMBER, VILLAGE))
    grant(desk, budi, Role.REGENCY_DESK, REGENCY)

    assert not may_manage_user(actor_of(chair), budi, now=NOW)


def test_require_role_refuses_the_outsider(chair: User, mallory: User) -> None:
    services.require_role(actor_of(chair), [Role.COMMITTEE_CHAIR], VILLAGE)
    for code in (FAR_VILLAGE, REGENCY, DISTRICT, ""):
        with pytest.raises(PermissionDenied):
            services.require_role(actor_of(chair), [Role.COMMITTEE_CHAIR], code)
    with pytest.raises(PermissionDenied):
        services.require_role(actor_of(mallory), [Role.REGENCY_DESK], VILLAGE)


def test_first_desk_person_is_appointed_from_the_command_line(
    regions: None, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("appoint", "hadi", name="Hadi", role="REGENCY_DESK", region=REGENCY)

    hadi = User.objects.get(username="hadi")
    assert get_actor(hadi).roles == ((Role.REGENCY_DESK, REGENCY),)
    assert "/akun/aktivasi/" in capsys.readouterr().out
    assert Event.objects.get(event="role.granted").actor_uuid is None


def test_command_line_refuses_a_region_that_does_not_fit(regions: None) -> None:
    with pytest.raises(CommandError, match="Pilih wilayah setingkat"):
        call_command("appoint", "hadi", name="Hadi", role="REGENCY_DESK", region=VILLAGE)
    assert not User.objects.exists()
