"""`pilkades reconcile`: the identities of one statement or of eight hundred thousand."""

import argparse
import os
import sys
from pathlib import Path

from pilkades.cli.reconcile_files import read_records, read_table
from pilkades.cli.reconcile_report import JsonReport, Report, TextReport
from pilkades.cli.sentences import Speaker
from pilkades.law.reconciliation import ReconciliationRules
from pilkades.packfiles import read_pack

PROCESSES_MAX = 8


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.description = (
        "Memeriksa kesesuaian angka berita acara dan menjumlahkannya per desa. Kode keluar: 0 "
        "semua cocok, 1 ada yang tidak cocok atau sebagian tidak terbaca, 2 tidak ada yang "
        "terbaca. Bentuk berkas: docs/formats."
    )
    parser.add_argument("file", metavar="BERKAS", help="berkas .csv atau .json")
    parser.add_argument(
        "--pack", default="nasional", metavar="PAKET", help="nama paket aturan atau berkas .toml"
    )
    parser.add_argument("--json", action="store_true", help="keluaran JSON")
    parser.add_argument("--villages", action="store_true", help="tampilkan jumlah setiap desa")
    parser.add_argument(
        "--processes",
        type=int,
        default=min(os.cpu_count() or 1, PROCESSES_MAX),
        metavar="N",
        help="banyaknya proses untuk berkas besar (bawaan: sebanyak inti prosesor)",
    )
    parser.add_argument("--lang", choices=("id", "en"), default="id", help="bahasa keluaran")


def run(args: argparse.Namespace) -> int:
    """Check and add up; the findings are written while the file is still being read."""
    pack = read_pack(args.pack)
    rules = ReconciliationRules.from_pack(pack)
    path = Path(args.file)
    report: Report = (
        JsonReport(sys.stdout, pack)
        if args.json
        else TextReport(sys.stdout, pack, with_villages=args.villages)
    )
    if path.suffix == ".json":
        read_records(path=path, rules=rules, report=report, speaker=Speaker(args.lang))
    else:
        read_table(
            path=path,
            rules=rules,
            report=report,
            processes=max(1, args.processes),
            language=args.lang,
        )
    report.finish()
    if report.stations == 0:
        return 2
    return 1 if report.errors else 0
