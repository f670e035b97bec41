"""What can be seen on one paper ballot (surat suara), without any geometry.

Law: Permendagri 112/2014 Pasal 40 speaks of signature, punch, box and line; regional rules add
tear, writing, tool and fold-through. Each of those is one fact here, so that a judge, a drawing for
the trainer and a printed sheet for the wall can start from the same value.

Left out on purpose: who looked, where the ballot lay and when, since none of it may bear on the
verdict; and the judgement itself, which belongs to the rules of a pack.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pilkades.errors import MalformedInputError
from pilkades.text import Text

EMPTY_COLUMN = 0
"""The frame of the empty column (kolom kosong) on a single-candidate ballot."""


class Signer(StrEnum):
    """Whose signature stands on the ballot (penanda tangan surat suara)."""

    COMMITTEE_CHAIR = "committee_chair"
    COMMITTEE_DEPUTY = "committee_deputy"
    COMMITTEE_SECRETARY = "committee_secretary"
    COMMITTEE_MEMBER = "committee_member"
    STATION_CHAIR = "station_chair"
    STATION_DEPUTY = "station_deputy"
    STATION_SECRETARY = "station_secretary"
    STATION_MEMBER = "station_member"
    UNKNOWN = "unknown"


class Place(StrEnum):
    """Where a hole lies (letak lubang coblosan)."""

    FRAME = "frame"
    LINE = "line"
    BETWEEN = "between"
    OUTSIDE = "outside"
    REVERSE = "reverse"


class Tool(StrEnum):
    """What the hole was made with (alat coblos)."""

    PROVIDED = "provided"
    CIGARETTE = "cigarette"
    OTHER = "other"


class Mark(StrEnum):
    """What else is on the paper (tulisan, coretan, tanda pengenal, noda)."""

    WRITING = "writing"
    SCRIBBLE = "scribble"
    IDENTITY = "identity"
    STAIN = "stain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hole:
    """One hole (lubang coblosan).

    `frame` is the ballot number of the box it lies in or whose line it lies on; `second_frame` the
    other box that the same hole also touches. Holes with the same `fold` label are images of each
    other across a fold: one punch went through a ballot that was not fully opened.
    """

    place: Place
    frame: int | None = None
    second_frame: int | None = None
    tool: Tool = Tool.PROVIDED
    fold: str = ""

    def __post_init__(self) -> None:
        in_frame = self.place in (Place.FRAME, Place.LINE)
        if in_frame and self.frame is None:
            raise MalformedInputError(
                "ballot.hole.frame",
                Text("Lubang di dalam atau pada garis kotak harus menyebut nomor kotaknya."),
            )
        if not in_frame and (self.frame is not None or self.second_frame is not None):
            raise MalformedInputError(
                "ballot.hole.frame",
                Text("Lubang di luar kotak tidak boleh menyebut nomor kotak."),
            )
        if self.second_frame is not None and self.second_frame == self.frame:
            raise MalformedInputError(
                "ballot.hole.second_frame",
                Text("Kotak kedua yang disentuh lubang harus lain dari kotak pertama."),
            )

    @property
    def frames(self) -> frozenset[int]:
        """The boxes this hole touches: none, one, or two when it straddles a common line."""
        return frozenset(f for f in (self.frame, self.second_frame) if f is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotFacts:
    """What can be seen on one ballot; `candidates` boxes, or one box beside the empty column."""

    candidates: int = 3
    signatures: frozenset[Signer] = frozenset()
    holes: tuple[Hole, ...] = ()
    marks: frozenset[Mark] = frozenset()
    is_torn: bool = False
    is_damaged: bool = False
    is_official: bool = True
    is_from_elsewhere: bool = False
    has_empty_column: bool = False

    def __post_init__(self) -> None:
        if self.candidates < 1:
            raise MalformedInputError(
                "ballot.candidates", Text("Surat suara memuat paling sedikit satu calon.")
            )
        if self.has_empty_column and self.candidates != 1:
            raise MalformedInputError(
                "ballot.empty_column",
                Text("Kolom kosong hanya ada pada surat suara dengan satu calon."),
            )
        lowest = EMPTY_COLUMN if self.has_empty_column else 1
        for frame in self.frames:
            if not lowest <= frame <= self.candidates:
                raise MalformedInputError(
                    "ballot.hole.frame",
                    Text(
                        "Kotak nomor {frame} tidak ada: surat suara ini memuat nomor {lowest} "
                        "sampai {highest}.",
                        frame=frame,
                        lowest=lowest,
                        highest=self.candidates,
                    ),
                )

    @property
    def frames(self) -> frozenset[int]:
        """Every box that at least one hole touches, inside or on the line."""
        return frozenset(f for hole in self.holes for f in hole.frames)

    def fold_groups(self) -> Iterator[tuple[Hole, ...]]:
        """The sets of two or more holes that are images of each other across a fold."""
        labels = sorted({hole.fold for hole in self.holes if hole.fold})
        for label in labels:
            group = tuple(hole for hole in self.holes if hole.fold == label)
            if len(group) > 1:
                yield group
