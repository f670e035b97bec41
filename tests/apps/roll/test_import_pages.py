"""The pages of an import: from a messy file to the roll, by hand, in either language."""

import io
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from pilkades.apps.roll.models import ImportState, RollEntry, RollImport
from tests.apps.roll.import_cast import HEADINGS, bring, get_row, make_sheet, person
from tests.apps.roll_cast import LISTING, make_hamlet
from tests.apps.village_cast import VILLAGE, VillageCast, make_village

pytestmark = pytest.mark.django_db
LIST = reverse("roll:imports", args=[VILLAGE])
QUERIES_MAX = 30


@pytest.fixture(autouse=True)
def _stand_in_july(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.PILKADES_JOBS_DIR = tmp_path / "jobs"
    monkeypatch.setattr("pilkades.apps.design.clock.now", lambda: LISTING)


@pytest.fixture
def cast(db: None) -> VillageCast:
    made = make_village()
    make_hamlet("Krajan")
    return made


def _url(name: str, source: RollImport, *args: Any) -> str:
    return reverse(f"roll:{name}", args=[VILLAGE, source.uuid, *args])


def _upload(client: Client, data: bytes, name: str = "daftar.xlsx") -> Any:
    return client.post(LIST, {"file": SimpleUploadedFile(name, data)})


def _confirm(client: Client, source: RollImport, **changes: str) -> Any:
    columns = {f"kolom_{index}": target for index, target in source.columns.items()}
    given = {"version": source.version, "sheet": source.sheet_name, **columns, **changes}
    return client.post(_url("import-columns", source), given)


def _only() -> RollImport:
    return RollImport.objects.get()


def test_a_messy_file_becomes_a_roll(
    cast: VillageCast, django_capture_on_commit_callbacks: Any
) -> None:
    client = cast.client("sari")
    data = make_sheet(
        [person(1), person(2, **{"N I K": person(2)[1].replace("0", "O")}), ["JUMLAH", 2]],
        title="DAFTAR PEMILIH",
    )

    assert _upload(client, data).url == _url("import-columns", _only())
    page = client.get(_url("import-columns", _only())).text
    assert "N I K" in page
    assert person(1)[1] not in page
    with django_capture_on_commit_callbacks(execute=True):
        answer = _confirm(client, _only())
    assert client.get(answer.url).status_code == 200

    preview = client.get(_url("import", _only())).text
    assert "Ada huruf di dalam NIK" in preview
    assert person(2)[1] not in preview
    given = {"code": "nik.letters", "key": "as-digits:nik", "kembali": "https://jahat.example/"}
    back = client.post(_url("import-mend-all", _only()), given)
    assert back.url == _url("import", _only())

    review = client.get(_url("import-accept", _only())).text
    assert "2 pemilih" in review
    with django_capture_on_commit_callbacks(execute=True):
        client.post(_url("import-accept", _only()), {"version": _only().version})
    assert _only().state == ImportState.ACCEPTED
    assert RollEntry.objects.count() == 2
    assert "Batalkan impor ini" in client.get(_url("import", _only())).text

    undone = client.post(
        _url("import-undo", _only()), {"version": _only().version, "reason": "Keliru"}
    )
    assert undone.status_code == 302
    assert not RollEntry.objects.exists()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("daftar.xlsx", b"%PDF-1.7 x", "Berkas ini PDF yang diganti namanya"),
        ("daftar.xlsx", b"", "kosong"),
        ("daftar.xls", b"<html><table></table></html>", "halaman web yang diberi nama Excel"),
        ("daftar.csv", b"a\n" * 60_000, "lebih dari 50.000 baris"),
    ],
)
def test_a_file_that_is_not_taken_in_says_why(
    cast: VillageCast, name: str, data: bytes, words: str
) -> None:
    answer = _upload(cast.client("sari"), data, name)

    assert answer.status_code == 400
    assert words in answer.text
    assert not RollImport.objects.exists()


def test_a_mapping_without_names_is_refused_and_keeps_what_was_chosen(cast: VillageCast) -> None:
    client = cast.client("sari")
    _upload(client, make_sheet([person(1)]))

    answer = _confirm(client, _only(), kolom_2="", kolom_1="kk")

    assert answer.status_code == 400
    assert "Belum ada kolom nama" in answer.text
    assert '<option value="kk" selected' in answer.text
    assert _only().state == ImportState.UPLOADED


def test_another_sheet_can_be_chosen(cast: VillageCast) -> None:
    client = cast.client("sari")
    book = load_workbook(io.BytesIO(make_sheet([person(1)])))
    other = book.create_sheet("RT 02")
    for line in (HEADINGS[:3], person(2)[:3]):
        other.append(line)
    buffer = io.BytesIO()
    book.save(buffer)
    _upload(client, buffer.getvalue())

    page = client.get(_url("import-columns", _only()), {"lembar": "RT 02"}).text

    assert "lembar RT 02" in page
    assert page.count("<select") == 3


def test_a_row_is_mended_by_hand_and_its_nik_is_never_shown(cast: VillageCast) -> None:
    source = bring(cast, person(1, Nama=""))
    client, row = cast.client("sari"), get_row(source)
    page = client.get(_url("import-row", source, row.uuid))
    assert row.nik not in page.text
    assert "••••" in page.text

    fields = {"full_name": "Budi", "sex": "L", "birth_place": "Blitar"}
    kept = {"birth_date": "1980-03-02", "marital_status": "S", "rt": "002", "rw": "001"}
    answer = client.post(
        _url("import-row", source, row.uuid), {**fields, **kept, "hamlet": "Krajan"}
    )

    assert answer.status_code == 302
    mended = get_row(source)
    assert (mended.severity, mended.nik) == (0, person(1)[1])


def test_the_preview_is_light_and_downloads_without_niks(
    cast: VillageCast, django_assert_max_num_queries: Any
) -> None:
    source = bring(cast, *(person(n, Nama="@SUM(A1)") for n in range(1, 60)), person(1))
    client = cast.client("sari")
    client.get(_url("import", source))
    with django_assert_max_num_queries(QUERIES_MAX):
        page = client.get(_url("import", source), {"masalah": "cell.formula"}).text
    assert "Halaman 1 dari 3" in page
    assert "59 baris" in page

    answer = client.get(_url("import", source), {"tampil": "semua", "unduh": "xlsx"})
    rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))

    assert len(rows) == 61
    assert not any(person(n)[1] in str(rows) for n in range(1, 60))
    assert not any(str(cell).startswith("@") for row in rows for cell in row)


def test_rows_are_left_out_and_taken_back(cast: VillageCast) -> None:
    source = bring(cast, person(1), person(2))
    client, row = cast.client("sari"), get_row(source)

    client.post(_url("import-leave-out", source, row.uuid))
    assert get_row(source).is_skipped
    assert "Ditinggalkan" in client.get(_url("import", source), {"tampil": "dilewati"}).text
    client.post(_url("import-take-back", source, row.uuid))
    assert not get_row(source).is_skipped


def test_an_outsider_reaches_nothing(cast: VillageCast) -> None:
    source = bring(cast, person(1, Nama="9udi"))
    row = get_row(source)
    pages = [
        LIST,
        *(_url(n, source) for n in ("import", "import-columns", "import-accept", "import-undo")),
        _url("import-discard", source),
        _url("import-row", source, row.uuid),
    ]
    acts = [
        _url("import-mend-all", source),
        _url("import-leave-out-all", source),
        _url("import-mend", source, row.uuid),
        _url("import-leave-out", source, row.uuid),
        _url("import-take-back", source, row.uuid),
    ]
    for url in [*pages, *acts]:
        if url == _url("import", source):
            continue
        assert cast.client().post(url).status_code == 302
        for name in ("mallory", "dewi", "kartika", "bayu"):
            assert cast.client(name).post(url).status_code in (403, 404), (name, url)
    for url in pages:
        for name in ("mallory", "dewi", "kartika", "bayu"):
            assert cast.client(name).get(url).status_code in (403, 404), (name, url)
    assert get_row(source).codes == row.codes


def test_the_desk_reads_and_changes_nothing(cast: VillageCast) -> None:
    source = bring(cast, person(1, Nama="9udi"))
    desk = cast.client("desk")

    assert desk.get(LIST).status_code == 200
    page = desk.get(_url("import", source)).text
    assert "Ada angka di dalam nama" in page
    assert "Lanjut ke penerimaan" not in page
    assert desk.post(_url("import-accept", source), {"version": 1}).status_code == 403
    assert _upload(desk, make_sheet([person(1)])).status_code == 403


def test_an_import_of_another_village_is_not_reached(cast: VillageCast) -> None:
    source = bring(cast, person(1))
    client = cast.client("sari")
    source.uuid = uuid4()
    assert client.get(_url("import", source)).status_code == 404
