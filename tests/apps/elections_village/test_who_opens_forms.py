"""Whoever may not do an act may not open its form either; scores are read by few until published.

The camat and the district committee open the village's workspace, so that everything in it which is
not theirs has to ask for itself.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from pilkades.apps.elections.models import Candidacy, DrawingMethod, PathDecision
from pilkades.apps.elections.services import drawing as drawings
from pilkades.apps.elections.services import setup_proof as proofs
from pilkades.apps.elections.services.ballot_entry import change_ballot_entry
from pilkades.apps.elections.services.scoring import enter_score
from pilkades.law.application import ApplicationState
from pilkades.law.candidacy import Act
from pilkades.law.scoring import ItemKind, ScoreItem
from tests.apps.elections_village.photos import picture
from tests.apps.village_cast import DETERMINATION, VILLAGE, VillageCast, at, fresh, make_applicants

SELECTING = at(10, 30)
FORMS = [
    ("village-committee-form",),
    ("village-report-submit",),
    ("village-publish", "other"),
    ("village-path-propose",),
    ("village-scores-publish",),
    ("village-drawing-open",),
    ("village-proof-create",),
]


def _url(name: str, *args: object) -> str:
    return reverse(f"elections:{name}", args=[VILLAGE, *args])


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], None]:
    def stand(moment: Any) -> None:
        monkeypatch.setattr("pilkades.apps.design.clock.now", lambda: moment)

    return stand


@pytest.fixture
def selection(cast: VillageCast, now: Callable[[Any], None]) -> Candidacy:
    """A selection in which two officers have filled one cell of the first applicant."""
    now(SELECTING)
    first = make_applicants(cast, 6)[0]
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
    for person in ("sari", "slamet"):
        enter_score(
            actor=cast.actor(person, SELECTING),
            now=SELECTING,
            candidacy_uuid=first.uuid,
            item_id=_number_item(cast).id,
            value="37",
            evidence=_number_item(cast).evidence,
        )
    return first


def _number_item(cast: VillageCast) -> ScoreItem:
    return next(x for x in cast.context.scoring_rules.items if x.kind is not ItemKind.GRADES)


@pytest.mark.parametrize("where", FORMS, ids=lambda where: where[0])
def test_who_only_looks_on_opens_no_form(
    cast: VillageCast, now: Callable[[Any], None], where: tuple[str, ...]
) -> None:
    now(at(9, 3))
    for person in ("camat", "desk"):
        assert cast.client(person).get(_url(*where)).status_code == 403, person
    assert cast.client("mallory").get(_url(*where)).status_code == 403


def test_a_plain_member_opens_no_form_of_the_chair(cast: VillageCast, selection: Candidacy) -> None:
    for name in ("village-scores-publish", "village-drawing-open"):
        assert cast.client("rini").get(_url(name)).status_code == 403, name
        assert cast.client("sari").get(_url(name)).status_code == 200, name


def test_scores_are_read_by_the_committee_and_the_desk_alone_until_published(
    cast: VillageCast, selection: Candidacy
) -> None:
    page = _url("village-scores")
    for person in ("sari", "rini", "desk"):
        assert ">37" in cast.client(person).get(page).content.decode(), person
    for person in ("camat", "bayu"):
        shown = cast.client(person).get(page).content.decode()
        assert ">37" not in shown, person
        assert selection.full_name not in shown, person
        assert "Nilai belum diumumkan" in shown
        assert cast.client(person).get(page, {"unduh": "xlsx"}).status_code == 403
    assert cast.client("mallory").get(page).status_code == 403


def test_a_score_is_entered_only_by_who_sits_in_the_committee(
    cast: VillageCast, selection: Candidacy
) -> None:
    form = _url("village-score", selection.uuid, _number_item(cast).id)
    assert cast.client("rini").get(form).status_code == 200
    for person in ("camat", "desk", "bayu", "mallory"):
        assert cast.client(person).get(form).status_code == 403, person


def test_a_line_of_the_drawing_is_signed_by_its_candidate_or_seen_by_an_officer(
    cast: VillageCast, now: Callable[[Any], None]
) -> None:
    now(DETERMINATION)
    make_applicants(cast, 2, state=ApplicationState.DETERMINED)
    drawing = drawings.open_drawing(
        actor=cast.actor("sari", DETERMINATION),
        now=DETERMINATION,
        election_pk=cast.election.pk,
        method=DrawingMethod.COMMITMENTS,
        place="Balai desa",
    )
    lot = drawing.lots.get(candidacy__user=cast.kartika)
    own = _url("village-lot-sign", lot.uuid, "sendiri")
    assert cast.client("kartika").get(own).status_code == 200
    for person in ("sari", "darto", "camat", "desk"):
        assert cast.client(person).get(own).status_code == 403, person
    on_paper = _url("village-lot-sign", lot.uuid, "kertas")
    assert cast.client("rini").get(on_paper).status_code == 200
    for person in ("kartika", "darto", "camat", "desk"):
        assert cast.client(person).get(on_paper).status_code == 403, person
    for name in ("village-lot-commit", "village-lot-reveal"):
        assert cast.client("kartika").get(_url(name, lot.uuid)).status_code == 200
        for person in ("darto", "camat"):
            assert cast.client(person).get(_url(name, lot.uuid)).status_code == 403, person
    for name in ("village-lot", "village-lot-arrival"):
        assert cast.client("camat").get(_url(name, lot.uuid)).status_code == 403, name
    for name in ("village-drawing-close", "village-drawing-seal", "village-drawing-cancel"):
        assert cast.client("sari").get(_url(name)).status_code == 200, name
        assert cast.client("rini").get(_url(name)).status_code == 403, name


def test_the_secretary_before_the_chair_reads_who_is_awaited(
    cast: VillageCast, now: Callable[[Any], None]
) -> None:
    moment = at(11, 3)
    now(moment)
    for number, candidacy in enumerate(
        make_applicants(cast, 2, state=ApplicationState.DETERMINED), start=1
    ):
        Candidacy.objects.filter(pk=candidacy.pk).update(
            state=ApplicationState.NUMBERED, ballot_number=number
        )
        change_ballot_entry(
            actor=cast.actor("rini", moment),
            now=moment,
            candidacy_uuid=candidacy.uuid,
            expected_version=fresh(candidacy).version,
            ballot_name=candidacy.ballot_name,
            photo=picture(),
        )
    proof = proofs.create_proof(
        actor=cast.actor("slamet", moment), now=moment, election_pk=cast.election.pk
    )
    lines = list(proof.signatures.select_related("candidacy"))
    page = _url("village-proof-lock")
    early = cast.client("slamet").post(page, {"version": proof.version})
    assert early.status_code == 422
    assert "Tunggu usulan ketua" in early.content.decode()
    assert "Tunggu usulan ketua" in cast.client("slamet").get(page).content.decode()
    for person in ("rini", "camat", "desk"):
        assert cast.client(person).get(page).status_code == 403, person
    mine = next(line for line in lines if line.candidacy.user_id == cast.kartika.pk)
    own = _url("village-proof-sign", mine.uuid, "sendiri")
    assert cast.client("kartika").get(own).status_code == 200
    for person in ("darto", "sari", "camat"):
        assert cast.client(person).get(own).status_code == 403, person
