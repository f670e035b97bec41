"""Changes of single entries: who may, what is refused, what stays on record."""

import json
from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from pilkades.apps.audit.models import Event
from pilkades.apps.roll.models import ChangeKind, RollChange, RollEntry
from pilkades.apps.roll.services.changes import correct_entry, remove_entry, restore_entry
from pilkades.apps.roll.services.voters import read_voter
from pilkades.errors import ConflictError, MalformedInputError
from tests.apps.roll_cast import LISTING, add, fresh_entry, make_hamlet, voter
from tests.apps.village_cast import VillageCast, make_village

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> VillageCast:
    return make_village()


def correct(cast, entry, *, by="sari", reason="Sesuai KTP-el", version=None, **changes):
    entry = fresh_entry(entry)
    return correct_entry(
        actor=cast.actor(by, LISTING),
        now=LISTING,
        entry_uuid=entry.uuid,
        expected_version=entry.version if version is None else version,
        voter=replace(read_voter(entry), **changes),
        reason=reason,
    )


def strike(cast, entry, *, by="sari", reason="Meninggal 2 Juli 2026", kind=ChangeKind.REMOVED):
    entry = fresh_entry(entry)
    return remove_entry(
        actor=cast.actor(by, LISTING),
        now=LISTING,
        entry_uuid=entry.uuid,
        expected_version=entry.version,
        reason=reason,
        kind=kind,
    )


def restore(cast, entry, *, reason="Ternyata masih hidup"):
    entry = fresh_entry(entry)
    return restore_entry(
        actor=cast.actor("sari", LISTING),
        now=LISTING,
        entry_uuid=entry.uuid,
        expected_version=entry.version,
        reason=reason,
    )


def test_an_added_voter_is_sealed_found_by_nik_and_on_record(cast):
    entry = add(cast, voter(rt="1", rw=" 02 ", hamlet=make_hamlet()))
    stored = RollEntry.objects.get(nik_index=voter().nik)
    assert stored == entry
    assert (stored.rt, stored.rw, stored.number) == ("001", "002", None)
    change = entry.changes.get()
    assert change.kind == ChangeKind.ADDED
    assert change.made_by == cast.sari
    assert json.loads(change.after)["hamlet"] == "Krajan"
    assert Event.objects.get(uuid=change.event).event == "roll.entry_added"


def test_the_ledger_holds_no_name_no_nik_and_no_reason(cast):
    entry = add(cast, voter(phone="081234567890"))
    correct(cast, entry, full_name="Dewi Lestari Ayu", reason="Keliru tulis di KK")
    strike(cast, entry)
    leaves = " ".join(str(event.leaf) for event in Event.objects.filter(event__startswith="roll."))
    for secret in ("Dewi", "Lestari", voter().nik, voter().kk, "0812345", "Keliru", "Meninggal"):
        assert secret not in leaves


def test_a_correction_names_what_changed_and_keeps_both_values(cast):
    entry = add(cast)
    correct(cast, entry, rt="4", birth_date=date(1999, 4, 3))
    change = RollChange.objects.get(kind=ChangeKind.CORRECTED)
    assert change.fields == ["birth_date", "rt"]
    assert json.loads(change.before) == {"birth_date": "1999-03-04", "rt": "001"}
    assert json.loads(change.after) == {"birth_date": "1999-04-03", "rt": "004"}


def test_a_correction_without_a_difference_leaves_no_trace(cast):
    entry = add(cast)
    assert correct(cast, entry, rt="1").version == 1
    assert not RollChange.objects.filter(kind=ChangeKind.CORRECTED).exists()


def test_two_officers_at_one_entry_the_slower_is_told(cast):
    entry = add(cast)
    correct(cast, entry, rt="4")
    with pytest.raises(ConflictError, match=r"entry\.stale"):
        correct(cast, entry, by="slamet", rt="5", version=1)
    assert fresh_entry(entry).rt == "004"


def test_a_struck_voter_stays_with_the_reason_and_can_come_back(cast):
    entry = add(cast)
    strike(cast, entry)
    assert fresh_entry(entry).removed_reason == "Meninggal 2 Juli 2026"
    with pytest.raises(ConflictError, match=r"entry\.removed"):
        correct(cast, entry, rt="9")
    with pytest.raises(ConflictError, match=r"entry\.removed"):
        strike(cast, entry)
    restore(cast, entry)
    with pytest.raises(ConflictError, match=r"entry\.standing"):
        restore(cast, entry)
    kinds = list(entry.changes.values_list("kind", flat=True))
    assert kinds == ["added", "removed", "restored"]


def test_a_nik_stands_once_on_a_roll_however_it_comes(cast):
    first = add(cast)
    with pytest.raises(ConflictError, match=r"entry\.known-nik"):
        add(cast, voter("Dewi L."))
    second = add(cast, voter("Pak Wagimin", serial=2, sex="L"))
    with pytest.raises(ConflictError, match=r"entry\.known-nik"):
        correct(cast, second, nik=voter().nik)
    strike(cast, first)
    correct(cast, second, nik=voter().nik)
    with pytest.raises(ConflictError, match=r"entry\.known-nik"):
        restore(cast, first)


IMPOSSIBLE = [
    ({"nik": "35050112345"}, "voter.nik"),
    ({"kk": "abcdefghijklmnop"}, "voter.kk"),
    ({"full_name": "  "}, "voter.name"),
    ({"full_name": "x" * 161}, "voter.full_name"),
    ({"rt": "1a"}, "voter.rt"),
    ({"rw": "1234"}, "voter.rw"),
    ({"sex": "M"}, "voter.sex"),
    ({"disability": "buta"}, "voter.disability"),
    ({"birth_date": date(2026, 7, 30)}, "voter.birth_date"),
    ({"birth_date": date(1889, 12, 31)}, "voter.birth_date"),
    ({"resident_since": date(2026, 7, 30)}, "voter.resident_since"),
]


def test_what_cannot_be_true_is_refused(cast):
    for changes, code in IMPOSSIBLE:
        with pytest.raises(MalformedInputError, match=code.replace(".", r"\.")):
            add(cast, replace(voter(), **changes))
    assert not RollEntry.objects.exists()


def test_a_hamlet_of_another_village_is_refused(cast):
    foreign = make_hamlet()
    foreign.village_id = "35.05.01.2002"
    with pytest.raises(MalformedInputError, match=r"voter\.hamlet"):
        add(cast, voter(hamlet=foreign))


def test_no_strike_without_a_reason(cast):
    entry = add(cast)
    for reason in ("", "   ", "x" * 201):
        with pytest.raises(MalformedInputError, match=r"entry\.reason"):
            strike(cast, entry, reason=reason)
    assert not fresh_entry(entry).is_removed


def test_only_the_committee_changes_the_roll(cast):
    entry = add(cast)
    for outsider in ("mallory", "dewi", "bayu", "desk", "camat", "kartika"):
        with pytest.raises(PermissionDenied):
            add(cast, voter("Mallory", serial=7), by=outsider)
        with pytest.raises(PermissionDenied):
            correct(cast, entry, by=outsider, rt="9")
        with pytest.raises(PermissionDenied):
            strike(cast, entry, by=outsider)
    assert fresh_entry(entry).version == 1
