"""Whatever single value of an archive is changed, with all hashes made anew, it is refused."""

import io
from collections.abc import Callable
from typing import Any

import pytest

from pilkades.evoting.events import Kind
from pilkades.evoting.verification import verify_archive
from tests.forged_archives import Forgery, Piece, change_at, change_text, forge, visit

# Words of the election that no proof is about: a verifier cannot know that another title was meant.
# What protects them is the fingerprint, which every ballot repeats.
WORDS = {("name",), ("description",), ("questions", 0, "question")} | {
    ("questions", 0, "answers", place) for place in range(3)
}


def _change_value(value: Any) -> Any:
    return value + 1 if isinstance(value, int) else change_text(value)


def _assert_each_change_is_refused(choose: Callable[[Forgery], Any], *, kind: Kind) -> None:
    ways = [way for way in visit(choose(_prepare(kind))) if way not in WORDS]
    assert ways
    for way in ways:
        forgery = _prepare(kind)
        change_at(choose(forgery), way, _change_value)
        if kind is Kind.BALLOT and way[0] in ("answers", "election_uuid", "election_hash"):
            forgery.sign(forgery.ballots[0].payload)
        assert not forgery.verify().is_accepted, way


def _prepare(kind: Kind) -> Forgery:
    return forge(voters=2) if kind is not Kind.BALLOT else forge(voters=2).cut_after(Kind.BALLOT)


def _part(kind: Kind, place: int = 0) -> Callable[[Forgery], Any]:
    return lambda forgery: forgery.find(kind).parts[place]


def test_every_value_of_a_ballot() -> None:
    _assert_each_change_is_refused(lambda forgery: forgery.ballots[0].payload, kind=Kind.BALLOT)


@pytest.mark.parametrize("place", [0, 1, 2], ids=["election", "trustees", "credentials"])
def test_every_value_of_the_setup(place: int) -> None:
    _assert_each_change_is_refused(_part(Kind.SETUP, place), kind=Kind.SETUP)


def test_every_value_of_the_tally() -> None:
    _assert_each_change_is_refused(_part(Kind.ENCRYPTED_TALLY), kind=Kind.ENCRYPTED_TALLY)


def test_every_value_of_a_partial_decryption() -> None:
    _assert_each_change_is_refused(_part(Kind.PARTIAL_DECRYPTION), kind=Kind.PARTIAL_DECRYPTION)


def test_every_value_of_the_result() -> None:
    _assert_each_change_is_refused(
        lambda forgery: forgery.find(Kind.RESULT).payload, kind=Kind.RESULT
    )


def test_changing_the_words_of_an_election_with_ballots_is_refused() -> None:
    for name in ("name", "description"):
        forgery = forge(voters=2)
        forgery.pieces[0].parts[0][name] += "!"
        assert not forgery.verify().is_accepted


def test_every_step_is_needed() -> None:
    """Leaving out any one step but a last one is refused."""
    for place in range(len(forge(voters=2).pieces) - 1):
        forgery = forge(voters=2)
        del forgery.pieces[place]
        assert not forgery.verify().is_accepted, place


def test_every_byte_of_every_member_counts() -> None:
    """No re-hashing here: the archive as it lies on a disk, one byte changed."""
    honest = forge(voters=1).write()
    assert verify_archive(io.BytesIO(honest)).is_accepted
    for place in range(0, len(honest), 7):
        changed = bytearray(honest)
        changed[place] ^= 1
        assert not verify_archive(io.BytesIO(bytes(changed))).is_accepted, place


def test_an_archive_cut_off_anywhere_but_between_steps_is_refused() -> None:
    honest = forge(voters=1).write()
    ends = {len(_first(honest, count)) for count in range(1, 20)}
    for length in range(0, len(honest), 97):
        report = verify_archive(io.BytesIO(honest[:length]))
        assert length in ends or not report.is_accepted, length


def _first(_honest: bytes, count: int) -> bytes:
    forgery = forge(voters=1)
    forgery.pieces = forgery.pieces[:count]
    return forgery.write()


def test_data_that_nothing_refers_to_is_refused() -> None:
    forgery = forge(voters=2)
    forgery.find(Kind.RESULT).parts.append({"hidden": "message"})
    assert not forgery.verify().is_accepted


def test_a_piece_of_another_kind_in_its_place_is_refused() -> None:
    forgery = forge(voters=2)
    forgery.pieces[1] = Piece(Kind.BALLOT, {"result": [[1, 1, 0]]})
    assert not forgery.verify().is_accepted
