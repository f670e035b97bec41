"""`pilkades demo`: the demo regency on this machine, clearly marked SIMULASI (`make run`)."""

import argparse
import os
import sys
from datetime import UTC, datetime

from pilkades.cli.serve import PORT_TAKEN_TEXT, is_port_free, parse_port, serve
from pilkades.cli.starting import hold_start
from pilkades.config.boot import DEMO, home_and_database
from pilkades.demo.director import at

BEFORE_THE_PLAY = at(6, 1, 8)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=parse_port, default=8000, help="pintu (PORT=8080 make run)")
    parser.add_argument("--host", default="127.0.0.1", help=argparse.SUPPRESS)
    parser.add_argument(
        "--prepare-only", action="store_true", help="siapkan datanya saja, jangan layani"
    )


def run(args: argparse.Namespace) -> int:
    if not args.prepare_only and not is_port_free(host=args.host, port=args.port):
        text = PORT_TAKEN_TEXT.format(host=args.host, port=args.port, other=args.port + 1)
        print(text, file=sys.stderr)
        return 2
    os.environ["DJANGO_SETTINGS_MODULE"] = DEMO
    home, _ = home_and_database()
    with hold_start(home):
        _prepare()
    return 0 if args.prepare_only else serve(host=args.host, port=args.port)


def _prepare() -> None:
    from pilkades.cli.init import prepare_installation

    prepare_installation(settings_module=DEMO, now=BEFORE_THE_PLAY)
    from pilkades.apps.vault.files import remove_orphans
    from pilkades.demo.regency import is_played, play_regency

    if not is_played():
        # Sealed files of a first start that was killed belong to nobody.
        remove_orphans(older_than=datetime.now(UTC))
        print("Memperagakan kabupaten (SIMULASI) ...", file=sys.stderr, flush=True)
        play_regency(progress=lambda line: print(f"  {line}", file=sys.stderr, flush=True))
