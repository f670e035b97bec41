"""Keys, signatures and sealed channels of trustees (specification, "Public key infrastructure").

Each trustee draws a seed and derives a signing and a decryption key from it. A message to another
trustee names its recipient, is signed, and is sealed; the server passes it on and can neither read
nor change it.
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from pilkades.crypto.groups import Draw, Element, Group
from pilkades.crypto.proofs import Proof, prove_knowledge, verify_knowledge
from pilkades.crypto.sealed import Cipher, SealedMessage, open_message, seal_message
from pilkades.errors import MalformedInputError, ProofRejectedError
from pilkades.evoting.canonical import parse_canonical, write_json
from pilkades.evoting.elections import BASE58
from pilkades.evoting.trustees import SignedMessage, read_signed, write_signed
from pilkades.evoting.wire import Wire, read_fields, read_string
from pilkades.text import Text

SEED_LENGTH = 22
MESSAGE_SIZE_MAX = 1_000_000


@dataclass(frozen=True, slots=True)
class TrusteeSecrets:
    """signing sk and decryption dk: Z_q, secret; derived from one seed."""

    signing: int
    decryption: int


def make_seed(draw: Draw) -> str:
    """A fresh seed of a trustee: 22 characters of base 58. Secret."""
    return "".join(BASE58[draw(len(BASE58))] for _ in range(SEED_LENGTH))


def derive_secrets(group: Group, seed: str) -> TrusteeSecrets:
    """The two secret keys of a seed.

    Raises:
        MalformedInputError: trustee-seed.
    """
    if len(seed) != SEED_LENGTH or not set(BASE58).issuperset(seed):
        raise MalformedInputError(
            "trustee-seed", Text("Kunci rahasia harus terdiri atas 22 huruf dan angka base58.")
        )
    return TrusteeSecrets(_derive(group, "sk", seed), _derive(group, "dk", seed))


def sign_message(group: Group, *, secret: int, message: str, draw: Draw) -> Proof:
    """A signature on a text. Cost: one exponentiation."""
    return prove_knowledge(group, secret=secret, prefix=f"sigmsg|{message}|", draw=draw)


def verify_message(group: Group, *, public: Element, message: str, signature: Proof) -> bool:
    """Whether the owner of the key signed the text."""
    return verify_knowledge(group, public=public, prefix=f"sigmsg|{message}|", proof=signature)


def send(
    wire: Wire, *, signing: int, recipient: Element, message: str, cipher: Cipher, draw: Draw
) -> str:
    """A text for one recipient, signed and sealed, as a text."""
    envelope = {"recipient": wire.write_element(recipient), "message": message}
    inner = write_json(envelope).decode()
    signature = sign_message(wire.group, secret=signing, message=inner, draw=draw)
    signed = write_json(write_signed(SignedMessage(inner, signature), wire))
    sealed = seal_message(wire.group, recipient=recipient, message=signed, cipher=cipher, draw=draw)
    return write_json(_write_sealed(sealed, wire)).decode()


def receive(wire: Wire, *, sender: Element, decryption: int, text: str) -> str:
    """The message that this sender sealed for the owner of the decryption key.

    Raises:
        MalformedInputError: json-…; ProofRejectedError: sealed-message, channel-signature,
        channel-recipient.
    """
    group = wire.group
    sealed = parse_canonical(
        text.encode(),
        read=lambda value: _read_sealed(value, wire),
        write=lambda item: _write_sealed(item, wire),
        size_max=MESSAGE_SIZE_MAX,
    )
    signed = parse_canonical(
        open_message(group, secret=decryption, sealed=sealed),
        read=lambda value: read_signed(value, wire),
        write=lambda item: write_signed(item, wire),
        size_max=MESSAGE_SIZE_MAX,
    )
    if not verify_message(group, public=sender, message=signed.message, signature=signed.signature):
        raise ProofRejectedError(
            "channel-signature", Text("Pesan tertutup tidak ditandatangani oleh pengirimnya.")
        )
    recipient, message = parse_canonical(
        signed.message.encode(),
        read=lambda value: _read_envelope(value, wire),
        write=lambda item: {"recipient": wire.write_element(item[0]), "message": item[1]},
        size_max=MESSAGE_SIZE_MAX,
    )
    if recipient != group.power_generator(decryption):
        raise ProofRejectedError(
            "channel-recipient", Text("Pesan tertutup ini untuk pemegang kunci yang lain.")
        )
    return message


def _derive(group: Group, label: str, seed: str) -> int:
    return int.from_bytes(sha256(f"{label}|{seed}".encode()).digest(), "big") % group.order


def _read_envelope(value: Any, wire: Wire) -> tuple[Element, str]:
    fields = read_fields(value, "recipient", "message")
    return wire.read_element(fields["recipient"]), read_string(fields["message"])


def _read_sealed(value: Any, wire: Wire) -> SealedMessage:
    fields = read_fields(value, "alpha", "beta", "data", optional=("algorithm",))
    if fields.get("algorithm", Cipher.GCM) != Cipher.GCM:
        raise MalformedInputError("sealed-algorithm", Text("Sandi pesan tertutup tidak dikenal."))
    try:
        data = bytes.fromhex(read_string(fields["data"]))
    except ValueError as error:
        raise MalformedInputError("json-type", Text("Di sini harus ada heksadesimal.")) from error
    cipher = Cipher.GCM if "algorithm" in fields else Cipher.CCM
    alpha, beta = wire.read_element(fields["alpha"]), wire.read_element(fields["beta"])
    return SealedMessage(cipher, alpha, beta, data)


def _write_sealed(sealed: SealedMessage, wire: Wire) -> dict[str, str]:
    algorithm = {"algorithm": str(sealed.cipher)} if sealed.cipher else {}
    return algorithm | {
        "alpha": wire.write_element(sealed.alpha),
        "beta": wire.write_element(sealed.beta),
        "data": sealed.data.hex(),
    }
