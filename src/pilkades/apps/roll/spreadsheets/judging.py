"""Reads the raw cells of one person: the values that hold, what is wrong, what would mend it.

Nothing is guessed in silence. What has one meaning only (`Perempuan`, `RT 02`) is read; everything
else is a problem with the likely reading offered. A mending is text written over the field and read
again like any cell. `values` are texts by field as the roll keeps them: ISO days, `L`/`P`, RT and
RW of three digits, the hamlet by its name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from pilkades.apps.roll.spreadsheets.cells import Cell, to_text
from pilkades.apps.roll.spreadsheets.judging_days import judge_birth_date, judge_resident_since
from pilkades.apps.roll.spreadsheets.judging_numbers import judge_kk, judge_nik, judge_phone
from pilkades.apps.roll.spreadsheets.judging_places import (
    HamletNames,
    judge_hamlet,
    judge_territory,
)
from pilkades.apps.roll.spreadsheets.judging_words import (
    judge_disability,
    judge_document,
    judge_formulas,
    judge_marital,
    judge_name,
    judge_plain_texts,
    judge_sex,
)
from pilkades.apps.roll.spreadsheets.problems import Finding, Problem, Severity


@dataclass(frozen=True, slots=True)
class Setting:
    """What a row is read against: the day, the district's digits, hamlets, the columns there are.

    A missing value is only worth a word where the sheet has a column for it.
    """

    today: date
    district_digits: str
    hamlets: HamletNames
    fields: frozenset[str]


@dataclass(frozen=True, slots=True)
class Reading:
    """Pembacaan satu baris."""

    values: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def severity(self) -> int:
        """0 nothing to say, 1 to be looked at, 2 kept out as it is."""
        if not self.problems:
            return 0
        return 2 if any(p.severity is Severity.BLOCK for p in self.problems) else 1


Judge = Callable[[Mapping[str, Cell], Finding, Setting], None]

_JUDGES: tuple[Judge, ...] = (
    lambda raw, finding, setting: judge_formulas(raw, finding),
    lambda raw, finding, setting: judge_name(raw, finding),
    lambda raw, finding, setting: judge_nik(raw, finding, district_digits=setting.district_digits),
    lambda raw, finding, setting: judge_kk(raw, finding),
    lambda raw, finding, setting: judge_sex(raw, finding),
    lambda raw, finding, setting: judge_birth_date(raw, finding, today=setting.today),
    lambda raw, finding, setting: judge_marital(raw, finding, setting.fields),
    lambda raw, finding, setting: judge_territory(raw, finding, setting.fields),
    lambda raw, finding, setting: judge_hamlet(raw, finding, setting.hamlets, setting.fields),
    lambda raw, finding, setting: judge_disability(raw, finding),
    lambda raw, finding, setting: judge_document(raw, finding),
    lambda raw, finding, setting: judge_phone(raw, finding),
    lambda raw, finding, setting: judge_resident_since(raw, finding, today=setting.today),
    lambda raw, finding, setting: judge_plain_texts(raw, finding),
)
"""NIK before sex and day, which are compared with it."""


def judge_row(raw: Mapping[str, Cell], *, mended: Mapping[str, str], setting: Setting) -> Reading:
    """Read one person; `mended` are the fields that somebody wrote over the sheet's."""
    merged = {**raw, **mended}
    finding = Finding()
    for judge in _JUDGES:
        judge(merged, finding, setting)
    return Reading(finding.values, tuple(finding.problems))


def describe_raw(raw: Mapping[str, Cell]) -> Mapping[str, str]:
    """The cells of the sheet as text, for showing what was there."""
    return {target: to_text(cell) for target, cell in raw.items()}
