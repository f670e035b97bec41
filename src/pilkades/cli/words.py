"""What argparse says by itself, in Indonesian; the only place that knows its English.

argparse asks gettext for each of its sentences. It is given this table instead of a catalogue of
translations, so that the commands speak the same where none is installed.
"""

import argparse

WORDS = {
    "usage: ": "pemakaian: ",
    "options": "pilihan",
    "positional arguments": "isian",
    "show this help message and exit": "tampilkan bantuan ini",
    "show program's version number and exit": "tampilkan versi program",
    "%(prog)s: error: %(message)s\n": (
        "%(prog)s: perintah ini belum dapat dijalankan: %(message)s\nBantuan: %(prog)s --help\n"
    ),
    "argument %(argument_name)s: %(message)s": "pada %(argument_name)s: %(message)s",
    "the following arguments are required: %s": "yang berikut ini wajib diisi: %s",
    "one of the arguments %s is required": "isi salah satu dari %s",
    "unrecognized arguments: %s": "isian ini tidak dikenal: %s",
    "invalid choice: %(value)r (choose from %(choices)s)": (
        "%(value)r tidak ada; pilih salah satu dari %(choices)s"
    ),
    "unknown parser %(parser_name)r (choices: %(choices)s)": (
        "%(parser_name)r tidak ada; pilih salah satu dari %(choices)s"
    ),
    "invalid %(type)s value: %(value)r": "%(value)r tidak terbaca sebagai nilai di sini",
    "expected one argument": "perlu satu nilai sesudahnya",
    "expected at least one argument": "perlu paling sedikit satu nilai sesudahnya",
    "expected at most one argument": "paling banyak satu nilai sesudahnya",
    "expected %s argument": "perlu %s nilai sesudahnya",
    "expected %s arguments": "perlu %s nilai sesudahnya",
    "not allowed with argument %s": "tidak dapat bersama dengan %s",
    "ignored explicit argument %r": "tidak menerima nilai %r",
    "ambiguous option: %(option)s could match %(matches)s": (
        "%(option)s belum jelas: maksudnya %(matches)s?"
    ),
    "can't open '%(filename)s': %(error)s": "%(filename)s tidak dapat dibuka: %(error)s",
}


def speak_indonesian() -> None:
    """Let argparse of this process take its words from the table."""
    setattr(argparse, "_", _say)  # noqa: B010
    setattr(argparse, "ngettext", _say_counted)  # noqa: B010


def _say(english: str) -> str:
    # What a programmer's mistake makes it say stays English.
    return WORDS.get(english, english)


def _say_counted(one: str, many: str, count: int) -> str:
    return _say(one if count == 1 else many)
