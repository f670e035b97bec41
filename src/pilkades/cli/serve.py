"""`pilkades serve`: the system on this machine, plain on localhost or over HTTPS for phones."""

import argparse
import os
import socket
import sys
from pathlib import Path

from granian import Granian
from granian.constants import Interfaces, Loops
from granian.http import HTTP1Settings
from granian.log import LogLevels

from pilkades.cli.cleaning import start_daily_cleaning

MAX_PORT = 65_535
PORT_TAKEN_TEXT = (
    "Pintu {port} di {host} sudah dipakai program lain. Tutup program itu, atau pilih pintu lain "
    "dengan --port (contoh: --port {other}; atau: PORT={other} make run). Tidak ada data yang "
    "berubah."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="alamat yang dilayani")
    parser.add_argument("--port", type=parse_port, default=8000, help="pintu (port)")
    parser.add_argument("--cert", type=Path, help="sertifikat HTTPS (PEM)")
    parser.add_argument("--key", type=Path, help="kunci sertifikat (PEM)")
    parser.add_argument(
        "--settings",
        default=os.environ.get("DJANGO_SETTINGS_MODULE", "pilkades.config.settings.production"),
        help="modul pengaturan Django",
    )


def run(args: argparse.Namespace) -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = args.settings
    return serve(host=args.host, port=args.port, certificate=args.cert, key=args.key)


def parse_port(text: str) -> int:
    """A port from the command line."""
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text[:6]) <= MAX_PORT:
        raise argparse.ArgumentTypeError(f"pintu adalah angka dari 1 sampai {MAX_PORT}")
    return int(text)


def is_port_free(*, host: str, port: int) -> bool:
    """Whether `host:port` can be bound now; a server that is starting may still win the race."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def serve(*, host: str, port: int, certificate: Path | None = None, key: Path | None = None) -> int:
    """Serve until interrupted; 2 when the port is taken. The caller has set the settings module."""
    if not is_port_free(host=host, port=port):
        print(PORT_TAKEN_TEXT.format(host=host, port=port, other=port + 1), file=sys.stderr)
        return 2
    scheme = "https" if certificate else "http"
    name = "localhost" if host == "127.0.0.1" else host
    print(f"pilkades siap di {scheme}://{name}:{port}  (berhenti: Ctrl+C)", flush=True)
    start_daily_cleaning()
    Granian(
        "pilkades.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        loop=Loops.asyncio,
        workers=1,
        blocking_threads=4,
        backlog=256,
        log_level=LogLevels.warning,
        ssl_cert=certificate,
        ssl_key=key,
        websockets=False,
        http1_settings=HTTP1Settings(max_buffer_size=65_536),
    ).serve()
    return 0
