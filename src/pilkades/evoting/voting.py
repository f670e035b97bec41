"""Making a ballot: what a voter's device does. Everything secret stays in these functions."""

from collections.abc import Sequence

from pilkades.crypto.elgamal import encrypt_exponent
from pilkades.crypto.groups import Draw
from pilkades.crypto.proofs import Proof, prove_knowledge, prove_one_of
from pilkades.errors import RuleViolationError
from pilkades.evoting.ballots import Answer, Ballot, write_unsigned
from pilkades.evoting.canonical import write_json
from pilkades.evoting.credentials import derive_secret
from pilkades.evoting.elections import Election, Question
from pilkades.evoting.fingerprints import fingerprint
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
from pilkades.text import Text

Votes = Sequence[Sequence[int]]
"""For every question 0 or 1 for each answer, the blank one first where it is allowed."""


def make_ballot(election: Election, *, code: str, votes: Votes, draw: Draw) -> Ballot:
    """The signed ballot of one voter.

    Inputs: code and votes, secret. Cost: about 30 exponentiations for three candidates.
    Source: specification, sections "Encrypted answers", "Signatures", "Ballots".

    Raises:
        MalformedInputError: access-code.
        RuleViolationError: ballot-choice (too few, too many, blank together with a choice).
    """
    group = election.group
    if len(votes) != len(election.questions):
        raise _refuse_choice()
    secret = derive_secret(group, uuid=election.uuid, code=code)
    credential = group.power_generator(secret)
    context = build_context(election, credential)
    answers = tuple(
        _make_answer(election, context, question, vote, draw)
        for question, vote in zip(election.questions, votes, strict=True)
    )
    unsigned = write_unsigned(
        group=group,
        election_uuid=election.uuid,
        election_hash=election.fingerprint,
        credential=credential,
        answers=answers,
    )
    content_hash = fingerprint(write_json(unsigned))
    return Ballot(
        group=group,
        election_uuid=election.uuid,
        election_hash=election.fingerprint,
        credential=credential,
        answers=answers,
        signature_hash=content_hash,
        signature_proof=prove_knowledge(
            group, secret=secret, prefix=f"sig|{content_hash}|", draw=draw
        ),
    )


def check_votes(question: Question, vote: Sequence[int]) -> None:
    """Refuse a choice that no proof could be made for.

    Raises:
        RuleViolationError: ballot-choice.
    """
    if len(vote) != question.choice_count or not set(vote) <= {0, 1}:
        raise _refuse_choice()
    chosen = sum(vote[question.has_blank :])
    if question.has_blank and vote[0]:
        if chosen:
            raise _refuse_choice()
    elif not question.minimum <= chosen <= question.maximum:
        raise _refuse_choice()


def _make_answer(
    election: Election, context: str, question: Question, vote: Sequence[int], draw: Draw
) -> Answer:
    group, key = election.group, election.public_key
    check_votes(question, vote)
    randomness = [draw(group.order) for _ in vote]
    choices = tuple(
        encrypt_exponent(group, key=key, message=m, randomness=r)
        for m, r in zip(vote, randomness, strict=True)
    )

    def prove(statement: OneOf, true_index: int, secret: int) -> tuple[Proof, ...]:
        return prove_one_of(
            group,
            key=key,
            pairs=statement.pairs,
            true_index=true_index,
            secret=secret % group.order,
            prefix=statement.prefix,
            draw=draw,
        )

    individual = tuple(
        prove(state_choice(group, context, choice), m, r)
        for choice, m, r in zip(choices, vote, randomness, strict=True)
    )
    total = add_choices(group, question, choices)
    whole = extend_context(group, context, choices)
    chosen, sum_secret = sum(vote[question.has_blank :]), sum(randomness[question.has_blank :])
    if not question.has_blank:
        statement = state_sum(group, whole, question, total)
        return Answer(choices, individual, prove(statement, chosen - question.minimum, sum_secret))
    is_blank, blank_secret = bool(vote[0]), randomness[0]
    overall = prove(
        state_sum_or_blank(group, whole, question, choices[0], total),
        0 if is_blank else 1 + chosen - question.minimum,
        blank_secret if is_blank else sum_secret,
    )
    blank = prove(
        state_blank(group, whole, choices[0], total),
        1 if is_blank else 0,
        sum_secret if is_blank else blank_secret,
    )
    return Answer(choices, individual, overall, blank)


def _refuse_choice() -> RuleViolationError:
    return RuleViolationError(
        "ballot-choice",
        Text("Pilihan tidak sesuai dengan batas pertanyaan; tidak ada yang disandikan."),
        article="Belenios 3.3.0, Questions",
    )
