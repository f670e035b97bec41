"""ElGamal encryption in the exponent: ciphertexts that can be added without opening them."""

from collections.abc import Sequence
from dataclasses import dataclass

from pilkades.crypto.groups import Element, Group, multiply_all


@dataclass(frozen=True, slots=True)
class Ciphertext:
    """(α, β) = (g^r, y^r g^m): both in G, public."""

    alpha: Element
    beta: Element


def encrypt_exponent(group: Group, *, key: Element, message: int, randomness: int) -> Ciphertext:
    """Encrypt a small number m under y with randomness r.

    Inputs: key y in G; message m, secret; randomness r in Z_q, secret.
    Output: Ciphertext. Cost: two exponentiations of a fixed base and one.
    Source: specification, section "Homomorphic answers".
    """
    y, m, r = key, message, randomness

    alpha = group.power_generator(r)
    # For a choice nothing is raised to m, so the time taken does not tell 0 from 1.
    raised = (group.identity, group.generator)[m] if m in (0, 1) else group.power_generator(m)
    beta = group.multiply(group.power(y, r), raised)
    return Ciphertext(alpha, beta)


def add_ciphertexts(group: Group, ciphertexts: Sequence[Ciphertext]) -> Ciphertext:
    """The encryption of the sum: componentwise product. Nothing gives (1, 1)."""
    return Ciphertext(
        multiply_all(group, (item.alpha for item in ciphertexts)),
        multiply_all(group, (item.beta for item in ciphertexts)),
    )


def scale_ciphertext(group: Group, ciphertext: Ciphertext, weight: int) -> Ciphertext:
    """The encryption of weight × m. Cost: none for weight 1, else two exponentiations."""
    if weight == 1:
        return ciphertext
    return Ciphertext(
        group.power(ciphertext.alpha, weight % group.order),
        group.power(ciphertext.beta, weight % group.order),
    )


def shift_pair(group: Group, ciphertext: Ciphertext, message: int) -> tuple[Element, Element]:
    """(α, β / g^M): a pair (g^r, y^r) exactly where the ciphertext holds M."""
    if not message:
        return ciphertext.alpha, ciphertext.beta
    raised = group.generator if message == 1 else group.power_generator(message)
    shifted = group.divide(ciphertext.beta, raised)
    return ciphertext.alpha, shifted
