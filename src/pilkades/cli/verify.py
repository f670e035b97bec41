"""`pilkades verify`: check the archive of an internet election without trusting anybody.

Exit 0: accepted. 1: rejected, with the check and the object at fault. 2: unreadable or misused.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator
from hashlib import file_digest
from pathlib import Path
from typing import Any

from pilkades import __version__
from pilkades.cli.sentences import Speaker
from pilkades.cli.vote_jobs import choose_judge
from pilkades.evoting.ballot_checks import BallotVerdict
from pilkades.evoting.elections import Election
from pilkades.evoting.events import Stage
from pilkades.evoting.public_credentials import Weights
from pilkades.evoting.verification import JudgeMany, Report, continues, verify_archive
from pilkades.ledger.checks import CheckResult
from pilkades.text import Text

_STAGES = {
    Stage.NEW: Text("belum dibuka"),
    Stage.OPEN: Text("sedang menerima suara"),
    Stage.CLOSED: Text("ditutup, belum direkapitulasi"),
    Stage.TALLIED: Text("direkapitulasi, menunggu pemegang kunci"),
    Stage.FINISHED: Text("selesai"),
}
_TAR_MAGIC = b"BELENIOS"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("archive", type=Path, help="arsip .bel")
    parser.add_argument("--since", type=Path, help="arsip lama; buktikan tidak ada yang hilang")
    parser.add_argument("--json", action="store_true", help="laporan untuk mesin")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="jumlah inti")
    parser.add_argument("--lang", choices=("id", "en"), default="id", help="bahasa laporan")


def run(args: argparse.Namespace) -> int:
    """Check, report, and answer by the exit code."""
    speaker = Speaker(args.lang)
    for path in filter(None, (args.archive, args.since)):
        if not _looks_like_archive(path):
            what = Text("{path} bukan arsip pemilihan (.bel).", path=str(path))
            print(speaker.say(what), file=sys.stderr)
            return 2
    verdicts: list[BallotVerdict] = []
    judge = _watch(choose_judge(args.jobs), verdicts, quiet=not sys.stderr.isatty())
    report = _verify(args.archive, judge)
    results = list(report.checks)
    if args.since:
        results.append(_compare(_verify(args.since, choose_judge(args.jobs)), report))
    is_accepted = report.is_accepted and all(result.ok for result in results)
    if args.json:
        print(json.dumps(_to_json(args, report, results, verdicts, speaker), ensure_ascii=False))
    else:
        print(_to_text(report, results, is_accepted, speaker))
    return 0 if is_accepted else 1


def _looks_like_archive(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_TAR_MAGIC)) == _TAR_MAGIC


def _verify(path: Path, judge: JudgeMany) -> Report:
    with path.open("rb") as stream:
        return verify_archive(stream, judge_many=judge)


def _compare(old: Report, new: Report) -> CheckResult:
    """An older archive that is whole must be the beginning of the newer one."""
    is_kept = old.is_accepted and continues(old, new)
    return CheckResult(
        "continuation",
        is_kept,
        Text(
            "Arsip lama memuat {old} peristiwa; arsip baru {new} peristiwa.",
            old=len(old.history),
            new=len(new.history),
        ),
    )


def _watch(judge: JudgeMany, verdicts: list[BallotVerdict], *, quiet: bool) -> JudgeMany:
    """Keep every verdict for the report, and show how far the work has come."""

    def judge_and_keep(
        election: Election, weights: Weights, ballots: Iterable[bytes]
    ) -> Iterator[BallotVerdict]:
        for verdict in judge(election, weights, ballots):
            verdicts.append(verdict)
            if not quiet and len(verdicts) % 25 == 0:
                print(f"\r{len(verdicts):>8} surat suara", end="", file=sys.stderr, flush=True)
            yield verdict
        if not quiet:
            print("\r" + " " * 24 + "\r", end="", file=sys.stderr, flush=True)

    return judge_and_keep


def _to_text(
    report: Report, results: list[CheckResult], is_accepted: bool, speaker: Speaker
) -> str:
    width = max((len(result.id) for result in results), default=0)
    good, bad = (Text("baik"), Text("GAGAL"))
    words = {True: speaker.say(good), False: speaker.say(bad)}
    wide = max(map(len, words.values()))
    lines = [
        f"{words[item.ok]:<{wide}}  {item.id:<{width}}  {speaker.say(item.detail)}"
        for item in results
    ]
    lines += ["", *_describe(report, speaker), ""]
    accepted, rejected = Text("DITERIMA: semua pemeriksaan lolos."), Text("DITOLAK.")
    return "\n".join([*lines, speaker.say(accepted if is_accepted else rejected)])


def _describe(report: Report, speaker: Speaker) -> Iterator[str]:
    if report.election is not None:
        yield f"{report.election.name} ({report.election.uuid}, {report.election.group.name})"
        yield speaker.say(
            Text("Sidik pemilihan: {fingerprint}", fingerprint=report.election.fingerprint)
        )
    yield speaker.say(
        Text(
            "Tahap: {stage}. Surat suara: {all}, ditolak {refused}, dihitung {tallied}.",
            stage=_STAGES[report.stage],
            all=report.ballot_count,
            refused=len(report.refused),
            tallied=report.tallied_count,
        )
    )
    if report.election is not None and report.result is not None:
        for question, counts in zip(report.election.questions, report.result, strict=False):
            blank = (speaker.say(Text("Suara kosong")),) if question.has_blank else ()
            for answer, count in zip((*blank, *question.answers), counts, strict=False):
                yield f"  {count:>8}  {answer}"


def _to_json(
    args: argparse.Namespace,
    report: Report,
    results: list[CheckResult],
    verdicts: list[BallotVerdict],
    speaker: Speaker,
) -> dict[str, Any]:
    """docs/formats/verify-report.schema.json."""
    with args.archive.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    return {
        "program": f"pilkades {__version__}",
        "archive_sha256": digest,
        "accepted": report.is_accepted and all(result.ok for result in results),
        "stage": str(report.stage),
        "election": None
        if report.election is None
        else {
            "uuid": report.election.uuid,
            "name": report.election.name,
            "group": report.election.group.name,
            "fingerprint": report.election.fingerprint,
        },
        "checks": [
            {"id": item.id, "ok": item.ok, "detail": speaker.say(item.detail)} for item in results
        ],
        "ballots": [
            {"tracker": item.tracker, "ok": item.is_accepted, "failed": list(item.failed)}
            for item in verdicts
        ],
        "tallied": report.tallied_count,
        "result": None if report.result is None else [list(row) for row in report.result],
    }
