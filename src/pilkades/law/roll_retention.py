"""How long the personal data of a roll are kept, and the day on which they go.

UU 27/2022 says that personal data are erased once they are no longer needed, and names no span; the
pack does. Leaves out what stays for the record of the election: names, numbers and stations.
"""

from datetime import date, timedelta

from pilkades.law.pack import RulePack
from pilkades.law.packspec import FieldKind, FieldSpec, Section
from pilkades.text import Text

KEPT_DAYS = "roll.personal_data_kept_days"

SECTION = Section(
    name="roll_retention",
    may_be_absent=True,
    rules=(
        FieldSpec(
            KEPT_DAYS,
            FieldKind.INTEGER,
            Text("berapa hari sesudah pemungutan suara data pribadi daftar pemilih dihapus"),
            minimum=120,
            maximum=3_650,
        ),
    ),
)


def find_deletion_date(*, pack: RulePack, poll_date: date) -> date | None:
    """The first day on which the personal data of the roll are erased.

    None where the pack is older than the question: then nothing is erased by itself.

    Law: UU 27/2022 (no longer needed); the span is `roll.personal_data_kept_days`, counted in
    calendar days from the day after the poll. The law names no number (unverified).
    """
    if not pack.has(KEPT_DAYS):
        return None
    return poll_date + timedelta(days=pack.integer(KEPT_DAYS) + 1)
