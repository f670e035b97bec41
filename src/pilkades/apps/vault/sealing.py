"""Authenticated encryption of one value under a ring of keys: AES-256-GCM with associated data.

Sealed text is `v1.<key id>.<base64url of nonce and ciphertext>`. The associated data names the
place (model, field and row), so a ciphertext that is moved to another row or column does not open.
The ring holds several keys: the first seals, every one opens, which is what rotation needs. The
index key is derived from the ring's own index secret and gives equal values equal digests in one
column only. Left out: padding; the length of a value can be read from its ciphertext.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from pilkades.errors import MalformedInputError
from pilkades.text import Text

VERSION = "v1"
KEY_BYTES = 32
NONCE_BYTES = 12
_KEY_ID = re.compile(r"[a-z0-9]{1,16}")
_INDEX_ID = "index"


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Ring of keys: `active_id` seals, all open; `index_secret` feeds the equality index."""

    active_id: str
    keys: Mapping[str, bytes]
    index_secret: bytes

    def __repr__(self) -> str:
        return f"KeyRing(active_id={self.active_id!r}, keys={sorted(self.keys)})"


def parse_key_ring(text: str) -> KeyRing:
    """Read a ring: words `id:base64` in order, the first one active, one of them named `index`."""
    keys: dict[str, bytes] = {}
    for word in text.replace(",", " ").split():
        key_id, separator, encoded = word.partition(":")
        if not separator or not _KEY_ID.fullmatch(key_id) or key_id in keys:
            raise _malformed_ring()
        keys[key_id] = _decode_key(encoded)
    index_secret = keys.pop(_INDEX_ID, None)
    if not keys or index_secret is None:
        raise _malformed_ring()
    return KeyRing(active_id=next(iter(keys)), keys=keys, index_secret=index_secret)


def format_key_ring(ring: KeyRing) -> str:
    """The text that `parse_key_ring` reads, the active key first."""
    ids = [ring.active_id, *(key_id for key_id in ring.keys if key_id != ring.active_id)]
    pairs = [(key_id, ring.keys[key_id]) for key_id in ids] + [(_INDEX_ID, ring.index_secret)]
    return "".join(f"{key_id}:{base64.b64encode(key).decode()}\n" for key_id, key in pairs)


def seal(*, ring: KeyRing, plaintext: bytes, associated: bytes, nonce: bytes) -> str:
    """Encrypt under the active key; the caller draws a fresh random nonce for every call."""
    sealed = AESGCM(ring.keys[ring.active_id]).encrypt(nonce, plaintext, associated)
    return f"{VERSION}.{ring.active_id}.{base64.urlsafe_b64encode(nonce + sealed).decode()}"


def unseal(*, ring: KeyRing, sealed: str, associated: bytes) -> bytes:
    """Decrypt; raises where the key is unknown, a bit changed, or the place is another one."""
    key_id, body = _split(sealed)
    key = ring.keys.get(key_id)
    if key is None:
        raise MalformedInputError(
            "vault.key-unknown",
            Text(
                "Data ini dikunci dengan kunci {key_id} yang tidak ada di komputer ini. "
                "Pulihkan berkas kunci dari cadangan. Data tidak hilang.",
                key_id=key_id,
            ),
        )
    try:
        return AESGCM(key).decrypt(body[:NONCE_BYTES], body[NONCE_BYTES:], associated)
    except InvalidTag as error:
        raise _damaged() from error


def get_key_id(sealed: str) -> str:
    """Which key of the ring a sealed text needs."""
    return _split(sealed)[0]


def index_digest(*, ring: KeyRing, place: str, value: str) -> str:
    """Keyed digest for equality look-ups, different in every column for the same value."""
    key = HKDF(hashes.SHA256(), 32, salt=None, info=f"pilkades index {place}".encode()).derive(
        ring.index_secret
    )
    return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()


def _split(sealed: str) -> tuple[str, bytes]:
    version, _, rest = sealed.partition(".")
    key_id, separator, encoded = rest.partition(".")
    if version != VERSION or not separator:
        raise _damaged()
    try:
        body = base64.b64decode(encoded, altchars=b"-_", validate=True)
    except ValueError as error:
        raise _damaged() from error
    if base64.urlsafe_b64encode(body).decode() != encoded:
        # The last letter has spare bits; a second spelling of one ciphertext is refused.
        raise _damaged()
    return key_id, body


def _decode_key(encoded: str) -> bytes:
    try:
        key = base64.b64decode(encoded, validate=True)
    except ValueError as error:
        raise _malformed_ring() from error
    if len(key) != KEY_BYTES or len(set(key)) < 12:
        raise _malformed_ring()
    return key


def _damaged() -> MalformedInputError:
    return MalformedInputError(
        "vault.sealed-text",
        Text(
            "Data terkunci ini rusak atau dipindahkan dari tempatnya, sehingga tidak dibuka. "
            "Pulihkan dari cadangan dan laporkan kepada pengelola."
        ),
    )


def _malformed_ring() -> MalformedInputError:
    return MalformedInputError(
        "vault.key-ring",
        Text(
            "Kunci brankas tidak dapat dibaca atau terlalu lemah. Setiap kunci ditulis sebagai "
            "nama:base64 dari 32 byte acak, dan satu di antaranya bernama index. "
            "Pulihkan berkas kunci dari cadangan; jangan membuat kunci baru untuk data lama."
        ),
    )
