"""The figures of one station's statement (berita acara dan sertifikat hasil penghitungan).

Law: fields after form C.Hasil as village elections use it: registered voters, users by category,
ballots received, used, returned and left over, votes in digits, words and tally marks.

Left out on purpose: places, times and signatures, which no arithmetic can prove or disprove.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from pilkades.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateFigures:
    """Votes of one candidate (perolehan suara calon): digits, and words and tally marks if kept.

    `number` is the ballot number; 0 is the empty column.
    """

    number: int
    votes: int
    words: int | None = None
    marks: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementFigures:
    """All figures of one statement of count (angka berita acara penghitungan)."""

    village_code: str
    station: str
    registered_men: int
    registered_women: int
    registered_total: int
    users_roll: int
    users_elsewhere: int
    users_unlisted: int
    users_total: int
    users_disabled: int
    ballots_received: int
    ballots_used: int
    ballots_damaged: int
    ballots_mistaken: int
    ballots_unused: int
    candidates: tuple[CandidateFigures, ...]
    valid: int
    invalid: int
    total: int
    valid_words: int | None = None
    invalid_words: int | None = None
    total_words: int | None = None

    @property
    def votes(self) -> int:
        """The votes of all candidates, added up."""
        return sum([candidate.votes for candidate in self.candidates])

    def value(self, field: str) -> int:
        """The figure of a field; "votes.2" is candidate 2, "votes" the sum of all candidates."""
        if field.startswith("votes."):
            number = int(field.removeprefix("votes."))
            return next(c.votes for c in self.candidates if c.number == number)
        return int(getattr(self, field))


PLAIN_FIELDS: tuple[str, ...] = (
    "registered_men",
    "registered_women",
    "registered_total",
    "users_roll",
    "users_elsewhere",
    "users_unlisted",
    "users_total",
    "users_disabled",
    "ballots_received",
    "ballots_used",
    "ballots_damaged",
    "ballots_mistaken",
    "ballots_unused",
    "valid",
    "invalid",
    "total",
)
"""Every figure that each statement has once, in the order of the paper."""

LABELS: Mapping[str, Text] = {
    "registered_men": Text("pemilih terdaftar laki-laki"),
    "registered_women": Text("pemilih terdaftar perempuan"),
    "registered_total": Text("jumlah pemilih terdaftar"),
    "users_roll": Text("pengguna hak pilih dalam DPT"),
    "users_elsewhere": Text("pengguna hak pilih dari TPS lain"),
    "users_unlisted": Text("pengguna hak pilih di luar DPT"),
    "users_total": Text("jumlah pemilih yang hadir"),
    "users_disabled": Text("pemilih difabel yang hadir"),
    "ballots_received": Text("surat suara diterima"),
    "ballots_used": Text("surat suara digunakan"),
    "ballots_damaged": Text("surat suara dikembalikan karena rusak"),
    "ballots_mistaken": Text("surat suara dikembalikan karena keliru coblos"),
    "ballots_unused": Text("surat suara tidak digunakan"),
    "votes": Text("jumlah suara semua calon"),
    "valid": Text("jumlah suara sah"),
    "invalid": Text("jumlah suara tidak sah"),
    "total": Text("jumlah suara sah dan tidak sah"),
}


def label_field(field: str) -> Text:
    """What people call a figure."""
    if not field.startswith("votes."):
        return LABELS[field]
    number = int(field.removeprefix("votes."))
    if number == 0:
        return Text("suara kolom kosong")
    return Text("suara calon {number}", number=number)
