"""The trail as a table: one page of it for the screen, all of it for a file."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pilkades.apps.audit.alerts import ALERT_WORDS
from pilkades.apps.audit.selectors import TrailEvent
from pilkades.apps.design.tables import DOWNLOAD, PAGE, Column, Table, build_table
from pilkades.apps.design.texts import translate
from pilkades.apps.oversight.selectors import TrailRow, ZoneBook, read_rows

PAGE_SIZE = 50
CHUNK_SIZE = 500
# A page is turned this far and no farther: counting and skipping a million events takes seconds.
MAX_SHOWN_ROWS = 10_000


class TrailPaginator(Paginator):  # type: ignore[type-arg]
    """The newest events of a selection, counted no farther than they are shown."""

    @cached_property
    def count(self) -> int:
        """How many events can be turned to."""
        return min(self._counted, MAX_SHOWN_ROWS)

    @property
    def has_more(self) -> bool:
        """Whether there are older ones that no page shows."""
        return self._counted > MAX_SHOWN_ROWS

    @cached_property
    def _counted(self) -> int:
        return count_up_to(self.object_list, limit=MAX_SHOWN_ROWS)  # type: ignore[arg-type]


def count_up_to(events: QuerySet[TrailEvent], *, limit: int) -> int:
    """The number of events, or one more than the limit where there are more."""
    return events.order_by()[: limit + 1].count()


def build_trail_table(*, paginator: TrailPaginator, query: QueryDict, zones: ZoneBook) -> Table:
    """The page that the address asks for. Names and alerts are read for these fifty rows only."""
    page = paginator.get_page(query.get(PAGE))
    rows = read_rows(list(page.object_list), zones=zones)
    table = build_table(
        caption=_("Peristiwa, yang terbaru di atas"),
        columns=COLUMNS,
        rows=rows,
        query=query,
        page_size=PAGE_SIZE,
        has_download=False,
    )
    return replace(
        table,
        page_number=page.number,
        page_count=page.paginator.num_pages,
        total=page.paginator.count,
        previous_url=_page_url(query, page, step=-1) if page.has_previous() else "",
        next_url=_page_url(query, page, step=1) if page.has_next() else "",
    )


def build_export_table(*, events: QuerySet[TrailEvent], query: QueryDict, zones: ZoneBook) -> Table:
    """All rows, read a chunk at a time, with the codes that the screen leaves out."""
    table = build_table(
        caption=_("Jejak audit"), columns=EXPORT_COLUMNS, rows=[], query=query, page_size=1
    )
    return replace(table, all_rows=_iterate_rows(events, zones))


def get_download_url(query: QueryDict, file_format: str) -> str:
    """The address of this very selection as a file."""
    changed = query.copy()
    changed.pop(PAGE, None)
    changed[DOWNLOAD] = file_format
    return f"?{changed.urlencode()}"


def _iterate_rows(events: QuerySet[TrailEvent], zones: ZoneBook) -> Iterator[TrailRow]:
    chunk: list[TrailEvent] = []
    for event in events.iterator(chunk_size=CHUNK_SIZE):
        chunk.append(event)
        if len(chunk) == CHUNK_SIZE:
            yield from read_rows(chunk, zones=zones)
            chunk = []
    yield from read_rows(chunk, zones=zones)


def _page_url(query: QueryDict, page: Page[TrailEvent], *, step: int) -> str:
    changed = query.copy()
    changed[PAGE] = str(page.number + step)
    return f"?{changed.urlencode()}"


def _write_actor(row: TrailRow) -> str:
    if not row.actor:
        return translate(_("Sistem"))
    return f"{row.actor} ({row.roles})" if row.roles else row.actor


def _write_alerts(row: TrailRow) -> str:
    return ", ".join(translate(ALERT_WORDS[alert]) for alert in row.alerts)


def _link_proof(row: TrailRow) -> str:
    return "" if row.index is None else reverse("audit:inclusion", args=[row.index])


COLUMNS = (
    Column(key="peristiwa", title=_("Peristiwa"), value="sentence", is_header=True),
    Column(key="waktu", title=_("Waktu"), value="moment"),
    Column(key="pelaku", title=_("Pelaku"), value=_write_actor),
    Column(key="wilayah", title=_("Wilayah"), value="region"),
    Column(key="pasal", title=_("Pasal"), value="article", kind="article"),
    Column(
        key="peringatan",
        title=_("Peringatan"),
        value=_write_alerts,
        kind="status",
        status=lambda row: "warn" if row.alerts else "",
    ),
    Column(key="entri", title=_("Entri"), value="index", kind="number", href=_link_proof),
)
EXPORT_COLUMNS = (
    *COLUMNS,
    Column(key="kode", title=_("Kode peristiwa"), value="event"),
    Column(key="perihal", title=_("Perihal"), value="subject"),
)
