"""Mallory writes into the database after the lock: the screens go on showing what was approved."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from pilkades.apps.elections.models import Candidacy, SetupProof, SetupProofSignature
from pilkades.apps.elections.services.documents import keep_photo
from tests.apps.elections_village.conftest import cast, village_stage
from tests.apps.elections_village.photos import picture
from tests.apps.village_cast import VILLAGE, VillageCast
from tests.apps.village_way import go_whole_way

__all__ = ["cast", "village_stage"]

PUBLIC, DATA = f"/desa/{VILLAGE}/", f"/desa/{VILLAGE}/data.json"
API = f"/api/v1/pemilihan/{VILLAGE}"
WORKSPACE = f"/ruang/{VILLAGE}/cetak-coba/"
ALARM = "Data calon di basis data tidak sama dengan cetak coba yang disetujui"
CLAIM = "Sidik isi surat suara yang disetujui semua calon:"
APPROVED = [(1, "Darto Prasetyo"), (2, "Kartika Wulandari")]


@dataclass(frozen=True, slots=True)
class Locked:
    """A village whose proof is locked."""

    cast: VillageCast
    proof: SetupProof

    def read_public(self) -> str:
        return self.cast.client().get(PUBLIC).content.decode()

    def read_data(self) -> Any:
        return self.cast.client().get(DATA).json()

    def read_workspace(self) -> str:
        return self.cast.client("kartika").get(WORKSPACE).content.decode()


@pytest.fixture
def locked(cast: VillageCast) -> Locked:
    go_whole_way(cast)
    return Locked(cast, SetupProof.objects.get(election=cast.election))


def _first() -> Candidacy:
    return Candidacy.objects.get(ballot_number=1)


def _change_number() -> None:
    Candidacy.objects.filter(ballot_number=1).update(ballot_number=3)


def _swap_numbers() -> None:
    one, two = _first(), Candidacy.objects.get(ballot_number=2)
    Candidacy.objects.filter(pk=one.pk).update(ballot_number=9)
    Candidacy.objects.filter(pk=two.pk).update(ballot_number=1)
    Candidacy.objects.filter(pk=one.pk).update(ballot_number=2)


def _change_name() -> None:
    Candidacy.objects.filter(ballot_number=1).update(ballot_name="Mallory")


def _change_photo_hash() -> None:
    Candidacy.objects.filter(ballot_number=1).update(photo_sha256="0" * 64)


ROWS = (_change_number, _swap_numbers, _change_name, _change_photo_hash)


def _change_content() -> None:
    proof = SetupProof.objects.get()
    proof.content = proof.content.replace("Darto Prasetyo", "Mallory")
    proof.save()


def _change_digest() -> None:
    SetupProof.objects.update(sha256="0" * 64)


def _break_content() -> None:
    SetupProof.objects.update(content="{")


def _change_content_with_its_digest() -> None:
    _change_name()
    _change_content()
    proof = SetupProof.objects.get()
    proof.sha256 = hashlib.sha256(proof.content.encode()).hexdigest()
    proof.save()


def _change_everything_but_the_ledger() -> None:
    _change_content_with_its_digest()
    SetupProofSignature.objects.update(sha256=SetupProof.objects.get().sha256)


STORED = (
    _change_content,
    _change_digest,
    _break_content,
    _change_content_with_its_digest,
    _change_everything_but_the_ledger,
)


def test_without_a_change_there_is_no_alarm(locked: Locked) -> None:
    page, workspace, data = locked.read_public(), locked.read_workspace(), locked.read_data()
    assert ALARM not in page
    assert CLAIM in page
    assert ALARM not in workspace
    assert "Dikunci" in workspace
    assert data["setup_proof_alarm"] is False
    assert [(item["number"], item["name"]) for item in data["candidates"]] == APPROVED


@pytest.mark.parametrize("tamper", ROWS)
def test_a_changed_row_is_not_shown_and_raises_the_alarm(
    locked: Locked, tamper: Callable[[], None]
) -> None:
    before = locked.read_data()["candidates"]
    tamper()
    data = locked.read_data()
    assert data["candidates"] == before
    assert data["setup_proof_alarm"] is True
    for page in (locked.read_public(), locked.read_workspace()):
        assert ALARM in page
        assert "Jangan mencetak surat suara" in page
        assert "Mallory" not in page
        assert page.index("Darto Prasetyo") < page.index("Kartika Wulandari")
        assert CLAIM not in page
        assert ">Disetujui<" not in page
        assert ">Dikunci<" not in page


@pytest.mark.parametrize("tamper", ROWS)
def test_the_api_answers_with_what_was_approved(locked: Locked, tamper: Callable[[], None]) -> None:
    tamper()
    client = locked.cast.client("kartika")
    candidates = client.get(f"{API}/calon").json()
    lines = client.get(f"{API}/cetak-coba").json()["proof"]
    entries = json.loads(locked.proof.content)["entries"]
    for found in (candidates["candidates"], lines["lines"]):
        told = [{key: item[key] for key in ("number", "name", "photo_sha256")} for item in found]
        assert told == entries
    assert candidates["setup_proof_alarm"] is True
    assert lines["has_alarm"] is True
    assert client.get(API).json()["setup_proof_alarm"] is True


@pytest.mark.parametrize("tamper", STORED)
def test_a_changed_proof_raises_the_alarm_and_claims_nothing(
    locked: Locked, tamper: Callable[[], None]
) -> None:
    tamper()
    assert locked.read_data()["setup_proof_alarm"] is True
    for page in (locked.read_public(), locked.read_workspace()):
        assert ALARM in page
        assert "lembar cetak coba yang ditandatangani" in page
        assert CLAIM not in page
        assert ">Disetujui<" not in page


def test_one_who_was_not_on_the_proof_raises_the_alarm(locked: Locked) -> None:
    SetupProofSignature.objects.filter(candidacy=_first()).delete()
    assert ALARM in locked.read_public()


def test_another_photo_in_the_place_of_the_approved_one_is_not_shown(locked: Locked) -> None:
    one, two = _first(), Candidacy.objects.get(ballot_number=2)
    url = f"/calon/{one.uuid}/foto"
    assert locked.cast.client().get(url).status_code == 200
    Candidacy.objects.filter(pk=one.pk).update(photo_small=None)
    Candidacy.objects.filter(pk=one.pk).update(photo_small=two.photo_small)
    assert locked.cast.client().get(url).status_code == 200
    other, small, _ = keep_photo(picture("maroon"), name="Mallory")
    Candidacy.objects.filter(pk=one.pk).update(photo=other, photo_small=small)
    assert locked.cast.client().get(url).status_code == 404


@pytest.mark.parametrize("tamper", [_change_number, _change_name, _break_content])
def test_the_papers_are_still_made(locked: Locked, tamper: Callable[[], None]) -> None:
    tamper()
    chair = locked.cast.client("sari")
    assert chair.get(f"{WORKSPACE}cetak.pdf").status_code == 200
    assert locked.cast.client().get(f"/desa/{VILLAGE}/pengumuman.pdf").status_code == 200


def test_a_stranger_does_not_see_the_proof_page(locked: Locked) -> None:
    _change_name()
    assert locked.cast.client("mallory").get(WORKSPACE).status_code in (403, 404)
