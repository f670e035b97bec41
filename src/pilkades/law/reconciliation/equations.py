"""The identities that are equations, as data: which figures stand on which side.

Law: the fields of the statement of count. Kept apart from the functions that report a breach,
because the search for the one wrong figure needs the equations that hold as much as those that do
not.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import cast

from pilkades.law.reconciliation.figures import StatementFigures
from pilkades.text import Text

Sum = Callable[[StatementFigures], int]


def _summing(fields: tuple[str, ...]) -> Sum:
    """Adding up the fields; made once, because eight hundred thousand statements are checked."""
    if len(fields) == 1:
        return cast(Sum, attrgetter(*fields))
    get = cast(Callable[[StatementFigures], tuple[int, ...]], attrgetter(*fields))
    return lambda figures: sum(get(figures))


@dataclass(frozen=True, slots=True)
class Equation:
    """Two sums that must be equal: fields and name of the left side and of the right side."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    left_name: Text
    right_name: Text

    sum_left: Sum = field(init=False, repr=False, compare=False)
    sum_right: Sum = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sum_left", _summing(self.left))
        object.__setattr__(self, "sum_right", _summing(self.right))

    def difference(self, figures: StatementFigures) -> int:
        """How much the left side exceeds the right side."""
        return self.sum_left(figures) - self.sum_right(figures)


EQUATIONS: Mapping[str, Equation] = {
    "registered_total": Equation(
        ("registered_men", "registered_women"),
        ("registered_total",),
        Text("Pemilih terdaftar laki-laki dan perempuan"),
        Text("jumlah pemilih terdaftar"),
    ),
    "users_by_category": Equation(
        ("users_roll", "users_elsewhere", "users_unlisted"),
        ("users_total",),
        Text("Pengguna hak pilih dari DPT, dari TPS lain dan di luar DPT"),
        Text("jumlah pemilih yang hadir"),
    ),
    "users_equal_used": Equation(
        ("ballots_used",),
        ("users_total",),
        Text("Surat suara yang digunakan"),
        Text("pemilih yang hadir"),
    ),
    "users_equal_votes": Equation(
        ("valid", "invalid"),
        ("users_total",),
        Text("Jumlah suara sah dan tidak sah"),
        Text("pemilih yang hadir"),
    ),
    "ballots_received": Equation(
        ("ballots_used", "ballots_damaged", "ballots_mistaken", "ballots_unused"),
        ("ballots_received",),
        Text("Surat suara digunakan, dikembalikan dan sisa"),
        Text("surat suara yang diterima"),
    ),
    "candidates_equal_valid": Equation(
        ("votes",), ("valid",), Text("Jumlah suara semua calon"), Text("jumlah suara sah")
    ),
    "votes_total": Equation(
        ("valid", "invalid"),
        ("total",),
        Text("Suara sah ditambah suara tidak sah"),
        Text("jumlah suara sah dan tidak sah yang tertulis"),
    ),
}
