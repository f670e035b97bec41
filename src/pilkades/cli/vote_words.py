"""What the voting commands say, in one place: translated, harmless to the terminal, never stuck.

Names and choices come from archives that anybody may have made. Whatever could move the cursor or
turn the text is shown as ?, and letters that the terminal does not know are spelled out.
"""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from pilkades.cli.sentences import Speaker
from pilkades.errors import PilkadesError
from pilkades.text import Text

_speaker: ContextVar[Speaker] = ContextVar("speaker")


def add_language(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--lang", choices=("id", "en"), default="id", help="bahasa jawaban")


@contextmanager
def speaking(language: str) -> Iterator[Speaker]:
    """The language of everything that one command says."""
    speaker = Speaker(language)
    token = _speaker.set(speaker)
    try:
        if not speaker.is_translated:
            warn("The English words are not installed here; the answers are in Indonesian.")
        yield speaker
    finally:
        _speaker.reset(token)


def say(text: Text | str) -> None:
    """One line of an answer."""
    print(fit(make_plain(translate(text)), sys.stdout.encoding))


def warn(text: Text | str) -> None:
    """One line of what went wrong, or how far the work has come."""
    print(fit(make_plain(translate(text)), sys.stderr.encoding), file=sys.stderr)


def refuse(error: PilkadesError) -> int:
    """What was refused and why; the exit code for it."""
    warn(Text("DITOLAK. {why} [{code}]", why=error.text, code=error.code))
    return 1


def fit(text: str, encoding: str | None) -> str:
    """The text in the letters of a terminal, those that it lacks spelled out."""
    known = encoding or "utf-8"
    return text.encode(known, "backslashreplace").decode(known)


def translate(text: Text | str) -> str:
    if isinstance(text, str):
        return text
    return _speaker.get(_INDONESIAN).say(text)


def make_plain(line: str) -> str:
    """One line without anything that a terminal would obey."""
    return "".join(sign if sign.isprintable() else "?" for sign in line)


def show_progress(done: int, share: float, seconds: float) -> None:
    """A bar on a terminal's last line: the share done, the ballots, the time left."""
    width = round(20 * share)
    left = translate(Text("sisa {time}", time=_clock(seconds)))
    bar = "#" * width + "." * (20 - width)
    line = f"[{bar}] {share:>4.0%} {done:>8}  {left}"
    sys.stderr.write("\r" + fit(make_plain(line), sys.stderr.encoding).ljust(60))
    sys.stderr.flush()


def end_progress() -> None:
    sys.stderr.write("\r" + " " * 60 + "\r")
    sys.stderr.flush()


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"


_INDONESIAN = Speaker()
