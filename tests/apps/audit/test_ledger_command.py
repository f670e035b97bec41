"""`pilkades ledger`: one command finds and names what was changed; exit codes 0, 1, 2."""

import io
import json
import zipfile
from hashlib import sha256
from pathlib import Path

import jsonschema
import pytest

from pilkades.apps.audit.keys import get_signing_key
from pilkades.apps.audit.services import commit_to, publish_checkpoint
from pilkades.cli.main import main
from pilkades.ledger.checkpoint import Checkpoint, sign_checkpoint
from pilkades.ledger.merkle import EMPTY_ROOT
from pilkades.ledger.note import SigningKey
from tests.apps.audit.conftest import NOW

pytestmark = pytest.mark.django_db
MALLORYS_KEY = SigningKey(get_signing_key().name, bytes(range(32)))
SCHEMA = Path(__file__).resolve().parents[3] / "docs" / "formats" / "ledger-report.schema.json"


@pytest.fixture
def vkey() -> str:
    return str(get_signing_key().verifier)


@pytest.fixture
def folder(write, client, tmp_path: Path) -> Path:
    """The bundle of twenty events, downloaded and unpacked."""
    for number in range(20):
        write(number)
    response = client.get("/ledger/unduh")
    data = b"".join(response.streaming_content)
    (tmp_path / "ledger.zip").write_bytes(data)
    zipfile.ZipFile(io.BytesIO(data)).extractall(tmp_path / "isi")
    return tmp_path / "isi"


def run(capsys, *arguments: object) -> tuple[int, dict]:
    """Exit code and the JSON report, which keeps to its schema."""
    code = main(["ledger", *map(str, arguments), "--json"])
    report = json.loads(capsys.readouterr().out)
    jsonschema.validate(report, json.loads(SCHEMA.read_text(encoding="utf-8")))
    return code, report


def failures(report: dict) -> set[str]:
    return {check["id"] for check in report["checks"] if not check["ok"]}


def change(path: Path, right: bytes, wrong: bytes) -> None:
    data = path.read_bytes()
    assert right in data
    path.write_bytes(data.replace(right, wrong, 1))


def test_an_honest_ledger_is_whole_as_folder_and_as_zip(capsys, folder: Path, vkey: str) -> None:
    for path in (folder, folder.parent / "ledger.zip", folder / "ledger.jsonl"):
        code, report = run(capsys, "verify", path, "--key", vkey)
        assert (code, report["ok"], report["size"]) == (0, True, 20)
        assert report["key_source"] == "given"


def test_the_key_may_be_given_as_a_file(capsys, folder: Path) -> None:
    assert run(capsys, "verify", folder, "--key", folder / "vkey")[0] == 0


def test_without_a_key_the_answer_says_that_the_bundle_vouches_for_itself(
    capsys, folder: Path
) -> None:
    code, report = run(capsys, "verify", folder)
    assert (code, report["key_source"]) == (0, "bundle")
    assert "BELUM DIPERIKSA" in report["conclusion"]
    assert "Bandingkan kunci" in report["conclusion"]
    whole = sha256(report["vkey"].encode()).hexdigest()
    assert report["key_fingerprint"].replace(" ", "") == whole
    assert report["key_fingerprint"] in report["conclusion"]
    for unqualified in ("UTUH", "sah", "TERBUKTI."):
        assert unqualified not in report["conclusion"].replace("BELUM terbukti", "").split()


def test_a_forged_ledger_with_a_key_of_its_own_is_told_from_the_published_one(
    capsys, folder: Path, vkey: str
) -> None:
    checkpoint = Checkpoint(MALLORYS_KEY.name, 0, EMPTY_ROOT)
    (folder / "ledger.jsonl").write_bytes(b"")
    (folder / "hashes").write_bytes(b"")
    (folder / "checkpoint").write_bytes(sign_checkpoint(checkpoint, key=MALLORYS_KEY))
    (folder / "vkey").write_text(f"{MALLORYS_KEY.verifier}\n")
    code, report = run(capsys, "verify", folder)
    assert (code, report["key_source"]) == (0, "bundle")
    assert "BELUM DIPERIKSA" in report["conclusion"]
    assert run(capsys, "verify", folder, "--key", vkey)[0] == 1


def test_a_changed_past_event_is_named(capsys, folder: Path, vkey: str) -> None:
    change(folder / "ledger.jsonl", b'"rows":7}', b'"rows":8}')
    code, report = run(capsys, "verify", folder, "--key", vkey)
    assert (code, report["changed_entries"]) == (1, [7])
    assert failures(report) == {"tree-root", "entries-unchanged"}


def test_one_flipped_bit_is_named(capsys, folder: Path, vkey: str) -> None:
    data = bytearray((folder / "ledger.jsonl").read_bytes())
    position = sum(len(line) for line in bytes(data).splitlines(keepends=True)[:12]) + 100
    data[position] ^= 4
    (folder / "ledger.jsonl").write_bytes(bytes(data))
    code, report = run(capsys, "verify", folder, "--key", vkey)
    assert (code, report["changed_entries"]) == (1, [12])


def test_a_checkpoint_of_another_log_is_named(capsys, folder: Path) -> None:
    other = "pilkades.example/kediri+56475aa7+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
    code, report = run(capsys, "verify", folder, "--key", other)
    assert code == 2
    assert failures(report) == {"vkey-id"}
    from pilkades.ledger.note import SigningKey

    other = str(SigningKey("pilkades.example/kediri", bytes(range(32))).verifier)
    code, report = run(capsys, "verify", folder, "--key", other)
    assert (code, failures(report)) == (1, {"checkpoint"})
    assert "milik ledger" in report["checks"][0]["detail"]


def test_growth_since_a_kept_checkpoint_is_checked(
    capsys, folder: Path, vkey: str, write, client
) -> None:
    kept = folder.parent / "disimpan"
    kept.write_bytes((folder / "checkpoint").read_bytes())
    write(99)
    (folder.parent / "baru.zip").write_bytes(
        b"".join(client.get("/ledger/unduh").streaming_content)
    )
    code, report = run(capsys, "verify", folder.parent / "baru.zip", "--key", vkey, "--since", kept)
    assert (code, report["size"]) == (0, 21)
    assert "old-checkpoint-kept" in {check["id"] for check in report["checks"]}


@pytest.mark.parametrize("name", ["checkpoint", "ledger.jsonl", "vkey"])
def test_a_missing_file_is_named(capsys, folder: Path, name: str) -> None:
    (folder / name).unlink()
    code, report = run(capsys, "verify", folder)
    assert (code, failures(report)) == (2, {"bundle-missing"})
    assert name in report["checks"][0]["detail"]


def test_a_bundle_without_hash_list_is_checked_all_the_same(capsys, folder: Path) -> None:
    (folder / "hashes").unlink()
    assert run(capsys, "verify", folder)[0] == 0


def test_a_damaged_zip_is_named(capsys, folder: Path) -> None:
    archive = folder.parent / "ledger.zip"
    data = archive.read_bytes()
    at = zipfile.ZipFile(archive).getinfo("ledger.jsonl").header_offset + 200
    for damaged in (data[: len(data) // 2], data[:at] + bytes(60) + data[at + 60 :], b"bukan zip"):
        archive.write_bytes(damaged)
        code, report = run(capsys, "verify", archive)
        assert (code, failures(report)) == (2, {"bundle-zip"})


def test_a_path_that_is_not_there_is_said_plainly(capsys, tmp_path: Path) -> None:
    assert main(["ledger", "verify", str(tmp_path / "tidak-ada")]) == 2
    assert "tidak dapat dibaca" in capsys.readouterr().err


def test_wrong_usage_is_exit_code_2(capsys) -> None:
    for arguments in (["ledger"], ["ledger", "verify"], ["ledger", "inclusion", "x"]):
        with pytest.raises(SystemExit) as leaving:
            main(arguments)
        assert leaving.value.code == 2


def test_a_proof_of_an_entry_verifies_and_a_truncated_one_does_not(
    capsys, folder: Path, vkey: str, client
) -> None:
    proof = folder.parent / "entri.tlog-proof"
    data = client.get("/ledger/bukti/3").content
    proof.write_bytes(data)
    code, report = run(capsys, "inclusion", proof, "--key", vkey)
    assert (code, report["index"]) == (0, 3)
    assert json.loads(report["entry"])["data"]["rows"] == 3
    proof.write_bytes(data[:-30])
    assert run(capsys, "inclusion", proof, "--key", vkey)[0] == 2
    lines = data.splitlines(keepends=True)
    proof.write_bytes(b"".join([*lines[:3], *lines[4:]]))
    code, report = run(capsys, "inclusion", proof, "--key", vkey)
    assert (code, failures(report)) == (1, {"inclusion-length"})


def test_growth_is_proved_and_a_fork_is_not(
    capsys, folder: Path, vkey: str, write, client, tmp_path: Path
) -> None:
    write(50)
    old, new, proof = (tmp_path / name for name in ("lama", "baru", "bukti"))
    old.write_bytes((folder / "checkpoint").read_bytes())
    new.write_text(publish_checkpoint(now=NOW).note)
    proof.write_bytes(client.get("/ledger/konsistensi?from=20").content)
    code, report = run(capsys, "consistency", old, new, proof, "--key", vkey)
    assert (code, report["old_size"], report["new_size"]) == (0, 20, 21)
    code, report = run(capsys, "consistency", new, old, proof, "--key", vkey)
    assert (code, failures(report)) == (2, {"proof-old-size"})
    proof.write_bytes(b"old 20\n\n" + new.read_bytes())
    code, report = run(capsys, "consistency", old, new, proof, "--key", vkey)
    assert (code, failures(report)) == (1, {"consistency-length"})


def test_a_commitment_opens_for_its_value_only(capsys) -> None:
    salt, commitment = commit_to("Mbak Dewi")
    assert run(capsys, "open", salt, commitment, "Mbak Dewi")[0] == 0
    code, report = run(capsys, "open", salt, commitment, "Mallory")
    assert (code, failures(report)) == (1, {"commitment"})


@pytest.mark.parametrize("salt", ["ab", "x" * 64, "A" * 64, ""])
def test_a_salt_in_another_spelling_is_refused(capsys, salt: str) -> None:
    code, report = run(capsys, "open", salt, "0" * 64, "isi")
    assert (code, failures(report)) == (2, {"open-salt"})


def test_the_export_of_an_installation_verifies(capsys, write, tmp_path: Path) -> None:
    write()
    target = tmp_path / "keluaran"
    assert run(capsys, "export", target)[0] == 0
    assert run(capsys, "verify", target)[0] == 0
    code, report = run(capsys, "export", target)
    assert (code, failures(report)) == (2, {"export-directory"})


def test_the_plain_report_names_every_check(capsys, folder: Path) -> None:
    assert main(["ledger", "verify", str(folder)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len([line for line in lines if line.startswith("baik")]) == 8
