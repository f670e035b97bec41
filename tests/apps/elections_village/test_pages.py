"""Every page of the village: those who may open it do, with few queries; outsiders do not."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pilkades.apps.elections.models import (
    AnnouncementKind,
    Candidacy,
    DrawingMethod,
    PathDecision,
    ReportKind,
    ScoreEntry,
)
from pilkades.apps.elections.services import drawing as drawings
from pilkades.apps.elections.services import sealed_drawing as sealed
from pilkades.apps.elections.services.announce import publish_announcement
from pilkades.apps.elections.services.ballot_entry import change_ballot_entry
from pilkades.apps.elections.services.council_reports import submit_report
from pilkades.law.application import ApplicationState
from pilkades.law.candidacy import Act
from tests.apps.elections_village.photos import picture
from tests.apps.village_cast import (
    CHECKING,
    DETERMINATION,
    REGISTRATION,
    VILLAGE,
    VillageCast,
    at,
    bring,
    fresh,
    make_applicants,
    open_draft,
    receive,
)

QUERIES_MAX = 15
Queries = Callable[..., Any]


def _url(name: str, *args: object) -> str:
    return reverse(f"elections:{name}", args=[VILLAGE, *args])


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], None]:
    """Sets the moment at which requests arrive."""

    def stand(moment: Any) -> None:
        monkeypatch.setattr("pilkades.apps.design.clock.now", lambda: moment)

    return stand


# --- Before anything happened ------------------------------------------------------------------

PLAIN_PAGES = [
    "village-tasks",
    "village-committee",
    "village-files",
    "village-file-new",
    "village-complaints",
    "village-path",
    "village-scores",
    "village-deliberation",
    "village-drawing",
    "village-drawing-open",
    "village-proof",
    "village-reports",
    "village-report-submit",
    "village-announcements",
]


@pytest.mark.parametrize("name", PLAIN_PAGES)
def test_the_committee_opens_its_pages_with_few_queries(
    cast: VillageCast,
    now: Callable[[Any], None],
    name: str,
    django_assert_max_num_queries: Queries,
) -> None:
    now(REGISTRATION)
    client = cast.client("sari")
    url = _url(name)
    client.get(url)
    with django_assert_max_num_queries(QUERIES_MAX):
        response = client.get(url)
    assert response.status_code == 200


@pytest.mark.parametrize("name", PLAIN_PAGES)
def test_outsiders_open_none_of_them(
    cast: VillageCast, now: Callable[[Any], None], name: str
) -> None:
    now(REGISTRATION)
    url = _url(name)
    anonymous = cast.client().get(url)
    assert anonymous.status_code == 302
    assert "/akun/" in anonymous["Location"]
    for person in ("mallory", "dewi"):
        answer = cast.client(person).get(url)
        assert answer.status_code in {302, 403, 404}, person
        if answer.status_code == 302:
            assert cast.client(person).get(answer["Location"]).status_code in {403, 404}


def test_the_public_page_is_open_and_light_on_queries(
    cast: VillageCast, now: Callable[[Any], None], django_assert_max_num_queries: Queries
) -> None:
    now(REGISTRATION)
    url = _url("public-village")
    client = Client()
    client.get(url)
    with django_assert_max_num_queries(QUERIES_MAX):
        page = client.get(url)
    assert page.status_code == 200
    assert "Pendaftaran" in page.content.decode()


def test_a_village_without_an_election_has_no_page(cast: VillageCast) -> None:
    for name in ("village-tasks", "public-village"):
        url = reverse(f"elections:{name}", args=["35.05.02.2001"])
        assert cast.client("desk").get(url).status_code == 404


# --- Files -------------------------------------------------------------------------------------


def test_a_file_is_opened_received_and_its_receipt_is_genuine(
    cast: VillageCast, now: Callable[[Any], None]
) -> None:
    now(REGISTRATION)
    client = cast.client("sari")
    opened = client.post(
        _url("village-file-new"),
        {
            "full_name": "Kartika Wulandari",
            "nik": "3505015204859001",
            "sex": "P",
            "birth_place": "Blitar",
            "birth_date_day": "12",
            "birth_date_month": "4",
            "birth_date_year": "1985",
            "address": "Dusun Krajan",
            "education": "SMA",
        },
    )
    assert opened.status_code == 302, opened.content.decode()
    candidacy = Candidacy.objects.get()
    receipt = client.post(
        _url("village-file-receive", candidacy.uuid), {"version": candidacy.version}, follow=True
    )
    body = receipt.content.decode()
    assert "Tanda terima" in body
    code = fresh(candidacy).receipt_code
    public = Client().get(reverse("elections:public-receipt", args=[code]))
    assert public.status_code == 200
    assert "Kartika" not in public.content.decode()
    pdf = client.get(_url("village-receipt", candidacy.uuid), {"unduh": "pdf"})
    assert pdf.content.startswith(b"%PDF")


def test_a_minute_late_keeps_the_draft_and_says_why(
    cast: VillageCast, now: Callable[[Any], None]
) -> None:
    candidacy = open_draft(cast)
    closing = cast.context.registration_rules.closes_at
    now(at(9, 2, closing.hour, closing.minute + 1))
    answer = cast.client("sari").post(
        _url("village-file-receive", candidacy.uuid), {"version": candidacy.version}
    )
    assert answer.status_code == 422
    assert "terlambat 1 menit" in answer.content.decode()
    assert fresh(candidacy).state == ApplicationState.DRAFT


def test_a_wrong_nik_comes_back_with_every_input_kept(
    cast: VillageCast, now: Callable[[Any], None]
) -> None:
    now(REGISTRATION)
    answer = cast.client("sari").post(
        _url("village-file-new"),
        {
            "full_name": "Kartika Wulandari",
            "nik": "3505011204859001",
            "sex": "P",
            "birth_place": "Blitar",
            "birth_date": "1985-04-12",
            "address": "Dusun Krajan",
            "education": "SMA",
        },
    )
    assert answer.status_code == 400
    body = answer.content.decode()
    assert "tidak cocok" in body
    assert "Kartika Wulandari" in body


def test_the_file_shows_the_law_and_masks_the_nik(
    cast: VillageCast, now: Callable[[Any], None], django_assert_max_num_queries: Queries
) -> None:
    now(CHECKING)
    candidacy = receive(cast, open_draft(cast, username="mbak.kartika"))
    url = _url("village-file", candidacy.uuid)
    client = cast.client("sari")
    client.get(url)
    with django_assert_max_num_queries(QUERIES_MAX):
        body = client.get(url).content.decode()
    assert candidacy.nik not in body
    assert "35••••••••••9001" in body
    assert "Pendidikan SMA" in body
    shown = client.post(_url("village-file-reveal", candidacy.uuid))
    assert candidacy.nik in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert candidacy.nik not in client.get(url).content.decode()


def test_the_applicant_sees_the_own_file_and_nobody_elses(
    cast: VillageCast, now: Callable[[Any], None]
) -> None:
    now(CHECKING)
    mine, other = make_applicants(cast, 2, state=ApplicationState.CHECKING)
    kartika = cast.client("kartika")
    assert kartika.get(_url("village-file", mine.uuid)).status_code == 200
    assert kartika.get(_url("village-file", other.uuid)).status_code == 404
    assert kartika.post(_url("village-file-reveal", mine.uuid)).status_code == 403
    home = kartika.get(_url("village-tasks"))
    assert str(mine.uuid) in home["Location"]


def test_every_page_of_a_file_is_closed_to_outsiders(
    cast: VillageCast, now: Callable[[Any], None]
) -> None:
    now(CHECKING)
    candidacy = receive(cast, open_draft(cast))
    document = bring(cast, candidacy, "diploma")
    pages = [
        _url("village-file", candidacy.uuid),
        _url("village-file-identity", candidacy.uuid),
        _url("village-file-receive", candidacy.uuid),
        _url("village-receipt", candidacy.uuid),
        _url("village-answer", candidacy.uuid, "terms"),
        _url("village-upload", candidacy.uuid, "diploma"),
        _url("village-document", candidacy.uuid, document.uuid),
        _url("village-verify", candidacy.uuid, document.uuid),
        _url("village-judge", candidacy.uuid),
        _url("village-ask", candidacy.uuid),
        _url("village-complete", candidacy.uuid),
        _url("village-decide", candidacy.uuid, "meninggal"),
        _url("village-ballot-entry", candidacy.uuid),
    ]
    sari, anonymous = cast.client("sari"), cast.client()
    outsiders = {name: cast.client(name) for name in ("mallory", "dewi", "darto", "bayu")}
    for url in pages:
        assert sari.get(url).status_code == 200, url
        assert anonymous.get(url).status_code == 302, url
        for name, client in outsiders.items():
            assert client.get(url).status_code == 404, (url, name)


def test_a_paper_is_a_sealed_download_and_never_a_page(
    cast: VillageCast, now: Callable[[Any], None]
) -> None:
    now(CHECKING)
    candidacy = receive(cast, open_draft(cast))
    document = bring(cast, candidacy, "diploma")
    answer = cast.client("sari").get(_url("village-document", candidacy.uuid, document.uuid))
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_answers_are_taken_by_forms_of_the_law(
    cast: VillageCast, now: Callable[[Any], None]
) -> None:
    now(CHECKING)
    candidacy = receive(cast, open_draft(cast))
    client = cast.client("rini")
    for requirement, data in (
        ("citizen", {"answer": "ya"}),
        ("declarations", {"answer": "ya"}),
        ("education", {"answer": "S1"}),
        ("incumbent_leave", {"holds": "ya", "released": "tidak"}),
        ("no_serious_conviction", {"convicted": "tidak"}),
        (
            "terms",
            {
                **{f"kind_{row}": "elected" for row in range(4)},
                "start_0": "2008-01-01",
                "end_0": "2014-01-01",
            },
        ),
    ):
        url = _url("village-answer", candidacy.uuid, requirement)
        data = {**data, "version": fresh(candidacy).version}
        answer = client.post(url, data)
        assert answer.status_code == 302, answer.content.decode()
    body = client.get(_url("village-file", candidacy.uuid)).content.decode()
    assert "Menjabat kepala desa 1 kali" in body
    assert "surat belum ada" in body


def test_a_stale_form_is_told_what_is_known_now_and_keeps_its_input(
    cast: VillageCast, now: Callable[[Any], None]
) -> None:
    now(CHECKING)
    candidacy = receive(cast, open_draft(cast))
    seen = fresh(candidacy).version
    bring(cast, candidacy, "diploma")
    answer = cast.client("slamet").post(
        _url("village-ask", candidacy.uuid), {"version": seen, "reason": "Bawa surat sehat asli"}
    )
    assert answer.status_code == 409
    body = answer.content.decode()
    assert "baru saja diubah" in body
    assert "Bawa surat sehat asli" in body


# --- Selection, drawing, proof -----------------------------------------------------------------


def test_the_score_pages_open_and_the_published_sheets_are_public(
    cast: VillageCast, now: Callable[[Any], None], django_assert_max_num_queries: Queries
) -> None:
    now(at(10, 30))
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
        proposed_at=at(9, 24),
        confirmed_by=cast.sari,
        confirmed_at=at(9, 24),
    )
    sari = cast.client("sari")
    items = cast.context.scoring_rules.items
    for place, candidacy in enumerate(made):
        for item in items:
            points = str(90 - place if item.id == "test" else 30)
            value = item.grades[0][0] if item.grades else points
            for person in (cast.sari, cast.slamet):
                ScoreEntry.objects.create(
                    candidacy=candidacy,
                    item_id=item.id,
                    value=value,
                    evidence=list(item.evidence),
                    entered_by=person,
                    entered_at=at(10, 30),
                )
    again = sari.post(
        _url("village-score", made[0].uuid, items[0].id),
        {"version": 1, "value": "30", "evidence": list(items[0].evidence)},
    )
    assert again.status_code == 302, again.content.decode()
    with django_assert_max_num_queries(QUERIES_MAX):
        assert sari.get(_url("village-scores")).status_code == 200
    assert sari.get(_url("village-scores-publish")).status_code == 200
    assert Client().get(_url("public-scores")).status_code == 404
    assert sari.post(_url("village-scores-publish"), {}).status_code == 302
    public = Client().get(_url("public-scores"))
    assert public.status_code == 200
    assert "Peringkat 6" in public.content.decode()
    assert sari.get(_url("village-scores-paper")).content.startswith(b"%PDF")


@pytest.mark.parametrize("method", [DrawingMethod.LOTS, DrawingMethod.COMMITMENTS])
def test_the_drawing_pages_open_for_committee_and_candidates(
    cast: VillageCast,
    now: Callable[[Any], None],
    method: DrawingMethod,
    django_assert_max_num_queries: Queries,
) -> None:
    now(DETERMINATION)
    make_applicants(cast, 2, state=ApplicationState.DETERMINED)
    opened = drawings.open_drawing(
        actor=cast.actor("sari", DETERMINATION),
        now=DETERMINATION,
        election_pk=cast.election.pk,
        method=method,
        place="Balai desa",
    )
    lot = opened.lots.get(position=1)
    for person in ("sari", "kartika"):
        client = cast.client(person)
        client.get(_url("village-drawing"))
        with django_assert_max_num_queries(QUERIES_MAX):
            assert client.get(_url("village-drawing")).status_code == 200
    names = [("village-lot-sign", "kertas"), ("village-lot-commit",), ("village-lot-reveal",)]
    for name, *rest in [*names, ("village-lot-arrival",), ("village-lot",)]:
        url = _url(name, lot.uuid, *rest)
        assert cast.client("sari").get(url).status_code == 200, url
        for person in ("mallory", "dewi"):
            assert cast.client(person).get(url).status_code in {403, 404}
    for name in ("village-attendee", "village-drawing-cancel", "village-drawing-close"):
        assert cast.client("sari").get(_url(name)).status_code == 200
    assert cast.client("sari").get(_url("village-drawing-paper")).content.startswith(b"%PDF")
    assert Client().get(_url("public-drawing")).status_code == 200


def test_a_commitment_that_does_not_open_is_refused_on_the_page_with_its_owner(
    cast: VillageCast, now: Callable[[Any], None]
) -> None:
    now(DETERMINATION)
    make_applicants(cast, 1, state=ApplicationState.DETERMINED)
    actor = cast.actor("sari", DETERMINATION)
    opened = drawings.open_drawing(
        actor=actor,
        now=DETERMINATION,
        election_pk=cast.election.pk,
        method=DrawingMethod.COMMITMENTS,
        place="Balai desa",
    )
    lot = opened.lots.get()
    sealed.submit_commitment(
        actor=actor, now=DETERMINATION, lot_uuid=lot.uuid, commitment="ab" * 32
    )
    sealed.seal_commitments(
        actor=actor, now=DETERMINATION, drawing_uuid=opened.uuid, expected_version=1
    )
    answer = cast.client("kartika").post(
        _url("village-lot-reveal", lot.uuid), {"salt": "01" * 16, "contribution": "02"}
    )
    assert answer.status_code == 422
    assert lot.party in answer.content.decode()


def test_the_proof_pages_open_for_committee_and_candidates(
    cast: VillageCast, now: Callable[[Any], None], django_assert_max_num_queries: Queries
) -> None:
    moment = at(11, 3)
    now(moment)
    made = make_applicants(cast, 2, state=ApplicationState.DETERMINED)
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
            photo=picture(),
        )
    sari = cast.client("sari")
    assert sari.post(_url("village-proof-create"), {}).status_code == 302
    proof = cast.election.setup_proofs.get()
    line = proof.signatures.get(candidacy=made[0])
    for person in ("sari", "kartika"):
        client = cast.client(person)
        client.get(_url("village-proof"))
        with django_assert_max_num_queries(QUERIES_MAX):
            assert client.get(_url("village-proof")).status_code == 200
    sign = _url("village-proof-sign", line.uuid, "sendiri")
    assert cast.client("kartika").post(sign, {"sha256": proof.sha256}).status_code == 302
    assert cast.client("darto").post(sign, {"sha256": proof.sha256}).status_code == 403
    assert cast.client("mallory").get(_url("village-proof")).status_code == 404
    assert sari.get(_url("village-proof-lock")).status_code == 200
    assert sari.get(_url("village-proof-paper")).content.startswith(b"%PDF")
    public = Client().get(_url("public-village"))
    assert public.content.decode().count("candidate-number") == 2
    photo = Client().get(reverse("elections:public-photo", args=[made[0].uuid]))
    assert photo["Content-Type"] == "image/jpeg"


# --- Council and public ------------------------------------------------------------------------


def test_the_council_hears_and_forwards_on_its_pages(
    cast: VillageCast, now: Callable[[Any], None]
) -> None:
    moment = at(11, 27)
    now(moment)
    report = submit_report(
        actor=cast.actor("sari", moment),
        now=moment,
        election_pk=cast.election.pk,
        kind=ReportKind.RESULT,
        reference="12/PPKD/2026",
        summary="Terlampir.",
    )
    bayu = cast.client("bayu")
    heard = bayu.post(_url("village-report-hear", report.uuid), {"version": 1, "note": "Rapat"})
    assert heard.status_code == 302
    forwarded = bayu.post(
        _url("village-report-forward", report.uuid), {"version": 2, "reference": "9/BPD/2026"}
    )
    assert forwarded.status_code == 302
    assert "9/BPD/2026" in bayu.get(_url("village-reports")).content.decode()


def test_the_notice_is_published_and_read_by_everybody(
    cast: VillageCast, now: Callable[[Any], None]
) -> None:
    now(at(8, 19))
    sari = cast.client("sari")
    draft = sari.get(_url("village-publish", "notice")).content.decode()
    assert "tidak dipungut biaya" in draft
    assert sari.post(_url("village-publish", "notice"), {}).status_code == 302
    assert sari.post(_url("village-publish", "notice"), {}).status_code == 409
    public = Client().get(_url("public-village")).content.decode()
    assert "tidak dipungut biaya" in public
    assert "15 + 10 hari" in public


def test_applicants_are_public_only_after_the_announcement_and_may_be_spoken_about(
    cast: VillageCast, now: Callable[[Any], None]
) -> None:
    now(CHECKING)
    (candidacy,) = make_applicants(cast, 1, state=ApplicationState.CHECKING)
    page = _url("public-village")
    assert candidacy.full_name not in Client().get(page).content.decode()
    publish_announcement(
        actor=cast.actor("rini", CHECKING),
        now=CHECKING,
        election_pk=cast.election.pk,
        kind=AnnouncementKind.APPLICANTS,
    )
    assert candidacy.full_name in Client().get(page).content.decode()
    url = _url("public-complain", candidacy.uuid)
    assert Client().get(url).status_code == 200
    words = {
        "content": "Ijazah yang dipakai bukan miliknya, saya teman sekolahnya.",
        "complainant_name": "Mbak Dewi",
        "contact": "0812",
    }
    trapped = Client().post(url, {**words, "website": "http://spam"})
    assert trapped.status_code == 400
    filed = Client().post(url, words)
    assert "Kode bukti" in filed.content.decode()
    inbox = cast.client("rini").get(_url("village-complaints")).content.decode()
    assert candidacy.full_name in inbox
    assert "Mbak Dewi" not in inbox


def test_open_data_names_no_applicant_and_no_number_of_a_person(cast: VillageCast) -> None:
    (candidacy,) = make_applicants(cast, 1, state=ApplicationState.CHECKING)
    answer = Client().get(_url("public-data"))
    body = answer.content.decode()
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert candidacy.full_name not in body
    assert candidacy.nik not in body
    assert Client().get(_url("public-steps-csv")).status_code == 200
    assert Client().get(_url("public-paper")).content.startswith(b"%PDF")
