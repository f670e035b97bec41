"""The village's pages in a real browser: accessible, fitting a phone, light, working without
script."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from pilkades.apps.elections.models import (
    AnnouncementKind,
    Candidacy,
    DrawingMethod,
    PathDecision,
)
from pilkades.apps.elections.services import drawing as drawings
from pilkades.apps.elections.services import sealed_drawing as sealed
from pilkades.apps.elections.services import setup_proof as proofs
from pilkades.apps.elections.services.announce import publish_announcement
from pilkades.apps.elections.services.ballot_entry import change_ballot_entry
from pilkades.apps.elections.services.complaints import file_complaint
from pilkades.law.application import ApplicationState
from pilkades.law.candidacy import Act
from pilkades.law.sealed_drawing import Reveal, commit_contribution
from tests.apps.elections_village.photos import picture
from tests.apps.village_cast import (
    CHECKING,
    DETERMINATION,
    VILLAGE,
    VillageCast,
    at,
    bring,
    fresh,
    make_applicants,
    make_village,
    open_draft,
    receive,
    verify,
)
from tests.browser import DESK, PHONE, assert_accessible, assert_fits, weigh

pytestmark = pytest.mark.browser


@pytest.fixture
def cast(transactional_db: None) -> Iterator[VillageCast]:
    return make_village()


@pytest.fixture
def stand(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], None]:
    """Sets the moment at which requests arrive."""

    def at_moment(moment: Any) -> None:
        monkeypatch.setattr("pilkades.apps.design.clock.now", lambda: moment)

    return at_moment


def _url(name: str, *args: object) -> str:
    return reverse(f"elections:{name}", args=[VILLAGE, *args])


def look(page: Page, url: str) -> None:
    """Open a page on a phone: it is accessible, and fits there and on a desk."""
    page.set_viewport_size(PHONE)
    answer = page.goto(url)
    assert answer is not None
    assert answer.status == 200, (url, answer.status)
    assert_fits(page)
    assert_accessible(page)
    page.set_viewport_size(DESK)
    assert_fits(page)


def test_files_and_their_pages(
    cast: VillageCast,
    browser_page: Page,
    sign_in: Callable[[Page, Any], None],
    stand: Callable[[Any], None],
) -> None:
    stand(CHECKING)
    candidacy = receive(cast, open_draft(cast, username="mbak.kartika"))
    document = bring(cast, candidacy, "diploma")
    verify(cast, document)
    publish_announcement(
        actor=cast.actor("rini", CHECKING),
        now=CHECKING,
        election_pk=cast.election.pk,
        kind=AnnouncementKind.APPLICANTS,
    )
    complaint = file_complaint(
        now=CHECKING,
        candidacy_uuid=candidacy.uuid,
        complainant_name="Mbak Dewi",
        contact="0812",
        content="Ijazah yang dipakai bukan miliknya, saya teman sekolahnya.",
    )
    sign_in(browser_page, cast.slamet)
    for url in (
        _url("village-tasks"),
        _url("village-files"),
        _url("village-file-new"),
        _url("village-file", candidacy.uuid),
        _url("village-receipt", candidacy.uuid),
        _url("village-answer", candidacy.uuid, "no_serious_conviction"),
        _url("village-verify", candidacy.uuid, document.uuid),
        _url("village-judge", candidacy.uuid),
        _url("village-ballot-entry", candidacy.uuid),
        _url("village-complaint", complaint.uuid),
        _url("village-path"),
        _url("village-announcements"),
        _url("village-reports"),
        _url("village-deliberation"),
        _url("public-village"),
        _url("public-complain", candidacy.uuid),
        reverse("elections:public-receipt", args=[fresh(candidacy).receipt_code]),
    ):
        look(browser_page, url)


def test_selection_drawing_and_proof(
    cast: VillageCast,
    browser_page: Page,
    sign_in: Callable[[Page, Any], None],
    stand: Callable[[Any], None],
) -> None:
    stand(DETERMINATION)
    made = make_applicants(cast, 6)
    _decide_to_select(cast)
    sign_in(browser_page, cast.sari)
    item = cast.context.scoring_rules.items[0]
    look(browser_page, _url("village-scores"))
    look(browser_page, _url("village-score", made[0].uuid, item.id))
    Candidacy.objects.exclude(pk__in=[made[0].pk, made[1].pk]).update(
        state=ApplicationState.INELIGIBLE
    )
    Candidacy.objects.filter(pk__in=[made[0].pk, made[1].pk]).update(
        state=ApplicationState.DETERMINED
    )
    _draw_by_commitments(cast)
    look(browser_page, _url("village-drawing"))
    look(browser_page, _url("village-drawing-open"))
    look(browser_page, _url("public-drawing"))
    _number_and_prove(cast, made[:2])
    look(browser_page, _url("village-proof"))
    look(browser_page, _url("village-tasks"))
    look(browser_page, _url("public-village"))


def test_the_public_page_weighs_less_than_a_photo(
    cast: VillageCast,
    browser_page: Page,
    stand: Callable[[Any], None],
) -> None:
    stand(at(11, 3))
    made = make_applicants(cast, 5, state=ApplicationState.DETERMINED)
    _number_and_prove(cast, made)
    weight = weigh(browser_page, _url("public-village"))
    assert weight.total_bytes < 100_000, weight.by_url


def test_the_device_makes_the_same_commitment_as_the_law(
    cast: VillageCast,
    browser_page: Page,
    sign_in: Callable[[Page, Any], None],
    stand: Callable[[Any], None],
) -> None:
    stand(DETERMINATION)
    make_applicants(cast, 1, state=ApplicationState.DETERMINED)
    drawing = drawings.open_drawing(
        actor=cast.actor("sari", DETERMINATION),
        now=DETERMINATION,
        election_pk=cast.election.pk,
        method=DrawingMethod.COMMITMENTS,
        place="Balai desa",
    )
    lot = drawing.lots.get()
    sign_in(browser_page, cast.kartika)
    browser_page.goto(_url("village-lot-commit", lot.uuid))
    browser_page.fill("#kata", "sumbangan rahasia Kartika")
    browser_page.click("[data-make]")
    made = browser_page.input_value("#id_commitment")
    reveal = Reveal(
        salt=bytes.fromhex(browser_page.inner_text("[data-salt]")),
        contribution=bytes.fromhex(browser_page.inner_text("[data-contribution]")),
    )
    expected = commit_contribution(drawing_id=str(drawing.uuid), party=lot.party, reveal=reveal)
    assert made == expected.hex()
    assert reveal.contribution.decode() == "sumbangan rahasia Kartika"
    look(browser_page, _url("village-lot-commit", lot.uuid))


def test_a_complaint_is_filed_without_script(
    cast: VillageCast, open_page: Callable[..., Page], stand: Callable[[Any], None]
) -> None:
    stand(CHECKING)
    (candidacy,) = make_applicants(cast, 1, state=ApplicationState.CHECKING)
    page = open_page(java_script_enabled=False)
    page.goto(_url("public-complain", candidacy.uuid))
    page.fill("#id_content", "Ijazah yang dipakai bukan miliknya, saya teman sekolahnya.")
    page.fill("#id_complainant_name", "Mbak Dewi")
    page.fill("#id_contact", "0812")
    page.click("button:has-text('Kirim masukan')")
    assert "Kode bukti" in page.inner_text("main")


def _decide_to_select(cast: VillageCast) -> None:
    PathDecision.objects.create(
        election=cast.election,
        phase="round-0",
        eligible_count=6,
        extensions_used=0,
        act=Act.SELECT,
        text={"template": "Enam memenuhi syarat.", "params": {}},
        article="Permendagri 112/2014",
        proposed_by=cast.slamet,
        proposed_at=at(9, 24),
        confirmed_by=cast.sari,
        confirmed_at=at(9, 24),
    )


def _draw_by_commitments(cast: VillageCast) -> None:
    actor = cast.actor("sari", DETERMINATION)
    drawing = drawings.open_drawing(
        actor=actor,
        now=DETERMINATION,
        election_pk=cast.election.pk,
        method=DrawingMethod.COMMITMENTS,
        place="Balai desa",
    )
    lots = list(drawing.lots.order_by("position"))
    reveals = [Reveal(salt=bytes([n]) * 16, contribution=b"x") for n in range(len(lots))]
    for lot, reveal in zip(lots, reveals, strict=True):
        commitment = commit_contribution(
            drawing_id=str(drawing.uuid), party=lot.party, reveal=reveal
        )
        sealed.submit_commitment(
            actor=actor, now=DETERMINATION, lot_uuid=lot.uuid, commitment=commitment.hex()
        )
    sealed.seal_commitments(
        actor=actor, now=DETERMINATION, drawing_uuid=drawing.uuid, expected_version=1
    )
    for lot, reveal in zip(lots, reveals, strict=True):
        sealed.reveal_contribution(
            actor=actor,
            now=DETERMINATION,
            lot_uuid=lot.uuid,
            salt=reveal.salt.hex(),
            contribution=reveal.contribution.hex(),
        )


def _number_and_prove(cast: VillageCast, made: list[Candidacy]) -> None:
    moment = at(11, 3)
    for number, candidacy in enumerate(made, start=1):
        Candidacy.objects.filter(pk=candidacy.pk).update(
            state=ApplicationState.NUMBERED, ballot_number=number
        )
        change_ballot_entry(
            actor=cast.actor("rini", moment),
            now=moment,
            candidacy_uuid=candidacy.uuid,
            expected_version=fresh(candidacy).version,
            ballot_name=candidacy.ballot_name,
            photo=picture(noise=True),
        )
    proofs.create_proof(
        actor=cast.actor("slamet", moment), now=moment, election_pk=cast.election.pk
    )
