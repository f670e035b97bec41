"""An internet election in memory whose parties can be told to cheat.

Server, trustees, voters and board are objects; what they hand each other is what the protocol hands
on. `cheats` names who does what; an empty set is an honest election.
"""

import random
from dataclasses import dataclass, field
from enum import StrEnum, auto
from io import BytesIO

from pilkades.crypto.groups import Draw, Element, Group
from pilkades.crypto.supported import get_group
from pilkades.evoting.administration import (
    append_ballot,
    append_decryption,
    append_tally,
    begin_archive,
    end_ballots,
    finish_archive,
    make_election,
)
from pilkades.evoting.credentials import derive_public, make_access_code
from pilkades.evoting.decryption import PartialDecryption, make_decryption
from pilkades.evoting.elections import Election, Question
from pilkades.evoting.own_board import Position
from pilkades.evoting.public_credentials import write_credentials
from pilkades.evoting.report import Report
from pilkades.evoting.tally import Choices, compute_tally
from pilkades.evoting.verification import verify_archive
from pilkades.evoting.voting import make_ballot
from pilkades.synthetic.internet_elections import Ceremony, hold_ceremony

UUID = "SamaSamaPeriksa"
TIMESTAMP = 1_795_453_200


class Cheat(StrEnum):
    """What somebody may be told to do."""

    SERVER_DROPS_A_BALLOT = auto()
    SERVER_STUFFS_A_BALLOT = auto()
    SERVER_COUNTS_THE_FIRST_BALLOT = auto()
    SERVER_REPLAYS_A_BALLOT = auto()
    TRUSTEE_SENDS_RUBBISH = auto()
    TRUSTEE_USES_ANOTHER_KEY = auto()
    VOTER_COPIES_ANOTHERS_BALLOT = auto()


# What must show each of them. A dropped ballot shows against the earlier board (`--since`).
SHOWN_BY = {
    Cheat.SERVER_STUFFS_A_BALLOT: "ballot-credential",
    Cheat.SERVER_COUNTS_THE_FIRST_BALLOT: "tally-product",
    Cheat.SERVER_REPLAYS_A_BALLOT: "archive",
    Cheat.TRUSTEE_SENDS_RUBBISH: "decryption-proof",
    Cheat.TRUSTEE_USES_ANOTHER_KEY: "decryption-proof",
    Cheat.VOTER_COPIES_ANOTHERS_BALLOT: "archive",
}


@dataclass
class Play:
    """One election. `votes` are cast in their order: (voter, choice vector)."""

    question: Question
    voters: int
    votes: list[tuple[int, tuple[int, ...]]]
    mandatory: int = 1
    threshold: int = 2
    size: int = 3
    cheats: frozenset[Cheat] = frozenset()
    seed: int = 20261123
    group: Group = field(default_factory=lambda: get_group("Ed25519"))

    def __post_init__(self) -> None:
        self.draw: Draw = random.Random(self.seed).randrange
        self.ceremony: Ceremony = hold_ceremony(
            self.group,
            mandatory=self.mandatory,
            threshold=self.threshold,
            size=self.size,
            draw=self.draw,
        )
        self.election: Election = make_election(
            group=self.group,
            uuid=UUID,
            name="Uji",
            description="SIMULASI",
            question=self.question,
            trustees=self.ceremony.trustees,
        )
        self.codes = [make_access_code(self.draw) for _ in range(self.voters)]
        self.board_before_closing = b""

    def run(self) -> bytes:
        """The archive from opening to result."""
        credentials = [derive_public(self.group, uuid=UUID, code=code) for code in self.codes]
        archive, position = begin_archive(
            election=self.election,
            trustees=self.ceremony.trustees,
            credentials=write_credentials(credentials, group=self.group),
            timestamp=TIMESTAMP,
        )
        added, position, tallied = self._take_ballots(position)
        self.board_before_closing = archive + added
        return archive + added + self._close(position, tallied)

    def expected(self) -> tuple[int, ...]:
        """What an honest election comes to: everybody's last vote."""
        last = dict(self.votes)
        return tuple(sum(column) for column in zip(*last.values(), strict=True)) or (
            (0,) * self.question.choice_count
        )

    def _take_ballots(self, position: Position) -> tuple[bytes, Position, dict[Element, Choices]]:
        added, tallied = b"", {}
        ballots = [
            make_ballot(self.election, code=self.codes[voter], votes=[vote], draw=self.draw)
            for voter, vote in self.votes
        ]
        if Cheat.SERVER_STUFFS_A_BALLOT in self.cheats:
            code = make_access_code(self.draw)
            vote = self.votes[0][1]
            ballots.append(make_ballot(self.election, code=code, votes=[vote], draw=self.draw))
        if {Cheat.SERVER_REPLAYS_A_BALLOT, Cheat.VOTER_COPIES_ANOTHERS_BALLOT} & self.cheats:
            ballots.append(ballots[0])
        for ballot in ballots:
            data, position = append_ballot(position, ballot.data)
            added += data
            if Cheat.SERVER_COUNTS_THE_FIRST_BALLOT not in self.cheats:
                tallied.pop(ballot.credential, None)
            tallied.setdefault(
                ballot.credential, tuple(answer.choices for answer in ballot.answers)
            )
        return added, position, tallied

    def _close(self, position: Position, tallied: dict[Element, Choices]) -> bytes:
        written, position = end_ballots(position)
        weighted = [(choices, 1) for choices in tallied.values()]
        data, position = append_tally(position, self.election, weighted)
        written += data
        tally, sized = compute_tally(self.election, weighted)
        partials: dict[int, PartialDecryption] = {}
        needed = self.mandatory + (self.threshold if self.size else 0)
        for number, secret in list(self.ceremony.secrets.items())[:needed]:
            partials[number] = self._decrypt(tally, secret, is_first=number == 1)
            data, position = append_decryption(
                position, self.election, owner=number, partial=partials[number]
            )
            written += data
        if self._shows_in_decryption():
            return written
        data, _position, _result = finish_archive(
            position, self.election, self.ceremony.trustees, tally, sized, partials
        )
        return written + data

    def _decrypt(self, tally: Choices, secret: int, *, is_first: bool) -> PartialDecryption:
        if is_first and Cheat.TRUSTEE_USES_ANOTHER_KEY in self.cheats:
            secret = self.draw(self.group.order)
        honest = make_decryption(self.election, tally, secret=secret, draw=self.draw)
        if not is_first or Cheat.TRUSTEE_SENDS_RUBBISH not in self.cheats:
            return honest
        rubbish = self.group.power_generator(self.draw(self.group.order))
        row = (rubbish, *honest.factors[0][1:])
        return PartialDecryption((row, *honest.factors[1:]), honest.proofs)

    def _shows_in_decryption(self) -> bool:
        return bool({Cheat.TRUSTEE_SENDS_RUBBISH, Cheat.TRUSTEE_USES_ANOTHER_KEY} & self.cheats)


def verify(archive: bytes) -> Report:
    return verify_archive(BytesIO(archive))


def one_of(candidates: int, chosen: int) -> tuple[int, ...]:
    """The vote for one candidate."""
    return tuple(int(place == chosen) for place in range(candidates))
