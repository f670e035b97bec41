"""Somebody in the election cheats: what shows it."""

import dataclasses
import random

import pytest

from pilkades.crypto.supported import get_group
from pilkades.errors import ProofRejectedError
from pilkades.evoting.ceremony import (
    combine_shares,
    make_certificate,
    make_polynomial,
    route_shares,
)
from pilkades.evoting.report import continues
from pilkades.evoting.threshold import read_certificates
from pilkades.evoting.threshold_messages import Context, Polynomial, ShareInput
from pilkades.evoting.trustee_messages import make_seed
from pilkades.evoting.trustees import SignedMessage
from pilkades.evoting.wire import Wire
from pilkades.synthetic.internet_elections import make_question
from tests.simulated_elections import SHOWN_BY, Cheat, Play, one_of, verify

VOTES = [(0, one_of(3, 1)), (1, one_of(3, 0)), (0, one_of(3, 2)), (2, one_of(3, 2))]


def play(*cheats: Cheat) -> Play:
    return Play(question=make_question(3), voters=4, votes=VOTES, cheats=frozenset(cheats))


def test_nobody_cheats_and_the_last_votes_count() -> None:
    election = play()
    report = verify(election.run())
    assert report.is_accepted
    assert report.result == (election.expected(),) == ((1, 0, 2),)


@pytest.mark.parametrize("cheat", SHOWN_BY)
def test_each_way_of_cheating_is_shown_by_its_check(cheat: Cheat) -> None:
    report = verify(play(cheat).run())
    assert not report.is_accepted
    assert SHOWN_BY[cheat] in {check.id for check in report.checks if not check.ok}


def test_a_server_that_drops_a_ballot_contradicts_its_earlier_board() -> None:
    honest = play()
    honest.run()
    before = verify(honest.board_before_closing)
    shorter = dataclasses.replace(honest, votes=VOTES[:1] + VOTES[2:])
    dropped = verify(shorter.run())
    assert before.is_accepted
    assert dropped.is_accepted, "alone, the shorter archive is consistent"
    assert not continues(before, dropped)


# --- the key ceremony ------------------------------------------------------------------------

WIRE = Wire(get_group("Ed25519"))


class Ceremony:
    """Three trustees, two of them enough, up to the routing of shares."""

    def __init__(self) -> None:
        self.draw = random.Random(7).randrange
        self.seeds = [make_seed(self.draw) for _ in range(3)]
        self.certificates = [self.certify(index) for index in (1, 2, 3)]
        self.polynomials = [self.share(seed) for seed in self.seeds]

    def certify(self, index: int, *, seed: str = "", threshold: int = 2) -> SignedMessage:
        context = Context(WIRE.group.name, 3, threshold, index)
        return make_certificate(
            WIRE, seed=seed or self.seeds[index - 1], context=context, draw=self.draw
        )

    def share(self, seed: str) -> Polynomial:
        return make_polynomial(
            WIRE, seed=seed, certificates=self.certificates, threshold=2, draw=self.draw
        )

    def combine(self, place: int, handed: ShareInput) -> None:
        combine_shares(
            WIRE,
            seed=self.seeds[place],
            certificates=self.certificates,
            threshold=2,
            handed=handed,
            draw=self.draw,
        )


def _refused(code: str) -> "pytest.RaisesExc[ProofRejectedError]":
    return pytest.raises(ProofRejectedError, match=f"^{code}:")


def test_an_honest_ceremony_succeeds() -> None:
    ceremony = Ceremony()
    for place, handed in enumerate(route_shares(ceremony.polynomials)):
        ceremony.combine(place, handed)


def test_a_share_off_the_polynomial_is_noticed_by_its_receiver() -> None:
    ceremony = Ceremony()
    other = ceremony.share(ceremony.seeds[1])
    handed = route_shares(ceremony.polynomials)[0]
    swapped = (handed.secrets[0], other.secrets[0], handed.secrets[2])
    with _refused("share-mismatch"):
        ceremony.combine(0, dataclasses.replace(handed, secrets=swapped))


def test_a_share_meant_for_another_cannot_be_opened() -> None:
    ceremony = Ceremony()
    handed = route_shares(ceremony.polynomials)[0]
    theirs = route_shares(ceremony.polynomials)[2].secrets[1]
    swapped = (handed.secrets[0], theirs, handed.secrets[2])
    with _refused("sealed-message"):
        ceremony.combine(0, dataclasses.replace(handed, secrets=swapped))


def test_commitments_of_another_trustee_are_noticed() -> None:
    ceremony = Ceremony()
    handed = route_shares(ceremony.polynomials)[0]
    swapped = (handed.coefficients[0], handed.coefficients[2], handed.coefficients[1])
    with _refused("coefficients-signature"):
        ceremony.combine(0, dataclasses.replace(handed, coefficients=swapped))


def test_a_server_that_shows_two_lists_of_certificates_is_noticed() -> None:
    ceremony = Ceremony()
    honest = ceremony.certificates
    ceremony.certificates = [*honest[:2], ceremony.certify(3, seed=make_seed(ceremony.draw))]
    split = ceremony.share(ceremony.seeds[1])
    ceremony.certificates = honest
    handed = route_shares([ceremony.polynomials[0], split, ceremony.polynomials[2]])[0]
    with _refused("certificates-signature"):
        ceremony.combine(0, handed)


@pytest.mark.parametrize(("index", "threshold"), [(2, 2), (1, 1)])
def test_a_certificate_for_another_place_or_threshold_is_refused(
    index: int, threshold: int
) -> None:
    ceremony = Ceremony()
    odd = ceremony.certify(index, seed=ceremony.seeds[0], threshold=threshold)
    with _refused("certificate-context"):
        read_certificates(WIRE, [odd, *ceremony.certificates[1:]], threshold=2)


def test_a_stranger_cannot_share_in_the_ceremony() -> None:
    ceremony = Ceremony()
    with _refused("trustee-unlisted"):
        ceremony.share(make_seed(ceremony.draw))
