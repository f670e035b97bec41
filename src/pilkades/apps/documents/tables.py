"""The lists of a page as a file: the same permission, filters and order, all rows.

A page asks after it has decided who may see it: what `?unduh=xlsx` sends is never more open than
the page. `table_response` sends a `Table`, `page_response` whatever lists a page shows, each as a
sheet of its own; the component `<c-export />` is the link to either.
"""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from pilkades.apps.design.tables import DOWNLOAD, Table
from pilkades.apps.design.texts import translate
from pilkades.apps.documents.spreadsheets import (
    Sheet,
    SheetColumn,
    csv_response,
    workbook_response,
    xlsx_response,
)

WIDTHS = {"number": 12, "money": 18, "short_date": 14, "date": 28, "moment": 18, "text": 28}


def is_download(request: HttpRequest) -> bool:
    """Whether the address asks for the lists of the page instead of the page."""
    return request.GET.get(DOWNLOAD) == "xlsx"


def page_response(*, filename: str, sheets: Sequence[Sheet]) -> HttpResponse:
    """The lists of a page as one workbook."""
    return workbook_response(filename=filename, sheets=sheets)


def table_response(*, request: HttpRequest, table: Table, filename: str) -> HttpResponseBase | None:
    """The download that the address asks for (`?unduh=xlsx` or `csv`), or None for the page."""
    columns = [
        SheetColumn(title=translate(column.title), width=WIDTHS.get(column.kind, 20))
        for column in table.columns
    ]
    match request.GET.get(DOWNLOAD):
        case "xlsx":
            return xlsx_response(filename=filename, columns=columns, rows=table.values())
        case "csv":
            return csv_response(filename=filename, columns=columns, rows=table.values())
        case _:
            return None
