"""Drawing of ballot numbers, by lots and by sealed contributions."""

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from pilkades.errors import MalformedInputError, ProofRejectedError, RuleViolationError
from pilkades.law.candidacy_rules import read_drawing_rules
from pilkades.law.drawing import DrawingOutcome, Lot, MissingReveal, TurnOrder, record_lots
from pilkades.law.sealed_drawing import (
    PART_MAX_BYTES,
    Reveal,
    commit_contribution,
    derive_seed,
    draw_numbers,
    pick_below,
    shuffle,
    verify_drawing,
)
from pilkades.packfiles import read_pack

RULES = read_drawing_rules(pack=read_pack("nasional"))
NINE = datetime(2026, 11, 2, 9, tzinfo=timezone(timedelta(hours=7)))
NAMES = ("sari", "budi", "dewi")


def lot(name: str, turn: int, number: int, *, minutes: int | None = None) -> Lot:
    arrived_at = NINE + timedelta(minutes=turn if minutes is None else minutes)
    return Lot(name, arrived_at, turn, number, is_signed=True)


LOTS = (lot("dewi", 1, 2), lot("sari", 2, 3), lot("budi", 3, 1))


def record(*lots: Lot, candidates: tuple[str, ...] = NAMES) -> DrawingOutcome:
    return record_lots(rules=RULES, candidates=candidates, lots=lots)


# --- By lots -----------------------------------------------------------------------------------


def test_a_complete_drawing_gives_every_candidate_a_number():
    outcome = record(*LOTS)
    assert outcome.candidates == ("budi", "dewi", "sari")
    assert [outcome.get_number(candidate=name) for name in NAMES] == [3, 1, 2]
    assert outcome.article == RULES.article
    assert outcome.seed == b""
    assert str(outcome.why[0]) == "dewi mengambil undian pada giliran 1 dan mendapat nomor 2."


@pytest.mark.parametrize(
    ("lots", "code"),
    [
        (LOTS[:2], "drawing.candidates"),
        ((*LOTS, lot("joko", 4, 4)), "drawing.candidates"),
        ((*LOTS[:2], lot("joko", 3, 1)), "drawing.candidates"),
        ((*LOTS, lot("sari", 4, 4)), "drawing.candidates"),
        ((*LOTS[:2], lot("budi", 3, 2)), "drawing.numbers"),
        ((*LOTS[:2], lot("budi", 3, 4)), "drawing.numbers"),
        ((*LOTS[:2], lot("budi", 3, 0)), "drawing.numbers"),
        ((*LOTS[:2], lot("budi", 2, 1)), "drawing.turns"),
        ((*LOTS[:2], lot("budi", 3, 1, minutes=0)), "drawing.turn_order"),
        ((*LOTS[:2], replace(LOTS[2], is_signed=False)), "drawing.signed"),
    ],
)
def test_a_drawing_that_is_not_complete_is_refused(lots: tuple[Lot, ...], code: str):
    with pytest.raises(RuleViolationError) as caught:
        record(*lots)
    assert caught.value.code == code
    assert caught.value.article == RULES.article


def test_a_candidate_listed_twice_is_refused():
    with pytest.raises(RuleViolationError, match=r"drawing\.candidates"):
        record(*LOTS, candidates=(*NAMES, "sari"))


def test_two_who_arrive_together_may_take_turns_as_they_like():
    assert record(
        lot("dewi", 1, 2, minutes=5), lot("sari", 2, 3, minutes=5), lot("budi", 3, 1, minutes=6)
    )


@pytest.mark.parametrize("order", [TurnOrder.DRAWN, TurnOrder.FREE])
def test_where_turns_are_not_by_arrival_the_hour_does_not_matter(order: TurnOrder):
    lots = (*LOTS[:2], lot("budi", 3, 1, minutes=0))
    assert record_lots(rules=replace(RULES, turn_order=order), candidates=NAMES, lots=lots)


# --- By sealed contributions -------------------------------------------------------------------

PARTIES = (*NAMES, "panitia")
REVEALS = {
    name: Reveal(salt=hashlib.sha256(name.encode()).digest(), contribution=name.encode())
    for name in PARTIES
}
COMMITMENTS = {
    name: commit_contribution(drawing_id="undian-1", party=name, reveal=reveal)
    for name, reveal in REVEALS.items()
}


def draw(**change: object) -> DrawingOutcome:
    values = {
        "rules": RULES,
        "drawing_id": "undian-1",
        "candidates": NAMES,
        "commitments": COMMITMENTS,
        "reveals": REVEALS,
    }
    return draw_numbers(**{**values, **change})  # type: ignore[arg-type]


def test_the_numbers_follow_from_the_openings_alone():
    outcome = draw()
    assert sorted(outcome.candidates) == sorted(NAMES)
    assert draw(reveals=dict(reversed(REVEALS.items()))) == outcome
    assert len(outcome.seed) == 32
    assert outcome.seed.hex() in str(outcome.why[1])
    assert outcome.why[0].params["count"] == 4


def test_the_known_answer_that_another_program_computed():
    """Recomputed here step by step from the description in ADR 0105, with no shared code."""

    def framed(*parts: bytes) -> bytes:
        data = b"".join(len(part).to_bytes(8, "big") + part for part in parts)
        return hashlib.sha256(data).digest()

    reveal = REVEALS["sari"]
    assert COMMITMENTS["sari"] == framed(
        b"pilkades/drawing/commitment/v1",
        b"undian-1",
        b"sari",
        reveal.salt,
        reveal.contribution,
    )
    parts = [b"undian-1", (3).to_bytes(8, "big"), b"sari", b"budi", b"dewi"]
    for name in sorted(PARTIES):
        parts += [name.encode(), REVEALS[name].salt, REVEALS[name].contribution]
    seed = framed(b"pilkades/drawing/seed/v1", *parts)
    assert seed == draw().seed
    stream = b"".join(
        framed(b"pilkades/drawing/stream/v1", seed, counter.to_bytes(8, "big"))
        for counter in range(4)
    )
    words = [int.from_bytes(stream[at : at + 8], "big") for at in range(0, len(stream), 8)]
    order = list(NAMES)
    for last in (2, 1):
        word = words.pop(0)
        while word >= 2**64 - 2**64 % (last + 1):
            word = words.pop(0)
        chosen = word % (last + 1)
        order[last], order[chosen] = order[chosen], order[last]
    assert tuple(order) == draw().candidates


@pytest.mark.parametrize("party", PARTIES)
@pytest.mark.parametrize("part", ["salt", "contribution"])
def test_a_commitment_that_does_not_open_is_refused_naming_the_party(party: str, part: str):
    spoilt = bytes([getattr(REVEALS[party], part)[0] ^ 1]) + getattr(REVEALS[party], part)[1:]
    reveals = {**REVEALS, party: replace(REVEALS[party], **{part: spoilt})}
    with pytest.raises(ProofRejectedError) as caught:
        draw(reveals=reveals)
    assert caught.value.code == "drawing.commitment_opens"
    assert caught.value.text.params["party"] == party


def test_nobody_can_repeat_another_partys_commitment():
    commitments = {**COMMITMENTS, "budi": COMMITMENTS["sari"]}
    reveals = {**REVEALS, "budi": REVEALS["sari"]}
    with pytest.raises(ProofRejectedError, match="budi"):
        draw(commitments=commitments, reveals=reveals)


def test_a_commitment_of_another_drawing_does_not_open_here():
    with pytest.raises(ProofRejectedError, match=r"drawing\.commitment_opens"):
        draw(drawing_id="undian-2")


def test_bytes_cannot_move_from_the_salt_to_the_contribution():
    reveal = REVEALS["sari"]
    moved = Reveal(salt=reveal.salt[:-1], contribution=reveal.salt[-1:] + reveal.contribution)
    commit = commit_contribution(drawing_id="undian-1", party="sari", reveal=moved)
    assert commit != COMMITMENTS["sari"]


@pytest.mark.parametrize("rule", MissingReveal)
def test_a_missing_opening_is_named_and_the_stated_rule_follows(rule: MissingReveal):
    reveals = {name: REVEALS[name] for name in PARTIES if name != "budi"}
    with pytest.raises(RuleViolationError) as caught:
        draw(reveals=reveals, rules=replace(RULES, missing_reveal=rule))
    assert caught.value.code == "drawing.missing_reveal"
    assert "budi" in str(caught.value.text)
    expected = "undian biasa" if rule is MissingReveal.LOTS else "diulang"
    assert expected in str(caught.value.text)


def test_who_did_not_commit_may_not_open():
    reveals = {**REVEALS, "mallory": REVEALS["sari"]}
    with pytest.raises(ProofRejectedError, match=r"drawing\.uncommitted_reveal"):
        draw(reveals=reveals)


def test_every_candidate_must_have_committed():
    commitments = {name: COMMITMENTS[name] for name in PARTIES if name != "dewi"}
    with pytest.raises(MalformedInputError, match=r"drawing\.no_commitment") as caught:
        draw(commitments=commitments)
    assert caught.value.text.params["parties"] == "dewi"


@pytest.mark.parametrize("candidates", [(), ("sari", "sari")])
def test_an_empty_or_double_list_of_candidates_is_refused(candidates: tuple[str, ...]):
    with pytest.raises(RuleViolationError, match=r"drawing\.candidates"):
        draw(candidates=candidates)


@pytest.mark.parametrize(
    "reveal",
    [
        Reveal(salt=b"x" * 15, contribution=b"y"),
        Reveal(salt=b"x" * (PART_MAX_BYTES + 1), contribution=b"y"),
        Reveal(salt=b"x" * 16, contribution=b""),
        Reveal(salt=b"x" * 16, contribution=b"y" * (PART_MAX_BYTES + 1)),
    ],
)
def test_a_short_salt_or_an_empty_contribution_is_malformed(reveal: Reveal):
    with pytest.raises(MalformedInputError, match=r"drawing\.reveal_shape"):
        commit_contribution(drawing_id="undian-1", party="sari", reveal=reveal)


@pytest.mark.parametrize(("salt", "contribution"), [(16, 1), (PART_MAX_BYTES, PART_MAX_BYTES)])
def test_the_bounds_of_salt_and_contribution_are_allowed(salt: int, contribution: int):
    reveal = Reveal(salt=b"x" * salt, contribution=b"y" * contribution)
    assert commit_contribution(drawing_id="undian-1", party="sari", reveal=reveal)


def test_one_candidate_gets_the_first_number():
    outcome = draw(
        candidates=("sari",),
        commitments={"sari": COMMITMENTS["sari"]},
        reveals={"sari": REVEALS["sari"]},
    )
    assert outcome.candidates == ("sari",)


def test_the_order_of_the_published_list_is_part_of_the_seed():
    first = derive_seed(drawing_id="undian-1", candidates=NAMES, reveals=REVEALS)
    second = derive_seed(drawing_id="undian-1", candidates=NAMES[::-1], reveals=REVEALS)
    assert first != second


# --- Verification by anyone --------------------------------------------------------------------


def verify(published: tuple[str, ...], **change: object) -> dict[str, bool]:
    values = {
        "rules": RULES,
        "drawing_id": "undian-1",
        "candidates": NAMES,
        "commitments": COMMITMENTS,
        "reveals": REVEALS,
        "published": published,
    }
    checks = verify_drawing(**{**values, **change})  # type: ignore[arg-type]
    assert all(str(check.detail) for check in checks)
    return {check.id: check.ok for check in checks}


def test_a_true_publication_passes_every_check():
    checks = verify(draw().candidates)
    assert len(checks) == 5
    assert all(checks.values())


def test_another_order_fails_only_the_result():
    checks = verify(draw().candidates[::-1])
    assert [name for name, ok in checks.items() if not ok] == ["drawing.result"]


def test_a_missing_opening_fails_by_name():
    reveals = {name: REVEALS[name] for name in PARTIES if name != "budi"}
    checks = verify(draw().candidates, reveals=reveals)
    failed = [name for name, ok in checks.items() if not ok]
    assert failed == ["drawing.commitment_opens:budi", "drawing.result"]


def test_a_false_opening_fails_by_name():
    reveals = {**REVEALS, "dewi": Reveal(salt=b"x" * 16, contribution=b"y")}
    checks = verify(draw().candidates, reveals=reveals)
    failed = [name for name, ok in checks.items() if not ok]
    assert failed == ["drawing.commitment_opens:dewi", "drawing.result"]
    short = {**REVEALS, "dewi": Reveal(salt=b"x", contribution=b"y")}
    assert not verify(draw().candidates, reveals=short)["drawing.commitment_opens:dewi"]


def test_shuffling_nothing_gives_nothing():
    assert shuffle(items=(), seed=b"x") == ()


def test_a_long_list_is_shuffled_by_the_described_stream():
    """Twelve places use more than two blocks of the stream, recomputed without shared code."""
    seed, order = b"benih", [str(number) for number in range(12)]
    stream = b""
    for counter in range(4):
        digest = hashlib.sha256()
        for part in (b"pilkades/drawing/stream/v1", seed, counter.to_bytes(8, "big")):
            digest.update(len(part).to_bytes(8, "big") + part)
        stream += digest.digest()
    words = iter(int.from_bytes(stream[at : at + 8], "big") for at in range(0, len(stream), 8))
    for last in range(11, 0, -1):
        chosen = next(words) % (last + 1)
        order[last], order[chosen] = order[chosen], order[last]
    assert shuffle(items=[str(number) for number in range(12)], seed=seed) == tuple(order)


@pytest.mark.parametrize(
    ("bound", "words", "picked"),
    [
        (3, [2**64 - 1, 5], 2),
        (3, [2**64 - 2], 2),
        (3, [2**64 - 1, 2**64 - 1, 0], 0),
        (4, [2**64 - 1], 3),
        (1, [7], 0),
    ],
)
def test_a_word_that_would_favour_a_place_is_thrown_away(bound: int, words: list[int], picked: int):
    assert pick_below(bound=bound, words=iter(words)) == picked
