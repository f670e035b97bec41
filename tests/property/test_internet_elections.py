"""Whatever is voted on and however, an honest archive is accepted and says the truth."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pilkades.crypto.ed25519 import ORDER
from pilkades.crypto.groups import find_exponent
from pilkades.crypto.supported import get_group
from pilkades.evoting.elections import Question
from pilkades.evoting.threshold import find_lagrange
from tests.simulated_elections import Play, verify

GROUP = get_group("Ed25519")
scalars = st.integers(min_value=0, max_value=ORDER - 1)


@st.composite
def plays(draw: st.DrawFn) -> Play:
    answers = draw(st.integers(2, 5))
    minimum = draw(st.integers(0, answers))
    maximum = draw(st.integers(minimum, answers))
    blank = draw(st.sampled_from([None, False, True]))
    question = Question(
        answers=tuple(f"Calon {number}" for number in range(answers)),
        minimum=minimum,
        maximum=maximum,
        question="Siapa?",
        is_blank_allowed=blank,
    )
    voters = draw(st.integers(0, 3))
    votes = []
    for _ in range(draw(st.integers(0, 4)) if voters else 0):
        voter = draw(st.integers(0, voters - 1))
        is_blank = bool(blank) and draw(st.booleans())
        chosen = draw(st.sets(st.integers(0, answers - 1), min_size=minimum, max_size=maximum))
        vector = tuple(int(place in chosen and not is_blank) for place in range(answers))
        votes.append((voter, (int(is_blank), *vector) if blank else vector))
    size = draw(st.integers(0, 3))
    return Play(
        question=question,
        voters=voters,
        votes=votes,
        mandatory=draw(st.integers(0 if size else 1, 2)),
        threshold=draw(st.integers(1, size)) if size else 0,
        size=size,
        seed=draw(st.integers(0, 2**32)),
    )


@settings(max_examples=25, deadline=None)
@given(plays())
def test_an_honest_election_is_accepted_and_its_result_is_the_truth(play: Play) -> None:
    report = verify(play.run())
    assert report.is_accepted, [check for check in report.checks if not check.ok]
    assert report.result == (play.expected(),)


@settings(max_examples=25, deadline=None)
@given(scalars, scalars)
def test_powers_add_up(a: int, b: int) -> None:
    product = GROUP.multiply(GROUP.power_generator(a), GROUP.power_generator(b))
    assert product == GROUP.power_generator((a + b) % ORDER)
    assert GROUP.divide(product, GROUP.power_generator(b)) == GROUP.power_generator(a)
    assert GROUP.power(GROUP.power_generator(a), b) == GROUP.power_generator(a * b % ORDER)


@settings(max_examples=25, deadline=None)
@given(scalars)
def test_texts_and_elements_are_one_to_one(a: int) -> None:
    element = GROUP.power_generator(a)
    assert GROUP.decode(GROUP.encode(element)) == element


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 500), st.integers(0, 500))
def test_a_small_exponent_is_found_and_a_larger_one_is_not(exponent: int, bound: int) -> None:
    found = find_exponent(GROUP, GROUP.power_generator(exponent), bound=bound)
    assert found == (exponent if exponent <= bound else None)


@given(st.sets(st.integers(1, 20), min_size=1, max_size=6), st.lists(scalars, max_size=1))
def test_any_enough_shares_give_back_the_secret(indexes: set[int], rest: list[int]) -> None:
    coefficients = [7, *rest, *([3] * (len(indexes) - 1 - len(rest)))][: len(indexes)]
    shares = {
        index: sum(c * index**power for power, c in enumerate(coefficients)) % ORDER
        for index in indexes
    }
    chosen = sorted(indexes)
    secret = sum(shares[index] * find_lagrange(chosen, at=index, order=ORDER) for index in chosen)
    assert secret % ORDER == coefficients[0]
