"""`pilkades timetable`: the steps of an election with their dates, as table, JSON or calendar."""

import argparse
import sys
from dataclasses import replace
from datetime import UTC, date, datetime

from pilkades.cli.sentences import Speaker
from pilkades.cli.timetable_report import timetable_document, timetable_table, write_json
from pilkades.icsfiles import write_timetable_ics
from pilkades.law.findings import Finding, Severity, has_errors
from pilkades.law.pack import RulePack
from pilkades.law.placement import Actual
from pilkades.law.timetable import TOO_EARLY, Timetable, compute_timetable
from pilkades.packfiles import read_pack

NORMAL = "normal"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.description = (
        "Menghitung tanggal semua tahapan. Kode keluar: 0 baik, 1 jadwal bermasalah, "
        "2 masukan tidak terbaca."
    )
    parser.add_argument("pack", metavar="PAKET", help="nama paket aturan atau berkas .toml")
    parser.add_argument(
        "--poll-date", required=True, type=_day, metavar="TTTT-BB-HH", help="hari pemungutan suara"
    )
    parser.add_argument(
        "--branch",
        action="append",
        default=[],
        metavar="CABANG",
        help="cabang yang terjadi, misalnya single, void, many; boleh berulang (bawaan: normal)",
    )
    parser.add_argument(
        "--actual",
        action="append",
        default=[],
        type=_actual,
        metavar="TAHAPAN=MULAI[/SELESAI]",
        help="tahapan yang sudah dilaksanakan; yang sesudahnya ikut bergeser",
    )
    parser.add_argument(
        "--today",
        type=_day,
        metavar="TTTT-BB-HH",
        help="hari ini, untuk memeriksa terlambat atau terlalu dekat (bawaan: jam komputer, dan "
        "terlalu dekat hanya menjadi peringatan)",
    )
    parser.add_argument(
        "--format", choices=("table", "json", "ics"), default="table", help="bentuk keluaran"
    )
    parser.add_argument("--json", action="store_true", help="sama dengan --format json")
    parser.add_argument("--why", action="store_true", help="sertakan alasan setiap tanggal")
    parser.add_argument("--lang", choices=("id", "en"), default="id", help="bahasa keluaran")


def run(args: argparse.Namespace) -> int:
    """Compute and print; 1 where the timetable cannot be held as it stands."""
    pack = read_pack(args.pack)
    today = args.today or _today_before(args.poll_date)
    timetable = compute_timetable(
        pack=pack,
        poll_date=args.poll_date,
        branches=frozenset(name for name in args.branch if name != NORMAL),
        actuals=dict(args.actual),
        today=today,
    )
    if args.today is None:
        timetable = replace(timetable, findings=tuple(map(_only_warn, timetable.findings)))
    speaker = Speaker(args.lang, names=english_names(pack))
    _print(args, pack, timetable, speaker)
    return 1 if has_errors(timetable.findings) else 0


def _today_before(poll_date: date) -> date | None:
    """The computer's date where the poll still lies ahead; a past election is only history."""
    today = datetime.now(UTC).astimezone().date()
    return today if today < poll_date else None


def _only_warn(finding: Finding) -> Finding:
    """Nobody said that the election has not begun: too close by the clock is only a warning."""
    if finding.code != TOO_EARLY:
        return finding
    return replace(finding, severity=Severity.WARNING)


def english_names(pack: RulePack) -> dict[str, str]:
    """The packs' own English names by their Indonesian ones."""
    return {
        entry.text("name"): entry.text("name_en")
        for table in ("step", "branch", "holiday")
        for entry in pack.table(table)
    }


def _print(
    args: argparse.Namespace, pack: RulePack, timetable: Timetable, speaker: Speaker
) -> None:
    chosen = "json" if args.json else args.format
    if chosen == "json":
        write_json(timetable_document(pack=pack, timetable=timetable, speaker=speaker))
    elif chosen == "ics":
        data = write_timetable_ics(
            timetable=timetable,
            name=pack.title,
            scope=f"pack:{pack.id}",
            written_at=datetime.now(UTC).replace(microsecond=0),
            say=speaker.say,
            language=args.lang,
        )
        sys.stdout.write(data.decode("utf-8"))
    else:
        print(timetable_table(pack=pack, timetable=timetable, speaker=speaker, with_why=args.why))


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"tanggal “{written}” tidak ada; tulis seperti 2026-11-23"
        ) from None


def _actual(written: str) -> tuple[str, Actual]:
    step_id, sign, days = written.partition("=")
    if not sign or not step_id:
        raise argparse.ArgumentTypeError("tulis seperti registration=2026-08-20/2026-09-02")
    start, _, end = days.partition("/")
    return step_id, (_day(start), _day(end) if end else None)
