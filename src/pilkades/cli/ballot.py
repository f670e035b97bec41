"""`pilkades ballot`: what a voter's device does, on the command line."""

import argparse
import secrets
import sys
from pathlib import Path

from pilkades.cli.sentences import Speaker
from pilkades.cli.vote_files import read_file, read_secret, read_setup, write_new
from pilkades.errors import PilkadesError
from pilkades.evoting.ballot_checks import judge_ballot
from pilkades.evoting.voting import make_ballot
from pilkades.text import Text


def add_arguments(parser: argparse.ArgumentParser) -> None:
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
    try:
        return int(args.act(args))
    except PilkadesError as error:
        print(f"{error.text} [{error.code}]", file=sys.stderr)
        return 1 if args.act is _check else 2


def _make(args: argparse.Namespace) -> int:
    election, _trustees, weights = read_setup(args.election)
    question = election.questions[0]
    places = {choice if question.has_blank else choice - 1 for choice in args.choice}
    if not places <= set(range(question.choice_count)):
        print(f"Pilihan {args.choice} tidak ada di surat suara ini.", file=sys.stderr)
        return 2
    vote = [int(number in places) for number in range(question.choice_count)]
    code = read_secret(args.code_file, question="Kode akses: ").strip()
    ballot = make_ballot(election, code=code, votes=[vote], draw=secrets.randbelow)
    if ballot.credential not in weights:
        print("Kode akses ini tidak terdaftar pada pemilihan ini.", file=sys.stderr)
        return 2
    write_new(args.out, ballot.data)
    print(f"Surat suara tersimpan di {args.out}.\nNomor lacak: {ballot.tracker}")
    return 0


def _check(args: argparse.Namespace) -> int:
    election, _trustees, weights = read_setup(args.election)
    verdict = judge_ballot(election, read_file(args.ballot), credentials=weights)
    if verdict.is_accepted:
        print(f"Sah. Nomor lacak: {verdict.tracker}")
        return 0
    reason = Text("Tidak sah: {failed}. {why}", failed=verdict.failed, why=verdict.detail or "")
    print(Speaker().say(reason))
    return 1
