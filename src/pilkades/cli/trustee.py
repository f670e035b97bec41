"""`pilkades trustee`: everything a trustee does, on a machine of the trustee's own.

A folder (`--dir`) holds one trustee (`vote_trustee_folder`).
"""

import argparse
import os
import secrets
from pathlib import Path

from pilkades.cli.vote_ceremony import assemble, certify, combine, route, share
from pilkades.cli.vote_files import read_archive, read_file, read_secret, read_setup, write_new
from pilkades.cli.vote_jobs import choose_judge
from pilkades.cli.vote_trustee_folder import (
    COMBINED,
    GROUP,
    KEY,
    PUBLIC_KEY,
    SEED,
    find_secret,
    require_unused,
    tell_to_hand_over,
    write_key_backup,
)
from pilkades.cli.vote_words import add_language, refuse, say, speaking
from pilkades.crypto.supported import get_group
from pilkades.errors import ProofRejectedError
from pilkades.evoting.canonical import write_json
from pilkades.evoting.decryption import write_decryption
from pilkades.evoting.fingerprints import hash_data
from pilkades.evoting.own_board import OpenBoard
from pilkades.evoting.rehearsal import decrypt_as_trustee, find_own_number, rehearse
from pilkades.evoting.trustee_messages import derive_secrets
from pilkades.evoting.trustees import make_trustee_key, write_trustee_key
from pilkades.evoting.verification import verify_archive
from pilkades.evoting.wire import Wire
from pilkades.text import Text


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_language(parser)
    commands = parser.add_subparsers(dest="trustee_command", required=True, metavar="PERINTAH")

    def add(
        name: str, help_text: str, act: object, *, has_folder: bool = True
    ) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=help_text)
        command.set_defaults(act=act)
        if has_folder:
            command.add_argument("--dir", type=Path, required=True, help="map pemegang kunci ini")
        return command

    alone = add("key", "kunci pemegang wajib (sendiri)", _make_key)
    alone.add_argument("--group", default="Ed25519")
    certifying = add("certify", "langkah 1: sertifikat dalam kelompok ambang", certify)
    certifying.add_argument("--group", default="Ed25519")
    certifying.add_argument("--size", type=int, required=True, help="jumlah pemegang kunci")
    certifying.add_argument("--threshold", type=int, required=True, help="berapa yang cukup")
    certifying.add_argument("--index", type=int, required=True, help="nomor pemegang ini, dari 1")
    sharing = add("share", "langkah 2: bagikan bagian kunci", share)
    routing = add("route", "langkah 3 (panitia): teruskan bagian kunci", route, has_folder=False)
    routing.add_argument("--polynomials", type=Path, nargs="+", required=True)
    routing.add_argument("--out", type=Path, required=True)
    routing.add_argument("--group", default="Ed25519")
    combining = add("combine", "langkah 4: satukan bagian kunci", combine)
    combining.add_argument("--shares", type=Path, required=True)
    joining = add("assemble", "langkah 5 (panitia): umumkan kelompok", assemble, has_folder=False)
    joining.add_argument("--shares", type=Path, required=True, help="salah satu berkas langkah 3")
    joining.add_argument("--keys", type=Path, nargs="+", required=True)
    joining.add_argument("--out", type=Path, required=True)
    joining.add_argument("--group", default="Ed25519")
    for command in (sharing, combining, joining):
        command.add_argument("--certificates", type=Path, nargs="+", required=True)
        command.add_argument("--threshold", type=int, required=True)
    restore = add("restore", "pulihkan kunci dari cadangan kertas", _restore)
    restore.add_argument("--group", default="Ed25519")
    restore.add_argument(
        "--secret-file", type=Path, help="berkas isi cadangan; tanpa ini, ditanyakan"
    )
    restore.add_argument("--key", type=Path, help="key.json pemegang kunci dalam kelompok ambang")
    trial = add("rehearse", "gladi: buktikan bahwa kunci ini bekerja", _rehearse)
    trial.add_argument("election", type=Path, help="map pemilihan atau arsip .bel")
    decrypt = add("decrypt", "buka bagian dari rekapitulasi tersandi", _decrypt)
    decrypt.add_argument("archive", type=Path, help="arsip .bel")
    decrypt.add_argument("--out", type=Path, required=True)


def run(args: argparse.Namespace) -> int:
    with speaking(args.lang):
        try:
            args.act(args)
        except ProofRejectedError as error:
            return refuse(error)
    return 0


def _make_key(args: argparse.Namespace) -> None:
    group = get_group(args.group)
    require_unused(args.dir)
    secret = secrets.randbelow(group.order)
    key = make_trustee_key(group, secret=secret, draw=secrets.randbelow)
    write_new(args.dir / KEY, write_json(str(secret)), is_secret=True)
    write_new(args.dir / GROUP, group.name.encode())
    write_new(args.dir / PUBLIC_KEY, write_json(write_trustee_key(key, Wire(group))))
    public = group.encode(key.public_key)
    write_key_backup(args.dir, group=group, secret=secret, public=public)
    tell_to_hand_over(args.dir / PUBLIC_KEY)


def _restore(args: argparse.Namespace) -> None:
    """Back from paper: digits are the key that opens, anything else is a seed of the ceremony."""
    group = get_group(args.group)
    require_unused(args.dir)
    combined = read_file(args.key) if args.key else None
    secret = "".join(read_secret(args.secret_file, question="Isi cadangan: ").split())
    if secret.isascii() and secret.isdigit():
        Wire(group).read_scalar(secret)
        write_new(args.dir / KEY, write_json(secret), is_secret=True)
    else:
        derive_secrets(group, secret)
        write_new(args.dir / SEED, secret.encode(), is_secret=True)
    write_new(args.dir / GROUP, group.name.encode())
    if combined is not None:
        write_new(args.dir / COMBINED, combined)
    elif (args.dir / SEED).exists() and not (args.dir / COMBINED).exists():
        say(Text("Kelompok ambang: minta key.json Anda dari panitia dan taruh di map ini."))
    say(Text("Kunci dipulihkan. Buktikan sekarang dengan `pilkades trustee rehearse`."))
    say(
        Text(
            "Map baru ini tidak ingat apa yang sudah pernah dibuka. Bila kunci ini sudah membuka "
            "rekapitulasi pemilihan ini, jangan membuka yang lain."
        )
    )


def _rehearse(args: argparse.Namespace) -> None:
    election, trustees, _weights = read_setup(args.election)
    secret = find_secret(args.dir, election)
    number = find_own_number(election, trustees, secret=secret)
    rehearse(election, secret=secret, draw=secrets.randbelow)
    say(
        Text(
            "Gladi berhasil: kunci pemegang ke-{number} bekerja untuk {name}.",
            number=number,
            name=election.name,
        )
    )


def _decrypt(args: argparse.Namespace) -> None:
    _require_whole(args.archive)
    board = read_archive(args.archive)
    _remember_tally(args.dir, board)
    secret = find_secret(args.dir, board.election)
    number, partial = decrypt_as_trustee(board, secret=secret, draw=secrets.randbelow)
    write_new(args.out, write_decryption(partial, wire=board.election.wire))
    count = board.sized.num_tallied if board.sized else 0
    say(
        Text(
            "Dibuka: jumlah dari {count} surat suara. Bandingkan dengan papan pengumuman.",
            count=count,
        )
    )
    say(
        Text(
            "Bagian pemegang kunci ke-{number} tersimpan di {path}.",
            number=number,
            path=str(args.out),
        )
    )


def _require_whole(archive: Path) -> None:
    """A trustee opens only what a stranger would accept.

    Else a server could hand it any ciphertext and have a single voter's ballot opened.
    """
    with archive.open("rb") as stream:
        report = verify_archive(stream, judge_many=choose_judge(os.cpu_count() or 1))
    if not report.is_accepted:
        failed = tuple(check.id for check in report.checks if not check.ok)
        raise ProofRejectedError(
            "archive",
            Text("Arsip ini tidak lolos pemeriksaan ({failed}); tidak dibuka.", failed=failed),
        )


def _remember_tally(folder: Path, board: OpenBoard) -> None:
    """One tally an election: what was opened once is kept beside the key, another is refused.

    Two tallies that differ by one ballot would tell that ballot.
    """
    if board.sized is None:
        return
    kept = folder / f"opened-{hash_data(board.election.data)[:32]}.txt"
    tally = board.sized.encrypted_tally.encode()
    if kept.exists():
        if read_file(kept) != tally:
            raise ProofRejectedError(
                "second-tally",
                Text(
                    "Kunci ini sudah membuka rekapitulasi lain dari pemilihan yang sama. Membuka "
                    "dua rekapitulasi dapat membocorkan pilihan orang; tidak dibuka."
                ),
            )
        return
    write_new(kept, tally)
