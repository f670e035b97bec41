"""What argparse says by itself is Indonesian, and wrong usage ends with exit code 2."""

import argparse
import inspect
import re

import pytest

from pilkades.cli.main import main
from pilkades.cli.words import WORDS

ENGLISH = re.compile(
    r"usage|error|required|invalid|choose|argument|expected|unrecognized|options|show this",
    re.IGNORECASE,
)
# Said to programmers only: by a parser that is built wrongly.
FOR_PROGRAMMERS = frozenset(
    {
        "conflicting option string: %s",
        "conflicting option strings: %s",
        "'required' is an invalid argument for positionals",
        "%r is not callable",
        ".__call__() not defined",
        'argument "-" with mode %r',
        "cannot have multiple subparser arguments",
        "cannot merge actions - two groups are named %r",
        "conflicting subparser alias: %s",
        "conflicting subparser: %s",
        "dest= is required for options like %r",
        "invalid conflict_resolution value: %r",
        "invalid option string %(option)r: must start with a character %(prefix_chars)r",
        "mutually exclusive arguments must be optional",
        "unexpected option string: %s",
    }
)


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("tidak-ada",),
        ("judge",),
        ("timetable", "blitar-2026", "--poll-date"),
        ("timetable", "blitar-2026", "--poll-date", "2026-11-23", "--format", "gambar"),
        ("ledger", "verify"),
        ("ledger", "verify", "x", "--since", "y", "--kunci"),
        ("serve", "--port", "seribu"),
        ("serve", "--port", "99999"),
    ],
)
def test_wrong_usage_is_explained_in_indonesian(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    said = capsys.readouterr().err
    assert ended.value.code == 2
    assert said.startswith("pemakaian: pilkades")
    assert "--help" in said
    assert not ENGLISH.search(said)


def test_the_help_is_indonesian(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["serve", "--help"])
    said = capsys.readouterr().out
    assert ended.value.code == 0
    assert "tampilkan bantuan ini" in said
    assert not ENGLISH.search(said)


def test_no_sentence_of_argparse_is_missing_in_the_table() -> None:
    source = inspect.getsource(argparse)
    found = re.findall(r"\b_\((['\"])(.*?)\1\)", source)
    counted = re.findall(r"ngettext\('([^']*)',\s*'([^']*)'", source)
    said = {text.replace("\\n", "\n") for _, text in found} | {
        one for pair in counted for one in pair
    }
    assert said
    assert said - WORDS.keys() - FOR_PROGRAMMERS == set()
