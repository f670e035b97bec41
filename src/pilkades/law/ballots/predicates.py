"""The fixed vocabulary in which a pack's ballot rules are written.

Law: every circumstance that Permendagri 112/2014 Pasal 40 or a known regional rule names has one
predicate of the same meaning. A lawyer combines them in TOML by `all`, `any` and `not`; a
circumstance that has no predicate needs a change here, a fact in `facts` and a line in
docs/format-pack.md.

Left out on purpose: any verdict. No predicate knows whether it is good or bad for the ballot.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pilkades.law.ballots.facts import EMPTY_COLUMN, BallotFacts, Mark, Place, Signer, Tool
from pilkades.text import Text


@dataclass(frozen=True, slots=True)
class Predicate:
    """A named circumstance: how a person reads it, and whether a ballot shows it."""

    meaning: Text
    holds: Callable[[BallotFacts], bool]


def _signed_by(signer: Signer) -> Callable[[BallotFacts], bool]:
    return lambda ballot: signer in ballot.signatures


def _marked(mark: Mark) -> Callable[[BallotFacts], bool]:
    return lambda ballot: mark in ballot.marks


def _has_hole_at(*places: Place) -> Callable[[BallotFacts], bool]:
    return lambda ballot: any(hole.place in places for hole in ballot.holes)


def _all_holes_inside_one_frame(ballot: BallotFacts) -> bool:
    return _all_holes_touch_one_frame(ballot) and all(h.place is Place.FRAME for h in ballot.holes)


def _all_holes_touch_one_frame(ballot: BallotFacts) -> bool:
    return len(ballot.frames) == 1 and all(hole.frames for hole in ballot.holes)


def _fold_through_other_frame(ballot: BallotFacts) -> bool:
    return any(
        len({frame for hole in group for frame in hole.frames}) > 1
        for group in ballot.fold_groups()
    )


def _outside_holes_are_fold_images(ballot: BallotFacts) -> bool:
    """There are holes outside the frames, and each is the image of a hole in a frame."""
    outside = [hole for hole in ballot.holes if not hole.frames]
    explained = {
        hole.fold
        for group in ballot.fold_groups()
        for hole in group
        if any(h.frames for h in group)
    }
    return bool(outside) and all(hole.fold in explained for hole in outside)


PREDICATES: Mapping[str, Predicate] = {
    "unsigned": Predicate(Text("surat suara tidak ditandatangani"), lambda b: not b.signatures),
    "signed_by_committee_chair": Predicate(
        Text("ditandatangani ketua panitia"), _signed_by(Signer.COMMITTEE_CHAIR)
    ),
    "signed_by_committee_deputy": Predicate(
        Text("ditandatangani wakil ketua panitia"), _signed_by(Signer.COMMITTEE_DEPUTY)
    ),
    "signed_by_committee_secretary": Predicate(
        Text("ditandatangani sekretaris panitia"), _signed_by(Signer.COMMITTEE_SECRETARY)
    ),
    "signed_by_committee_member": Predicate(
        Text("ditandatangani anggota panitia"), _signed_by(Signer.COMMITTEE_MEMBER)
    ),
    "signed_by_station_chair": Predicate(
        Text("ditandatangani ketua KPPS"), _signed_by(Signer.STATION_CHAIR)
    ),
    "signed_by_station_deputy": Predicate(
        Text("ditandatangani wakil ketua KPPS"), _signed_by(Signer.STATION_DEPUTY)
    ),
    "signed_by_station_secretary": Predicate(
        Text("ditandatangani sekretaris KPPS"), _signed_by(Signer.STATION_SECRETARY)
    ),
    "signed_by_station_member": Predicate(
        Text("ditandatangani anggota KPPS"), _signed_by(Signer.STATION_MEMBER)
    ),
    "no_hole": Predicate(Text("tidak ada lubang coblosan"), lambda b: not b.holes),
    "one_hole": Predicate(Text("tepat satu lubang coblosan"), lambda b: len(b.holes) == 1),
    "several_holes": Predicate(Text("lebih dari satu lubang"), lambda b: len(b.holes) > 1),
    "touches_no_frame": Predicate(
        Text("tidak ada lubang yang mengenai kotak calon"), lambda b: not b.frames
    ),
    "touches_one_frame": Predicate(
        Text("lubang mengenai tepat satu kotak calon"), lambda b: len(b.frames) == 1
    ),
    "touches_several_frames": Predicate(
        Text("lubang mengenai lebih dari satu kotak calon"), lambda b: len(b.frames) > 1
    ),
    "hole_in_frame": Predicate(Text("ada lubang di dalam kotak calon"), _has_hole_at(Place.FRAME)),
    "hole_on_line": Predicate(Text("ada lubang pada garis kotak calon"), _has_hole_at(Place.LINE)),
    "hole_between_frames": Predicate(
        Text("ada lubang di antara kotak-kotak calon"), _has_hole_at(Place.BETWEEN)
    ),
    "hole_on_reverse": Predicate(
        Text("ada lubang hanya di bagian belakang atau sampul"), _has_hole_at(Place.REVERSE)
    ),
    "hole_outside_frames": Predicate(
        Text("ada lubang di luar semua kotak calon"),
        _has_hole_at(Place.BETWEEN, Place.OUTSIDE, Place.REVERSE),
    ),
    "all_holes_inside_one_frame": Predicate(
        Text("semua lubang di dalam kotak yang sama"), _all_holes_inside_one_frame
    ),
    "all_holes_touch_one_frame": Predicate(
        Text("semua lubang di dalam atau pada garis kotak yang sama"), _all_holes_touch_one_frame
    ),
    "fold_through": Predicate(
        Text("coblos tembus: lubang kembar simetris terhadap lipatan"),
        lambda b: any(True for _ in b.fold_groups()),
    ),
    "fold_through_other_frame": Predicate(
        Text("coblos tembus mengenai kotak calon lain"), _fold_through_other_frame
    ),
    "outside_holes_are_fold_images": Predicate(
        Text("semua lubang di luar kotak adalah tembusan lubang di dalam kotak"),
        _outside_holes_are_fold_images,
    ),
    "burned": Predicate(
        Text("ada lubang bekas rokok atau api"),
        lambda b: any(hole.tool is Tool.CIGARETTE for hole in b.holes),
    ),
    "other_tool": Predicate(
        Text("dicoblos dengan alat yang tidak disediakan"),
        lambda b: any(hole.tool is not Tool.PROVIDED for hole in b.holes),
    ),
    "torn": Predicate(Text("surat suara robek"), lambda b: b.is_torn),
    "damaged": Predicate(Text("surat suara rusak"), lambda b: b.is_damaged),
    "writing": Predicate(Text("ada tulisan"), _marked(Mark.WRITING)),
    "scribble": Predicate(Text("ada coretan"), _marked(Mark.SCRIBBLE)),
    "identity_mark": Predicate(
        Text("ada nama atau tanda yang menunjukkan identitas pemilih"), _marked(Mark.IDENTITY)
    ),
    "stained": Predicate(Text("ada noda"), _marked(Mark.STAIN)),
    "not_official": Predicate(
        Text("bukan surat suara resmi dari panitia"), lambda b: not b.is_official
    ),
    "from_elsewhere": Predicate(
        Text("surat suara untuk TPS atau desa lain"), lambda b: b.is_from_elsewhere
    ),
    "single_candidate": Predicate(
        Text("surat suara calon tunggal dengan kolom kosong"), lambda b: b.has_empty_column
    ),
    "touches_empty_column": Predicate(
        Text("lubang mengenai kolom kosong"), lambda b: EMPTY_COLUMN in b.frames
    ),
}


def describe_ballot(ballot: BallotFacts) -> frozenset[str]:
    """The names of every predicate that the ballot shows."""
    return frozenset(name for name, predicate in PREDICATES.items() if predicate.holds(ballot))
