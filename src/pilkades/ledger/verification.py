"""Verifying a whole published log, offline, in one pass over its entries.

The log is given as lines (each a leaf), its checkpoint and the log's public key; optionally the
published list of leaf hashes, by which a changed entry is named, and older checkpoints, of which
the log must be a continuation. Memory grows by one short key per entry, by which an event written
twice is found. It leaves out reading files and deciding which key to believe.
"""

from binascii import b2a_base64
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from pilkades.errors import MalformedInputError, PilkadesError
from pilkades.ledger.checkpoint import Checkpoint, open_checkpoint
from pilkades.ledger.checks import CheckResult, is_verified
from pilkades.ledger.encoding import parse_hash
from pilkades.ledger.leaf import MAX_LEAF_BYTES, check_leaf
from pilkades.ledger.merkle import CompactRange, hash_leaf
from pilkades.ledger.note import VerifierKey
from pilkades.text import Text

MAX_NAMED_ENTRIES = 20
REQUIRED_CHECKS = frozenset(
    {"checkpoint", "entries-form", "entries-origin", "entries-unique", "entries-count", "tree-root"}
)


@dataclass(slots=True)
class NamedEntries:
    """How many entries something was found of, and the first of them by index."""

    count: int = 0
    first: list[int] = field(default_factory=list)

    def add(self, index: int) -> None:
        """Note one entry."""
        self.count += 1
        if len(self.first) < MAX_NAMED_ENTRIES:
            self.first.append(index)

    def __str__(self) -> str:
        more = self.count - len(self.first)
        return ", ".join(map(str, self.first)) + (f" (+{more})" if more else "")


@dataclass(frozen=True, slots=True)
class LogVerification:
    """All checks of a log; `ok` only when every required check was made and every check holds."""

    results: tuple[CheckResult, ...]
    checkpoint: Checkpoint | None
    changed: NamedEntries

    @property
    def ok(self) -> bool:
        """The answer."""
        return is_verified(self.results, required=REQUIRED_CHECKS)


def read_lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a stream with their ends, none longer than a leaf may be (plus two)."""
    return iter(lambda: stream.readline(MAX_LEAF_BYTES + 2), b"")


def verify_log(
    *,
    lines: Iterable[bytes],
    checkpoint: bytes,
    key: VerifierKey,
    hash_lines: Iterable[bytes] | None = None,
    old_checkpoints: Sequence[bytes] = (),
) -> LogVerification:
    """Check everything that can be checked; nothing is raised for a log that is false."""
    claimed, opening = _open(checkpoint, key=key, check="checkpoint")
    old_openings = [_open(data, key=key, check="old-checkpoint") for data in old_checkpoints]
    results = [opening, *(result for _, result in old_openings)]
    if claimed is None:
        return LogVerification(tuple(results), None, NamedEntries())
    old = [one for one, _ in old_openings if one is not None]

    reading = _Reading(origin=claimed.origin, wanted_sizes=frozenset(one.size for one in old))
    reading.read(lines, hash_lines)

    results += _judge_entries(reading)
    results.append(_judge_count(reading, claimed))
    results.append(_judge_root(reading, claimed))
    if hash_lines is not None:
        results += _judge_hash_list(reading, claimed)
    results += [_judge_old(one, claimed, reading) for one in old]
    return LogVerification(tuple(results), claimed, reading.changed)


@dataclass(slots=True)
class _Reading:
    """What one pass over the entries sees."""

    origin: str
    wanted_sizes: frozenset[int]
    tree: CompactRange = field(default_factory=CompactRange)
    listed_tree: CompactRange | None = None
    roots: dict[int, bytes] = field(default_factory=dict)
    malformed: NamedEntries = field(default_factory=NamedEntries)
    first_fault: Text = field(default_factory=lambda: Text("-"))
    foreign: NamedEntries = field(default_factory=NamedEntries)
    doubled: NamedEntries = field(default_factory=NamedEntries)
    changed: NamedEntries = field(default_factory=NamedEntries)
    seen: set[bytes] = field(default_factory=set)

    def read(self, lines: Iterable[bytes], hash_lines: Iterable[bytes] | None) -> None:
        """Read entries and, beside them, the published hashes, each side to its end."""
        listed = iter(hash_lines or ())
        for index, line in enumerate(lines):
            leaf = line.removesuffix(b"\n")
            self._check_form(index, leaf, is_whole=len(leaf) < len(line))
            leaf_hash = hash_leaf(leaf)
            if hash_lines is not None:
                self._compare(index, leaf_hash, next(listed, b""))
            self.tree.append(leaf_hash)
            if index + 1 in self.wanted_sizes:
                self.roots[index + 1] = self.tree.root()
        for index, surplus in enumerate(listed, start=self.tree.size):
            self._compare(index, None, surplus)
        self.seen.clear()

    def _check_form(self, index: int, leaf: bytes, *, is_whole: bool) -> None:
        try:
            origin, uuid = check_leaf(leaf)
        except MalformedInputError as error:
            self._note_fault(index, error.text)
            return
        if not is_whole:
            self._note_fault(index, Text("Baris terpotong."))
        if origin != self.origin:
            self.foreign.add(index)
        key = bytes.fromhex(uuid.replace("-", ""))
        if key in self.seen:
            self.doubled.add(index)
        self.seen.add(key)

    def _note_fault(self, index: int, fault: Text) -> None:
        if not self.malformed.count:
            self.first_fault = fault
        self.malformed.add(index)

    def _compare(self, index: int, leaf_hash: bytes | None, line: bytes) -> None:
        """Compare an entry with its published hash; the trees are one until they first differ."""
        if self.listed_tree is None:
            if leaf_hash is not None and line == b2a_base64(leaf_hash):
                return
            self.listed_tree = self.tree.copy()
        listed = _parse_hash_line(line)
        if listed != leaf_hash:
            self.changed.add(index)
        if listed is not None:
            self.listed_tree.append(listed)


def _parse_hash_line(line: bytes) -> bytes | None:
    """The hash on a line of the published list; a line that is none equals no hash."""
    try:
        text = line.decode("ascii")
        return parse_hash(text.removesuffix("\n"), check="hash-list")
    except (MalformedInputError, UnicodeDecodeError):
        return None


def _open(
    data: bytes, *, key: VerifierKey, check: str
) -> tuple[Checkpoint, CheckResult] | tuple[None, CheckResult]:
    try:
        checkpoint = open_checkpoint(data, key=key)
    except PilkadesError as error:
        detail = Text("{reason} [{code}]", reason=error.text, code=error.code)
        return None, CheckResult(check, False, detail)
    detail = Text(
        "Titik periksa ledger {origin}, {size} entri, ditandatangani kunci {key_id}.",
        origin=checkpoint.origin,
        size=checkpoint.size,
        key_id=key.key_id.hex(),
    )
    return checkpoint, CheckResult(check, True, detail)


def _judge_entries(reading: _Reading) -> Iterator[CheckResult]:
    yield _judge_none(
        "entries-form",
        reading.malformed,
        good=Text("Semua entri tertulis menurut bentuk baku."),
        bad=Text(
            "Entri nomor {entries} rusak. {fault}",
            entries=str(reading.malformed),
            fault=reading.first_fault,
        ),
    )
    yield _judge_none(
        "entries-origin",
        reading.foreign,
        good=Text("Semua entri milik ledger {origin}.", origin=reading.origin),
        bad=Text("Entri nomor {entries} milik ledger lain.", entries=str(reading.foreign)),
    )
    yield _judge_none(
        "entries-unique",
        reading.doubled,
        good=Text("Tidak ada peristiwa yang tercatat dua kali."),
        bad=Text("Entri nomor {entries} mengulang peristiwa lain.", entries=str(reading.doubled)),
    )


def _judge_none(check: str, entries: NamedEntries, *, good: Text, bad: Text) -> CheckResult:
    return CheckResult(check, entries.count == 0, bad if entries.count else good)


def _judge_count(reading: _Reading, claimed: Checkpoint) -> CheckResult:
    return CheckResult(
        "entries-count",
        reading.tree.size == claimed.size,
        Text(
            "Berkas memuat {found} entri; titik periksa menyatakan {size}.",
            found=reading.tree.size,
            size=claimed.size,
        ),
    )


def _judge_root(reading: _Reading, claimed: Checkpoint) -> CheckResult:
    if reading.tree.size == claimed.size and reading.tree.root() == claimed.root:
        return CheckResult("tree-root", True, Text("Sidik semua entri sama dengan titik periksa."))
    return CheckResult(
        "tree-root",
        False,
        Text("Sidik semua entri berbeda dari titik periksa: catatan berubah setelah diumumkan."),
    )


def _judge_hash_list(reading: _Reading, claimed: Checkpoint) -> Iterator[CheckResult]:
    listed = reading.listed_tree or reading.tree
    is_genuine = listed.size == claimed.size and listed.root() == claimed.root
    yield CheckResult(
        "hash-list",
        is_genuine,
        Text("Daftar sidik sesuai dengan titik periksa.")
        if is_genuine
        else Text("Daftar sidik ikut berubah, sehingga tidak dapat menunjuk entri yang berubah."),
    )
    yield _judge_none(
        "entries-unchanged",
        reading.changed,
        good=Text("Setiap entri sama dengan sidiknya."),
        bad=Text("Entri nomor {entries} tidak sama dengan sidiknya.", entries=str(reading.changed)),
    )


def _judge_old(old: Checkpoint, claimed: Checkpoint, reading: _Reading) -> CheckResult:
    if old.size == 0:
        detail = Text("Titik periksa lama berisi 0 entri, sehingga tidak membuktikan apa pun.")
        return CheckResult("old-checkpoint-kept", False, detail)
    if old.size > claimed.size:
        detail = Text(
            "Titik periksa lama memuat {old} entri, yang baru hanya {new}: ada catatan dihapus.",
            old=old.size,
            new=claimed.size,
        )
        return CheckResult("old-checkpoint-kept", False, detail)
    if reading.roots.get(old.size) != old.root:
        detail = Text("Catatan di antara {old} entri pertama berubah.", old=old.size)
        return CheckResult("old-checkpoint-kept", False, detail)
    detail = Text("{old} entri pertama tetap seperti pada titik periksa lama.", old=old.size)
    return CheckResult("old-checkpoint-kept", True, detail)
