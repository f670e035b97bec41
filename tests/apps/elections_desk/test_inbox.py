"""Inboxes: the office that the pack names, its own region, and nobody else."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from pilkades.apps.accounts.models import RoleAssignment
from pilkades.apps.accounts.roles import Role
from pilkades.apps.audit.models import Event
from pilkades.apps.elections.models import Election, InboxItem, Wave
from pilkades.apps.elections.selectors.inbox import get_item_text, list_inbox
from pilkades.apps.elections.services.inbox import finish_item, notify_offices
from pilkades.apps.elections.services.record_stage import record_step
from pilkades.apps.regulations.selectors import get_rule_pack
from pilkades.law.recipients import Matter
from pilkades.text import Text
from tests.apps.desk_cast import NOW, Cast

JULY = datetime(2026, 7, 20, 3, 0, tzinfo=UTC)


def _incident(election: Election, subject: str = "incident:1") -> list[InboxItem]:
    with transaction.atomic():
        return notify_offices(
            pack=get_rule_pack(election.wave.pack),
            election=election,
            matter=Matter.INCIDENT,
            subject=subject,
            text=Text("Hujan lebat di {village} sejak {day}.", village="X", day=date(2026, 7, 1)),
            now=NOW,
        )


def test_incident_reaches_the_offices_of_the_pack_in_their_own_region(
    cast: Cast, election: Election
) -> None:
    _incident(election)

    offices = InboxItem.objects.filter(kind="incident").values_list("for_role", "for_region_code")
    assert set(offices) == {
        ("REGENCY_DESK", "35.05"),
        ("DISTRICT_HEAD", "35.05.01"),
        ("DISTRICT_COMMITTEE", "35.05.01"),
    }


def test_sentence_comes_back_with_its_dates(election: Election) -> None:
    _incident(election)

    text = get_item_text(InboxItem.objects.filter(kind="incident")[0])

    assert text.params["day"] == date(2026, 7, 1)


def test_telling_the_same_matter_again_reopens_it_once(cast: Cast, election: Election) -> None:
    (first, *_) = _incident(election)
    finish_item(actor=cast.actor("desk"), now=NOW, item_uuid=first.uuid)

    _incident(election)

    first.refresh_from_db()
    assert first.done_at is None
    assert InboxItem.objects.filter(kind="incident", for_role="REGENCY_DESK").count() == 1


def test_camat_of_another_district_sees_and_finishes_nothing(cast: Cast, wave: Wave) -> None:
    other = wave.elections.get(village_id="35.05.02.2001")
    item = next(i for i in _incident(other) if i.for_role == "DISTRICT_HEAD")
    camat = cast.actor("camat")

    assert item not in list_inbox(camat, today=NOW.date())
    with pytest.raises(PermissionDenied):
        finish_item(actor=camat, now=NOW, item_uuid=item.uuid)


def test_deadline_appears_two_weeks_before_it_is_due(cast: Cast, election: Election) -> None:
    council = cast.actor("council")
    formation = InboxItem.objects.filter(subject="committee_formation", election=election)

    early = list_inbox(council, today=date(2026, 7, 2))
    near = list_inbox(council, today=date(2026, 7, 3))

    assert formation.get() not in early
    assert formation.get() in near


def test_recorded_step_takes_its_deadline_away(cast: Cast, election: Election) -> None:
    record_step(
        actor=cast.actor("council"),
        now=JULY,
        election_uuid=election.uuid,
        expected_version=election.version,
        step_id="committee_formation",
        started_on=date(2026, 7, 6),
        finished_on=date(2026, 7, 17),
    )

    assert not InboxItem.objects.filter(subject="committee_formation", election=election).exists()


def test_finishing_is_in_the_ledger_and_twice_is_once(cast: Cast, election: Election) -> None:
    item = InboxItem.objects.get(subject="committee_formation", election=election)

    finish_item(actor=cast.actor("council"), now=JULY, item_uuid=item.uuid)
    finish_item(actor=cast.actor("council"), now=JULY, item_uuid=item.uuid)

    assert Event.objects.filter(event="inbox.done").count() == 1


def test_inbox_page_shows_matters_and_alarms_of_the_district(
    cast: Cast, wave: Wave, election: Election, settings: Any
) -> None:
    settings.PILKADES_DEMO, settings.PILKADES_NOW = True, "2026-07-20T10:00:00+07:00"
    _incident(election)

    page = cast.client("camat").get(reverse("elections:inbox"))

    assert "Hujan lebat di X sejak 1 Juli 2026" in page.text
    assert "Tenggat di desa" in page.text
    assert "3 desa" in page.text


def test_inbox_page_stays_within_its_queries(
    cast: Cast, wave: Wave, settings: Any, django_assert_max_num_queries: Any
) -> None:
    settings.PILKADES_DEMO, settings.PILKADES_NOW = True, "2026-07-20T10:00:00+07:00"
    desk = cast.client("desk")
    desk.get(reverse("elections:inbox"))

    with django_assert_max_num_queries(15):
        assert desk.get(reverse("elections:inbox")).status_code == 200


def test_matter_of_another_office_does_not_exist_for_a_stranger(
    cast: Cast, election: Election
) -> None:
    item = InboxItem.objects.filter(election=election)[0]
    url = reverse("elections:inbox-finish", args=[item.uuid])

    assert cast.client("mallory").post(url).status_code == 404
    assert cast.client("dewi").get(reverse("elections:inbox")).status_code == 403


def test_seen_matter_moves_to_the_finished_ones(cast: Cast, election: Election) -> None:
    item = InboxItem.objects.get(subject="committee_formation", election=election)
    council = cast.client("council")

    council.post(reverse("elections:inbox-finish", args=[item.uuid]))

    page = council.get(reverse("elections:inbox"), {"selesai": "1"})
    assert "Pembentukan panitia" in page.text
    assert page.text.count("Tandai selesai") == 0


def test_inbox_is_exported(cast: Cast, election: Election) -> None:
    answer = cast.client("desk").get(reverse("elections:inbox"), {"unduh": "xlsx"})

    assert answer.content[:2] == b"PK"


def test_committee_of_the_district_receives_results_when_the_pack_says_so(
    cast: Cast, election: Election
) -> None:
    RoleAssignment.objects.create(
        user=cast.dewi,
        role=Role.DISTRICT_COMMITTEE,
        region_code="35.05.01",
        valid_from=datetime(2026, 1, 1, tzinfo=UTC),
    )
    with transaction.atomic():
        notify_offices(
            pack=get_rule_pack(election.wave.pack),
            election=election,
            matter=Matter.RESULT,
            subject="result",
            text=Text("Hasil sudah masuk."),
            now=NOW,
        )

    mine = list_inbox(cast.actor("dewi"), today=NOW.date())
    assert [item.kind for item in mine] == ["result"]


def test_every_item_leads_somewhere_its_reader_may_go(
    cast: Cast, election: Election, settings: Any
) -> None:
    settings.PILKADES_DEMO, settings.PILKADES_NOW = True, "2026-07-10T10:00:00+07:00"
    _incident(election)

    for name in ("desk", "camat", "council"):
        reader = cast.client(name)
        page = reader.get(reverse("elections:inbox"))
        links = re.findall(r'<p class="task-title"><a href="([^"]+)"', page.text)
        assert links, name
        assert all(reader.get(link).status_code == 200 for link in links), (name, links)
