"""Trustees and their public keys (specification, sections "Verification keys", "Trustees").

An election's key is the product of sub-keys: one for each mandatory trustee (`Single`), one for
each group of which a threshold is enough (`Pedersen`, see `evoting.threshold`). Trustees are
numbered from 1 in the order in which their keys stand.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pilkades.crypto.groups import Draw, Element, Group
from pilkades.crypto.proofs import Proof, prove_knowledge, verify_knowledge
from pilkades.errors import MalformedInputError
from pilkades.evoting.canonical import parse_canonical, write_json
from pilkades.evoting.wire import Wire, read_fields, read_integer, read_list, read_string
from pilkades.text import Text

TRUSTEES_SIZE_MAX = 10_000_000
TRUSTEE_COUNT_MAX = 100


@dataclass(frozen=True, slots=True)
class TrusteeKey:
    """X = g^x with the proof that its owner knows x; signed by the owner in a threshold group."""

    public_key: Element
    possession: Proof
    signature: Proof | None = None


@dataclass(frozen=True, slots=True)
class SignedMessage:
    """A message with the signature of a trustee."""

    message: str
    signature: Proof


@dataclass(frozen=True, slots=True)
class ThresholdGroup:
    """What the key ceremony of a group of trustees leaves behind in public.

    `signatures` is empty in elections of version 2.0, whose ceremony has none.
    """

    threshold: int
    certificates: tuple[SignedMessage, ...]
    coefficients: tuple[SignedMessage, ...]
    signatures: tuple[Proof, ...]
    keys: tuple[TrusteeKey, ...]


Trustees = tuple[TrusteeKey | ThresholdGroup, ...]


def make_trustee_key(group: Group, *, secret: int, draw: Draw) -> TrusteeKey:
    """The public key of a secret one, with its proof of possession.

    Inputs: secret x in Z_q, secret. Cost: two exponentiations.
    Source: specification, section "Verification keys".
    """
    public = group.power_generator(secret)
    proof = prove_knowledge(
        group, secret=secret, prefix=_possession_prefix(group, public), draw=draw
    )
    return TrusteeKey(public, proof)


def verify_possession(group: Group, key: TrusteeKey) -> bool:
    """Whether the owner of the key knows its secret."""
    return verify_knowledge(
        group,
        public=key.public_key,
        prefix=_possession_prefix(group, key.public_key),
        proof=key.possession,
    )


def list_keys(trustees: Trustees) -> tuple[TrusteeKey, ...]:
    """The keys of all trustees, in their numbering."""
    return tuple(
        key
        for item in trustees
        for key in (item.keys if isinstance(item, ThresholdGroup) else (item,))
    )


def iterate_numbered(trustees: Trustees) -> Iterator[tuple[TrusteeKey | ThresholdGroup, range]]:
    """Every item with the numbers (from 1) of its trustees."""
    first = 1
    for item in trustees:
        size = len(item.keys) if isinstance(item, ThresholdGroup) else 1
        yield item, range(first, first + size)
        first += size


def parse_trustees(data: bytes, *, group: Group) -> Trustees:
    """The trustees of an election.

    Raises:
        MalformedInputError: json-…, trustees-count, trustees-threshold, element-…, scalar.
    """
    wire = Wire(group)
    return parse_canonical(
        data,
        read=lambda value: _read(value, wire),
        write=lambda trustees: _write(trustees, wire),
        size_max=TRUSTEES_SIZE_MAX,
    )


def write_trustees(trustees: Trustees, *, group: Group) -> bytes:
    return write_json(_write(trustees, Wire(group)))


def parse_trustee_key(data: bytes, *, group: Group) -> TrusteeKey:
    wire = Wire(group)
    return parse_canonical(
        data,
        read=lambda value: read_single_key(value, wire),
        write=lambda key: write_trustee_key(key, wire),
        size_max=TRUSTEES_SIZE_MAX,
    )


def read_single_key(value: Any, wire: Wire) -> TrusteeKey:
    """The key of a mandatory trustee, which has no signature: nothing could verify one.

    Raises:
        MalformedInputError: trustees-signature.
    """
    key = read_trustee_key(value, wire)
    if key.signature is not None:
        raise MalformedInputError(
            "trustees-signature",
            Text("Hanya kunci dalam kelompok ambang yang memuat tanda tangan."),
        )
    return key


def read_trustee_key(value: Any, wire: Wire) -> TrusteeKey:
    fields = read_fields(value, "pok", "public_key", optional=("signature",))
    return TrusteeKey(
        public_key=wire.read_element(fields["public_key"]),
        possession=wire.read_proof(fields["pok"]),
        signature=wire.read_proof(fields["signature"]) if "signature" in fields else None,
    )


def write_trustee_key(key: TrusteeKey, wire: Wire) -> dict[str, Any]:
    written: dict[str, Any] = {
        "pok": wire.write_proof(key.possession),
        "public_key": wire.write_element(key.public_key),
    }
    if key.signature is not None:
        written["signature"] = wire.write_proof(key.signature)
    return written


def read_signed(value: Any, wire: Wire) -> SignedMessage:
    fields = read_fields(value, "message", "signature")
    return SignedMessage(read_string(fields["message"]), wire.read_proof(fields["signature"]))


def write_signed(signed: SignedMessage, wire: Wire) -> dict[str, Any]:
    return {"message": signed.message, "signature": wire.write_proof(signed.signature)}


def _possession_prefix(group: Group, public: Element) -> str:
    return f"pok|{group.name}|{group.encode(public)}|"


def _read(value: Any, wire: Wire) -> Trustees:
    trustees = read_list(value, lambda item: _read_item(item, wire))
    if not 0 < len(list_keys(trustees)) <= TRUSTEE_COUNT_MAX:
        raise MalformedInputError(
            "trustees-count",
            Text("Jumlah pemegang kunci harus 1 sampai {most}.", most=TRUSTEE_COUNT_MAX),
        )
    return trustees


def _read_item(value: Any, wire: Wire) -> TrusteeKey | ThresholdGroup:
    if isinstance(value, list) and len(value) == 2:
        if value[0] == "Single":
            return read_single_key(value[1], wire)
        if value[0] == "Pedersen":
            return read_threshold_group(value[1], wire)
    raise MalformedInputError(
        "trustees-kind", Text("Pemegang kunci harus berjenis Single atau Pedersen.")
    )


def read_threshold_group(value: Any, wire: Wire) -> ThresholdGroup:
    """A group whose lists are equally long and whose threshold can be met.

    Raises:
        MalformedInputError: trustees-threshold.
    """
    names = ("threshold", "certs", "coefexps", "verification_keys")
    fields = read_fields(value, *names, optional=("signatures",))
    group = ThresholdGroup(
        threshold=read_integer(fields["threshold"]),
        certificates=read_list(fields["certs"], lambda item: read_signed(item, wire)),
        coefficients=read_list(fields["coefexps"], lambda item: read_signed(item, wire)),
        signatures=read_list(fields.get("signatures", []), wire.read_proof),
        keys=read_list(fields["verification_keys"], lambda item: read_trustee_key(item, wire)),
    )
    size = len(group.keys)
    is_whole = len(group.certificates) == len(group.coefficients) == size
    if not is_whole or not 0 < group.threshold <= size or len(group.signatures) not in (0, size):
        raise MalformedInputError(
            "trustees-threshold",
            Text("Kelompok pemegang kunci tidak lengkap atau ambangnya tidak dapat dipenuhi."),
        )
    return group


def write_threshold_group(group: ThresholdGroup, wire: Wire) -> dict[str, Any]:
    written: dict[str, Any] = {
        "threshold": group.threshold,
        "certs": [write_signed(item, wire) for item in group.certificates],
        "coefexps": [write_signed(item, wire) for item in group.coefficients],
    }
    if group.signatures:
        written["signatures"] = [wire.write_proof(item) for item in group.signatures]
    written["verification_keys"] = [write_trustee_key(key, wire) for key in group.keys]
    return written


def _write(trustees: Trustees, wire: Wire) -> list[Any]:
    return [
        ["Pedersen", write_threshold_group(item, wire)]
        if isinstance(item, ThresholdGroup)
        else ["Single", write_trustee_key(item, wire)]
        for item in trustees
    ]
