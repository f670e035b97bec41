"""`pilkades ledger`: verify a published ledger and its proofs, offline and without the server.

Exit 0: everything holds. 1: something does not, and its check is named. 2: unreadable or misused.
"""

import argparse
import re
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path
from typing import Any

from pilkades.cli.ledger_bundle import (
    CHECKPOINT,
    ENTRIES,
    HASHES,
    VKEY,
    Bundle,
    open_bundle,
    read_small,
)
from pilkades.cli.ledger_report import Report
from pilkades.errors import MalformedInputError, PilkadesError
from pilkades.ledger.checkpoint import Checkpoint, open_checkpoint
from pilkades.ledger.checks import CheckResult
from pilkades.ledger.commitment import is_commitment_opened
from pilkades.ledger.leaf import Leaf
from pilkades.ledger.note import MAX_NOTE_BYTES, VerifierKey, parse_vkey
from pilkades.ledger.prooffile import (
    MAX_PROOF_BYTES,
    parse_consistency_file,
    parse_inclusion_file,
    verify_consistency_file,
    verify_inclusion_file,
)
from pilkades.ledger.verification import LogVerification, read_lines, verify_log
from pilkades.text import Text

KEY_HELP = "kunci pemeriksa (vkey) yang diumumkan, atau berkas yang memuatnya"
MAX_VKEY_BYTES = 1_024
_HEX_32_BYTES = re.compile(r"[0-9a-f]{64}")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(dest="ledger_command", required=True, metavar="PERINTAH")
    verify = _add(commands, "verify", "periksa seluruh buku catatan", run_verify)
    verify.add_argument("path", type=Path, help="map atau berkas ZIP yang diunduh")
    verify.add_argument("--key", help=KEY_HELP)
    verify.add_argument(
        "--since", type=Path, action="append", default=[], help="titik periksa lama yang disimpan"
    )
    inclusion = _add(commands, "inclusion", "periksa bukti satu entri", run_inclusion)
    inclusion.add_argument("proof", type=Path, help="berkas bukti entri")
    inclusion.add_argument("--key", required=True, help=KEY_HELP)
    consistency = _add(commands, "consistency", "periksa bukti kesinambungan", run_consistency)
    consistency.add_argument("old", type=Path, help="titik periksa lama")
    consistency.add_argument("new", type=Path, help="titik periksa baru")
    consistency.add_argument("proof", type=Path, help="berkas bukti kesinambungan")
    consistency.add_argument("--key", required=True, help=KEY_HELP)
    opening = _add(commands, "open", "cocokkan isi dengan sidik bergaram di entri", run_open)
    opening.add_argument("salt", help="garam, 64 angka heksadesimal")
    opening.add_argument("hash", help="sidik di entri, 64 angka heksadesimal")
    opening.add_argument("value", help="isi yang hendak dicocokkan")
    export = _add(commands, "export", "tulis buku catatan pemasangan ini ke map", run_export)
    export.add_argument("directory", type=Path, help="map yang belum ada atau kosong")


def run(args: argparse.Namespace) -> int:
    """Answer with the report of the chosen command; a refusal is a report too."""
    try:
        report: Report = args.make_report(args)
    except PilkadesError as error:
        report = Report(
            ok=False,
            results=(CheckResult(error.code, False, error.text),),
            conclusion="TIDAK TERBUKTI.",
        )
        report.show(as_json=args.json)
        return 2 if isinstance(error, MalformedInputError) else 1
    report.show(as_json=args.json)
    return 0 if report.ok else 1


def run_verify(args: argparse.Namespace) -> Report:
    """Everything in a bundle, against the published key and checkpoints kept earlier."""
    old_checkpoints = [_read_file(path, limit=MAX_NOTE_BYTES) for path in args.since]
    with open_bundle(args.path) as bundle:
        key = _read_key(args.key) if args.key else _read_bundle_key(bundle)
        verification = _verify_bundle(bundle, key=key, old_checkpoints=old_checkpoints)
    return Report(
        ok=verification.ok,
        results=verification.results,
        conclusion=_conclude(verification, args.path, key=key, is_key_given=bool(args.key)),
        facts={
            "origin": key.name,
            "size": verification.checkpoint.size if verification.checkpoint else None,
            "vkey": str(key),
            "key_source": "given" if args.key else "bundle",
            "key_fingerprint": _fingerprint_of(key),
            "changed_entries": verification.changed.first,
            "changed_count": verification.changed.count,
        },
    )


def run_inclusion(args: argparse.Namespace) -> Report:
    """One entry, by its proof file."""
    proof = parse_inclusion_file(_read_file(args.proof, limit=MAX_PROOF_BYTES))
    leaf, checkpoint = verify_inclusion_file(proof, key=_read_key(args.key))
    detail = Text(
        "Entri nomor {index} termasuk dalam {size} entri ledger {origin}.",
        index=proof.index,
        size=checkpoint.size,
        origin=checkpoint.origin,
    )
    return Report(
        ok=True,
        results=(CheckResult("inclusion", True, detail),),
        conclusion=f"TERBUKTI. {_describe(leaf)}",
        facts={"index": proof.index, "size": checkpoint.size, "entry": proof.leaf.decode()},
    )


def run_consistency(args: argparse.Namespace) -> Report:
    """That a newer checkpoint keeps everything an older one stood for."""
    key = _read_key(args.key)
    old = _open_checkpoint(args.old, key=key)
    new = _open_checkpoint(args.new, key=key)
    proof = parse_consistency_file(_read_file(args.proof, limit=MAX_PROOF_BYTES))
    verify_consistency_file(proof, old=old, new=new)
    detail = Text(
        "{old} entri pertama tetap sama di dalam {new} entri.", old=old.size, new=new.size
    )
    return Report(
        ok=True,
        results=(CheckResult("consistency", True, detail),),
        conclusion="TERBUKTI. Tidak ada catatan lama yang berubah atau hilang.",
        facts={"old_size": old.size, "new_size": new.size, "origin": new.origin},
    )


def run_open(args: argparse.Namespace) -> Report:
    """Whether a value and its salt are what a commitment in an entry stands for."""
    is_opened = is_commitment_opened(
        salt=_parse_hex(args.salt, "open-salt"),
        commitment=_parse_hex(args.hash, "open-hash"),
        value=args.value,
    )
    detail = (
        Text("Isi dan garam menghasilkan sidik ini.")
        if is_opened
        else Text("Isi dan garam tidak menghasilkan sidik ini.")
    )
    return Report(
        ok=is_opened,
        results=(CheckResult("commitment", is_opened, detail),),
        conclusion="COCOK." if is_opened else "TIDAK COCOK.",
    )


def run_export(args: argparse.Namespace) -> Report:
    """The bundle of this installation, as of now."""
    from pilkades.config.boot import setup

    setup()
    from django.utils import timezone

    from pilkades.apps.audit.bundle import list_files
    from pilkades.apps.audit.services import publish_checkpoint

    directory: Path = args.directory
    directory.mkdir(parents=True, exist_ok=True)
    if any(directory.iterdir()):
        raise MalformedInputError(
            "export-directory",
            Text("Map {name} sudah berisi. Pilih map kosong.", name=str(directory)),
        )
    checkpoint = publish_checkpoint(now=timezone.now())
    for name, content in list_files(checkpoint):
        with (directory / name).open("wb") as file:
            file.writelines(content)
    detail = Text("{size} entri ditulis ke {name}.", size=checkpoint.size, name=str(directory))
    return Report(
        ok=True,
        results=(CheckResult("export", True, detail),),
        conclusion=f"Periksa dengan: pilkades ledger verify {directory}",
        facts={"size": checkpoint.size},
    )


def _add(commands: Any, name: str, help_text: str, make_report: Any) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=help_text, description=help_text
    )
    parser.add_argument("--json", action="store_true", help="keluaran JSON")
    parser.set_defaults(make_report=make_report)
    return parser


def _verify_bundle(
    bundle: Bundle, *, key: VerifierKey, old_checkpoints: list[bytes]
) -> LogVerification:
    checkpoint = read_small(bundle, CHECKPOINT, limit=MAX_NOTE_BYTES)
    if not bundle.has(ENTRIES):
        raise MalformedInputError(
            "bundle-missing", Text("Berkas {name} tidak ada di dalamnya.", name=ENTRIES)
        )
    with ExitStack() as stack:
        entries = stack.enter_context(bundle.open(ENTRIES))
        hashes = stack.enter_context(bundle.open(HASHES)) if bundle.has(HASHES) else None
        return verify_log(
            lines=read_lines(entries),
            checkpoint=checkpoint,
            key=key,
            hash_lines=None if hashes is None else read_lines(hashes),
            old_checkpoints=old_checkpoints,
        )


def _fingerprint_of(key: VerifierKey) -> str:
    """SHA-256 of the published key in groups of four digits, to be read out over a telephone.

    The key's own id has 32 bits, for which somebody could make another key.
    """
    digest = sha256(str(key).encode()).hexdigest()
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))


UNKNOWN_KEY_TEXT = """\
PERINGATAN: TANDA TANGAN BELUM DIPERIKSA TERHADAP KUNCI YANG ANDA KENAL.
Berkas-berkas ini cocok satu sama lain, tetapi kuncinya diambil dari dalam unduhan itu sendiri:
siapa pun dapat menulis catatan palsu dan menaruh kuncinya sendiri di situ. Asalnya BELUM terbukti.

Kunci di dalam unduhan: {key}
Sidik kunci:            {fingerprint}

Bandingkan kunci itu huruf demi huruf, atau seluruh sidiknya lewat telepon, dengan yang diumumkan
panitia kabupaten (papan pengumuman, surat keputusan). Jangan membandingkannya dengan salinan di
unduhan yang sama. Bila sama, ulangi dengan kunci dari pengumuman:
    pilkades ledger verify {path} --key KUNCI-DARI-PENGUMUMAN"""


def _conclude(
    verification: LogVerification, path: Path, *, key: VerifierKey, is_key_given: bool
) -> str:
    if not verification.ok:
        return "TIDAK UTUH. Lihat pemeriksaan yang gagal di atas."
    if is_key_given:
        return f"UTUH. Diperiksa dengan kunci {key} yang Anda berikan."
    return UNKNOWN_KEY_TEXT.format(key=key, fingerprint=_fingerprint_of(key), path=path)


def _describe(leaf: Leaf) -> str:
    return f"{leaf.event} pada {leaf.at:%Y-%m-%d %H:%M:%S} UTC, {leaf.subject}"


def _open_checkpoint(path: Path, *, key: VerifierKey) -> Checkpoint:
    return open_checkpoint(_read_file(path, limit=MAX_NOTE_BYTES), key=key)


def _read_key(argument: str) -> VerifierKey:
    if "+" in argument:
        return parse_vkey(argument)
    return _parse_key_file(_read_file(Path(argument), limit=MAX_VKEY_BYTES))


def _read_bundle_key(bundle: Bundle) -> VerifierKey:
    return _parse_key_file(read_small(bundle, VKEY, limit=MAX_VKEY_BYTES))


def _parse_key_file(data: bytes) -> VerifierKey:
    try:
        return parse_vkey(data.decode("utf-8").removesuffix("\n"))
    except UnicodeDecodeError as error:
        raise MalformedInputError("vkey-format", Text("Kunci pemeriksa tidak terbaca.")) from error


def _read_file(path: Path, *, limit: int) -> bytes:
    """The file, or one byte more than the limit, which its parser then refuses."""
    with path.open("rb") as stream:
        return stream.read(limit + 1)


def _parse_hex(text: str, check: str) -> bytes:
    if not _HEX_32_BYTES.fullmatch(text):
        raise MalformedInputError(
            check, Text("Tulis tepat 64 angka heksadesimal huruf kecil (0-9, a-f).")
        )
    return bytes.fromhex(text)
