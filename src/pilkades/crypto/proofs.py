"""Zero-knowledge proofs about exponents: knowledge, equality, and one of several.

Three statements are enough for the whole protocol (Belenios specification 3.3.0):

- `prove_knowledge`: I know x with X = g^x. Key possession, signatures, messages of trustees.
- `prove_equality`: the same x stands in X = g^x and F = α^x. Partial decryptions.
- `prove_one_of`: for one of several pairs (α, β) I know r with α = g^r and β = y^r. Ballots: a
  choice is 0 or 1, a sum is within its bounds, a vote is blank or not.

What the statement is about enters through `prefix`, the part of the hash input before the
commitments; the caller writes it as the specification does. Provers take their randomness as
`draw`; a verifier answers True or False and is given only members of the group and scalars below
q, which parsing guarantees (`evoting.wire`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pilkades.crypto.challenges import hash_to_scalar
from pilkades.crypto.groups import Draw, Element, Group


@dataclass(frozen=True, slots=True)
class Proof:
    """challenge and response: Z_q, public."""

    challenge: int
    response: int


Pair = tuple[Element, Element]


def prove_knowledge(group: Group, *, secret: int, prefix: str, draw: Draw) -> Proof:
    """Prove knowledge of the secret exponent behind a public element (Schnorr).

    Inputs: secret x in Z_q, secret; prefix, public.
    Output: Proof. Cost: one exponentiation.
    Source: C. P. Schnorr, Efficient signature generation by smart cards (1991);
        specification, sections "Verification keys", "Signing", "Signatures".
    """
    q = group.order

    x = secret
    w = draw(q)

    A = group.power_generator(w)
    challenge = hash_to_scalar(group, prefix, [A])
    return Proof(challenge, (w - x * challenge) % q)


def verify_knowledge(group: Group, *, public: Element, prefix: str, proof: Proof) -> bool:
    """Whether the proof shows knowledge of log_g(public).

    Inputs: public X in G; all public. Cost: two exponentiations.
    """
    X = public

    A = _commit(group, group.generator, X, proof)
    return hash_to_scalar(group, prefix, [A]) == proof.challenge


def prove_equality(group: Group, *, base: Element, secret: int, prefix: str, draw: Draw) -> Proof:
    """Prove that g and another base are raised to the same secret exponent (Chaum-Pedersen).

    Inputs: base α in G, public; secret x in Z_q, secret; prefix, public.
    Output: Proof. Cost: two exponentiations.
    Source: D. Chaum and T. P. Pedersen, Wallet databases with observers (1992);
        specification, section "Partial decryptions".
    """
    q = group.order

    alpha, x = base, secret
    w = draw(q)

    A, B = group.power_generator(w), group.power(alpha, w)
    challenge = hash_to_scalar(group, prefix, [A, B])
    return Proof(challenge, (w - x * challenge) % q)


def verify_equality(
    group: Group, *, public: Element, base: Element, power: Element, prefix: str, proof: Proof
) -> bool:
    """Whether log_g(public) = log_base(power).

    Inputs: public X, base α, power F in G; all public. Cost: four exponentiations.
    """
    X, alpha, F = public, base, power

    A = _commit(group, group.generator, X, proof)
    B = _commit(group, alpha, F, proof)
    return hash_to_scalar(group, prefix, [A, B]) == proof.challenge


def prove_one_of(
    group: Group,
    *,
    key: Element,
    pairs: Sequence[Pair],
    true_index: int,
    secret: int,
    prefix: str,
    draw: Draw,
) -> tuple[Proof, ...]:
    """Prove that one of the pairs (α_j, β_j) is (g^r, y^r), without saying which.

    Inputs: key y in G; pairs, public; true_index i, secret; secret r in Z_q, secret.
    Output: one Proof a pair, in their order. Cost: four exponentiations a false pair, two for the
        true one.
    Source: R. Cramer, I. Damgård, B. Schoenmakers, Proofs of partial knowledge (1994);
        specification, sections "Proofs of interval membership", "Proofs of possibly-blank votes".
    """
    q = group.order

    y, i, r = key, true_index, secret
    w = draw(q)

    simulated = {j: Proof(draw(q), draw(q)) for j in range(len(pairs)) if j != i}
    commitments: list[Element] = []
    for j, pair in enumerate(pairs):
        if j == i:
            commitments += [group.power_generator(w), group.power(y, w)]
        else:
            commitments += _commit_pair(group, y, pair, simulated[j])
    total = hash_to_scalar(group, prefix, commitments)
    challenge = (total - sum(proof.challenge for proof in simulated.values())) % q
    true_proof = Proof(challenge, (w - r * challenge) % q)
    return tuple(simulated.get(j, true_proof) for j in range(len(pairs)))


def verify_one_of(
    group: Group,
    *,
    key: Element,
    pairs: Sequence[Pair],
    proofs: Sequence[Proof],
    prefix: str,
) -> bool:
    """Whether the proofs show that one of the pairs is (g^r, y^r) for a known r.

    Inputs: key y in G; all public. Cost: four exponentiations a pair.
    """
    q = group.order

    y = key

    if len(pairs) != len(proofs):
        return False
    commitments = [
        commitment
        for pair, proof in zip(pairs, proofs, strict=True)
        for commitment in _commit_pair(group, y, pair, proof)
    ]
    total = sum(proof.challenge for proof in proofs) % q
    return hash_to_scalar(group, prefix, commitments) == total


def _commit_pair(group: Group, key: Element, pair: Pair, proof: Proof) -> tuple[Element, Element]:
    """(A_j, B_j) = (g^response α^challenge, y^response β^challenge)."""
    alpha, beta = pair
    return _commit(group, group.generator, alpha, proof), _commit(group, key, beta, proof)


def _commit(group: Group, base: Element, element: Element, proof: Proof) -> Element:
    """base^response × element^challenge."""
    if base == group.generator:
        raised = group.power_generator(proof.response)
    else:
        raised = group.power(base, proof.response)
    return group.multiply(raised, group.power(element, proof.challenge))
