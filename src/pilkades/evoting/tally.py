"""The encrypted tally: the product of all last ballots (specification, "Encrypted tally")."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pilkades.crypto.elgamal import Ciphertext, add_ciphertexts, scale_ciphertext
from pilkades.crypto.groups import Group
from pilkades.evoting.canonical import parse_canonical, write_json
from pilkades.evoting.elections import Election
from pilkades.evoting.fingerprints import hash_data
from pilkades.evoting.wire import Wire, read_fields, read_hash, read_integer, read_list

TALLY_SIZE_MAX = 1_000_000

EncryptedTally = tuple[tuple[Ciphertext, ...], ...]
"""One ciphertext for each choice of each question."""
Choices = EncryptedTally
"""The same shape for a single ballot."""


@dataclass(frozen=True, slots=True)
class SizedTally:
    """How many ballots were added up, their total weight, and the hash of the tally."""

    num_tallied: int
    total_weight: int
    encrypted_tally: str


def compute_tally(
    election: Election, tallied: Iterable[tuple[Choices, int]]
) -> tuple[EncryptedTally, SizedTally]:
    """Add up the last ballots, each with its weight; without ballots every sum is (1, 1).

    Cost: two multiplications a choice, and two exponentiations where a weight is not 1.
    """
    group = election.group
    sums = [
        [Ciphertext(group.identity, group.identity)] * q.choice_count for q in election.questions
    ]
    count = total = 0
    for choices, weight in tallied:
        count, total = count + 1, total + weight
        for question, answer in enumerate(choices):
            for place, item in enumerate(answer):
                scaled = scale_ciphertext(group, item, weight)
                sums[question][place] = add_ciphertexts(group, (sums[question][place], scaled))
    tally = tuple(map(tuple, sums))
    return tally, SizedTally(count, total, hash_data(write_tally(tally, group=group)))


def parse_tally(data: bytes, *, group: Group) -> EncryptedTally:
    wire = Wire(group)
    return parse_canonical(
        data,
        read=lambda value: read_list(value, lambda row: read_list(row, wire.read_ciphertext)),
        write=lambda tally: _write(tally, wire),
        size_max=TALLY_SIZE_MAX,
    )


def write_tally(tally: EncryptedTally, *, group: Group) -> bytes:
    return write_json(_write(tally, Wire(group)))


def parse_sized_tally(data: bytes) -> SizedTally:
    return parse_canonical(data, read=_read_sized, write=_write_sized, size_max=TALLY_SIZE_MAX)


def write_sized_tally(sized: SizedTally) -> bytes:
    return write_json(_write_sized(sized))


def _write(tally: Sequence[Sequence[Ciphertext]], wire: Wire) -> list[Any]:
    return [[wire.write_ciphertext(item) for item in row] for row in tally]


def _read_sized(value: Any) -> SizedTally:
    fields = read_fields(value, "num_tallied", "total_weight", "encrypted_tally")
    return SizedTally(
        read_integer(fields["num_tallied"]),
        read_integer(fields["total_weight"]),
        read_hash(fields["encrypted_tally"]),
    )


def _write_sized(sized: SizedTally) -> dict[str, Any]:
    return {
        "num_tallied": sized.num_tallied,
        "total_weight": sized.total_weight,
        "encrypted_tally": sized.encrypted_tally,
    }
