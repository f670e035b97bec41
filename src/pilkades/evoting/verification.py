"""The verdict on a whole archive: what anybody can check without trusting who made it.

Reads the archive as a stream, judges every ballot, and answers with every check by its name. It
never says yes by default: an archive is accepted only if all the checks of the stage that it has
reached were made and held (`evoting.report` names them).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import BinaryIO, TypeVar

from pilkades.crypto.groups import Element
from pilkades.errors import PilkadesError
from pilkades.evoting.archive import Oversized
from pilkades.evoting.ballot_checks import BALLOT_CHECKS, BallotVerdict, judge_ballot
from pilkades.evoting.board import Step, read_steps
from pilkades.evoting.decryption import (
    PartialDecryption,
    Result,
    combine_factors,
    parse_decryption,
    parse_owned,
    parse_result,
    verify_decryption,
    verify_result,
)
from pilkades.evoting.election_key import find_sub_keys, is_key_of
from pilkades.evoting.elections import Election, parse_election
from pilkades.evoting.events import Kind, Stage
from pilkades.evoting.public_credentials import Weights, parse_credentials
from pilkades.evoting.report import Report
from pilkades.evoting.tally import (
    Choices,
    EncryptedTally,
    SizedTally,
    compute_tally,
    parse_sized_tally,
    parse_tally,
)
from pilkades.evoting.trustees import Trustees, list_keys, parse_trustees
from pilkades.ledger.checks import CheckResult
from pilkades.text import Text

JudgeMany = Callable[[Election, Weights, Iterable[bytes | Oversized]], Iterator[BallotVerdict]]
_T = TypeVar("_T")


def judge_one_by_one(
    election: Election, weights: Weights, ballots: Iterable[bytes | Oversized]
) -> Iterator[BallotVerdict]:
    """The plain way to judge ballots; a caller may hand in one that uses every core."""
    return (judge_ballot(election, data, credentials=weights) for data in ballots)


def verify_archive(stream: BinaryIO, *, judge_many: JudgeMany = judge_one_by_one) -> Report:
    """Check everything that the archive lets be checked. Never raises for what it contains.

    Cost: about 32 exponentiations a ballot of three candidates.
    """
    inspection = _Inspection(judge_many)
    try:
        inspection.run(stream)
    except PilkadesError as error:
        inspection.note("archive", False, Text("{code}: {why}", code=error.code, why=error.text))
    return inspection.report()


@dataclass
class _Inspection:
    """What has been found so far; each step has a method that judges it."""

    judge_many: JudgeMany
    stage: Stage = Stage.NEW
    election: Election | None = None
    trustees: Trustees = ()
    weights: Weights = field(default_factory=dict)
    tallied: dict[Element, Choices] = field(default_factory=dict)
    ballot_count: int = 0
    refused: list[BallotVerdict] = field(default_factory=list)
    tally: EncryptedTally = ()
    sized: SizedTally | None = None
    partials: dict[int, PartialDecryption] = field(default_factory=dict)
    result: Result | None = None
    history: list[bytes] = field(default_factory=list)
    outcomes: dict[str, tuple[bool, Text]] = field(default_factory=dict)

    def run(self, stream: BinaryIO) -> None:
        steps = self._remember(read_steps(stream))
        for step in steps:
            if step.event.kind is Kind.SETUP:
                self._check_setup(step)
                # Not one ballot can be judged without an election to judge it by.
                if self.election is None:
                    return
                steps = self._check_ballots(steps)
                break
        for step in steps:
            match step.event.kind:
                case Kind.ENCRYPTED_TALLY:
                    self._check_tally(step)
                case Kind.PARTIAL_DECRYPTION:
                    self._check_decryption(step)
                case Kind.RESULT:
                    self._check_result(step)
                case _:
                    pass
        if self.stage is Stage.NEW:
            self.note("archive-setup", False, Text("Arsip ini belum memuat pembukaan pemilihan."))
        self.note("archive", True, Text("Rantai {count} peristiwa utuh.", count=len(self.history)))

    def note(self, check: str, ok: bool, detail: Text) -> None:
        """A check fails for good; the first fault is the one that is told."""
        if self.outcomes.get(check, (True, detail))[0]:
            self.outcomes[check] = (ok, detail)

    def report(self) -> Report:
        return Report(
            stage=self.stage,
            checks=tuple(
                CheckResult(name, ok, detail) for name, (ok, detail) in self.outcomes.items()
            ),
            election=self.election,
            ballot_count=self.ballot_count,
            refused=tuple(self.refused),
            tallied_count=len(self.tallied),
            result=self.result,
            history=tuple(self.history),
        )

    def _remember(self, steps: Iterator[Step]) -> Iterator[Step]:
        for step in steps:
            self.stage = step.stage
            self.history.append(bytes.fromhex(step.event_hash))
            yield step

    def _check_setup(self, step: Step) -> None:
        election_data, trustees_data, credentials_data = step.parts
        election = self._attempt("election", lambda: parse_election(election_data))
        if election is None:
            return
        self.election = election
        trustees = self._attempt(
            "trustees", lambda: parse_trustees(trustees_data, group=election.group)
        )
        weights = self._attempt(
            "credentials", lambda: parse_credentials(credentials_data, group=election.group)
        )
        self.weights = weights if weights is not None else {}
        if election.group.identity in self.weights:
            # The tools accept it, so an archive is not condemned for it; but it is told.
            self.outcomes["credentials"] = (
                True,
                Text("PERINGATAN: daftar memuat unsur satuan; siapa pun dapat memilih dengannya."),
            )
        if trustees is not None:
            self.trustees = trustees
            self._check_trustees(election, trustees)

    def _check_trustees(self, election: Election, trustees: Trustees) -> None:
        self.note("possession", True, Text("Setiap pemegang kunci wajib membuktikan kuncinya."))
        self.note("ceremony", True, Text("Setiap kelompok ambang dibentuk menurut aturannya."))
        sub_keys = list(find_sub_keys(election.group, trustees))
        for item in sub_keys:
            if item.fault is not None:
                why = Text("{code}: {why}", code=item.fault.code, why=item.fault.text)
                self.note(item.check, False, why)
        self.note(
            "election-key",
            is_key_of(election.group, election.public_key, sub_keys),
            Text("Kunci pemilihan dibandingkan dengan hasil kali kunci para pemegangnya."),
        )

    def _check_ballots(self, steps: Iterator[Step]) -> Iterator[Step]:
        """Judge all ballots; give back the steps that come after them."""
        assert self.election is not None
        after: list[Step] = []

        def take_ballots() -> Iterator[bytes | Oversized]:
            for step in steps:
                if step.event.kind is not Kind.BALLOT:
                    after.append(step)
                    return
                yield step.payload

        for verdict in self.judge_many(self.election, self.weights, take_ballots()):
            self.ballot_count += 1
            self._take_verdict(verdict)
        for name in BALLOT_CHECKS:
            self.note(name, True, Text("{count} surat suara diperiksa.", count=self.ballot_count))
        return chain(after, steps)

    def _take_verdict(self, verdict: BallotVerdict) -> None:
        if verdict.is_accepted and verdict.credential is not None:
            # The last ballot of a credential counts, at the place of the last.
            self.tallied.pop(verdict.credential, None)
            self.tallied[verdict.credential] = verdict.choices
            return
        # What a refused ballot would have added is not kept: an archive full of them costs little.
        self.refused.append(replace(verdict, choices=(), detail=None))
        for name in verdict.failed:
            detail = Text(
                "Surat suara {tracker} tidak sah. {why}",
                tracker=verdict.tracker,
                why=verdict.detail or "",
            )
            self.note(name, False, detail)

    def _check_tally(self, step: Step) -> None:
        assert self.election is not None
        election = self.election
        sized = parse_sized_tally(step.text)
        expected, counted = compute_tally(
            election,
            ((choices, self.weights[name]) for name, choices in self.tallied.items()),
        )
        self.note(
            "tally-count",
            (sized.num_tallied, sized.total_weight) == (counted.num_tallied, counted.total_weight),
            Text(
                "Rekapitulasi menyebut {stated} surat suara; yang sah dan terakhir {found}.",
                stated=sized.num_tallied,
                found=counted.num_tallied,
            ),
        )
        found = self._attempt(
            "tally-product", lambda: parse_tally(step.parts[0], group=election.group)
        )
        self.note(
            "tally-product",
            found == expected,
            Text("Rekapitulasi tersandi dibandingkan dengan hasil kali surat suara terakhir."),
        )
        self.tally, self.sized = expected, counted

    def _check_decryption(self, step: Step) -> None:
        assert self.election is not None
        election, owner = self.election, parse_owned(step.text).owner
        keys = list_keys(self.trustees)
        is_known = 1 <= owner <= len(keys) and owner not in self.partials
        self.note(
            "decryption-owner",
            is_known,
            Text("Pembukaan sebagian oleh pemegang kunci ke-{owner}.", owner=owner),
        )
        found = self._attempt(
            "decryption-proof", lambda: parse_decryption(step.parts[0], wire=election.wire)
        )
        if not is_known or found is None:
            return
        is_proven = verify_decryption(
            election, self.tally, public=keys[owner - 1].public_key, partial=found
        )
        self.note(
            "decryption-proof",
            is_proven,
            Text("Bukti pembukaan oleh pemegang kunci ke-{owner}.", owner=owner),
        )
        if is_proven:
            self.partials[owner] = found

    def _check_result(self, step: Step) -> None:
        assert self.election is not None
        election = self.election
        result = self._attempt("result-value", lambda: parse_result(step.text))
        factors = self._attempt(
            "result-trustees", lambda: combine_factors(election, self.trustees, self.partials)
        )
        # Without a single ballot the trustees are asked all the same: no result without them.
        if result is None or factors is None:
            return
        self.result = result
        total = self.sized.total_weight if self.sized else 0
        is_bounded = all(count <= total for row in result for count in row)
        self.note(
            "result-bound",
            is_bounded,
            Text("Tidak ada angka hasil yang melebihi {total} suara.", total=total),
        )
        self.note(
            "result-value",
            verify_result(election, self.tally, factors, result),
            Text("Angka hasil dibandingkan dengan rekapitulasi yang dibuka."),
        )

    def _attempt(self, check: str, act: Callable[[], _T]) -> _T | None:
        try:
            value = act()
        except PilkadesError as error:
            self.note(check, False, Text("{code}: {why}", code=error.code, why=error.text))
            return None
        self.note(check, True, Text("Dapat dibaca dan sesuai bentuk bakunya."))
        return value
