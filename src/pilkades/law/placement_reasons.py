"""Why a step falls on its days, in sentences: the answer to "Mengapa?" beside every date.

Anchor and direction, whether its day counts, pauses, length, every holiday on the way, the branch,
and the article. Nothing is decided here; the sentences repeat what `placement` did.
"""

from collections.abc import Iterator

from pilkades.law.calendar import CountMode, Holiday, HolidayKind
from pilkades.law.pack import Status
from pilkades.law.placement import Course, Placed, TimetableRules
from pilkades.law.timesteps import POLL, Anchor, Direction, Edge, Pick, Step
from pilkades.text import Text


def explain_step(
    *, placed: Placed, rules: TimetableRules, course: Course, names: dict[str, str]
) -> tuple[Text, ...]:
    """All sentences for one step; `names` gives the name of every step."""
    return tuple(_sentences(placed, rules, course, names))


def describe_anchor(*, anchor: Anchor, names: dict[str, str]) -> Text:
    """The anchor in words: "hari terakhir “Pendaftaran”"."""
    if anchor.step_id == POLL:
        return Text("hari pemungutan suara")
    if anchor.edge is Edge.START:
        return Text("hari pertama “{step}”", step=names[anchor.step_id])
    return Text("hari terakhir “{step}”", step=names[anchor.step_id])


def _sentences(
    placed: Placed, rules: TimetableRules, course: Course, names: dict[str, str]
) -> Iterator[Text]:
    step = placed.step
    if placed.is_actual:
        yield Text(
            "Tanggal ini adalah kenyataan yang dicatat; tahapan berikutnya dihitung darinya."
        )
    else:
        yield from _anchor(placed, names)
        yield from _start_day(step)
        yield from _wait(step)
    yield from _length(placed, names)
    yield from _days_off(placed, rules)
    yield from _branch(step, rules, course)
    yield Text("Dasar: {article}.", article=step.article)
    if step.status is Status.FICTIONAL:
        yield Text("Nilai tahapan ini rekaan.")
    elif step.status is not Status.VERIFIED:
        yield Text("Nilai tahapan ini sendiri belum terverifikasi pada naskah peraturannya.")
    if step.note:
        yield Text("Catatan: {note}", note=step.note)


def _anchor(placed: Placed, names: dict[str, str]) -> Iterator[Text]:
    step, day = placed.step, placed.anchor_date
    if placed.anchor is None:
        yield Text("Patokan: tanggal {date} yang ditetapkan langsung.", date=day)
        return
    anchor = describe_anchor(anchor=placed.anchor, names=names)
    if len(step.anchors) == 1:
        yield Text("Patokan: {anchor}, {date}.", anchor=anchor, date=day)
    elif step.pick is Pick.LATEST:
        yield Text(
            "Patokan: yang paling akhir dari {count} patokan, yaitu {anchor}, {date}.",
            count=len(step.anchors),
            anchor=anchor,
            date=day,
        )
    else:
        yield Text(
            "Patokan: yang paling awal dari {count} patokan, yaitu {anchor}, {date}.",
            count=len(step.anchors),
            anchor=anchor,
            date=day,
        )


_START_DAYS = {
    (Direction.FORWARD, True): Text("Dihitung maju; hari patokan ikut dihitung."),
    (Direction.FORWARD, False): Text("Dihitung maju mulai hari sesudah patokan."),
    (Direction.BACKWARD, True): Text("Dihitung mundur; hari patokan ikut dihitung."),
    (Direction.BACKWARD, False): Text("Dihitung mundur mulai hari sebelum patokan."),
}


def _start_day(step: Step) -> Iterator[Text]:
    yield _START_DAYS[step.direction, step.counts_anchor_day]


def _wait(step: Step) -> Iterator[Text]:
    if step.wait_days == 0:
        return
    days, is_pause = abs(step.wait_days), step.wait_days > 0
    if step.count_mode is CountMode.WORKING and is_pause:
        yield Text("Di antaranya ada jeda {days} hari kerja.", days=days)
    elif step.count_mode is CountMode.WORKING:
        yield Text("Digeser {days} hari kerja mendahului hitungan itu.", days=days)
    elif is_pause:
        yield Text("Di antaranya ada jeda {days} hari kalender.", days=days)
    else:
        yield Text("Digeser {days} hari kalender mendahului hitungan itu.", days=days)


def _length(placed: Placed, names: dict[str, str]) -> Iterator[Text]:
    step = placed.step
    if placed.is_squeezed:
        yield Text("Tidak ada hari yang tersisa sampai batas akhirnya.")
    elif placed.is_actual:
        yield Text("Dilaksanakan {start} sampai {end}.", start=placed.start, end=placed.end)
    elif step.days is None:
        bound = describe_anchor(anchor=step.finish_before[0], names=names)
        yield Text(
            "Lamanya tidak ditentukan: sampai {end}, sebelum {bound}.", end=placed.end, bound=bound
        )
    elif step.count_mode is CountMode.WORKING:
        yield Text(
            "Lamanya {days} hari kerja: {start} sampai {end}.",
            days=step.days,
            start=placed.start,
            end=placed.end,
        )
    else:
        yield Text(
            "Lamanya {days} hari kalender: {start} sampai {end}.",
            days=step.days,
            start=placed.start,
            end=placed.end,
        )


def _days_off(placed: Placed, rules: TimetableRules) -> Iterator[Text]:
    """Holidays between anchor and end; weekends only as a rule, not one by one."""
    if placed.step.count_mode is CountMode.CALENDAR or placed.is_actual:
        return
    edges = [placed.start, placed.end]
    if placed.anchor_date is not None:
        edges.append(placed.anchor_date)
    yield Text("Akhir pekan tidak dihitung.")
    for holiday in rules.calendar.holidays_between(min(edges), max(edges)):
        yield _day_off(holiday, rules)


def _day_off(holiday: Holiday, rules: TimetableRules) -> Text:
    is_off = rules.calendar.is_day_off(holiday.date)
    if is_off and holiday.status is Status.UNVERIFIED:
        return Text(
            "{date} tidak dihitung: {name} (tanggal perkiraan, perlu verifikasi).",
            date=holiday.date,
            name=holiday.name,
        )
    if is_off:
        return Text("{date} tidak dihitung: {name}.", date=holiday.date, name=holiday.name)
    if holiday.kind is HolidayKind.COLLECTIVE_LEAVE:
        return Text(
            "{date} ({name}) tetap dihitung hari kerja menurut paket aturan.",
            date=holiday.date,
            name=holiday.name,
        )
    return Text("{date} ({name}) dihitung.", date=holiday.date, name=holiday.name)


def _branch(step: Step, rules: TimetableRules, course: Course) -> Iterator[Text]:
    if course.drops(step):
        yield Text("Tahapan ini gugur karena jalannya pemilihan.")
    elif step.branch and step.branch not in course.branches:
        name = rules.branches[step.branch].name
        yield Text("Tahapan ini hanya dilaksanakan bila: {branch}.", branch=name)
        if rules.reserves_branches:
            yield Text("Waktunya tetap disediakan dalam jadwal.")
    elif step.branch:
        name = rules.branches[step.branch].name
        yield Text("Dilaksanakan karena: {branch}.", branch=name)
