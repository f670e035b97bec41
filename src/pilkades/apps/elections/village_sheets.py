"""The lists of a village's workspace as sheets: what the page shows, all rows, nothing more."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext, gettext_noop

from pilkades.apps.design.stored_texts import thaw_texts
from pilkades.apps.design.texts import translate
from pilkades.apps.documents.services import Sheet, SheetColumn
from pilkades.apps.elections.models import (
    Announcement,
    CommitteeMember,
    CouncilReport,
    DrawingAttendee,
    DrawingLot,
    SetupProof,
    SetupProofSignature,
)
from pilkades.apps.elections.selectors.tasks import TaskState

TASK_STATES = {
    TaskState.NEXT: gettext_noop("Langkah berikutnya"),
    TaskState.TODO: gettext_noop("Juga perlu dikerjakan"),
    TaskState.WAITING: gettext_noop("Menunggu waktunya"),
    TaskState.DONE: gettext_noop("Sudah dikerjakan"),
}


def list_task_rows(tasks: Iterable[dict[str, Any]]) -> Sheet:
    """The task list: what, whose, by when, under which article."""
    return Sheet(
        title=gettext("Tugas"),
        columns=[
            gettext("Keadaan"),
            SheetColumn(title=gettext("Langkah"), width=50),
            gettext("Tugas siapa"),
            SheetColumn(title=gettext("Paling lambat"), width=14),
            gettext("Terlambat"),
            gettext("Dasar"),
            gettext("Dikerjakan"),
            gettext("Oleh"),
        ],
        rows=(
            [
                _name_state(task["state"]),
                task["title"],
                task["owner"],
                task["due"],
                task["is_late"],
                task["article"],
                task["done_at"],
                task["done_by"],
            ]
            for task in tasks
        ),
    )


def _name_state(state: TaskState) -> str:
    word = TASK_STATES[state]
    return gettext(word)


def list_member_rows(members: Iterable[CommitteeMember]) -> Sheet:
    """The committee, those who left included."""
    return Sheet(
        title=gettext("Susunan panitia"),
        columns=[
            gettext("Nama"),
            gettext("Kedudukan"),
            gettext("Unsur"),
            gettext("Akun"),
            SheetColumn(title=gettext("Berhenti"), width=14),
        ],
        rows=(
            [
                member.full_name,
                member.get_position_display(),
                member.get_element_display(),
                member.user.username if member.user else "",
                member.left_date,
            ]
            for member in members
        ),
    )


def list_announcement_rows(announcements: Iterable[Announcement]) -> Sheet:
    """What was announced in the workspace's order."""
    return Sheet(
        title=gettext("Pengumuman"),
        columns=[
            gettext("Judul"),
            SheetColumn(title=gettext("Isi"), width=60),
            gettext("Dasar"),
            gettext("Diterbitkan"),
            gettext("Oleh"),
        ],
        rows=(
            [
                str(item),
                " ".join(translate(text) for text in thaw_texts(item.sentences)),
                item.article,
                item.published_at,
                str(item.published_by),
            ]
            for item in announcements
        ),
    )


def list_report_rows(reports: Iterable[tuple[CouncilReport, bool]]) -> Sheet:
    """Reports to the BPD with their clocks."""
    return Sheet(
        title=gettext("Laporan"),
        columns=[
            gettext("Jenis"),
            gettext("Nomor"),
            SheetColumn(title=gettext("Isi"), width=60),
            gettext("Diserahkan"),
            gettext("Terlambat"),
            gettext("Didengar BPD"),
            gettext("Diteruskan"),
            gettext("Nomor surat"),
        ],
        rows=(
            [
                report.get_kind_display(),
                report.reference,
                report.summary,
                report.submitted_at,
                is_late,
                report.heard_at,
                report.forwarded_at,
                report.forward_reference,
            ]
            for report, is_late in reports
        ),
    )


def list_path_rows(history: Iterable[dict[str, Any]]) -> Sheet:
    """What was decided about the number of applicants."""
    return Sheet(
        title=gettext("Jalur pencalonan"),
        columns=[
            gettext("Keputusan"),
            SheetColumn(title=gettext("Isi"), width=60),
            gettext("Pasal"),
            gettext("Diajukan"),
            gettext("Disahkan"),
            gettext("Pada"),
        ],
        rows=(
            [
                item["title"],
                item["text"],
                item["decision"].article,
                str(item["decision"].proposed_by),
                str(item["decision"].confirmed_by),
                item["decision"].confirmed_at,
            ]
            for item in history
        ),
    )


def list_drawing_rows(
    lots: Sequence[DrawingLot], attendees: Iterable[DrawingAttendee]
) -> list[Sheet]:
    """The candidates of a drawing, and who else was there."""
    candidates = Sheet(
        title=gettext("Calon"),
        columns=[
            gettext("Calon"),
            gettext("Datang"),
            gettext("Wakil"),
            gettext("Giliran"),
            gettext("Nomor urut"),
            gettext("Komitmen"),
            gettext("Ditandatangani"),
        ],
        rows=(
            [
                lot.party,
                lot.arrived_at,
                lot.proxy_name,
                lot.turn,
                lot.number,
                lot.commitment,
                lot.signed_at,
            ]
            for lot in lots
        ),
    )
    present = Sheet(
        title=gettext("Yang hadir"),
        columns=[
            gettext("Nama"),
            gettext("Kedudukan"),
            gettext("Datang"),
            gettext("Ditandatangani"),
        ],
        rows=(
            [item.full_name, item.get_capacity_display(), item.arrived_at, item.signed_at]
            for item in attendees
        ),
    )
    return [candidates, present]


def list_proof_rows(
    lines: Iterable[SetupProofSignature], void_proofs: Iterable[SetupProof]
) -> list[Sheet]:
    """The entries of the set-up proof with the signatures, and the proofs that fell away."""
    entries = Sheet(
        title=gettext("Cetak coba"),
        columns=[
            gettext("Nomor urut"),
            gettext("Nama"),
            gettext("Disetujui"),
            gettext("Sidik isi"),
        ],
        rows=(
            [line.candidacy.ballot_number, line.candidacy.ballot_name, line.signed_at, line.sha256]
            for line in lines
        ),
    )
    void = Sheet(
        title=gettext("Cetak coba yang gugur"),
        columns=[
            gettext("Nomor"),
            SheetColumn(title=gettext("Alasan"), width=60),
            gettext("Oleh"),
            gettext("Pada"),
        ],
        rows=(
            [item.serial, item.void_reason, str(item.voided_by), item.voided_at]
            for item in void_proofs
        ),
    )
    return [entries, void]
