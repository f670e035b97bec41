"""`pilkades election`: the acts of an internet election on its archive.

create and open make the archive; add, close, tally, decryption and result each append to it.
"""

import argparse
import secrets
import sys
import time
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from pilkades.cli.vote_files import (
    CREDENTIALS,
    extend_archive,
    group_of,
    read_file,
    read_setup,
    write_new,
    write_setup,
)
from pilkades.errors import ProofRejectedError, RuleViolationError
from pilkades.evoting.administration import (
    OpenBoard,
    Position,
    append_ballot,
    append_decryption,
    append_result,
    append_tally,
    begin_archive,
    end_ballots,
    judge_new_ballot,
    make_election,
)
from pilkades.evoting.canonical import parse_canonical
from pilkades.evoting.decryption import (
    PartialDecryption,
    combine_factors,
    open_tally,
    parse_decryption,
    verify_decryption,
)
from pilkades.evoting.elections import BASE58, Question, check_uuid
from pilkades.evoting.public_credentials import parse_credentials
from pilkades.evoting.trustees import (
    TRUSTEES_SIZE_MAX,
    Trustees,
    list_keys,
    parse_trustee_key,
    read_threshold_group,
    write_threshold_group,
    write_trustees,
)
from pilkades.evoting.wire import Wire
from pilkades.text import Text

UUID_LENGTH = 14


def add_arguments(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(dest="election_command", required=True, metavar="PERINTAH")

    def add(name: str, help_text: str, act: object) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=help_text)
        command.set_defaults(act=act)
        return command

    add("uuid", "buat nomor pemilihan baru", _print_uuid)
    create = add("create", "susun pemilihan dari kunci dan daftar kredensial", _create)
    create.add_argument("--uuid", required=True)
    create.add_argument("--name", required=True)
    create.add_argument("--description", default="")
    create.add_argument("--candidates", nargs="+", required=True, help="nama calon menurut nomor")
    create.add_argument("--blank", action="store_true", help="suara kosong boleh")
    create.add_argument("--trustees", type=Path, nargs="*", default=[], help="kunci wajib")
    create.add_argument("--threshold-group", type=Path, help="kelompok ambang")
    create.add_argument("--credentials", type=Path, required=True, help=CREDENTIALS)
    create.add_argument("--group", default="Ed25519")
    create.add_argument("--out", type=Path, required=True, help="map pemilihan")
    opening = add("open", "buka pemungutan: buat arsip", _open)
    opening.add_argument("setup", type=Path, help="map pemilihan")
    opening.add_argument("archive", type=Path, help="arsip .bel yang akan dibuat")
    enter = add("add", "terima surat suara ke arsip", _add)
    enter.add_argument("archive", type=Path)
    enter.add_argument("ballots", type=Path, nargs="+")
    for name, help_text, act in (
        ("close", "tutup pemungutan", _close),
        ("tally", "rekapitulasi tersandi", _tally),
        ("result", "buka hasil dari bagian para pemegang kunci", _result),
    ):
        add(name, help_text, act).add_argument("archive", type=Path)
    part = add("decryption", "terima bagian seorang pemegang kunci", _decryption)
    part.add_argument("archive", type=Path)
    part.add_argument("partial", type=Path, nargs="+")


def run(args: argparse.Namespace) -> int:
    try:
        return int(args.act(args) or 0)
    except (ProofRejectedError, RuleViolationError) as error:
        print(f"DITOLAK. {error.text} [{error.code}]", file=sys.stderr)
        return 1


def _print_uuid(_args: argparse.Namespace) -> None:
    print("".join(secrets.choice(BASE58) for _ in range(UUID_LENGTH)))


def _create(args: argparse.Namespace) -> None:
    group = group_of(args.group)
    wire = Wire(group)
    trustees: Trustees = tuple(
        parse_trustee_key(read_file(path), group=group) for path in args.trustees
    )
    if args.threshold_group:
        item = parse_canonical(
            read_file(args.threshold_group),
            read=lambda value: read_threshold_group(value, wire),
            write=lambda value: write_threshold_group(value, wire),
            size_max=TRUSTEES_SIZE_MAX,
        )
        trustees = (*trustees, item)
    credentials = read_file(args.credentials)
    parse_credentials(credentials, group=group)
    if len(set(args.candidates)) != len(args.candidates) or len(args.candidates) < 2:
        raise ProofRejectedError("candidates", Text("Isi sedikitnya dua nama calon yang berbeda."))
    keys = [key.public_key for key in list_keys(trustees)]
    if len(set(keys)) != len(keys):
        raise ProofRejectedError(
            "trustees-twice", Text("Kunci publik yang sama tercantum dua kali.")
        )
    if not trustees:
        raise ProofRejectedError(
            "trustees-count", Text("Pemilihan ini belum ada pemegang kuncinya.")
        )
    election = make_election(
        group=group,
        uuid=check_uuid(args.uuid),
        name=args.name,
        description=args.description,
        question=Question(
            answers=tuple(args.candidates),
            minimum=1,
            maximum=1,
            question="Siapa calon kepala desa pilihan Anda?",
            is_blank_allowed=True if args.blank else None,
        ),
        trustees=trustees,
    )
    write_setup(args.out, election, write_trustees(trustees, group=group), credentials)
    print(f"Pemilihan {election.uuid} tersusun di {args.out}.")
    print(f"Sidik pemilihan: {election.fingerprint}")
    print("Sebelum dibuka: setiap pemegang kunci menjalankan `pilkades trustee rehearse`.")


def _open(args: argparse.Namespace) -> None:
    election, trustees, weights = read_setup(args.setup)
    data, _position = begin_archive(
        election=election,
        trustees=trustees,
        credentials=read_file(args.setup / CREDENTIALS),
        timestamp=int(time.time()),
    )
    write_new(args.archive, data)
    print(f"Pemungutan dibuka: {args.archive}, {len(weights)} pemilih.")


def _add(args: argparse.Namespace) -> int:
    refused = 0
    trackers: list[str] = []

    def act(board: OpenBoard) -> tuple[bytes, Position]:
        nonlocal refused
        position, added, seen = board.position, [], set()
        for path in args.ballots:
            ballot = read_file(path)
            verdict = judge_new_ballot(board, ballot)
            if not verdict.is_accepted or ballot in seen:
                refused += 1
                failed = ", ".join(verdict.failed) or "ballot-replayed"
                print(f"DITOLAK {path}: {failed}", file=sys.stderr)
                continue
            seen.add(ballot)
            data, position = append_ballot(position, ballot)
            added.append(data)
            trackers.append(verdict.tracker)
        return b"".join(added), position

    extend_archive(args.archive, act)
    # Only what is on the disk has been accepted.
    for tracker in trackers:
        print(f"Diterima, nomor lacak {tracker}")
    return 1 if refused else 0


def _close(args: argparse.Namespace) -> None:
    board = extend_archive(args.archive, lambda board: end_ballots(board.position))
    print(f"Pemungutan ditutup dengan {len(board.tallied)} pemilih yang bersuara.")


def _tally(args: argparse.Namespace) -> None:
    def act(board: OpenBoard) -> tuple[bytes, Position]:
        weighted = ((choices, board.weights[name]) for name, choices in board.tallied.items())
        return append_tally(board.position, board.election, weighted)

    board = extend_archive(args.archive, act)
    print(f"Rekapitulasi tersandi dari {len(board.tallied)} surat suara ada di arsip.")


def _decryption(args: argparse.Namespace) -> None:
    for path in args.partial:
        extend_archive(args.archive, partial(_accept_partial, path=path))
        print(f"Bagian dari {path} diterima.")


def _accept_partial(board: OpenBoard, *, path: Path) -> tuple[bytes, Position]:
    part = parse_decryption(read_file(path), wire=board.election.wire)
    tally = board.tally or ()
    for number, key in enumerate(list_keys(board.trustees), start=1):
        is_theirs = number not in board.partials and verify_decryption(
            board.election, tally, public=key.public_key, partial=part
        )
        if is_theirs:
            _require_opening(board, {**board.partials, number: part})
            return append_decryption(board.position, board.election, owner=number, partial=part)
    raise ProofRejectedError(
        "decryption-proof",
        Text("Bagian ini tidak terbukti dari pemegang kunci mana pun yang belum menyerahkan."),
    )


def _require_opening(board: OpenBoard, partials: Mapping[int, PartialDecryption]) -> None:
    """With enough parts the tally must open; a part that spoils it is named and left out.

    The proof of the specification does not bind the factor itself (docs/protocol/limits.md).
    """
    if board.tally is None or board.sized is None:
        return
    try:
        factors = combine_factors(board.election, board.trustees, partials)
    except ProofRejectedError:
        return
    open_tally(board.election, board.tally, factors, total_weight=board.sized.total_weight)


def _result(args: argparse.Namespace) -> None:
    counts: tuple[tuple[int, ...], ...] = ()

    def act(board: OpenBoard) -> tuple[bytes, Position]:
        nonlocal counts
        data, position, counts = append_result(board)
        return data, position

    board = extend_archive(args.archive, act)
    question = board.election.questions[0]
    blank = ("Suara kosong",) if question.has_blank else ()
    for answer, count in zip((*blank, *question.answers), counts[0], strict=True):
        print(f"{count:>8}  {answer}")
    print(f"Siapa pun dapat memeriksa: pilkades verify {args.archive}")
