"""Whole internet elections with known truth, in memory: for tests, rehearsals and benchmarks.

Every party is played by its own functions of `evoting`; what one hands another is what the
protocol hands on. All randomness comes from `draw`, so a seeded election can be repeated.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pilkades.crypto.groups import Draw, Element, Group
from pilkades.evoting.administration import (
    append_ballot,
    append_decryption,
    append_tally,
    begin_archive,
    end_ballots,
    finish_archive,
    make_election,
)
from pilkades.evoting.ceremony import (
    assemble_group,
    combine_shares,
    make_certificate,
    make_polynomial,
    recover_secret,
    route_shares,
)
from pilkades.evoting.credentials import derive_public, make_access_code
from pilkades.evoting.decryption import PartialDecryption, make_decryption
from pilkades.evoting.elections import BASE58, Election, Question
from pilkades.evoting.own_board import Position
from pilkades.evoting.public_credentials import write_credentials
from pilkades.evoting.tally import Choices, compute_tally
from pilkades.evoting.threshold_messages import Context
from pilkades.evoting.trustee_messages import make_seed
from pilkades.evoting.trustees import ThresholdGroup, Trustees, make_trustee_key
from pilkades.evoting.voting import make_ballot
from pilkades.evoting.wire import Wire

UUID_LENGTH = 14
REVOTES_PER_HUNDRED = 4


@dataclass(frozen=True, slots=True)
class Ceremony:
    """The published trustees and, for this play only, everybody's secret by number."""

    trustees: Trustees
    secrets: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Truth:
    """What really happened: access codes in the roll's order, the last choice of each, the sums."""

    election: Election
    codes: tuple[str, ...]
    choices: tuple[int, ...]
    counts: tuple[int, ...]
    ballot_count: int


def hold_ceremony(
    group: Group, *, mandatory: int, threshold: int, size: int, draw: Draw
) -> Ceremony:
    """Keys of some mandatory trustees and of one group of `size`, of whom `threshold` open.

    `size` 0 leaves the group out.
    """
    secrets = {number: draw(group.order) for number in range(1, mandatory + 1)}
    singles = tuple(
        make_trustee_key(group, secret=secret, draw=draw) for secret in secrets.values()
    )
    if not size:
        return Ceremony(singles, secrets)
    item, shares = hold_threshold_ceremony(Wire(group), threshold=threshold, size=size, draw=draw)
    numbered = {mandatory + 1 + place: secret for place, secret in enumerate(shares)}
    return Ceremony((*singles, item), secrets | numbered)


def hold_threshold_ceremony(
    wire: Wire, *, threshold: int, size: int, draw: Draw
) -> tuple[ThresholdGroup, list[int]]:
    """All steps of the key ceremony of one group, and the secrets that come of it."""
    seeds = [make_seed(draw) for _ in range(size)]
    certificates = [
        make_certificate(
            wire, seed=seed, context=Context(wire.group.name, size, threshold, index), draw=draw
        )
        for index, seed in enumerate(seeds, start=1)
    ]
    polynomials = [
        make_polynomial(wire, seed=seed, certificates=certificates, threshold=threshold, draw=draw)
        for seed in seeds
    ]
    handed = route_shares(polynomials)
    outputs = [
        combine_shares(
            wire,
            seed=seed,
            certificates=certificates,
            threshold=threshold,
            handed=share,
            draw=draw,
        )
        for seed, share in zip(seeds, handed, strict=True)
    ]
    item = assemble_group(
        wire, certificates=certificates, threshold=threshold, handed=handed[0], outputs=outputs
    )
    secrets = [
        recover_secret(wire, seed=seed, private_key=output.private_key)
        for seed, output in zip(seeds, outputs, strict=True)
    ]
    return item, secrets


def make_question(candidates: int, *, has_blank: bool = False) -> Question:
    """Choose exactly one of the candidates; or blank, where that is allowed."""
    return Question(
        answers=tuple(f"Calon {number}" for number in range(1, candidates + 1)),
        minimum=1,
        maximum=1,
        question="Siapa calon kepala desa pilihan Anda?",
        is_blank_allowed=True if has_blank else None,
    )


def simulate_election(
    *,
    group: Group,
    voters: int,
    candidates: int,
    draw: Draw,
    timestamp: int,
    write: Callable[[bytes], object],
    mandatory: int = 1,
    threshold: int = 2,
    trustees: int = 3,
    progress: Callable[[int], object] = lambda _done: None,
) -> Truth:
    """Play an election from the ceremony to the result, writing its archive piece by piece."""
    ceremony = hold_ceremony(
        group, mandatory=mandatory, threshold=threshold, size=trustees, draw=draw
    )
    election = make_election(
        group=group,
        uuid="".join(BASE58[draw(len(BASE58))] for _ in range(UUID_LENGTH)),
        name="Pilkades Desa Contoh",
        description="SIMULASI",
        question=make_question(candidates),
        trustees=ceremony.trustees,
    )
    codes = tuple(make_access_code(draw) for _ in range(voters))
    credentials = [derive_public(group, uuid=election.uuid, code=code) for code in codes]
    data, position = begin_archive(
        election=election,
        trustees=ceremony.trustees,
        credentials=write_credentials(credentials, group=group),
        timestamp=timestamp,
    )
    write(data)
    choices, tallied, position, ballot_count = _cast_ballots(
        election, codes, credentials, position, draw, write, progress
    )
    for data in _close(election, ceremony, position, tallied, draw):
        write(data)
    counts = tuple(choices.count(number) for number in range(candidates))
    return Truth(election, codes, tuple(choices), counts, ballot_count)


def _cast_ballots(
    election: Election,
    codes: tuple[str, ...],
    credentials: list[Element],
    position: Position,
    draw: Draw,
    write: Callable[[bytes], object],
    progress: Callable[[int], object],
) -> tuple[list[int], dict[Element, Choices], Position, int]:
    """Everybody votes once; some think again and vote once more."""
    candidates = len(election.questions[0].answers)
    order = list(range(len(codes)))
    order += [place for place in order if draw(100) < REVOTES_PER_HUNDRED]
    choices = [0] * len(codes)
    tallied: dict[Element, Choices] = {}
    for done, place in enumerate(order, start=1):
        choices[place] = draw(candidates)
        vote = [int(number == choices[place]) for number in range(candidates)]
        ballot = make_ballot(election, code=codes[place], votes=[vote], draw=draw)
        tallied.pop(credentials[place], None)
        tallied[credentials[place]] = tuple(answer.choices for answer in ballot.answers)
        data, position = append_ballot(position, ballot.data)
        write(data)
        progress(done)
    return choices, tallied, position, len(order)


def _close(
    election: Election,
    ceremony: Ceremony,
    position: Position,
    tallied: Mapping[Element, Choices],
    draw: Draw,
) -> list[bytes]:
    """The end of the poll, the tally, every trustee's part and the result."""
    written = []
    data, position = end_ballots(position)
    written.append(data)
    weighted = [(choices, 1) for choices in tallied.values()]
    data, position = append_tally(position, election, weighted)
    written.append(data)
    tally, sized = compute_tally(election, weighted)
    partials: dict[int, PartialDecryption] = {}
    for number, secret in list(ceremony.secrets.items())[: _needed(ceremony.trustees)]:
        partials[number] = make_decryption(election, tally, secret=secret, draw=draw)
        data, position = append_decryption(
            position, election, owner=number, partial=partials[number]
        )
        written.append(data)
    data, position, _result = finish_archive(
        position, election, ceremony.trustees, tally, sized, partials
    )
    return [*written, data]


def _needed(trustees: Trustees) -> int:
    return sum(item.threshold if isinstance(item, ThresholdGroup) else 1 for item in trustees)
