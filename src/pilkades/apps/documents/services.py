"""What other apps may ask of this one: papers, codes, spreadsheets.

Allowed: everybody; the caller has decided who may see what it hands over. Effects: none.
"""

from pilkades.apps.documents.papers import PaperRecord, photo_svg, render_pdf
from pilkades.apps.documents.qr import qr_png, qr_svg
from pilkades.apps.documents.responses import pdf_response
from pilkades.apps.documents.spreadsheets import (
    Sheet,
    SheetColumn,
    build_xlsx,
    csv_response,
    xlsx_response,
)
from pilkades.apps.documents.tables import is_download, page_response, table_response
from pilkades.apps.documents.words import date_in_words, place_and_date

__all__ = [
    "PaperRecord",
    "Sheet",
    "SheetColumn",
    "build_xlsx",
    "csv_response",
    "date_in_words",
    "is_download",
    "page_response",
    "pdf_response",
    "photo_svg",
    "place_and_date",
    "qr_png",
    "qr_svg",
    "render_pdf",
    "table_response",
    "xlsx_response",
]
