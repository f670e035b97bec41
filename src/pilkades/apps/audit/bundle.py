"""The published ledger as files: what a stranger downloads and verifies without this server."""

import io
import zipfile
from collections.abc import Iterator

from pilkades.apps.audit.keys import get_signing_key
from pilkades.apps.audit.models import Checkpoint
from pilkades.apps.audit.selectors import iterate_leaf_hashes, iterate_leaves
from pilkades.ledger.encoding import encode_base64

READ_ME = """\
BUKU CATATAN (LEDGER) PEMILIHAN KEPALA DESA

ledger.jsonl   semua peristiwa, satu per baris, tanpa data pribadi
checkpoint     titik periksa: nama buku catatan, jumlah entri, sidik akar, tanda tangan
vkey           kunci pemeriksa menurut unduhan ini; siapa pun dapat menaruh kuncinya sendiri di sini
hashes         sidik setiap entri, untuk menunjuk entri yang berubah

Memeriksa tanpa jaringan, dari map ini, dengan kunci dari pengumuman panitia kabupaten (papan
pengumuman, surat keputusan), bukan dengan salinan dari unduhan ini:
    pilkades ledger verify . --key KUNCI-DARI-PENGUMUMAN

Simpan berkas checkpoint. Di kemudian hari, catatan yang baru diperiksa terhadapnya:
    pilkades ledger verify MAP-BARU --key KUNCI-DARI-PENGUMUMAN --since checkpoint

Bentuk setiap berkas diterangkan di docs/formats/ledger.md.
"""


def list_files(checkpoint: Checkpoint) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Name and content of every file of the bundle, the small ones first."""
    vkey = str(get_signing_key().verifier)
    yield "BACA-SAYA.txt", iter([READ_ME.encode()])
    yield "vkey", iter([f"{vkey}\n".encode()])
    yield "checkpoint", iter([checkpoint.note.encode()])
    yield "ledger.jsonl", (leaf + b"\n" for leaf in iterate_leaves(size=checkpoint.size))
    yield (
        "hashes",
        (f"{encode_base64(h)}\n".encode() for h in iterate_leaf_hashes(size=checkpoint.size)),
    )


def stream_zip(checkpoint: Checkpoint) -> Iterator[bytes]:
    """The bundle as a ZIP file, made while it is sent: memory does not grow with the ledger."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w") as archive:
        for name, content in list_files(checkpoint):
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(entry, "w", force_zip64=True) as member:
                for piece in content:
                    member.write(piece)
                    yield from pipe.take()
    yield from pipe.take(all_of_it=True)


class _Pipe(io.RawIOBase):
    """What the archive writes, until somebody takes it; it cannot be searched, like a socket."""

    PIECE_SIZE = 65_536

    def __init__(self) -> None:
        self._pending = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._pending += data
        return len(data)

    def take(self, *, all_of_it: bool = False) -> Iterator[bytes]:
        """A piece, once enough has gathered."""
        if len(self._pending) >= self.PIECE_SIZE or (all_of_it and self._pending):
            yield bytes(self._pending)
            self._pending.clear()
