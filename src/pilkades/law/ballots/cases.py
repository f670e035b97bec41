"""The cases that every regency must have answered before the vote, as drawable ballots.

Law: law silent or contradicting between regencies on exactly these (Permendagri 112/2014 Pasal 40
and regional rules): no signature, deputy's signature, on the line, two frames, frame and blank
area, fold-through, tear, writing, other tool, blank, empty column.

Left out on purpose: what is right. A case is a question; the pack in force answers it.
"""

from dataclasses import dataclass, replace

from pilkades.law.ballots.facts import BallotFacts, Hole, Mark, Place, Signer, Tool
from pilkades.text import Text

BODIES: tuple[tuple[Signer, Signer], ...] = (
    (Signer.COMMITTEE_CHAIR, Signer.COMMITTEE_DEPUTY),
    (Signer.STATION_CHAIR, Signer.STATION_DEPUTY),
)
"""Chair and deputy of the bodies that may sign ballots, the national one first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotCase:
    """One case of the wall sheet (contoh surat suara): its name and the ballot to be drawn."""

    id: str
    title: Text
    ballot: BallotFacts


def plain_ballot(*, signer: Signer) -> BallotFacts:
    """A ballot with nothing unusual: one hole with the right tool in the box of candidate 2."""
    return BallotFacts(signatures=frozenset((signer,)), holes=(_in(2),))


def list_cases(*, chair: Signer, deputy: Signer) -> tuple[BallotCase, ...]:
    """The cases of the wall sheet, each unusual in one thing only, signed as the pack wants."""
    plain = plain_ballot(signer=chair)
    single = BallotFacts(candidates=1, has_empty_column=True, signatures=plain.signatures)
    outside, line = Hole(place=Place.OUTSIDE), Hole(place=Place.LINE, frame=2)
    cases = (
        ("plain", Text("satu lubang di dalam kotak satu calon"), plain),
        (
            "several-holes",
            Text("beberapa lubang di dalam kotak yang sama"),
            replace(plain, holes=(_in(2), _in(2))),
        ),
        ("on-line", Text("lubang pada garis kotak"), replace(plain, holes=(line,))),
        ("unsigned", Text("tidak ditandatangani"), replace(plain, signatures=frozenset())),
        (
            "deputy-signed",
            Text("ditandatangani wakil ketua"),
            replace(plain, signatures=frozenset((deputy,))),
        ),
        ("two-frames", Text("lubang di kotak dua calon"), replace(plain, holes=(_in(1), _in(2)))),
        (
            "frame-and-blank",
            Text("satu lubang di dalam kotak dan satu di luar semua kotak"),
            replace(plain, holes=(_in(2), outside)),
        ),
        ("outside-only", Text("lubang hanya di luar kotak"), replace(plain, holes=(outside,))),
        (
            "fold-through",
            Text("coblos tembus simetris, tidak mengenai kotak lain"),
            replace(plain, holes=(_in(2, "a"), Hole(place=Place.OUTSIDE, fold="a"))),
        ),
        (
            "fold-through-other-frame",
            Text("coblos tembus mengenai kotak calon lain"),
            replace(plain, holes=(_in(2, "a"), _in(3, "a"))),
        ),
        ("torn", Text("surat suara robek"), replace(plain, is_torn=True)),
        (
            "writing",
            Text("ada tulisan pada surat suara"),
            replace(plain, marks=frozenset((Mark.WRITING,))),
        ),
        (
            "identity-mark",
            Text("ada nama atau tanda pengenal pemilih"),
            replace(plain, marks=frozenset((Mark.IDENTITY,))),
        ),
        (
            "other-tool",
            Text("dicoblos dengan alat lain, misalnya rokok"),
            replace(plain, holes=(Hole(place=Place.FRAME, frame=2, tool=Tool.CIGARETTE),)),
        ),
        ("blank", Text("tidak dicoblos"), replace(plain, holes=())),
        (
            "empty-column",
            Text("calon tunggal: lubang pada kolom kosong"),
            replace(single, holes=(_in(0),)),
        ),
        (
            "single-candidate",
            Text("calon tunggal: lubang pada kolom calon"),
            replace(single, holes=(_in(1),)),
        ),
    )
    return tuple(BallotCase(id=case_id, title=title, ballot=b) for case_id, title, b in cases)


def _in(frame: int, fold: str = "") -> Hole:
    return Hole(place=Place.FRAME, frame=frame, fold=fold)
