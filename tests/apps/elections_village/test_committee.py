"""The BPD forms the committee: by its decree, by the pack's numbers, and nobody else does."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from pilkades.apps.accounts.models import RoleAssignment, User
from pilkades.apps.accounts.roles import Role
from pilkades.apps.audit.models import Event
from pilkades.apps.elections.models import CommitteeElement, CommitteeMember, CommitteePosition
from pilkades.apps.elections.services.form_committee import MemberInput, replace_member
from pilkades.errors import ConflictError, MalformedInputError, RuleViolationError
from tests.apps.village_cast import FORMED, MEMBERS, VILLAGE, VillageCast, at, form, make_village


@pytest.fixture
def cast(db: None) -> VillageCast:
    return make_village(with_committee=False)


def test_the_council_forms_the_committee_and_its_members_get_their_roles(
    cast: VillageCast,
) -> None:
    formed = form(cast)
    assert formed.committee.members.count() == 5
    assert cast.actor("sari", FORMED).roles == ((Role.COMMITTEE_CHAIR, VILLAGE),)
    assert cast.actor("slamet", FORMED).roles == ((Role.COMMITTEE_MEMBER, VILLAGE),)
    event = Event.objects.get(event="committee.formed")
    assert event.article
    assert "Sari" not in event.leaf


def test_the_day_of_the_decree_ends_the_step_of_the_timetable(cast: VillageCast) -> None:
    form(cast)
    fact = cast.election.stage_facts.get(step_id="committee_formation")
    assert fact.finished_on == date(2026, 7, 17)


def test_a_new_member_gets_an_account_and_a_link(cast: VillageCast) -> None:
    newcomer = replace(MEMBERS[4], username="bu.tumini")
    formed = form(cast, members=[*MEMBERS[:4], newcomer])
    assert [name for name, _ in formed.links] == ["Bu Tumini"]
    assert User.objects.filter(username="bu.tumini").exists()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"members": MEMBERS[:4]}, "committee.size"),
        ({"members": (*MEMBERS, MEMBERS[4])}, "committee.odd"),
    ],
)
def test_a_committee_of_another_size_is_refused_with_its_article(
    cast: VillageCast, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(RuleViolationError) as caught:
        form(cast, **changes)
    assert caught.value.code == code
    assert caught.value.article


def test_one_account_cannot_be_two_members(cast: VillageCast) -> None:
    double = replace(MEMBERS[4], username="Bu.Sari ")
    with pytest.raises(MalformedInputError, match=r"committee\.twice"):
        form(cast, members=[*MEMBERS[:4], double])


def test_a_decree_of_tomorrow_is_refused(cast: VillageCast) -> None:
    with pytest.raises(MalformedInputError, match=r"committee\.date"):
        form(cast, decree_date=date(2026, 7, 18))


def test_a_second_committee_is_refused_and_nothing_is_lost(cast: VillageCast) -> None:
    form(cast)
    with pytest.raises(ConflictError, match=r"committee\.formed"):
        form(cast, decree_number="4/BPD/2026")
    assert CommitteeMember.objects.count() == 5


@pytest.mark.parametrize("name", ["mallory", "sari", "desk", "camat", "dewi"])
def test_nobody_but_the_council_of_this_village_forms_it(cast: VillageCast, name: str) -> None:
    with pytest.raises(PermissionDenied):
        form(cast, actor=cast.actor(name, FORMED))


def test_a_member_is_replaced_and_loses_the_role(cast: VillageCast) -> None:
    committee = form(cast).committee
    leaving = committee.members.get(full_name="Mbak Rini")
    now = at(8, 3)
    replace_member(
        actor=cast.actor("bayu", now),
        now=now,
        member_uuid=leaving.uuid,
        expected_version=committee.version,
        left_date=date(2026, 8, 3),
        reason="Pindah ke luar kota",
        successor=MemberInput(
            full_name="Pak Joko",
            position=CommitteePosition.MEMBER,
            element=CommitteeElement.INSTITUTION,
        ),
    )
    assert committee.members.filter(left_date__isnull=True).count() == 5
    assert not RoleAssignment.objects.filter(user=cast.rini, revoked_at__isnull=True).exists()
    assert "Pindah" not in Event.objects.get(event="committee.member_replaced").leaf


def test_the_council_forms_a_committee_on_its_page(
    cast: VillageCast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pilkades.apps.design.clock.now", lambda: FORMED)
    rows: dict[str, object] = {
        "rows": 5,
        "decree_number": "3/BPD/2026",
        "decree_date": "2026-07-17",
    }
    people = [
        ("Bu Sari", "chair", "community", "bu.sari"),
        ("Pak Slamet", "secretary", "apparatus", "pak.slamet"),
        ("Bu Tumini", "member", "institution", "bu.tumini"),
        ("Pak Wagiman", "member", "community", ""),
        ("Mbak Rini", "member", "institution", "mbak.rini"),
    ]
    for row, (name, position, element, username) in enumerate(people):
        rows |= {
            f"m{row}-full_name": name,
            f"m{row}-position": position,
            f"m{row}-element": element,
            f"m{row}-username": username,
        }
    url = reverse("elections:village-committee-form", args=[VILLAGE])
    assert cast.client("mallory").post(url, rows).status_code == 403
    more = cast.client("bayu").post(url, {**rows, "add_row": "1"})
    assert "Anggota 6" in more.content.decode()
    formed = cast.client("bayu").post(url, rows, follow=True)
    body = formed.content.decode()
    assert "Pak Wagiman" in body
    assert "/akun/aktivasi/" in body
    paper = cast.client("bayu").get(reverse("elections:village-committee-paper", args=[VILLAGE]))
    assert paper.content.startswith(b"%PDF")
