"""A table of the screen as a file: the same columns, filters and order, all rows."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from pilkades.apps.design.tables import DOWNLOAD, Table
from pilkades.apps.design.texts import translate
from pilkades.apps.documents.spreadsheets import SheetColumn, csv_response, xlsx_response

WIDTHS = {"number": 12, "money": 18, "short_date": 14, "date": 28, "moment": 18, "text": 28}


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
