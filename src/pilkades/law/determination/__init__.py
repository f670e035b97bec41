"""Determination of the winner and equal votes (penetapan calon terpilih, suara sama).

Law: Permendagri 112/2014 Pasal 42, UU 6/2014 Pasal 34A, and the regional rules of the pack.
`votes` are the figures, `rules` the pack, `criteria` the comparisons, `single` the single
candidate, `determine` the whole, `outcome` its value, `reading` files.
"""

from collections.abc import Iterable

from pilkades.law.determination.determine import determine
from pilkades.law.determination.fields import ENTRY, FIELDS
from pilkades.law.determination.outcome import Determination, NextAct, Outcome, TraceStep
from pilkades.law.determination.rules import (
    TABLE,
    Act,
    Among,
    Applies,
    Comparison,
    DeterminationRules,
    EqualUnits,
    Measure,
    SingleCandidateRule,
    SingleMeasure,
    TieCriterion,
    Unit,
    WhenFewer,
)
from pilkades.law.determination.votes import (
    CandidateFacts,
    StationVotes,
    check_votes,
    votes_of_statement,
)
from pilkades.law.findings import Finding, Severity
from pilkades.law.pack import RulePack
from pilkades.law.packspec import Section
from pilkades.text import Text


def check_ties(pack: RulePack) -> Iterable[Finding]:
    """Warn where equal votes may stay equal: the last criterion must name what happens then."""
    for applies, kind in (
        (Applies.ONE_STATION, Text("desa dengan satu TPS")),
        (Applies.SEVERAL_STATIONS, Text("desa dengan lebih dari satu TPS")),
    ):
        entries = [
            entry
            for entry in pack.table(TABLE)
            if entry.text("applies") in (Applies.ALWAYS.value, applies.value)
        ]
        endings = [n for n, e in enumerate(entries) if e.text("otherwise") != Act.NEXT.value]
        if not endings:
            text = Text(
                "Untuk {kind}, kriteria suara sama tidak mempunyai penutup. Isi otherwise pada "
                "kriteria terakhir, misalnya repeat_poll.",
                kind=kind,
            )
            subject, line = (entries[-1].id, entries[-1].line) if entries else ("", 0)
            yield Finding("tie.no-ending", Severity.WARNING, text, subject, line)
        for entry in entries[endings[0] + 1 :] if endings else ():
            text = Text(
                "Kriteria “{id}” tidak pernah dipakai untuk {kind}, karena kriteria sebelumnya "
                "sudah menutup. Ubah otherwise kriteria sebelumnya menjadi next.",
                id=entry.id,
                kind=kind,
            )
            yield Finding("tie.unreachable", Severity.WARNING, text, entry.id, entry.line)


SECTION = Section(name="determination", rules=FIELDS, tables=(ENTRY,), checks=(check_ties,))

__all__ = [
    "SECTION",
    "Act",
    "Among",
    "Applies",
    "CandidateFacts",
    "Comparison",
    "Determination",
    "DeterminationRules",
    "EqualUnits",
    "Measure",
    "NextAct",
    "Outcome",
    "SingleCandidateRule",
    "SingleMeasure",
    "StationVotes",
    "TieCriterion",
    "TraceStep",
    "Unit",
    "WhenFewer",
    "check_ties",
    "check_votes",
    "determine",
    "votes_of_statement",
]
