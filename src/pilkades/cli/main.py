"""The `pilkades` command: one module per command, found by name, imported only when called.

Exit codes are the same everywhere: 0 fine, 1 the thing checked fails, 2 unreadable input or wrong
usage.
"""

import argparse
import errno
import importlib
import os
import sys
from collections.abc import Sequence

from pilkades import __version__
from pilkades.cli.vote_words import warn
from pilkades.cli.words import speak_indonesian
from pilkades.errors import ConflictError, MalformedInputError

INTERRUPTED = 130
"""As shells say it of a command that Ctrl-C ended."""

COMMANDS: dict[str, str] = {
    # name: one line of help; the module is pilkades.cli.<name with _ for ->
    "timetable": "hitung jadwal tahapan dari paket aturan",
    "judge": "nilai surat suara menurut paket aturan",
    "reconcile": "periksa kesesuaian angka berita acara",
    "determine": "tetapkan hasil dan urai suara sama",
    "pack": "periksa dan bandingkan paket aturan",
    "ledger": "periksa buku catatan (ledger) tanpa jaringan",
    "init": "siapkan kunci, tabel, dan wilayah",
    "demo": "siapkan dan jalankan kabupaten peragaan (SIMULASI)",
    "laptop": "jalankan sistem desa di laptop ini, tanpa internet",
    "serve": "jalankan layanan",
    "manage": "perintah pemeliharaan: appoint, import_regions, rotate_vault_key",
    "certificate": "sertifikat HTTPS agar HP mempercayai laptop",
    "backup": "buat cadangan terenkripsi",
    "restore": "pulihkan dari cadangan di laptop lain",
    "credentials": "kode akses pemilihan internet (otoritas kredensial)",
    "trustee": "kunci dan pembukaan suara (pemegang kunci)",
    "ballot": "buat dan periksa surat suara internet",
    "election": "jalankan pemilihan internet atas arsipnya",
    "verify": "periksa arsip pemilihan internet, tanpa mempercayai siapa pun",
    "train-duplicates": "latih parameter pencarian pemilih ganda",
    "simulate": "pemilihan internet buatan yang hasil sebenarnya diketahui",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; each module has `add_arguments(parser)` and `run(args) -> int`."""
    speak_indonesian()
    arguments = list(sys.argv[1:] if argv is None else argv)
    parser = argparse.ArgumentParser(prog="pilkades", description="Sistem pemilihan kepala desa.")
    parser.add_argument("--version", action="version", version=f"pilkades {__version__}")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="PERINTAH")
    chosen = next((a for a in arguments if a in COMMANDS), None)
    for name, help_text in COMMANDS.items():
        subparser = subparsers.add_parser(name, help=help_text)
        if name == chosen:
            module = importlib.import_module(f"pilkades.cli.{name.replace('-', '_')}")
            module.add_arguments(subparser)
            subparser.set_defaults(run=module.run)
    args = parser.parse_args(arguments)
    code = 0
    try:
        code = int(args.run(args))
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # Whoever read our output has seen enough (`| head`): nothing is wrong, nothing is said.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return code
    except KeyboardInterrupt:
        print("Dihentikan.", file=sys.stderr)
        return INTERRUPTED
    except (MalformedInputError, ConflictError) as error:
        # The words of an error may come from the file that is at fault.
        warn(f"{error.text} [{error.code}]")
        return 2
    except OSError as error:
        warn(_explain(error))
        return 2


def _explain(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "Penyimpanan penuh. Tidak ada berkas yang ditulis separuh; kosongkan dan ulangi."
    return f"Berkas tidak dapat dibaca atau ditulis: {error.filename}: {error.strerror}"
