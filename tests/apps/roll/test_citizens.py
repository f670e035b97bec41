"""Citizens ask whether they are on the roll, report what is wrong, and read the answer."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pilkades.apps.audit.models import Event
from pilkades.apps.elections.models import PollingStation, Venue
from pilkades.apps.roll.models import CitizenReport, ReportKind, ReportOutcome, Roll, RollEntry
from pilkades.apps.roll.services.citizen import ReportInput, answer_report, file_report
from pilkades.errors import ConflictError, MalformedInputError, RuleViolationError
from tests.apps.village_cast import PDF, VILLAGE, VillageCast, at, make_village

NIK, BIRTH = "3505015203809001", date(1980, 3, 12)
ANNOUNCED = at(8, 5)
ASK = {"nik": NIK, "birth_date_day": "12", "birth_date_month": "3", "birth_date_year": "1980"}


@pytest.fixture(autouse=True)
def _nobody_has_guessed_yet() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def cast(db: None) -> VillageCast:
    return make_village()


@pytest.fixture
def entry(cast: VillageCast) -> RollEntry:
    roll = Roll.objects.create(election=cast.election, state="announced", created_at=ANNOUNCED)
    venue = Venue.objects.create(election=cast.election, name="Balai Dusun Krajan")
    station = PollingStation.objects.create(election=cast.election, venue=venue, number=3)
    return RollEntry.objects.create(
        roll=roll,
        nik=NIK,
        full_name="Dewi Mardiana",
        search_name="dewi mardiana",
        sex="P",
        birth_date=BIRTH,
        address="Jalan Melati 5",
        station=station,
    )


def _ask(client: Client | None = None, url: str = "/cek-dpt/", **changes: str) -> Any:
    return (client or Client()).post(url, {**ASK, **changes})


def test_a_voter_learns_the_station_and_nothing_more(entry: RollEntry) -> None:
    page = _ask().content.decode()
    assert "TPS 03" in page
    assert "Balai Dusun Krajan" in page
    assert "D••• M•••••••" in page
    for secret in ("Dewi", "Mardiana", "Melati", NIK):
        assert secret not in page.replace(f'value="{NIK}"', "")


def test_a_wrong_birth_date_answers_like_an_unknown_nik(entry: RollEntry) -> None:
    wrong_day = _ask(birth_date_day="13").content.decode()
    unknown = _ask(nik="3505015203809002").content.decode()
    assert "Tidak ditemukan" in wrong_day
    for page in (wrong_day, unknown):
        assert "TPS 03" not in page
    same = [
        p.replace("3505015203809002", NIK).replace('value="13"', 'value="12"')
        for p in (wrong_day, unknown)
    ]
    strip = [p.partition("csrfmiddlewaretoken")[0] for p in same]
    assert strip[0] == strip[1]


@pytest.mark.parametrize("state", ["draft", "provisional"])
def test_before_the_announcement_nobody_is_told_anything(entry: RollEntry, state: str) -> None:
    Roll.objects.update(state=state)
    assert "TPS 03" not in _ask().content.decode()
    assert "belum diumumkan" in Client().get(f"/desa/{VILLAGE}/cek-dpt/").content.decode()


def test_a_struck_entry_is_not_found(entry: RollEntry) -> None:
    RollEntry.objects.update(is_removed=True, removed_reason="meninggal")
    assert "Tidak ditemukan" in _ask().content.decode()


@pytest.mark.parametrize("nik", ["350501520380900", "35050152038O9001", "", "٣٥٠٥٠١٥٢٠٣٨٠٩٠٠١"])
def test_a_nik_of_the_wrong_form_is_refused_with_its_length(entry: RollEntry, nik: str) -> None:
    response = _ask(nik=nik)
    assert response.status_code == 400


def test_spaces_and_points_in_a_nik_are_how_people_write_it(entry: RollEntry) -> None:
    assert "TPS 03" in _ask(nik="3505 0152.0380-9001").content.decode()


def test_guessing_the_last_digits_is_slowed(entry: RollEntry) -> None:
    answers = [_ask(nik=f"350501520380{n:04d}").status_code for n in range(8)]
    assert answers[:5] == [200] * 5
    assert 429 in answers[5:]
    # Somebody else in the village is not kept out by that.
    other = Client(REMOTE_ADDR="198.51.100.7")
    assert "Tidak ditemukan" in _ask(other, nik="3505010101700001").content.decode()


def test_looking_up_costs_few_queries(entry: RollEntry) -> None:
    _ask()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        _ask()
    assert len(queries) <= 14, [q["sql"][:80] for q in queries]


def test_the_nik_stands_in_no_address_and_no_event(entry: RollEntry) -> None:
    assert '<form method="post"' in Client().get("/cek-dpt/").content.decode()
    response = _ask()
    assert response["Cache-Control"].count("no-store")
    assert not [event for event in Event.objects.all() if NIK in event.leaf]


def _file(cast: VillageCast, **changes: Any) -> CitizenReport:
    given = {
        "kind": ReportKind.WRONG_DATA,
        "reporter_name": "Dewi Mardiana",
        "contact": "081234567890",
        "content": "Tanggal lahir saya 12 Maret, bukan 13 Maret.",
        "document": PDF,
    }
    return file_report(
        now=ANNOUNCED,
        election_uuid=cast.election_uuid,
        entry_uuid=changes.pop("entry_uuid", None),
        given=ReportInput(**{**given, **changes}),
    )


def test_a_report_is_followed_from_look_up_to_answer(cast: VillageCast, entry: RollEntry) -> None:
    client = Client()
    page = _ask(client).content.decode()
    token = page.partition("token=")[2].partition('"')[0]
    form = {
        "kind": "wrong_data",
        "content": "Nama saya Dewi Mardiyana, memakai y.",
        "reporter_name": "Dewi",
        "contact": "0812",
    }
    filed = client.post(f"/desa/{VILLAGE}/lapor-dpt/?token={token}", form).content.decode()
    report = CitizenReport.objects.get()
    assert report.entry_id == entry.pk
    assert report.ticket in filed

    answer_report(
        actor=cast.actor("sari"),
        now=at(8, 6),
        report_uuid=report.uuid,
        expected_version=1,
        outcome=ReportOutcome.ACCEPTED,
        answer="Nama sudah diperbaiki menurut KTP-el.",
    )
    followed = client.get(f"/laporan-dpt/{report.ticket}/").content.decode()
    assert "Nama sudah diperbaiki menurut KTP-el." in followed
    assert "0812" not in followed


def test_a_report_is_sealed_and_only_its_commitment_stands_in_the_ledger(
    cast: VillageCast, entry: RollEntry
) -> None:
    report = _file(cast)
    event = Event.objects.get(event="roll.report_filed")
    for secret in ("Dewi", "0812", "Maret", report.ticket):
        assert secret not in event.leaf
    with connection.cursor() as cursor:
        cursor.execute("select reporter_name, contact, content from roll_citizenreport")
        row = " ".join(cursor.fetchone())
    assert "Dewi" not in row
    assert "0812" not in row


def test_a_forged_token_names_nobody(cast: VillageCast, entry: RollEntry) -> None:
    form = {
        "kind": "wrong_data",
        "content": "Sepuluh huruf lebih.",
        "reporter_name": "M",
        "contact": "x",
    }
    Client().post(f"/desa/{VILLAGE}/lapor-dpt/", {**form, "token": str(entry.uuid)})
    assert CitizenReport.objects.get().entry is None


def test_a_late_objection_is_kept_and_says_so(cast: VillageCast, entry: RollEntry) -> None:
    given = ReportInput(
        kind=ReportKind.NOT_ENTITLED,
        reporter_name="Pak Joko",
        contact="0813",
        content="Orang ini sudah pindah ke Malang sejak 2020.",
    )
    late = file_report(
        now=at(9, 30), election_uuid=cast.election_uuid, entry_uuid=None, given=given
    )
    assert (late.timeliness, _file(cast).timeliness) == ("late", "in_time")


@pytest.mark.parametrize(
    "change", [{"content": "pendek"}, {"reporter_name": " "}, {"contact": ""}, {"document": b"MZ"}]
)
def test_a_report_without_what_it_needs_is_refused(
    cast: VillageCast, entry: RollEntry, change: dict[str, Any]
) -> None:
    with pytest.raises(MalformedInputError):
        _file(cast, **change)
    assert not CitizenReport.objects.exists()


def test_before_the_announcement_a_report_is_sent_to_the_committee(
    cast: VillageCast, entry: RollEntry
) -> None:
    Roll.objects.update(state="draft")
    with pytest.raises(RuleViolationError):
        _file(cast)


def test_two_members_cannot_answer_the_same_report(cast: VillageCast, entry: RollEntry) -> None:
    report = _file(cast)
    answer: dict[str, Any] = {
        "now": at(8, 6),
        "report_uuid": report.uuid,
        "expected_version": 1,
        "outcome": ReportOutcome.REFUSED,
        "answer": "Data sesuai KTP-el.",
    }
    answer_report(actor=cast.actor("sari"), **answer)
    with pytest.raises(ConflictError):
        answer_report(actor=cast.actor("slamet"), **answer)


@pytest.mark.parametrize("name", ["mallory", "kartika", "camat", "dewi"])
def test_nobody_else_answers(cast: VillageCast, entry: RollEntry, name: str) -> None:
    report = _file(cast)
    with pytest.raises(PermissionDenied):
        answer_report(
            actor=cast.actor(name),
            now=at(8, 6),
            report_uuid=report.uuid,
            expected_version=1,
            outcome=ReportOutcome.ACCEPTED,
            answer="ya",
        )


@pytest.mark.parametrize("name", ["mallory", "kartika", "dewi", ""])
def test_an_outsider_reads_no_report_and_no_document(
    cast: VillageCast, entry: RollEntry, name: str
) -> None:
    report = _file(cast)
    client = cast.client(name)
    for page in ("", f"{report.uuid}/", f"{report.uuid}/dokumen/"):
        status = client.get(f"/ruang/{VILLAGE}/dpt/laporan/{page}").status_code
        assert status in (302, 403, 404)
        assert (status == 302) == (not name)


def test_the_committee_reads_and_downloads(cast: VillageCast, entry: RollEntry) -> None:
    report = _file(cast)
    client = cast.client("sari")
    assert report.ticket in client.get(f"/ruang/{VILLAGE}/dpt/laporan/").content.decode()
    page = client.get(f"/ruang/{VILLAGE}/dpt/laporan/{report.uuid}/").content.decode()
    assert "12 Maret" in page
    document = client.get(f"/ruang/{VILLAGE}/dpt/laporan/{report.uuid}/dokumen/")
    assert document.content == PDF
    assert document["Content-Disposition"].startswith("attachment")
    sheet = client.get(f"/ruang/{VILLAGE}/dpt/laporan/?unduh=xlsx")
    assert sheet["Content-Type"].endswith("sheet")
