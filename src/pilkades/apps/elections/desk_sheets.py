"""The lists of the desk's pages as sheets: what the page shows, all rows, nothing more."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.utils.translation import gettext

from pilkades.apps.documents.services import Sheet, SheetColumn
from pilkades.apps.elections.models import InboxItem, Postponement, Wave
from pilkades.apps.elections.selectors.alarms import Alarm
from pilkades.apps.elections.selectors.board import Board, BoardRow
from pilkades.apps.elections.selectors.calendars import CalendarMark
from pilkades.apps.elections.selectors.inbox import get_item_text
from pilkades.apps.elections.selectors.progress import ElectionProgress
from pilkades.apps.elections.selectors.villages import DistrictChoice, name_village
from pilkades.apps.elections.selectors.whatif import WhatIf
from pilkades.apps.elections.words import (
    name_owner,
    name_stage,
    name_state,
    name_step,
    write_length,
)
from pilkades.apps.regions.models import Regency
from pilkades.law.timetable import Standing, Timetable


def list_wave_rows(waves: Iterable[Wave]) -> Sheet:
    """The waves of the desk's home."""
    return Sheet(
        title=gettext("Gelombang"),
        columns=[
            gettext("Nama"),
            gettext("Wilayah"),
            gettext("Keadaan"),
            gettext("Pemungutan suara"),
            gettext("Desa"),
            gettext("Ditunda atau batal"),
            gettext("Simulasi"),
        ],
        rows=(
            [
                wave.name,
                wave.regency.name,
                wave.get_status_display(),
                wave.poll_date,
                wave.village_count,  # type: ignore[attr-defined]
                wave.resting_count,  # type: ignore[attr-defined]
                wave.is_simulation,
            ]
            for wave in waves
        ),
    )


def list_progress_rows(progress: Iterable[ElectionProgress]) -> Sheet:
    """The villages of a wave with the counts that its overview adds up."""
    return Sheet(
        title=gettext("Desa"),
        columns=[
            gettext("Kode"),
            gettext("Desa"),
            gettext("Kecamatan"),
            gettext("Pemungutan suara"),
            gettext("Tahapan"),
            gettext("Selesai"),
            gettext("Terlambat"),
            gettext("Tidak mungkin"),
        ],
        rows=(
            [
                item.election.village_id,
                name_village(item.election.village),
                item.election.village.district.name,
                item.poll_date,
                sum(stage.step_count for stage in item.stages),
                sum(stage.done_count for stage in item.stages),
                item.late_count,
                item.problem_count,
            ]
            for item in progress
        ),
    )


def list_choice_rows(districts: Iterable[DistrictChoice]) -> Sheet:
    """The villages to choose from, and where they already are."""
    return Sheet(
        title=gettext("Pilih desa"),
        columns=[
            gettext("Kode"),
            gettext("Desa"),
            gettext("Kecamatan"),
            gettext("Dalam gelombang ini"),
            gettext("Gelombang lain"),
        ],
        rows=(
            [
                choice.village.code,
                name_village(choice.village),
                district.name,
                choice.is_chosen,
                choice.busy_wave,
            ]
            for district in districts
            for choice in district.villages
        ),
    )


def list_calendar_rows(
    marks: Mapping[date, Sequence[CalendarMark]], holidays: Mapping[date, str]
) -> list[Sheet]:
    """One month: what begins and ends on which day, and its days off."""
    events = Sheet(
        title=gettext("Kalender"),
        columns=[
            SheetColumn(title=gettext("Tanggal"), width=14),
            gettext("Tahapan"),
            gettext("Mulai"),
            gettext("Selesai"),
            gettext("Desa"),
            gettext("Keadaan"),
            gettext("Pasal"),
        ],
        rows=(
            [
                day,
                name_step(mark.step),
                mark.is_start,
                mark.is_end,
                mark.village_count,
                name_state(mark.state),
                mark.step.article,
            ]
            for day, found in sorted(marks.items())
            for mark in found
        ),
    )
    off = Sheet(
        title=gettext("Hari libur"),
        columns=[SheetColumn(title=gettext("Tanggal"), width=14), gettext("Nama")],
        rows=[[day, name] for day, name in sorted(holidays.items())],
    )
    return [events, off]


def list_board_rows(board: Board) -> Sheet:
    """Villages by stages, or by the steps of one stage."""
    return Sheet(
        title=gettext("Papan desa"),
        columns=[
            gettext("Kode"),
            gettext("Desa"),
            gettext("Kecamatan"),
            *(name_stage(c) if isinstance(c, str) else name_step(c) for c in board.columns),
            gettext("Langkah berikut"),
            SheetColumn(title=gettext("Paling lambat"), width=14),
        ],
        rows=(_board_cells(row) for row in board.rows),
    )


def list_alarm_rows(alarms: Iterable[Alarm], regency: Regency, *, title: str = "") -> Sheet:
    """One row for each village that an alarm is about."""
    return Sheet(
        title=title or gettext("Tenggat"),
        columns=[
            gettext("Keadaan"),
            gettext("Tahapan"),
            gettext("Pelaksana"),
            SheetColumn(title=gettext("Paling lambat"), width=14),
            gettext("Kode"),
            gettext("Desa"),
            gettext("Pasal"),
        ],
        rows=(
            [
                name_state(alarm.state),
                name_step(alarm.step),
                name_owner(alarm.step.owner, regency),
                alarm.step.end_date,
                election.village_id,
                name_village(election.village),
                alarm.step.article,
            ]
            for alarm in alarms
            for election in alarm.elections
        ),
    )


def list_step_rows(progress: ElectionProgress) -> Sheet:
    """The timetable of a village with what really happened."""
    regency = progress.election.wave.regency
    return Sheet(
        title=gettext("Jadwal"),
        columns=[
            gettext("Tahap"),
            gettext("Tahapan"),
            gettext("Pelaksana"),
            SheetColumn(title=gettext("Mulai"), width=14),
            SheetColumn(title=gettext("Selesai"), width=14),
            gettext("Hari"),
            gettext("Keadaan"),
            SheetColumn(title=gettext("Dilaksanakan mulai"), width=14),
            SheetColumn(title=gettext("Dilaksanakan selesai"), width=14),
            gettext("Pasal"),
        ],
        rows=(
            [
                name_stage(item.step.stage),
                name_step(item.step),
                name_owner(item.step.owner, regency),
                item.step.start_date,
                item.step.end_date,
                item.step.days,
                name_state(item.state),
                item.fact.started_on if item.fact else None,
                item.fact.finished_on if item.fact else None,
                item.step.article,
            ]
            for item in progress.steps
        ),
    )


def list_postponement_rows(postponements: Iterable[Postponement]) -> Sheet:
    """Why and until when a village votes later."""
    return Sheet(
        title=gettext("Penundaan"),
        columns=[
            SheetColumn(title=gettext("Dari"), width=14),
            SheetColumn(title=gettext("Menjadi"), width=14),
            gettext("Alasan"),
            gettext("Dasar"),
            gettext("Oleh"),
            gettext("Pada"),
        ],
        rows=(
            [
                item.from_date,
                item.to_date,
                item.reason,
                item.reference,
                str(item.decided_by),
                item.decided_at,
            ]
            for item in postponements
        ),
    )


def list_decree_rows(timetable: Timetable, regency: Regency) -> Sheet:
    """The timetable as it stands in the attachment of the decree."""
    return Sheet(
        title=gettext("Jadwal"),
        columns=[
            gettext("Tahap"),
            gettext("Tahapan"),
            SheetColumn(title=gettext("Mulai"), width=14),
            SheetColumn(title=gettext("Selesai"), width=14),
            gettext("Lama"),
            gettext("Pelaksana"),
            gettext("Pasal"),
        ],
        rows=(
            [
                name_stage(step.stage),
                name_step(step),
                step.start_date,
                step.end_date,
                write_length(step),
                name_owner(step.owner, regency),
                step.article,
            ]
            for step in timetable.steps
            if step.standing is not Standing.DROPPED
        ),
    )


def list_change_rows(comparison: WhatIf) -> Sheet:
    """Old and new days side by side."""
    return Sheet(
        title=gettext("Andai"),
        columns=[
            gettext("Tahapan"),
            *(
                SheetColumn(title=title, width=14)
                for title in (
                    gettext("Sekarang mulai"),
                    gettext("Sekarang selesai"),
                    gettext("Menjadi mulai"),
                    gettext("Menjadi selesai"),
                    gettext("Geser (hari)"),
                )
            ),
        ],
        rows=(
            [
                name_step(change.step),
                change.before.start_date if change.before else None,
                change.before.end_date if change.before else None,
                change.after.start_date if change.after else None,
                change.after.end_date if change.after else None,
                change.moved_days,
            ]
            for change in comparison.changes
        ),
    )


def list_inbox_rows(items: Iterable[InboxItem]) -> Sheet:
    """What waits for an office, or was seen to."""
    return Sheet(
        title=gettext("Kotak masuk"),
        columns=[
            gettext("Perihal"),
            gettext("Desa"),
            SheetColumn(title=gettext("Isi"), width=60),
            SheetColumn(title=gettext("Paling lambat"), width=14),
            gettext("Dasar"),
            gettext("Selesai"),
        ],
        rows=(
            [
                item.get_kind_display(),
                name_village(item.election.village),
                get_item_text(item),
                item.due_date,
                item.article,
                item.done_at,
            ]
            for item in items
        ),
    )


def _board_cells(row: BoardRow) -> list[object]:
    village = row.election.village
    return [
        village.code,
        name_village(village),
        village.district.name,
        *(name_state(cell.state) if cell else "" for cell in row.cells),
        name_step(row.next_step.step) if row.next_step else "",
        row.next_step.step.end_date if row.next_step else None,
    ]
