"""The personal data of a roll go on their day, and what the record needs stays."""

from datetime import date, timedelta

import pytest
from django.db import connection

from pilkades.apps.audit.models import Event
from pilkades.apps.elections.models import Election, PollingStation, Venue, Wave
from pilkades.apps.roll.models import CitizenReport, ReportKind, Roll, RollEntry
from pilkades.apps.roll.services.citizen import ReportInput, file_report
from pilkades.apps.roll.services.erasure import erase_due_rolls
from pilkades.apps.vault.files import read_file
from pilkades.errors import MalformedInputError
from tests.apps.village_cast import PDF, VillageCast, at, make_village

NIK = "3505015203809001"
DUE = at(11, 24) + timedelta(days=365)


@pytest.fixture
def cast(db: None) -> VillageCast:
    cast = make_village()
    Wave.objects.update(is_simulation=False)
    Election.objects.update(is_simulation=False)
    return cast


@pytest.fixture
def entry(cast: VillageCast) -> RollEntry:
    roll = Roll.objects.create(election=cast.election, state="announced", created_at=at(8, 3))
    venue = Venue.objects.create(election=cast.election, name="Balai")
    station = PollingStation.objects.create(election=cast.election, venue=venue, number=1)
    return RollEntry.objects.create(
        roll=roll,
        number=7,
        nik=NIK,
        kk="3505010203047001",
        phone="081234567890",
        full_name="Dewi Mardiana",
        search_name="dewi mardiana",
        sex="P",
        birth_date=date(1980, 3, 12),
        address="Jalan Melati 5",
        station=station,
    )


def _lock() -> None:
    Roll.objects.update(
        state="locked", locked_at=at(8, 18), lock_digest="ab" * 32, lock_salt="salt"
    )


def test_on_the_day_before_nothing_goes(cast: VillageCast, entry: RollEntry) -> None:
    assert erase_due_rolls(now=DUE - timedelta(days=1)) == 0
    entry.refresh_from_db()
    assert entry.nik == NIK


def test_on_the_day_the_data_of_a_locked_roll_go_and_the_record_stays(
    cast: VillageCast, entry: RollEntry
) -> None:
    _lock()
    assert erase_due_rolls(now=DUE) == 1
    found = RollEntry.objects.get(pk=entry.pk)
    assert (found.nik, found.kk, found.phone, found.address, found.birth_date) == (
        "",
        "",
        "",
        "",
        None,
    )
    assert (found.full_name, found.number, found.station_id) == (
        "Dewi Mardiana",
        7,
        entry.station_id,
    )
    assert not RollEntry.objects.filter(nik_index=NIK).exists()
    assert Event.objects.filter(event="roll.erased").count() == 1
    assert erase_due_rolls(now=DUE) == 0


def test_what_citizens_wrote_and_their_documents_go_too(
    cast: VillageCast, entry: RollEntry
) -> None:
    report = file_report(
        now=at(8, 5),
        election_uuid=cast.election_uuid,
        entry_uuid=entry.uuid,
        given=ReportInput(
            kind=ReportKind.WRONG_DATA,
            reporter_name="Dewi",
            contact="0812345",
            content="Nama saya keliru di daftar.",
            document=PDF,
        ),
    )
    erase_due_rolls(now=DUE)
    found = CitizenReport.objects.get()
    assert (found.reporter_name, found.contact, found.content) == ("", "", "")
    assert report.document is not None
    with pytest.raises(MalformedInputError, match="sudah dihapus"):
        read_file(report.document)


def test_a_rehearsal_is_not_erased(cast: VillageCast, entry: RollEntry) -> None:
    Wave.objects.update(is_simulation=True)
    assert erase_due_rolls(now=DUE) == 0


def test_no_column_of_the_database_still_holds_the_number(
    cast: VillageCast, entry: RollEntry
) -> None:
    erase_due_rolls(now=DUE)
    with connection.cursor() as cursor:
        cursor.execute("select * from roll_rollentry")
        row = " ".join(map(str, cursor.fetchone()))
    assert NIK not in row
