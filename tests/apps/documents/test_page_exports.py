"""Every page with a table or a list of records gives its rows as XLSX, to whoever sees the page."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from openpyxl import load_workbook

from pilkades.apps.documents.spreadsheets import XLSX_TYPE
from pilkades.apps.elections.models import (
    AnnouncementKind,
    Candidacy,
    DrawingMethod,
    ReportKind,
    Wave,
    WaveStatus,
)
from pilkades.apps.elections.services import drawing as drawings
from pilkades.apps.elections.services.announce import publish_announcement
from pilkades.apps.elections.services.complaints import file_complaint
from pilkades.apps.elections.services.council_reports import submit_report
from pilkades.apps.regulations.models import PackVersion
from pilkades.law.application import ApplicationState
from tests.apps.village_cast import (
    DETERMINATION,
    VILLAGE,
    VillageCast,
    identity,
    make_applicants,
    make_village,
    open_draft,
    receive,
)

APPS = Path(settings.PACKAGE_DIR) / "apps"
FORMULA = "=HYPERLINK(1)"


@dataclass(frozen=True, slots=True)
class Stage:
    cast: VillageCast
    file: Candidacy


@pytest.fixture(scope="module")
def played(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: Any, django_db_blocker: Any
) -> Iterator[Stage]:
    """A village in which every list of records has at least one row."""
    home = tmp_path_factory.mktemp("berkas")
    with override_settings(MEDIA_ROOT=home), django_db_blocker.unblock(), transaction.atomic():
        cast = make_village()
        yield Stage(cast, _fill(cast))
        transaction.set_rollback(True)


def _fill(cast: VillageCast) -> Candidacy:
    actor = cast.actor("sari", DETERMINATION)
    Wave.objects.update(status=WaveStatus.DECREED, decree_number="1", decree_date=date(2026, 7, 1))
    files = make_applicants(cast, 3)
    file_complaint(
        now=DETERMINATION,
        candidacy_uuid=files[0].uuid,
        complainant_name="Pak Joko",
        contact="081200000000",
        content="Ijazahnya perlu diperiksa lagi.",
    )
    election_pk = cast.election.pk
    submit_report(
        actor=actor,
        now=DETERMINATION,
        election_pk=election_pk,
        kind=ReportKind.PROGRESS,
        reference="1/PAN/2026",
        summary=FORMULA,
        paper=b"",
    )
    publish_announcement(
        actor=actor,
        now=DETERMINATION,
        election_pk=election_pk,
        kind=AnnouncementKind.OTHER,
        title="@pengumuman",
        body="+Isi",
    )
    Candidacy.objects.filter(pk__in=[file.pk for file in files]).update(
        state=ApplicationState.DETERMINED
    )
    drawings.open_drawing(
        actor=actor,
        now=DETERMINATION,
        election_pk=election_pk,
        method=DrawingMethod.LOTS,
        place="Balai desa",
    )
    extra = _add_eligible(cast)
    Candidacy.objects.filter(pk=extra.pk).update(full_name="-Formula")
    return files[0]


def _add_eligible(cast: VillageCast) -> Candidacy:
    """One who is still eligible, so that the score sheets are not empty."""
    made = receive(cast, open_draft(cast, identity("Hartini", serial=9300)))
    Candidacy.objects.filter(pk=made.pk).update(state=ApplicationState.ELIGIBLE)
    return made


@pytest.fixture
def stage(played: Stage, db: None, monkeypatch: pytest.MonkeyPatch) -> Stage:
    monkeypatch.setattr("pilkades.apps.design.clock.now", lambda: DETERMINATION)
    return played


def _wave(name: str) -> Callable[[Stage], str]:
    return lambda s: reverse(f"elections:{name}", args=[s.cast.election.wave.uuid])


def _village(name: str) -> Callable[[Stage], str]:
    return lambda s: reverse(f"elections:{name}", args=[VILLAGE])


def _pack() -> PackVersion:
    return PackVersion.objects.get(region_code="35.05")


def _compare(stage: Stage) -> str:
    pack = _pack()
    return f"{reverse('regulations:compare')}?a={pack.base.uuid}&b={pack.uuid}"  # type: ignore[union-attr]


# Who opens it, where; a page for everybody is opened by nobody in particular.
PAGES: dict[str, tuple[str, Callable[[Stage], str]]] = {
    "elections/desk/home.html": ("desk", lambda s: reverse("elections:desk")),
    "elections/desk/wave.html": ("desk", _wave("wave")),
    "elections/desk/villages.html": ("desk", _wave("wave-villages")),
    "elections/desk/board.html": ("desk", _wave("wave-board")),
    "elections/desk/alarms.html": ("desk", _wave("wave-alarms")),
    "elections/desk/calendar.html": ("desk", _wave("wave-calendar")),
    "elections/desk/decree.html": ("desk", _wave("wave-decree")),
    "elections/desk/whatif.html": (
        "desk",
        lambda s: (
            f"{_wave('wave-whatif')(s)}?poll_date_day=30&poll_date_month=11&poll_date_year=2026"
            f"&pack={_pack().uuid}"
        ),
    ),
    "elections/desk/village.html": (
        "desk",
        lambda s: reverse("elections:village-timetable", args=[s.cast.election_uuid]),
    ),
    "elections/desk/inbox.html": ("camat", lambda s: reverse("elections:inbox")),
    "elections/village/tasks.html": ("sari", _village("village-tasks")),
    "elections/village/hamlets.html": ("sari", _village("village-hamlets")),
    "elections/village/committee.html": ("sari", _village("village-committee")),
    "elections/village/files.html": ("sari", _village("village-files")),
    "elections/village/file.html": (
        "sari",
        lambda s: reverse("elections:village-file", args=[VILLAGE, s.file.uuid]),
    ),
    "elections/village/complaints.html": ("sari", _village("village-complaints")),
    "elections/village/scores.html": ("sari", _village("village-scores")),
    "elections/village/announcements.html": ("sari", _village("village-announcements")),
    "elections/village/drawing.html": ("sari", _village("village-drawing")),
    "elections/village/proof.html": ("sari", _village("village-proof")),
    "elections/village/reports.html": ("sari", _village("village-reports")),
    "elections/village/path.html": ("sari", _village("village-path")),
    "elections/public/wave.html": ("", _wave("public-wave")),
    "elections/public/village.html": ("", _village("public-village")),
    "elections/public/drawing.html": ("", _village("public-drawing")),
    "regulations/index.html": ("", lambda s: reverse("regulations:index")),
    "regulations/version.html": (
        "",
        lambda s: reverse("regulations:version", args=[_pack().uuid]),
    ),
    "regulations/compare.html": ("", _compare),
    "regions/search.html": ("", lambda s: f"{reverse('regions:search')}?induk=35.05.01"),
    "accounts/people.html": ("desk", lambda s: reverse("accounts:people")),
    "accounts/person.html": (
        "desk",
        lambda s: reverse("accounts:person", args=[s.cast.camat.uuid]),
    ),
}
# Lists of these appear only after an act of their own; their export is asked for all the same.
EMPTY_HERE = {
    "elections/village/hamlets.html",
    "elections/village/proof.html",
    "elections/village/path.html",
}
# Everybody who holds an office opens these, each to see their own.
OF_ONES_OWN = {"elections/desk/inbox.html", "elections/desk/home.html", "accounts/people.html"}
# Tables without an export, each with its reason.
EXEMPT = {
    "design/gallery.html": "shows the components, not records",
    "design/table.html": "the component itself; cotton/table.html carries the link",
    "cotton/table.html": "the component itself",
    "cotton/month.html": "the component itself; the calendar's page carries the link",
    "elections/desk/alarm_list.html": "a part of wave, alarms and inbox, which carry the link",
    "mfa/webauthn/authenticator_list.html": "the keys of one's own account: actions, no records",
    "logistics/package.html": "one package; the list of packages carries the link",
    "roll/duplicates/sheet.html": "two people side by side; the list of pairs carries the link",
    "roll/stations/changes.html": "a part of the proposal",
    "roll/stations/proposal.html": "a proposal that is decided; the stations carry the link",
    "regulations/upload.html": "findings on a file of the visitor, which nothing has stored",
}

# Apps whose own page tests download what their tables show.
OF_THEIR_OWN_TESTS = ("roll/", "officers/", "logistics/")


def _open(stage: Stage, name: str) -> tuple[Client, str]:
    person, url = PAGES[name]
    return stage.cast.client(person), url(stage)


def _export_url(url: str) -> str:
    return f"{url}{'&' if '?' in url else '?'}unduh=xlsx"


def _read(answer: Any) -> list[list[Any]]:
    book = load_workbook(io.BytesIO(answer.content))
    return [list(row) for sheet in book for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize("name", PAGES)
def test_the_page_links_to_its_rows_and_they_come(stage: Stage, name: str) -> None:
    client, url = _open(stage, name)
    page = client.get(url)
    assert page.status_code == 200
    assert name in {template.name for template in page.templates}

    links = re.findall(r'href="([^"]*unduh=xlsx[^"]*)"', page.content.decode())
    assert links or name in EMPTY_HERE, f"{name} has no export"
    wanted = links[0].replace("&amp;", "&") if links else _export_url(url)
    address = wanted if wanted.startswith("/") else url.partition("?")[0] + wanted
    answer = client.get(address)
    assert answer["Content-Type"] == XLSX_TYPE
    assert answer["Content-Disposition"].startswith("attachment")
    rows = _read(answer)
    assert len(rows) > 1 or name in EMPTY_HERE, f"{name} exports no rows"


@pytest.mark.parametrize("name", [name for name, (person, _) in PAGES.items() if person])
@pytest.mark.parametrize("outsider", ["", "mallory", "dewi"])
def test_an_outsider_gets_the_export_no_more_than_the_page(
    stage: Stage, name: str, outsider: str
) -> None:
    _, url = _open(stage, name)
    client = stage.cast.client(outsider)
    page, export = client.get(url), client.get(_export_url(url))
    assert export.status_code == page.status_code
    if name in OF_ONES_OWN and export.status_code == 200:
        # Mallory has an inbox, waves and people of her own: what she gets is hers.
        assert VILLAGE not in str(_read(export))
        assert "Wonodadi 1" not in str(_read(export))
    else:
        assert page.status_code in {302, 403, 404}
        assert export.get("Content-Type") != XLSX_TYPE


def test_no_cell_of_an_export_is_a_formula(stage: Stage) -> None:
    for name in ("reports", "announcements", "scores", "files"):
        client, url = _open(stage, f"elections/village/{name}.html")
        book = load_workbook(io.BytesIO(client.get(_export_url(url)).content))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        texts = [cell for cell in cells if str(cell.value).lstrip("'")[:1] in set("=+-@")]
        assert texts, f"{name} was to hold a text that looks like a formula"
        assert all(cell.data_type == "s" and cell.value.startswith("'") for cell in texts)


def test_an_export_keeps_the_filters_of_its_page(stage: Stage) -> None:
    client, url = _open(stage, "elections/desk/board.html")
    rows = _read(client.get(f"{url}?cari=wonodadi+2&unduh=xlsx"))
    assert [row[1] for row in rows[1:]] == ["Desa Wonodadi 2"]


def test_complaints_go_out_without_the_person_who_complained(stage: Stage) -> None:
    client, url = _open(stage, "elections/village/complaints.html")
    written = str(_read(client.get(_export_url(url))))
    assert "Joko" not in written
    assert "0812" not in written
    assert "Ijazahnya" not in written


def _list_templates() -> dict[str, str]:
    return {
        str(path.relative_to(folder)): path.read_text()
        for folder in APPS.glob("*/templates")
        for path in folder.rglob("*.html")
    }


def test_no_template_with_a_table_is_without_an_export() -> None:
    for name, text in _list_templates().items():
        has_table = "<table" in text or "<c-table" in text or "<c-month" in text
        if not has_table or name in EXEMPT:
            continue
        has_export = "<c-export" in text or ":table=" in text
        assert has_export, f"{name} has a table and no <c-export />"


def test_every_template_with_an_export_is_walked_by_these_tests() -> None:
    walked = {*PAGES, "elections/public/scores.html", "regulations/article.html"}
    walked |= {"oversight/trail.html"}
    for name, text in _list_templates().items():
        if name.startswith(OF_THEIR_OWN_TESTS):
            continue
        if "<c-export" in text or ("<c-table" in text and ":table=" in text):
            assert name in walked | set(EXEMPT), f"{name} exports rows that no test opens"
