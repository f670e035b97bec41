"""`pilkades restore`: a spare laptop becomes the installation that the backup was taken from."""

import argparse
import os
import tempfile
from pathlib import Path

from pilkades.cli.backup import read_passphrase
from pilkades.cli.envelope import open_envelope
from pilkades.cli.snapshot import install_snapshot, read_snapshot, require_empty_home


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="berkas cadangan (.pilkades)")
    parser.add_argument("--passphrase-file", type=Path, help="berkas berisi kata sandi cadangan")


def run(args: argparse.Namespace) -> int:
    from pilkades.config.boot import home_and_database

    home, database = home_and_database()
    require_empty_home(home, database)
    passphrase = read_passphrase(args.passphrase_file, repeat=False)
    os.umask(0o077)
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=home, prefix=".pemulihan-") as folder:
        work_dir = Path(folder)
        with open_envelope(source=args.file, passphrase=passphrase, work_dir=work_dir) as content:
            manifest = read_snapshot(source=content, work_dir=work_dir)
        install_snapshot(manifest=manifest, work_dir=work_dir, home=home, database=database)
    _bring_up_to_date()
    print(f"Pulih: {manifest['origin']}, keadaan {manifest['at']}, versi {manifest['version']}.")
    print("Matikan laptop lama dan jangan dinyalakan lagi untuk pemilihan ini: dua laptop dengan")
    print("satu nama akan membuat ledger bercabang, dan cabang itu terlihat oleh siapa pun.")
    return 0


def _bring_up_to_date() -> None:
    """Migrate, in case the program is newer than the backup: an upgrade keeps the election."""
    from pilkades.config.boot import setup

    setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
