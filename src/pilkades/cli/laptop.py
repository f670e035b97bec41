"""`pilkades laptop`: the village system without internet, for this laptop and phones around it.

The first start makes the keys, the database and the regions and shows how to make the first
account; later starts bring the tables up to date, after a copy, and serve.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from pilkades.cli.serve import is_port_free, parse_port, serve
from pilkades.cli.starting import hold_start
from pilkades.config.boot import home_and_database

SETTINGS = "pilkades.config.settings.laptop"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=parse_port, default=8000, help="pintu di laptop ini")
    parser.add_argument("--https-port", type=parse_port, default=8443, help="pintu untuk HP")
    parser.add_argument(
        "--hotspot", action="store_true", help="layani juga HP di jaringan laptop ini"
    )


def run(args: argparse.Namespace) -> int:
    from pilkades.cli.init import prepare_installation

    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    os.environ["PILKADES_HTTPS_PORT"] = str(args.https_port)
    with hold_start(home_and_database()[0]):
        prepare_installation(settings_module=SETTINGS)
    secure = _start_https(port=args.https_port) if args.hotspot else None
    try:
        return serve(host="0.0.0.0" if args.hotspot else "127.0.0.1", port=args.port)  # noqa: S104
    finally:
        if secure is not None:
            secure.terminate()
            secure.wait(timeout=10)


def _start_https(*, port: int) -> "subprocess.Popen[bytes] | None":
    from pilkades.apps.installation.selectors import (
        SERVER_CERTIFICATE_FILE,
        SERVER_KEY_FILE,
        find_phone_url,
        get_https_dir,
    )

    folder = get_https_dir()
    certificate: Path = folder / SERVER_CERTIFICATE_FILE
    if not certificate.exists():
        print("Belum ada sertifikat: HP hanya dapat membaca halaman terbuka (docs: laptop desa).")
        return None
    if not is_port_free(host="0.0.0.0", port=port):  # noqa: S104
        print(f"Pintu {port} untuk HP sudah dipakai; pilih lain dengan --https-port.")
        return None
    command = [sys.executable, "-m", "pilkades.cli", "serve", "--host", "0.0.0.0"]  # noqa: S104
    command += ["--port", str(port), "--settings", SETTINGS]
    command += ["--cert", str(certificate), "--key", str(folder / SERVER_KEY_FILE)]
    process = subprocess.Popen(command)
    print(f"HP: {find_phone_url(https_port=port)}  (kode QR di halaman Hubungkan HP)", flush=True)
    return process
