"""Messages of the key ceremony of a threshold group, as they go from hand to hand.

Specification, sections "Certificates", "Polynomials", "Vinputs", "Voutputs". Only their form;
`evoting.threshold` makes and judges them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from pilkades.crypto.groups import Element
from pilkades.crypto.proofs import Proof
from pilkades.evoting.canonical import parse_canonical, write_json
from pilkades.evoting.trustee_messages import MESSAGE_SIZE_MAX
from pilkades.evoting.trustees import (
    SignedMessage,
    TrusteeKey,
    read_signed,
    read_trustee_key,
    write_signed,
    write_trustee_key,
)
from pilkades.evoting.wire import (
    Wire,
    read_fields,
    read_integer,
    read_list,
    read_natural,
    read_string,
)

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Context:
    """Who a certificate is for: `index` from 1 to `size`, of whom `threshold` are enough."""

    group_name: str
    size: int
    threshold: int
    index: int


@dataclass(frozen=True, slots=True)
class CertificateKeys:
    """verification vk and encryption ek: G. `context` is None in version 2.0."""

    context: Context | None
    verification: Element
    encryption: Element


@dataclass(frozen=True, slots=True)
class Polynomial:
    """Step 3: the trustee's own polynomial, a share for each trustee, and the commitments."""

    polynomial: str
    secrets: tuple[str, ...]
    coefficients: SignedMessage
    signature: Proof | None


@dataclass(frozen=True, slots=True)
class ShareInput:
    """Step 4 (vinput): what one trustee is handed."""

    polynomial: str
    secrets: tuple[str, ...]
    coefficients: tuple[SignedMessage, ...]
    signatures: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class ShareOutput:
    """Step 5 (voutput): the trustee's key, the secret one sealed for itself."""

    private_key: str
    public_key: TrusteeKey


def parse_certificate_keys(text: str, *, wire: Wire) -> CertificateKeys:
    return _parse(text.encode(), wire, _read_keys, _write_keys)


def write_certificate_keys(keys: CertificateKeys, *, wire: Wire) -> str:
    return write_json(_write_keys(keys, wire)).decode()


def parse_coefficients(text: str, *, wire: Wire) -> tuple[Element, ...]:
    return _parse(text.encode(), wire, _read_coefexps, _write_coefexps)


def write_coefficients(commitments: tuple[Element, ...], *, wire: Wire) -> str:
    return write_json(_write_coefexps(commitments, wire)).decode()


def parse_coefficients_secret(text: str, *, wire: Wire) -> tuple[int, ...]:
    """The polynomial that a trustee keeps for itself."""
    return _parse(text.encode(), wire, _read_polynomial, _write_polynomial)


def write_coefficients_secret(coefficients: tuple[int, ...], *, wire: Wire) -> str:
    return write_json(_write_polynomial(coefficients, wire)).decode()


def parse_share(text: str, *, wire: Wire) -> int:
    """A share; version 2.0 of the tools does not reduce it modulo q."""
    return _parse(text.encode(), wire, _read_share, lambda item, _wire: {"secret": str(item)})


def write_share(share: int) -> str:
    return write_json({"secret": str(share)}).decode()


def parse_private_key(text: str, *, wire: Wire) -> int:
    """A decryption key; version 2.0 of the tools does not reduce it modulo q."""
    return _parse(text.encode(), wire, _read_key, lambda item, _wire: {"decryption_key": str(item)})


def write_private_key(secret: int) -> str:
    return write_json({"decryption_key": str(secret)}).decode()


def _parse(
    data: bytes, wire: Wire, read: Callable[[Any, Wire], _T], write: Callable[[_T, Wire], Any]
) -> _T:
    return parse_canonical(
        data,
        read=lambda value: read(value, wire),
        write=lambda item: write(item, wire),
        size_max=MESSAGE_SIZE_MAX,
    )


def _read_keys(value: Any, wire: Wire) -> CertificateKeys:
    fields = read_fields(value, "verification", "encryption", optional=("context",))
    context = None
    if "context" in fields:
        parts = read_fields(fields["context"], "group", "size", "threshold", "index")
        context = Context(
            read_string(parts["group"]),
            read_integer(parts["size"]),
            read_integer(parts["threshold"]),
            read_integer(parts["index"]),
        )
    return CertificateKeys(
        context, wire.read_element(fields["verification"]), wire.read_element(fields["encryption"])
    )


def _write_keys(keys: CertificateKeys, wire: Wire) -> dict[str, Any]:
    written: dict[str, Any] = {}
    if keys.context is not None:
        written["context"] = {
            "group": keys.context.group_name,
            "size": keys.context.size,
            "threshold": keys.context.threshold,
            "index": keys.context.index,
        }
    return written | {
        "verification": wire.write_element(keys.verification),
        "encryption": wire.write_element(keys.encryption),
    }


def _read_coefexps(value: Any, wire: Wire) -> tuple[Element, ...]:
    return read_list(read_fields(value, "coefexps")["coefexps"], wire.read_element)


def _write_coefexps(commitments: tuple[Element, ...], wire: Wire) -> dict[str, Any]:
    return {"coefexps": [wire.write_element(element) for element in commitments]}


def _read_polynomial(value: Any, wire: Wire) -> tuple[int, ...]:
    return read_list(read_fields(value, "polynomial")["polynomial"], wire.read_scalar)


def _write_polynomial(coefficients: tuple[int, ...], _wire: Wire) -> dict[str, Any]:
    return {"polynomial": [str(item) for item in coefficients]}


def _read_share(value: Any, _wire: Wire) -> int:
    return read_natural(read_fields(value, "secret")["secret"])


def _read_key(value: Any, _wire: Wire) -> int:
    return read_natural(read_fields(value, "decryption_key")["decryption_key"])


def parse_polynomial(data: bytes, *, wire: Wire) -> Polynomial:
    return _parse(data, wire, _read_full_polynomial, _write_full_polynomial)


def write_polynomial(polynomial: Polynomial, *, wire: Wire) -> bytes:
    return write_json(_write_full_polynomial(polynomial, wire))


def _read_full_polynomial(value: Any, wire: Wire) -> Polynomial:
    names = ("polynomial", "secrets", "coefexps")
    fields = read_fields(value, *names, optional=("signature",))
    return Polynomial(
        polynomial=read_string(fields["polynomial"]),
        secrets=read_list(fields["secrets"], read_string),
        coefficients=read_signed(fields["coefexps"], wire),
        signature=wire.read_proof(fields["signature"]) if "signature" in fields else None,
    )


def _write_full_polynomial(polynomial: Polynomial, wire: Wire) -> dict[str, Any]:
    written: dict[str, Any] = {
        "polynomial": polynomial.polynomial,
        "secrets": list(polynomial.secrets),
        "coefexps": write_signed(polynomial.coefficients, wire),
    }
    if polynomial.signature is not None:
        written["signature"] = wire.write_proof(polynomial.signature)
    return written


def parse_share_input(data: bytes, *, wire: Wire) -> ShareInput:
    return _parse(data, wire, _read_share_input, _write_share_input)


def write_share_input(handed: ShareInput, *, wire: Wire) -> bytes:
    return write_json(_write_share_input(handed, wire))


def _read_share_input(value: Any, wire: Wire) -> ShareInput:
    names = ("polynomial", "secrets", "coefexps")
    fields = read_fields(value, *names, optional=("signatures",))
    return ShareInput(
        polynomial=read_string(fields["polynomial"]),
        secrets=read_list(fields["secrets"], read_string),
        coefficients=read_list(fields["coefexps"], lambda item: read_signed(item, wire)),
        signatures=read_list(fields.get("signatures", []), wire.read_proof),
    )


def _write_share_input(handed: ShareInput, wire: Wire) -> dict[str, Any]:
    written: dict[str, Any] = {
        "polynomial": handed.polynomial,
        "secrets": list(handed.secrets),
        "coefexps": [write_signed(item, wire) for item in handed.coefficients],
    }
    if handed.signatures:
        written["signatures"] = [wire.write_proof(item) for item in handed.signatures]
    return written


def parse_share_output(data: bytes, *, wire: Wire) -> ShareOutput:
    return _parse(data, wire, _read_share_output, _write_share_output)


def write_share_output(output: ShareOutput, *, wire: Wire) -> bytes:
    return write_json(_write_share_output(output, wire))


def _read_share_output(value: Any, wire: Wire) -> ShareOutput:
    fields = read_fields(value, "private_key", "public_key")
    return ShareOutput(
        read_string(fields["private_key"]), read_trustee_key(fields["public_key"], wire)
    )


def _write_share_output(output: ShareOutput, wire: Wire) -> dict[str, Any]:
    return {
        "private_key": output.private_key,
        "public_key": write_trustee_key(output.public_key, wire),
    }
