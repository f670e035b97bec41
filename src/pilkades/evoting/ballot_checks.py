"""The verdict on one ballot: every check by its name.

The checks (stable ids): `ballot-form` the bytes are a canonical ballot of members of the group;
`ballot-election` uuid and fingerprint are this election's; `ballot-credential` the credential is
listed; `ballot-shape` as many answers, choices and proofs as the questions ask;
`ballot-choice-proof` each choice is 0 or 1; `ballot-sum-proof` the sum is allowed;
`ballot-blank-proof` a blank vote chooses nothing; `ballot-signature` the holder of the credential
signed exactly these bytes.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from pilkades.crypto.groups import Element, Group
from pilkades.crypto.proofs import Proof, verify_knowledge, verify_one_of
from pilkades.errors import MalformedInputError
from pilkades.evoting.archive import Oversized
from pilkades.evoting.ballots import BALLOT_SIZE_MAX, Answer, Ballot, parse_ballot
from pilkades.evoting.canonical import refuse_size
from pilkades.evoting.elections import Election, Question
from pilkades.evoting.fingerprints import fingerprint, write_fingerprint
from pilkades.evoting.statements import (
    OneOf,
    add_choices,
    build_context,
    extend_context,
    state_blank,
    state_choice,
    state_sum,
    state_sum_or_blank,
)
from pilkades.evoting.tally import Choices
from pilkades.text import Text

BALLOT_CHECKS = (
    "ballot-form",
    "ballot-election",
    "ballot-credential",
    "ballot-shape",
    "ballot-choice-proof",
    "ballot-sum-proof",
    "ballot-blank-proof",
    "ballot-signature",
)


@dataclass(frozen=True, slots=True)
class BallotVerdict:
    """The names of the checks that a ballot fails; none means it is accepted.

    `credential` and `choices` are what the tally needs of it; None where the bytes are no ballot,
    and `detail` says why.
    """

    tracker: str
    credential: Element | None
    choices: Choices
    failed: tuple[str, ...]
    detail: Text | None = None

    @property
    def is_accepted(self) -> bool:
        return self.credential is not None and not self.failed


def judge_ballot(
    election: Election, data: bytes | Oversized, *, credentials: Collection[Element]
) -> BallotVerdict:
    """Judge the bytes of a ballot. Cost: ten exponentiations a choice, and four a sum.

    Inputs: credentials, those that are listed; all public.
    """
    if isinstance(data, Oversized):
        error = refuse_size(data.size, BALLOT_SIZE_MAX)
        why = Text("{code}: {why}", code=error.code, why=error.text)
        return BallotVerdict(write_fingerprint(data.digest), None, (), ("ballot-form",), why)
    try:
        ballot = parse_ballot(data, group=election.group)
    except MalformedInputError as error:
        why = Text("{code}: {why}", code=error.code, why=error.text)
        return BallotVerdict(fingerprint(data), None, (), ("ballot-form",), why)
    failed = tuple(_find_failures(election, ballot, credentials))
    choices = tuple(answer.choices for answer in ballot.answers)
    return BallotVerdict(fingerprint(data), ballot.credential, choices, failed)


def _find_failures(
    election: Election, ballot: Ballot, credentials: Collection[Element]
) -> Iterator[str]:
    if (ballot.election_uuid, ballot.election_hash) != (election.uuid, election.fingerprint):
        yield "ballot-election"
    if ballot.credential not in credentials:
        yield "ballot-credential"
    if not has_shape(election, ballot):
        # Without the right shape there is no statement that the proofs could be about.
        yield "ballot-shape"
        return
    context = build_context(election, ballot.credential)
    failed: set[str] = set()
    for question, answer in zip(election.questions, ballot.answers, strict=True):
        failed.update(_check_answer(election, context, question, answer))
    yield from (name for name in BALLOT_CHECKS if name in failed)
    if not _is_signed(election.group, ballot):
        yield "ballot-signature"


def has_shape(election: Election, ballot: Ballot) -> bool:
    """Whether the ballot has as many answers, choices and kinds of proof as the questions ask."""
    return len(ballot.answers) == len(election.questions) and all(
        len(answer.choices) == len(answer.individual_proofs) == question.choice_count
        and (answer.blank_proof is not None) == question.has_blank
        for question, answer in zip(election.questions, ballot.answers, strict=True)
    )


def _check_answer(
    election: Election, context: str, question: Question, answer: Answer
) -> Iterator[str]:
    group = election.group

    def holds(statement: OneOf, proofs: tuple[Proof, ...]) -> bool:
        return verify_one_of(
            group,
            key=election.public_key,
            pairs=statement.pairs,
            proofs=proofs,
            prefix=statement.prefix,
        )

    # Every proof is evaluated, so that the time taken tells nothing about which one fails.
    for choice, proofs in zip(answer.choices, answer.individual_proofs, strict=True):
        if not holds(state_choice(group, context, choice), proofs):
            yield "ballot-choice-proof"
    total = add_choices(group, question, answer.choices)
    whole = extend_context(group, context, answer.choices)
    if answer.blank_proof is None:
        statement = state_sum(group, whole, question, total)
    else:
        blank = answer.choices[0]
        statement = state_sum_or_blank(group, whole, question, blank, total)
        if not holds(state_blank(group, whole, blank, total), answer.blank_proof):
            yield "ballot-blank-proof"
    if not holds(statement, answer.overall_proof):
        yield "ballot-sum-proof"


def _is_signed(group: Group, ballot: Ballot) -> bool:
    return ballot.content_hash == ballot.signature_hash and verify_knowledge(
        group,
        public=ballot.credential,
        prefix=f"sig|{ballot.signature_hash}|",
        proof=ballot.signature_proof,
    )
