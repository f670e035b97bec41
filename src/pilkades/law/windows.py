"""Until when an applicant's file may be completed.

Law: Permendagri 112/2014 (research into the files and clarification; its article is not verified);
the days are steps of the regency's timetable, so the pack lists which steps hold the window open.
Leaves out
registration, which has hours of its own (`registration`), and what the public says about an
applicant, which has a clock (`disputes`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pilkades.errors import RuleViolationError
from pilkades.law.findings import Finding, Severity
from pilkades.law.pack import RulePack
from pilkades.law.packspec import FieldKind, FieldSpec, Section
from pilkades.law.timetable import Standing, TimetableStep
from pilkades.text import Text

COMPLETION = "completion.steps"


@dataclass(frozen=True, slots=True)
class Window:
    """Steps of the timetable during which something may be done, and the rule that says so."""

    rule_id: str
    step_ids: tuple[str, ...]
    article: str


def read_completion_window(*, pack: RulePack) -> Window:
    """When files may be completed.

    Law: Permendagri 112/2014 (clarification); pack field `completion.steps`.
    """
    rule = pack.rule(COMPLETION)
    return Window(rule.id, pack.texts(COMPLETION), rule.article)


def find_open_step(
    *, window: Window, steps: Sequence[TimetableStep], on_date: date
) -> TimetableStep | None:
    """The step of the window that is running on a day; first and last day are inside.

    Law: silent on the hour, so the whole last day counts (ADR 0107 gives hours to registration
    only).
    """
    return next(
        (step for step in _listed(window, steps) if step.start_date <= on_date <= step.end_date),
        None,
    )


def find_next_end(
    *, window: Window, steps: Sequence[TimetableStep], on_date: date
) -> TimetableStep | None:
    """The step of the window that ends first from a day on, running or still to come.

    Law: Permendagri 112/2014 (clarification); what is asked for today can be brought until that
    end.
    """
    coming = [step for step in _listed(window, steps) if step.end_date >= on_date]
    return min(coming, key=lambda step: step.end_date, default=None)


def require_open(*, window: Window, steps: Sequence[TimetableStep], on_date: date) -> TimetableStep:
    """The running step, or a refusal that says when the window is open.

    Law: as `find_open_step`. Raises RuleViolationError with the window's rule id.
    """
    step = find_open_step(window=window, steps=steps, on_date=on_date)
    if step is not None:
        return step
    listed = tuple(_listed(window, steps))
    if not listed:
        text = Text("Jadwal pemilihan ini tidak memuat masa untuk langkah ini.")
        raise RuleViolationError(window.rule_id, text, article=window.article)
    text = Text(
        "Langkah ini hanya dapat dilakukan dalam masa berikut: {spans}. Hari ini {on_date}.",
        spans=tuple(
            Text("{name}, {start} sampai {end}", name=s.name, start=s.start_date, end=s.end_date)
            for s in listed
        ),
        on_date=on_date,
    )
    raise RuleViolationError(window.rule_id, text, article=window.article)


def require_in_time(*, window: Window, due_date: date, on_date: date) -> None:
    """Refuse what is brought after the day that was set for it.

    Law: Permendagri 112/2014 (clarification); the last day itself is in time, the next is not.

    Raises RuleViolationError with the window's rule id.
    """
    if on_date <= due_date:
        return
    text = Text(
        "Batas pelengkapan berkas adalah {due_date}; hari ini {on_date}, terlambat {days} hari. "
        "Berkas yang sudah ada tidak berubah dan diputuskan sebagaimana adanya.",
        due_date=due_date,
        on_date=on_date,
        days=(on_date - due_date).days,
    )
    raise RuleViolationError(window.rule_id, text, article=window.article)


def _listed(window: Window, steps: Iterable[TimetableStep]) -> Iterator[TimetableStep]:
    """Steps of the window that will take place, in the order of the timetable."""
    return (
        step for step in steps if step.id in window.step_ids and step.standing is Standing.CERTAIN
    )


def _check_steps(pack: RulePack) -> Iterator[Finding]:
    """A window none of whose steps is in the timetable would never open."""
    rule = pack.rule(COMPLETION)
    if any(pack.find_entry("step", step_id) for step_id in pack.texts(COMPLETION)):
        return
    text = Text(
        "“{rule}” tidak menyebut satu pun tahapan yang ada dalam jadwal, sehingga masanya "
        "tidak pernah terbuka. Tulis id tahapan yang benar.",
        rule=rule.id,
    )
    yield Finding("window.no-step", Severity.ERROR, text, rule.id, pack.line_of(rule), rule.article)


SECTION = Section(
    name="windows",
    rules=(
        FieldSpec(
            "completion.steps",
            FieldKind.TEXTS,
            Text("id tahapan selama berkas bakal calon boleh dilengkapi"),
        ),
    ),
    checks=(_check_steps,),
)
