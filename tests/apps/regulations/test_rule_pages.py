"""The pages about rules, each with somebody who may not."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from pilkades.apps.regulations import selectors, services
from pilkades.apps.regulations.models import PackVersion
from pilkades.packfiles import find_pack_source
from tests.apps.desk_cast import NOW, REGENCY, Cast

MAX_QUERIES = 15


def _draft(cast: Cast) -> PackVersion:
    data = find_pack_source("blitar-2026").replace(b'"2026.1"', b'"2026.2"', 1)
    return services.propose_pack(actor=cast.actor("desk"), now=NOW, region_code=REGENCY, data=data)


def _upload(cast: Cast, data: bytes, name: str = "desk") -> object:
    file = SimpleUploadedFile("paket.toml", data)
    return cast.client(name).post(reverse("regulations:upload"), {"file": file})


def test_everybody_reads_an_adopted_pack(blitar: PackVersion, client: Client) -> None:
    page = client.get(reverse("regulations:version", args=[blitar.uuid]))

    assert page.status_code == 200
    assert "wave.max_waves" in page.text


def test_filter_shows_only_what_needs_verification(blitar: PackVersion, client: Client) -> None:
    url = reverse("regulations:version", args=[blitar.uuid])
    page = client.get(url, {"saring": "verifikasi"})

    assert "wave.max_waves" in page.text
    assert "term.years" not in page.text
    assert "Perlu verifikasi" in page.text


def test_search_finds_a_rule_by_its_article(blitar: PackVersion, client: Client) -> None:
    url = reverse("regulations:version", args=[blitar.uuid])

    page = client.get(url, {"cari": "Permendagri 65/2017"})

    assert "wave.max_waves" in page.text
    assert "term.years" not in page.text


def test_pages_of_rules_take_few_queries(
    blitar: PackVersion, cast: Cast, django_assert_max_num_queries: object
) -> None:
    selectors.get_rule_pack(blitar)
    desk = cast.client("desk")
    for url in (
        reverse("regulations:index"),
        reverse("regulations:version", args=[blitar.uuid]),
        reverse("regulations:version-rule", args=[blitar.uuid, "wave.max_waves"]),
        reverse("regulations:compare") + f"?a={blitar.base.uuid}&b={blitar.uuid}",
    ):
        with django_assert_max_num_queries(MAX_QUERIES):  # type: ignore[operator]
            assert desk.get(url).status_code == 200


def test_proposal_does_not_exist_for_strangers(
    blitar: PackVersion, cast: Cast, client: Client
) -> None:
    url = reverse("regulations:version", args=[_draft(cast).uuid])

    assert client.get(url).status_code == 404
    assert cast.client("mallory").get(url).status_code == 404
    assert cast.client("second").get(url).status_code == 200


def test_article_reference_leads_to_the_only_rule(blitar: PackVersion, client: Client) -> None:
    page = client.get(
        reverse("regulations:article"), {"pasal": "putusan mk  128/PUU-XIII/2015"}, follow=True
    )

    assert "candidate.village_residence_required" in page.text


def test_unknown_article_is_explained_not_an_error(blitar: PackVersion, client: Client) -> None:
    page = client.get(reverse("regulations:article"), {"pasal": "<b>Pasal 999</b>"})

    assert page.status_code == 200
    assert "<b>Pasal 999" not in page.text


def test_permanent_address_of_a_rule_shows_the_pack_in_force(
    blitar: PackVersion, client: Client
) -> None:
    page = client.get(reverse("regulations:rule", args=["blitar-2026", "wave.max_waves"]))

    assert page.status_code == 200
    assert "Permendagri 65/2017 pasal 4" in page.text


def test_unknown_rule_is_not_found(blitar: PackVersion, client: Client) -> None:
    address = reverse("regulations:rule", args=["blitar-2026", "no.such"])

    assert client.get(address).status_code == 404


def test_upload_shows_every_error_with_its_line_and_saves_nothing(
    blitar: PackVersion, cast: Cast
) -> None:
    before = PackVersion.objects.count()
    faulty = find_pack_source("blitar-2026") + b'\n[[rule]]\nid = "no.such"\nvalue = 1\n'

    page = _upload(cast, faulty)

    assert page.status_code == 400  # type: ignore[attr-defined]
    assert "Temuan menurut baris" in page.text  # type: ignore[attr-defined]
    assert PackVersion.objects.count() == before


def test_upload_then_proposal_keeps_the_exact_bytes(blitar: PackVersion, cast: Cast) -> None:
    data = find_pack_source("blitar-2026").replace(b'"2026.1"', b'"2026.3"', 1)
    desk = cast.client("desk")
    page = desk.post(
        reverse("regulations:upload"), {"file": SimpleUploadedFile("paket.toml", data)}
    )
    source = page.context["propose_form"]["source"].value()

    # A browser turns the line ends of a form field into CR LF.
    answer = desk.post(
        reverse("regulations:propose"), {"source": source.replace("\n", "\r\n")}, follow=True
    )

    assert answer.status_code == 200
    assert PackVersion.objects.latest("pk").source.encode() == data


@pytest.mark.parametrize("outsider", ["dewi", "camat"])
def test_outsider_cannot_open_the_upload_page(
    blitar: PackVersion, cast: Cast, outsider: str
) -> None:
    assert cast.client(outsider).get(reverse("regulations:upload")).status_code == 403


def test_visitor_is_asked_to_sign_in_before_uploading(blitar: PackVersion, client: Client) -> None:
    answer = client.get(reverse("regulations:upload"))

    assert answer.status_code == 302
    assert "next=" in answer["Location"]


def test_second_person_adopts_on_the_page(blitar: PackVersion, cast: Cast) -> None:
    draft = _draft(cast)
    form = {"effective_date": "2026-09-01", "version": 1}
    url = reverse("regulations:adopt", args=[draft.uuid])

    assert cast.client("desk").post(url, form).status_code == 422
    assert cast.client("mallory").post(url, form).status_code == 404
    assert cast.client("second").post(url, form).status_code == 302
    draft.refresh_from_db()
    assert draft.status == "adopted"


def test_short_evidence_comes_back_with_the_words_kept(blitar: PackVersion, cast: Cast) -> None:
    url = reverse("regulations:approve", args=[blitar.uuid, "wave.max_waves"])
    row = selectors.find_entry_row(selectors.get_plain_pack(blitar), "wave.max_waves")
    assert row is not None

    page = cast.client("desk").post(url, {"reference": "pendek", "digest": row.digest})

    assert page.status_code == 400
    assert "pendek" in page.text


def test_comparison_names_what_differs(blitar: PackVersion, client: Client) -> None:
    assert blitar.base is not None
    page = client.get(reverse("regulations:compare"), {"a": blitar.base.uuid, "b": blitar.uuid})

    assert "timetable.poll_day_rule" in page.text or "station.officers_appointed_by" in page.text


def test_table_of_rules_is_exported(blitar: PackVersion, client: Client) -> None:
    url = reverse("regulations:version", args=[blitar.uuid])
    answer = client.get(url, {"unduh": "xlsx"})

    assert answer["Content-Disposition"].startswith("attachment")
    assert answer.content[:2] == b"PK"


def test_comparison_is_exported(blitar: PackVersion, client: Client) -> None:
    assert blitar.base is not None
    asked = {"a": blitar.base.uuid, "b": blitar.uuid, "unduh": "xlsx"}

    assert client.get(reverse("regulations:compare"), asked).content[:2] == b"PK"


def test_a_pack_is_in_force_from_its_own_date_not_from_that_of_its_oldest_value(
    blitar: PackVersion, client: Client
) -> None:
    national = PackVersion.objects.get(pack_id="nasional")
    oldest = min(rule.effective_date for rule in selectors.get_plain_pack(national).rules.values())
    page = client.get(reverse("regulations:index")).text

    assert oldest.year == 2016, "the ruling on residence is older than the pack"
    assert "25 April 2024" in page
    assert "2016" not in page


def test_adopting_starts_from_the_date_that_the_pack_itself_names(cast: Cast) -> None:
    services.install_shipped_pack(data=find_pack_source("nasional"), now=NOW)
    draft = _draft(cast)
    page = cast.client("second").get(reverse("regulations:version", args=[draft.uuid])).text

    assert 'value="2026-07-06"' in page
