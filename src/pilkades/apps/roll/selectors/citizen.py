"""What a citizen may learn of the roll: whether they are on it, and where they vote."""

from dataclasses import dataclass
from datetime import date, time

from django.db.models import QuerySet

from pilkades.apps.elections.models import ElectionState
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.roll.models import CitizenReport, RollEntry, RollState
from pilkades.apps.vault.masking import mask_name
from pilkades.errors import RuleViolationError
from pilkades.law.dispute_rules import Clock, DisputeRules, Matter
from pilkades.text import Text

PUBLIC_STATES = (
    RollState.ANNOUNCED,
    RollState.SUPPLEMENTED,
    RollState.FINAL,
    RollState.LOCKED,
)
"""Before the announcement nobody is told anything: the list is still being made."""
ROLL_ANNOUNCED_STEP = "provisional_roll_announced"
ROLL_FIXED_STEP = "provisional_roll_fixed"


@dataclass(frozen=True, slots=True)
class Found:
    """The least that helps: no full name, no address, no number of the roll."""

    entry: RollEntry
    initials: str
    is_final: bool
    poll_date: date
    opens_at: time
    closes_at: time


def find_voter(*, nik: str, birth_date: date, village_code: str = "") -> RollEntry | None:
    """The entry with this NIK and this day of birth in a running election, None otherwise.

    One query by the keyed index. A removed entry, a void election and a roll that is not yet
    announced answer as if there were nobody.
    """
    found = RollEntry.objects.filter(
        nik_index=nik,
        birth_date=birth_date,
        is_removed=False,
        roll__state__in=PUBLIC_STATES,
        roll__election__state__in=(ElectionState.ACTIVE, ElectionState.POSTPONED),
    )
    if village_code:
        found = found.filter(roll__election__village=village_code)
    return (
        found.select_related(
            "roll__election__wave",
            "roll__election__village__district__regency__province",
            "station__venue",
        )
        .order_by("-roll__created_at")
        .first()
    )


def describe_found(entry: RollEntry) -> Found:
    """What the page may say of an entry."""
    context = VillageElection(entry.roll.election)
    return Found(
        entry=entry,
        initials=mask_name(entry.full_name),
        is_final=entry.roll.state in (RollState.FINAL, RollState.LOCKED),
        poll_date=context.timetable.poll_date,
        opens_at=context.pack.clock_time("station.opens_at"),
        closes_at=context.pack.clock_time("station.closes_at"),
    )


def get_roll_clock(context: VillageElection) -> Clock:
    """The pack's clock for what citizens say about the roll.

    Raises: RuleViolationError where the pack has none.
    """
    clocks = DisputeRules.from_pack(context.pack).list_clocks(matter=Matter.ROLL)
    for clock in clocks:
        if "warga" in clock.filed_by:
            return clock
    raise RuleViolationError(
        "roll.clock",
        Text("Paket aturan pemilihan ini tidak mengatur usul perbaikan daftar pemilih."),
        article=context.article_of(ROLL_ANNOUNCED_STEP),
    )


def get_anchor_date(context: VillageElection) -> date:
    """The day from which the clock runs: the DPS was fixed, in earnest or by the timetable."""
    step = context.find_step(ROLL_FIXED_STEP)
    return step.end_date if step else context.timetable.poll_date


def list_reports(context: VillageElection) -> QuerySet[CitizenReport]:
    """All reports of an election, the open ones first."""
    return (
        CitizenReport.objects.filter(roll__election=context.election)
        .select_related("entry", "answered_by")
        .order_by("outcome", "submitted_at")
    )
