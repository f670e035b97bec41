"""`pilkades pack`: check a rule pack with lines, compare two, show one, or list all fields."""

import argparse

from pilkades.cli.pack_report import (
    check_document,
    check_text,
    diff_document,
    diff_text,
    fields_document,
    fields_text,
    show_document,
    show_text,
)
from pilkades.cli.sentences import Speaker
from pilkades.cli.timetable_report import write_json
from pilkades.law.packdiff import diff_packs
from pilkades.packfiles import read_pack, read_pack_file


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the sub-commands."""
    parser.description = (
        "Memeriksa, membandingkan dan menampilkan paket aturan. Kode keluar: 0 baik, "
        "1 paket memuat kesalahan, 2 masukan tidak terbaca."
    )
    actions = parser.add_subparsers(dest="action", required=True, metavar="TINDAKAN")
    check = actions.add_parser("check", help="cari semua yang keliru, dengan nomor barisnya")
    check.add_argument("file", metavar="BERKAS", help="berkas .toml atau nama paket")
    diff = actions.add_parser("diff", help="bandingkan dua paket")
    diff.add_argument("first", metavar="A", help="nama paket atau berkas .toml")
    diff.add_argument("second", metavar="B", help="nama paket atau berkas .toml")
    show = actions.add_parser("show", help="tampilkan semua aturan dengan pasal dan statusnya")
    show.add_argument("pack", metavar="PAKET", help="nama paket atau berkas .toml")
    fields = actions.add_parser("fields", help="daftar semua aturan dan kolom yang dikenal")
    for action in (check, diff, show, fields):
        action.add_argument("--json", action="store_true", help="keluaran JSON")


def run(args: argparse.Namespace) -> int:
    """Do what the sub-command says."""
    return {"check": _check, "diff": _diff, "show": _show, "fields": _fields}[args.action](args)


def _check(args: argparse.Namespace) -> int:
    reading = read_pack_file(args.file)
    if args.json:
        write_json(check_document(name=args.file, reading=reading, speaker=Speaker()))
    else:
        print(check_text(name=args.file, reading=reading, speaker=Speaker()))
    return 1 if reading.pack is None else 0


def _diff(args: argparse.Namespace) -> int:
    first, second = read_pack(args.first), read_pack(args.second)
    changes = diff_packs(first, second)
    if args.json:
        write_json(diff_document(first=first, second=second, changes=changes))
    else:
        print(diff_text(first=first, second=second, changes=changes, speaker=Speaker()))
    return 0


def _show(args: argparse.Namespace) -> int:
    pack = read_pack(args.pack)
    if args.json:
        write_json(show_document(pack=pack))
    else:
        print(show_text(pack=pack, speaker=Speaker()))
    return 0


def _fields(args: argparse.Namespace) -> int:
    if args.json:
        write_json(fields_document(speaker=Speaker()))
    else:
        print(fields_text(speaker=Speaker()))
    return 0
