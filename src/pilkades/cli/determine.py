"""`pilkades determine`: the winner of one village, or what must happen, with the whole trace."""

import argparse
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pilkades.cli.sentences import Speaker
from pilkades.cli.timetable_report import FORMAT, WIDTH, write_json
from pilkades.law.ballots import EMPTY_COLUMN
from pilkades.law.determination import Determination, DeterminationRules, Outcome, determine
from pilkades.law.determination.reading import parse_village, parse_village_table
from pilkades.law.pack import RulePack, Status
from pilkades.packfiles import read_pack
from pilkades.text import Text

_OUTCOMES = {
    Outcome.ELECTED: Text("Calon terpilih: nomor {winner}."),
    Outcome.TIED: Text("Suara sama; belum ada calon terpilih."),
    Outcome.REJECTED: Text("Calon tunggal tidak terpilih."),
    Outcome.NO_VOTES: Text("Tidak ada suara sah; tidak ada calon terpilih."),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.description = (
        "Menetapkan hasil satu desa menurut paket aturan. Kode keluar: 0 ada calon terpilih, "
        "1 tidak ada, 2 masukan tidak terbaca. Bentuk berkas: docs/formats."
    )
    parser.add_argument("pack", metavar="PAKET", help="nama paket aturan atau berkas .toml")
    parser.add_argument("file", metavar="BERKAS", help="berkas .json atau .csv")
    parser.add_argument("--json", action="store_true", help="keluaran JSON")
    parser.add_argument("--lang", choices=("id", "en"), default="id", help="bahasa keluaran")


def run(args: argparse.Namespace) -> int:
    """Determine and print; 1 where nobody is elected."""
    pack = read_pack(args.pack)
    path = Path(args.file)
    parse = parse_village_table if path.suffix == ".csv" else parse_village
    stations, candidates = parse(path.read_bytes())
    rules = DeterminationRules.from_pack(pack)
    result = determine(rules=rules, stations=stations, candidates=candidates)
    speaker = Speaker(args.lang)
    if args.json:
        write_json(determination_document(pack, result, speaker))
    else:
        print("\n".join(_lines(pack, rules, result, speaker)))
    return 0 if result.outcome is Outcome.ELECTED else 1


def _lines(
    pack: RulePack, rules: DeterminationRules, result: Determination, speaker: Speaker
) -> Iterator[str]:
    yield f"Paket aturan: {pack.title} ({pack.id} {pack.version})"
    for number, votes in result.totals:
        label = rules.single.against_label if number == EMPTY_COLUMN else f"calon {number}"
        yield f"  {label:<24}{votes:>9,}".replace(",", ".")
    yield ""
    yield "Urutan penetapan:"
    for place, step in enumerate(result.trace, start=1):
        doubt = " (perlu verifikasi)" if step.status not in (None, Status.VERIFIED) else ""
        yield from _wrapped(f"{place}. {speaker.say(step.text)}", 2)
        yield from _wrapped(f"Dasar: {step.article or '-'}{doubt} [{step.criterion}]", 5)
    yield ""
    outcome = _OUTCOMES[result.outcome]
    yield speaker.say(Text(outcome.template, winner=result.winner))
    if result.next_act is not None:
        yield from _wrapped(f"Tindak lanjut: {speaker.say(result.next_act.text)}", 0)
    for warning in result.warnings:
        yield from _wrapped(f"PERINGATAN: {speaker.say(warning)}", 0)


def _wrapped(text: str, indent: int) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2)
    )


def determination_document(
    pack: RulePack, result: Determination, speaker: Speaker
) -> dict[str, Any]:
    """The document of docs/formats/determination.schema.json."""
    act = result.next_act
    return {
        "format": FORMAT,
        "pack": {"id": pack.id, "title": pack.title, "version": pack.version},
        "outcome": result.outcome.value,
        "winner": result.winner,
        "totals": [{"number": number, "votes": votes} for number, votes in result.totals],
        "tied": list(result.tied),
        "trace": [
            {
                "criterion": step.criterion,
                "article": step.article or None,
                "status": step.status.value if step.status else None,
                "text": speaker.say(step.text),
                "remaining": list(step.remaining),
            }
            for step in result.trace
        ],
        "next_act": None
        if act is None
        else {
            "act": act.act.value,
            "within_days": act.within_days,
            "article": act.article or None,
            "text": speaker.say(act.text),
        },
        "warnings": [speaker.say(warning) for warning in result.warnings],
    }
