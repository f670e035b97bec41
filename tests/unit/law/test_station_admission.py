"""Mbak Dewi comes to vote, Pak Joko is not on the roll, and others come with other papers."""

from dataclasses import replace
from datetime import time
from itertools import product

import pytest

from pilkades.law.station import (
    AdmissionFacts,
    Document,
    Helper,
    Impairment,
    Invitation,
    Permission,
    ReplacementReason,
    RollPlace,
    StationRules,
    VoterCategory,
    decide_admission,
    decide_helper,
    decide_replacement,
)
from pilkades.packfiles import read_pack

NATIONAL = StationRules.from_pack(read_pack("nasional"))
OTHER = StationRules.from_pack(read_pack("contoh-lain"))
KTP = frozenset((Document.KTP_EL,))
DEWI = AdmissionFacts(invitation=Invitation.OWN, roll=RollPlace.HERE, documents=KTP)
JOKO = replace(DEWI, invitation=Invitation.MISSING, roll=RollPlace.NOT_LISTED)
ADMIT, REFUSE, ASK = Permission.ADMIT, Permission.REFUSE, Permission.ASK


def decided(rules: StationRules, voter: AdmissionFacts) -> tuple[Permission, str]:
    decision = decide_admission(rules=rules, voter=voter)
    return decision.decision, decision.code


@pytest.mark.parametrize("rules", [NATIONAL, OTHER])
def test_a_listed_voter_with_invitation_and_identity_votes(rules: StationRules) -> None:
    decision = decide_admission(rules=rules, voter=DEWI)
    assert (decision.decision, decision.category) == (ADMIT, VoterCategory.ROLL)
    assert decision.article


@pytest.mark.parametrize(
    ("change", "national", "other"),
    [
        ({"has_voted": True}, (REFUSE, "has-voted"), (REFUSE, "has-voted")),
        ({"qualifies": False}, (REFUSE, "not-qualified"), (REFUSE, "not-qualified")),
        (
            {"invitation": Invitation.SOMEBODY_ELSES},
            (REFUSE, "other-invitation"),
            (REFUSE, "other-invitation"),
        ),
        ({"document_matches": False}, (ASK, "mismatch"), (REFUSE, "mismatch")),
        ({"documents": frozenset()}, (ADMIT, "admit"), (REFUSE, "no-identity")),
        ({"invitation": Invitation.MISSING}, (ADMIT, "admit"), (REFUSE, "no-invitation")),
        (
            {"invitation": Invitation.MISSING, "documents": frozenset()},
            (REFUSE, "no-invitation"),
            (REFUSE, "no-invitation"),
        ),
        (
            {"invitation": Invitation.MISSING, "documents": frozenset((Document.OTHER,))},
            (REFUSE, "no-invitation"),
            (REFUSE, "no-invitation"),
        ),
        ({"roll": RollPlace.OTHER_STATION}, (ASK, "other-station"), (REFUSE, "other-station")),
    ],
)
def test_each_pack_decides_as_it_says(
    change: dict[str, object],
    national: tuple[Permission, str],
    other: tuple[Permission, str],
) -> None:
    voter = replace(DEWI, **change)  # type: ignore[arg-type]
    assert decided(NATIONAL, voter) == (national[0], f"admission.{national[1]}")
    assert decided(OTHER, voter) == (other[0], f"admission.{other[1]}")


def test_an_unlisted_voter_votes_only_where_and_when_the_pack_allows() -> None:
    assert decided(NATIONAL, JOKO) == (REFUSE, "admission.not-listed")
    assert decided(OTHER, replace(JOKO, at=time(9))) == (REFUSE, "admission.unlisted-hours")
    in_time = replace(JOKO, at=time(13, 30))
    decision = decide_admission(rules=OTHER, voter=in_time)
    assert (decision.decision, decision.category) == (ADMIT, VoterCategory.UNLISTED)
    without = replace(in_time, documents=frozenset())
    assert decided(OTHER, without) == (REFUSE, "admission.unlisted-identity")


def test_a_married_voter_under_seventeen_shows_the_family_card() -> None:
    young = replace(
        DEWI,
        invitation=Invitation.MISSING,
        documents=frozenset((Document.KK,)),
    )
    assert decided(NATIONAL, young) == (REFUSE, "admission.no-invitation")
    assert decided(NATIONAL, replace(young, is_under_age_married=True))[0] is ADMIT


def test_where_the_chair_decides_the_voter_is_counted_as_from_elsewhere() -> None:
    decision = decide_admission(rules=NATIONAL, voter=replace(DEWI, roll=RollPlace.OTHER_STATION))
    assert decision.category is VoterCategory.ELSEWHERE
    assert "ketua" in str(decision.decided_by)


ALL_VOTERS = [
    AdmissionFacts(
        invitation=invitation,
        roll=roll,
        documents=documents,
        document_matches=matches,
        has_voted=has_voted,
        qualifies=qualifies,
    )
    for invitation, roll, documents, matches, has_voted, qualifies in product(
        Invitation,
        RollPlace,
        (frozenset(), KTP, frozenset((Document.KK,))),
        (False, True),
        (False, True),
        (False, True),
    )
]


@pytest.mark.parametrize("rules", [NATIONAL, OTHER])
def test_every_combination_is_decided_with_reason_and_form(rules: StationRules) -> None:
    for voter in ALL_VOTERS:
        decision = decide_admission(rules=rules, voter=voter)
        assert str(decision.reason)
        assert str(decision.form)
        assert (decision.category is None) <= (decision.decision is not ADMIT)


@pytest.mark.parametrize("rules", [NATIONAL, OTHER])
def test_nobody_votes_twice_or_with_the_invitation_of_another(rules: StationRules) -> None:
    for voter in ALL_VOTERS:
        if voter.has_voted or not voter.qualifies or voter.invitation is Invitation.SOMEBODY_ELSES:
            assert decide_admission(rules=rules, voter=voter).decision is REFUSE


# --- the booth ---


@pytest.mark.parametrize("rules", [NATIONAL, OTHER])
@pytest.mark.parametrize("impairment", [Impairment.BLIND, Impairment.DISABLED])
def test_blind_and_disabled_voters_choose_their_helper(
    rules: StationRules, impairment: Impairment
) -> None:
    decision = decide_helper(rules=rules, impairment=impairment, helper=Helper.CHOSEN)
    assert decision.is_allowed
    assert str(decision.form) == "surat pernyataan pendamping"


def test_a_candidate_does_not_come_into_the_booth() -> None:
    decision = decide_helper(rules=NATIONAL, impairment=Impairment.BLIND, helper=Helper.CANDIDATE)
    assert (decision.is_allowed, decision.code) == (False, "helper.barred")


def test_officers_help_only_where_the_pack_does_not_bar_them() -> None:
    allowed = decide_helper(rules=NATIONAL, impairment=Impairment.BLIND, helper=Helper.OFFICER)
    barred = decide_helper(rules=OTHER, impairment=Impairment.BLIND, helper=Helper.OFFICER)
    assert (allowed.is_allowed, barred.is_allowed) == (True, False)


@pytest.mark.parametrize("impairment", [None, Impairment.SICK, Impairment.ILLITERATE])
def test_others_vote_alone_unless_the_pack_names_them(impairment: Impairment | None) -> None:
    national = decide_helper(rules=NATIONAL, impairment=impairment, helper=Helper.CHOSEN)
    assert national.code == "helper.voter"
    other = decide_helper(rules=OTHER, impairment=impairment, helper=Helper.CHOSEN)
    assert other.is_allowed == (impairment is Impairment.SICK)


def replacement(
    rules: StationRules,
    reason: ReplacementReason,
    before: int = 0,
    *,
    in_box: bool = False,
    left: int = 5,
) -> tuple[bool, str]:
    decision = decide_replacement(
        rules=rules, reason=reason, replaced_before=before, is_in_box=in_box, ballots_left=left
    )
    return decision.is_allowed, decision.code


@pytest.mark.parametrize("reason", ReplacementReason)
def test_a_ballot_is_replaced_once_for_each_reason(reason: ReplacementReason) -> None:
    assert replacement(NATIONAL, reason) == (True, "replacement.allowed")
    assert replacement(NATIONAL, reason, 1) == (False, "replacement.max")


def test_a_pack_may_allow_a_second_replacement() -> None:
    assert replacement(OTHER, ReplacementReason.MISTAKEN, 1)[0]
    assert not replacement(OTHER, ReplacementReason.DAMAGED, 1)[0]


def test_a_ballot_in_the_box_stays_there_and_an_empty_stock_is_reported() -> None:
    reason = ReplacementReason.DAMAGED
    assert replacement(NATIONAL, reason, in_box=True) == (False, "replacement.in-box")
    assert replacement(NATIONAL, reason, left=0) == (False, "replacement.none-left")


def test_the_article_on_replacement_is_cited() -> None:
    decision = decide_replacement(
        rules=NATIONAL,
        reason=ReplacementReason.DAMAGED,
        replaced_before=0,
        is_in_box=False,
        ballots_left=1,
    )
    assert decision.article == "Permendagri 112/2014 pasal 39"
