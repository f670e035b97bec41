"""How `pilkades timetable` shows a timetable: a table of 100 columns, or a JSON document."""

import json
import textwrap
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from pilkades.cli.sentences import Speaker
from pilkades.law.calendar import CountMode
from pilkades.law.findings import Finding, Severity
from pilkades.law.pack import Entry, RulePack, Status
from pilkades.law.timetable import Standing, Timetable, TimetableStep

WIDTH = 100
_NAME_WIDTH = 46
_DATES_WIDTH = 35
FORMAT = 1

_STAGES = {
    "id": {
        "persiapan": "PERSIAPAN",
        "pencalonan": "PENCALONAN",
        "pemungutan": "PEMUNGUTAN SUARA",
        "penetapan": "PENETAPAN",
    },
    "en": {
        "persiapan": "PREPARATION",
        "pencalonan": "CANDIDACY",
        "pemungutan": "VOTING",
        "penetapan": "DETERMINATION",
    },
}
_WORDS = {
    "id": {
        "poll": "Hari pemungutan suara",
        "pack": "Paket aturan",
        "step": "Tahapan",
        "dates": "Tanggal",
        "length": "Lama",
        "working": "hari kerja",
        "calendar": "hari kalender",
        "conditional": "bersyarat",
        "dropped": "gugur",
        "squeezed": "tidak ada hari",
        "actual": "sudah dilaksanakan",
        "unverified": "perlu verifikasi",
        "findings": "PERLU DIPERHATIKAN",
        "error": "KESALAHAN",
        "warning": "PERINGATAN",
        "info": "CATATAN",
        "article": "dasar",
    },
    "en": {
        "poll": "Polling day",
        "pack": "Rule pack",
        "step": "Step",
        "dates": "Dates",
        "length": "Length",
        "working": "working days",
        "calendar": "calendar days",
        "conditional": "conditional",
        "dropped": "falls away",
        "squeezed": "no day left",
        "actual": "took place",
        "unverified": "to be verified",
        "findings": "TO BE NOTED",
        "error": "ERROR",
        "warning": "WARNING",
        "info": "NOTE",
        "article": "law",
    },
}


def timetable_table(
    *, pack: RulePack, timetable: Timetable, speaker: Speaker, with_why: bool
) -> str:
    """The timetable grouped by stage, in at most 100 columns."""
    words = _WORDS[speaker.language]
    branches = {entry.id: entry for entry in pack.table("branch")}
    lines = [
        f"{words['pack']}: {pack.title} ({pack.id} {pack.version})",
        f"{words['poll']}: {speaker.long_date(timetable.poll_date)}",
    ]
    lines.extend(_branch_name(branches[name], speaker) for name in sorted(timetable.branches))
    header = f"{words['step']:<{_NAME_WIDTH + 2}}{words['dates']:<{_DATES_WIDTH}}{words['length']}"
    lines.extend(["", header, "-" * WIDTH])
    for stage, steps in groupby(_by_stage(timetable), key=lambda step: step.stage):
        lines.extend(["", _STAGES[speaker.language][stage]])
        for step in steps:
            branch = _branch_name(branches[step.branch], speaker) if step.branch else ""
            lines.extend(_step_lines(step, branch, speaker, with_why=with_why))
    lines.extend(finding_lines(timetable.findings, speaker))
    return "\n".join(lines)


def _by_stage(timetable: Timetable) -> list[TimetableStep]:
    order = list(_STAGES["id"])
    return sorted(timetable.steps, key=lambda step: order.index(step.stage))


def _step_lines(
    step: TimetableStep, branch: str, speaker: Speaker, *, with_why: bool
) -> Iterator[str]:
    words = _WORDS[speaker.language]
    name = step.name_en if speaker.language == "en" else step.name
    first, *rest = textwrap.wrap(name, _NAME_WIDTH)
    dates = speaker.short_range(step.start_date, step.end_date)
    mode = words["working" if step.count_mode is CountMode.WORKING else "calendar"]
    length = f"{step.days:>3} {mode}" if step.days else words["squeezed"]
    yield f"  {first:<{_NAME_WIDTH}}{dates:<{_DATES_WIDTH}}{length}"
    yield from (f"  {line}" for line in rest)
    remarks = [
        *([f"{words['conditional']}: {branch}"] if _is_conditional(step) else []),
        *([words["dropped"]] if step.standing is Standing.DROPPED else []),
        *([words["actual"]] if step.is_actual else []),
        *([words["unverified"]] if step.status is not Status.VERIFIED else []),
    ]
    if remarks:
        yield from _indented(f"({'; '.join(remarks)})", 4)
    if with_why:
        for text in step.why:
            yield from _indented("- " + speaker.say(text), 6)


def _branch_name(branch: Entry, speaker: Speaker) -> str:
    return branch.text("name_en" if speaker.language == "en" else "name")


def _is_conditional(step: TimetableStep) -> bool:
    return step.standing is Standing.CONDITIONAL


def finding_lines(findings: tuple[Finding, ...], speaker: Speaker) -> Iterator[str]:
    """Findings as a block of wrapped sentences; nothing where there are none."""
    words = _WORDS[speaker.language]
    if findings:
        yield from ["", words["findings"]]
    for finding in findings:
        place = f"baris {finding.line}: " if finding.line else ""
        article = f" ({words['article']}: {finding.article})" if finding.article else ""
        sentence = f"{words[finding.severity]}: {place}{speaker.say(finding.text)}{article}"
        yield from _indented(f"{sentence} [{finding.code}]", 2)


def _indented(text: str, indent: int) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + 2),
        break_long_words=False,
        break_on_hyphens=False,
    )


def timetable_document(*, pack: RulePack, timetable: Timetable, speaker: Speaker) -> dict[str, Any]:
    """The document of docs/formats/timetable.schema.json."""
    return {
        "format": FORMAT,
        "pack": {"id": pack.id, "title": pack.title, "version": pack.version},
        "poll_date": timetable.poll_date.isoformat(),
        "branches": sorted(timetable.branches),
        "steps": [_step_document(step, speaker) for step in timetable.steps],
        "findings": [finding_document(finding, speaker) for finding in timetable.findings],
    }


def _step_document(step: TimetableStep, speaker: Speaker) -> dict[str, Any]:
    return {
        "id": step.id,
        "name": step.name_en if speaker.language == "en" else step.name,
        "stage": step.stage,
        "owner": step.owner,
        "from": step.start_date.isoformat(),
        "to": step.end_date.isoformat(),
        "count_mode": step.count_mode.value,
        "days": step.days,
        "article": step.article,
        "status": step.status.value,
        "own_status": step.own_status.value,
        "rests_on": [
            {"table": doubt.table, "id": doubt.id, "status": doubt.status.value}
            for doubt in step.rests_on
        ],
        "branch": step.branch or None,
        "standing": step.standing.value,
        "actual": step.is_actual,
        "why": [speaker.say(text) for text in step.why],
    }


def finding_document(finding: Finding, speaker: Speaker) -> dict[str, Any]:
    """One finding as all JSON outputs show it."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "subject": finding.subject,
        "line": finding.line or None,
        "article": finding.article or None,
        "text": speaker.say(finding.text),
    }


def count_errors(findings: tuple[Finding, ...]) -> int:
    """How many of the findings are errors."""
    return sum(1 for finding in findings if finding.severity is Severity.ERROR)


def write_json(document: dict[str, Any]) -> None:
    """Print a document as people and programs can read it."""
    print(json.dumps(document, ensure_ascii=False, indent=2))
