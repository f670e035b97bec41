"""What is printed of a roll, who may print it, and what became of the invitations."""

import io
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from pilkades.apps.audit.models import Event
from pilkades.apps.elections.models import PollingStation, Venue
from pilkades.apps.jobs.models import Job, JobState
from pilkades.apps.roll.invitation_codes import PREFIX, sign_code, verify_code, write_code
from pilkades.apps.roll.models import Delivery, Invitation, Roll, RollEntry
from pilkades.apps.roll.services.invitations import issue_invitations, report_delivery
from pilkades.apps.vault.files import read_file
from pilkades.errors import (
    ConflictError,
    MalformedInputError,
    ProofRejectedError,
    RuleViolationError,
)
from tests.apps.village_cast import VILLAGE, VillageCast, at, make_village

FIXED = at(8, 18)
VOTERS = 23
KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))


@pytest.fixture
def cast(db: None) -> VillageCast:
    return make_village()


@pytest.fixture
def roll(cast: VillageCast) -> Roll:
    roll = Roll.objects.create(
        election=cast.election,
        state="final",
        created_at=FIXED,
        provisional_fixed_at=at(8, 3),
        final_fixed_at=FIXED,
    )
    venue = Venue.objects.create(election=cast.election, name="Balai Desa")
    stations = [
        PollingStation.objects.create(election=cast.election, venue=venue, number=number)
        for number in (1, 2)
    ]
    for number in range(1, VOTERS + 1):
        RollEntry.objects.create(
            roll=roll,
            number=number,
            nik=f"350501010180{9000 + number}",
            kk=f"350501020304{7000 + number // 3}",
            full_name=f"Warga #panic() {number}" if number == 7 else f"Warga {number}",
            search_name=f"warga {number}",
            sex="P" if number % 2 else "L",
            birth_date=date(1980, 1, 1),
            address=f"Jalan Melati {number}",
            rt="001",
            rw="002",
            station=stations[number % 2],
        )
    return roll


def _print(cast: VillageCast, kind: str, paper: str = "a4", name: str = "sari") -> Any:
    return cast.client(name).post(f"/ruang/{VILLAGE}/dpt/cetak/", {"kind": kind, "paper": paper})


def test_the_list_for_the_wall_shows_everybody_and_no_number(
    cast: VillageCast, roll: Roll, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        _print(cast, "wall")
    job = Job.objects.latest("pk")
    assert job.result_file is not None
    text = _text(job)
    for number in range(1, VOTERS + 1):
        assert f"Warga {number}" in text or f"Warga #panic() {number}" in text
    for secret in ("350501010180", "350501020304", "1980", "Melati"):
        assert secret not in text


def _text(job: Job) -> str:
    assert job.state == JobState.DONE, job.message
    assert job.result_file is not None
    reader = PdfReader(io.BytesIO(read_file(job.result_file).data))
    return "\n".join(page.extract_text() for page in reader.pages)


@pytest.mark.parametrize("paper", ["a4", "f4"])
@pytest.mark.parametrize("kind", ["full", "wall", "poll-book", "stickers", "invitations"])
def test_every_paper_is_made_in_both_sizes_and_its_print_is_on_record(
    cast: VillageCast,
    roll: Roll,
    kind: str,
    paper: str,
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        _print(cast, kind, paper)
    job = Job.objects.latest("pk")
    assert job.state == JobState.DONE, job.message
    assert job.result_file is not None
    page = PdfReader(io.BytesIO(read_file(job.result_file).data)).pages[0]
    edges = {round(float(page.mediabox.width)), round(float(page.mediabox.height))}
    assert edges == ({595, 842} if paper == "a4" else {609, 935})
    event = Event.objects.get(event="roll.printed")
    assert f'"{kind}"' in event.leaf


def test_a_list_is_totalled_per_station(
    cast: VillageCast, roll: Roll, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        _print(cast, "full")
    text = _text(Job.objects.latest("pk"))
    assert "TPS 01" in text
    assert "TPS 02" in text
    assert "3505010101809001" in text
    assert "tidak untuk ditempel" in text


def test_an_invitation_is_cut_in_two_halves_without_a_full_nik(
    cast: VillageCast, roll: Roll, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        _print(cast, "invitations")
    text = _text(Job.objects.latest("pk"))
    assert text.count("Tanda terima C6") == VOTERS
    assert text.count("Surat pemberitahuan pemungutan suara (C6)") == VOTERS
    assert "350501010180" not in text
    assert Invitation.objects.count() == VOTERS
    assert len(set(Invitation.objects.values_list("code", flat=True))) == VOTERS


def test_printing_again_keeps_the_codes(
    cast: VillageCast, roll: Roll, django_capture_on_commit_callbacks: Any
) -> None:
    def codes() -> set[str]:
        return set(Invitation.objects.values_list("code", flat=True))

    with django_capture_on_commit_callbacks(execute=True):
        _print(cast, "invitations")
    before = codes()
    with django_capture_on_commit_callbacks(execute=True):
        _print(cast, "invitations", "f4")
    assert codes() == before


def test_the_minutes_say_day_and_number_in_words(cast: VillageCast, roll: Roll) -> None:
    response = cast.client("camat").get(f"/ruang/{VILLAGE}/dpt/pleno-dpt.pdf")
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages)
    assert "Selasa tanggal delapan belas bulan Agustus tahun dua ribu dua puluh enam" in " ".join(
        text.split()
    )
    assert "dua puluh tiga pemilih" in " ".join(text.split())


@pytest.mark.parametrize("name", ["mallory", "kartika", "dewi", "camat", "desk"])
def test_nobody_but_the_committee_prints(cast: VillageCast, roll: Roll, name: str) -> None:
    assert _print(cast, "full", name=name).status_code in (403, 404)
    assert not Job.objects.exists()


def test_a_kind_that_does_not_exist_ends_in_a_sentence(
    cast: VillageCast, roll: Roll, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        _print(cast, "../secret")
    assert Job.objects.latest("pk").state == JobState.FAILED


def test_without_a_final_roll_or_a_station_there_are_no_invitations(
    cast: VillageCast, roll: Roll
) -> None:
    RollEntry.objects.filter(number=3).update(station=None)
    issue = {"actor": cast.actor("sari"), "now": FIXED, "election_uuid": cast.election_uuid}
    with pytest.raises(RuleViolationError, match="1 pemilih belum punya TPS"):
        issue_invitations(**issue)
    Roll.objects.update(state="provisional")
    with pytest.raises(RuleViolationError, match="sesudah DPT"):
        issue_invitations(**issue)


def test_what_became_of_an_invitation_is_recorded_once_at_a_time(
    cast: VillageCast, roll: Roll
) -> None:
    issue_invitations(actor=cast.actor("sari"), now=FIXED, election_uuid=cast.election_uuid)
    entry = roll.entries.get(number=5)
    report: dict[str, Any] = {
        "now": at(11, 13),
        "entry_uuid": entry.uuid,
        "expected": Delivery.OPEN,
    }
    with pytest.raises(MalformedInputError):
        report_delivery(actor=cast.actor("sari"), delivery=Delivery.DELIVERED, **report)
    report_delivery(actor=cast.actor("sari"), delivery=Delivery.MOVED, **report)
    with pytest.raises(ConflictError):
        report_delivery(actor=cast.actor("rini"), delivery=Delivery.DIED, **report)
    with pytest.raises(PermissionDenied):
        report_delivery(
            actor=cast.actor("mallory"),
            delivery=Delivery.DIED,
            **{**report, "expected": Delivery.MOVED},
        )
    event = Event.objects.get(event="roll.invitation_reported")
    assert str(entry.uuid) not in event.leaf
    assert "moved" not in event.leaf


@pytest.mark.parametrize("name", ["mallory", "kartika", "dewi"])
def test_an_outsider_sees_no_print_page_and_no_invitation(
    cast: VillageCast, roll: Roll, name: str
) -> None:
    issue_invitations(actor=cast.actor("sari"), now=FIXED, election_uuid=cast.election_uuid)
    entry = roll.entries.get(number=5)
    for page in ("cetak/", "undangan/", f"undangan/{entry.uuid}/", "pleno-dpt.pdf"):
        assert cast.client(name).get(f"/ruang/{VILLAGE}/dpt/{page}").status_code in (403, 404)


@given(st.binary(min_size=16, max_size=16), st.integers(0, 139), st.sampled_from("ABZ234"))
def test_a_changed_code_is_refused(raw: bytes, place: int, letter: str) -> None:
    election = uuid4()
    text = sign_code(write_code(raw), election=election, key=KEY)
    assert verify_code(text, election=election, key=KEY.public_key()) == write_code(raw)
    place %= len(text)
    changed = text[:place] + letter + text[place + 1 :]
    if changed != text:
        with pytest.raises((MalformedInputError, ProofRejectedError)):
            verify_code(changed, election=election, key=KEY.public_key())
    with pytest.raises(ProofRejectedError):
        verify_code(text, election=uuid4(), key=KEY.public_key())
    assert text.startswith(PREFIX)
