"""What the proofs of a ballot are about: the same pairs and prefixes for who proves and who checks.

Specification, sections "Homomorphic answers", "Proofs of interval membership" and "Proofs of
possibly-blank votes". Every proof of a ballot says: one of these pairs is (g^r, y^r).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pilkades.crypto.elgamal import Ciphertext, add_ciphertexts, shift_pair
from pilkades.crypto.groups import Element, Group
from pilkades.crypto.proofs import Pair
from pilkades.evoting.elections import Election, Question


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of these pairs holds; `prefix` is the hash input before the commitments."""

    pairs: tuple[Pair, ...]
    prefix: str


def build_context(election: Election, credential: Element) -> str:
    """S_0: the election's fingerprint and the voter's public credential."""
    return f"{election.fingerprint}|{election.group.encode(credential)}"


def state_choice(group: Group, context: str, choice: Ciphertext) -> OneOf:
    """The choice is 0 or 1."""
    return _state_interval(group, context, choice, range(2))


def state_sum(group: Group, context: str, question: Question, total: Ciphertext) -> OneOf:
    """The sum of the choices is within min … max; for questions without a blank vote."""
    return _state_interval(group, context, total, _bounds(question))


def state_blank(group: Group, context: str, blank: Ciphertext, total: Ciphertext) -> OneOf:
    """The vote is not blank, or nothing is chosen."""
    return OneOf((shift_pair(group, blank, 0), shift_pair(group, total, 0)), f"bproof0|{context}|")


def state_sum_or_blank(
    group: Group, context: str, question: Question, blank: Ciphertext, total: Ciphertext
) -> OneOf:
    """The vote is blank, or the sum of the choices is within min … max."""
    allowed = [shift_pair(group, total, value) for value in _bounds(question)]
    return OneOf((shift_pair(group, blank, 1), *allowed), f"bproof1|{context}|")


def extend_context(group: Group, context: str, choices: Sequence[Ciphertext]) -> str:
    """S: the context with every ciphertext of the answer."""
    texts = [f"{group.encode(item.alpha)},{group.encode(item.beta)}" for item in choices]
    return f"{context}|{','.join(texts)}"


def add_choices(group: Group, question: Question, choices: Sequence[Ciphertext]) -> Ciphertext:
    """The encryption of the number of answers chosen, the blank one not counted."""
    return add_ciphertexts(group, choices[question.has_blank :])


def _bounds(question: Question) -> range:
    return range(question.minimum, question.maximum + 1)


def _state_interval(group: Group, context: str, item: Ciphertext, values: range) -> OneOf:
    pair = f"{group.encode(item.alpha)},{group.encode(item.beta)}"
    return OneOf(
        tuple(shift_pair(group, item, value) for value in values), f"prove|{context}|{pair}|"
    )
