"""The key ceremony of a threshold group, step by step (specification, "Messages specific to …").

Source: T. Pedersen, A threshold cryptosystem without a trusted party (1991).

1 `make_certificate`   a trustee publishes the keys that belong to its seed
3 `make_polynomial`    a trustee shares out a random polynomial, sealed for each of the others
4 `route_shares`       the administrator hands each trustee what was sent to it
5 `combine_shares`     a trustee checks the shares, adds them to its key and proves it
6 `assemble_group`     the administrator checks every key and publishes the group

Each step checks all it is given before it answers. Steps 2 and 4 only pass messages on.
"""

from collections.abc import Sequence

from pilkades.crypto.groups import Draw, Element, Group
from pilkades.crypto.sealed import Cipher
from pilkades.errors import ProofRejectedError
from pilkades.evoting.threshold import (
    check_group,
    evaluate_commitments,
    read_certificates,
    read_coefficients,
    refuse_message,
    write_certs_message,
)
from pilkades.evoting.threshold_messages import (
    CertificateKeys,
    Context,
    Polynomial,
    ShareInput,
    ShareOutput,
    parse_coefficients_secret,
    parse_private_key,
    parse_share,
    write_certificate_keys,
    write_coefficients,
    write_coefficients_secret,
    write_private_key,
    write_share,
)
from pilkades.evoting.trustee_messages import derive_secrets, receive, send, sign_message
from pilkades.evoting.trustees import (
    SignedMessage,
    ThresholdGroup,
    TrusteeKey,
    make_trustee_key,
)
from pilkades.evoting.wire import Wire
from pilkades.text import Text


def make_certificate(
    wire: Wire, *, seed: str, context: Context | None, draw: Draw
) -> SignedMessage:
    """Step 1. Inputs: seed, secret. Cost: three exponentiations."""
    secrets = derive_secrets(wire.group, seed)
    keys = CertificateKeys(
        context,
        wire.group.power_generator(secrets.signing),
        wire.group.power_generator(secrets.decryption),
    )
    message = write_certificate_keys(keys, wire=wire)
    signature = sign_message(wire.group, secret=secrets.signing, message=message, draw=draw)
    return SignedMessage(message, signature)


def make_polynomial(
    wire: Wire,
    *,
    seed: str,
    certificates: Sequence[SignedMessage],
    threshold: int,
    draw: Draw,
) -> Polynomial:
    """Step 3: share out a random polynomial of degree threshold - 1.

    Raises:
        ProofRejectedError: certificate-…, trustee-unlisted.
    """
    group, q = wire.group, wire.group.order
    keys = read_certificates(wire, certificates, threshold=threshold)
    secrets = derive_secrets(group, seed)
    me = _find_index(group, keys, secrets.signing)
    cipher = _cipher_of(keys)

    a = [draw(q) for _ in range(threshold)]
    A = tuple(group.power_generator(coefficient) for coefficient in a)

    def send_to(recipient: Element, message: str) -> str:
        return send(
            wire,
            signing=secrets.signing,
            recipient=recipient,
            message=message,
            cipher=cipher,
            draw=draw,
        )

    shares = tuple(
        send_to(key.encryption, write_share(_evaluate(a, j, q)))
        for j, key in enumerate(keys, start=1)
    )
    raw = write_coefficients(A, wire=wire)
    signature = None
    if keys[me].context is not None:
        signature = sign_message(
            group,
            secret=secrets.signing,
            message=write_certs_message(wire, certificates, A),
            draw=draw,
        )
    return Polynomial(
        polynomial=send_to(keys[me].encryption, write_coefficients_secret(tuple(a), wire=wire)),
        secrets=shares,
        coefficients=SignedMessage(
            raw, sign_message(group, secret=secrets.signing, message=raw, draw=draw)
        ),
        signature=signature,
    )


def route_shares(polynomials: Sequence[Polynomial]) -> tuple[ShareInput, ...]:
    """Step 4: what each trustee is handed.

    Raises:
        ProofRejectedError: share-count.
    """
    for index, item in enumerate(polynomials, start=1):
        if len(item.secrets) != len(polynomials):
            raise refuse_message("share-count", index)
    coefficients = tuple(item.coefficients for item in polynomials)
    signatures = tuple(item.signature for item in polynomials if item.signature is not None)
    return tuple(
        ShareInput(
            polynomial=own.polynomial,
            secrets=tuple(item.secrets[place] for item in polynomials),
            coefficients=coefficients,
            signatures=signatures,
        )
        for place, own in enumerate(polynomials)
    )


def combine_shares(
    wire: Wire,
    *,
    seed: str,
    certificates: Sequence[SignedMessage],
    threshold: int,
    handed: ShareInput,
    draw: Draw,
) -> ShareOutput:
    """Step 5: check every share against its commitments and add them up.

    Raises:
        ProofRejectedError: certificate-…, coefficients-…, share-count, share-mismatch (a trustee
            sent a share that does not lie on its polynomial), own-polynomial.
    """
    group, q = wire.group, wire.group.order
    keys = read_certificates(wire, certificates, threshold=threshold)
    secrets = derive_secrets(group, seed)
    me = _find_index(group, keys, secrets.signing)
    if {len(handed.secrets), len(handed.coefficients)} != {len(keys)}:
        raise refuse_message("share-count", me + 1)
    commitments = read_coefficients(
        wire,
        keys,
        handed.coefficients,
        certificates=certificates,
        signatures=handed.signatures,
        threshold=threshold,
    )
    own = receive(
        wire,
        sender=keys[me].verification,
        decryption=secrets.decryption,
        text=handed.polynomial,
    )
    a = parse_coefficients_secret(own, wire=wire)
    if tuple(map(group.power_generator, a)) != commitments[me]:
        raise refuse_message("own-polynomial", me + 1)
    shares = _open_shares(wire, keys, commitments, secrets.decryption, me + 1, handed.secrets)
    secret = sum(shares) % q
    key_pair = make_trustee_key(group, secret=secret, draw=draw)
    if keys[me].context is not None:
        key_pair = TrusteeKey(
            key_pair.public_key,
            key_pair.possession,
            sign_message(
                group,
                secret=secrets.signing,
                message=group.encode(key_pair.public_key),
                draw=draw,
            ),
        )
    sealed = send(
        wire,
        signing=secrets.signing,
        recipient=keys[me].encryption,
        message=write_private_key(secret),
        cipher=_cipher_of(keys),
        draw=draw,
    )
    return ShareOutput(sealed, key_pair)


def _open_shares(
    wire: Wire,
    keys: Sequence[CertificateKeys],
    commitments: Sequence[Sequence[Element]],
    decryption: int,
    index: int,
    texts: Sequence[str],
) -> list[int]:
    """The shares s_ij that the others sealed for trustee j = index; each lies on its polynomial."""
    group = wire.group
    shares = []
    for i, (key, text) in enumerate(zip(keys, texts, strict=True)):
        message = receive(wire, sender=key.verification, decryption=decryption, text=text)
        share = parse_share(message, wire=wire)
        expected = evaluate_commitments(group, commitments[i], index)
        if group.power_generator(share % group.order) != expected:
            raise refuse_message("share-mismatch", i + 1)
        shares.append(share)
    return shares


def recover_secret(wire: Wire, *, seed: str, private_key: str) -> int:
    """The decryption key a trustee sealed for itself in step 5. Output: Z_q, secret.

    The tools wrap the number in an object, of which the specification's text does not speak.
    """
    secrets = derive_secrets(wire.group, seed)
    text = receive(
        wire,
        sender=wire.group.power_generator(secrets.signing),
        decryption=secrets.decryption,
        text=private_key,
    )
    return parse_private_key(text, wire=wire) % wire.group.order


def assemble_group(
    wire: Wire,
    *,
    certificates: Sequence[SignedMessage],
    threshold: int,
    handed: ShareInput,
    outputs: Sequence[ShareOutput],
) -> ThresholdGroup:
    """Step 6: the published group, after every check that a verifier makes.

    Raises:
        ProofRejectedError: share-count, or as `check_group`.
    """
    if {len(handed.coefficients), len(outputs)} != {len(certificates)}:
        raise refuse_message("share-count", 1)
    group = ThresholdGroup(
        threshold=threshold,
        certificates=tuple(certificates),
        coefficients=handed.coefficients,
        signatures=handed.signatures,
        keys=tuple(item.public_key for item in outputs),
    )
    check_group(wire, group)
    return group


def _evaluate(coefficients: Sequence[int], at: int, order: int) -> int:
    value = 0
    for coefficient in reversed(coefficients):
        value = (value * at + coefficient) % order
    return value


def _find_index(group: Group, keys: Sequence[CertificateKeys], signing: int) -> int:
    public = group.power_generator(signing)
    for index, key in enumerate(keys):
        if key.verification == public:
            return index
    raise ProofRejectedError(
        "trustee-unlisted", Text("Kunci rahasia ini bukan milik pemegang kunci kelompok ini.")
    )


def _cipher_of(keys: Sequence[CertificateKeys]) -> Cipher:
    return Cipher.GCM if keys[0].context is not None else Cipher.CCM
