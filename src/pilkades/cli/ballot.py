"""`pilkades ballot`: what a voter's device does, on the command line."""

import argparse
import secrets
from pathlib import Path

from pilkades.cli.vote_files import read_file, read_secret, read_setup, write_new
from pilkades.cli.vote_words import add_language, say, speaking, warn
from pilkades.errors import PilkadesError
from pilkades.evoting.ballot_checks import judge_ballot
from pilkades.evoting.voting import make_ballot
from pilkades.text import Text


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_language(parser)
    commands = parser.add_subparsers(dest="ballot_command", required=True, metavar="PERINTAH")
    make = commands.add_parser("make", help="sandikan pilihan menjadi surat suara")
    make.add_argument("election", type=Path, help="arsip .bel atau map pemilihan")
    make.add_argument(
        "--choice", type=int, nargs="+", required=True, help="nomor calon; 0 untuk kosong"
    )
    make.add_argument("--code-file", type=Path, help="berkas kode akses; tanpa ini, ditanyakan")
    make.add_argument("--out", type=Path, required=True, help="berkas surat suara")
    make.set_defaults(act=_make)
    check = commands.add_parser("check", help="periksa surat suara")
    check.add_argument("election", type=Path, help="arsip .bel atau map pemilihan")
    check.add_argument("ballot", type=Path, help="berkas surat suara")
    check.set_defaults(act=_check)


def run(args: argparse.Namespace) -> int:
    with speaking(args.lang):
        try:
            return int(args.act(args))
        except PilkadesError as error:
            warn(Text("{why} [{code}]", why=error.text, code=error.code))
            return 1 if args.act is _check else 2


def _make(args: argparse.Namespace) -> int:
    election, _trustees, weights = read_setup(args.election)
    question = election.questions[0]
    places = {choice if question.has_blank else choice - 1 for choice in args.choice}
    if not places <= set(range(question.choice_count)):
        chosen = tuple(args.choice)
        warn(Text("Pilihan {chosen} tidak ada di surat suara ini.", chosen=chosen))
        return 2
    vote = [int(number in places) for number in range(question.choice_count)]
    code = read_secret(args.code_file, question="Kode akses: ").strip()
    ballot = make_ballot(election, code=code, votes=[vote], draw=secrets.randbelow)
    if ballot.credential not in weights:
        warn(Text("Kode akses ini tidak terdaftar pada pemilihan ini."))
        return 2
    write_new(args.out, ballot.data)
    say(Text("Surat suara tersimpan di {path}.", path=str(args.out)))
    say(Text("Nomor lacak: {tracker}", tracker=ballot.tracker))
    return 0


def _check(args: argparse.Namespace) -> int:
    election, _trustees, weights = read_setup(args.election)
    verdict = judge_ballot(election, read_file(args.ballot), credentials=weights)
    if verdict.is_accepted:
        say(Text("Sah. Nomor lacak: {tracker}", tracker=verdict.tracker))
        return 0
    say(Text("Tidak sah: {failed}. {why}", failed=verdict.failed, why=verdict.detail or ""))
    return 1
