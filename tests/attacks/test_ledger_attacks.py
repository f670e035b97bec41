"""Mallory changes a published ledger; every change is found and named."""

import pytest

from pilkades.errors import MalformedInputError, PilkadesError, ProofRejectedError
from pilkades.ledger.checkpoint import open_checkpoint
from pilkades.ledger.leaf import encode_leaf, parse_leaf
from pilkades.ledger.note import Note, SigningKey
from pilkades.ledger.prooffile import (
    parse_consistency_file,
    parse_inclusion_file,
    verify_consistency_file,
    verify_inclusion_file,
)
from pilkades.ledger.verification import REQUIRED_CHECKS, LogVerification, NamedEntries, verify_log
from tests.ledger_log import (
    KEY,
    MALLORYS_KEY,
    MemoryLog,
    list_failures,
    make_leaf,
    make_log,
    verify_published,
)

LOG = make_log(40)
OLD = LOG.checkpoint(25)


def test_an_honest_ledger_is_whole() -> None:
    verification = verify_published(LOG, old_checkpoints=(OLD,))
    assert verification.ok
    assert {result.id for result in verification.results} >= REQUIRED_CHECKS
    assert verification.changed.count == 0


def test_an_empty_ledger_is_whole() -> None:
    assert verify_published(make_log(0)).ok


def test_nothing_checked_is_never_yes() -> None:
    assert not LogVerification((), None, NamedEntries()).ok


@pytest.mark.parametrize(
    "field", ["event", "uuid", "at", "region_code", "subject", "article", "actor", "data"]
)
def test_a_changed_past_event_is_found_and_named_field_by_field(field: str) -> None:
    other = make_leaf(
        99, event="candidate.rejected", region_code="35.05.01.2002", actor=None, article=""
    )
    value = getattr(other, field)
    forged = LOG.with_leaf(11, encode_leaf(make_leaf(11, **{field: value})))
    verification = verify_published(LOG, lines=forged.lines())
    assert list_failures(verification) == {"tree-root", "entries-unchanged"}
    assert verification.changed.first == [11]


@pytest.mark.parametrize("bit", range(0, 8 * 40, 7))
def test_one_flipped_bit_is_found_and_the_entry_named(bit: int) -> None:
    lines = LOG.lines()
    line = bytearray(lines[17])
    line[bit // 8] ^= 1 << (bit % 8)
    lines[17] = bytes(line)
    verification = verify_published(LOG, lines=lines)
    assert not verification.ok
    assert verification.changed.first == [17]


def test_an_event_of_another_ledger_is_found() -> None:
    forged = LOG.with_leaf(3, encode_leaf(make_leaf(3, origin="pilkades.example/kediri")))
    assert "entries-origin" in list_failures(verify_published(LOG, lines=forged.lines()))


def test_an_event_written_twice_is_found() -> None:
    doubled = MemoryLog((*LOG.leaves, LOG.leaves[4]))
    verification = verify_published(doubled)
    assert list_failures(verification) == {"entries-unique"}


def test_a_removed_event_is_found() -> None:
    lines = LOG.lines()
    del lines[30]
    failures = list_failures(verify_published(LOG, lines=lines))
    assert {"entries-count", "tree-root", "entries-unchanged"} <= failures


def test_an_added_event_is_found_and_named() -> None:
    lines = [*LOG.lines(), encode_leaf(make_leaf(777)) + b"\n"]
    verification = verify_published(LOG, lines=lines)
    assert {"entries-count", "tree-root"} <= list_failures(verification)
    assert verification.changed.first == [40]


def test_two_events_in_another_order_are_found_and_named() -> None:
    lines = LOG.lines()
    lines[8], lines[9] = lines[9], lines[8]
    assert verify_published(LOG, lines=lines).changed.first == [8, 9]


def test_a_file_cut_in_the_middle_of_a_line_is_found() -> None:
    lines = [*LOG.lines()[:39], LOG.lines()[39][:-1]]
    verification = verify_published(LOG, lines=lines)
    assert list_failures(verification) == {"entries-form"}
    assert "terpotong" in str(next(r for r in verification.results if not r.ok).detail)


def test_a_line_that_is_no_event_does_not_stop_the_others_from_being_checked() -> None:
    lines = LOG.lines()
    lines[0] = b"{}\n"
    lines[20] = b"\xff\n"
    verification = verify_published(LOG, lines=lines)
    assert verification.changed.first == [0, 20]
    assert "entries-form" in list_failures(verification)


def test_a_changed_hash_list_cannot_cover_for_a_changed_event() -> None:
    forged = LOG.with_leaf(11, encode_leaf(make_leaf(11, article="")))
    verification = verify_published(LOG, lines=forged.lines(), hash_lines=forged.hash_lines())
    assert list_failures(verification) == {"tree-root", "hash-list"}


@pytest.mark.parametrize("line", [b"", b"\n", b"AAAA\n", b"\xff\n", b"x" * 60 + b"\n"])
def test_a_spoiled_hash_list_is_found(line: bytes) -> None:
    hash_lines = LOG.hash_lines()
    hash_lines[5] = line
    verification = verify_published(LOG, hash_lines=hash_lines)
    assert {"hash-list", "entries-unchanged"} <= list_failures(verification)


def test_a_hash_list_too_long_or_too_short_is_found() -> None:
    longer = [*LOG.hash_lines(), LOG.hash_lines()[0]]
    assert "hash-list" in list_failures(verify_published(LOG, hash_lines=longer))
    assert "hash-list" in list_failures(verify_published(LOG, hash_lines=LOG.hash_lines()[:-1]))


def test_without_a_hash_list_the_change_is_found_though_not_named() -> None:
    forged = LOG.with_leaf(11, encode_leaf(make_leaf(11, article="")))
    verification = verify_log(lines=forged.lines(), checkpoint=LOG.checkpoint(), key=KEY.verifier)
    assert list_failures(verification) == {"tree-root"}


def test_a_rewritten_ledger_truly_signed_is_betrayed_by_a_checkpoint_kept_earlier() -> None:
    forged = LOG.with_leaf(11, encode_leaf(make_leaf(11, article="")))
    assert verify_published(forged).ok
    verification = verify_published(forged, old_checkpoints=(OLD,))
    assert list_failures(verification) == {"old-checkpoint-kept"}
    assert "25" in str(verification.results[-1].detail)


def test_a_rewriting_after_the_kept_checkpoint_is_not_blamed_on_it() -> None:
    forged = LOG.with_leaf(30, encode_leaf(make_leaf(30, article="")))
    assert verify_published(forged, old_checkpoints=(OLD,)).ok


def test_a_ledger_shorter_than_a_kept_checkpoint_is_found() -> None:
    verification = verify_published(make_log(20), old_checkpoints=(OLD,))
    assert list_failures(verification) == {"old-checkpoint-kept"}


def test_an_empty_kept_checkpoint_proves_nothing() -> None:
    verification = verify_published(LOG, old_checkpoints=(make_log(0).checkpoint(),))
    assert list_failures(verification) == {"old-checkpoint-kept"}


def test_a_kept_checkpoint_of_another_key_fails_the_verification() -> None:
    old = LOG.checkpoint(25, key=MALLORYS_KEY)
    verification = verify_published(LOG, old_checkpoints=(old,))
    assert list_failures(verification) == {"old-checkpoint"}


def test_a_checkpoint_of_another_log_stops_everything() -> None:
    other = LOG.checkpoint(key=SigningKey("pilkades.example/kediri", bytes(32)))
    verification = verify_published(LOG, checkpoint=other)
    assert not verification.ok
    assert "checkpoint-origin" in str(verification.results[0].detail)


def test_mallorys_signature_under_the_same_name_is_not_believed() -> None:
    verification = verify_published(LOG, checkpoint=LOG.checkpoint(key=MALLORYS_KEY))
    assert "note-unsigned" in str(verification.results[0].detail)


def test_a_proof_of_one_event_does_not_serve_for_another() -> None:
    proof = LOG.inclusion_file(7)
    forged = type(proof)(7, LOG.leaves[8], proof.hashes, proof.checkpoint)
    with pytest.raises(ProofRejectedError) as refusal:
        verify_inclusion_file(parse_inclusion_file(forged.encode()), key=KEY.verifier)
    assert refusal.value.code == "inclusion-root"


def test_an_honest_proof_file_gives_the_event() -> None:
    proof = parse_inclusion_file(LOG.inclusion_file(7).encode())
    leaf, checkpoint = verify_inclusion_file(proof, key=KEY.verifier)
    assert (leaf, checkpoint.size) == (parse_leaf(LOG.leaves[7]), 40)


def test_a_proved_leaf_must_belong_to_the_ledger_of_its_checkpoint() -> None:
    foreign = LOG.with_leaf(7, encode_leaf(make_leaf(7, origin="pilkades.example/kediri")))
    with pytest.raises(ProofRejectedError) as refusal:
        verify_inclusion_file(foreign.inclusion_file(7), key=KEY.verifier)
    assert refusal.value.code == "leaf-origin"


def test_a_proved_leaf_must_be_an_event() -> None:
    nonsense = LOG.with_leaf(7, b"{}")
    with pytest.raises(MalformedInputError) as refusal:
        verify_inclusion_file(nonsense.inclusion_file(7), key=KEY.verifier)
    assert refusal.value.code == "leaf-grammar"


INCLUSION = LOG.inclusion_file(7).encode()
CONSISTENCY = LOG.consistency_file(25).encode()


@pytest.mark.parametrize(
    ("right", "wrong", "code"),
    [
        (b"index 7", b"index 07", "proof-index"),
        (b"index 7", b"index +7", "proof-index"),
        (b"index 7", b"index  7", "proof-index"),
        (b"index 7", b"index -7", "proof-index"),
        (b"index 7", b"index 7 ", "proof-index"),
        (b"index 7", b"Index 7", "proof-head"),
        (b"tlog-proof@v1", b"tlog-proof@v2", "proof-head"),
        (b"extra ", b"extra  ", "proof-leaf"),
        (b"extra ", b"ekstra ", "proof-head"),
        (b"=\n\npilkades", b"\n\npilkades", "proof-hash"),
        (b"=\n\npilkades", b"=\n \n\npilkades", "proof-hash"),
        (b"\n\npilkades", b"\npilkades", "proof-hash"),
    ],
)
def test_a_second_spelling_of_an_inclusion_proof_is_refused(
    right: bytes, wrong: bytes, code: str
) -> None:
    assert right in INCLUSION
    with pytest.raises(MalformedInputError) as refusal:
        parse_inclusion_file(INCLUSION.replace(right, wrong, 1))
    assert refusal.value.code == code


@pytest.mark.parametrize("size", range(0, len(INCLUSION), 23))
def test_a_truncated_proof_is_refused(size: int) -> None:
    with pytest.raises(PilkadesError):
        verify_inclusion_file(parse_inclusion_file(INCLUSION[:size]), key=KEY.verifier)


def test_a_proof_with_too_many_hashes_is_refused() -> None:
    proof = LOG.inclusion_file(7)
    longer = type(proof)(7, proof.leaf, proof.hashes * 20, proof.checkpoint)
    with pytest.raises(MalformedInputError) as refusal:
        parse_inclusion_file(longer.encode())
    assert refusal.value.code == "proof-hash"


def test_an_overlong_file_is_refused_before_it_is_read() -> None:
    with pytest.raises(MalformedInputError):
        parse_inclusion_file(INCLUSION + b"x" * 200_000)


def test_a_consistency_proof_leads_from_the_old_to_the_new_checkpoint() -> None:
    proof = parse_consistency_file(CONSISTENCY)
    old = open_checkpoint(OLD, key=KEY.verifier)
    new = open_checkpoint(LOG.checkpoint(), key=KEY.verifier)
    verify_consistency_file(proof, old=old, new=new)


def test_a_fork_is_refused_by_its_consistency_proof() -> None:
    fork = LOG.with_leaf(11, encode_leaf(make_leaf(11, article="")))
    old = open_checkpoint(fork.checkpoint(25), key=KEY.verifier)
    new = open_checkpoint(LOG.checkpoint(), key=KEY.verifier)
    with pytest.raises(ProofRejectedError) as refusal:
        verify_consistency_file(parse_consistency_file(CONSISTENCY), old=old, new=new)
    assert refusal.value.code == "consistency-old-root"


def test_a_consistency_proof_for_another_size_is_refused() -> None:
    old = open_checkpoint(LOG.checkpoint(24), key=KEY.verifier)
    new = open_checkpoint(LOG.checkpoint(), key=KEY.verifier)
    with pytest.raises(MalformedInputError) as refusal:
        verify_consistency_file(parse_consistency_file(CONSISTENCY), old=old, new=new)
    assert refusal.value.code == "proof-old-size"


def test_a_consistency_proof_from_nothing_is_refused() -> None:
    proof = parse_consistency_file(b"old 0\n" + b"\n" + LOG.checkpoint())
    nothing = open_checkpoint(make_log(0).checkpoint(), key=KEY.verifier)
    new = open_checkpoint(LOG.checkpoint(), key=KEY.verifier)
    with pytest.raises(ProofRejectedError) as refusal:
        verify_consistency_file(proof, old=nothing, new=new)
    assert refusal.value.code == "consistency-old-empty"


def test_a_rolled_back_ledger_is_refused() -> None:
    old = open_checkpoint(LOG.checkpoint(), key=KEY.verifier)
    new = open_checkpoint(OLD, key=KEY.verifier)
    proof = parse_consistency_file(b"old 40\n\n" + OLD)
    with pytest.raises(ProofRejectedError) as refusal:
        verify_consistency_file(proof, old=old, new=new)
    assert refusal.value.code == "consistency-sizes"


def test_a_signature_moved_to_another_text_is_false() -> None:
    signature = KEY.sign("pilkades.example/blitar\n40\n")
    forged = Note(str(open_checkpoint(OLD, key=KEY.verifier)), (signature,)).encode()
    with pytest.raises(ProofRejectedError) as refusal:
        open_checkpoint(forged, key=KEY.verifier)
    assert refusal.value.code == "note-signature"
