"""What still stands in the way before the DPS or the DPT is fixed, and before the DPT is locked.

Open imports, duplicates and reports stop a list, since it would be fixed against an open question;
how much each weighs is the pack's `[[roll_check]]`. Apps above register what they know.
"""

from collections.abc import Callable
from dataclasses import dataclass

from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.roll.models import (
    CitizenReport,
    DuplicateDecision,
    DuplicatePair,
    ImportState,
    Roll,
    RollState,
)
from pilkades.apps.roll.selectors.lists import LISTED, judge_roll, name_checks
from pilkades.law.roll import Effect, RollCheck, RollRules
from pilkades.text import Text

Counter = Callable[[Roll], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """One open question with its weight; `url_name` is the page on which it is settled."""

    check: RollCheck
    title: Text
    count: int
    effect: Effect
    article: str
    url_name: str

    @property
    def is_blocking(self) -> bool:
        return self.effect is Effect.BLOCK


def register_obstacle(check: RollCheck, counter: Counter, *, url_name: str) -> None:
    """Say how many open questions of a kind a roll has, and where they are settled."""
    _counters[check] = (counter, url_name)


def count_open_imports(roll: Roll) -> int:
    """Spreadsheets that were read and neither accepted nor thrown away."""
    return roll.imports.filter(state__in=(ImportState.UPLOADED, ImportState.READ)).count()


def count_open_duplicates(roll: Roll) -> int:
    """Pairs inside the village that nobody has decided; a pair across villages is the desk's."""
    return DuplicatePair.objects.filter(
        left__roll=roll,
        left__is_removed=False,
        right__is_removed=False,
        is_across=False,
        decision=DuplicateDecision.OPEN,
    ).count()


def count_open_reports(roll: Roll) -> int:
    """Reports of citizens that wait for an answer."""
    return CitizenReport.objects.filter(roll=roll, answered_at__isnull=True).count()


_counters: dict[RollCheck, tuple[Counter, str]] = {
    RollCheck.OPEN_IMPORT: (count_open_imports, "roll:imports"),
    RollCheck.OPEN_DUPLICATE: (count_open_duplicates, "roll:duplicates"),
    RollCheck.OPEN_REPORT: (count_open_reports, "roll:reports"),
}


def list_obstacles(context: VillageElection, roll: Roll | None) -> tuple[Obstacle, ...]:
    """Everything open, what stops first; one query beyond one for each kind of open question.

    Stations are asked for from the DPT on, since the DPS is often fixed before they are known.
    """
    if roll is None:
        return ()
    rules = RollRules.from_pack(context.pack)
    found: list[Obstacle] = []
    for check, (counter, url_name) in _counters.items():
        found += _build(rules, check, counter(roll), url_name)
    judged = judge_roll(context, roll)
    for check in LISTED:
        if check is RollCheck.NO_STATION and roll.state in _BEFORE_STATIONS:
            continue
        found += _build(rules, check, len(judged[check]), "")
    return tuple(sorted(found, key=lambda item: not item.is_blocking))


_BEFORE_STATIONS = (RollState.DRAFT, RollState.PROVISIONAL, RollState.ANNOUNCED)


def _build(rules: RollRules, check: RollCheck, count: int, url_name: str) -> list[Obstacle]:
    rule = rules.weigh(check)
    if not count or rule.effect is Effect.NOTE:
        return []
    return [
        Obstacle(
            check=check,
            title=name_checks(rules)[check],
            count=count,
            effect=rule.effect,
            article=rule.article,
            url_name=url_name,
        )
    ]
