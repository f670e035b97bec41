"""Keys, signed notes and checkpoints: the published example, and every second spelling."""

import pytest

from pilkades.errors import MalformedInputError, PilkadesError, ProofRejectedError
from pilkades.ledger.checkpoint import (
    Checkpoint,
    open_checkpoint,
    parse_checkpoint,
    sign_checkpoint,
)
from pilkades.ledger.encoding import encode_base64
from pilkades.ledger.merkle import EMPTY_ROOT
from pilkades.ledger.note import (
    MAX_NOTE_BYTES,
    Note,
    SigningKey,
    VerifierKey,
    parse_note,
    parse_vkey,
    verify_note,
)
from tests.ledger_log import KEY, MALLORYS_KEY, ORIGIN, make_log

C2SP_VKEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
C2SP_NOTE = (
    "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2"
    "ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
).encode()
CHECKPOINT = make_log(7).checkpoint()


def code_of(function, *args, **kwargs) -> str:
    with pytest.raises(PilkadesError) as refusal:
        function(*args, **kwargs)
    return refusal.value.code


def resign(text: str, key: SigningKey = KEY) -> bytes:
    """The text as a note that is truly signed, so that only its form can be wrong."""
    return Note(text, (key.sign(text),)).encode()


def checkpoint_text(*, origin: str = ORIGIN, size: str = "7", root: str | None = None) -> str:
    return f"{origin}\n{size}\n{root or encode_base64(make_log(7).root())}\n"


def test_the_example_of_the_specification_verifies() -> None:
    verify_note(parse_note(C2SP_NOTE), keys=[parse_vkey(C2SP_VKEY)])


def test_a_vkey_is_written_as_it_is_read() -> None:
    assert str(parse_vkey(C2SP_VKEY)) == C2SP_VKEY
    assert parse_vkey(str(KEY.verifier)) == KEY.verifier


@pytest.mark.parametrize(
    ("vkey", "code"),
    [
        (C2SP_VKEY.replace("530d903a", "530D903A"), "vkey-format"),
        (C2SP_VKEY.replace("530d903a", "530d903b"), "vkey-id"),
        (C2SP_VKEY.replace("example.com/foo", "example.com/fop"), "vkey-id"),
        (C2SP_VKEY.replace("+Aeky", "+Beky"), "vkey-format"),
        (f"{C2SP_VKEY}=", "vkey-format"),
        (f"{C2SP_VKEY}\n", "vkey-format"),
        (f" {C2SP_VKEY}", "vkey-format"),
        (C2SP_VKEY[:-4], "vkey-format"),
        ("", "vkey-format"),
    ],
)
def test_a_vkey_in_another_spelling_is_refused(vkey: str, code: str) -> None:
    assert code_of(parse_vkey, vkey) == code


def test_the_seed_is_never_shown() -> None:
    assert "seed" not in repr(KEY)


def test_a_cosigners_line_is_carried_and_ignored() -> None:
    cosigner = SigningKey("inspektorat.example", bytes(32))
    note = parse_note(CHECKPOINT)
    text = note.text
    both = Note(text, (cosigner.sign(text), *note.signatures)).encode()
    assert open_checkpoint(both, key=KEY.verifier).size == 7
    assert parse_note(both).signatures[0].name == "inspektorat.example"


def test_a_note_of_an_unknown_key_is_not_believed() -> None:
    assert code_of(open_checkpoint, CHECKPOINT, key=MALLORYS_KEY.verifier) == "note-unsigned"


def test_one_false_signature_in_a_known_name_spoils_the_note() -> None:
    note = parse_note(CHECKPOINT)
    signature = note.signatures[0]
    broken = type(signature)(signature.name, signature.blob[:4] + bytes(64))
    both = Note(note.text, (signature, broken))
    assert code_of(verify_note, both, keys=[KEY.verifier]) == "note-signature"


def test_a_short_signature_of_a_known_key_is_false() -> None:
    note = parse_note(CHECKPOINT)
    signature = note.signatures[0]
    cut = Note(note.text, (type(signature)(signature.name, signature.blob[:30]),))
    assert code_of(verify_note, cut, keys=[KEY.verifier]) == "note-signature"


def test_a_public_key_that_is_no_point_refuses_instead_of_failing() -> None:
    bad = VerifierKey(ORIGIN, b"\xff" * 32)
    signature = type(parse_note(CHECKPOINT).signatures[0])(ORIGIN, bad.key_id + bytes(64))
    assert code_of(verify_note, Note("x\n", (signature,)), keys=[bad]) == "note-signature"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"text\n",
        b"text\n\n",
        CHECKPOINT[:-1],
        CHECKPOINT + b"\n",
        CHECKPOINT + b"x",
        CHECKPOINT.replace(b"\n", b"\r\n"),
        CHECKPOINT.replace("—".encode(), b"-"),
        CHECKPOINT.replace("— ".encode(), "—  ".encode()),
        CHECKPOINT.replace(b"=\n", b"\n"),
        CHECKPOINT + "— a Zg==\n".encode(),
        CHECKPOINT + "— a+b AAAAAAA=\n".encode(),
        b"\xff" + CHECKPOINT,
        b"\x00" + CHECKPOINT,
        b"x" * MAX_NOTE_BYTES + CHECKPOINT,
        CHECKPOINT + "— a AAAAAAA=\n".encode() * 100,
    ],
)
def test_a_note_in_another_spelling_is_refused(data: bytes) -> None:
    with pytest.raises(MalformedInputError):
        parse_note(data)


def test_base64_with_stray_bits_is_refused() -> None:
    line = parse_note(CHECKPOINT).signatures[0]
    text = encode_base64(line.blob)
    assert text.endswith("=")
    stray = text[:-2] + chr(ord(text[-2]) + 1) + "="
    assert code_of(parse_note, CHECKPOINT.replace(text.encode(), stray.encode())) == (
        "note-signature-lines"
    )


def test_a_checkpoint_is_read_as_it_was_signed() -> None:
    checkpoint = open_checkpoint(CHECKPOINT, key=KEY.verifier)
    assert checkpoint == Checkpoint(ORIGIN, 7, make_log(7).root())


def test_signing_the_same_checkpoint_again_gives_the_same_bytes() -> None:
    assert make_log(7).checkpoint() == CHECKPOINT


def test_an_empty_log_has_a_checkpoint() -> None:
    data = make_log(0).checkpoint()
    assert open_checkpoint(data, key=KEY.verifier) == Checkpoint(ORIGIN, 0, EMPTY_ROOT)


def test_an_empty_log_with_another_root_is_refused() -> None:
    data = resign(checkpoint_text(size="0"))
    assert code_of(open_checkpoint, data, key=KEY.verifier) == "checkpoint-empty-root"


@pytest.mark.parametrize(
    "size",
    ["007", "+7", " 7", "7 ", "7.0", "0x7", "-7", "1_0", "٧", str(2**63), "9" * 40],
)
def test_a_second_spelling_of_the_size_is_refused(size: str) -> None:
    data = resign(checkpoint_text(size=size))
    assert code_of(open_checkpoint, data, key=KEY.verifier) == "checkpoint-size"


@pytest.mark.parametrize(
    "root",
    [
        "AAAA",
        encode_base64(bytes(33)),
        encode_base64(bytes(32))[:-1],
        encode_base64(bytes(32)) + "=",
    ],
)
def test_a_root_that_is_no_hash_in_base64_is_refused(root: str) -> None:
    data = resign(checkpoint_text(root=root))
    assert code_of(open_checkpoint, data, key=KEY.verifier) == "checkpoint-root"


@pytest.mark.parametrize(
    "text", [f"{ORIGIN}\n7\n", f"\n7\n{encode_base64(bytes(32))}\n", checkpoint_text() + "\nx\n"]
)
def test_a_checkpoint_lacks_no_line_and_has_no_empty_one(text: str) -> None:
    assert code_of(parse_checkpoint, resign(text)) == "checkpoint-lines"


def test_extension_lines_are_carried() -> None:
    data = resign(checkpoint_text() + "catatan\n")
    assert open_checkpoint(data, key=KEY.verifier).extensions == ("catatan",)


def test_a_checkpoint_of_another_log_is_named() -> None:
    other = SigningKey("pilkades.example/kediri", bytes(range(32)))
    data = make_log(7).checkpoint(key=other)
    with pytest.raises(ProofRejectedError) as refusal:
        open_checkpoint(data, key=KEY.verifier)
    assert refusal.value.code == "checkpoint-origin"
    assert "pilkades.example/kediri" in str(refusal.value.text)


def test_a_log_cannot_sign_in_the_name_of_another() -> None:
    with pytest.raises(ValueError, match="name"):
        sign_checkpoint(Checkpoint("pilkades.example/kediri", 0, EMPTY_ROOT), key=KEY)
