"""The board: villages of a wave by stages, or by the steps of one stage. Six queries at most."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from pilkades.apps.elections.models import Election, Wave
from pilkades.apps.elections.selectors.progress import (
    ElectionProgress,
    StepProgress,
    StepState,
    assess_election,
)
from pilkades.apps.elections.selectors.timetables import list_timetables
from pilkades.law.timesteps import STAGES
from pilkades.law.timetable import TimetableStep


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardCell:
    """One village in one stage or step: its state and a few figures; None where it has no part."""

    state: StepState
    done_count: int = 0
    step_count: int = 0
    due_date: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """One village."""

    election: Election
    day: date
    worst: StepState
    next_step: StepProgress | None
    cells: tuple[BoardCell | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """What the page shows: `columns` are stage ids, or steps where one stage was opened."""

    columns: tuple[str | TimetableStep, ...]
    rows: tuple[BoardRow, ...]
    counts: Counter[StepState]
    districts: tuple[tuple[str, str], ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardFilter:
    """What the page was asked for."""

    district_code: str = ""
    state: str = ""
    stage: str = ""
    search: str = ""


def get_board(
    wave: Wave, *, today: date, region_code: str, asked: BoardFilter | None = None
) -> Board:
    """All villages inside the region, narrowed as asked; counts are over the whole region."""
    chosen = asked or BoardFilter()
    progress = list_progress(wave, today=today, region_code=region_code)
    kept = [item for item in progress if _passes(item, chosen)]
    stage = chosen.stage if chosen.stage in STAGES else ""
    columns = _step_columns(progress, stage) if stage else STAGES
    districts = {
        item.election.village.district_id: item.election.village.district.name for item in progress
    }
    return Board(
        columns=tuple(columns),
        rows=tuple(_row(item, columns) for item in kept),
        counts=Counter(item.worst for item in progress),
        districts=tuple(sorted(districts.items())),
        total=len(progress),
    )


def list_progress(wave: Wave, *, today: date, region_code: str = "") -> list[ElectionProgress]:
    """The progress of every election of a wave inside a region."""
    items = list_timetables(wave, region_code=region_code)
    return [assess_election(item, today=today) for item in items]


def _step_columns(progress: list[ElectionProgress], stage: str) -> list[TimetableStep]:
    """The steps of one stage as the first village has them: the pack is the same for all."""
    if not progress:
        return []
    return [item.step for item in progress[0].steps if item.step.stage == stage]


def _row(item: ElectionProgress, columns: "tuple[str, ...] | list[TimetableStep]") -> BoardRow:
    stages = {stage.stage: stage for stage in item.stages}
    steps = {entry.step.id: entry for entry in item.steps}
    cells: list[BoardCell | None] = []
    for column in columns:
        if isinstance(column, str):
            stage = stages[column]
            cells.append(
                BoardCell(
                    state=stage.state,
                    done_count=stage.done_count,
                    step_count=stage.step_count,
                    due_date=stage.current.step.end_date if stage.current else None,
                )
                if stage.step_count
                else None
            )
        else:
            entry = steps.get(column.id)
            cells.append(
                BoardCell(state=entry.state, due_date=entry.step.end_date) if entry else None
            )
    return BoardRow(
        election=item.election,
        day=item.day,
        worst=item.worst,
        next_step=item.next_step,
        cells=tuple(cells),
    )


def _passes(item: ElectionProgress, asked: BoardFilter) -> bool:
    village = item.election.village
    if asked.district_code and village.district_id != asked.district_code:
        return False
    if asked.state and not any(entry.state.value == asked.state for entry in item.steps):
        return False
    return asked.search.casefold() in village.name.casefold()
