"""`pilkades trustee`: everything a trustee does, on a machine of the trustee's own.

A folder (`--dir`) holds one trustee. `key.secret` or `seed.secret` never leaves it; what is
handed to others is written beside it and named when it is made.
"""

import argparse
import os
import secrets
import sys
from collections.abc import Sequence
from pathlib import Path

from pilkades.cli.vote_files import (
    group_of,
    read_archive,
    read_file,
    read_secret,
    read_setup,
    refuse_overwriting,
    write_new,
)
from pilkades.cli.vote_jobs import choose_judge
from pilkades.cli.vote_papers import print_backup
from pilkades.crypto.groups import Group
from pilkades.errors import ConflictError, ProofRejectedError
from pilkades.evoting.administration import OpenBoard
from pilkades.evoting.canonical import parse_canonical, parse_json, write_json
from pilkades.evoting.decryption import write_decryption
from pilkades.evoting.elections import Election
from pilkades.evoting.fingerprints import hash_data
from pilkades.evoting.rehearsal import decrypt_as_trustee, find_own_number, rehearse
from pilkades.evoting.threshold import (
    assemble_group,
    combine_shares,
    make_certificate,
    make_polynomial,
    recover_secret,
    route_shares,
)
from pilkades.evoting.threshold_messages import (
    Context,
    parse_polynomial,
    parse_share_input,
    parse_share_output,
    write_polynomial,
    write_share_input,
    write_share_output,
)
from pilkades.evoting.trustee_messages import MESSAGE_SIZE_MAX, derive_secrets, make_seed
from pilkades.evoting.trustees import (
    SignedMessage,
    make_trustee_key,
    read_signed,
    write_signed,
    write_threshold_group,
    write_trustee_key,
)
from pilkades.evoting.verification import verify_archive
from pilkades.evoting.wire import Wire
from pilkades.text import Text

KEY = "key.secret"
SEED = "seed.secret"
GROUP = "group.txt"
PUBLIC_KEY = "public_key.json"
CERTIFICATE = "certificate.json"
POLYNOMIAL = "polynomial.json"
COMBINED = "key.json"
BACKUP = "cadangan-kunci.pdf"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(dest="trustee_command", required=True, metavar="PERINTAH")

    def add(
        name: str, help_text: str, act: object, *, has_folder: bool = True
    ) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=help_text)
        command.set_defaults(act=act)
        if has_folder:
            command.add_argument("--dir", type=Path, required=True, help="map pemegang kunci ini")
        return command

    key = add("key", "kunci pemegang wajib (sendiri)", _make_key)
    key.add_argument("--group", default="Ed25519")
    certify = add("certify", "langkah 1: sertifikat dalam kelompok ambang", _certify)
    certify.add_argument("--group", default="Ed25519")
    certify.add_argument("--size", type=int, required=True, help="jumlah pemegang kunci")
    certify.add_argument("--threshold", type=int, required=True, help="berapa yang cukup")
    certify.add_argument("--index", type=int, required=True, help="nomor pemegang ini, dari 1")
    share = add("share", "langkah 2: bagikan bagian kunci", _share)
    route = add("route", "langkah 3 (panitia): teruskan bagian kunci", _route, has_folder=False)
    route.add_argument("--polynomials", type=Path, nargs="+", required=True)
    route.add_argument("--out", type=Path, required=True)
    route.add_argument("--group", default="Ed25519")
    combine = add("combine", "langkah 4: satukan bagian kunci", _combine)
    combine.add_argument("--shares", type=Path, required=True)
    assemble = add("assemble", "langkah 5 (panitia): umumkan kelompok", _assemble, has_folder=False)
    assemble.add_argument("--shares", type=Path, required=True, help="salah satu berkas langkah 3")
    assemble.add_argument("--keys", type=Path, nargs="+", required=True)
    assemble.add_argument("--out", type=Path, required=True)
    assemble.add_argument("--group", default="Ed25519")
    for command in (share, combine, assemble):
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
    try:
        args.act(args)
    except ProofRejectedError as error:
        print(f"DITOLAK. {error.text} [{error.code}]", file=sys.stderr)
        return 1
    return 0


def _make_key(args: argparse.Namespace) -> None:
    group = group_of(args.group)
    _require_unused(args.dir)
    secret = secrets.randbelow(group.order)
    key = make_trustee_key(group, secret=secret, draw=secrets.randbelow)
    write_new(args.dir / KEY, write_json(str(secret)), is_secret=True)
    write_new(args.dir / GROUP, group.name.encode())
    write_new(args.dir / PUBLIC_KEY, write_json(write_trustee_key(key, Wire(group))))
    _print_backup(args.dir, group, str(secret), group.encode(key.public_key))
    _tell(args.dir / PUBLIC_KEY)


def _certify(args: argparse.Namespace) -> None:
    group = group_of(args.group)
    if not 1 <= args.index <= args.size or not 1 <= args.threshold <= args.size:
        raise ConflictError(
            "trustee-numbers", Text("Nomor dan ambang harus antara 1 dan jumlah pemegang kunci.")
        )
    _require_unused(args.dir)
    seed = make_seed(secrets.randbelow)
    certificate = make_certificate(
        Wire(group),
        seed=seed,
        context=Context(group.name, args.size, args.threshold, args.index),
        draw=secrets.randbelow,
    )
    write_new(args.dir / SEED, seed.encode(), is_secret=True)
    write_new(args.dir / GROUP, group.name.encode())
    write_new(args.dir / CERTIFICATE, write_json(write_signed(certificate, Wire(group))))
    _print_backup(args.dir, group, seed, f"{args.index}/{args.size}")
    _tell(args.dir / CERTIFICATE)


def _require_unused(folder: Path) -> None:
    """One trustee a folder: a second key beside the first would hide it."""
    for name in (KEY, SEED, GROUP):
        if (folder / name).exists():
            raise refuse_overwriting(folder / name)


def _share(args: argparse.Namespace) -> None:
    wire = Wire(_group(args.dir))
    polynomial = make_polynomial(
        wire,
        seed=_seed(args.dir),
        certificates=_read_certificates(args.certificates, wire),
        threshold=args.threshold,
        draw=secrets.randbelow,
    )
    write_new(args.dir / POLYNOMIAL, write_polynomial(polynomial, wire=wire))
    _tell(args.dir / POLYNOMIAL)


def _route(args: argparse.Namespace) -> None:
    wire = Wire(group_of(args.group))
    polynomials = [parse_polynomial(read_file(path), wire=wire) for path in args.polynomials]
    for index, handed in enumerate(route_shares(polynomials), start=1):
        path = args.out / f"shares-{index}.json"
        write_new(path, write_share_input(handed, wire=wire))
        _tell(path)


def _combine(args: argparse.Namespace) -> None:
    wire = Wire(_group(args.dir))
    output = combine_shares(
        wire,
        seed=_seed(args.dir),
        certificates=_read_certificates(args.certificates, wire),
        threshold=args.threshold,
        handed=parse_share_input(read_file(args.shares), wire=wire),
        draw=secrets.randbelow,
    )
    write_new(args.dir / COMBINED, write_share_output(output, wire=wire))
    _tell(args.dir / COMBINED)


def _assemble(args: argparse.Namespace) -> None:
    wire = Wire(group_of(args.group))
    group = assemble_group(
        wire,
        certificates=_read_certificates(args.certificates, wire),
        threshold=args.threshold,
        handed=parse_share_input(read_file(args.shares), wire=wire),
        outputs=[parse_share_output(read_file(path), wire=wire) for path in args.keys],
    )
    write_new(args.out, write_json(write_threshold_group(group, wire)))
    _tell(args.out)


def _restore(args: argparse.Namespace) -> None:
    """Back from paper: digits are the key of a mandatory trustee, anything else is a seed."""
    group = group_of(args.group)
    _require_unused(args.dir)
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
        print("Kelompok ambang: minta key.json Anda dari panitia dan taruh di map ini.")
    print("Kunci dipulihkan. Buktikan sekarang dengan `pilkades trustee rehearse`.")


def _rehearse(args: argparse.Namespace) -> None:
    election, trustees, _weights = read_setup(args.election)
    secret = _secret(args.dir, election)
    number = find_own_number(election, trustees, secret=secret)
    rehearse(election, secret=secret, draw=secrets.randbelow)
    print(f"Gladi berhasil: kunci pemegang ke-{number} bekerja untuk {election.name}.")


def _decrypt(args: argparse.Namespace) -> None:
    _require_whole(args.archive)
    board = read_archive(args.archive)
    _remember_tally(args.dir, board)
    secret = _secret(args.dir, board.election)
    number, partial = decrypt_as_trustee(board, secret=secret, draw=secrets.randbelow)
    write_new(args.out, write_decryption(partial, wire=board.election.wire))
    count = board.sized.num_tallied if board.sized else 0
    print(f"Dibuka: jumlah dari {count} surat suara. Bandingkan dengan papan pengumuman.")
    print(f"Bagian pemegang kunci ke-{number} tersimpan di {args.out}.")


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


def _secret(folder: Path, election: Election) -> int:
    """The decryption key, from the folder of a mandatory trustee or of one of a group."""
    if (folder / KEY).exists():
        value = parse_json(read_file(folder / KEY), size_max=MESSAGE_SIZE_MAX)
        return election.wire.read_scalar(value)
    output = parse_share_output(read_file(folder / COMBINED), wire=election.wire)
    return recover_secret(election.wire, seed=_seed(folder), private_key=output.private_key)


def _seed(folder: Path) -> str:
    return read_secret(folder / SEED, question="").strip()


def _group(folder: Path) -> Group:
    return group_of(read_file(folder / GROUP).decode(errors="replace").strip())


def _read_certificates(paths: Sequence[Path], wire: Wire) -> list[SignedMessage]:
    return [
        parse_canonical(
            read_file(path),
            read=lambda value: read_signed(value, wire),
            write=lambda item: write_signed(item, wire),
            size_max=MESSAGE_SIZE_MAX,
        )
        for path in paths
    ]


def _print_backup(folder: Path, group: Group, secret: str, public: str) -> None:
    write_new(
        folder / BACKUP,
        print_backup(group=group.name, secret=secret, public=public),
        is_secret=True,
    )
    print(f"Cetak {folder / BACKUP}, simpan di amplop tersegel, lalu hapus berkasnya.")


def _tell(path: Path) -> None:
    print(f"Serahkan kepada panitia: {path}")
