"""The public ledger: a stranger reads, downloads and verifies everything without signing in."""

import io
import json
import zipfile

import pytest

from pilkades.apps.audit.keys import get_signing_key
from pilkades.apps.audit.services import publish_checkpoint
from pilkades.ledger.checkpoint import open_checkpoint
from pilkades.ledger.prooffile import (
    parse_consistency_file,
    parse_inclusion_file,
    verify_consistency_file,
    verify_inclusion_file,
)
from pilkades.ledger.verification import verify_log
from tests.apps.audit.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def _twenty(write) -> None:
    for number in range(20):
        write(number)


def key():
    return get_signing_key().verifier


@pytest.mark.usefixtures("_twenty")
def test_the_page_shows_size_key_and_the_one_command(client, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(15):
        page = client.get("/ledger/").content.decode()
    assert str(key()).replace("+", "&#x2B;") in page or str(key()) in page
    assert "pilkades ledger verify ledger-20.zip --key" in page


def test_the_page_of_an_empty_ledger_says_what_will_stand_there(client) -> None:
    assert "Belum ada entri" in client.get("/ledger/").content.decode()


@pytest.mark.usefixtures("_twenty")
def test_the_checkpoint_is_a_signed_note(client) -> None:
    response = client.get("/ledger/checkpoint")
    assert response["Content-Type"].startswith("text/plain")
    assert open_checkpoint(response.content, key=key()).size == 20
    assert client.get("/ledger/kunci").content.decode() == f"{key()}\n"


def test_an_older_checkpoint_stays_available(client, write) -> None:
    write()
    old = client.get("/ledger/checkpoint").content
    write()
    assert open_checkpoint(client.get("/ledger/checkpoint").content, key=key()).size == 2
    assert client.get("/ledger/checkpoint?ukuran=1").content == old
    assert client.get("/ledger/checkpoint?ukuran=7").status_code == 404


@pytest.mark.usefixtures("_twenty")
def test_entries_are_read_in_pieces(client) -> None:
    publish_checkpoint(now=NOW)
    lines = client.get("/ledger/entri?start=5&end=8").content.splitlines()
    assert [json.loads(line)["data"]["rows"] for line in lines] == [5, 6, 7]
    assert client.get("/ledger/entri?start=99").content == b""
    assert len(client.get("/ledger/entri").content.splitlines()) == 20


def test_entries_name_nobody(client, write) -> None:
    write()
    publish_checkpoint(now=NOW)
    assert b"Sari" not in client.get("/ledger/entri").content


@pytest.mark.parametrize("start", ["007", "+1", " 1", "x", "", "-1", "9" * 30])
def test_a_second_spelling_of_a_number_is_refused(client, start: str) -> None:
    response = client.get("/ledger/entri", {"start": start})
    assert response.status_code == 400


@pytest.mark.usefixtures("_twenty")
def test_each_entry_has_a_proof_that_verifies_offline(client) -> None:
    response = client.get("/ledger/bukti/11")
    leaf, checkpoint = verify_inclusion_file(parse_inclusion_file(response.content), key=key())
    assert (leaf.data["rows"], checkpoint.size) == (11, 20)
    assert client.get("/ledger/bukti/20").status_code == 404


def test_growth_is_proved_between_two_checkpoints(client, write) -> None:
    write()
    old = open_checkpoint(client.get("/ledger/checkpoint").content, key=key())
    for number in range(30):
        write(number)
    new = open_checkpoint(client.get("/ledger/checkpoint").content, key=key())
    proof = parse_consistency_file(client.get("/ledger/konsistensi?from=1").content)
    verify_consistency_file(proof, old=old, new=new)


@pytest.mark.parametrize("query", ["from=0", "from=21", "", "from=1&to=01"])
@pytest.mark.usefixtures("_twenty")
def test_a_proof_from_nothing_or_beyond_is_refused(client, query: str) -> None:
    response = client.get(f"/ledger/konsistensi?{query}")
    assert response.status_code == 400
    assert response["Content-Type"].startswith("text/plain")


@pytest.mark.usefixtures("_twenty")
def test_a_refusal_says_plainly_what_may_be_asked_for(client) -> None:
    said = client.get("/ledger/konsistensi?from=0").content.decode()
    assert "dari 1 sampai 20" in said
    for path in ("konsistensi?from=1&to=7", "unduh?ukuran=7", "checkpoint?ukuran=7"):
        response = client.get(f"/ledger/{path}")
        assert response.status_code == 404
        assert "dengan 7 entri tidak pernah diumumkan" in response.content.decode()
    assert "Entri nomor 20 tidak ada" in client.get("/ledger/bukti/20").content.decode()


@pytest.mark.usefixtures("_twenty")
def test_the_bundle_verifies(client) -> None:
    response = client.get("/ledger/unduh")
    archive = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    assert archive.testzip() is None
    assert set(archive.namelist()) == {
        "BACA-SAYA.txt",
        "vkey",
        "checkpoint",
        "ledger.jsonl",
        "hashes",
    }
    verification = verify_log(
        lines=archive.open("ledger.jsonl"),
        checkpoint=archive.read("checkpoint"),
        key=key(),
        hash_lines=archive.open("hashes"),
    )
    assert verification.ok


def test_the_public_ledger_cannot_be_written_to(client) -> None:
    for path in ("/ledger/", "/ledger/checkpoint", "/ledger/entri", "/ledger/unduh"):
        assert client.post(path).status_code in (403, 405)
