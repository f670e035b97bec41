"""`pilkades judge`: the verdict of a pack on one or many described ballots."""

import argparse
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pilkades.cli.sentences import Speaker
from pilkades.cli.timetable_report import FORMAT, WIDTH, write_json
from pilkades.law.ballots import (
    EMPTY_COLUMN,
    BallotRules,
    Judgement,
    Verdict,
    explain_answers,
    judge_ballot,
)
from pilkades.law.ballots.reading import parse_ballot_table, parse_ballots
from pilkades.packfiles import read_pack
from pilkades.text import Text

Judged = tuple[str, Judgement]

_VERDICTS = {
    Verdict.VALID: Text("SAH"),
    Verdict.INVALID: Text("TIDAK SAH"),
    Verdict.UNRULED: Text("ATURAN TIDAK MENGATUR"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.description = (
        "Menilai surat suara menurut paket aturan. Kode keluar: 0 semua sah, 1 ada yang tidak sah "
        "atau tidak diatur, 2 masukan tidak terbaca. Bentuk berkas: docs/formats."
    )
    parser.add_argument("pack", metavar="PAKET", help="nama paket aturan atau berkas .toml")
    parser.add_argument("file", metavar="BERKAS", nargs="?", help="berkas .json atau .csv")
    parser.add_argument(
        "--answers", action="store_true", help="jawaban paket atas semua keadaan lembar dinding"
    )
    parser.add_argument("--why", action="store_true", help="sertakan aturan yang tidak cocok")
    parser.add_argument("--json", action="store_true", help="keluaran JSON")
    parser.add_argument("--lang", choices=("id", "en"), default="id", help="bahasa keluaran")


def run(args: argparse.Namespace) -> int:
    """Judge and print; 1 where any ballot is not valid."""
    pack = read_pack(args.pack)
    rules = BallotRules.from_pack(pack)
    speaker = Speaker(args.lang, names=_english_reasons(rules))
    if args.answers == (args.file is not None):
        print("Sebutkan BERKAS atau --answers. Lihat pilkades judge --help.", file=sys.stderr)
        return 2
    judged = _answers(rules, speaker) if args.answers else _judge_file(Path(args.file), rules)
    if args.json:
        write_json(
            {
                "format": FORMAT,
                "pack": {"id": pack.id, "title": pack.title, "version": pack.version},
                "judgements": [judgement_document(name, j, speaker) for name, j in judged],
            }
        )
    else:
        print("\n".join(_lines(judged, speaker, with_why=args.why)))
    all_valid = all(judgement.verdict is Verdict.VALID for _, judgement in judged)
    return 0 if args.answers or all_valid else 1


def _english_reasons(rules: BallotRules) -> dict[str, str]:
    return {rule.reason: rule.reason_en for rule in rules.entries if rule.reason_en}


def _judge_file(path: Path, rules: BallotRules) -> tuple[Judged, ...]:
    data = path.read_bytes()
    ballots = parse_ballot_table(data) if path.suffix == ".csv" else parse_ballots(data)
    return tuple((name, judge_ballot(rules=rules, ballot=ballot)) for name, ballot in ballots)


def _answers(rules: BallotRules, speaker: Speaker) -> tuple[Judged, ...]:
    answers = explain_answers(rules=rules)
    return tuple((speaker.say(answer.case.title), answer.judgement) for answer in answers)


def _lines(judged: tuple[Judged, ...], speaker: Speaker, *, with_why: bool) -> Iterator[str]:
    for name, judgement in judged:
        verdict = speaker.say(_VERDICTS[judgement.verdict])
        yield f"{name}: {verdict}{_for_whom(judgement, speaker)}"
        yield from _wrapped(speaker.say(judgement.reason))
        yield from _wrapped(f"Dasar: {judgement.article or '-'} [{judgement.rule_id or '-'}]")
        if with_why:
            for tried in judgement.trace:
                if tried.failures:
                    failures = "; ".join(speaker.say(text) for text in tried.failures)
                    yield from _wrapped(f"- {tried.rule_id}: {failures}")


def _for_whom(judgement: Judgement, speaker: Speaker) -> str:
    if judgement.candidate is None:
        return ""
    if judgement.candidate == EMPTY_COLUMN:
        return ", " + speaker.say(Text("suara untuk kolom kosong"))
    return ", " + speaker.say(Text("suara untuk calon {number}", number=judgement.candidate))


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent="  ", subsequent_indent="    ")


def judgement_document(name: str, judgement: Judgement, speaker: Speaker) -> dict[str, Any]:
    """One element of docs/formats/judgement.schema.json."""
    return {
        "id": name,
        "verdict": judgement.verdict.value,
        "candidate": judgement.candidate,
        "article": judgement.article or None,
        "reason": speaker.say(judgement.reason),
        "rule": judgement.rule_id or None,
        "status": judgement.status.value if judgement.status else None,
        "trace": [
            {
                "rule": tried.rule_id,
                "article": tried.article,
                "failures": [speaker.say(text) for text in tried.failures],
            }
            for tried in judgement.trace
        ],
    }
