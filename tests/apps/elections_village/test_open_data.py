"""What docs/formats says about a village's open data is what machines get from the page."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.test import Client
from django.urls import reverse

from pilkades.apps.elections.models import (
    AnnouncementKind,
    Candidacy,
    Drawing,
    DrawingLot,
    DrawingMethod,
    PathDecision,
)
from pilkades.apps.elections.services.announce import publish_announcement
from pilkades.apps.elections.services.publish_scores import publish_scores
from pilkades.apps.elections.services.scoring import enter_score
from pilkades.law.application import ApplicationState
from pilkades.law.candidacy import Act
from pilkades.law.scoring import ItemKind, ScoreItem
from pilkades.law.sealed_drawing import Reveal, commit_contribution, draw_numbers
from tests.apps.village_cast import VILLAGE, VillageCast, at, make_applicants

ROOT = Path(__file__).resolve().parents[3]
SCHEMA = json.loads((ROOT / "docs/formats/open-data.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
SELECTING, DRAWING = at(10, 30), at(11, 2)


def _read() -> dict[str, Any]:
    """The open data as a stranger gets them, held against the documented form."""
    answer = Client().get(reverse("elections:public-data", args=[VILLAGE]))
    data: dict[str, Any] = json.loads(answer.content)
    VALIDATOR.validate(data)
    return data


# --- The form ----------------------------------------------------------------------------------


def test_a_village_where_little_has_happened_keeps_to_the_documented_form(
    cast: VillageCast,
) -> None:
    publish_announcement(
        actor=cast.actor("sari"),
        now=at(8, 20),
        election_pk=cast.election.pk,
        kind=AnnouncementKind.NOTICE,
    )
    data = _read()
    assert data["committee"]["members"][0] == {"name": "Bu Sari", "position": "chair"}
    assert [item["kind"] for item in data["announcements"]] == ["notice"]
    assert data["drawing"] is None


def test_a_published_selection_keeps_to_the_documented_form(cast: VillageCast) -> None:
    _hold_selection(cast, make_applicants(cast, 6))
    selection = _read()["extra_selection"]
    assert [row["is_admitted"] for row in selection["rows"]] == [*[True] * 5, False]


@pytest.mark.parametrize("name", SCHEMA["required"])
def test_a_missing_member_is_noticed(cast: VillageCast, name: str) -> None:
    data = _read()
    del data[name]
    assert not VALIDATOR.is_valid(data)


# --- The recipe for recomputing a drawing ------------------------------------------------------


def test_a_stranger_recomputes_the_numbers_with_the_recipe_of_the_documentation(
    cast: VillageCast,
) -> None:
    _hold_sealed_drawing(cast, make_applicants(cast, 4, state=ApplicationState.DETERMINED))
    drawing = _read()["drawing"]
    assert _recompute(drawing) == [lot["party"] for lot in drawing["lots"]]
    assert [lot["number"] for lot in drawing["lots"]] == [1, 2, 3, 4]


def test_the_recipe_notices_a_changed_contribution(cast: VillageCast) -> None:
    _hold_sealed_drawing(cast, make_applicants(cast, 3, state=ApplicationState.DETERMINED))
    drawing = _read()["drawing"]
    drawing["lots"][0]["contribution"] = "00"
    with pytest.raises(AssertionError):
        _recompute(drawing)


def _recompute(drawing: dict[str, Any]) -> list[str]:
    """docs/formats/open-data.md step by step, without the program's own functions."""
    lots = {lot["party"]: lot for lot in drawing["lots"]}
    parts: list[bytes] = []
    for party, lot in sorted(lots.items()):
        opened = [party.encode(), bytes.fromhex(lot["salt"]), bytes.fromhex(lot["contribution"])]
        commitment = _hash(b"pilkades/drawing/commitment/v1", drawing["id"].encode(), *opened)
        assert commitment.hex() == lot["commitment"]
        parts += opened
    order = sorted(lots, key=lambda party: lots[party]["position"])
    listed = [party.encode() for party in order]
    head = [b"pilkades/drawing/seed/v1", drawing["id"].encode(), len(order).to_bytes(8, "big")]
    seed = _hash(*head, *listed, *parts)
    assert seed.hex() == drawing["seed"]
    numbers = _stream(seed)
    for place in range(len(order) - 1, 0, -1):
        number = next(numbers)
        while number >= 2**64 - 2**64 % (place + 1):
            number = next(numbers)
        other = number % (place + 1)
        order[place], order[other] = order[other], order[place]
    return order


def _hash(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(len(p).to_bytes(8, "big") + p for p in parts)).digest()


def _stream(seed: bytes) -> Iterator[int]:
    counter = 0
    while True:
        block = _hash(b"pilkades/drawing/stream/v1", seed, counter.to_bytes(8, "big"))
        yield from (int.from_bytes(block[i : i + 8], "big") for i in range(0, 32, 8))
        counter += 1


# --- What had to happen before -----------------------------------------------------------------


def _hold_sealed_drawing(cast: VillageCast, candidates: list[Candidacy]) -> None:
    """A closed drawing by commitments, as its services leave it."""
    drawing = Drawing.objects.create(
        election=cast.election,
        method=DrawingMethod.COMMITMENTS,
        place="Balai desa",
        opened_by=cast.sari,
        opened_at=DRAWING,
        article="Pasal",
    )
    name = str(drawing.uuid)
    parties = [f"{place}. {item.full_name}" for place, item in enumerate(candidates, start=1)]
    reveals = {
        party: Reveal(salt=bytes([place]) * 16, contribution=f"sumbangan {place}".encode())
        for place, party in enumerate(parties)
    }
    commitments = {
        party: commit_contribution(drawing_id=name, party=party, reveal=reveal)
        for party, reveal in reveals.items()
    }
    outcome = draw_numbers(
        rules=cast.context.drawing_rules,
        drawing_id=name,
        candidates=parties,
        commitments=commitments,
        reveals=reveals,
    )
    for place, (party, candidacy) in enumerate(zip(parties, candidates, strict=True), start=1):
        DrawingLot.objects.create(
            drawing=drawing,
            candidacy=candidacy,
            party=party,
            position=place,
            number=outcome.candidates.index(party) + 1,
            commitment=commitments[party].hex(),
            committed_at=DRAWING,
            salt=reveals[party].salt.hex(),
            contribution=reveals[party].contribution.hex(),
            revealed_at=DRAWING,
        )
    Drawing.objects.filter(pk=drawing.pk).update(
        seed=outcome.seed.hex(), closed_by=cast.sari, closed_at=DRAWING
    )


def _hold_selection(cast: VillageCast, six: list[Candidacy]) -> None:
    """Six sheets filled by two people and published."""
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
    for place, candidacy in enumerate(six):
        for item in cast.context.scoring_rules.items:
            for person in ("sari", "slamet"):
                enter_score(
                    actor=cast.actor(person, SELECTING),
                    now=SELECTING,
                    candidacy_uuid=candidacy.uuid,
                    item_id=item.id,
                    value=_give_value(item, place),
                    evidence=item.evidence,
                )
    publish_scores(actor=cast.actor("sari", SELECTING), now=SELECTING, election_pk=cast.election.pk)


def _give_value(item: ScoreItem, place: int) -> str:
    if item.kind is ItemKind.GRADES:
        return item.grades[0][0]
    return str(90 - place) if item.kind is ItemKind.POINTS else "30"
