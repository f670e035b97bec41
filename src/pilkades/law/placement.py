"""Laying the steps of a rule pack onto the calendar: every step gets its first and last day.

Law: none by itself; the regency's decree fixes lengths and neighbours, this module only counts.
Steps are placed in the order in which they depend on each other. A step that actually took place
keeps its real dates, and what is anchored to it follows. A bound that cannot be kept does not
shorten a step (the law's lengths are not ours to cut): it is a finding, see
`placement_findings`. Only a step without a length of its own can be squeezed to nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from graphlib import CycleError, TopologicalSorter

from pilkades.errors import MalformedInputError
from pilkades.law.calendar import LEAVE_IS_WORKING, WEEKEND_DAYS, Calendar
from pilkades.law.pack import Rule, RulePack
from pilkades.law.timesteps import (
    POLL,
    Anchor,
    Branch,
    Direction,
    Edge,
    Pick,
    Step,
    list_branches,
    list_steps,
)
from pilkades.text import Text

_ONE_DAY = timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 2000, 2199
RESERVE_BRANCHES = "timetable.reserve_branches"

Actual = tuple[date, date | None]
"""First day, and last day if it is over."""


@dataclass(frozen=True, slots=True)
class TimetableRules:
    """What a pack says about time (aturan jadwal): steps in working order, branches, calendar.

    Read once, it serves the timetables of all villages of a wave. `sources` are the rules behind
    the counting, by id, for whoever asks how sure they are.
    """

    steps: tuple[Step, ...]
    order: tuple[str, ...]
    branches: Mapping[str, Branch]
    calendar: Calendar
    reserves_branches: bool
    poll_day_rule: Rule
    sources: Mapping[str, Rule]

    @classmethod
    def from_pack(cls, pack: RulePack) -> "TimetableRules":
        """Read steps, branches and calendar of a pack."""
        steps = list_steps(pack=pack)
        return cls(
            steps=steps,
            order=_order(steps),
            branches={branch.id: branch for branch in list_branches(pack=pack)},
            calendar=Calendar.from_pack(pack),
            reserves_branches=pack.boolean(RESERVE_BRANCHES),
            poll_day_rule=pack.rule("timetable.poll_day_rule"),
            sources={
                rule_id: pack.rule(rule_id)
                for rule_id in (WEEKEND_DAYS, LEAVE_IS_WORKING, RESERVE_BRANCHES)
            },
        )

    def with_parents(self, branches: Iterable[str]) -> frozenset[str]:
        """The branches and those that they lie within; an unknown one is malformed input."""
        found: set[str] = set()
        waiting = list(branches)
        while waiting:
            branch_id = waiting.pop()
            if branch_id and branch_id not in found:
                found.add(branch_id)
                waiting.append(self._branch(branch_id).within)
        return frozenset(found)

    def excluded_by(self, branches: frozenset[str]) -> frozenset[str]:
        """The branches that cannot be where the given ones are, with all that lies within them."""
        excluded = {other for branch in branches for other in self._branch(branch).excludes}
        return frozenset(
            branch for branch in self.branches if self.with_parents([branch]) & excluded
        )

    def _branch(self, branch_id: str) -> Branch:
        if branch_id not in self.branches:
            text = Text(
                "Cabang “{branch}” tidak dikenal dalam paket aturan ini. Yang ada: {known}.",
                branch=branch_id,
                known=", ".join(self.branches) or "-",
            )
            raise MalformedInputError("timetable.unknown-branch", text)
        return self.branches[branch_id]


@dataclass(frozen=True, slots=True)
class Course:
    """What is known of one election: the polling date, the branches it took, what took place."""

    poll_date: date
    branches: frozenset[str]
    excluded: frozenset[str]
    actuals: Mapping[str, Actual]

    @classmethod
    def under(
        cls,
        rules: TimetableRules,
        *,
        poll_date: date,
        branches: Iterable[str] = (),
        actuals: Mapping[str, Actual] | None = None,
    ) -> "Course":
        """A course with the parents of its branches; branches that exclude each other are refused.

        Law: an election has one candidate or more than five, never both (`[[branch]]`, `excludes`).
        """
        taken = rules.with_parents(branches)
        excluded = rules.excluded_by(taken)
        if taken & excluded:
            text = Text(
                "Cabang {branches} tidak mungkin terjadi bersamaan. Pilih salah satu.",
                branches=", ".join(sorted(taken)),
            )
            raise MalformedInputError("timetable.branches-exclude", text)
        return cls(poll_date, taken, excluded, actuals or {})

    def drops(self, step: Step) -> bool:
        """Say whether the branches taken make the step fall away (gugur)."""
        return step.branch in self.excluded or not self.branches.isdisjoint(step.unless)

    def takes(self, step: Step) -> bool:
        """Say whether the step's branch is taken, or it needs none."""
        return not step.branch or step.branch in self.branches


@dataclass(frozen=True, slots=True)
class Placed:
    """A step with its days; `anchor` is the one that decided, `anchor_date` its day.

    `held` are all the anchors that had a say, of which the latest or earliest decided.
    `is_squeezed` means that nothing is left between the anchor and the bound of an open step.
    """

    step: Step
    start: date
    end: date
    anchor: Anchor | None
    anchor_date: date | None
    is_actual: bool = False
    is_squeezed: bool = False
    held: tuple[Anchor, ...] = ()


def place_steps(*, rules: TimetableRules, course: Course) -> dict[str, Placed]:
    """Give every step of the pack its days, conditional steps included."""
    _demand_sane(rules, course)
    placing = _Placing(rules, course, {})
    steps = {step.id: step for step in rules.steps}
    for step_id in rules.order:
        placing.place(steps[step_id])
    return placing.placed


@dataclass(frozen=True, slots=True)
class _Placing:
    rules: TimetableRules
    course: Course
    placed: dict[str, Placed]

    def place(self, step: Step) -> None:
        actual = self.course.actuals.get(step.id)
        self.placed[step.id] = (
            self._place_actual(step, actual) if actual else self._place_planned(step)
        )

    def _place_actual(self, step: Step, actual: Actual) -> Placed:
        start, end = actual
        if end is None and step.days is not None:
            first = self._first(start, step, step_by=1)
            end = self._advance(first, step.days - 1, step)
        elif end is None:
            end = max(start, self._limit(step))
        return Placed(step, start, end, None, None, is_actual=True)

    def _place_planned(self, step: Step) -> Placed:
        held = self._held(step)
        anchor, day = self._anchor_day(step, held)
        if step.days is None:
            return self._place_open(step, anchor, day, held)
        sign = 1 if step.direction is Direction.FORWARD else -1
        near = self._near_edge(step, day, sign)
        far = self._advance(near, sign * (step.days - 1), step)
        return Placed(step, min(near, far), max(near, far), anchor, day, held=held)

    def _place_open(
        self, step: Step, anchor: Anchor | None, day: date, held: tuple[Anchor, ...]
    ) -> Placed:
        start = self._near_edge(step, day, 1)
        last_chance = self._limit(step)
        end = self._first(last_chance, step, step_by=-1)
        is_squeezed = end < start
        last = start if is_squeezed else end
        return Placed(step, start, last, anchor, day, is_squeezed=is_squeezed, held=held)

    def _near_edge(self, step: Step, day: date, sign: int) -> date:
        """The day of the step that lies next to its anchor."""
        first = day if step.counts_anchor_day else day + sign * _ONE_DAY
        return self._advance(self._first(first, step, step_by=sign), sign * step.wait_days, step)

    def _limit(self, step: Step) -> date:
        return min(self._day_of(anchor) for anchor in step.finish_before) - _ONE_DAY

    def _first(self, day: date, step: Step, *, step_by: int) -> date:
        return self.rules.calendar.first_counted(day, step.count_mode, step=step_by)

    def _advance(self, day: date, amount: int, step: Step) -> date:
        return self.rules.calendar.advance(day, amount, step.count_mode)

    def _held(self, step: Step) -> tuple[Anchor, ...]:
        anchors = tuple(anchor for anchor in step.anchors if self._holds(anchor, step))
        return anchors or step.anchors

    def _anchor_day(self, step: Step, held: tuple[Anchor, ...]) -> tuple[Anchor | None, date]:
        if step.fixed_date is not None:
            return None, step.fixed_date
        choose = max if step.pick is Pick.LATEST else min
        chosen = choose(held, key=self._day_of)
        return chosen, self._day_of(chosen)

    def _holds(self, anchor: Anchor, step: Step) -> bool:
        """An anchor in a branch that is neither taken nor reserved does not hold others back."""
        if anchor.step_id == POLL:
            return True
        other = self.placed[anchor.step_id].step
        if not self.course.branches.isdisjoint(other.unless):
            return not self.course.branches.isdisjoint(step.unless)
        if self.rules.reserves_branches or self.course.takes(other):
            return True
        return other.branch in self.rules.with_parents([step.branch])

    def _day_of(self, anchor: Anchor) -> date:
        if anchor.step_id == POLL:
            return self.course.poll_date
        placed = self.placed[anchor.step_id]
        return placed.start if anchor.edge is Edge.START else placed.end


def _order(steps: tuple[Step, ...]) -> tuple[str, ...]:
    """Steps so that each follows all it is anchored to; the pack's order where that is free."""
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for step in steps:
        needed = (anchor.step_id for anchor in step.placing_anchors if anchor.step_id != POLL)
        sorter.add(step.id, *needed)
    try:
        return tuple(sorter.static_order())
    except CycleError as error:
        text = Text(
            "Patokan tahapan berputar: {circle}. Jalankan pilkades pack check.",
            circle=" → ".join(error.args[1]),
        )
        raise MalformedInputError("timetable.anchor-cycle", text) from error


def _demand_sane(rules: TimetableRules, course: Course) -> None:
    dates = [course.poll_date, *(day for pair in course.actuals.values() for day in pair if day)]
    if not all(FIRST_YEAR <= day.year <= LAST_YEAR for day in dates):
        text = Text(
            "Tanggal harus antara tahun {first} dan {last}. Periksa tahun yang ditulis.",
            first=FIRST_YEAR,
            last=LAST_YEAR,
        )
        raise MalformedInputError("timetable.year", text)
    known = {step.id for step in rules.steps}
    for step_id, (start, end) in course.actuals.items():
        if step_id not in known:
            text = Text("Tahapan “{step}” tidak ada dalam paket aturan ini.", step=step_id)
            raise MalformedInputError("timetable.unknown-step", text)
        if end is not None and end < start:
            text = Text(
                "Tahapan “{step}” dicatat selesai {end}, sebelum mulai {start}. Periksa lagi.",
                step=step_id,
                end=end,
                start=start,
            )
            raise MalformedInputError("timetable.actual-order", text)
