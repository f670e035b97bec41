"""Tables that sort, filter, search and page by their address alone, and become cards on a phone.

A view describes columns and filters once and gives rows, a list or a queryset; the component
`<c-table :table>` shows the page asked for, and `documents.services.table_response` sends the same
rows, all of them, as a spreadsheet.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.functional import Promise

from pilkades.text import Text

Words = Text | Promise | str
Kind = Literal["text", "number", "money", "date", "short_date", "moment", "status", "article"]

SORT, PAGE, SEARCH, DOWNLOAD = "urut", "hal", "cari", "unduh"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: where its value comes from, how it is written, and by what it is sorted.

    `value` is the name of an attribute (dots go deeper) or a function of the row; `sort` the name
    of a database field, or for a list a function of the row; without it the column is not sorted.
    `href` links the cell, `status` gives the kind of its status tag.
    """

    key: str
    title: Words
    value: str | Callable[[Any], Any] = ""
    kind: Kind = "text"
    sort: str | Callable[[Any], Any] | None = None
    href: Callable[[Any], str] | None = None
    status: Callable[[Any], str] | None = None
    is_header: bool = False

    def read(self, row: Any) -> Any:
        """The value of this column in a row."""
        if callable(self.value):
            return self.value(row)
        return _walk(row, self.value or self.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A choice that narrows the rows; `test` is a database field or a function (row, chosen)."""

    key: str
    title: Words
    options: Sequence[tuple[str, Words]]
    test: str | Callable[[Any, str], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    key: str
    title: Words
    kind: Kind
    sort_url: str
    direction: Literal["", "ascending", "descending"]

    @property
    def css_class(self) -> str:
        """How the column is aligned."""
        return _css_class(self.kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    title: Words
    kind: Kind
    value: Any
    href: str
    status: str
    is_header: bool

    @property
    def css_class(self) -> str:
        """How the cell is aligned."""
        return _css_class(self.kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterState:
    key: str
    title: Words
    options: Sequence[tuple[str, Words]]
    chosen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What the component shows, and all rows for the download."""

    caption: Words
    headers: Sequence[Header]
    rows: Sequence[Sequence[Cell]]
    filters: Sequence[FilterState]
    has_search: bool
    search: str
    sort: str
    is_narrowed: bool
    page_number: int
    page_count: int
    total: int
    previous_url: str
    next_url: str
    download_url: str
    columns: Sequence[Column]
    all_rows: Iterable[Any]

    @property
    def has_sort(self) -> bool:
        """Whether any column can be sorted."""
        return any(header.sort_url for header in self.headers)

    def values(self) -> Iterator[list[Any]]:
        """Every row that the filters let through, unpaged, as plain values."""
        for row in self.all_rows:
            yield [column.read(row) for column in self.columns]


def build_table(
    *,
    caption: Words,
    columns: Sequence[Column],
    rows: Sequence[Any] | QuerySet[Any],
    query: QueryDict,
    filters: Sequence[Filter] = (),
    search: Sequence[str] = (),
    page_size: int = 50,
    has_download: bool = True,
) -> Table:
    """Narrow, sort and cut the rows as the address asks; what it asks wrongly is ignored.

    `search` names database fields, or for a list attributes, in which the searched words may stand.
    """
    chosen = {item.key: _chosen(item, query) for item in filters}
    words = query.get(SEARCH, "").strip() if search else ""
    sort = _known_sort(query.get(SORT, ""), columns)
    kept = _narrow(rows, filters=filters, chosen=chosen, words=words, search=search)
    ordered = _order(kept, sort=sort, columns=columns)
    page = Paginator(ordered, page_size).get_page(query.get(PAGE))
    return Table(
        caption=caption,
        headers=[_header(column, sort=sort, query=query) for column in columns],
        rows=[[_cell(column, row) for column in columns] for row in page.object_list],
        filters=[
            FilterState(key=f.key, title=f.title, options=f.options, chosen=chosen[f.key])
            for f in filters
        ],
        has_search=bool(search),
        search=words,
        sort=sort,
        is_narrowed=bool(words or any(chosen.values())),
        page_number=page.number,
        page_count=page.paginator.num_pages,
        total=page.paginator.count,
        previous_url=_url(query, {PAGE: str(page.number - 1)}) if page.has_previous() else "",
        next_url=_url(query, {PAGE: str(page.number + 1)}) if page.has_next() else "",
        download_url=_url(query, {DOWNLOAD: "xlsx", PAGE: ""}) if has_download else "",
        columns=columns,
        all_rows=ordered,
    )


def _css_class(kind: Kind) -> str:
    # A tag and an article are components inside the cell; their names may not style the cell.
    return "" if kind in ("status", "article") else kind


def _chosen(item: Filter, query: QueryDict) -> str:
    value = query.get(item.key, "")
    return value if value in {key for key, _ in item.options} else ""


def _known_sort(asked: str, columns: Sequence[Column]) -> str:
    known = {column.key for column in columns if column.sort is not None}
    return asked if asked.removeprefix("-") in known else ""


def _narrow(
    rows: Sequence[Any] | QuerySet[Any],
    *,
    filters: Sequence[Filter],
    chosen: dict[str, str],
    words: str,
    search: Sequence[str],
) -> Sequence[Any] | QuerySet[Any]:
    active = [(item.test, chosen[item.key]) for item in filters if chosen[item.key]]
    if isinstance(rows, QuerySet):
        for test, value in active:
            if isinstance(test, str):
                rows = rows.filter(**{test: value})
        for word in words.split():
            rows = rows.filter(_any_field(search, word))
        return rows
    return [
        row
        for row in rows
        if all(_passes(row, test, value) for test, value in active)
        and all(_mentions(row, search, word) for word in words.split())
    ]


def _any_field(fields: Sequence[str], word: str) -> Q:
    condition = Q()
    for name in fields:
        condition |= Q(**{f"{name}__icontains": word})
    return condition


def _passes(row: Any, test: str | Callable[[Any, str], bool], value: str) -> bool:
    return str(_walk(row, test)) == value if isinstance(test, str) else test(row, value)


def _mentions(row: Any, names: Sequence[str], word: str) -> bool:
    return any(word.casefold() in str(_walk(row, name)).casefold() for name in names)


def _order(
    rows: Sequence[Any] | QuerySet[Any], *, sort: str, columns: Sequence[Column]
) -> Sequence[Any] | QuerySet[Any]:
    column = next((c for c in columns if c.key == sort.removeprefix("-")), None)
    if column is None or column.sort is None:
        return rows
    is_descending, by = sort.startswith("-"), column.sort
    if isinstance(rows, QuerySet):
        if callable(by):
            raise TypeError(f"column {column.key!r} of a queryset is sorted by a field's name")
        return rows.order_by(f"-{by}" if is_descending else by, "pk")
    read = by if callable(by) else lambda row: _walk(row, by)
    present = [row for row in rows if read(row) is not None]
    absent = [row for row in rows if read(row) is None]
    return sorted(present, key=read, reverse=is_descending) + absent


def _header(column: Column, *, sort: str, query: QueryDict) -> Header:
    is_current = sort.removeprefix("-") == column.key
    is_descending = is_current and sort.startswith("-")
    following = f"-{column.key}" if is_current and not is_descending else column.key
    return Header(
        key=column.key,
        title=column.title,
        kind=column.kind,
        sort_url=_url(query, {SORT: following, PAGE: ""}) if column.sort is not None else "",
        direction=("descending" if is_descending else "ascending") if is_current else "",
    )


def _cell(column: Column, row: Any) -> Cell:
    return Cell(
        title=column.title,
        kind=column.kind,
        value=column.read(row),
        href=column.href(row) if column.href else "",
        status=column.status(row) if column.status else "",
        is_header=column.is_header,
    )


def _url(query: QueryDict, changes: dict[str, str]) -> str:
    changed = query.copy()
    for key, value in changes.items():
        changed.pop(key, None)
        if value:
            changed[key] = value
    return f"?{changed.urlencode()}"


def _walk(row: Any, path: str) -> Any:
    value = row
    for name in path.replace("__", ".").split("."):
        if value is None:
            return None
        value = value[name] if isinstance(value, dict) else getattr(value, name)
        if callable(value):
            value = value()
    return value
