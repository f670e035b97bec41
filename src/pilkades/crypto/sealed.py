"""Sealed messages: what one trustee sends another through a server that may not read it.

Implements the specification's section "Encrypting": a random group element masked by ElGamal
gives the key of a symmetric cipher. Version 3 of the tools writes `algorithm: AES-GCM`; version
2.0 writes no algorithm and means AES-256-CCM with a tag of eight bytes and a nonce of thirteen.
"""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESCCM, AESGCM

from pilkades.crypto.groups import Draw, Element, Group
from pilkades.errors import ProofRejectedError
from pilkades.text import Text

_CCM_NONCE_SIZE = 13
_CCM_TAG_SIZE = 8


class Cipher(StrEnum):
    """The symmetric cipher; version 2.0 does not name its own."""

    GCM = "AES-GCM"
    CCM = ""


@dataclass(frozen=True, slots=True)
class SealedMessage:
    """alpha, beta: G; data: the symmetric ciphertext with its tag. All public."""

    cipher: Cipher
    alpha: Element
    beta: Element
    data: bytes


def seal_message(
    group: Group, *, recipient: Element, message: bytes, cipher: Cipher, draw: Draw
) -> SealedMessage:
    """Encrypt a message to an encryption key.

    Inputs: recipient ek in G, public; message, secret.
    Output: SealedMessage. Cost: four exponentiations.
    Source: specification, section "Encrypting".
    """
    ek, q = recipient, group.order

    r, s = draw(q), draw(q)
    shared = group.power_generator(s)

    alpha = group.power_generator(r)
    beta = group.multiply(group.power(ek, r), shared)
    key, iv = _derive(group, "key", shared), _derive(group, "iv", alpha)
    if cipher is Cipher.GCM:
        data = AESGCM(key).encrypt(iv, message, None)
    else:
        data = AESCCM(key, _CCM_TAG_SIZE).encrypt(iv[:_CCM_NONCE_SIZE], message, None)
    return SealedMessage(cipher, alpha, beta, data)


def open_message(group: Group, *, secret: int, sealed: SealedMessage) -> bytes:
    """Decrypt a message with a decryption key.

    Inputs: secret dk in Z_q, secret. Cost: one exponentiation.

    Raises:
        ProofRejectedError: sealed-message (another key, or a changed message).
    """
    dk = secret

    shared = group.divide(sealed.beta, group.power(sealed.alpha, dk))
    key, iv = _derive(group, "key", shared), _derive(group, "iv", sealed.alpha)
    try:
        if sealed.cipher is Cipher.GCM:
            return AESGCM(key).decrypt(iv, sealed.data, None)
        return AESCCM(key, _CCM_TAG_SIZE).decrypt(iv[:_CCM_NONCE_SIZE], sealed.data, None)
    except (InvalidTag, ValueError) as error:
        raise ProofRejectedError(
            "sealed-message",
            Text("Pesan tertutup tidak dapat dibuka: kuncinya lain atau isinya berubah."),
        ) from error


def _derive(group: Group, label: str, element: Element) -> bytes:
    return sha256(f"{label}|{group.encode(element)}".encode()).digest()
