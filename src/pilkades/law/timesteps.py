"""The steps of an election as a rule pack describes them (tahapan), before any date is known.

Law: Permendagri 112/2014 orders the four macro stages persiapan, pencalonan, pemungutan suara and
penetapan; everything inside them is the regency's. So a step is data: what it is anchored to, in
which direction, whether the anchor's own day counts, how many days of which mode, which branch it
belongs to. What a pack may write stands in `timestep_section`, dates are computed in `timetable`.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pilkades.law.calendar import CountMode
from pilkades.law.pack import Entry, RulePack, Status

POLL = "poll"
"""The anchor that is the polling date itself."""

STAGES = ("persiapan", "pencalonan", "pemungutan", "penetapan")
OWNERS = (
    "panitia",
    "panitia_kabupaten",
    "panitia_kecamatan",
    "bpd",
    "kepala_desa",
    "calon",
    "kpps",
    "camat",
    "kepala_daerah",
)


class Direction(StrEnum):
    """Whether a step runs on from its anchor or up to it."""

    FORWARD = "forward"
    BACKWARD = "backward"


class Pick(StrEnum):
    """Which of several anchors holds."""

    LATEST = "latest"
    EARLIEST = "earliest"


class Edge(StrEnum):
    """Which day of the other step is meant."""

    START = "start"
    END = "end"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A day that another step or the poll fixes; `step_id` is `POLL` for the polling date."""

    step_id: str
    edge: Edge

    @classmethod
    def parse(cls, written: str) -> "Anchor":
        """Read "poll" or "registration.end"; the form was checked with the pack."""
        step_id, _, edge = written.partition(".")
        return cls(step_id, Edge(edge or Edge.START))


@dataclass(frozen=True, slots=True)
class Branch:
    """A course that an election may take (cabang), such as having one candidate only."""

    id: str
    name: str
    within: str
    excludes: tuple[str, ...]
    article: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step as the pack writes it (tahapan); `days` is None where another step bounds it."""

    id: str
    name: str
    name_en: str
    stage: str
    owner: str
    branch: str
    unless: tuple[str, ...]
    anchors: tuple[Anchor, ...]
    fixed_date: date | None
    pick: Pick
    direction: Direction
    counts_anchor_day: bool
    wait_days: int
    count_mode: CountMode
    days: int | None
    finish_before: tuple[Anchor, ...]
    start_after: tuple[Anchor, ...]
    article: str
    status: Status
    note: str

    @classmethod
    def from_entry(cls, entry: Entry) -> "Step":
        """Take a step from the pack's row."""
        return cls(
            id=entry.id,
            name=entry.text("name"),
            name_en=entry.text("name_en"),
            stage=entry.text("stage"),
            owner=entry.text("owner"),
            branch=entry.text("branch"),
            unless=entry.texts("unless"),
            anchors=tuple(Anchor.parse(written) for written in entry.texts("anchor")),
            fixed_date=entry.day("anchor_date") if entry.has("anchor_date") else None,
            pick=Pick(entry.text("pick")),
            direction=Direction(entry.text("direction")),
            counts_anchor_day=entry.boolean("count_anchor_day"),
            wait_days=entry.integer("wait_days"),
            count_mode=CountMode(entry.text("count")),
            days=entry.integer("days") if entry.has("days") else None,
            finish_before=tuple(Anchor.parse(a) for a in entry.texts("finish_before")),
            start_after=tuple(Anchor.parse(a) for a in entry.texts("start_after")),
            article=entry.article,
            status=entry.status,
            note=entry.note,
        )

    @property
    def placing_anchors(self) -> tuple[Anchor, ...]:
        """The anchors without which the step has no dates."""
        return self.anchors if self.days is not None else (*self.anchors, *self.finish_before)


def list_steps(*, pack: RulePack) -> tuple[Step, ...]:
    """All steps of a pack in the order in which it prints them."""
    return tuple(Step.from_entry(entry) for entry in pack.table("step"))


def list_branches(*, pack: RulePack) -> tuple[Branch, ...]:
    """All branches that a pack knows."""
    return tuple(
        Branch(
            id=entry.id,
            name=entry.text("name"),
            within=entry.text("within"),
            excludes=entry.texts("excludes"),
            article=entry.article,
        )
        for entry in pack.table("branch")
    )
