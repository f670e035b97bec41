"""The extra selection: two people, the evidence, the tie at the last place, the publication."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from pilkades.apps.audit.models import Event
from pilkades.apps.elections.models import Candidacy, PathDecision, ScoreEntry, ScorePublication
from pilkades.apps.elections.selectors.scores import get_score_board, name_applicant, rank_board
from pilkades.apps.elections.services.publish_scores import publish_scores
from pilkades.apps.elections.services.scoring import enter_score
from pilkades.errors import ConflictError, MalformedInputError, RuleViolationError
from pilkades.law.application import ApplicationState
from pilkades.law.candidacy import Act
from pilkades.law.scoring import ItemKind, ScoreItem
from tests.apps.village_cast import VillageCast, at, make_applicants

SELECTING = at(10, 30)


@pytest.fixture
def six(cast: VillageCast) -> list[Candidacy]:
    """Six eligible applicants and the decision to select."""
    made = make_applicants(cast, 6)
    PathDecision.objects.create(
        election=cast.election,
        phase="round-0",
        eligible_count=6,
        extensions_used=0,
        act=Act.SELECT,
        text={"template": "x", "params": {}},
        article="Pasal",
        proposed_by=cast.slamet,
        proposed_at=SELECTING,
        confirmed_by=cast.sari,
        confirmed_at=SELECTING,
    )
    return made


def _value(item: ScoreItem, place: int) -> str:
    if item.kind is ItemKind.GRADES:
        return item.grades[0][0]
    return str(90 - place) if item.kind is ItemKind.POINTS else "30"


def _enter(cast: VillageCast, candidacy: Candidacy, item: ScoreItem, **changes: Any) -> ScoreEntry:
    values: dict[str, Any] = {
        "actor": cast.actor("sari", SELECTING),
        "now": SELECTING,
        "candidacy_uuid": candidacy.uuid,
        "item_id": item.id,
        "value": "30",
        "evidence": item.evidence,
    }
    return enter_score(**{**values, **changes})


def _fill(cast: VillageCast, six: list[Candidacy], *, equal: bool = False) -> None:
    for place, candidacy in enumerate(six):
        for item in cast.context.scoring_rules.items:
            value = _value(item, 0 if equal else place)
            for person in ("sari", "slamet"):
                _enter(cast, candidacy, item, actor=cast.actor(person, SELECTING), value=value)


def _publish(cast: VillageCast, **changes: Any) -> ScorePublication:
    values: dict[str, Any] = {
        "actor": cast.actor("sari", SELECTING),
        "now": SELECTING,
        "election_pk": cast.election.pk,
    }
    return publish_scores(**{**values, **changes})


def test_the_best_five_go_on_and_all_sheets_are_published(
    cast: VillageCast, six: list[Candidacy]
) -> None:
    _fill(cast, six)
    published = _publish(cast)
    states = list(Candidacy.objects.order_by("registration_number").values_list("state", flat=True))
    assert states == [*[ApplicationState.ELIGIBLE] * 5, ApplicationState.NOT_SELECTED]
    assert len(published.content["rows"]) == 6
    assert all(line["article"] for row in published.content["rows"] for line in row["lines"])
    assert Event.objects.filter(event="score.published").count() == 1


def test_nothing_is_published_before_two_people_agree_on_every_cell(
    cast: VillageCast, six: list[Candidacy]
) -> None:
    _fill(cast, six)
    item = cast.context.scoring_rules.items[0]
    _enter(cast, six[0], item, value="2", expected_version=1)
    with pytest.raises(RuleViolationError) as caught:
        _publish(cast)
    assert caught.value.code == "scoring.incomplete"
    assert "berbeda" in str(caught.value.text)


def test_one_person_cannot_fill_both_halves(cast: VillageCast, six: list[Candidacy]) -> None:
    item = cast.context.scoring_rules.items[0]
    _enter(cast, six[0], item)
    with pytest.raises(ConflictError, match=r"score\.stale"):
        _enter(cast, six[0], item)
    board = get_score_board(cast.context)
    assert not board.cells[six[0].pk, item.id].is_agreed


def test_a_third_person_does_not_enter(cast: VillageCast, six: list[Candidacy]) -> None:
    item = cast.context.scoring_rules.items[0]
    for person in ("sari", "slamet"):
        _enter(cast, six[0], item, actor=cast.actor(person, SELECTING))
    with pytest.raises(ConflictError, match=r"score\.two-people"):
        _enter(cast, six[0], item, actor=cast.actor("rini", SELECTING))


def test_a_value_without_its_evidence_earns_nothing(
    cast: VillageCast, six: list[Candidacy]
) -> None:
    item = next(item for item in cast.context.scoring_rules.items if item.evidence)
    for person in ("sari", "slamet"):
        _enter(
            cast,
            six[0],
            item,
            actor=cast.actor(person, SELECTING),
            value=_value(item, 0),
            evidence=(),
        )
    sheet = get_score_board(cast.context).sheets[0]
    line = sheet.find_line(item=item.id)
    assert line is not None
    assert line.points == 0


def test_a_tie_at_the_last_place_waits_for_the_last_step_and_its_paper(
    cast: VillageCast, six: list[Candidacy]
) -> None:
    _fill(cast, six, equal=True)
    with pytest.raises(RuleViolationError, match=r"scoring\.tie-open"):
        _publish(cast)
    selection = rank_board(cast.context, get_score_board(cast.context))
    assert len(selection.open_group) == 6
    order = [name_applicant(candidacy) for candidacy in reversed(six)]
    with pytest.raises(MalformedInputError, match=r"score\.terminal-reference"):
        _publish(cast, terminal_order=order)
    published = _publish(cast, terminal_order=order, terminal_reference="BA 7/PPKD/2026")
    assert published.content["tie_steps"]
    first = Candidacy.objects.get(pk=six[0].pk)
    assert first.state == ApplicationState.NOT_SELECTED


def test_what_is_published_is_not_changed_any_more(cast: VillageCast, six: list[Candidacy]) -> None:
    _fill(cast, six)
    _publish(cast)
    item = cast.context.scoring_rules.items[0]
    with pytest.raises(RuleViolationError, match=r"score\.not-open"):
        _enter(cast, six[0], item, expected_version=1)


@pytest.mark.parametrize("value", ["", "tiga", "-1", "NaN", "1e999999"])
def test_what_is_no_number_is_refused(cast: VillageCast, six: list[Candidacy], value: str) -> None:
    items = cast.context.scoring_rules.items
    item = next(item for item in items if item.kind is not ItemKind.GRADES)
    with pytest.raises(MalformedInputError, match=r"score\.value"):
        _enter(cast, six[0], item, value=value)


@pytest.mark.parametrize("name", ["mallory", "bayu", "kartika", "dewi"])
def test_strangers_score_nobody(cast: VillageCast, six: list[Candidacy], name: str) -> None:
    item = cast.context.scoring_rules.items[0]
    with pytest.raises(PermissionDenied):
        _enter(cast, six[0], item, actor=cast.actor(name, SELECTING))
    with pytest.raises(PermissionDenied):
        _publish(cast, actor=cast.actor(name, SELECTING))
