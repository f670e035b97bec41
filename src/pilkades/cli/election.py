"""`pilkades election`: the acts of an internet election on its archive.

create and open make the archive; add, close, tally, decryption and result each append to it.
"""

import argparse
import secrets
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from pilkades.cli.vote_files import (
    CREDENTIALS,
    extend_archive,
    read_file,
    read_setup,
    write_new,
)
from pilkades.cli.vote_setup import add_create_arguments, create_election
from pilkades.cli.vote_words import add_language, refuse, say, speaking, translate, warn
from pilkades.errors import ConflictError, ProofRejectedError, RuleViolationError
from pilkades.evoting.administration import (
    append_ballot,
    append_decryption,
    append_result,
    append_tally,
    begin_archive,
    end_ballots,
    require_stage,
)
from pilkades.evoting.decryption import (
    PartialDecryption,
    Result,
    combine_factors,
    open_tally,
    parse_decryption,
    verify_decryption,
)
from pilkades.evoting.elections import BASE58
from pilkades.evoting.events import Kind
from pilkades.evoting.own_board import OpenBoard, Position, judge_new_ballot
from pilkades.evoting.public_credentials import check_own_list
from pilkades.evoting.trustees import list_keys
from pilkades.text import Text

UUID_LENGTH = 14


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_language(parser)
    commands = parser.add_subparsers(dest="election_command", required=True, metavar="PERINTAH")

    def add(name: str, help_text: str, act: object) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=help_text)
        command.set_defaults(act=act)
        return command

    add("uuid", "buat nomor pemilihan baru", _print_uuid)
    create = add("create", "susun pemilihan dari kunci dan daftar kredensial", create_election)
    add_create_arguments(create)
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
    with speaking(args.lang):
        try:
            return int(args.act(args) or 0)
        except (ProofRejectedError, RuleViolationError) as error:
            return refuse(error)


def _print_uuid(_args: argparse.Namespace) -> None:
    say("".join(secrets.choice(BASE58) for _ in range(UUID_LENGTH)))


def _open(args: argparse.Namespace) -> None:
    election, trustees, weights = read_setup(args.setup)
    check_own_list(weights, group=election.group)
    data, _position = begin_archive(
        election=election,
        trustees=trustees,
        credentials=read_file(args.setup / CREDENTIALS),
        timestamp=int(time.time()),
    )
    write_new(args.archive, data)
    say(
        Text(
            "Pemungutan dibuka: {path}, {count} pemilih.",
            path=str(args.archive),
            count=len(weights),
        )
    )


def _add(args: argparse.Namespace) -> int:
    refused: list[Text] = []
    trackers: list[str] = []

    def act(board: OpenBoard) -> tuple[bytes, Position]:
        require_stage(board.position, Kind.BALLOT)
        position, added, seen = board.position, [], set()
        for path in args.ballots:
            ballot = read_file(path)
            verdict = judge_new_ballot(board, ballot)
            if not verdict.is_accepted or ballot in seen:
                failed = verdict.failed or ("ballot-replayed",)
                refused.append(Text("DITOLAK {path}: {failed}", path=str(path), failed=failed))
                continue
            seen.add(ballot)
            data, position = append_ballot(position, ballot)
            added.append(data)
            trackers.append(verdict.tracker)
        return b"".join(added), position

    extend_archive(args.archive, act, with_ballots=False)
    for sentence in refused:
        warn(sentence)
    # Only what is on the disk has been accepted.
    for tracker in trackers:
        say(Text("Diterima, nomor lacak {tracker}", tracker=tracker))
    return 1 if refused else 0


def _close(args: argparse.Namespace) -> None:
    board = extend_archive(args.archive, lambda board: end_ballots(board.position))
    say(
        Text(
            "Pemungutan ditutup dengan {count} pemilih yang bersuara.",
            count=len(board.tallied),
        )
    )


def _tally(args: argparse.Namespace) -> None:
    def act(board: OpenBoard) -> tuple[bytes, Position]:
        require_stage(board.position, Kind.ENCRYPTED_TALLY)
        weighted = ((choices, board.weights[name]) for name, choices in board.tallied.items())
        return append_tally(board.position, board.election, weighted)

    board = extend_archive(args.archive, act)
    say(
        Text(
            "Rekapitulasi tersandi dari {count} surat suara ada di arsip.",
            count=len(board.tallied),
        )
    )


def _decryption(args: argparse.Namespace) -> None:
    """All the parts that are handed in together, or none of them."""

    def act(board: OpenBoard) -> tuple[bytes, Position]:
        added = []
        for path in args.partial:
            owner, part = _accept_partial(board, path)
            data, position = append_decryption(
                board.position, board.election, owner=owner, partial=part
            )
            added.append(data)
            board = replace(board, position=position, partials={**board.partials, owner: part})
        return b"".join(added), board.position

    extend_archive(args.archive, act, with_ballots=False)
    for path in args.partial:
        say(Text("Bagian dari {path} diterima.", path=str(path)))


def _accept_partial(board: OpenBoard, path: Path) -> tuple[int, PartialDecryption]:
    """Whose part it is. Each trustee hands in once.

    Raises:
        ConflictError: election-stage, decryption-done; ProofRejectedError: decryption-proof.
    """
    require_stage(board.position, Kind.PARTIAL_DECRYPTION)
    part = parse_decryption(read_file(path), wire=board.election.wire)
    for number, key in enumerate(list_keys(board.trustees), start=1):
        if not verify_decryption(
            board.election, board.tally or (), public=key.public_key, partial=part
        ):
            continue
        if number in board.partials:
            raise ConflictError(
                "decryption-done",
                Text("Bagian pemegang kunci ke-{number} sudah ada di arsip.", number=number),
            )
        _require_opening(board, {**board.partials, number: part})
        return number, part
    raise ProofRejectedError(
        "decryption-proof", Text("Bagian ini tidak terbukti dari pemegang kunci mana pun.")
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
    counts: Result = ()

    def act(board: OpenBoard) -> tuple[bytes, Position]:
        nonlocal counts
        data, position, counts = append_result(board)
        return data, position

    board = extend_archive(args.archive, act, with_ballots=False)
    question = board.election.questions[0]
    blank = (translate(Text("Suara kosong")),) if question.has_blank else ()
    for answer, count in zip((*blank, *question.answers), counts[0], strict=True):
        say(f"{count:>8}  {answer}")
    say(Text("Siapa pun dapat memeriksa: pilkades verify {path}", path=str(args.archive)))
