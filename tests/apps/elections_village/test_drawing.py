"""The public drawing, by lots and by commitments that anybody can recompute."""

from datetime import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from pilkades.apps.audit.models import Event
from pilkades.apps.elections.models import (
    Announcement,
    AnnouncementKind,
    AttendeeCapacity,
    Candidacy,
    Drawing,
    DrawingLot,
    DrawingMethod,
)
from pilkades.apps.elections.selectors.drawings import check_drawing
from pilkades.apps.elections.services import drawing as by_lots
from pilkades.apps.elections.services import drawing_attendance as attendance
from pilkades.apps.elections.services import sealed_drawing as sealed
from pilkades.errors import (
    ConflictError,
    MalformedInputError,
    ProofRejectedError,
    RuleViolationError,
)
from pilkades.law.application import ApplicationState
from pilkades.law.sealed_drawing import Reveal, commit_contribution
from tests.apps.village_cast import DETERMINATION, VillageCast, at, make_applicants

NOW = DETERMINATION


@pytest.fixture
def three(cast: VillageCast) -> list[Candidacy]:
    return make_applicants(cast, 3, state=ApplicationState.DETERMINED)


def _open(cast: VillageCast, method: DrawingMethod = DrawingMethod.LOTS) -> list[DrawingLot]:
    drawing = by_lots.open_drawing(
        actor=cast.actor("sari", NOW),
        now=NOW,
        election_pk=cast.election.pk,
        method=method,
        place="Balai desa",
    )
    return list(drawing.lots.order_by("position"))


def _arrive(cast: VillageCast, lot: DrawingLot, moment: datetime) -> None:
    attendance.record_arrival(
        actor=cast.actor("rini", NOW), now=NOW, lot_uuid=lot.uuid, arrived_at=moment
    )


def _draw(cast: VillageCast, lot: DrawingLot, turn: int, number: int) -> DrawingLot:
    return by_lots.record_lot(
        actor=cast.actor("rini", NOW), now=NOW, lot_uuid=lot.uuid, turn=turn, number=number
    )


def _sign_on_paper(cast: VillageCast, lot: DrawingLot, number: int) -> None:
    for person, is_confirmation in (("rini", False), ("slamet", True)):
        attendance.sign_lot_on_paper(
            actor=cast.actor(person, NOW),
            now=NOW,
            lot_uuid=lot.uuid,
            number=number,
            is_confirmation=is_confirmation,
        )


def _sign(cast: VillageCast, lot: DrawingLot, number: int) -> None:
    """With the own account, or on paper where there is none."""
    user = lot.candidacy.user
    name = next((name for name in ("kartika", "darto") if getattr(cast, name) == user), "")
    if not name:
        _sign_on_paper(cast, lot, number)
        return
    attendance.sign_lot(actor=cast.actor(name, NOW), now=NOW, lot_uuid=lot.uuid, number=number)


def _close(cast: VillageCast, lots: list[DrawingLot], by: str = "sari") -> Drawing:
    drawing = Drawing.objects.get(pk=lots[0].drawing_id)
    return by_lots.close_drawing(
        actor=cast.actor(by, NOW),
        now=NOW,
        drawing_uuid=drawing.uuid,
        expected_version=drawing.version,
    )


NUMBERS = (2, 3, 1)


def _hold(cast: VillageCast) -> list[DrawingLot]:
    lots = _open(cast)
    for place, (lot, number) in enumerate(zip(lots, NUMBERS, strict=True), start=1):
        _arrive(cast, lot, at(11, 2, 8, place))
        _draw(cast, lot, place, number)
    return lots


def test_a_drawing_by_lots_gives_the_numbers_and_announces_them(
    cast: VillageCast, three: list[Candidacy]
) -> None:
    lots = _hold(cast)
    for lot, number in zip(lots, NUMBERS, strict=True):
        _sign(cast, lot, number)
    _close(cast, lots)
    numbered = Candidacy.objects.order_by("registration_number")
    assert tuple(item.ballot_number for item in numbered) == NUMBERS
    assert {item.state for item in numbered} == {ApplicationState.NUMBERED}
    assert Announcement.objects.filter(kind=AnnouncementKind.CANDIDATES).count() == 1
    assert cast.election.stage_facts.get(step_id="determination").finished_on == NOW.date()


def test_a_candidate_signs_with_the_own_account_and_only_the_own_number(
    cast: VillageCast, three: list[Candidacy]
) -> None:
    lots = _hold(cast)
    signed = attendance.sign_lot(
        actor=cast.actor("kartika", NOW), now=NOW, lot_uuid=lots[0].uuid, number=2
    )
    assert signed.is_signed
    for name in ("darto", "sari", "mallory", "dewi"):
        with pytest.raises(PermissionDenied):
            attendance.sign_lot(
                actor=cast.actor(name, NOW), now=NOW, lot_uuid=lots[2].uuid, number=1
            )
    with pytest.raises(ConflictError, match=r"drawing\.number-changed"):
        attendance.sign_lot(
            actor=cast.actor("darto", NOW), now=NOW, lot_uuid=lots[1].uuid, number=1
        )


def test_a_signature_on_paper_is_seen_by_two_officers(
    cast: VillageCast, three: list[Candidacy]
) -> None:
    Candidacy.objects.filter(pk=three[0].pk).update(user=None)
    lots = _hold(cast)
    for is_confirmation in (False, True):
        call: dict[str, Any] = {
            "actor": cast.actor("rini", NOW),
            "now": NOW,
            "lot_uuid": lots[0].uuid,
            "number": 2,
            "is_confirmation": is_confirmation,
        }
        if is_confirmation:
            with pytest.raises(RuleViolationError, match="two-people"):
                attendance.sign_lot_on_paper(**call)
        else:
            assert not attendance.sign_lot_on_paper(**call).is_signed


def test_no_two_officers_sign_for_a_candidate_with_an_account(
    cast: VillageCast, three: list[Candidacy]
) -> None:
    lots = _hold(cast)
    with pytest.raises(RuleViolationError, match=r"signature\.has-account"):
        _sign_on_paper(cast, lots[0], 2)
    assert not DrawingLot.objects.get(pk=lots[0].pk).kind


def test_nothing_is_closed_without_every_signature(
    cast: VillageCast, three: list[Candidacy]
) -> None:
    lots = _hold(cast)
    _sign(cast, lots[0], 2)
    with pytest.raises(RuleViolationError) as caught:
        _close(cast, lots)
    assert caught.value.code == "drawing.signed"
    assert Candidacy.objects.filter(ballot_number__isnull=False).count() == 0


def test_a_corrected_number_is_signed_anew(cast: VillageCast, three: list[Candidacy]) -> None:
    lots = _hold(cast)
    _sign(cast, lots[0], 2)
    assert not _draw(cast, lots[0], 1, 2).is_signed


def test_two_candidates_cannot_have_one_number(cast: VillageCast, three: list[Candidacy]) -> None:
    lots = _open(cast)
    _draw(cast, lots[0], 1, 1)
    with pytest.raises(ConflictError, match=r"drawing\.number-taken"):
        _draw(cast, lots[1], 2, 1)
    with pytest.raises(MalformedInputError, match=r"drawing\.numbers"):
        _draw(cast, lots[1], 2, 4)


def test_who_came_first_draws_first_where_the_pack_says_so(
    cast: VillageCast, three: list[Candidacy]
) -> None:
    lots = _hold(cast)
    _arrive(cast, lots[0], at(11, 2, 9, 0))
    for lot, number in zip(lots, NUMBERS, strict=True):
        _sign(cast, lot, number)
    with pytest.raises(RuleViolationError, match=r"drawing\.turn_order"):
        _close(cast, lots)


def test_people_present_sign_the_attendance(cast: VillageCast, three: list[Candidacy]) -> None:
    lots = _open(cast)
    attendee = attendance.add_attendee(
        actor=cast.actor("rini", NOW),
        now=NOW,
        drawing_uuid=lots[0].drawing.uuid,
        full_name="Pak Bayu",
        capacity=AttendeeCapacity.COUNCIL,
        arrived_at=at(11, 2, 8, 0),
        user_id=cast.bayu.pk,
    )
    with pytest.raises(PermissionDenied):
        attendance.sign_attendance(
            actor=cast.actor("mallory", NOW), now=NOW, attendee_uuid=attendee.uuid
        )
    signed = attendance.sign_attendance(
        actor=cast.actor("bayu", NOW), now=NOW, attendee_uuid=attendee.uuid
    )
    assert signed.is_signed
    assert "Bayu" not in Event.objects.get(event="drawing.attendee_added").leaf


@pytest.mark.parametrize("name", ["slamet", "mallory", "bayu", "kartika", "dewi"])
def test_only_the_chair_opens_and_closes(
    cast: VillageCast, three: list[Candidacy], name: str
) -> None:
    with pytest.raises(PermissionDenied):
        by_lots.open_drawing(
            actor=cast.actor(name, NOW),
            now=NOW,
            election_pk=cast.election.pk,
            method=DrawingMethod.LOTS,
            place="Balai desa",
        )
    lots = _hold(cast)
    with pytest.raises(PermissionDenied):
        _close(cast, lots, by=name)


def test_a_drawing_before_the_determination_is_refused(cast: VillageCast) -> None:
    make_applicants(cast, 2)
    with pytest.raises(RuleViolationError, match=r"drawing\.candidates"):
        _open(cast)


def test_a_cancelled_drawing_makes_room_for_another_and_stays_readable(
    cast: VillageCast, three: list[Candidacy]
) -> None:
    lots = _hold(cast)
    by_lots.cancel_drawing(
        actor=cast.actor("sari", NOW),
        now=NOW,
        drawing_uuid=lots[0].drawing.uuid,
        expected_version=1,
        reason="Satu gulungan tertinggal di meja",
    )
    assert _open(cast)
    assert Drawing.objects.count() == 2


# --- By commitments ----------------------------------------------------------------------------


def _reveal(place: int) -> Reveal:
    return Reveal(salt=bytes([place]) * 16, contribution=f"sumbangan {place}".encode())


def _commit(cast: VillageCast, lot: DrawingLot, place: int) -> DrawingLot:
    commitment = commit_contribution(
        drawing_id=str(lot.drawing.uuid), party=lot.party, reveal=_reveal(place)
    )
    return sealed.submit_commitment(
        actor=cast.actor("rini", NOW), now=NOW, lot_uuid=lot.uuid, commitment=commitment.hex()
    )


def _seal(cast: VillageCast, lots: list[DrawingLot]) -> Drawing:
    return sealed.seal_commitments(
        actor=cast.actor("sari", NOW),
        now=NOW,
        drawing_uuid=lots[0].drawing.uuid,
        expected_version=1,
    )


def _open_up(cast: VillageCast, lot: DrawingLot, place: int, by: str = "rini") -> DrawingLot:
    reveal = _reveal(place)
    return sealed.reveal_contribution(
        actor=cast.actor(by, NOW),
        now=NOW,
        lot_uuid=lot.uuid,
        salt=reveal.salt.hex(),
        contribution=reveal.contribution.hex(),
    )


def _committed(cast: VillageCast) -> list[DrawingLot]:
    lots = _open(cast, DrawingMethod.COMMITMENTS)
    for place, lot in enumerate(lots, start=1):
        _commit(cast, lot, place)
    _seal(cast, lots)
    return lots


def test_numbers_follow_from_all_openings_and_anybody_finds_the_same(
    cast: VillageCast, three: list[Candidacy]
) -> None:
    lots = _committed(cast)
    for place, lot in enumerate(lots, start=1):
        _open_up(cast, lot, place)
        _arrive(cast, lot, at(11, 2, 8, place))
    numbers = dict(DrawingLot.objects.values_list("uuid", "number"))
    assert sorted(numbers.values()) == [1, 2, 3]  # type: ignore[type-var]
    for lot in lots:
        _sign(cast, lot, numbers[lot.uuid] or 0)
    drawing = _close(cast, lots)
    checks = check_drawing(cast.context, drawing)
    assert len(checks) == 4
    assert all(check.ok for check in checks)


def test_a_commitment_that_does_not_open_is_refused_and_its_owner_named(
    cast: VillageCast, three: list[Candidacy]
) -> None:
    lots = _committed(cast)
    with pytest.raises(ProofRejectedError) as caught:
        _open_up(cast, lots[1], place=3)
    assert caught.value.code == "drawing.commitment_opens"
    assert lots[1].party in str(caught.value.text)
    assert DrawingLot.objects.filter(revealed_at__isnull=False).count() == 0


def test_nobody_opens_before_all_have_committed_and_the_chair_has_sealed(
    cast: VillageCast, three: list[Candidacy]
) -> None:
    lots = _open(cast, DrawingMethod.COMMITMENTS)
    _commit(cast, lots[0], 1)
    with pytest.raises(ConflictError, match=r"drawing\.not-sealed"):
        _open_up(cast, lots[0], 1)
    with pytest.raises(RuleViolationError) as caught:
        _seal(cast, lots)
    assert lots[1].party in caught.value.text.params["parties"]


def test_a_sealed_commitment_cannot_be_replaced(cast: VillageCast, three: list[Candidacy]) -> None:
    lots = _committed(cast)
    with pytest.raises(ConflictError, match=r"drawing\.sealed"):
        _commit(cast, lots[0], 3)


def test_a_candidate_commits_for_nobody_else(cast: VillageCast, three: list[Candidacy]) -> None:
    lots = _open(cast, DrawingMethod.COMMITMENTS)
    for name in ("darto", "mallory", "bayu", "dewi"):
        with pytest.raises(PermissionDenied):
            sealed.submit_commitment(
                actor=cast.actor(name, NOW), now=NOW, lot_uuid=lots[0].uuid, commitment="0" * 64
            )
    with pytest.raises(MalformedInputError, match=r"drawing\.hex"):
        sealed.submit_commitment(
            actor=cast.actor("kartika", NOW), now=NOW, lot_uuid=lots[0].uuid, commitment="zz"
        )


def test_a_missing_opening_stops_the_drawing_until_the_rule_of_the_pack_is_followed(
    cast: VillageCast, three: list[Candidacy]
) -> None:
    lots = _committed(cast)
    _open_up(cast, lots[0], 1)
    with pytest.raises(RuleViolationError, match=r"drawing\.missing_reveal"):
        _close(cast, lots)
    drawing = Drawing.objects.get(pk=lots[0].drawing_id)
    switched = sealed.switch_to_lots(
        actor=cast.actor("sari", NOW),
        now=NOW,
        drawing_uuid=drawing.uuid,
        expected_version=drawing.version,
    )
    assert switched.method == DrawingMethod.LOTS
    assert _draw(cast, lots[1], 1, 1).number == 1
