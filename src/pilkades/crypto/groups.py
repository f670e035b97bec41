"""The interface of a group of prime order, as proofs see it.

An element is its own canonical encoding of fixed length (`Element`), so equal elements are equal
bytes and nothing has to be converted between two operations. Every element that came through
`decode`, or out of an operation on such elements, belongs to the group of order q; the operations
assume it and do not check it again.

A faster back end is another class with these methods; no proof has to be touched for it.
"""

from collections.abc import Callable, Iterable
from typing import NewType, Protocol

Element = NewType("Element", bytes)
Draw = Callable[[int], int]
"""A source of randomness: `draw(n)` is uniform in 0 … n - 1. `secrets.randbelow` outside tests."""


class Group(Protocol):
    """A cyclic group of prime order q, written multiplicatively as in the specification."""

    @property
    def name(self) -> str:
        """The `group` field of an election."""
        ...

    @property
    def order(self) -> int:
        """q, a prime."""
        ...

    @property
    def generator(self) -> Element:
        """g."""
        ...

    @property
    def identity(self) -> Element:
        """1; a legal element of ballots, tallies and factors."""
        ...

    def decode(self, text: str) -> Element:
        """The element a text stands for.

        Raises:
            MalformedInputError: element-text (not the one canonical spelling), element-group
                (not in the subgroup of order q).
        """
        ...

    def read(self, text: str) -> Element:
        """What a text spells, without asking whether it is a member: that was asked before.

        Raises:
            MalformedInputError: element-text.
        """
        ...

    def encode(self, element: Element) -> str:
        """The one text of an element."""
        ...

    def power_generator(self, exponent: int) -> Element:
        """g^exponent. Exponent: Z_q, may be secret. Cost: one exponentiation of a fixed base."""
        ...

    def power(self, base: Element, exponent: int) -> Element:
        """base^exponent. Exponent: Z_q, may be secret. Cost: one exponentiation."""
        ...

    def multiply(self, left: Element, right: Element) -> Element:
        """left × right."""
        ...

    def divide(self, left: Element, right: Element) -> Element:
        """left / right."""
        ...


def multiply_all(group: Group, elements: Iterable[Element]) -> Element:
    """The product of some elements; the identity for none. Cost: one multiplication less."""
    rest = iter(elements)
    product = next(rest, group.identity)
    for element in rest:
        product = group.multiply(product, element)
    return product


def find_exponent(group: Group, element: Element, *, bound: int) -> int | None:
    """The m in 0 … bound with g^m = element, or None. Cost: about 2 √bound multiplications.

    Source: D. Shanks, Class number, a theory of factorization and genera (1971).
    """
    width = max(1, int(bound**0.5) + 1)
    small: dict[Element, int] = {}
    step = group.identity
    for exponent in range(width):
        small.setdefault(step, exponent)
        step = group.multiply(step, group.generator)
    giant = element
    for block in range(width + 1):
        exponent = small.get(giant, -1)
        if exponent >= 0:
            found = block * width + exponent
            return found if found <= bound else None
        giant = group.divide(giant, step)
    return None
