"""`import_regions PATH`: bring the list of regions to the edition in a folder of four CSV files."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from pilkades.apps.regions.changes import Change, ChangeKind
from pilkades.apps.regions.edition import EditionError
from pilkades.apps.regions.services import ImportReport, import_regions, preview_import

KIND_WORDS = {
    ChangeKind.ADDED: "baru",
    ChangeKind.RENAMED: "ganti nama",
    ChangeKind.MOVED: "pindah kode",
    ChangeKind.REMOVED: "dihapus dari daftar",
    ChangeKind.RESTORED: "masuk lagi",
}
SHOWN_CHANGES = 40


class Command(BaseCommand):
    """Muat daftar wilayah resmi."""

    help = "Memuat daftar wilayah resmi dari folder berisi empat berkas CSV (idn-area-data)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="folder provinces.csv … villages.csv")
        parser.add_argument(
            "--preview", action="store_true", help="tunjukkan perubahannya saja, jangan simpan"
        )

    def handle(self, *args: Any, path: Path, preview: bool, **options: Any) -> None:
        try:
            if preview:
                report = preview_import(directory=path)
            else:
                report = import_regions(
                    directory=path, now=timezone.now(), progress=self._show_progress
                )
        except EditionError as error:
            self._show_faults(error)
            raise CommandError(str(error.text)) from error
        except OSError as error:
            raise CommandError(
                f"Berkas tidak dapat dibaca: {error.filename}. Tidak ada data yang diubah."
            ) from error
        self._show_report(report, preview=preview)

    def _show_progress(self, done: int, total: int) -> None:
        if self.stdout.isatty() and total:
            end = "\n" if done == total else ""
            self.stdout.write(f"\r  {done} dari {total} wilayah", ending=end)
            self.stdout.flush()

    def _show_faults(self, error: EditionError) -> None:
        for fault in error.faults:
            self.stderr.write(f"{fault.file_name}:{fault.line}: {fault.text}")

    def _show_report(self, report: ImportReport, *, preview: bool) -> None:
        if preview or len(report.changes) <= SHOWN_CHANGES:
            for change in report.changes[:SHOWN_CHANGES]:
                self.stdout.write(_describe(change))
        words = [f"{count} {KIND_WORDS[kind]}" for kind, count in report.counts.items() if count]
        self.stdout.write(f"{report.regions['village']} desa dan kelurahan dalam daftar.")
        verb = "Akan berubah" if preview else "Berubah"
        self.stdout.write(f"{verb}: {', '.join(words) or 'tidak ada'}.")


def _describe(change: Change) -> str:
    before = " ".join(part for part in (change.old_code, change.old_name) if part)
    was = f" (tadinya {before})" if before else ""
    return f"  {KIND_WORDS[change.kind]}: {change.code} {change.name}{was}"
