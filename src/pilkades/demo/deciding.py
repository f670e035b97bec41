"""What follows from the number of applicants: the path, score sheets, deliberation, reports."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from pilkades.apps.elections.models import CouncilReport, DeliberationOutcome, ReportKind
from pilkades.apps.elections.services.council_reports import submit_report
from pilkades.apps.elections.services.deliberate import confirm_deliberation, record_deliberation
from pilkades.apps.elections.services.path import confirm_path, propose_path
from pilkades.apps.elections.services.publish_scores import publish_scores
from pilkades.apps.elections.services.scoring import enter_score
from pilkades.demo.village import CHAIR, COUNCIL, SECRETARY, VillagePlay

Sheet = Mapping[str, str]
"""What an applicant brings to the extra selection: value by item of the pack."""

# The first two have equal sums; the fourth and the sixth too, which the written test decides.
SHEETS: Sequence[Sheet] = (
    {"experience": "8", "education": "S1", "age": "44", "test": "78"},
    {"experience": "6", "education": "SMA", "age": "47", "test": "88"},
    {"experience": "3", "education": "S1", "age": "36", "test": "81"},
    {"experience": "2", "education": "SMA", "age": "39", "test": "74"},
    {"experience": "6", "education": "D3", "age": "55", "test": "69"},
    {"experience": "4", "education": "S1", "age": "33", "test": "64"},
)


def decide_path(village: VillagePlay) -> None:
    """The secretary puts forward what the law says, the chair confirms it."""
    decision = propose_path(
        actor=village.actor(SECRETARY), now=village.now, election_pk=village.election_pk
    )
    confirm_path(actor=village.actor(CHAIR), now=village.now, decision_uuid=decision.uuid)


def enter_sheets(village: VillagePlay, applicants: Sequence[UUID]) -> None:
    """Two officers read the same values from the same papers."""
    for item in village.context.scoring_rules.items:
        for uuid, sheet in zip(applicants, SHEETS, strict=False):
            for part in (CHAIR, SECRETARY):
                enter_score(
                    actor=village.actor(part),
                    now=village.now,
                    candidacy_uuid=uuid,
                    item_id=item.id,
                    value=sheet[item.id],
                    evidence=item.evidence,
                )


def publish_selection(village: VillagePlay) -> None:
    """The chair publishes sheets and ranks; the best five go on."""
    publish_scores(actor=village.actor(CHAIR), now=village.now, election_pk=village.election_pk)


def deliberate(village: VillagePlay, outcome: DeliberationOutcome, *, minutes: str) -> None:
    """Committee and BPD sit together; the committee writes, the BPD confirms."""
    deliberation = record_deliberation(
        actor=village.actor(CHAIR),
        now=village.now,
        election_pk=village.election_pk,
        held_on=village.now.date(),
        place=f"Balai Desa {village.name}",
        committee_present=5,
        council_present=7,
        outcome=outcome,
        minutes=minutes,
    )
    confirm_deliberation(
        actor=village.actor(COUNCIL),
        now=village.now,
        deliberation_uuid=deliberation.uuid,
        expected_version=deliberation.version,
    )


def report_no_agreement(village: VillagePlay) -> CouncilReport:
    """The committee reports to the BPD that there was no agreement."""
    return submit_report(
        actor=village.actor(CHAIR),
        now=village.now,
        election_pk=village.election_pk,
        kind=ReportKind.NO_AGREEMENT,
        reference=f"12/PAN/X/{village.now.year}",
        summary=(
            "Setelah dua kali perpanjangan pendaftaran hanya ada satu bakal calon yang memenuhi "
            "syarat. Musyawarah panitia dan BPD tidak mencapai mufakat."
        ),
    )
