"""Sealing one value: what opens, what does not, what a ring may be."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilkades.apps.vault.masking import mask_name, mask_nik, mask_phone
from pilkades.apps.vault.sealing import (
    KeyRing,
    format_key_ring,
    get_key_id,
    index_digest,
    parse_key_ring,
    seal,
    unseal,
)
from pilkades.config.secrets_files import make_vault_key
from pilkades.errors import MalformedInputError

RING = parse_key_ring(make_vault_key())
NONCE = bytes(range(12))
PLACE = b"roll.voter.nik:1"


def sealed(plaintext: bytes = b"3505012511900001", associated: bytes = PLACE) -> str:
    return seal(ring=RING, plaintext=plaintext, associated=associated, nonce=NONCE)


@given(plaintext=st.binary(max_size=300), associated=st.binary(max_size=60))
def test_what_was_sealed_opens_in_its_place_only(plaintext: bytes, associated: bytes) -> None:
    text = seal(ring=RING, plaintext=plaintext, associated=associated, nonce=NONCE)

    assert unseal(ring=RING, sealed=text, associated=associated) == plaintext
    with pytest.raises(MalformedInputError):
        unseal(ring=RING, sealed=text, associated=associated + b"x")


@given(data=st.data())
def test_no_changed_letter_is_accepted(data: st.DataObject) -> None:
    text = sealed()
    place = data.draw(st.integers(0, len(text) - 1))
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.="
    letter = data.draw(st.sampled_from(letters).filter(lambda x: x != text[place]))

    with pytest.raises(MalformedInputError):
        unseal(ring=RING, sealed=text[:place] + letter + text[place + 1 :], associated=PLACE)


@pytest.mark.parametrize("text", ["", "v1", "v1.", "v1.k1", "v2.k1.AAAA", "v1.k1.*", "3505"])
def test_text_that_is_not_sealed_is_refused(text: str) -> None:
    with pytest.raises(MalformedInputError):
        unseal(ring=RING, sealed=text, associated=PLACE)


def test_unknown_key_is_named_so_that_it_can_be_restored() -> None:
    other = parse_key_ring(make_vault_key())
    with pytest.raises(MalformedInputError) as refused:
        unseal(ring=other, sealed=sealed(), associated=PLACE)

    assert refused.value.code == "vault.key-unknown"
    assert get_key_id(sealed()) in str(refused.value.text)


def test_old_key_of_the_ring_still_opens() -> None:
    newer = KeyRing("knew", {"knew": bytes(range(50, 82)), **RING.keys}, RING.index_secret)

    assert unseal(ring=newer, sealed=sealed(), associated=PLACE) == b"3505012511900001"
    again = seal(ring=newer, plaintext=b"x", associated=PLACE, nonce=NONCE)
    assert get_key_id(again) == "knew"


def test_ring_is_written_and_read_back() -> None:
    two = KeyRing("knew", {**RING.keys, "knew": bytes(range(50, 82))}, RING.index_secret)

    assert parse_key_ring(format_key_ring(two)) == two


def test_ring_shows_no_key_when_printed() -> None:
    for key in RING.keys.values():
        assert base64.b64encode(key).decode() not in repr(RING)
        assert repr(key) not in repr(RING)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "k1:AAAA",
        f"k1:{base64.b64encode(bytes(32)).decode()} index:{base64.b64encode(bytes(32)).decode()}",
        make_vault_key().splitlines()[0],
        make_vault_key().splitlines()[1],
        make_vault_key().replace("index", "INDEX"),
        make_vault_key() + " " + make_vault_key(),
        "k1:%%%",
    ],
    ids=[
        "empty",
        "short",
        "monotonous",
        "no-index",
        "no-key",
        "wrong-case",
        "doubled",
        "no-base64",
    ],
)
def test_weak_incomplete_or_doubled_ring_is_refused(text: str) -> None:
    with pytest.raises(MalformedInputError) as refused:
        parse_key_ring(text)
    assert refused.value.code == "vault.key-ring"


@given(one=st.text(max_size=40), other=st.text(max_size=40))
def test_index_is_equal_for_equal_values_of_one_column_only(one: str, other: str) -> None:
    digest = index_digest(ring=RING, place="roll.voter.nik", value=one)

    assert (digest == index_digest(ring=RING, place="roll.voter.nik", value=other)) == (
        one == other
    )
    assert digest != index_digest(ring=RING, place="roll.candidate.nik", value=one)


@given(nik=st.from_regex(r"\A[0-9]{16}\Z"))
def test_masked_nik_hides_the_twelve_digits_that_tell_birth_and_place(nik: str) -> None:
    masked = mask_nik(nik)

    assert len(masked) == 16
    assert masked[:2] == nik[:2]
    assert masked[-4:] == nik[-4:]
    assert masked[2:12] == "•" * 10


@pytest.mark.parametrize("short", ["", "1", "350501251190000", "35050125119000011"])
def test_what_is_no_nik_is_masked_whole(short: str) -> None:
    assert not any(sign.isdigit() for sign in mask_nik(short))


def test_phone_and_name_keep_only_what_their_owner_needs() -> None:
    assert mask_phone("081234567890") == "•••••••••890"
    assert mask_phone("12") == "••••"
    assert mask_name("Dewi  Lestari") == "D••• L••••••"
