"""The notice-board paper of a village, as plain values for its Typst template."""

from typing import Any

from pilkades.apps.design.formats import format_plain_date
from pilkades.apps.design.texts import translate
from pilkades.apps.documents.words import place_and_date
from pilkades.apps.elections.models import AnnouncementKind, ElectionState
from pilkades.apps.elections.selectors.progress import StepState
from pilkades.apps.elections.selectors.proof_readings import ALARM_TITLE
from pilkades.apps.elections.selectors.public import PublicVillage
from pilkades.apps.regions.selectors import describe_village

HIDDEN_STATES = (StepState.CONDITIONAL, StepState.DROPPED)


def describe_notice(page: PublicVillage) -> dict[str, Any]:
    """Head, stages with dates, candidates in drawn order, what was announced, who answers."""
    village = page.context.village
    regency = village.district.regency
    return {
        "head": [f"Pemerintah {regency.name}", f"Panitia Pemilihan Kepala Desa {village.name}"],
        "place": describe_village(village),
        "poll_date": "" if _is_void(page) else format_plain_date(page.progress.poll_date),
        "steps": [
            {
                "name": item.step.name,
                "from": format_plain_date(item.step.start_date),
                "to": format_plain_date(item.step.end_date),
                "article": item.step.article,
            }
            for item in page.progress.steps
            if item.state not in HIDDEN_STATES
        ],
        "alarm": _list_alarm(page),
        "candidates": [
            {"number": candidate.ballot_number, "name": candidate.ballot_name}
            for candidate in page.candidates
            if candidate.ballot_number
        ],
        "announcements": [
            {
                "title": item.title,
                "sentences": [translate(sentence) for sentence in item.sentences],
                "article": item.article,
            }
            for item in page.announcements
        ],
        "members": [
            {"name": member.full_name, "position": str(member.get_position_display())}
            for member in page.members
        ],
        "ledger": page.checkpoint.note if page.checkpoint else "",
        "place_date": place_and_date(village.name, page.progress.poll_date),
    }


def _list_alarm(page: PublicVillage) -> list[str]:
    if page.reading is None or not page.reading.has_alarm:
        return []
    return [translate(text) for text in (ALARM_TITLE, *page.reading.alarm)]


def _is_void(page: PublicVillage) -> bool:
    """Whether nobody will vote: by the desk's closing, or already by the committee's decision."""
    announced = any(item.kind == AnnouncementKind.VOID for item in page.announcements)
    return announced or page.context.election.state == ElectionState.VOID
