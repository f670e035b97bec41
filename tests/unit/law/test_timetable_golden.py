"""The timetable of Blitar 2026 comes out as its decree prints it, row by row.

The table is a plain-text file that a lawyer edits; a failure names the row's article.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from pilkades.law.findings import has_errors
from pilkades.law.timetable import Standing, compute_timetable
from pilkades.packfiles import read_pack

FIXTURE = Path(__file__).parents[2] / "vectors" / "law" / "golden-blitar-2026.txt"
MODES = {"kerja": "working", "kalender": "calendar"}
NOT_IN_THE_DECREE = {"head_decree", "inauguration"}


@dataclass(frozen=True)
class Row:
    step_id: str
    start: date
    end: date
    days: int
    mode: str
    article: str


def read_rows() -> list[Row]:
    rows = []
    for line in FIXTURE.read_text("utf-8").splitlines():
        if not line.strip() or line.startswith(("#", "poll:")):
            continue
        step_id, start, end, length, article = (cell.strip() for cell in line.split("|"))
        days, mode = length.split()
        rows.append(
            Row(
                step_id,
                date.fromisoformat(start),
                date.fromisoformat(end),
                int(days),
                MODES[mode],
                article,
            )
        )
    return rows


def poll_date() -> date:
    line = next(
        line for line in FIXTURE.read_text("utf-8").splitlines() if line.startswith("poll:")
    )
    return date.fromisoformat(line.partition(":")[2].strip())


ROWS = read_rows()
BRANCHES = [(), ("single",), ("single", "void"), ("many",)]


@pytest.mark.parametrize("branches", BRANCHES, ids=lambda names: "+".join(names) or "normal")
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.step_id)
def test_every_row_of_the_decree_comes_out(row: Row, branches: tuple[str, ...]) -> None:
    timetable = compute_timetable(
        pack=read_pack("blitar-2026"), poll_date=poll_date(), branches=frozenset(branches)
    )
    step = timetable.find_step(row.step_id)
    assert step is not None, f"{row.step_id} hilang dari jadwal. Dasar: {row.article}"
    computed = (step.start_date, step.end_date, step.days, step.count_mode)
    expected = (row.start, row.end, row.days, row.mode)
    assert computed == expected, (
        f"{step.name}: dihitung {computed}, tabel emas {expected}. Dasar: {row.article}. "
        + " ".join(str(text) for text in step.why)
    )


def test_the_decree_has_every_step_but_those_known_to_be_missing() -> None:
    timetable = compute_timetable(pack=read_pack("blitar-2026"), poll_date=poll_date())
    assert {step.id for step in timetable.steps} - {row.step_id for row in ROWS} == (
        NOT_IN_THE_DECREE
    )


@pytest.mark.parametrize("branches", BRANCHES, ids=lambda names: "+".join(names) or "normal")
def test_nothing_is_wrong_with_the_decree(branches: tuple[str, ...]) -> None:
    timetable = compute_timetable(
        pack=read_pack("blitar-2026"), poll_date=poll_date(), branches=frozenset(branches)
    )
    assert not has_errors(timetable.findings)


def test_extensions_are_reserved_but_conditional_in_a_normal_election() -> None:
    timetable = compute_timetable(pack=read_pack("blitar-2026"), poll_date=poll_date())
    standings = {step.id: step.standing for step in timetable.steps}
    assert standings["extension_1"] is Standing.CONDITIONAL
    assert standings["extra_selection"] is Standing.CONDITIONAL
    assert standings["determination"] is Standing.CERTAIN


def test_without_consensus_the_vote_falls_away_and_the_regent_acts() -> None:
    timetable = compute_timetable(
        pack=read_pack("blitar-2026"), poll_date=poll_date(), branches=frozenset({"void"})
    )
    standings = {step.id: step.standing for step in timetable.steps}
    assert standings["void_decision"] is Standing.CERTAIN
    assert standings["extension_2"] is Standing.CERTAIN
    assert standings["voting"] is Standing.DROPPED
    assert standings["extra_selection"] is Standing.DROPPED
