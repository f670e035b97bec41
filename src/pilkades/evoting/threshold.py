"""A threshold group as published, and the arithmetic of its shares.

What a verifier checks of the key ceremony, whose steps are `evoting.ceremony`'s (specification,
"Messages specific to threshold decryption support", "Election result").
"""

from collections.abc import Sequence

from pilkades.crypto.groups import Element, Group, multiply_all
from pilkades.crypto.proofs import Proof
from pilkades.errors import ProofRejectedError
from pilkades.evoting.canonical import write_json
from pilkades.evoting.threshold_messages import (
    CertificateKeys,
    Context,
    parse_certificate_keys,
    parse_coefficients,
)
from pilkades.evoting.trustee_messages import verify_message
from pilkades.evoting.trustees import (
    SignedMessage,
    ThresholdGroup,
    verify_possession,
    write_signed,
)
from pilkades.evoting.wire import Wire
from pilkades.text import Text


def read_certificates(
    wire: Wire, certificates: Sequence[SignedMessage], *, threshold: int
) -> tuple[CertificateKeys, ...]:
    """The keys of all trustees of a group, after checking signatures and contexts.

    Raises:
        MalformedInputError: json-…; ProofRejectedError: certificate-signature,
        certificate-context.
    """
    found = []
    for index, certificate in enumerate(certificates, start=1):
        keys = parse_certificate_keys(certificate.message, wire=wire)
        if not verify_message(
            wire.group,
            public=keys.verification,
            message=certificate.message,
            signature=certificate.signature,
        ):
            raise refuse_message("certificate-signature", index)
        wanted = Context(wire.group.name, len(certificates), threshold, index)
        if keys.context is not None and keys.context != wanted:
            raise refuse_message("certificate-context", index)
        found.append(keys)
    if len({keys.context is None for keys in found}) > 1:
        raise refuse_message("certificate-context", 1)
    return tuple(found)


def read_coefficients(
    wire: Wire,
    keys: Sequence[CertificateKeys],
    coefficients: Sequence[SignedMessage],
    *,
    certificates: Sequence[SignedMessage],
    signatures: Sequence[Proof],
    threshold: int,
) -> tuple[tuple[Element, ...], ...]:
    """The commitments A_ik of every trustee, after checking who signed them.

    Raises:
        ProofRejectedError: coefficients-signature, coefficients-length, certificates-signature.
    """
    found = []
    for index, (key, signed) in enumerate(zip(keys, coefficients, strict=True), start=1):
        commitments = parse_coefficients(signed.message, wire=wire)
        if not verify_message(
            wire.group, public=key.verification, message=signed.message, signature=signed.signature
        ):
            raise refuse_message("coefficients-signature", index)
        if len(commitments) != threshold:
            raise refuse_message("coefficients-length", index)
        if key.context is not None and not (
            len(signatures) == len(keys)
            and verify_message(
                wire.group,
                public=key.verification,
                message=write_certs_message(wire, certificates, commitments),
                signature=signatures[index - 1],
            )
        ):
            raise refuse_message("certificates-signature", index)
        found.append(commitments)
    return tuple(found)


def check_group(wire: Wire, group: ThresholdGroup) -> Element:
    """The sub-key of a published group, after checking all that its ceremony left behind.

    Raises:
        ProofRejectedError: certificate-…, coefficients-…, certificates-signature,
            threshold-key (not what the commitments give), possession, key-signature.
    """
    keys = read_certificates(wire, group.certificates, threshold=group.threshold)
    commitments = read_coefficients(
        wire,
        keys,
        group.coefficients,
        certificates=group.certificates,
        signatures=group.signatures,
        threshold=group.threshold,
    )
    for index, (certificate, key) in enumerate(zip(keys, group.keys, strict=True), start=1):
        expected = multiply_all(
            wire.group, (evaluate_commitments(wire.group, item, index) for item in commitments)
        )
        if key.public_key != expected:
            raise refuse_message("threshold-key", index)
        if not verify_possession(wire.group, key):
            raise refuse_message("possession", index)
        if certificate.context is not None and not (
            key.signature is not None
            and verify_message(
                wire.group,
                public=certificate.verification,
                message=wire.group.encode(key.public_key),
                signature=key.signature,
            )
        ):
            raise refuse_message("key-signature", index)
    return multiply_all(wire.group, (item[0] for item in commitments))


def evaluate_commitments(group: Group, commitments: Sequence[Element], at: int) -> Element:
    """g^f(at) from the g^a_k. Cost: one exponentiation a coefficient."""
    value = group.identity
    for commitment in reversed(commitments):
        value = group.multiply(group.power(value, at), commitment)
    return value


def find_lagrange(indexes: Sequence[int], *, at: int, order: int) -> int:
    """The Lagrange coefficient of one index among those that decrypt. Output: Z_q.

    Source: specification, section "Election result".
    """
    numerator = denominator = 1
    for k in indexes:
        if k != at:
            numerator = numerator * k % order
            denominator = denominator * (k - at) % order
    return numerator * pow(denominator, -1, order) % order


def write_certs_message(
    wire: Wire, certificates: Sequence[SignedMessage], commitments: Sequence[Element]
) -> str:
    """What every trustee signs: all certificates, and its own commitments."""
    certs = [write_signed(item, wire) for item in certificates]
    texts = [wire.write_element(item) for item in commitments]
    return "certs_sig|" + write_json({"certs": certs, "coefexps": texts}).decode()


def refuse_message(code: str, index: int) -> ProofRejectedError:
    """The refusal of what the trustee of this number (from 1) sent."""
    return ProofRejectedError(
        code,
        Text(
            "Upacara kunci: pesan pemegang kunci ke-{index} tidak lolos pemeriksaan {code}.",
            index=index,
            code=code,
        ),
    )
