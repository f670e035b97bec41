"""Taking editions of the official list: small made-up editions, and the whole of Indonesia."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from pilkades.apps.audit.models import Event
from pilkades.apps.regions.changes import ChangeKind
from pilkades.apps.regions.edition import MAX_FAULTS, EditionError
from pilkades.apps.regions.models import (
    Hamlet,
    Province,
    Regency,
    Village,
    VillageKind,
    VillageWord,
)
from pilkades.apps.regions.services import import_regions, preview_import, read_time_zones

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
LATER = datetime(2027, 2, 1, 3, 0, tzinfo=UTC)

SMALL = {
    "provinces.csv": "code,name\n35,Jawa Timur\n94,Papua Tengah\n",
    "regencies.csv": (
        "code,province_code,name\n35.05,35,Kabupaten Blitar\n35.72,35,Kota Blitar\n"
        "94.01,94,Kabupaten Nabire\n"
    ),
    "districts.csv": (
        "code,regency_code,name\n35.05.01,35.05,Wonodadi\n35.05.02,35.05,Udanawu\n"
        "35.72.01,35.72,Kepanjenkidul\n94.01.01,94.01,Nabire\n"
    ),
    "villages.csv": (
        "code,district_code,name\n35.05.01.2001,35.05.01,Pikatan\n35.05.01.2002,35.05.01,Gandekan\n"
        '35.05.02.2001,35.05.02,"Tamba""an"\n35.72.01.1001,35.72.01,Kepanjenkidul\n'
        "94.01.01.3001,94.01.01,Nabire Adat\n"
    ),
}
VILLAGES = SMALL["villages.csv"]
REGENCIES = SMALL["regencies.csv"]
DISTRICTS_LATIN = b"code,regency_code,name\n35.05.01,35.05,\xff\xfe\n"
Edition = Callable[..., Path]


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    """A folder with the small edition, where some files have another content."""

    def write(**changed: str | bytes) -> Path:
        for name, text in SMALL.items():
            content = changed.get(name.removesuffix(".csv"), text)
            data = content if isinstance(content, bytes) else content.encode()
            (tmp_path / name).write_bytes(data)
        return tmp_path

    return write


@pytest.mark.django_db
def test_small_edition_is_taken_with_parents_kinds_and_zones(edition: Edition) -> None:
    report = import_regions(directory=edition(), now=NOW)

    assert report.counts[ChangeKind.ADDED] == 14
    village = Village.objects.get(code="35.05.01.2001")
    assert village.district.regency.name == "Kabupaten Blitar"
    assert village.district.regency.province.time_zone == "Asia/Jakarta"
    assert Province.objects.get(code="94").time_zone == "Asia/Jayapura"
    kinds = dict(Village.objects.values_list("code", "kind"))
    assert kinds["35.72.01.1001"] == VillageKind.KELURAHAN
    assert kinds["94.01.01.3001"] == VillageKind.DESA_ADAT
    assert kinds["35.05.02.2001"] == VillageKind.DESA


@pytest.mark.django_db
def test_second_import_of_one_edition_changes_nothing_and_writes_no_event(edition: Edition) -> None:
    import_regions(directory=edition(), now=NOW)
    events = Event.objects.count()

    report = import_regions(directory=edition(), now=LATER)

    assert report.changes == ()
    assert Event.objects.count() == events == 1


@pytest.mark.django_db
def test_import_is_an_event_with_the_digest_of_the_edition(edition: Edition) -> None:
    report = import_regions(directory=edition(), now=NOW)

    event = Event.objects.get()
    assert event.event == "regions.imported"
    assert report.digest in event.leaf


@pytest.mark.django_db
def test_newer_edition_renames_adds_and_retires_but_deletes_nobody(edition: Edition) -> None:
    import_regions(directory=edition(), now=NOW)
    Hamlet.objects.create(village_id="35.05.01.2002", name="Krajan")
    newer = SMALL["villages.csv"].replace("Pikatan", "Pikatan Baru")
    newer = newer.replace("35.05.01.2002,35.05.01,Gandekan\n", "35.05.01.2003,35.05.01,Rejosari\n")

    report = import_regions(directory=edition(villages=newer), now=LATER)

    assert {(c.kind, c.code) for c in report.changes} == {
        (ChangeKind.RENAMED, "35.05.01.2001"),
        (ChangeKind.ADDED, "35.05.01.2003"),
        (ChangeKind.REMOVED, "35.05.01.2002"),
    }
    gone = Village.objects.get(code="35.05.01.2002")
    assert gone.retired_at == LATER
    assert gone.hamlets.count() == 1
    words = VillageWord.objects.filter(village_id="35.05.01.2001").values_list("word", flat=True)
    assert set(words) == {"pikatan", "baru"}


@pytest.mark.django_db
def test_region_under_a_new_code_is_seen_as_moved_and_points_to_its_successor(
    edition: Edition,
) -> None:
    import_regions(directory=edition(), now=NOW)
    moved = {
        name.removesuffix(".csv"): text.replace("94.01", "93.07").replace(",94,", ",93,")
        for name, text in SMALL.items()
    }
    moved["provinces"] = SMALL["provinces.csv"] + "93,Papua Selatan\n"

    report = import_regions(directory=edition(**moved), now=LATER)

    moves = {c.old_code: c.code for c in report.changes if c.kind is ChangeKind.MOVED}
    assert moves == {
        "94.01": "93.07",
        "94.01.01": "93.07.01",
        "94.01.01.3001": "93.07.01.3001",
    }
    assert Village.objects.get(code="94.01.01.3001").successor_code == "93.07.01.3001"
    assert Village.objects.get(code="93.07.01.3001").retired_at is None


@pytest.mark.django_db
def test_two_villages_of_one_name_are_never_guessed_to_have_moved(edition: Edition) -> None:
    twins = "35.05.01.2007,35.05.01,Sumber\n35.05.02.2007,35.05.02,Sumber\n"
    import_regions(directory=edition(villages=VILLAGES + twins), now=NOW)
    districts = SMALL["districts.csv"].replace("Udanawu", "Wonodadi")
    import_regions(directory=edition(villages=VILLAGES + twins, districts=districts), now=NOW)
    new = "35.05.01.2009,35.05.01,Sumber\n"

    report = preview_import(directory=edition(villages=VILLAGES + new, districts=districts))

    assert sorted(c.kind for c in report.changes) == ["added", "removed", "removed"]


@pytest.mark.django_db
def test_region_that_comes_back_is_restored(edition: Edition) -> None:
    import_regions(directory=edition(), now=NOW)
    without = SMALL["villages.csv"].replace("35.05.01.2002,35.05.01,Gandekan\n", "")
    import_regions(directory=edition(villages=without), now=LATER)

    report = import_regions(directory=edition(), now=LATER)

    assert [(c.kind, c.code) for c in report.changes] == [(ChangeKind.RESTORED, "35.05.01.2002")]
    assert Village.objects.get(code="35.05.01.2002").retired_at is None


@pytest.mark.django_db
def test_preview_says_what_would_change_and_writes_nothing(edition: Edition) -> None:
    report = preview_import(directory=edition())

    assert report.counts[ChangeKind.ADDED] == 14
    assert not Province.objects.exists()


@pytest.mark.parametrize(
    ("changed", "file_name", "line", "words"),
    [
        ({"villages": VILLAGES + "35.05.01.4001,35.05.01,X\n"}, "villages.csv", 7, "tidak sah"),
        ({"villages": VILLAGES + "35.5.1.2001,35.05.01,X\n"}, "villages.csv", 7, "tidak sah"),
        ({"villages": VILLAGES + "35.05.01.2001,35.05.01,X\n"}, "villages.csv", 7, "dua kali"),
        ({"villages": VILLAGES + "35.05.09.2001,35.05.09,X\n"}, "villages.csv", 7, "induk"),
        ({"villages": VILLAGES + "35.05.01.2009,35.05.02,X\n"}, "villages.csv", 7, "di bawah"),
        ({"villages": VILLAGES + "35.05.01.2009,35.05.01, \n"}, "villages.csv", 7, "Nama"),
        ({"villages": VILLAGES + "35.05.01.2009,35.05.01\n"}, "villages.csv", 7, "kolom"),
        ({"villages": VILLAGES + '35.05.01.2009,35.05.01,"X\n'}, "villages.csv", 7, "kutip"),
        ({"regencies": "code,name\n"}, "regencies.csv", 1, "Judul kolom"),
        ({"regencies": REGENCIES + "35.73,35,Malang\n"}, "regencies.csv", 5, "Kabupaten"),
        ({"provinces": "code,name\n35,J\n94,P\n99,Entah\n"}, "provinces.csv", 4, "Zona waktu"),
        ({"districts": DISTRICTS_LATIN}, "districts.csv", 2, "UTF-8"),
        ({"districts": b""}, "districts.csv", 1, "Judul kolom"),
        ({"provinces": "code,name\n"}, "provinces.csv", 1, "satu pun"),
    ],
)  # fmt: skip
@pytest.mark.django_db
def test_faulty_edition_is_refused_with_file_and_line_and_nothing_is_saved(
    edition: Edition, changed: dict[str, str | bytes], file_name: str, line: int, words: str
) -> None:
    with pytest.raises(EditionError) as refused:
        import_regions(directory=edition(**changed), now=NOW)

    first = refused.value.faults[0]
    assert (first.file_name, first.line) == (file_name, line)
    assert words in str(first.text)
    assert "Tidak ada data yang diubah" in str(refused.value.text)
    assert not Province.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_every_fault_is_listed_up_to_a_limit(edition: Edition) -> None:
    bad = "".join(f"99.{n:02d},35,X\n" for n in range(99))

    with pytest.raises(EditionError) as refused:
        import_regions(directory=edition(regencies=SMALL["regencies.csv"] + bad), now=NOW)

    assert len(refused.value.faults) == MAX_FAULTS


@pytest.mark.django_db
def test_byte_order_mark_of_a_spreadsheet_is_accepted(edition: Edition) -> None:
    marked = b"\xef\xbb\xbf" + SMALL["provinces.csv"].encode()

    assert import_regions(directory=edition(provinces=marked), now=NOW).regions["province"] == 2


@pytest.mark.django_db
def test_command_names_the_file_that_is_missing(edition: Edition) -> None:
    folder = edition()
    (folder / "villages.csv").unlink()

    with pytest.raises(CommandError, match=r"villages\.csv.*Tidak ada data yang diubah"):
        call_command("import_regions", str(folder))


@pytest.mark.django_db
def test_command_lists_every_fault_and_previews(
    edition: Edition, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("import_regions", str(edition()), preview=True)
    assert "Akan berubah: 14 baru." in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("import_regions", str(edition(regencies="x\n")))
    assert "regencies.csv:1:" in capsys.readouterr().err


def test_every_province_of_indonesia_has_the_zone_of_the_decree() -> None:
    zones = read_time_zones()

    assert len(zones) == 38
    assert [
        sum(zone == name for zone in zones.values()) for name in sorted(set(zones.values()))
    ] == [
        18,  # Asia/Jakarta
        8,  # Asia/Jayapura
        12,  # Asia/Makassar
    ]
    assert zones["61"] == "Asia/Jakarta"
    assert zones["63"] == "Asia/Makassar"
    assert zones["51"] == zones["53"] == "Asia/Makassar"
    assert zones["82"] == zones["96"] == "Asia/Jayapura"


@pytest.mark.django_db
def test_database_refuses_a_region_without_its_parent() -> None:
    with transaction.atomic():
        Regency.objects.create(code="99.01", province_id="99", name="Kota X", kind="KOTA")

        with pytest.raises(IntegrityError), transaction.atomic():
            connection.check_constraints()

        transaction.set_rollback(True)
