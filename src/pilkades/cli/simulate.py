"""`pilkades simulate`: a whole internet election with known truth, for trying and measuring."""

import argparse
import json
import random
import secrets
import sys
from pathlib import Path

from pilkades.cli.vote_files import write_new
from pilkades.cli.vote_words import add_language, say, speaking, warn
from pilkades.crypto.supported import get_group
from pilkades.text import Text

DEFAULT_TIMESTAMP = 1_795_453_200
TIMESTAMP_MAX = 8**11 - 1
"""As many seconds as eleven octal digits of a tar can hold."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_language(parser)
    kinds = parser.add_subparsers(dest="simulate_command", required=True, metavar="PERINTAH")
    election = kinds.add_parser("election", help="pemilihan internet lengkap")
    election.add_argument("--voters", type=int, required=True, help="jumlah pemilih")
    election.add_argument("--candidates", type=int, default=3, help="jumlah calon, 2 sampai 5")
    election.add_argument("--out", type=Path, required=True, help="map hasil")
    election.add_argument("--group", default="Ed25519", help="Ed25519 atau BELENIOS-2048")
    election.add_argument("--seed", type=int, help="benih, agar dapat diulang (SIMULASI saja)")
    election.add_argument("--timestamp", type=int, default=DEFAULT_TIMESTAMP)


def run(args: argparse.Namespace) -> int:
    """Write `simulasi.bel` and beside it the truth."""
    with speaking(args.lang):
        return _simulate(args)


def _simulate(args: argparse.Namespace) -> int:
    from pilkades.synthetic.internet_elections import simulate_election

    if not 2 <= args.candidates <= 5 or args.voters < 0:
        warn(Text("Calon harus 2 sampai 5, dan pemilih tidak boleh negatif."))
        return 2
    if not 0 <= args.timestamp <= TIMESTAMP_MAX:
        warn(Text("Waktu harus antara 0 dan {most}.", most=TIMESTAMP_MAX))
        return 2
    draw = secrets.randbelow if args.seed is None else random.Random(args.seed).randrange
    group = get_group(args.group)
    args.out.mkdir(parents=True, exist_ok=True)
    archive = args.out / "simulasi.bel"
    write_new(archive, b"")

    def show(done: int) -> None:
        if sys.stderr.isatty() and done % 25 == 0:
            print(f"\r{done:>8} surat suara", end="", file=sys.stderr, flush=True)

    with archive.open("wb") as file:
        truth = simulate_election(
            group=group,
            voters=args.voters,
            candidates=args.candidates,
            draw=draw,
            timestamp=args.timestamp,
            write=file.write,
            progress=show,
        )
    document = {
        "counts": truth.counts,
        "ballots": truth.ballot_count,
        "choices": truth.choices,
        "codes": truth.codes,
    }
    write_new(args.out / "kebenaran.json", json.dumps(document).encode(), is_secret=True)
    say(
        Text(
            "{path}: {count} surat suara, hasil {counts}",
            path=str(archive),
            count=truth.ballot_count,
            counts=truth.counts,
        )
    )
    return 0
