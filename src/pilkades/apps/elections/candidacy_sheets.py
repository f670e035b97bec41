"""Applicants, their papers, complaints and scores as sheets: what the page shows, nothing more."""

from collections.abc import Iterable

from django.utils.translation import gettext

from pilkades.apps.design.stored_texts import thaw_text
from pilkades.apps.design.texts import translate_name
from pilkades.apps.documents.services import Sheet, SheetColumn
from pilkades.apps.elections.models import CandidateComplaint
from pilkades.apps.elections.models.candidacy import CandidacyDecision
from pilkades.apps.elections.selectors.candidates import ApplicantFile
from pilkades.apps.elections.selectors.scores import ScoreBoard
from pilkades.apps.elections.templatetags.village import kata_syarat
from pilkades.apps.vault.masking import mask_nik
from pilkades.law.application import EVENT_NAMES, STATE_NAMES, ApplicationEvent, ApplicationState


def list_file_rows(files: Iterable[ApplicantFile]) -> Sheet:
    """The files of applicants; the NIK masked as on the page of a file."""
    return Sheet(
        title=gettext("Bakal calon"),
        columns=[
            gettext("Nomor pendaftaran"),
            gettext("Nama"),
            gettext("NIK"),
            gettext("Diterima"),
            gettext("Keadaan"),
            gettext("Syarat yang belum"),
        ],
        rows=(
            [
                file.candidacy.registration_number,
                file.candidacy.full_name,
                mask_nik(file.candidacy.nik),
                file.candidacy.received_at,
                STATE_NAMES[ApplicationState(file.candidacy.state)],
                len(file.checklist.list_open()),
            ]
            for file in files
        ),
    )


def list_one_file_rows(
    file: ApplicantFile, decisions: Iterable[CandidacyDecision], *, with_idle: bool
) -> list[Sheet]:
    """One file: its checklist, its papers, what was decided."""
    checklist = Sheet(
        title=gettext("Syarat"),
        columns=[
            SheetColumn(title=gettext("Syarat"), width=40),
            gettext("Berlaku"),
            gettext("Keadaan"),
            SheetColumn(title=gettext("Alasan"), width=60),
            gettext("Pasal"),
        ],
        rows=(
            [
                translate_name(line.name),
                line.applies,
                kata_syarat(line.outcome),
                line.reason,
                line.article,
            ]
            for line in file.checklist.requirements
            if line.applies or with_idle
        ),
    )
    papers = Sheet(
        title=gettext("Dokumen"),
        columns=[
            SheetColumn(title=gettext("Dokumen"), width=40),
            gettext("Diunggah"),
            gettext("Pemeriksa"),
            gettext("Sah"),
        ],
        rows=(
            [
                translate_name(paper.name),
                paper.document.uploaded_at if paper.document else None,
                "; ".join(f"{c.checked_by}: {c.get_outcome_display()}" for c in paper.checks),
                paper.is_valid,
            ]
            for paper in file.papers
        ),
    )
    decided = Sheet(
        title=gettext("Keputusan"),
        columns=[
            gettext("Langkah"),
            SheetColumn(title=gettext("Alasan"), width=60),
            gettext("Pasal"),
            gettext("Diajukan"),
            gettext("Disahkan"),
            gettext("Ditarik"),
        ],
        rows=(
            [
                EVENT_NAMES[ApplicationEvent(item.event)],
                item.reason,
                item.article,
                item.proposed_at,
                item.confirmed_at,
                item.withdrawn_at,
            ]
            for item in decisions
        ),
    )
    return [checklist, papers, decided]


def list_complaint_rows(complaints: Iterable[CandidateComplaint]) -> Sheet:
    """Complaints as the list shows them: no name, no contact, no content."""
    return Sheet(
        title=gettext("Masukan masyarakat"),
        columns=[
            gettext("Nomor"),
            gettext("Bakal calon"),
            gettext("Masuk"),
            SheetColumn(title=gettext("Waktu"), width=50),
            gettext("Keadaan"),
            gettext("Dasar"),
        ],
        rows=(
            [
                item.ticket,
                item.candidacy.full_name,
                item.submitted_at,
                thaw_text(item.timeliness_text),
                item.get_outcome_display(),
                item.article,
            ]
            for item in complaints
        ),
    )


def list_score_rows(board: ScoreBoard) -> Sheet:
    """Every cell of the extra selection; a value shows only once both officers have entered."""
    return Sheet(
        title=gettext("Seleksi tambahan"),
        columns=[
            gettext("Nomor"),
            gettext("Nama"),
            gettext("Unsur"),
            gettext("Petugas yang mengisi"),
            gettext("Sama"),
            gettext("Isi"),
        ],
        rows=(
            [
                candidacy.registration_number,
                candidacy.full_name,
                translate_name(cell.item.name),
                len(cell.entries),
                cell.is_agreed,
                " / ".join(sorted({entry.value for entry in cell.entries}))
                if cell.is_agreed or cell.is_different
                else "",
            ]
            for candidacy in board.candidacies
            for cell in board.list_cells(candidacy)
        ),
    )
