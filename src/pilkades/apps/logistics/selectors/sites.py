"""Venues with their surveys, drawings and photos, judged by the pack."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pilkades.apps.elections.models import Venue
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.logistics.models import VenueLayout, VenuePhoto, VenueSurvey
from pilkades.law.sites import (
    PASSAGE,
    SiteAnswer,
    SiteJudgement,
    SiteRules,
    Verdict,
    judge_site,
)
from pilkades.law.sites_layout import (
    Layout,
    Opening,
    RoomPlan,
    Wall,
    check_layout,
    set_out,
)
from pilkades.text import Text

PASSAGE_CM = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class VenueStanding:
    """A venue as a page shows it: the latest survey, what it amounts to, the drawing, photos."""

    venue: Venue
    survey: VenueSurvey | None
    judgement: SiteJudgement
    layout: VenueLayout | None
    drawing: Layout | None
    problems: Mapping[str, Sequence[Text]]
    photos: Sequence[VenuePhoto]

    @property
    def is_approved(self) -> bool:
        return self.survey is not None and self.survey.approved_at is not None

    @property
    def may_be_approved(self) -> bool:
        is_fit = self.judgement.verdict in (Verdict.FIT, Verdict.FIT_WITH_WARNINGS)
        return self.survey is not None and not self.is_approved and is_fit


def list_venues(context: VillageElection) -> list[VenueStanding]:
    """All venues of an election, judged; four queries."""
    rows = context.election.venues.select_related("hamlet", "layout").prefetch_related(
        "surveys", "photos", "stations"
    )
    return [get_standing(context, venue) for venue in rows]


def get_standing(context: VillageElection, venue: Venue) -> VenueStanding:
    """One venue with everything that is known of it."""
    survey = next(iter(venue.surveys.all()), None)
    layout = getattr(venue, "layout", None)
    drawing = set_out(read_plan(layout.plan, context)) if layout else None
    return VenueStanding(
        venue=venue,
        survey=survey,
        judgement=judge_survey(context, venue, survey),
        layout=layout,
        drawing=drawing,
        problems=check_layout(drawing) if drawing else {},
        photos=tuple(venue.photos.all()),
    )


def judge_survey(
    context: VillageElection, venue: Venue, survey: VenueSurvey | None
) -> SiteJudgement:
    """What a survey amounts to under the pack of the election, drawing included."""
    layout = getattr(venue, "layout", None) if survey else None
    drawn = check_layout(set_out(read_plan(layout.plan, context))) if layout else {}
    answers = survey.answers if survey else {}
    measures = survey.measures if survey else {}
    return judge_site(
        rules=SiteRules.from_pack(context.pack),
        answers={key: SiteAnswer(value) for key, value in answers.items()},
        measures={key: Decimal(value) for key, value in measures.items()},
        drawn=drawn,
    )


def read_plan(stored: Mapping[str, Any], context: VillageElection) -> RoomPlan:
    """The form as the law reads it; the width of a passage is always that of today's pack."""
    values = dict(stored)
    for name in ("entrance_wall", "exit_wall", "booth_wall"):
        values[name] = Wall(values[name])
    values["opening"] = Opening(values["opening"])
    values["passage_cm"] = get_passage_cm(context)
    return RoomPlan(**values)


def get_passage_cm(context: VillageElection) -> int:
    """How wide a passage the pack asks for; 90 cm where it gives no measure."""
    criterion = SiteRules.from_pack(context.pack).find(PASSAGE)
    if criterion is None or criterion.minimum is None:
        return PASSAGE_CM
    return int(criterion.minimum)
