"""What was approved for the ballot, read from the proof itself and compared with the rows of today.

Whoever can write into the database can change a candidate's number, name or photo without any act
of the system. So while a proof is in force the screens show what its stored content says, its
digest is computed anew at every reading, and it has to be the digest that every candidate signed
and that the ledger holds from the lock. Where anything differs, `alarm` says so and what to do.

Left out: the day of the vote and the empty column, which later lawful acts may change; and the
bytes of the photos, which `views.public.photo` compares with the approved hash.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from pilkades.apps.elections.models import Candidacy, Election, SetupProof, SetupProofSignature
from pilkades.apps.elections.selectors.proofs import find_proof
from pilkades.text import Text

ALARM_TITLE = Text("Data calon di basis data tidak sama dengan cetak coba yang disetujui")
_SHOWN_FROM_PROOF = Text(
    "Nomor, nama, dan sidik foto di sini diambil dari cetak coba yang disetujui, bukan dari data "
    "yang berubah di luar sistem itu."
)
_PROOF_BROKEN = Text(
    "Isi cetak coba yang tersimpan tidak cocok dengan sidik isinya, sehingga nomor, nama, dan foto "
    "di sini belum tentu yang disetujui. Yang berlaku adalah lembar cetak coba yang ditandatangani."
)
_WHAT_TO_DO = Text(
    "Jangan mencetak surat suara. Panitia melapor kepada panitia kabupaten dan inspektorat; "
    "pengelola sistem memeriksa buku catatan dan memulihkan data dari cadangan."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotEntry:
    """One entry of the ballot: what a candidate approved of oneself and of the others."""

    number: int | None
    name: str
    photo_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofReading:
    """A proof in force as it was approved; `entries` by the key of the candidacy.

    `entries` is empty where the stored content is not what was signed: then nothing in the
    database tells what was approved.
    """

    proof: SetupProof
    entries: Mapping[int, BallotEntry]
    is_same: bool

    @property
    def is_intact(self) -> bool:
        return bool(self.entries)

    @property
    def has_alarm(self) -> bool:
        return not (self.is_intact and self.is_same)

    @property
    def alarm(self) -> tuple[Text, ...]:
        """What is wrong and what to do, empty where everything agrees."""
        if not self.has_alarm:
            return ()
        return (_SHOWN_FROM_PROOF if self.is_intact else _PROOF_BROKEN, _WHAT_TO_DO)

    def show(self, candidacies: Iterable[Candidacy]) -> tuple[Candidacy, ...]:
        """Candidates as approved, in the order of the ballot; copies that nobody saves."""
        shown = [self._show_one(candidacy) for candidacy in candidacies]
        return tuple(sorted(shown, key=lambda item: item.ballot_number or 0))

    def list_lines(self) -> list[SetupProofSignature]:
        """The lines of signature, each with its candidate as approved."""
        lines = [copy(line) for line in self.proof.signatures.all()]
        for line in lines:
            # A copy shares its cache of related rows with the row that it was made of.
            line._state = copy(line._state)
            line._state.fields_cache = {"candidacy": self._show_one(line.candidacy)}
        return sorted(lines, key=lambda item: item.candidacy.ballot_number or 0)

    def _show_one(self, candidacy: Candidacy) -> Candidacy:
        entry = self.entries.get(candidacy.pk)
        if entry is None:
            return candidacy
        shown = copy(candidacy)
        shown.ballot_number, shown.ballot_name = entry.number, entry.name
        shown.photo_sha256 = entry.photo_sha256
        return shown


def read_proof(
    proof: SetupProof, *, election: Election, standing: Sequence[Candidacy]
) -> ProofReading:
    """Read a proof against its digest, its signatures, the ledger and the rows; no query.

    `standing` are the candidates as the rows have them; the proof comes with its signatures and
    its leaf from `find_proof` or `find_locked_proof`.
    """
    lines = sorted(proof.signatures.all(), key=lambda line: line.pk)
    entries: dict[int, BallotEntry] = {}
    if _is_digest_held(proof, lines):
        entries = _read_entries(proof, election, lines)
    approved = {line.candidacy_id for line in lines}
    is_same = all(
        entries.get(line.candidacy_id) == describe_entry(line.candidacy) for line in lines
    ) and all(candidacy.pk in approved for candidacy in standing)
    return ProofReading(proof=proof, entries=entries, is_same=is_same)


def find_approved_photo(candidacy: Candidacy) -> str | None:
    """The hash of the photo in the proof in force; None without such a proof, "" if it is broken.

    At most three queries.
    """
    proof = find_proof(candidacy.election)
    if proof is None:
        return None
    reading = read_proof(proof, election=candidacy.election, standing=())
    entry = reading.entries.get(candidacy.pk)
    return entry.photo_sha256 if entry else ""


def describe_entry(candidacy: Candidacy) -> BallotEntry:
    """The entry as the row of today has it."""
    return BallotEntry(
        number=candidacy.ballot_number,
        name=candidacy.ballot_name,
        photo_sha256=candidacy.photo_sha256,
    )


def _is_digest_held(proof: SetupProof, lines: Iterable[SetupProofSignature]) -> bool:
    """The content gives the digest, and it is the one that was signed and locked."""
    if hashlib.sha256(proof.content.encode()).hexdigest() != proof.sha256:
        return False
    if any(line.is_signed and line.sha256 != proof.sha256 for line in lines):
        return False
    return proof.locked_at is None or _is_lock_recorded(proof)


def _is_lock_recorded(proof: SetupProof) -> bool:
    """Whether the ledger holds the lock of this very proof with this very digest."""
    leaf = json.loads(getattr(proof, "locked_leaf", None) or "{}")
    subject = f"proof:{proof.uuid}"
    return bool(leaf.get("subject") == subject and leaf["data"]["sha256"] == proof.sha256)


def _read_entries(
    proof: SetupProof, election: Election, lines: Sequence[SetupProofSignature]
) -> dict[int, BallotEntry]:
    """Lines and entries were written together, in the order of the numbers.

    Empty where the content is no proof of this election.
    """
    try:
        content: dict[str, Any] = json.loads(proof.content)
        read = [BallotEntry(**entry) for entry in content["entries"]]
        is_ours = content["election"] == str(election.uuid) and len(read) == len(lines)
    except (ValueError, KeyError, TypeError):
        return {}
    if not is_ours:
        return {}
    return {line.candidacy_id: entry for line, entry in zip(lines, read, strict=True)}
