"""The result of a determination as a value, and the words of the acts that may follow.

Law: Permendagri 112/2014 Pasal 42 and the regional rules on what happens when nobody is elected.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pilkades.law.determination.criteria import list_numbers
from pilkades.law.determination.rules import Act
from pilkades.law.determination.votes import StationVotes
from pilkades.law.pack import Status
from pilkades.text import Text


class Outcome(StrEnum):
    """What came of it (hasil penetapan)."""

    ELECTED = "elected"
    TIED = "tied"
    REJECTED = "rejected"
    NO_VOTES = "no_votes"


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceStep:
    """One step of the reasoning, with its article and who is still in (urutan penetapan)."""

    criterion: str
    article: str
    status: Status | None
    text: Text
    remaining: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NextAct:
    """What must be done because nobody is elected (tindak lanjut)."""

    act: Act
    within_days: int | None
    article: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Determination:
    """The determined outcome (penetapan): the winner or the next act, and why.

    `totals` are votes by ballot number, `tied` the candidates among whom the next act is held.
    `warnings` never change the outcome; they are for those who sign it.
    """

    outcome: Outcome
    winner: int | None
    totals: tuple[tuple[int, int], ...]
    tied: tuple[int, ...]
    trace: tuple[TraceStep, ...]
    next_act: NextAct | None
    warnings: tuple[Text, ...] = ()


def elected(
    winner: int, totals: Mapping[int, int], trace: list[TraceStep], warnings: tuple[Text, ...]
) -> Determination:
    """Somebody is elected."""
    return Determination(
        outcome=Outcome.ELECTED,
        winner=winner,
        totals=tuple(sorted(totals.items())),
        tied=(),
        trace=tuple(trace),
        next_act=None,
        warnings=warnings,
    )


def not_elected(
    outcome: Outcome,
    totals: Mapping[int, int],
    tied: frozenset[int],
    trace: list[TraceStep],
    act: NextAct,
    warnings: tuple[Text, ...],
) -> Determination:
    """Nobody is elected, and this must happen next."""
    return Determination(
        outcome=outcome,
        winner=None,
        totals=tuple(sorted(totals.items())),
        tied=tuple(sorted(tied)),
        trace=tuple(trace),
        next_act=act,
        warnings=warnings,
    )


def describe_act(act: Act, tied: frozenset[int], days: int | None) -> Text:
    """The act as a sentence for the minutes."""
    deadline = (
        Text("paling lambat {days} hari", days=days)
        if days is not None
        else Text("batas waktunya tidak diatur")
    )
    return Text(_ACT_TEXTS[act].template, among=list_numbers(tied), deadline=deadline)


_ACT_TEXTS: Mapping[Act, Text] = {
    Act.REPEAT_POLL: Text("Pemungutan suara ulang antara {among}, {deadline}."),
    Act.SECOND_ROUND: Text("Pemungutan suara putaran kedua antara {among}, {deadline}."),
    Act.DRAWING: Text("Undian di depan umum antara {among}, {deadline}."),
    Act.REGENCY_HEAD: Text("Bupati/Wali Kota memutuskan antara {among}, {deadline}."),
    Act.REPEAT_PROCESS: Text("Pencalonan dibuka kembali menurut aturan kabupaten, {deadline}."),
    Act.RECORD_HAMLETS: Text(
        "Lengkapi suara per dusun atau dusun tempat tinggal {among}, lalu tetapkan kembali. Bila "
        "memang tidak dicatat, mintalah keputusan Bupati/Wali Kota secara tertulis."
    ),
    Act.RULES_SILENT: Text(
        "Aturan tidak mengatur langkah berikutnya untuk {among}. Panitia meminta keputusan "
        "Bupati/Wali Kota secara tertulis."
    ),
}


def warn_of_margin(
    stations: tuple[StationVotes, ...], totals: Mapping[int, int]
) -> tuple[Text, ...]:
    """Say when the lead is not larger than what the papers leave unexplained."""
    unexplained = sum(abs(row.ballots - row.turnout) for row in stations)
    votes = sorted(totals.values(), reverse=True)
    margin = votes[0] - votes[1]
    if unexplained == 0 or margin > unexplained:
        return ()
    return (
        Text(
            "Selisih dua perolehan teratas ({margin}) tidak lebih besar dari selisih antara "
            "pemilih yang hadir dan surat suara yang dihitung ({unexplained}). Periksa dulu berita "
            "acara TPS yang tidak cocok sebelum menetapkan.",
            margin=margin,
            unexplained=unexplained,
        ),
    )
