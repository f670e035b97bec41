"""`pilkades verify`: check the archive of an internet election without trusting anybody.

Exit 0: accepted. 1: rejected, with the check and the object at fault. 2: unreadable or misused.
"""

import argparse
import json
import os
import sys
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO, cast

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
_BLOCK = 512


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("archive", type=Path, help="arsip .bel")
    parser.add_argument("--since", type=Path, help="arsip lama; buktikan tidak ada yang hilang")
    parser.add_argument("--json", action="store_true", help="laporan untuk mesin")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="jumlah inti")
    parser.add_argument("--lang", choices=("id", "en"), default="id", help="bahasa laporan")


def run(args: argparse.Namespace) -> int:
    """Check, report, and answer by the exit code."""
    speaker = Speaker(args.lang)
    verdicts: list[BallotVerdict] | None = [] if args.json else None
    judge = _watch(choose_judge(args.jobs), verdicts, quiet=not sys.stderr.isatty())
    found = _verify(args.archive, judge)
    old = _verify(args.since, choose_judge(args.jobs)) if args.since else None
    for path, answer in ((args.archive, found), (args.since, old)):
        if path and answer is None:
            what = Text("{path} bukan arsip pemilihan (.bel).", path=str(path))
            print(speaker.say(what), file=sys.stderr)
            return 2
    assert found is not None
    report, digest = found
    results = list(report.checks)
    if old is not None:
        results.append(_compare(old[0], report))
    is_accepted = report.is_accepted and all(result.ok for result in results)
    if verdicts is not None:
        document = _to_json(digest, report, results, verdicts, speaker)
        told = json.dumps(document, ensure_ascii=False)
    else:
        told = _to_text(report, results, is_accepted, speaker)
    # Whoever reads only the beginning (`| head`) is still answered by the exit code.
    with suppress(BrokenPipeError):
        print(told)
    return 0 if is_accepted else 1


class _Hashed:
    """A stream that is hashed as it is read, so that the report names the very bytes it judged."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._digest = sha256()
        self._offset = 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._digest.update(data)
        self._offset += len(data)
        return data

    def tell(self) -> int:
        return self._offset

    def finish(self) -> str:
        """Read what is left; the hash of everything."""
        while self.read(1 << 20):
            pass
        return self._digest.hexdigest()


def _verify(path: Path, judge: JudgeMany) -> tuple[Report, str] | None:
    """The report and the hash of the file; None where it is no tar at all."""
    with path.open("rb") as file:
        if not _looks_like_tar(file.peek(_BLOCK)[:_BLOCK]):
            return None
        stream = _Hashed(file)
        report = verify_archive(cast(BinaryIO, stream), judge_many=judge)
        return report, stream.finish()


def _looks_like_tar(block: bytes) -> bool:
    try:
        tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except tarfile.HeaderError:
        return False
    return True


def _compare(old: Report, new: Report) -> CheckResult:
    """An older archive that is whole must be the beginning of the newer one."""
    if not old.is_accepted:
        failed = tuple(check.id for check in old.checks if not check.ok)
        why = Text("Arsip lama sendiri tidak lolos pemeriksaan: {failed}.", failed=failed)
        return CheckResult("continuation", False, why)
    return CheckResult(
        "continuation",
        continues(old, new),
        Text(
            "Arsip lama memuat {old} peristiwa; arsip baru {new} peristiwa.",
            old=len(old.history),
            new=len(new.history),
        ),
    )


def _watch(judge: JudgeMany, verdicts: list[BallotVerdict] | None, *, quiet: bool) -> JudgeMany:
    """Keep every verdict where the report wants it, and show how far the work has come."""

    def judge_and_keep(
        election: Election, weights: Weights, ballots: Iterable[bytes]
    ) -> Iterator[BallotVerdict]:
        for done, verdict in enumerate(judge(election, weights, ballots), start=1):
            if verdicts is not None:
                verdicts.append(replace(verdict, choices=()))
            if not quiet and done % 25 == 0:
                print(f"\r{done:>8} surat suara", end="", file=sys.stderr, flush=True)
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
    lines += [
        f"{words[False]:<{wide}}  {verdict.tracker}  {', '.join(verdict.failed)}"
        for verdict in report.refused
    ]
    lines += ["", *_describe(report, speaker), ""]
    accepted, rejected = Text("DITERIMA: semua pemeriksaan lolos."), Text("DITOLAK.")
    lines.append(speaker.say(accepted if is_accepted else rejected))
    return "\n".join(map(_make_plain, lines))


def _make_plain(line: str) -> str:
    """Names come from the archive: what could move the cursor or turn the text is shown as ?."""
    return "".join(sign if sign.isprintable() else "?" for sign in line)


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
    digest: str,
    report: Report,
    results: list[CheckResult],
    verdicts: list[BallotVerdict],
    speaker: Speaker,
) -> dict[str, Any]:
    """docs/formats/verify-report.schema.json."""
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
