"""`pilkades backup`: one encrypted file from which a spare laptop takes over; safe at any hour."""

import argparse
import getpass
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from pilkades import __version__
from pilkades.cli.envelope import require_strong_passphrase, write_envelope
from pilkades.cli.snapshot import write_snapshot
from pilkades.errors import MalformedInputError
from pilkades.text import Text


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, help="berkas cadangan (bawaan: nama menurut waktu)")
    parser.add_argument("--passphrase-file", type=Path, help="berkas berisi kata sandi cadangan")


def run(args: argparse.Namespace) -> int:
    from pilkades.config.boot import setup

    setup()
    from django.conf import settings

    passphrase = read_passphrase(args.passphrase_file, repeat=True)
    require_strong_passphrase(passphrase)
    now = datetime.now(UTC).replace(microsecond=0)
    target: Path = args.out or Path(f"cadangan-{now:%Y%m%d-%H%M%S}.pilkades")
    target.parent.mkdir(parents=True, exist_ok=True)
    facts = {"version": __version__, "origin": settings.PILKADES_ORIGIN, "at": now.isoformat()}
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".cadangan-") as folder:
        snapshot = Path(folder) / "isi.tar"
        write_snapshot(
            target=snapshot,
            home=Path(settings.PILKADES_HOME),
            database=settings.DATABASES["default"],
            facts=facts,
        )
        write_envelope(content=snapshot, target=target, passphrase=passphrase)
    megabytes = target.stat().st_size / 1e6
    print(f"Cadangan selesai: {target} ({megabytes:.1f} MB, terenkripsi).")
    print("Simpan di diska lain, dan kata sandinya di tempat yang lain lagi.")
    return 0


def read_passphrase(path: Path | None, *, repeat: bool) -> str:
    """From a file (its first line) or from the keyboard, typed twice when it is new."""
    if path is not None:
        return path.read_text(encoding="utf-8").splitlines()[0].strip()
    if not sys.stdin.isatty():
        raise MalformedInputError(
            "backup.passphrase_missing",
            Text("Beri kata sandi cadangan: --passphrase-file BERKAS. Data tidak berubah."),
        )
    first = getpass.getpass("Kata sandi cadangan: ")
    if repeat and getpass.getpass("Sekali lagi: ") != first:
        raise MalformedInputError(
            "backup.passphrase_differs",
            Text("Kedua ketikan tidak sama. Cadangan belum dibuat; ulangi perintahnya."),
        )
    return first
