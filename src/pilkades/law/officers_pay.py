"""Hours and honorarium of station officers: sums that are checked before anyone signs.

Law: the law is silent on hours of work at a station; after the deaths of 2019 a limit per day is a
field of the pack that warns (ADR 0110). Rates are the regency's or the committee's. Leaves out
where the times and rates come from.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_FLOOR, Decimal

from pilkades.errors import MalformedInputError
from pilkades.law.findings import Finding, Severity
from pilkades.law.number_words import LARGEST, number_to_words
from pilkades.law.officers_rules import OfficerRules
from pilkades.text import Text

SHIFT_HOURS_MAX = 36


@dataclass(frozen=True, slots=True)
class Shift:
    """From arrival to leaving; `left_at` None while the officer is still there."""

    arrived_at: datetime
    left_at: datetime | None


@dataclass(frozen=True, slots=True)
class Pay:
    """Honorarium before tax, tax, and what is handed over, in rupiah."""

    gross: int
    tax: int
    net: int


def check_shift(*, shift: Shift) -> None:
    """Refuse a time of leaving that cannot follow the arrival.

    Raises: MalformedInputError `attendance.order`, `attendance.length`.
    """
    if shift.left_at is None:
        return
    if shift.left_at <= shift.arrived_at:
        raise MalformedInputError(
            "attendance.order",
            Text("Jam pulang tidak boleh sebelum jam datang. Periksa kedua jam itu."),
        )
    if (shift.left_at - shift.arrived_at).total_seconds() > SHIFT_HOURS_MAX * 3600:
        raise MalformedInputError(
            "attendance.length",
            Text(
                "Lebih dari {hours} jam tanpa pulang tidak mungkin. Periksa tanggalnya.",
                hours=SHIFT_HOURS_MAX,
            ),
        )


def count_minutes(*, shifts: Iterable[Shift], now: datetime) -> int:
    """Minutes on duty; a shift that has not ended counts up to now.

    Law: none says how duty is counted; breaks are on duty, since the officer stays at the station.
    """
    seconds = sum(
        max(0.0, ((shift.left_at or now) - shift.arrived_at).total_seconds()) for shift in shifts
    )
    return int(seconds // 60)


def check_hours(*, rules: OfficerRules, minutes: int) -> Finding | None:
    """Warn when an officer has been on duty for longer than the pack thinks healthy.

    Law: silent; pack field `officer.hours_max`, exceeded only beyond the full hours. A warning
    never ends a duty: who replaces whom is the committee's decision (ADR 0110).
    """
    if not rules.hours_max or minutes <= rules.hours_max * 60:
        return None
    text = Text(
        "Sudah bertugas {hours} jam {minutes} menit, lebih dari {limit} jam. Beri istirahat atau "
        "tugaskan cadangan.",
        hours=minutes // 60,
        minutes=minutes % 60,
        limit=rules.hours_max,
    )
    return Finding("officer.hours", Severity.WARNING, text, article=rules.hours_article)


def compute_pay(*, gross: int, tax_percent: Decimal) -> Pay:
    """Tax and net of one honorarium; a broken rupiah of tax is dropped.

    Law: PPh article 21 on honoraria (rate and rounding unverified); pack field
    `officer.tax_percent`, which the committee may change on its sheet.
    """
    tax = int((Decimal(gross) * tax_percent / 100).to_integral_value(rounding=ROUND_FLOOR))
    return Pay(gross, tax, gross - tax)


def sum_pay(pays: Sequence[Pay]) -> Pay:
    """The last line of the sheet."""
    return Pay(sum(p.gross for p in pays), sum(p.tax for p in pays), sum(p.net for p in pays))


def write_amount(amount: int) -> str:
    """An amount in words for a receipt: "satu juta seratus ribu rupiah"; empty beyond the words."""
    return f"{number_to_words(amount)} rupiah" if 0 <= amount <= LARGEST else ""
