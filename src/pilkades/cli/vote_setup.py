"""`pilkades election create`: question, trustees and credentials put together and checked."""

import argparse
from pathlib import Path

from pilkades.cli.vote_files import CREDENTIALS, read_file, write_setup
from pilkades.cli.vote_words import say
from pilkades.crypto.supported import get_group
from pilkades.errors import ProofRejectedError
from pilkades.evoting.administration import make_election
from pilkades.evoting.canonical import parse_canonical
from pilkades.evoting.elections import Question, check_own_question, check_uuid
from pilkades.evoting.public_credentials import check_own_list, parse_credentials
from pilkades.evoting.trustees import (
    TRUSTEES_SIZE_MAX,
    ThresholdGroup,
    Trustees,
    list_keys,
    parse_trustee_key,
    read_threshold_group,
    write_threshold_group,
    write_trustees,
)
from pilkades.evoting.wire import Wire
from pilkades.text import Text

QUESTION = "Siapa calon kepala desa pilihan Anda?"


def add_create_arguments(create: argparse.ArgumentParser) -> None:
    create.add_argument("--uuid", required=True)
    create.add_argument("--name", required=True)
    create.add_argument("--description", default="")
    create.add_argument("--question", default=QUESTION)
    create.add_argument("--candidates", nargs="+", required=True, help="nama calon menurut nomor")
    create.add_argument("--min", type=int, default=1, help="pilihan paling sedikit")
    create.add_argument("--max", type=int, default=1, help="pilihan paling banyak")
    create.add_argument("--blank", action="store_true", help="suara kosong boleh")
    create.add_argument("--trustees", type=Path, nargs="*", default=[], help="kunci wajib")
    create.add_argument("--threshold-group", type=Path, help="kelompok ambang")
    create.add_argument("--credentials", type=Path, required=True, help=CREDENTIALS)
    create.add_argument("--group", default="Ed25519")
    create.add_argument("--out", type=Path, required=True, help="map pemilihan")


def create_election(args: argparse.Namespace) -> None:
    """Write the three texts of an election that may be opened, or nothing."""
    group = get_group(args.group)
    question = _read_question(args)
    check_own_question(question)
    trustees = _read_trustees(args, Wire(group))
    credentials = read_file(args.credentials)
    check_own_list(parse_credentials(credentials, group=group), group=group)
    election = make_election(
        group=group,
        uuid=check_uuid(args.uuid),
        name=args.name,
        description=args.description,
        question=question,
        trustees=trustees,
    )
    write_setup(args.out, election, write_trustees(trustees, group=group), credentials)
    say(Text("Pemilihan {uuid} tersusun di {path}.", uuid=election.uuid, path=str(args.out)))
    say(Text("Sidik pemilihan: {fingerprint}", fingerprint=election.fingerprint))
    say(Text("Sebelum dibuka: setiap pemegang kunci menjalankan `pilkades trustee rehearse`."))


def _read_question(args: argparse.Namespace) -> Question:
    return Question(
        answers=tuple(args.candidates),
        minimum=args.min,
        maximum=args.max,
        question=args.question,
        is_blank_allowed=True if args.blank else None,
    )


def _read_trustees(args: argparse.Namespace, wire: Wire) -> Trustees:
    """Every key that was handed in, none of them twice.

    Raises:
        ProofRejectedError: trustees-twice, trustees-count.
    """
    trustees: Trustees = tuple(
        parse_trustee_key(read_file(path), group=wire.group) for path in args.trustees
    )
    if args.threshold_group:
        trustees = (*trustees, _read_group(args.threshold_group, wire))
    keys = [key.public_key for key in list_keys(trustees)]
    if len(set(keys)) != len(keys):
        raise ProofRejectedError(
            "trustees-twice", Text("Kunci publik yang sama tercantum dua kali.")
        )
    if not trustees:
        raise ProofRejectedError(
            "trustees-count", Text("Pemilihan ini belum ada pemegang kuncinya.")
        )
    return trustees


def _read_group(path: Path, wire: Wire) -> ThresholdGroup:
    return parse_canonical(
        read_file(path),
        read=lambda value: read_threshold_group(value, wire),
        write=lambda value: write_threshold_group(value, wire),
        size_max=TRUSTEES_SIZE_MAX,
    )
