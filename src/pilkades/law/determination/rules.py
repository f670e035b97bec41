"""The determination section of a rule pack: ties as an ordered list, and the single candidate.

Law: Permendagri 112/2014 Pasal 42 (equal votes: the station with the most registered voters; with
one station the residential area with the most voters); UU 6/2014 Pasal 34A as inserted by UU 3/2024
(single candidate). Regencies order ties differently, so each criterion of the pack says what is
measured, what is compared, among whom, and what happens when it does not separate.
"""

from dataclasses import dataclass
from enum import StrEnum

from pilkades.law.pack import Entry, RulePack, Status

TABLE = "tie"


class Applies(StrEnum):
    """For which villages a criterion is written (jumlah TPS di desa)."""

    ALWAYS = "always"
    ONE_STATION = "one_station"
    SEVERAL_STATIONS = "several_stations"


class Unit(StrEnum):
    """What is compared (TPS atau dusun)."""

    STATION = "station"
    HAMLET = "hamlet"


class Measure(StrEnum):
    """What makes a unit the largest (dasar ukuran)."""

    REGISTERED = "registered"
    TURNOUT = "turnout"
    BALLOTS = "ballots"


class Comparison(StrEnum):
    """How a criterion compares the tied candidates (cara membandingkan)."""

    LARGEST_UNIT = "largest_unit"
    UNITS_WON = "units_won"
    SPREAD = "spread"
    RESIDENCE = "residence"


class Among(StrEnum):
    """Whose votes count in a comparison: the tied ones only, or all candidates."""

    TIED = "tied"
    ALL = "all"


class EqualUnits(StrEnum):
    """What to do when several units are equally large: add them up, or leave the criterion."""

    TOGETHER = "together"
    SKIP = "skip"


class WhenFewer(StrEnum):
    """What to do when a criterion leaves fewer candidates, but more than one.

    CARRY takes the remaining ones to the next criterion, RESTART takes them back to the first,
    KEEP takes all tied ones to the next.
    """

    CARRY = "carry"
    RESTART = "restart"
    KEEP = "keep"


class Act(StrEnum):
    """What must be done when nobody is elected (tindak lanjut)."""

    NEXT = "next"
    REPEAT_POLL = "repeat_poll"
    SECOND_ROUND = "second_round"
    DRAWING = "drawing"
    REGENCY_HEAD = "regency_head"
    REPEAT_PROCESS = "repeat_process"
    RECORD_HAMLETS = "record_hamlets"
    RULES_SILENT = "rules_silent"


class SingleMeasure(StrEnum):
    """What the votes of a single candidate are measured against (ambang calon tunggal)."""

    EMPTY_COLUMN = "empty_column"
    VALID = "valid"
    TURNOUT = "turnout"
    REGISTERED = "registered"


@dataclass(frozen=True, slots=True, kw_only=True)
class TieCriterion:
    """One criterion for equal votes (kriteria suara sama)."""

    id: str
    article: str
    comparison: Comparison
    unit: Unit = Unit.STATION
    measure: Measure = Measure.REGISTERED
    among: Among = Among.TIED
    applies: Applies = Applies.ALWAYS
    equal_units: EqualUnits = EqualUnits.TOGETHER
    minimum_votes: int = 1
    otherwise: Act = Act.NEXT
    within_days: int | None = None
    status: Status = Status.VERIFIED


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleCandidateRule:
    """When a single candidate is elected (calon tunggal melawan kolom kosong)."""

    measure: SingleMeasure = SingleMeasure.EMPTY_COLUMN
    percent: int = 50
    is_strict: bool = True
    failure: Act = Act.REPEAT_PROCESS
    against_label: str = "kolom kosong"
    article: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeterminationRules:
    """How a winner is determined under one pack (penetapan calon terpilih)."""

    pack_id: str
    criteria: tuple[TieCriterion, ...]
    single: SingleCandidateRule = SingleCandidateRule()
    when_fewer: WhenFewer = WhenFewer.CARRY
    no_votes: Act = Act.REPEAT_POLL
    no_votes_article: str = ""
    majority_article: str = ""

    @classmethod
    def from_pack(cls, pack: RulePack) -> "DeterminationRules":
        return cls(
            pack_id=pack.id,
            criteria=tuple(_read_criterion(entry) for entry in pack.table(TABLE)),
            single=SingleCandidateRule(
                measure=SingleMeasure(pack.text("determination.single_measure")),
                percent=pack.integer("determination.single_percent"),
                is_strict=pack.boolean("determination.single_strict"),
                failure=Act(pack.text("determination.single_failure")),
                against_label=pack.text("determination.single_against_label"),
                article=pack.rule("determination.single_measure").article,
            ),
            when_fewer=WhenFewer(pack.text("determination.when_fewer")),
            no_votes=Act(pack.text("determination.no_votes")),
            no_votes_article=pack.rule("determination.no_votes").article,
            majority_article=pack.rule("determination.elected_by").article,
        )


def _read_criterion(entry: Entry) -> TieCriterion:
    return TieCriterion(
        id=entry.id,
        article=entry.article,
        comparison=Comparison(entry.text("comparison")),
        unit=Unit(entry.text("unit")),
        measure=Measure(entry.text("measure")),
        among=Among(entry.text("among")),
        applies=Applies(entry.text("applies")),
        equal_units=EqualUnits(entry.text("equal_units")),
        minimum_votes=entry.integer("minimum_votes"),
        otherwise=Act(entry.text("otherwise")),
        within_days=entry.integer("within_days") if entry.has("within_days") else None,
        status=entry.status,
    )
