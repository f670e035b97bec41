"""The clocks of objections and disputes as a rule pack lists them.

`[[clock]]` holds one each: who files, who decides, from which event, and how long; a clock that
names a `step` takes length and counting from that step of the timetable, so that no number stands
twice. Implements Permendagri 112/2014 and the regencies' windows; leaves out the merits.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from pilkades.errors import MalformedInputError
from pilkades.law.calendar import CountMode
from pilkades.law.findings import Finding, Severity
from pilkades.law.pack import Entry, RulePack, Status
from pilkades.law.packspec import FieldKind, FieldSpec, Section, TableSpec
from pilkades.text import Text

PARTIES = (
    "calon",
    "bakal_calon",
    "pemilih",
    "warga",
    "panitia",
    "bpd",
    "camat",
    "panitia_kabupaten",
    "kepala_daerah",
    "ptun",
)


class ClockEvent(StrEnum):
    """The event from which a clock runs."""

    ROLL_FIXED = "roll_fixed"
    REGISTRATION_CLOSED = "registration_closed"
    INCIDENT = "incident"
    RESULT_FIXED = "result_fixed"
    OBJECTION_FILED = "objection_filed"
    COUNCIL_REPORTED = "council_reported"
    DECREE_ISSUED = "decree_issued"


class Matter(StrEnum):
    """What an objection is about (pokok keberatan)."""

    ROLL = "roll"
    CANDIDACY = "candidacy"
    PROCESS = "process"
    RESULT = "result"
    DECREE = "decree"
    DECISION = "decision"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One clock (tenggat): who may file what with whom, and how long after which event."""

    id: str
    name: str
    name_en: str
    matter: Matter
    runs_from: ClockEvent
    days: int
    count_mode: CountMode
    is_anchor_counted: bool
    closes_at: time | None
    filed_by: tuple[str, ...]
    decided_by: str
    decision_clock: str
    step: str
    article: str
    status: Status


@dataclass(frozen=True, slots=True)
class DisputeRules:
    """All clocks of one pack, in its order."""

    clocks: tuple[Clock, ...]

    @classmethod
    def from_pack(cls, pack: RulePack) -> "DisputeRules":
        """Read `[[clock]]`, with lengths from `[[step]]` where a clock follows one."""
        return cls(clocks=tuple(_read_clock(entry, pack) for entry in pack.table("clock")))

    def get_clock(self, *, clock_id: str) -> Clock:
        """One clock by its id; an unknown one is refused."""
        for clock in self.clocks:
            if clock.id == clock_id:
                return clock
        raise MalformedInputError(
            "dispute.clock",
            Text("Tenggat “{clock}” tidak ada dalam paket aturan.", clock=clock_id),
        )

    def list_clocks(self, *, matter: Matter) -> tuple[Clock, ...]:
        """The clocks for one matter, in the order of the pack."""
        return tuple(clock for clock in self.clocks if clock.matter is matter)


def _read_clock(entry: Entry, pack: RulePack) -> Clock:
    step_id = entry.text("step") if entry.has("step") else ""
    source = entry if not step_id else pack.find_entry("step", step_id)
    if source is None:
        raise MalformedInputError("dispute.step", _tell_absent_step(entry, step_id))
    return Clock(
        id=entry.id,
        name=entry.text("name"),
        name_en=entry.text("name_en"),
        matter=Matter(entry.text("matter")),
        runs_from=ClockEvent(entry.text("runs_from")),
        days=source.integer("days"),
        count_mode=CountMode(source.text("count")),
        is_anchor_counted=source.boolean("count_anchor_day"),
        closes_at=entry.values.get("closes_at"),
        filed_by=entry.texts("filed_by"),
        decided_by=entry.text("decided_by"),
        decision_clock=entry.text("decision_clock") if entry.has("decision_clock") else "",
        step=step_id,
        article=source.article,
        status=source.status,
    )


def check_clocks(pack: RulePack) -> Iterator[Finding]:
    """Clocks without a length, with a length written twice, or that point at nothing."""
    known = {entry.id for entry in pack.table("clock")}
    for entry in pack.table("clock"):
        yield from _check_length(pack, entry)
        decision = entry.values.get("decision_clock")
        if decision and decision not in known:
            text = Text(
                "Tenggat “{entry}” menunjuk tenggat putusan “{decision}” yang tidak ada.",
                entry=entry.id,
                decision=decision,
            )
            yield _error(pack, entry, "clock.decision", text, refers_to=str(decision))


def _check_length(pack: RulePack, entry: Entry) -> Iterator[Finding]:
    own = [name for name in ("days", "count", "count_anchor_day") if entry.has(name)]
    step_id = entry.values.get("step")
    if step_id and own:
        text = Text(
            "Tenggat “{entry}” mengikuti tahapan “{step}”, tetapi juga menulis {own}. Hapus agar "
            "satu angka hanya tertulis di satu tempat.",
            entry=entry.id,
            step=step_id,
            own=", ".join(own),
        )
        yield _error(pack, entry, "clock.double-length", text)
    if step_id:
        step = pack.find_entry("step", str(step_id))
        if step is None or not step.has("days"):
            text = _tell_absent_step(entry, str(step_id))
            yield _error(pack, entry, "clock.step", text, refers_to=str(step_id))
    elif len(own) < 3:
        text = Text(
            "Tenggat “{entry}” belum lengkap: tulis days, count dan count_anchor_day, atau step.",
            entry=entry.id,
        )
        yield _error(pack, entry, "clock.length", text)


def _tell_absent_step(entry: Entry, step_id: str) -> Text:
    return Text(
        "Tenggat “{entry}” mengikuti tahapan “{step}” yang tidak ada atau tidak berlama tetap.",
        entry=entry.id,
        step=step_id,
    )


def _error(pack: RulePack, entry: Entry, code: str, text: Text, *, refers_to: str = "") -> Finding:
    return Finding(
        code=code,
        severity=Severity.ERROR,
        text=text,
        subject=entry.id,
        line=pack.line_of(entry),
        article=entry.article,
        refers_to=refers_to,
    )


_K = FieldKind
SECTION = Section(
    name="disputes",
    tables=(
        TableSpec(
            "clock",
            Text("tenggat keberatan, sengketa dan putusannya"),
            (
                FieldSpec("name", _K.TEXT, Text("nama tenggat")),
                FieldSpec("name_en", _K.TEXT, Text("nama dalam bahasa Inggris"), False, ""),
                FieldSpec(
                    "matter",
                    _K.CHOICE,
                    Text("pokoknya: roll, candidacy, process, result, decree, decision"),
                    choices=tuple(Matter),
                ),
                FieldSpec(
                    "runs_from",
                    _K.CHOICE,
                    Text("kejadian yang memulai tenggat, misalnya result_fixed"),
                    choices=tuple(ClockEvent),
                ),
                FieldSpec(
                    "step",
                    _K.TEXT,
                    Text("tahapan jadwal yang menentukan lamanya, misalnya objections"),
                    False,
                ),
                FieldSpec("days", _K.INTEGER, Text("lamanya dalam hari"), False, minimum=1),
                FieldSpec(
                    "count",
                    _K.CHOICE,
                    Text("working (hari kerja) atau calendar"),
                    False,
                    choices=tuple(CountMode),
                ),
                FieldSpec(
                    "count_anchor_day",
                    _K.BOOLEAN,
                    Text("true bila hari kejadian dihitung hari pertama"),
                    False,
                ),
                FieldSpec("closes_at", _K.TIME, Text("jam tutup pada hari terakhir"), False),
                FieldSpec(
                    "filed_by",
                    _K.CHOICES,
                    Text("siapa yang boleh mengajukan"),
                    False,
                    (),
                    choices=PARTIES,
                ),
                FieldSpec("decided_by", _K.CHOICE, Text("siapa yang memutus"), choices=PARTIES),
                FieldSpec("decision_clock", _K.TEXT, Text("id tenggat untuk putusannya"), False),
            ),
        ),
    ),
    checks=(check_clocks,),
)
