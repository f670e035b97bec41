"""The lists of the public pages as sheets: what everybody sees, all rows, nothing more."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext

from pilkades.apps.design.texts import translate
from pilkades.apps.documents.services import Sheet, SheetColumn
from pilkades.apps.elections.models import DrawingLot
from pilkades.apps.elections.selectors.public import PublicVillage
from pilkades.apps.elections.words import name_stage, name_state, name_step


def list_public_rows(page: PublicVillage) -> list[Sheet]:
    """The lists of a village's public page."""
    steps = Sheet(
        title=gettext("Tahapan"),
        columns=[
            gettext("Tahap"),
            SheetColumn(title=gettext("Tahapan"), width=40),
            SheetColumn(title=gettext("Mulai"), width=14),
            SheetColumn(title=gettext("Selesai"), width=14),
            gettext("Keadaan"),
            gettext("Pasal"),
        ],
        rows=(
            [
                name_stage(item.step.stage),
                name_step(item.step),
                item.step.start_date,
                item.step.end_date,
                name_state(item.state),
                item.step.article,
            ]
            for item in page.progress.steps
        ),
    )
    candidates = Sheet(
        title=gettext("Calon"),
        columns=[gettext("Nomor urut"), gettext("Nama"), gettext("Keterangan")],
        rows=(
            [item.ballot_number, item.ballot_name, item.public_disclosure]
            for item in page.candidates
        ),
    )
    announcements = Sheet(
        title=gettext("Pengumuman"),
        columns=[
            gettext("Judul"),
            SheetColumn(title=gettext("Isi"), width=60),
            gettext("Dasar"),
            gettext("Diterbitkan"),
        ],
        rows=(
            [
                item.title,
                " ".join(translate(text) for text in item.sentences),
                item.article,
                item.published_at,
            ]
            for item in page.announcements
        ),
    )
    members = Sheet(
        title=gettext("Panitia"),
        columns=[gettext("Nama"), gettext("Kedudukan")],
        rows=([item.full_name, item.get_position_display()] for item in page.members),
    )
    return [steps, candidates, announcements, members]


def list_public_lot_rows(lots: Sequence[DrawingLot], *, is_closed: bool) -> Sheet:
    """The drawing as anybody may see it: no number before it is closed."""
    return Sheet(
        title=gettext("Pengundian nomor urut"),
        columns=[
            gettext("Calon"),
            gettext("Nomor urut"),
            gettext("Komitmen"),
            gettext("Garam"),
            gettext("Sumbangan"),
        ],
        rows=(
            [
                lot.party,
                lot.number if is_closed else None,
                lot.commitment,
                lot.salt if lot.revealed_at else "",
                lot.contribution if lot.revealed_at else "",
            ]
            for lot in lots
        ),
    )


def list_public_score_rows(rows: Iterable[dict[str, Any]]) -> Sheet:
    """The published sheets of the extra selection, one row for each item."""
    return Sheet(
        title=gettext("Seleksi tambahan"),
        columns=[
            gettext("Urutan"),
            gettext("Nama"),
            gettext("Lolos"),
            gettext("Jumlah"),
            gettext("Unsur"),
            gettext("Isi"),
            gettext("Nilai"),
            gettext("Bobot (%)"),
            gettext("Hasil"),
            gettext("Dasar"),
        ],
        rows=(
            [
                row["place"],
                row["applicant"],
                row["is_admitted"],
                row["total"],
                line["name"],
                line["value"],
                line["points"],
                line["weight_percent"],
                line["product"],
                line["article"],
            ]
            for row in rows
            for line in row["lines"]
        ),
    )
