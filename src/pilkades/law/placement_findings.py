"""What is wrong with a placed timetable: late, impossible, on a holiday, too early, overdue.

Law: bounds come from the pack (`finish_before`, `start_after`, `timetable.poll_day_rule`). A bound
is strict: a step that must be finished before another may not end on its first day.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from pilkades.law.findings import Finding, Severity
from pilkades.law.placement import Course, Placed, TimetableRules
from pilkades.law.placement_reasons import describe_anchor
from pilkades.law.timesteps import POLL, Anchor, Edge, Step
from pilkades.text import Text


def find_poll_day_faults(*, rules: TimetableRules, poll_date: date) -> Iterator[Finding]:
    """Say whether the polling date may be what it is under `timetable.poll_day_rule`."""
    rule = rules.poll_day_rule
    holiday = rules.calendar.holidays.get(poll_date)
    is_off = rules.calendar.is_day_off(poll_date)
    if rule.value == "not_holiday" and holiday is not None and is_off:
        text = Text(
            "Hari pemungutan {date} jatuh pada hari libur: {name}. Pilih tanggal lain, atau "
            "tetapkan dalam paket aturan bahwa hari libur boleh.",
            date=poll_date,
            name=holiday.name,
        )
        yield Finding("timetable.poll-on-holiday", Severity.ERROR, text, POLL, article=rule.article)
    is_weekend = poll_date.weekday() in rules.calendar.weekend
    if rule.value == "day_off" and not (is_off or is_weekend):
        text = Text(
            "Hari pemungutan {date} adalah hari kerja, padahal paket aturan meminta hari libur. "
            "Pilih hari libur atau akhir pekan.",
            date=poll_date,
        )
        yield Finding(
            "timetable.poll-not-day-off", Severity.ERROR, text, POLL, article=rule.article
        )


def find_bound_faults(
    *, rules: TimetableRules, course: Course, placed: Mapping[str, Placed]
) -> Iterator[Finding]:
    """Steps that end too late, start too early, or have nothing left of them."""
    names = {step.id: step.name for step in rules.steps}
    for step in rules.steps:
        if course.drops(step):
            continue
        severity = Severity.ERROR if course.takes(step) else Severity.WARNING
        bounds = _Bounds(rules, course, placed, names, severity)
        if placed[step.id].is_squeezed:
            yield bounds.squeezed(placed[step.id])
            continue
        yield from bounds.faults(placed[step.id])


def find_overdue(
    *, rules: TimetableRules, course: Course, placed: Mapping[str, Placed], today: date
) -> Iterator[Finding]:
    """Steps of a running election whose last day is over and which nobody has recorded."""
    for step in rules.steps:
        is_due = course.takes(step) and not course.drops(step)
        if is_due and not placed[step.id].is_actual and placed[step.id].end < today:
            text = Text(
                "“{step}” seharusnya selesai {end} dan belum dicatat. Catat pelaksanaannya, atau "
                "laksanakan segera.",
                step=step.name,
                end=placed[step.id].end,
            )
            yield Finding(
                "timetable.overdue", Severity.WARNING, text, step.id, article=step.article
            )


def find_unknown_years(*, rules: TimetableRules, placed: Mapping[str, Placed]) -> Iterator[Finding]:
    """Years into which the timetable reaches without any holiday being known of them."""
    years = {day.year for item in placed.values() for day in (item.start, item.end)}
    for year in sorted(years):
        if not rules.calendar.knows_year(year):
            text = Text(
                "Daftar hari libur tahun {year} belum ada dalam paket aturan, sehingga tanggal "
                "pada tahun itu dapat bergeser. Tambahkan [[holiday]] setelah SKB terbit.",
                year=year,
            )
            yield Finding("timetable.unknown-year", Severity.WARNING, text, POLL)


class _Bounds:
    """The bounds of steps, with what is needed to judge and to name them."""

    __slots__ = ("course", "names", "placed", "rules", "severity")

    def __init__(
        self,
        rules: TimetableRules,
        course: Course,
        placed: Mapping[str, Placed],
        names: dict[str, str],
        severity: Severity,
    ) -> None:
        self.rules = rules
        self.course = course
        self.placed = placed
        self.names = names
        self.severity = severity

    def faults(self, item: Placed) -> Iterator[Finding]:
        step = item.step
        for anchor in step.finish_before:
            day = self._day(anchor)
            if day is not None and item.end >= day:
                code = "timetable.impossible" if item.start >= day else "timetable.late"
                yield self._finding(code, _too_late(item, self._name(anchor), day), step)
        for anchor in step.start_after:
            day = self._day(anchor)
            if day is not None and item.start <= day:
                code = "timetable.impossible" if item.end <= day else "timetable.overlap"
                yield self._finding(code, _too_early(item, self._name(anchor), day), step)

    def squeezed(self, item: Placed) -> Finding:
        bound = item.step.finish_before[0]
        text = Text(
            "“{step}” terjepit habis: baru dapat mulai {start}, padahal {bound} jatuh {day}. "
            "Undurkan hari pemungutan atau percepat tahapan sebelumnya.",
            step=item.step.name,
            start=item.start,
            bound=self._name(bound),
            day=self._day(bound),
        )
        return self._finding("timetable.impossible", text, item.step)

    def _finding(self, code: str, text: Text, step: Step) -> Finding:
        return Finding(code, self.severity, text, step.id, article=step.article)

    def _name(self, anchor: Anchor) -> Text:
        return describe_anchor(anchor=anchor, names=self.names)

    def _day(self, anchor: Anchor) -> date | None:
        """The day of a bound, None where the step that bounds will not take place."""
        if anchor.step_id == POLL:
            return self.course.poll_date
        item = self.placed[anchor.step_id]
        is_planned = self.course.takes(item.step) or self.rules.reserves_branches
        if not is_planned or self.course.drops(item.step):
            return None
        return item.start if anchor.edge is Edge.START else item.end


def _too_late(item: Placed, bound: Text, day: date) -> Text:
    if item.start >= day:
        return Text(
            "“{step}” tidak mungkin: baru mulai {start}, padahal harus selesai sebelum {bound} "
            "({day}). Undurkan hari pemungutan atau percepat tahapan sebelumnya.",
            step=item.step.name,
            start=item.start,
            bound=bound,
            day=day,
        )
    return Text(
        "“{step}” baru selesai {end}, padahal harus selesai sebelum {bound} ({day}). Undurkan "
        "hari pemungutan atau percepat tahapan sebelumnya.",
        step=item.step.name,
        end=item.end,
        bound=bound,
        day=day,
    )


def _too_early(item: Placed, bound: Text, day: date) -> Text:
    if item.end <= day:
        return Text(
            "“{step}” tidak mungkin: harus selesai {end}, padahal baru boleh mulai sesudah "
            "{bound} ({day}). Undurkan hari pemungutan atau percepat tahapan sebelumnya.",
            step=item.step.name,
            end=item.end,
            bound=bound,
            day=day,
        )
    return Text(
        "“{step}” mulai {start}, padahal baru boleh sesudah {bound} ({day}). Undurkan hari "
        "pemungutan atau percepat tahapan sebelumnya.",
        step=item.step.name,
        start=item.start,
        bound=bound,
        day=day,
    )
