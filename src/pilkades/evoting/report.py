"""What a verification answers: every check by its name, and which of them an archive needs.

The checks (stable ids): `archive` the file is a chain of steps, each named by its hash, each in its
turn; `election`, `trustees`, `credentials` the texts are what they claim; `possession` every
mandatory trustee knows its secret; `ceremony` every threshold group was made by its rules;
`election-key` the election's key is the product of the sub-keys; then those of `ballot_checks`;
`tally-count`, `tally-product` the tally adds up the last ballots; `decryption-owner`,
`decryption-proof`, `result-trustees`, `result-value`, `result-bound`.
"""

from dataclasses import dataclass

from pilkades.evoting.ballot_checks import BALLOT_CHECKS, BallotVerdict
from pilkades.evoting.decryption import Result
from pilkades.evoting.elections import Election
from pilkades.evoting.events import Stage
from pilkades.ledger.checks import CheckResult, is_verified

SETUP_CHECKS = (
    "archive",
    "election",
    "trustees",
    "possession",
    "ceremony",
    "election-key",
    "credentials",
)
TALLY_CHECKS = ("tally-count", "tally-product")
RESULT_CHECKS = (
    "decryption-owner",
    "decryption-proof",
    "result-trustees",
    "result-value",
    "result-bound",
)
REQUIRED: dict[Stage, tuple[str, ...]] = {
    Stage.NEW: ("archive-setup",),
    Stage.OPEN: (*SETUP_CHECKS, *BALLOT_CHECKS),
    Stage.CLOSED: (*SETUP_CHECKS, *BALLOT_CHECKS),
    Stage.TALLIED: (*SETUP_CHECKS, *BALLOT_CHECKS, *TALLY_CHECKS),
    Stage.FINISHED: (*SETUP_CHECKS, *BALLOT_CHECKS, *TALLY_CHECKS, *RESULT_CHECKS),
}


@dataclass(frozen=True, slots=True)
class Report:
    """What was found; `history` is the hash of the event at every height."""

    stage: Stage
    checks: tuple[CheckResult, ...]
    election: Election | None
    ballot_count: int
    refused: tuple[BallotVerdict, ...]
    tallied_count: int
    result: Result | None
    history: tuple[bytes, ...]

    @property
    def is_accepted(self) -> bool:
        return is_verified(self.checks, required=frozenset(REQUIRED[self.stage]))


def continues(old: Report, new: Report) -> bool:
    """Whether every event of the old archive stands unchanged at its place in the new one."""
    return new.history[: len(old.history)] == old.history and bool(old.history)
