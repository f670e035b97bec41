"""What a phone does: the same services as the pages, their refusals with status and article."""

from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pilkades.apps.elections.models import Candidacy, CandidateComplaint
from pilkades.law.application import ApplicationState
from tests.apps.api.conftest import Scene
from tests.apps.village_cast import (
    CHECKING,
    DETERMINATION,
    PDF,
    REGISTRATION,
    VILLAGE,
    identity,
    open_draft,
)

ROOT = f"/api/v1/pemilihan/{VILLAGE}"
PERSONAL = ("3505", "081234567890", "Dusun Krajan")


def _post(client: Client, path: str, **body: Any) -> Any:
    return client.post(f"{ROOT}/{path}", body, content_type="application/json")


@pytest.fixture
def at_checking(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Scene:
    monkeypatch.setattr("pilkades.apps.design.clock.now", lambda: CHECKING)
    return scene


def test_the_session_tells_who_is_here_and_how_to_write(scene: Scene) -> None:
    nobody = Client().get("/api/v1/sesi").json()
    assert nobody["is_signed_in"] is False
    assert nobody["roles"] == []
    sari = scene.cast.client("sari").get("/api/v1/sesi").json()
    assert sari["name"] == "Bu Sari"
    assert [(role["role"], role["region_code"]) for role in sari["roles"]] == [
        ("COMMITTEE_CHAIR", VILLAGE)
    ]


def test_the_token_of_the_session_opens_a_write(at_checking: Scene) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(at_checking.cast.sari)
    token = client.get("/api/v1/sesi").json()["csrf_token"]
    url = at_checking.fill(f"{ROOT}/berkas/{{candidacy_uuid}}/usulan/{{decision_uuid}}/tarik")
    version = client.get(at_checking.fill(f"{ROOT}/berkas/{{candidacy_uuid}}")).json()["version"]
    answer = client.post(
        url,
        {"version": version},
        content_type="application/json",
        headers={"X-CSRFToken": token},
    )
    assert answer.status_code == 200, answer.content


def test_exactly_one_task_is_next_with_owner_day_and_article(scene: Scene) -> None:
    tasks = scene.cast.client("sari").get(f"{ROOT}/tugas").json()["tasks"]
    upcoming = [task for task in tasks if task["state"] == "next"]
    assert len(upcoming) == 1
    assert upcoming[0]["owner_name"]
    assert upcoming[0]["article"]


def test_a_file_is_shown_without_what_is_sealed(scene: Scene) -> None:
    answer = scene.cast.client("sari").get(scene.fill(f"{ROOT}/berkas/{{candidacy_uuid}}"))
    assert answer.json()["masked_nik"].count("•") > 5
    assert "3505015204" not in answer.content.decode()
    assert PERSONAL[1] not in answer.content.decode()
    assert PERSONAL[2] not in answer.content.decode()


def test_the_public_list_tells_nothing_personal(scene: Scene) -> None:
    answer = Client().get(f"{ROOT}/calon")
    found = answer.json()["candidates"]
    assert [item["is_determined"] for item in found] == [True, True]
    assert not any(word in answer.content.decode() for word in PERSONAL[1:])


def test_an_applicant_sees_the_own_file_and_no_other(scene: Scene) -> None:
    own = Candidacy.objects.get(user=scene.cast.kartika)
    client = scene.cast.client("kartika")
    assert client.get(f"{ROOT}/berkas/{own.uuid}").status_code == 200
    assert client.get(scene.fill(f"{ROOT}/berkas/{{candidacy_uuid}}")).status_code == 404
    assert client.get(f"{ROOT}/berkas").status_code == 403


def test_a_file_is_received_and_its_paper_checked_by_two(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pilkades.apps.design.clock.now", lambda: REGISTRATION)
    draft = open_draft(scene.cast, identity("Fajar", serial=9501))
    path = f"berkas/{draft.uuid}"
    sari, slamet = scene.cast.client("sari"), scene.cast.client("slamet")
    received = _post(sari, f"{path}/terima", version=draft.version)
    assert received.json()["state"] == ApplicationState.RECEIVED

    again = _post(sari, f"{path}/terima", version=draft.version)
    assert again.status_code == 409
    assert again.json()["code"] == "candidacy.stale"

    monkeypatch.setattr("pilkades.apps.design.clock.now", lambda: CHECKING)
    stored = sari.post(
        f"{ROOT}/{path}/dokumen/{scene.paths['kind']}",
        {"version": received.json()["version"], "paper": SimpleUploadedFile("a.pdf", PDF)},
    )
    assert stored.status_code == 200, stored.content
    file = sari.get(f"{ROOT}/{path}").json()
    paper = next(item for item in file["papers"] if item["kind"] == scene.paths["kind"])
    check = f"{path}/dokumen/{paper['document']['id']}/periksa"
    first = _post(sari, check, version=file["version"], outcome="valid")
    second = _post(slamet, check, version=first.json()["version"], outcome="valid")
    assert second.status_code == 200, second.content
    papers = sari.get(f"{ROOT}/{path}").json()["papers"]
    assert next(item for item in papers if item["kind"] == paper["kind"])["is_valid"] is True


def test_who_proposed_a_decision_does_not_confirm_it(at_checking: Scene) -> None:
    path = at_checking.fill("berkas/{candidacy_uuid}/usulan/{decision_uuid}/sahkan")
    file = at_checking.fill(f"{ROOT}/berkas/{{candidacy_uuid}}")
    version = at_checking.cast.client("sari").get(file).json()["version"]
    same = _post(at_checking.cast.client("slamet"), path, version=version)
    assert same.status_code == 422
    assert same.json()["article"]
    other = _post(at_checking.cast.client("sari"), path, version=version)
    assert other.json()["state"] == ApplicationState.WITHDRAWN


def test_anybody_files_a_complaint_and_the_committee_answers(at_checking: Scene) -> None:
    filed = _post(
        Client(),
        at_checking.fill("calon/{candidacy_uuid}/masukan"),
        complainant_name="Pak Joko",
        contact="0812",
        content="Ijazahnya belum dilegalisasi.",
    )
    assert filed.status_code == 200, filed.content
    found = CandidateComplaint.objects.get(ticket=filed.json()["ticket"])
    sari = at_checking.cast.client("sari")
    listed = sari.get(f"{ROOT}/masukan")
    assert "Joko" not in listed.content.decode()
    shown = sari.get(f"{ROOT}/masukan/{found.uuid}").json()
    assert shown["complainant_name"] == "Pak Joko"
    answer = _post(
        sari,
        f"masukan/{found.uuid}/jawaban",
        version=shown["version"],
        outcome="not_upheld",
        answer="Sudah dilegalisasi.",
    )
    assert answer.json()["outcome"] == "not_upheld"


def test_a_drawing_is_held_signed_and_closed(scene: Scene) -> None:
    sari = scene.cast.client("sari")
    lots = sari.get(f"{ROOT}/undian").json()["drawing"]["lots"]
    for turn, (lot, person) in enumerate(zip(lots, ("kartika", "darto"), strict=True), start=1):
        path = f"undian/calon/{lot['id']}"
        arrived = _post(sari, f"{path}/datang", arrived_at=f"00:0{turn}")
        assert arrived.status_code == 200, arrived.content
        drawn = _post(sari, f"{path}/nomor", turn=turn, number=3 - turn)
        assert drawn.status_code == 200, drawn.content
        signed = _post(scene.cast.client(person), f"{path}/tanda-tangan", number=3 - turn)
        assert signed.status_code == 200, signed.content
    state = sari.get(f"{ROOT}/undian").json()["drawing"]
    closed = _post(sari, "undian/tutup", version=state["version"])
    assert closed.status_code == 200, closed.content
    assert closed.json()["drawing"]["closed_at"]
    numbers = Client().get(f"{ROOT}/calon").json()["candidates"]
    assert [item["number"] for item in numbers] == [1, 2]


def test_the_camat_sees_to_a_matter_once(scene: Scene) -> None:
    camat = scene.cast.client("camat")
    before = camat.get("/api/v1/kotak-masuk").json()["total"]
    item = scene.fill("/api/v1/kotak-masuk/{item_uuid}/selesai")
    assert camat.post(item).status_code == 200
    assert camat.get("/api/v1/kotak-masuk").json()["total"] == before - 1


def test_the_board_of_a_camat_ends_at_the_district(scene: Scene) -> None:
    board = scene.fill("/api/v1/gelombang/{wave_uuid}/papan")
    rows = scene.cast.client("camat").get(board).json()["rows"]
    assert {row["village_code"][:8] for row in rows} == {"35.05.01"}


def test_a_proof_of_the_ledger_comes_with_its_checkpoint(scene: Scene) -> None:
    checkpoint = Client().get("/api/v1/buku-catatan/titik-periksa").json()
    proof = Client().get("/api/v1/buku-catatan/bukti/0", {"ukuran": checkpoint["size"]}).json()
    assert checkpoint["note"].splitlines()[0] == checkpoint["origin"]
    assert checkpoint["note"].strip() in proof["proof"]


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/api/v1/gelombang/{wave_uuid}/papan", {"cari": "\x00"}),
        ("/api/v1/kotak-masuk", {"mulai": str(10**30)}),
        ("/api/v1/buku-catatan/titik-periksa", {"ukuran": str(10**30)}),
        ("/api/v1/buku-catatan/entri", {"mulai": str(2**60)}),
    ],
)
def test_what_no_database_can_hold_is_refused_kindly(
    scene: Scene, path: str, query: dict[str, str]
) -> None:
    answer = scene.cast.client("camat").get(scene.fill(path), query)
    assert answer.status_code == 400
    assert answer.json()["code"] == "request.invalid"


@pytest.mark.parametrize("code", ["35.05.01.2001%00", "x", "35.05.01.20011"])
def test_what_is_no_code_of_a_village_is_not_found(scene: Scene, code: str) -> None:
    answer = Client().get(f"/api/v1/pemilihan/{code}")
    assert answer.status_code == 404
    assert answer.json()["code"] == "not.found"


def test_a_text_with_nul_is_refused_before_anything_is_written(at_checking: Scene) -> None:
    path = at_checking.fill("calon/{candidacy_uuid}/masukan")
    before = CandidateComplaint.objects.count()
    answer = _post(Client(), path, complainant_name="a\x00", contact="b", content="c")
    assert answer.status_code == 400
    assert CandidateComplaint.objects.count() == before


def test_the_phone_is_told_the_moment_of_this_service(scene: Scene) -> None:
    told = datetime.fromisoformat(Client().get("/api/v1/sesi").json()["now"])
    assert told == DETERMINATION
