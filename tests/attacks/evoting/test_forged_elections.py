"""Every forgery that `docs/protocol` names is refused, and for that reason."""

import copy
import json
import random
from collections.abc import Callable
from typing import Any

import pytest

from pilkades.crypto.elgamal import encrypt_exponent
from pilkades.crypto.proofs import Proof, prove_one_of
from pilkades.evoting.ballots import Answer, Ballot
from pilkades.evoting.credentials import derive_secret
from pilkades.evoting.events import Kind
from pilkades.evoting.statements import (
    OneOf,
    add_choices,
    build_context,
    extend_context,
    state_choice,
    state_sum,
)
from pilkades.evoting.trustees import make_trustee_key, write_trustee_key
from pilkades.evoting.voting import make_ballot
from pilkades.evoting.wire import Wire
from tests.forged_archives import Forgery, change_text, failed_checks, forge


def test_an_honest_election_is_accepted() -> None:
    assert failed_checks(forge().verify()) == set()


@pytest.mark.parametrize(
    ("change", "failing"),
    [
        (
            lambda ballot: _change(ballot["answers"][0]["individual_proofs"][0][0], "challenge"),
            "ballot-choice-proof",
        ),
        (
            lambda ballot: _change(ballot["answers"][0]["individual_proofs"][2][1], "response"),
            "ballot-choice-proof",
        ),
        (
            lambda ballot: _change(ballot["answers"][0]["overall_proof"][0], "response"),
            "ballot-sum-proof",
        ),
    ],
)
def test_a_changed_proof_of_a_ballot_is_refused(
    change: Callable[[dict[str, Any]], None], failing: str
) -> None:
    forgery = forge().cut_after(Kind.BALLOT)
    ballot = forgery.ballots[1].payload
    change(ballot)
    forgery.sign(ballot)
    assert failed_checks(forgery.verify()) == {failing}


def test_a_changed_signature_is_refused() -> None:
    forgery = forge().cut_after(Kind.BALLOT)
    _change(forgery.ballots[0].payload["signature"]["proof"], "response")
    assert failed_checks(forgery.verify()) == {"ballot-signature"}


def test_a_signature_over_other_bytes_is_refused() -> None:
    forgery = forge().cut_after(Kind.BALLOT)
    first, second = forgery.ballots[:2]
    first.payload["signature"] = copy.deepcopy(second.payload["signature"])
    assert failed_checks(forgery.verify()) == {"ballot-signature"}


def test_a_ballot_of_another_election_is_refused() -> None:
    forgery = forge().cut_after(Kind.BALLOT)
    ballot = forgery.ballots[0].payload
    ballot["election_uuid"] = change_text(ballot["election_uuid"])
    forgery.sign(ballot)
    assert failed_checks(forgery.verify()) == {"ballot-election"}


def test_a_ballot_relabelled_with_another_credential_is_refused() -> None:
    forgery = forge().cut_after(Kind.BALLOT)
    mine, other = forgery.ballots[0].payload, forgery.ballots[1].payload
    mine["credential"] = other["credential"]
    forgery.sign(mine)
    assert "ballot-choice-proof" in failed_checks(forgery.verify())


def test_a_ballot_with_an_unlisted_credential_is_refused() -> None:
    forgery = forge().cut_after(Kind.BALLOT)
    election = forgery.truth.election
    ballot = make_ballot(
        election,
        code="11111-111111-11111-111111",
        votes=[[1, 0, 0]],
        draw=random.Random(1).randrange,
    )
    forgery.ballots[0].payload = json.loads(ballot.data)
    assert failed_checks(forgery.verify()) == {"ballot-credential"}


def test_a_ballot_with_a_second_answer_is_refused() -> None:
    forgery = forge().cut_after(Kind.BALLOT)
    ballot = forgery.ballots[0].payload
    ballot["answers"].append(copy.deepcopy(ballot["answers"][0]))
    forgery.sign(ballot)
    assert failed_checks(forgery.verify()) == {"ballot-shape"}


def test_a_ballot_with_too_many_choices_is_refused() -> None:
    forgery = forge().cut_after(Kind.BALLOT)
    answer = forgery.ballots[0].payload["answers"][0]
    answer["choices"].append(copy.deepcopy(answer["choices"][0]))
    answer["individual_proofs"].append(copy.deepcopy(answer["individual_proofs"][0]))
    forgery.sign(forgery.ballots[0].payload)
    assert failed_checks(forgery.verify()) == {"ballot-shape"}


def test_a_ballot_with_a_missing_proof_is_refused() -> None:
    forgery = forge().cut_after(Kind.BALLOT)
    answer = forgery.ballots[0].payload["answers"][0]
    answer["individual_proofs"][0].pop()
    forgery.sign(forgery.ballots[0].payload)
    assert failed_checks(forgery.verify()) == {"ballot-choice-proof"}


def test_two_votes_in_one_ballot_are_refused() -> None:
    """Both choices say 1 with honest proofs; only the sum can give it away."""
    forgery = forge().cut_after(Kind.BALLOT)
    honest = [piece.payload for piece in forgery.ballots]
    chosen = {_place_of(forgery, ballot) for ballot in honest}
    assert len(chosen) > 1, "the seed must give two different choices"
    ballot = _vote_twice(forgery)
    forgery.ballots[0].payload = ballot
    assert failed_checks(forgery.verify()) == {"ballot-sum-proof"}


def test_a_ballot_that_is_not_canonical_is_refused() -> None:
    forgery = forge().cut_after(Kind.BALLOT)
    ballot = forgery.ballots[0].payload
    forgery.ballots[0].payload = dict(reversed(ballot.items()))
    assert failed_checks(forgery.verify()) == {"ballot-form"}


@pytest.mark.parametrize("name", ["challenge", "response"])
def test_a_scalar_not_below_q_is_refused(name: str) -> None:
    forgery = forge().cut_after(Kind.BALLOT)
    ballot = forgery.ballots[0].payload
    proof = ballot["answers"][0]["overall_proof"][0]
    proof[name] = str(int(proof[name]) + forgery.group.order)
    forgery.sign(ballot)
    assert failed_checks(forgery.verify()) == {"ballot-form"}


@pytest.mark.parametrize(
    "text",
    [
        # A point of order 8, one of order 2, a non-canonical 1, no point at all, capital letters.
        "7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd83d3d706a17c7",
        "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec",
        "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffee",
        "0" * 63 + "2",
        "A" * 64,
    ],
)
def test_an_element_outside_the_group_is_refused(text: str) -> None:
    forgery = forge().cut_after(Kind.BALLOT)
    ballot = forgery.ballots[0].payload
    ballot["answers"][0]["choices"][0]["alpha"] = text
    forgery.sign(ballot)
    assert failed_checks(forgery.verify()) == {"ballot-form"}


def test_a_dropped_ballot_with_the_tally_kept_is_refused() -> None:
    forgery = forge()
    forgery.pieces.remove(forgery.ballots[0])
    assert {"tally-count", "tally-product"} <= failed_checks(forgery.verify())


def test_a_ballot_that_enters_twice_is_refused() -> None:
    forgery = forge().cut_after(Kind.BALLOT)
    forgery.pieces.append(copy.deepcopy(forgery.ballots[0]))
    assert failed_checks(forgery.verify()) == {"archive"}


def test_a_tally_with_two_candidates_exchanged_is_refused() -> None:
    forgery = forge()
    tally = forgery.find(Kind.ENCRYPTED_TALLY).parts[0]
    tally[0][0], tally[0][1] = tally[0][1], tally[0][0]
    assert "tally-product" in failed_checks(forgery.verify())


@pytest.mark.parametrize("name", ["num_tallied", "total_weight"])
def test_a_tally_of_another_size_is_refused(name: str) -> None:
    forgery = forge()
    forgery.find(Kind.ENCRYPTED_TALLY).payload[name] += 1
    assert failed_checks(forgery.verify()) == {"tally-count"}


def test_a_changed_decryption_factor_is_refused() -> None:
    forgery = forge()
    partial = forgery.find(Kind.PARTIAL_DECRYPTION).parts[0]
    factors = partial["decryption_factors"][0]
    factors[0], factors[1] = factors[1], factors[0]
    assert "decryption-proof" in failed_checks(forgery.verify())


def test_a_changed_decryption_proof_is_refused() -> None:
    forgery = forge()
    partial = forgery.find(Kind.PARTIAL_DECRYPTION).parts[0]
    _change(partial["decryption_proofs"][0][0], "response")
    assert "decryption-proof" in failed_checks(forgery.verify())


def test_a_partial_decryption_under_anothers_name_is_refused() -> None:
    forgery = forge()
    forgery.find(Kind.PARTIAL_DECRYPTION).payload["owner"] = 4
    assert "decryption-proof" in failed_checks(forgery.verify())


def test_the_same_trustee_twice_is_refused() -> None:
    forgery = forge()
    parts = [piece for piece in forgery.pieces if piece.kind is Kind.PARTIAL_DECRYPTION]
    parts[1].payload["owner"] = 1
    assert "decryption-owner" in failed_checks(forgery.verify())


def test_a_changed_result_is_refused() -> None:
    forgery = forge()
    counts = forgery.find(Kind.RESULT).payload["result"][0]
    counts[0], counts[1] = counts[0] + 1, counts[1] - 1
    assert failed_checks(forgery.verify()) == {"result-value"}


def test_more_votes_than_ballots_are_refused() -> None:
    forgery = forge()
    forgery.find(Kind.RESULT).payload["result"][0][0] += len(forgery.truth.codes)
    assert failed_checks(forgery.verify()) == {"result-bound", "result-value"}


def test_a_result_without_enough_trustees_is_refused() -> None:
    forgery = forge()
    forgery.pieces.remove(
        [piece for piece in forgery.pieces if piece.kind is Kind.PARTIAL_DECRYPTION][-1]
    )
    assert failed_checks(forgery.verify()) == {"result-trustees"}


def test_a_ballot_after_the_end_is_refused() -> None:
    forgery = forge()
    late = forgery.ballots[-1]
    forgery.pieces.remove(late)
    end = forgery.pieces.index(forgery.find(Kind.END_BALLOTS))
    forgery.pieces.insert(end + 1, late)
    assert "archive" in failed_checks(forgery.verify())


def test_events_out_of_order_are_refused() -> None:
    forgery = forge()
    tally, end = forgery.find(Kind.ENCRYPTED_TALLY), forgery.find(Kind.END_BALLOTS)
    i, j = forgery.pieces.index(tally), forgery.pieces.index(end)
    forgery.pieces[i], forgery.pieces[j] = end, tally
    assert "archive" in failed_checks(forgery.verify())


def test_a_broken_chain_is_refused() -> None:
    forgery = forge().cut_after(Kind.BALLOT)
    forgery.pieces[2].parent = "0" * 64
    assert "archive" in failed_checks(forgery.verify())


def test_a_skipped_height_is_refused() -> None:
    forgery = forge().cut_after(Kind.BALLOT)
    forgery.pieces[2].height = 7
    assert "archive" in failed_checks(forgery.verify())


def test_a_second_setup_is_refused() -> None:
    forgery = forge().cut_after(Kind.BALLOT)
    forgery.pieces.append(copy.deepcopy(forgery.pieces[0]))
    assert "archive" in failed_checks(forgery.verify())


def test_trustees_that_do_not_multiply_to_the_election_key_are_refused() -> None:
    forgery = forge().cut_after(Kind.SETUP)
    trustees = forgery.pieces[0].parts[1]
    trustees.pop(0)
    assert failed_checks(forgery.verify()) == {"election-key"}


def test_a_trustee_without_proof_of_possession_is_refused() -> None:
    forgery = forge().cut_after(Kind.SETUP)
    _change(forgery.pieces[0].parts[1][0][1]["pok"], "response")
    assert failed_checks(forgery.verify()) == {"possession"}


def test_a_credential_listed_twice_is_refused() -> None:
    forgery = forge().cut_after(Kind.SETUP)
    credentials = forgery.pieces[0].parts[2]
    credentials.append(credentials[0])
    assert "credentials" in failed_checks(forgery.verify())


def _change(fields: dict[str, Any], name: str) -> None:
    fields[name] = str(int(fields[name]) ^ 1)


def _place_of(forgery: Forgery, ballot: dict[str, Any]) -> int:
    code = forgery.code_of(ballot["credential"])
    return forgery.truth.choices[forgery.truth.codes.index(code)]


def _vote_twice(forgery: Forgery) -> dict[str, Any]:
    """A ballot for two candidates whose maker made every proof as if the sum were one."""
    group, election = forgery.group, forgery.truth.election
    draw = random.Random(9).randrange
    code = forgery.truth.codes[0]
    secret = derive_secret(group, uuid=election.uuid, code=code)
    credential = group.power_generator(secret)
    context = build_context(election, credential)
    vote = (1, 1, 0)
    randomness = [draw(group.order) for _ in vote]
    choices = tuple(
        encrypt_exponent(group, key=election.public_key, message=m, randomness=r)
        for m, r in zip(vote, randomness, strict=True)
    )

    def prove(statement: OneOf, true_index: int, secret: int) -> tuple[Proof, ...]:
        return prove_one_of(
            group,
            key=election.public_key,
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
    total = add_choices(group, election.questions[0], choices)
    whole = extend_context(group, context, choices)
    overall = prove(state_sum(group, whole, election.questions[0], total), 0, sum(randomness))
    answer = Answer(choices, individual, overall)
    ballot = Ballot(
        group=group,
        election_uuid=election.uuid,
        election_hash=election.fingerprint,
        credential=credential,
        answers=(answer,),
        signature_hash="",
        signature_proof=Proof(0, 0),
    )
    value: dict[str, Any] = json.loads(ballot.data)
    forgery.sign(value, code=code)
    return value


def test_an_election_that_everybody_could_read_is_refused() -> None:
    forgery = forge().cut_after(Kind.SETUP)
    election, trustees, _credentials = forgery.pieces[0].parts
    group, draw = forgery.group, random.Random(5).randrange
    wire = Wire(group)
    pair = (7, group.order - 7)
    keys = [make_trustee_key(group, secret=secret, draw=draw) for secret in pair]
    trustees[:] = [["Single", write_trustee_key(key, wire)] for key in keys]
    election["public_key"] = group.encode(group.identity)

    assert failed_checks(forgery.verify()) == {"election-key"}
