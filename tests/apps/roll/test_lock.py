"""The lock by two people, and everything that a locked roll refuses."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from pilkades.apps.audit.models import Event
from pilkades.apps.roll.models import ChangeKind, Roll, RollChange, RollEntry, RollState
from pilkades.apps.roll.selectors.digest import compute_digest
from pilkades.apps.roll.services.annotations import annotate_entry
from pilkades.apps.roll.services.changes import correct_entry, remove_entry, restore_entry
from pilkades.apps.roll.services.lock import withdraw_lock
from pilkades.apps.roll.services.stages import StageAct
from pilkades.apps.roll.services.visits import (
    VisitOutcome,
    record_corrected_visit,
    record_newcomer,
    record_visit,
)
from pilkades.apps.roll.services.voters import read_voter
from pilkades.errors import ConflictError, MalformedInputError, RuleViolationError
from tests.apps.roll_cast import (
    ACT_DAYS,
    DAYS,
    act,
    add,
    add_family,
    bring_to,
    confirm,
    fresh_entry,
    fresh_roll,
    propose,
    strike,
    voter,
)
from tests.apps.village_cast import VillageCast, make_village

pytestmark = pytest.mark.django_db
LATER = DAYS["lock"] + timedelta(days=1)
NONCE = "00000000-0000-4000-8000-000000000001"


@pytest.fixture
def final() -> VillageCast:
    cast = make_village()
    add_family(cast)
    strike(cast, add(cast, voter("Pak Marto", serial=30, sex="L")))
    bring_to(cast, RollState.FINAL)
    return cast


@pytest.fixture
def locked(final) -> VillageCast:
    propose(final)
    confirm(final)
    return final


def withdraw(cast, *, by="rini", reason="Ada yang terlewat"):
    roll = fresh_roll(cast)
    return withdraw_lock(
        actor=cast.actor(by, DAYS["lock"]),
        now=DAYS["lock"],
        roll_uuid=roll.uuid,
        expected_version=roll.version,
        reason=reason,
    )


def mend(cast, *, now=DAYS["lock"], **changes):
    entry = fresh_roll(cast).entries.filter(is_removed=False).first()
    return correct_entry(
        actor=cast.actor("rini", now),
        now=now,
        entry_uuid=entry.uuid,
        expected_version=entry.version,
        voter=replace(read_voter(entry), **changes),
        reason="Sesuai KTP-el",
    )


def test_two_seats_lock_the_same_content(final):
    proposed = propose(final)
    roll = confirm(final)
    assert roll.state == RollState.LOCKED
    assert (roll.lock_proposed_by, roll.locked_by) == (final.sari, final.slamet)
    assert roll.lock_digest == proposed.lock_digest == compute_digest(roll)
    event = Event.objects.get(event="roll.locked")
    assert roll.lock_digest in str(event.leaf)


def test_nobody_locks_alone(final):
    propose(final)
    with pytest.raises(RuleViolationError, match="two-people"):
        confirm(final, by="sari")
    assert fresh_roll(final).state == RollState.FINAL


def test_the_database_itself_wants_two(final):
    roll = propose(final)
    with pytest.raises(IntegrityError), transaction.atomic():
        Roll.objects.filter(pk=roll.pk).update(locked_by=final.sari)


def test_whatever_changes_after_the_proposal_stops_the_lock(final):
    for change in (
        {"full_name": "Orang Lain"},
        {"nik": "3505015503990777"},
        {"kk": "3505010101990777"},
        {"rt": "009"},
        {"birth_place": "Kediri"},
        {"note": "pindahan"},
    ):
        propose(final)
        mend(final, **change)
        with pytest.raises(ConflictError, match=r"roll\.changed-since-proposal"):
            confirm(final)
        withdraw(final)
    propose(final)
    assert confirm(final).is_locked


def test_a_strike_or_an_addition_after_the_proposal_stops_the_lock(final):
    propose(final)
    late = add(final, voter("Mallory", serial=88), now=DAYS["lock"])
    with pytest.raises(ConflictError, match=r"roll\.changed-since-proposal"):
        confirm(final)
    strike(final, late, now=DAYS["lock"])
    with pytest.raises(ConflictError, match=r"roll\.changed-since-proposal"):
        confirm(final)


def test_a_change_behind_the_services_back_is_found_by_the_second_person(final):
    propose(final)
    RollEntry.objects.filter(is_removed=False).update(full_name="Mallory")
    with pytest.raises(ConflictError, match=r"roll\.changed-since-proposal"):
        confirm(final)


def test_a_withdrawn_proposal_cannot_be_confirmed_from_an_old_screen(final):
    seen = propose(final)
    withdraw(final)
    with pytest.raises(ConflictError, match=r"roll\.stale"):
        confirm(final, version=seen.version, digest=seen.lock_digest)
    propose(final)
    with pytest.raises(ConflictError, match=r"roll\.changed-since-proposal"):
        confirm(final, digest=seen.lock_digest)


def test_of_two_people_who_confirm_at_once_one_is_told(final):
    propose(final)
    seen = fresh_roll(final)
    confirm(final, by="slamet", version=seen.version)
    with pytest.raises(ConflictError, match=r"roll\.stale"):
        confirm(final, by="rini", version=seen.version)
    assert fresh_roll(final).locked_by == final.slamet


def test_of_two_people_who_propose_at_once_one_is_told(final):
    propose(final)
    with pytest.raises(ConflictError, match=r"roll\.lock-proposed"):
        propose(final, by="slamet")


def test_a_withdrawal_needs_a_reason_and_a_proposal(final):
    with pytest.raises(ConflictError, match=r"roll\.no-proposal"):
        withdraw(final)
    propose(final)
    with pytest.raises(MalformedInputError, match=r"entry\.reason"):
        withdraw(final, reason=" ")


def test_only_a_dpt_is_locked():
    cast = make_village()
    add_family(cast)
    bring_to(cast, RollState.SUPPLEMENTED)
    with pytest.raises(RuleViolationError, match=r"roll\.not-final"):
        propose(cast)


def test_only_the_committee_locks(final):
    outsiders = ("mallory", "dewi", "bayu", "desk", "camat")
    for outsider in outsiders:
        with pytest.raises(PermissionDenied):
            propose(final, by=outsider)
    propose(final)
    for outsider in outsiders:
        with pytest.raises(PermissionDenied):
            confirm(final, by=outsider)
        with pytest.raises(PermissionDenied):
            withdraw(final, by=outsider)


# --- A locked roll ------------------------------------------------------------------------------


def attempt(cast: VillageCast, name: str) -> object:
    """One way of changing who is on the roll."""
    actor, roll = cast.actor("sari", LATER), fresh_roll(cast)
    standing = roll.entries.filter(is_removed=False).first()
    struck = roll.entries.filter(is_removed=True).first()
    common = {"actor": actor, "now": LATER}
    one = {**common, "entry_uuid": standing.uuid, "expected_version": standing.version}
    fallen = {**common, "entry_uuid": struck.uuid, "expected_version": struck.version}
    other = replace(read_voter(standing), full_name="Mallory")
    newcomer = voter("Mallory", serial=99)
    election = cast.election.pk
    match name:
        case "add":
            return add(cast, newcomer, now=LATER)
        case "correct":
            return correct_entry(**one, voter=other, reason="x")
        case "remove":
            return remove_entry(**one, reason="x")
        case "merge":
            return remove_entry(**one, reason="x", kind=ChangeKind.MERGED)
        case "restore":
            return restore_entry(**fallen, reason="x")
        case "visit":
            return record_visit(**one, outcome=VisitOutcome.CONFIRMED, nonce=NONCE)
        case "visit-died":
            return record_visit(**one, outcome=VisitOutcome.DIED, nonce=NONCE)
        case "visit-correct":
            return record_corrected_visit(**one, voter=other, nonce=NONCE)
        case "visit-newcomer":
            return record_newcomer(**common, election_pk=election, voter=newcomer, nonce=NONCE)
        case "withdraw":
            return withdraw(cast)
        case "propose":
            return propose(cast)
        case _:
            return act(cast, StageAct(name), now=LATER)


ATTEMPTS = (
    "add",
    "correct",
    "remove",
    "merge",
    "restore",
    "visit",
    "visit-died",
    "visit-correct",
    "visit-newcomer",
    "withdraw",
    "propose",
    *ACT_DAYS,
)


def test_a_locked_roll_refuses_every_service(locked):
    for name in ATTEMPTS:
        with pytest.raises(RuleViolationError, match=r"roll\.locked"):
            attempt(locked, name)
    roll = fresh_roll(locked)
    assert compute_digest(roll) == roll.lock_digest


def test_the_database_refuses_to_change_a_locked_voter(locked):
    entry = fresh_roll(locked).entries.filter(is_removed=False, sex="P").first()
    for values in (
        {"full_name": "Mallory"},
        {"is_removed": True, "removed_reason": "x"},
        {"number": 999},
        {"stage": "dptb"},
        {"birth_date": None},
        {"rt": "099"},
        {"sex": "L"},
        {"note": "x"},
    ):
        with pytest.raises(IntegrityError, match="DPT sudah dikunci"), transaction.atomic():
            RollEntry.objects.filter(pk=entry.pk).update(**values)


def test_the_database_refuses_to_delete_or_add_a_locked_voter(locked):
    roll = fresh_roll(locked)
    entry = roll.entries.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        RollEntry.objects.filter(pk=entry.pk).delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        RollChange.objects.filter(entry=entry).delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        RollEntry.objects.create(roll=roll, full_name="Mallory", search_name="mallory")
    with pytest.raises(IntegrityError), transaction.atomic():
        roll.delete()
    assert RollEntry.objects.filter(pk=entry.pk).exists()


def test_the_database_refuses_to_unlock(locked):
    for values in (
        {"state": RollState.FINAL},
        {"lock_digest": "0" * 64},
        {"locked_at": None},
        {"lock_salt": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Roll.objects.filter(pk=fresh_roll(locked).pk).update(**values)


def test_a_voter_cannot_be_smuggled_in_from_another_roll(locked):
    other = Roll.objects.create(
        election=locked.election.wave.elections.exclude(uuid=locked.election_uuid).get(),
        created_at=LATER,
    )
    entry = RollEntry.objects.create(roll=other, full_name="Mallory", search_name="mallory")
    with pytest.raises(IntegrityError), transaction.atomic():
        RollEntry.objects.filter(pk=entry.pk).update(roll=fresh_roll(locked))


def test_a_changed_nik_of_a_locked_roll_shows_in_the_digest(locked):
    entry = fresh_roll(locked).entries.filter(is_removed=False).first()
    entry.nik = "3505015503990777"
    entry.save(update_fields=["nik", "nik_index"])
    roll = fresh_roll(locked)
    assert compute_digest(roll) != roll.lock_digest


def test_data_that_is_due_may_be_erased(locked):
    roll = fresh_roll(locked)
    Roll.objects.filter(pk=roll.pk).update(erased_at=timezone.now())
    RollEntry.objects.filter(roll=roll).update(full_name="(dihapus)", rt="")
    assert RollEntry.objects.filter(full_name="(dihapus)").count() == 4


# --- Annotations --------------------------------------------------------------------------------


def annotate(cast, *, by="rini", annotation="died", reason="Meninggal 1 November", version=None):
    entry = fresh_roll(cast).entries.filter(is_removed=False).first()
    return annotate_entry(
        actor=cast.actor(by, LATER),
        now=LATER,
        entry_uuid=entry.uuid,
        expected_version=version or entry.version,
        annotation=annotation,
        reason=reason,
    )


def test_a_note_says_why_and_leaves_the_locked_content(locked):
    entry = annotate(locked)
    assert (entry.annotation, entry.annotation_reason) == ("died", "Meninggal 1 November")
    roll = fresh_roll(locked)
    assert compute_digest(roll) == roll.lock_digest
    change = entry.changes.get(kind=ChangeKind.ANNOTATED)
    assert Event.objects.get(uuid=change.event).event == "roll.entry_annotated"
    annotate(locked, annotation="", reason="Keliru orang")
    assert fresh_entry(entry).annotation == ""


def test_notes_are_for_locked_rolls_known_kinds_reasons_and_the_committee(final):
    with pytest.raises(RuleViolationError, match=r"roll\.not-locked"):
        annotate(final)
    propose(final)
    confirm(final)
    with pytest.raises(MalformedInputError, match=r"entry\.annotation"):
        annotate(final, annotation="kabur")
    with pytest.raises(MalformedInputError, match=r"entry\.reason"):
        annotate(final, reason="")
    for outsider in ("mallory", "dewi", "bayu", "desk"):
        with pytest.raises(PermissionDenied):
            annotate(final, by=outsider)
    struck = fresh_roll(final).entries.get(is_removed=True)
    with pytest.raises(ConflictError, match=r"entry\.removed"):
        annotate_entry(
            actor=final.actor("sari", LATER),
            now=LATER,
            entry_uuid=struck.uuid,
            expected_version=struck.version,
            annotation="died",
            reason="x",
        )
