"""`rotate_vault_key`: a new key for personal data, while the system runs.

Run once to add a key and seal everything again; run with `--drop-old` a day later to take the old
keys out of the ring.
"""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser

from pilkades.apps.vault.keys import get_key_ring, save_key_ring
from pilkades.apps.vault.rotation import add_key, count_stale, drop_old_keys, reseal_all


class Command(BaseCommand):
    """Putar kunci brankas."""

    help = "Membuat kunci brankas baru dan mengunci ulang semua data pribadi dengannya."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--drop-old",
            action="store_true",
            help="buang kunci lama bila tidak ada data yang masih memerlukannya",
        )

    def handle(self, *args: Any, drop_old: bool, **options: Any) -> None:
        try:
            if drop_old:
                self._drop_old()
            else:
                self._rotate()
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error

    def _rotate(self) -> None:
        save_key_ring(add_key(get_key_ring()))
        ring = get_key_ring()
        changed = reseal_all(ring=ring, progress=self._show_progress)
        self.stdout.write(
            f"Kunci {ring.active_id} berlaku; {changed} baris dikunci ulang. Cadangkan berkas "
            "kunci sekarang. Kunci lama masih disimpan; buang besok dengan --drop-old."
        )

    def _drop_old(self) -> None:
        ring = get_key_ring()
        stale = count_stale(ring=ring)
        if stale:
            raise CommandError(
                f"{stale} baris masih memerlukan kunci lama. Jalankan rotate_vault_key sekali "
                "lagi. Tidak ada yang dibuang."
            )
        save_key_ring(drop_old_keys(ring))
        self.stdout.write(
            "Kunci lama dibuang. Cadangan yang lebih tua hanya dapat dibuka dengan kunci yang "
            "tersimpan bersama cadangan itu."
        )

    def _show_progress(self, label: str, done: int) -> None:
        if self.stdout.isatty():
            self.stdout.write(f"  {label}: {done}")
