"""The condition of one ballot rule: three lists of circumstances.

Law: the wording of an article is a list of circumstances joined by "dan", "atau" and "tidak". In a
pack it stands as `all` (every one of these), `any` (at least one of these) and `none` (not one of
these); what one rule cannot say is said by two rules with the same verdict.

Left out on purpose: nesting, numbers and variables. What needs them is a predicate with a name.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pilkades.law.ballots.predicates import PREDICATES
from pilkades.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """When a ballot rule applies (syarat): `all`, `any` and `none` of the named circumstances."""

    all_of: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        return frozenset((*self.all_of, *self.any_of, *self.none_of))

    def holds(self, shown: frozenset[str]) -> bool:
        """Say whether a ballot that shows exactly these circumstances meets the condition."""
        return (
            shown.issuperset(self.all_of)
            and (not self.any_of or not shown.isdisjoint(self.any_of))
            and shown.isdisjoint(self.none_of)
        )

    def list_failures(self, shown: frozenset[str]) -> tuple[Text, ...]:
        """Every part of the condition that the ballot does not meet, in words."""
        return tuple(self._failures(shown))

    def _failures(self, shown: frozenset[str]) -> Iterator[Text]:
        for name in self.all_of:
            if name not in shown:
                yield Text("tidak terpenuhi: {meaning}", meaning=PREDICATES[name].meaning)
        if self.any_of and shown.isdisjoint(self.any_of):
            yield Text("tidak satu pun terpenuhi: {meanings}", meanings=_meanings(self.any_of))
        for name in self.none_of:
            if name in shown:
                yield Text("terdapat: {meaning}", meaning=PREDICATES[name].meaning)


def _meanings(names: tuple[str, ...]) -> tuple[Text, ...]:
    return tuple(PREDICATES[name].meaning for name in names)
