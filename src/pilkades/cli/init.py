"""`pilkades init`: keys, tables and regions of an installation; doing it twice changes nothing."""

import argparse
import hashlib
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pilkades import __version__
from pilkades.cli.starting import hold_start
from pilkades.config.boot import home_and_database, setup
from pilkades.config.secrets_files import (
    make_ledger_key,
    make_secret_key,
    make_vault_key,
)
from pilkades.errors import ConflictError
from pilkades.keyfiles import write_key_file
from pilkades.text import Text

KEY_MAKERS = {
    "secret.key": make_secret_key,
    "vault.key": make_vault_key,
    "ledger.key": make_ledger_key,
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--settings", default="", help="modul pengaturan Django")


def run(args: argparse.Namespace) -> int:
    with hold_start(home_and_database()[0]):
        prepare_installation(settings_module=args.settings)
    print("Siap.")
    return 0


def prepare_installation(*, settings_module: str = "", now: datetime | None = None) -> None:
    """Bring this installation's home to a state that can serve: keys, tables, files, regions.

    `now` is the clock of a demo, for the event of the regions; real time without one.
    """
    home, database = home_and_database()
    # The data belong to whoever runs the installation, not to every account of the machine.
    os.umask(0o077)
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    _create_keys(home, database)
    setup(settings_module)
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    _collect_files_once()
    _import_regions_once(now or datetime.now(UTC))


def _create_keys(home: Path, database: dict[str, Any]) -> None:
    """Make the keys of a new home; a database without its keys is never given new ones."""
    missing = [name for name in KEY_MAKERS if not (home / "keys" / name).exists()]
    has_environment = bool(os.environ.get("PILKADES_SECRET_KEY"))
    if not missing or has_environment:
        return
    is_sqlite = str(database["ENGINE"]).endswith("sqlite3")
    if is_sqlite and Path(str(database["NAME"])).exists():
        raise ConflictError(
            "init.keys_missing",
            Text(
                "Basis data ada, tetapi kunci {names} tidak ada di {folder}. Kunci baru tidak "
                "dapat membuka data lama: pulihkan kuncinya dari cadangan. Tidak ada yang diubah.",
                names=", ".join(missing),
                folder=str(home / "keys"),
            ),
        )
    for name in missing:
        write_key_file(path=home / "keys" / name, text=KEY_MAKERS[name]())


def _collect_files_once() -> None:
    """Collect and compress the files of the pages, unless none has changed since the last time."""
    from django.conf import settings
    from django.core.management import call_command

    stamp = Path(settings.STATIC_ROOT) / "collected.txt"
    digest = _digest_page_files()
    if stamp.exists() and stamp.read_text() == digest:
        return
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(digest)


def _digest_page_files() -> str:
    """Names, sizes and times of all files that pages load, as one digest."""
    from django.contrib.staticfiles.finders import get_finders

    found = hashlib.sha256(__version__.encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = Path(storage.path(name)).stat()
            found.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return found.hexdigest()


def _import_regions_once(now: datetime) -> None:
    from pilkades.apps.regions.models import Village
    from pilkades.apps.regions.services import import_regions

    if Village.objects.exists():
        return
    directory = find_regions_dir()
    print("Memuat wilayah seluruh Indonesia ...", file=sys.stderr, flush=True)
    import_regions(directory=directory, now=now)


def find_regions_dir() -> Path:
    """The CSV of `idn-area-data`: beside the USB folder's program, or in the checkout."""
    checkout = Path(__file__).resolve().parents[3] / "node_modules" / "idn-area-data" / "data"
    return Path(os.environ.get("PILKADES_REGIONS") or checkout)
