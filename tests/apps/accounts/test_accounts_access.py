"""Inviting people, links that open once, closing accounts, lost phones."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied

from pilkades.apps.accounts import services
from pilkades.apps.accounts.models import AccessLink, User
from pilkades.apps.accounts.roles import Role
from pilkades.apps.accounts.services.access import LIFETIME
from pilkades.apps.accounts.services.people import Invitation
from pilkades.apps.audit.models import Event
from pilkades.errors import ConflictError
from tests.apps.accounts_cast import (
    FAR_VILLAGE,
    NOW,
    PASSWORD,
    REGENCY,
    VILLAGE,
    MakePerson,
    actor_of,
)

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "sawah hijau subuh"


def invite(by: User, **changes: object) -> Invitation:
    facts = {
        "username": "budi.s",
        "full_name": "Budi Santoso",
        "email": "",
        "role": Role.COMMITTEE_CHAIR,
        "region_code": VILLAGE,
        "now": NOW,
    }
    return services.invite_person(actor=actor_of(by), **(facts | changes))  # type: ignore[arg-type]


def test_invited_person_sets_a_password_once_and_then_signs_in_with_it(desk: User) -> None:
    invitation = invite(desk)
    assert not invitation.user.has_usable_password()

    services.activate_account(token=invitation.token, password=NEW_PASSWORD, now=NOW)

    invitation.user.refresh_from_db()
    assert invitation.user.check_password(NEW_PASSWORD)
    assert actor_of(invitation.user).roles == ((Role.COMMITTEE_CHAIR, VILLAGE),)
    with pytest.raises(ConflictError):
        services.activate_account(token=invitation.token, password="lain sekali lagi", now=NOW)
    assert invitation.user.check_password(NEW_PASSWORD)


def test_token_stands_nowhere_in_the_database_nor_the_ledger(desk: User) -> None:
    token = invite(desk).token

    link = AccessLink.objects.get()
    assert token not in str(vars(link))
    assert all(token not in event.leaf for event in Event.objects.all())
    assert all("Budi" not in event.leaf for event in Event.objects.all())


def test_link_dies_after_its_days(desk: User) -> None:
    token = invite(desk).token

    with pytest.raises(ConflictError):
        services.activate_account(token=token, password=NEW_PASSWORD, now=NOW + LIFETIME)
    services.activate_account(
        token=token, password=NEW_PASSWORD, now=NOW + LIFETIME - timedelta(seconds=1)
    )


def test_fresh_link_kills_the_one_before(desk: User) -> None:
    invitation = invite(desk)

    fresh = services.issue_access_link(actor=actor_of(desk), user=invitation.user, now=NOW)

    with pytest.raises(ConflictError):
        services.activate_account(token=invitation.token, password=NEW_PASSWORD, now=NOW)
    services.activate_account(token=fresh, password=NEW_PASSWORD, now=NOW)


def test_username_and_mail_are_taken_in_any_spelling(desk: User) -> None:
    invite(desk, email="Budi@Desa.id")

    with pytest.raises(ConflictError):
        invite(desk, username="BUDI.S")
    with pytest.raises(ConflictError):
        invite(desk, username="budi.t", email="bUDI@desa.ID")
    assert User.objects.filter(username__startswith="budi").count() == 1


def test_invitation_is_all_or_nothing(desk: User) -> None:
    with pytest.raises(PermissionDenied):
        invite(desk, region_code=FAR_VILLAGE)
    assert not User.objects.filter(username="budi.s").exists()


def test_chair_cannot_get_a_link_into_an_account_above(
    chair: User, desk: User, person: MakePerson
) -> None:
    bpd = person("bpd", (Role.VILLAGE_COUNCIL, VILLAGE))
    for somebody in (desk, bpd, chair):
        with pytest.raises(PermissionDenied):
            services.issue_access_link(actor=actor_of(chair), user=somebody, now=NOW)
    assert not AccessLink.objects.exists()


def test_outsider_gets_no_link_and_closes_nothing(mallory: User, chair: User) -> None:
    actor = actor_of(mallory)
    with pytest.raises(PermissionDenied):
        services.issue_access_link(actor=actor, user=chair, now=NOW)
    with pytest.raises(PermissionDenied):
        services.set_account_active(actor=actor, user=chair, is_active=False, now=NOW)
    with pytest.raises(PermissionDenied):
        services.reset_second_factor(actor=actor, user=chair, now=NOW)


def test_closing_an_account_kills_its_links(desk: User) -> None:
    invitation = invite(desk)
    services.set_account_active(
        actor=actor_of(desk), user=invitation.user, is_active=False, now=NOW
    )

    with pytest.raises(ConflictError):
        services.activate_account(token=invitation.token, password=NEW_PASSWORD, now=NOW)
    with pytest.raises(ConflictError):
        services.issue_access_link(actor=actor_of(desk), user=invitation.user, now=NOW)


def test_account_is_closed_once(desk: User, chair: User) -> None:
    services.set_account_active(actor=actor_of(desk), user=chair, is_active=False, now=NOW)
    with pytest.raises(ConflictError):
        services.set_account_active(actor=actor_of(desk), user=chair, is_active=False, now=NOW)


def test_lost_phone_is_taken_off_by_those_above_and_watched(desk: User, chair: User) -> None:
    Authenticator.objects.create(user_id=chair.pk, type=Authenticator.Type.TOTP, data={})

    services.reset_second_factor(actor=actor_of(desk), user=chair, now=NOW)

    assert not Authenticator.objects.exists()
    assert chair.check_password(PASSWORD)
    event = Event.objects.get(event="account.second_factor_reset")
    assert event.actor_uuid == desk.uuid
    with pytest.raises(ConflictError):
        services.reset_second_factor(actor=actor_of(desk), user=chair, now=NOW)


def test_person_without_roles_is_below_those_who_gave_the_last_one(
    desk: User, mallory: User
) -> None:
    invitation = invite(desk)
    services.revoke_role(
        actor=actor_of(desk), assignment=invitation.assignment, now=NOW, reason="pindah"
    )

    services.issue_access_link(actor=actor_of(desk), user=invitation.user, now=NOW)
    with pytest.raises(PermissionDenied):
        services.issue_access_link(actor=actor_of(mallory), user=invitation.user, now=NOW)


def test_events_of_an_account_stand_in_the_region_of_its_role(desk: User) -> None:
    invite(desk)
    regions = set(Event.objects.values_list("region_code", flat=True))
    assert regions == {VILLAGE}
    assert REGENCY not in regions
