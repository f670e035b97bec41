"""`pilkades verify`: check the archive of an internet election without trusting anybody.

Exit 0: accepted. 1: rejected, with the check and the object at fault. 2: unreadable or misused.
"""

import argparse
import json
import os
import sys
import tarfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO, cast

from pilkades import __version__
from pilkades.cli.sentences import Speaker
from pilkades.cli.vote_jobs import choose_judge
from pilkades.cli.vote_words import add_language, end_progress, say, show_progress, speaking, warn
from pilkades.evoting.archive import Oversized
from pilkades.evoting.ballot_checks import BallotVerdict
from pilkades.evoting.elections import Election
from pilkades.evoting.events import Stage
from pilkades.evoting.public_credentials import Weights
from pilkades.evoting.report import Report, continues
from pilkades.evoting.verification import JudgeMany, verify_archive
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
_BALLOT_EVENT = b'"type":"Ballot"'


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("archive", type=Path, help="arsip .bel")
    parser.add_argument("--since", type=Path, help="arsip lama; buktikan tidak ada yang hilang")
    parser.add_argument("--json", action="store_true", help="laporan untuk mesin")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="jumlah inti")
    add_language(parser)


def run(args: argparse.Namespace) -> int:
    """Check, report, and answer by the exit code."""
    with speaking(args.lang) as speaker:
        return _run(args, speaker)


def _run(args: argparse.Namespace, speaker: Speaker) -> int:
    verdicts: list[BallotVerdict] | None = [] if args.json else None
    found = _verify(args.archive, args.jobs, verdicts)
    old = _verify(args.since, args.jobs, None) if args.since else None
    for path, answer in ((args.archive, found), (args.since, old)):
        if path and answer is None:
            warn(Text("{path} bukan arsip pemilihan (.bel).", path=str(path)))
            return 2
    assert found is not None
    results = list(found.report.checks)
    if old is not None:
        results.append(_compare(old.report, found.report))
    is_accepted = found.report.is_accepted and all(result.ok for result in results)
    # Whoever reads only the beginning (`| head`) is still answered by the exit code.
    with suppress(BrokenPipeError):
        if verdicts is None:
            for line in _to_lines(found, results, is_accepted, speaker):
                say(line)
        else:
            document = _to_json(found, results, verdicts, speaker)
            print(json.dumps(document, ensure_ascii=not _is_utf8()))
    return 0 if is_accepted else 1


def _is_utf8() -> bool:
    return (sys.stdout.encoding or "").casefold().replace("-", "") == "utf8"


@dataclass(frozen=True, slots=True)
class _Found:
    """A report, the hash of the very bytes it is about, and how many ballots it never reached."""

    report: Report
    digest: str
    unjudged: int


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

    def finish(self) -> tuple[str, int]:
        """Read what is left; the hash of everything, and the ballots seen on the way."""
        ballots, end = 0, b""
        while data := self.read(1 << 20):
            ballots += (end + data).count(_BALLOT_EVENT)
            end = data[1 - len(_BALLOT_EVENT) :]
        return self._digest.hexdigest(), ballots


def _verify(path: Path, jobs: int, verdicts: list[BallotVerdict] | None) -> _Found | None:
    """What is found in an archive; None where it is no tar at all."""
    with path.open("rb") as file:
        if not _looks_like_tar(file.peek(_BLOCK)[:_BLOCK]):
            return None
        stream = _Hashed(file)
        share = partial(_share_of, stream, max(1, path.stat().st_size))
        judge = _watch(choose_judge(jobs), verdicts, share if sys.stderr.isatty() else None)
        report = verify_archive(cast(BinaryIO, stream), judge_many=judge)
        return _Found(report, *stream.finish())


def _share_of(stream: _Hashed, size: int) -> float:
    return min(1.0, stream.tell() / size)


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


def _watch(
    judge: JudgeMany, verdicts: list[BallotVerdict] | None, share: Callable[[], float] | None
) -> JudgeMany:
    """Keep every verdict where the report wants it, and show how far the work has come."""

    def judge_and_keep(
        election: Election, weights: Weights, ballots: Iterable[bytes | Oversized]
    ) -> Iterator[BallotVerdict]:
        started = time.monotonic()
        for done, verdict in enumerate(judge(election, weights, ballots), start=1):
            if verdicts is not None:
                verdicts.append(replace(verdict, choices=()))
            if share and done % 25 == 0 and (part := share()):
                show_progress(done, part, (time.monotonic() - started) * (1 - part) / part)
            yield verdict
        if share:
            end_progress()

    return judge_and_keep


def _to_lines(
    found: _Found, results: list[CheckResult], is_accepted: bool, speaker: Speaker
) -> Iterator[str]:
    report = found.report
    width = max((len(result.id) for result in results), default=0)
    good, bad = (Text("baik"), Text("GAGAL"))
    words = {True: speaker.say(good), False: speaker.say(bad)}
    wide = max(map(len, words.values()))
    for item in results:
        yield f"{words[item.ok]:<{wide}}  {item.id:<{width}}  {speaker.say(item.detail)}"
    for verdict in report.refused:
        yield f"{words[False]:<{wide}}  {verdict.tracker}  {', '.join(verdict.failed)}"
    if found.unjudged:
        yield speaker.say(
            Text(
                "Sesudah kerusakan itu masih ada {count} surat suara yang tidak dapat dinilai.",
                count=found.unjudged,
            )
        )
    yield from ("", *_describe(report, speaker), "")
    accepted, rejected = Text("DITERIMA: semua pemeriksaan lolos."), Text("DITOLAK.")
    yield speaker.say(accepted if is_accepted else rejected)


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
    found: _Found,
    results: list[CheckResult],
    verdicts: list[BallotVerdict],
    speaker: Speaker,
) -> dict[str, Any]:
    """docs/formats/verify-report.schema.json."""
    report = found.report
    return {
        "program": f"pilkades {__version__}",
        "archive_sha256": found.digest,
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
        "unjudged": found.unjudged,
        "tallied": report.tallied_count,
        "result": None if report.result is None else [list(row) for row in report.result],
    }
