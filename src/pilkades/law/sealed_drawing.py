"""A drawing of ballot numbers that anyone can recompute from sealed contributions.

A supplement to the public drawing of Permendagri 112/2014 for villages that want it (ADR
0105): every candidate, and whoever else takes part, publishes SHA-256 over a salt and a
contribution; when all are published they are opened, and the order follows from them alone. No
random source here: salts and contributions are brought by the parties. Leaves out publication,
signatures and the times of both.
"""

import hashlib
import hmac
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pilkades.errors import MalformedInputError, ProofRejectedError, RuleViolationError
from pilkades.law.drawing import DrawingOutcome, DrawingRules, MissingReveal
from pilkades.text import Text

COMMITMENT_DOMAIN = b"pilkades/drawing/commitment/v1"
SEED_DOMAIN = b"pilkades/drawing/seed/v1"
STREAM_DOMAIN = b"pilkades/drawing/stream/v1"
SALT_MIN_BYTES = 16
PART_MAX_BYTES = 1024
WORD_BYTES = 8


@dataclass(frozen=True, slots=True)
class Reveal:
    """What a party opens: its salt and its contribution, as bytes."""

    salt: bytes
    contribution: bytes


@dataclass(frozen=True, slots=True)
class DrawingCheck:
    """One check of a published drawing: a stable name, the answer, a sentence."""

    id: str
    ok: bool
    detail: Text


def commit_contribution(*, drawing_id: str, party: str, reveal: Reveal) -> bytes:
    """The commitment a party publishes before anyone opens: 32 bytes.

    Law: silent on drawings by sealed contributions (ADR 0105). The drawing and the party are
    hashed in, so that nobody can repeat another party's commitment as its own.
    """
    _require_reveal_shape(party, reveal)
    return _hash_parts(
        COMMITMENT_DOMAIN,
        drawing_id.encode(),
        party.encode(),
        reveal.salt,
        reveal.contribution,
    )


def draw_numbers(
    *,
    rules: DrawingRules,
    drawing_id: str,
    candidates: Sequence[str],
    commitments: Mapping[str, bytes],
    reveals: Mapping[str, Reveal],
) -> DrawingOutcome:
    """The numbers that follow from all opened contributions, the same for everybody who computes.

    Law: silent on this form (ADR 0105); a commitment that does not open is refused and its party
    named, and a missing opening is never skipped: `drawing.missing_reveal` says what happens.
    `candidates` stand in the order of the published list.
    """
    _require_distinct(candidates, rules)
    _require_parties(candidates, commitments, reveals)
    missing = sorted(set(commitments) - set(reveals))
    if missing:
        raise RuleViolationError(
            "drawing.missing_reveal", _tell_missing(missing, rules), article=rules.article
        )
    for party in sorted(commitments):
        _require_opening(drawing_id, party, commitments[party], reveals[party])
    seed = derive_seed(drawing_id=drawing_id, candidates=candidates, reveals=reveals)
    return DrawingOutcome(
        candidates=shuffle(items=candidates, seed=seed),
        seed=seed,
        article=rules.article,
        why=(
            Text(
                "Nomor urut dihitung dari sumbangan rahasia {count} pihak yang komitmennya "
                "diumumkan lebih dahulu: {parties}.",
                count=len(reveals),
                parties=", ".join(sorted(reveals)),
            ),
            Text("Benih pengundian: {seed}.", seed=seed.hex()),
        ),
    )


def verify_drawing(
    *,
    rules: DrawingRules,
    drawing_id: str,
    candidates: Sequence[str],
    commitments: Mapping[str, bytes],
    reveals: Mapping[str, Reveal],
    published: Sequence[str],
) -> tuple[DrawingCheck, ...]:
    """Every check of a published drawing; it is good only if all of them are.

    Law: silent on this form (ADR 0105); anyone may recompute it from the published values.
    """
    checks = [
        _check_opening(drawing_id, party, commitments[party], reveals.get(party))
        for party in sorted(commitments)
    ]
    try:
        outcome = draw_numbers(
            rules=rules,
            drawing_id=drawing_id,
            candidates=candidates,
            commitments=commitments,
            reveals=reveals,
        )
    except (MalformedInputError, ProofRejectedError, RuleViolationError) as error:
        return (*checks, DrawingCheck(id="drawing.result", ok=False, detail=error.text))
    is_same = outcome.candidates == tuple(published)
    detail = (
        Text("Urutan yang diumumkan sama dengan hasil hitungan.")
        if is_same
        else Text(
            "Urutan yang diumumkan berbeda. Hasil hitungan: {order}.",
            order=", ".join(outcome.candidates),
        )
    )
    return (*checks, DrawingCheck(id="drawing.result", ok=is_same, detail=detail))


def derive_seed(
    *, drawing_id: str, candidates: Sequence[str], reveals: Mapping[str, Reveal]
) -> bytes:
    """The seed of a drawing: hash of its name, the candidates in order, every opening by party.

    Law: silent (ADR 0105); one party that brings a secret unknown to the others makes it
    unpredictable for all.
    """
    parts = [drawing_id.encode(), len(candidates).to_bytes(8, "big")]
    parts += [candidate.encode() for candidate in candidates]
    for party in sorted(reveals):
        parts += [party.encode(), reveals[party].salt, reveals[party].contribution]
    return _hash_parts(SEED_DOMAIN, *parts)


def shuffle(*, items: Sequence[str], seed: bytes) -> tuple[str, ...]:
    """A permutation of `items` that depends on the seed alone, every order equally likely.

    Law: silent (ADR 0105). Fisher-Yates from the last place down (Knuth, The Art of Computer
    Programming, volume 2, algorithm 3.4.2P); words at or above the largest multiple are thrown
    away, so that no place is favoured.
    """
    order = list(items)
    words = _stream_words(seed)
    for last in range(len(order) - 1, 0, -1):
        chosen = pick_below(bound=last + 1, words=words)
        order[last], order[chosen] = order[chosen], order[last]
    return tuple(order)


def pick_below(*, bound: int, words: Iterator[int]) -> int:
    """A number below `bound` from the first word that favours none; the others are thrown away."""
    limit = (1 << (8 * WORD_BYTES)) // bound * bound
    word = next(words)
    while word >= limit:
        word = next(words)
    return word % bound


def _stream_words(seed: bytes) -> Iterator[int]:
    counter = 0
    while True:
        block = _hash_parts(STREAM_DOMAIN, seed, counter.to_bytes(8, "big"))
        for start in range(0, len(block), WORD_BYTES):
            yield int.from_bytes(block[start : start + WORD_BYTES], "big")
        counter += 1


def _hash_parts(*parts: bytes) -> bytes:
    """SHA-256 over parts that each carry their length, so that no two lists look alike."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.digest()


def _require_reveal_shape(party: str, reveal: Reveal) -> None:
    is_good = (
        SALT_MIN_BYTES <= len(reveal.salt) <= PART_MAX_BYTES
        and 1 <= len(reveal.contribution) <= PART_MAX_BYTES
    )
    if is_good:
        return
    text = Text(
        "Pembukaan dari {party} tidak lengkap: garam paling sedikit {salt_min} bita, sumbangan "
        "tidak kosong, masing-masing paling banyak {part_max} bita.",
        party=party,
        salt_min=SALT_MIN_BYTES,
        part_max=PART_MAX_BYTES,
    )
    raise MalformedInputError("drawing.reveal_shape", text)


def _require_distinct(candidates: Sequence[str], rules: DrawingRules) -> None:
    if len(candidates) >= 1 and len(set(candidates)) == len(candidates):
        return
    text = Text("Daftar calon untuk pengundian kosong atau memuat nama yang sama dua kali.")
    raise RuleViolationError("drawing.candidates", text, article=rules.article)


def _require_parties(
    candidates: Sequence[str], commitments: Mapping[str, bytes], reveals: Mapping[str, Reveal]
) -> None:
    absent = sorted(set(candidates) - set(commitments))
    if absent:
        text = Text(
            "Setiap calon mengumumkan komitmennya sebelum pengundian. Belum ada dari: {parties}.",
            parties=", ".join(absent),
        )
        raise MalformedInputError("drawing.no_commitment", text)
    strangers = sorted(set(reveals) - set(commitments))
    if strangers:
        text = Text(
            "Pembukaan dari {parties} tidak mempunyai komitmen yang diumumkan sebelumnya. "
            "Hanya pihak yang berkomitmen lebih dahulu ikut menentukan nomor urut.",
            parties=", ".join(strangers),
        )
        raise ProofRejectedError("drawing.uncommitted_reveal", text)


def _require_opening(drawing_id: str, party: str, commitment: bytes, reveal: Reveal) -> None:
    opened = commit_contribution(drawing_id=drawing_id, party=party, reveal=reveal)
    if hmac.compare_digest(opened, commitment):
        return
    raise ProofRejectedError("drawing.commitment_opens", _tell_not_opening(party))


def _check_opening(
    drawing_id: str, party: str, commitment: bytes, reveal: Reveal | None
) -> DrawingCheck:
    check_id = f"drawing.commitment_opens:{party}"
    if reveal is None:
        detail = Text("{party} belum membuka komitmennya.", party=party)
        return DrawingCheck(id=check_id, ok=False, detail=detail)
    try:
        _require_opening(drawing_id, party, commitment, reveal)
    except (MalformedInputError, ProofRejectedError) as error:
        return DrawingCheck(id=check_id, ok=False, detail=error.text)
    detail = Text("Komitmen {party} terbuka dengan benar.", party=party)
    return DrawingCheck(id=check_id, ok=True, detail=detail)


def _tell_not_opening(party: str) -> Text:
    return Text(
        "Pembukaan dari {party} tidak cocok dengan komitmen yang diumumkannya. Nomor urut belum "
        "ditetapkan dan tidak ada data yang hilang. Periksa kembali salinan komitmen; bila tetap "
        "tidak cocok, catat dalam berita acara dan jalankan aturan pihak yang tidak membuka.",
        party=party,
    )


def _tell_missing(missing: Sequence[str], rules: DrawingRules) -> Text:
    parties = ", ".join(missing)
    if rules.missing_reveal is MissingReveal.LOTS:
        return Text(
            "Komitmen belum dibuka oleh: {parties}. Menurut aturan, pengundian dilanjutkan "
            "dengan undian biasa di depan umum.",
            parties=parties,
        )
    return Text(
        "Komitmen belum dibuka oleh: {parties}. Menurut aturan, pengundian diulang dengan "
        "komitmen baru dari semua pihak.",
        parties=parties,
    )
