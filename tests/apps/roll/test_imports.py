"""A list on its way into the roll: read, mended, accepted whole or not at all, undone."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from pilkades.apps.audit.models import Event
from pilkades.apps.regions.models import Hamlet
from pilkades.apps.roll.models import ImportState, RollChange, RollEntry
from pilkades.apps.roll.services.changes import correct_entry
from pilkades.apps.roll.services.imports import discard_import
from pilkades.apps.roll.services.imports_acceptance import (
    forget_accepted_imports,
    undo_import,
)
from pilkades.apps.roll.services.imports_mending import (
    edit_row,
    leave_out_rows,
    mend_rows,
    take_back_row,
)
from pilkades.apps.roll.services.voters import read_voter
from pilkades.apps.vault.files import get_path
from pilkades.errors import ConflictError, MalformedInputError
from tests.apps.roll.import_cast import (
    PowerCut,
    QuietJob,
    accept,
    bring,
    fresh_import,
    get_row,
    make_sheet,
    person,
    read,
    upload,
)
from tests.apps.roll_cast import LISTING, add, make_hamlet, voter
from tests.apps.village_cast import VillageCast, make_village

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def cast(db: None) -> VillageCast:
    made = make_village()
    make_hamlet("Krajan")
    return made


def _mend(cast: VillageCast, source: Any, code: str, key: str, row: Any = None) -> int:
    return mend_rows(
        actor=cast.actor("sari", LISTING),
        now=LISTING,
        import_uuid=source.uuid,
        code=code,
        key=key,
        row_uuid=row.uuid if row else None,
    )


def _leave_out(cast: VillageCast, source: Any, **chosen: Any) -> int:
    return leave_out_rows(
        actor=cast.actor("sari", LISTING), now=LISTING, import_uuid=source.uuid, **chosen
    )


def _undo(cast: VillageCast, source: Any, **changes: Any) -> Any:
    values = {
        "actor": cast.actor("sari", LISTING),
        "now": LISTING,
        "import_uuid": source.uuid,
        "expected_version": fresh_import(source).version,
        "reason": "Berkas desa lain",
    }
    return undo_import(**{**values, **changes})


def test_nothing_is_on_the_roll_until_accepted(cast: VillageCast) -> None:
    source = bring(cast, person(1), person(2))

    assert not RollEntry.objects.exists()
    assert source.state == ImportState.READ

    accepted = accept(cast, source)

    assert accepted.state == ImportState.ACCEPTED
    assert accepted.accepted_count == RollEntry.objects.count() == 2
    entry = RollEntry.objects.order_by("pk")[0]
    assert entry.full_name == "Budi Basuki"
    assert (entry.rt, entry.rw, entry.birth_place) == ("002", "001", "Blitar")
    assert entry.hamlet == Hamlet.objects.get(name="Krajan")
    assert entry.marital_status == "S"


def test_accepting_is_one_event_with_counts_and_no_person_in_it(cast: VillageCast) -> None:
    before = Event.objects.count()

    source = accept(cast, bring(cast, person(1), person(2), ["JUMLAH", 2]))

    event = Event.objects.latest("pk")
    assert Event.objects.count() == before + 1
    assert event.event == "roll.imported"
    assert '"added":2' in event.leaf.replace(" ", "")
    assert "Budi" not in event.leaf
    assert source.file_sha256 not in event.leaf
    assert RollChange.objects.filter(event=source.event).count() == 2


def test_rows_and_file_lie_sealed(cast: VillageCast, tmp_path: Path) -> None:
    source = bring(cast, person(1))
    nik = get_row(source).nik

    with connection.cursor() as cursor:
        cursor.execute("SELECT cells, nik_index, codes FROM roll_importrow")
        stored = str(cursor.fetchall())

    assert len(nik) == 16
    assert nik not in stored
    assert "Basuki" not in stored
    assert source.file is not None
    assert b"PK\x03\x04" not in get_path(source.file).read_bytes()


def test_a_blocked_row_keeps_everything_out(cast: VillageCast) -> None:
    source = bring(cast, person(1), person(2, Nama=""))

    with pytest.raises(ConflictError) as refused:
        accept(cast, source)

    assert refused.value.code == "import.blocked"
    assert not RollEntry.objects.exists()


def test_one_click_mends_one_row_and_all_of_a_kind(cast: VillageCast) -> None:
    lines = [person(n, **{"N I K": person(n)[1].replace("0", "O")}) for n in (1, 2, 3)]
    source = bring(cast, *lines)

    assert _mend(cast, source, "nik.letters", "as-digits:nik", get_row(source)) == 1
    assert get_row(source).severity == 0
    assert _mend(cast, source, "nik.letters", "as-digits:nik") == 2

    accept(cast, source)
    assert {e.nik for e in RollEntry.objects.all()} == {person(n)[1] for n in (1, 2, 3)}


def test_a_mending_that_is_no_longer_offered_is_told(cast: VillageCast) -> None:
    source = bring(cast, person(1))

    with pytest.raises(ConflictError) as refused:
        _mend(cast, source, "nik.letters", "as-digits:nik")

    assert refused.value.code == "import.mended"


def test_the_same_nik_twice_blocks_both_until_one_is_left_out(cast: VillageCast) -> None:
    source = bring(cast, person(1), person(1, Nama="Budi Lain"), person(2))
    assert [row.severity for row in source.rows.all()] == [2, 2, 0]

    assert _leave_out(cast, source, code="nik.twice") == 1

    assert [row.severity for row in source.rows.all()] == [0, 0, 0]
    accept(cast, source)
    assert set(RollEntry.objects.values_list("full_name", flat=True)) == {
        "Budi Basuki",
        "Budi Casuki",
    }


def test_a_mended_nik_may_become_a_twin(cast: VillageCast) -> None:
    source = bring(cast, person(1), person(2))
    row = get_row(source, 1)

    edit_row(
        actor=cast.actor("sari", LISTING),
        now=LISTING,
        import_uuid=source.uuid,
        row_uuid=row.uuid,
        changes={"nik": person(1)[1]},
    )

    assert ["nik.twice" in row.codes for row in source.rows.all()] == [True, True]


def test_somebody_on_the_roll_already_is_shown_and_kept_out(cast: VillageCast) -> None:
    add(cast, voter(nik=person(1)[1]))

    source = bring(cast, person(1), person(2))

    assert "nik.on-roll" in get_row(source).codes
    assert _leave_out(cast, source, code="nik.on-roll") == 1
    accept(cast, source)
    assert RollEntry.objects.count() == 2


def test_who_came_onto_the_roll_meanwhile_stops_the_acceptance_and_is_marked(
    cast: VillageCast,
) -> None:
    source = bring(cast, person(1), person(2))
    add(cast, voter(nik=person(1)[1]))

    with pytest.raises(ConflictError) as refused:
        accept(cast, source)

    assert refused.value.code == "import.known-nik"
    assert RollEntry.objects.count() == 1
    assert "nik.on-roll" in get_row(source).codes
    assert fresh_import(source).state == ImportState.READ


def test_a_new_hamlet_is_made_only_with_the_acceptance(cast: VillageCast) -> None:
    source = bring(cast, person(1, Dusun="SUMBER AGUNG"), person(2, Dusun="Dsn. Sumber Agung"))

    _mend(cast, source, "hamlet.unknown", "new-hamlet:SUMBERAGUNG", get_row(source))

    assert [row.severity for row in source.rows.all()] == [0, 0]
    assert not Hamlet.objects.filter(name="Sumber Agung").exists()
    accept(cast, source)
    assert RollEntry.objects.filter(hamlet__name="Sumber Agung").count() == 2


def test_the_nearest_hamlet_is_offered(cast: VillageCast) -> None:
    source = bring(cast, person(1, Dusun="Krjan"))

    _mend(cast, source, "hamlet.unknown", "hamlet:Krajan:KRJAN")

    assert get_row(source).severity == 0


def test_a_power_cut_in_the_middle_leaves_the_draft_and_an_empty_roll(cast: VillageCast) -> None:
    source = bring(cast, *(person(n) for n in range(1, 12)))

    with pytest.raises(PowerCut):
        accept(cast, source, job=QuietJob(stop_at=2))

    assert not RollEntry.objects.exists()
    assert not RollChange.objects.exists()
    assert not Event.objects.filter(event="roll.imported").exists()
    assert fresh_import(source).state == ImportState.READ
    assert source.rows.count() == 11
    accept(cast, source)
    assert RollEntry.objects.count() == 11


def test_of_two_people_who_accept_at_once_the_second_is_told(cast: VillageCast) -> None:
    source = bring(cast, person(1))
    seen = source.version
    accept(cast, source, version=seen)

    with pytest.raises(ConflictError):
        accept(cast, source, by="slamet", version=seen)

    assert RollEntry.objects.count() == 1


def test_who_accepts_what_somebody_mended_meanwhile_looks_again(cast: VillageCast) -> None:
    source = bring(cast, person(1), person(2))
    seen = source.version
    _leave_out(cast, source, row_uuid=get_row(source).uuid)

    with pytest.raises(ConflictError) as refused:
        accept(cast, source, by="slamet", version=seen)

    assert refused.value.code == "import.stale"


def test_an_untouched_import_is_undone_and_its_mendings_stay(cast: VillageCast) -> None:
    source = bring(cast, person(1, Dusun="Krjan"))
    _mend(cast, source, "hamlet.unknown", "hamlet:Krajan:KRJAN")
    accept(cast, source)

    undone = _undo(cast, source)

    assert undone.state == ImportState.READ
    assert not RollEntry.objects.exists()
    assert get_row(source).is_mended
    assert Event.objects.latest("pk").event == "roll.import_undone"
    accept(cast, source)
    assert RollEntry.objects.count() == 1


def test_an_import_whose_people_were_worked_on_is_not_undone(cast: VillageCast) -> None:
    source = accept(cast, bring(cast, person(1), person(2)))
    entry = RollEntry.objects.order_by("pk")[0]
    correct_entry(
        actor=cast.actor("slamet", LISTING),
        now=LISTING,
        entry_uuid=entry.uuid,
        expected_version=entry.version,
        voter=voter(nik=entry.nik, full_name="Budi Basuki"),
        reason="Cocok dengan KTP",
    )

    with pytest.raises(ConflictError) as refused:
        _undo(cast, source)

    assert refused.value.code == "import.touched"
    assert "1 pemilih" in str(refused.value.text)
    assert RollEntry.objects.count() == 2


def test_an_undo_needs_a_reason(cast: VillageCast) -> None:
    source = accept(cast, bring(cast, person(1)))

    with pytest.raises(MalformedInputError):
        _undo(cast, source, reason=" ")


def test_a_skipped_line_can_be_taken_back(cast: VillageCast) -> None:
    source = bring(cast, person(1), ["JUMLAH", None, None, "2"])
    line = get_row(source, 1)
    assert line.is_skipped

    row = take_back_row(
        actor=cast.actor("sari", LISTING),
        now=LISTING,
        import_uuid=source.uuid,
        row_uuid=line.uuid,
    )

    assert not row.is_skipped
    assert "name.missing" in row.codes


def test_a_discarded_import_leaves_neither_rows_nor_file(cast: VillageCast) -> None:
    source = bring(cast, person(1))

    discarded = discard_import(
        actor=cast.actor("sari", LISTING),
        now=LISTING,
        import_uuid=source.uuid,
        expected_version=source.version,
    )

    assert discarded.file is None
    assert not source.rows.exists()
    with pytest.raises(ConflictError):
        accept(cast, source)


def test_what_the_roll_holds_is_not_kept_twice_for_ever(cast: VillageCast) -> None:
    source = accept(cast, bring(cast, person(1)))

    assert forget_accepted_imports(now=LISTING, roll_pk=source.roll_id) == 1

    assert not source.rows.exists()
    assert fresh_import(source).file is None
    assert RollEntry.objects.count() == 1


@pytest.mark.parametrize("name", ["mallory", "dewi", "desk", "bayu"])
def test_who_does_not_sit_in_the_committee_imports_nothing(cast: VillageCast, name: str) -> None:
    source = bring(cast, person(1))

    with pytest.raises(PermissionDenied):
        upload(cast, make_sheet([person(1)]), by=name)
    with pytest.raises(PermissionDenied):
        read(cast, source, by=name)
    with pytest.raises(PermissionDenied):
        accept(cast, source, by=name)
    with pytest.raises(PermissionDenied):
        leave_out_rows(actor=cast.actor(name, LISTING), now=LISTING, import_uuid=source.uuid)


def test_what_was_imported_reads_as_what_was_shown(cast: VillageCast) -> None:
    source = bring(cast, person(4))
    accept(cast, source)

    imported = read_voter(RollEntry.objects.get())

    assert imported.nik == person(4)[1]
    assert imported.birth_date is not None
    assert imported.birth_date.isoformat() == "1980-03-02"
