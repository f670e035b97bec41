"""Partial decryptions and the result (specification, "Partial decryptions", "Election result")."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pilkades.crypto.groups import Draw, Element, find_exponent, multiply_all
from pilkades.crypto.proofs import Proof, prove_equality, verify_equality
from pilkades.errors import ProofRejectedError
from pilkades.evoting.canonical import parse_canonical, write_json
from pilkades.evoting.elections import Election
from pilkades.evoting.tally import TALLY_SIZE_MAX, EncryptedTally
from pilkades.evoting.threshold import find_lagrange
from pilkades.evoting.trustees import ThresholdGroup, Trustees, iterate_numbered
from pilkades.evoting.wire import Wire, read_fields, read_hash, read_integer, read_list
from pilkades.text import Text

Factors = tuple[tuple[Element, ...], ...]
Result = tuple[tuple[int, ...], ...]
"""For every question the number of votes of each answer."""


@dataclass(frozen=True, slots=True)
class PartialDecryption:
    """α^x for every ciphertext of the tally, each with the proof that x is the trustee's key."""

    factors: Factors
    proofs: tuple[tuple[Proof, ...], ...]


@dataclass(frozen=True, slots=True)
class OwnedDecryption:
    """Which trustee (from 1) made the partial decryption of that hash."""

    owner: int
    payload: str


def make_decryption(
    election: Election, tally: EncryptedTally, *, secret: int, draw: Draw
) -> PartialDecryption:
    """A trustee's part in opening the tally.

    Inputs: secret x in Z_q, secret. Cost: three exponentiations a ciphertext.
    """
    group = election.group
    x, X = secret, group.power_generator(secret)

    factors = tuple(tuple(group.power(item.alpha, x) for item in row) for row in tally)
    proofs = tuple(
        tuple(
            prove_equality(group, base=item.alpha, secret=x, prefix=_prefix(election, X), draw=draw)
            for item in row
        )
        for row in tally
    )
    return PartialDecryption(factors, proofs)


def verify_decryption(
    election: Election, tally: EncryptedTally, *, public: Element, partial: PartialDecryption
) -> bool:
    """Whether every factor is its ciphertext's α raised to the secret of this public key."""
    shape = [len(row) for row in tally]
    if shape != [len(row) for row in partial.factors] or shape != list(map(len, partial.proofs)):
        return False
    # Every proof is evaluated; a list, because `all` would stop at the first that fails.
    outcomes = [
        verify_equality(
            election.group,
            public=public,
            base=item.alpha,
            power=factor,
            prefix=_prefix(election, public),
            proof=proof,
        )
        for row, factors, proofs in zip(tally, partial.factors, partial.proofs, strict=True)
        for item, factor, proof in zip(row, factors, proofs, strict=True)
    ]
    return all(outcomes)


def combine_factors(
    election: Election, trustees: Trustees, partials: Mapping[int, PartialDecryption]
) -> Factors:
    """The factors of the whole election from those of enough trustees, by their numbers.

    Raises:
        ProofRejectedError: result-trustees (a mandatory one is missing, or too few of a group).
    """
    group = election.group
    parts: list[tuple[PartialDecryption, int]] = []
    for item, numbers in iterate_numbered(trustees):
        present = [number for number in numbers if number in partials]
        needed = item.threshold if isinstance(item, ThresholdGroup) else 1
        if len(present) < needed:
            raise ProofRejectedError(
                "result-trustees",
                Text(
                    "Baru {present} dari {needed} pemegang kunci yang wajib membuka hasil.",
                    present=len(present),
                    needed=needed,
                ),
            )
        chosen = present[:needed]
        indexes = [number - numbers.start + 1 for number in chosen]
        for number, index in zip(chosen, indexes, strict=True):
            is_shared = isinstance(item, ThresholdGroup)
            weight = find_lagrange(indexes, at=index, order=group.order) if is_shared else 1
            parts.append((partials[number], weight))
    return tuple(
        tuple(
            multiply_all(
                group,
                (
                    part.factors[row][place]
                    if weight == 1
                    else group.power(part.factors[row][place], weight)
                    for part, weight in parts
                ),
            )
            for place in range(question.choice_count)
        )
        for row, question in enumerate(election.questions)
    )


def open_tally(
    election: Election, tally: EncryptedTally, factors: Factors, *, total_weight: int
) -> Result:
    """The numbers inside the tally: log_g(β / F), each at most the total weight.

    Raises:
        ProofRejectedError: result-bound (more votes than ballots).
    """
    group = election.group
    counts = []
    for row, row_factors in zip(tally, factors, strict=True):
        found = [
            find_exponent(group, group.divide(item.beta, factor), bound=total_weight)
            for item, factor in zip(row, row_factors, strict=True)
        ]
        if None in found:
            raise ProofRejectedError(
                "result-bound",
                Text("Isi rekapitulasi tersandi melebihi jumlah surat suara; tidak dapat dibuka."),
            )
        counts.append(tuple(value for value in found if value is not None))
    return tuple(counts)


def verify_result(
    election: Election,
    tally: EncryptedTally,
    factors: Factors,
    result: Result,
) -> bool:
    """Whether g to every published number is what the tally opens to."""
    if [len(row) for row in tally] != [len(row) for row in result]:
        return False
    group = election.group
    return all(
        group.power_generator(count % group.order) == group.divide(item.beta, factor)
        for row, row_factors, counts in zip(tally, factors, result, strict=True)
        for item, factor, count in zip(row, row_factors, counts, strict=True)
    )


def parse_decryption(data: bytes, *, wire: Wire) -> PartialDecryption:
    return parse_canonical(
        data,
        read=lambda value: _read(value, wire),
        write=lambda partial: _write(partial, wire),
        size_max=TALLY_SIZE_MAX,
    )


def write_decryption(partial: PartialDecryption, *, wire: Wire) -> bytes:
    return write_json(_write(partial, wire))


def parse_owned(data: bytes) -> OwnedDecryption:
    return parse_canonical(
        data,
        read=_read_owned,
        write=_write_owned,
        size_max=TALLY_SIZE_MAX,
    )


def write_owned(owned: OwnedDecryption) -> bytes:
    return write_json(_write_owned(owned))


def parse_result(data: bytes) -> Result:
    return parse_canonical(
        data,
        read=lambda value: read_list(
            read_fields(value, "result")["result"], lambda row: read_list(row, read_integer)
        ),
        write=_write_result,
        size_max=TALLY_SIZE_MAX,
    )


def write_result(result: Result) -> bytes:
    return write_json(_write_result(result))


def _prefix(election: Election, public: Element) -> str:
    return f"decrypt|{election.fingerprint}|{election.group.encode(public)}|"


def _read(value: Any, wire: Wire) -> PartialDecryption:
    fields = read_fields(value, "decryption_factors", "decryption_proofs")
    return PartialDecryption(
        factors=read_list(
            fields["decryption_factors"], lambda row: read_list(row, wire.read_element)
        ),
        proofs=read_list(fields["decryption_proofs"], lambda row: read_list(row, wire.read_proof)),
    )


def _write(partial: PartialDecryption, wire: Wire) -> dict[str, Any]:
    return {
        "decryption_factors": [
            [wire.write_element(item) for item in row] for row in partial.factors
        ],
        "decryption_proofs": [[wire.write_proof(item) for item in row] for row in partial.proofs],
    }


def _read_owned(value: Any) -> OwnedDecryption:
    fields = read_fields(value, "owner", "payload")
    return OwnedDecryption(read_integer(fields["owner"]), read_hash(fields["payload"]))


def _write_owned(owned: OwnedDecryption) -> dict[str, Any]:
    return {"owner": owned.owner, "payload": owned.payload}


def _write_result(result: Result) -> dict[str, Any]:
    return {"result": [list(row) for row in result]}
