"""On English pages the names that a rule pack brings along are read in its English."""

import html

from django.test import Client
from django.urls import reverse

from pilkades.apps.regulations.selectors import get_rule_pack
from tests.apps.village_cast import VILLAGE, VillageCast, open_draft


def _in_english(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    return client


def test_no_requirement_or_document_is_named_in_indonesian_on_the_english_file_page(
    cast: VillageCast,
) -> None:
    candidacy = open_draft(cast)
    client = _in_english(cast.client("sari"))
    page = client.get(reverse("elections:village-file", args=[VILLAGE, candidacy.uuid]))
    shown = html.unescape(page.content.decode())
    rules = cast.context.eligibility_rules
    for item in (*rules.conditions, *rules.documents):
        assert item.name not in shown, item.id
    assert "Indonesian citizen" in shown
    assert "National identity card" in shown
    assert "Fill in" in shown


def test_the_issuer_of_a_paper_is_named_in_english_where_it_is_handed_in(
    cast: VillageCast,
) -> None:
    candidacy = open_draft(cast)
    url = reverse("elections:village-upload", args=[VILLAGE, candidacy.uuid, "court_letter"])
    shown = _in_english(cast.client("sari")).get(url).content.decode()
    assert "District court" in shown
    assert "Pengadilan negeri" not in shown


def test_the_pack_itself_is_read_in_english(cast: VillageCast) -> None:
    version = cast.election.wave.pack
    client = _in_english(cast.client("desk"))
    shown = ""
    for group in ("eligibility", "ballot", "procedure"):
        first = get_rule_pack(version).table(group)[0]
        url = reverse("regulations:version-rule", args=[version.uuid, f"{group}-{first.id}"])
        shown += html.unescape(client.get(url).content.decode())
    assert "Indonesian citizen" in shown
    assert "The ballot is not signed by the chair of the committee." in shown
    assert "Surat suara tidak ditandatangani" not in shown
    assert "Ketua, anggota, petugas keamanan" not in shown
