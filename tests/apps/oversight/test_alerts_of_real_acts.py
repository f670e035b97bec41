"""Each alert of the trail from the act itself, done by pages and services and read by a watcher."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client

from pilkades.apps.accounts.models import RoleAssignment, User
from pilkades.apps.accounts.roles import Role
from pilkades.apps.accounts.selectors import get_actor
from pilkades.apps.accounts.services import confirm_role, grant_role, set_account_active, unmask
from pilkades.apps.audit.alerts import Alert
from pilkades.apps.audit.catalogue import get_alert_limits
from pilkades.apps.audit.models import Event
from pilkades.apps.audit.services import append
from pilkades.apps.elections.models import Candidacy
from pilkades.errors import PilkadesError
from tests.apps.village_cast import (
    REGISTRATION,
    VILLAGE,
    VillageCast,
    make_applicants,
    make_village,
)

LIMIT = get_alert_limits().unmask_limit
WINDOW = timedelta(minutes=get_alert_limits().unmask_window_minutes)


@pytest.fixture
def cast(db: None) -> VillageCast:
    return make_village()


@pytest.fixture
def inspector(cast: VillageCast) -> Client:
    """Bu Ratih of the inspectorate."""
    return sign_in(person("bu.ratih", "Bu Ratih", Role.AUDITOR, "35.05"))


def person(username: str, name: str, role: Role, code: str) -> User:
    user = User.objects.create_user(username, full_name=name)
    RoleAssignment.objects.create(
        user=user, role=role, region_code=code, valid_from=datetime(2026, 1, 1, tzinfo=UTC)
    )
    return user


def sign_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def warned(client: Client, alert: Alert) -> int:
    """How many events the trail shows under this alert."""
    response = client.get("/jejak-audit/", {"peringatan": alert.value})
    assert response.status_code == 200
    return int(response.context["table"].total)


def look(cast: VillageCast, files: list[Candidacy], times: int) -> None:
    """Bu Sari clicks on "tampilkan", from one file to the next."""
    sari = cast.client("sari")
    for number in range(times):
        file = files[number % len(files)]
        page = f"/ruang/{VILLAGE}/berkas/{file.uuid}/tampilkan/"
        assert sari.post(page).status_code == 200


def test_looks_at_many_masked_numbers_within_the_hour_are_warned_of(
    cast: VillageCast, inspector: Client
) -> None:
    files = make_applicants(cast, 2)
    look(cast, files, LIMIT)
    assert warned(inspector, Alert.MASS_UNMASK) == 0

    look(cast, files, 1)

    assert warned(inspector, Alert.MASS_UNMASK) == LIMIT + 1
    assert "Buka data massal" in inspector.get("/jejak-audit/").content.decode()


def test_looks_by_any_way_are_added_up_and_the_next_hour_begins_anew(
    cast: VillageCast, inspector: Client
) -> None:
    (file,) = make_applicants(cast, 1)
    look(cast, [file], LIMIT)
    last = Event.objects.latest("id").at
    for moment in (last + WINDOW, last):
        unmask(
            actor=cast.actor("sari"),
            roles=[Role.COMMITTEE_CHAIR],
            row=file,
            field="nik",
            subject=f"candidacy:{file.uuid}",
            region_code=VILLAGE,
            reason="verifikasi",
            now=moment,
        )
        expected = LIMIT + 1 if moment == last else 0
        assert warned(inspector, Alert.MASS_UNMASK) == expected


def test_a_second_factor_taken_off_from_above_is_warned_of(
    cast: VillageCast, inspector: Client
) -> None:
    TOTP.activate(cast.sari, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    assert warned(inspector, Alert.UNLOCK) == 0
    page = f"/orang/{cast.sari.uuid}/dua-langkah/"
    assert cast.client("desk").post(page).status_code == 302
    assert warned(inspector, Alert.UNLOCK) == 1


def test_work_at_night_is_warned_of_and_work_in_the_morning_is_not(
    cast: VillageCast, inspector: Client
) -> None:
    before = warned(inspector, Alert.NIGHT)
    for is_active, hour in ((False, 9), (True, 2)):
        set_account_active(
            actor=cast.actor("desk"),
            user=cast.bayu,
            is_active=is_active,
            now=REGISTRATION.replace(hour=hour),
        )
    assert warned(inspector, Alert.NIGHT) == before + 1
    page = inspector.get("/jejak-audit/", {"peringatan": Alert.NIGHT.value}).content.decode()
    assert "Akun diaktifkan kembali" in page


def test_who_granted_a_role_cannot_confirm_it_and_whoever_does_it_anyway_is_warned_of(
    cast: VillageCast, inspector: Client
) -> None:
    granted: dict[str, Any] = {
        "actor": cast.actor("desk"),
        "role": Role.DISTRICT_HEAD,
        "region_code": "35.05.02",
        "now": REGISTRATION,
    }
    assignment = grant_role(user=cast.dewi, **granted)
    with pytest.raises((PermissionDenied, PilkadesError)):
        confirm_role(actor=cast.actor("desk"), assignment=assignment, now=REGISTRATION)
    assert warned(inspector, Alert.SELF_APPROVAL) == 0

    # What no page lets through, from somebody who reached the services themselves.
    with transaction.atomic():
        append(
            event="role.confirmed",
            actor=get_actor(cast.desk, now=REGISTRATION),
            at=REGISTRATION,
            region_code="35.05.02",
            subject=f"role:{assignment.uuid}",
            data={"role": "DISTRICT_HEAD", "user": str(uuid4())},
        )

    assert warned(inspector, Alert.SELF_APPROVAL) == 1
