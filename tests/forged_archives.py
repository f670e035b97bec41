"""Archives of an internet election taken apart, changed in one place, re-hashed and re-chained.

What is forged here is wrong in exactly one thing: every hash, parent and height is made anew, and
a changed ballot is signed again by the holder of its credential, so that only the fault itself can
be the reason for a refusal.
"""

import copy
import io
import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from pilkades.crypto.groups import Group
from pilkades.crypto.proofs import prove_knowledge
from pilkades.crypto.supported import get_group
from pilkades.evoting.archive import Header, write_header
from pilkades.evoting.board import read_steps, write_step
from pilkades.evoting.canonical import write_json
from pilkades.evoting.credentials import derive_secret
from pilkades.evoting.events import Kind
from pilkades.evoting.fingerprints import fingerprint, hash_data
from pilkades.evoting.report import Report
from pilkades.evoting.verification import verify_archive
from pilkades.synthetic.internet_elections import Truth, simulate_election

TIMESTAMP = 1_795_453_200


@dataclass
class Piece:
    """A step as JSON values: `payload` is made from `parts` where it only names them."""

    kind: Kind
    payload: Any = None
    parts: list[Any] = field(default_factory=list)
    height: int | None = None
    parent: str | None = None


@dataclass
class Forgery:
    """An election in pieces, with the secrets of this play."""

    group: Group
    truth: Truth
    pieces: list[Piece]

    @property
    def ballots(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.kind is Kind.BALLOT]

    def find(self, kind: Kind) -> Piece:
        return next(piece for piece in self.pieces if piece.kind is kind)

    def cut_after(self, kind: Kind) -> "Forgery":
        """Only what happened up to the last step of this kind."""
        last = max(place for place, piece in enumerate(self.pieces) if piece.kind is kind)
        self.pieces = self.pieces[: last + 1]
        return self

    def sign(self, ballot: dict[str, Any], *, code: str | None = None) -> None:
        """Sign a changed ballot anew, with the code of its own credential unless told otherwise."""
        code = code or self.code_of(ballot["credential"])
        secret = derive_secret(self.group, uuid=self.truth.election.uuid, code=code)
        unsigned = {name: value for name, value in ballot.items() if name != "signature"}
        digest = fingerprint(write_json(unsigned))
        draw = random.Random(5).randrange
        proof = prove_knowledge(self.group, secret=secret, prefix=f"sig|{digest}|", draw=draw)
        ballot["signature"] = {
            "hash": digest,
            "proof": {"challenge": str(proof.challenge), "response": str(proof.response)},
        }

    def code_of(self, credential: str) -> str:
        for code in self.truth.codes:
            secret = derive_secret(self.group, uuid=self.truth.election.uuid, code=code)
            if self.group.encode(self.group.power_generator(secret)) == credential:
                return code
        raise LookupError(credential)

    def write(self) -> bytes:
        """The archive with every hash made anew."""
        out, parent = [write_header(Header(TIMESTAMP))], None
        for height, piece in enumerate(self.pieces):
            parts = tuple(map(write_json, piece.parts))
            data, parent = write_step(
                kind=piece.kind,
                height=height if piece.height is None else piece.height,
                parent=piece.parent or parent,
                payload=None if piece.payload is None else write_json(_refer(piece, parts)),
                parts=parts,
                timestamp=TIMESTAMP,
            )
            out.append(data)
        return b"".join(out)

    def verify(self) -> Report:
        return verify_archive(io.BytesIO(self.write()))


def forge(group: str = "Ed25519", *, voters: int = 6) -> Forgery:
    """A fresh honest election in pieces."""
    return copy.deepcopy(_make(group, voters))


def failed_checks(report: Report) -> set[str]:
    """The names of the checks that fail; an accepted archive has none."""
    failed = {check.id for check in report.checks if not check.ok}
    assert report.is_accepted == (not failed)
    return failed


def change_text(text: str) -> str:
    """Another text of the same length and alphabet."""
    last = text[-1]
    return text[:-1] + ("1" if last == "0" else chr(ord(last) - 1) if last not in "a1" else "0")


def visit(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every leaf of a JSON value."""
    if isinstance(value, dict):
        return [way for name, item in value.items() for way in visit(item, (*path, name))]
    if isinstance(value, list):
        return [way for place, item in enumerate(value) for way in visit(item, (*path, place))]
    return [path]


def change_at(value: Any, path: tuple[Any, ...], change: Callable[[Any], Any]) -> None:
    """Change the leaf at the end of a way."""
    for step in path[:-1]:
        value = value[step]
    value[path[-1]] = change(value[path[-1]])


def _refer(piece: Piece, parts: tuple[bytes, ...]) -> Any:
    hashes = list(map(hash_data, parts))
    match piece.kind:
        case Kind.SETUP:
            return dict(zip(("election", "trustees", "credentials"), hashes, strict=True))
        case Kind.ENCRYPTED_TALLY:
            return {**piece.payload, "encrypted_tally": hashes[0]}
        case Kind.PARTIAL_DECRYPTION:
            return {**piece.payload, "payload": hashes[0]}
        case _:
            return piece.payload


@cache
def _make(group: str, voters: int) -> Forgery:
    out = io.BytesIO()
    truth = simulate_election(
        group=get_group(group),
        voters=voters,
        candidates=3,
        draw=random.Random(20261123).randrange,
        timestamp=TIMESTAMP,
        write=out.write,
    )
    pieces = [
        Piece(
            kind=step.event.kind,
            payload=json.loads(step.text) if step.payload else None,
            parts=list(map(json.loads, step.parts)),
        )
        for step in read_steps(io.BytesIO(out.getvalue()))
    ]
    return Forgery(get_group(group), truth, pieces)
