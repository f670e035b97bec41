"""The guides name only screens, buttons and commands that exist.

A name of the screen stands in bold or, as a message, in italics; what is bold for another reason is
listed here.
"""

import argparse
import ast
import importlib
import re
from pathlib import Path

import pytest

from pilkades.cli.main import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
GUIDES = sorted((ROOT / "docs/panduan").glob("*.md"))
MESSAGES = ROOT / "src/pilkades/config/locale/en/LC_MESSAGES/django.po"
EMPHASIS = frozenset(
    {
        "yang perlu disiapkan",
        "belum diuji",
        "lama",
        "sertifikat dari kabupaten",
        "tanpa sertifikat",
        "jangan pernah meneruskan peringatan sertifikat di hp",
        "matikan laptop lama",
        "tautan aktivasi setiap anggota tampil sekali itu saja",
        "pencalonan tidak dipungut biaya",
        "kurang dari dua",
        "lebih dari lima",
        "dua sampai lima",
        "petunjuk",
        "diubah, dihapus, atau disisipkan",
        "tetap sama",
    }
)
_STRING = r'"(?:[^"\\]|\\.)*"'


def read_screen_words() -> str:
    """Every sentence that a page can show, in lower case, one after the other."""
    text = MESSAGES.read_text(encoding="utf-8")
    found = re.findall(rf"^msgid(?:_plural)? ((?:{_STRING}\n)+)", text, re.MULTILINE)
    sentences = ("".join(ast.literal_eval(p) for p in re.findall(_STRING, m)) for m in found)
    return "\n".join(sentences).lower()


def list_names(guide: Path) -> list[str]:
    """What a guide writes in bold or in italics, its code left out."""
    text = re.sub(r"```.*?```|`[^`]*`", "", guide.read_text(encoding="utf-8"), flags=re.DOTALL)
    marked = re.findall(r"(\*{1,2})(?!\s)([^*]+?)\1", " ".join(text.split()))
    return [name.strip(" .:…").lower() for _, name in marked]


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_every_name_of_the_screen_exists(guide: Path) -> None:
    screen = read_screen_words()
    missing = [n for n in list_names(guide) if n not in EMPHASIS and n not in screen]
    assert not missing


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_every_command_and_option_exists(guide: Path) -> None:
    text = guide.read_text(encoding="utf-8").replace("\\\n", " ")
    for line in re.findall(r"(?:pilkades|\./mulai) ([a-z][^\n`]*)", text):
        command, *words = line.split()
        assert command in COMMANDS, line
        parser = find_parser(command, words)
        used = {word for word in words if word.startswith("--")}
        if command != "manage":
            assert used <= set(parser._option_string_actions), line


def find_parser(command: str, words: list[str]) -> argparse.ArgumentParser:
    """The parser of the innermost command that the words name."""
    parser = argparse.ArgumentParser(prog=command)
    importlib.import_module(f"pilkades.cli.{command}").add_arguments(parser)
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            assert words[0] in action.choices, (command, words)
            return action.choices[words[0]]
    return parser


def test_every_link_between_the_guides_leads_somewhere() -> None:
    for guide in GUIDES:
        for target in re.findall(r"\]\(([^)#]+)\)", guide.read_text(encoding="utf-8")):
            assert (guide.parent / target).exists(), f"{guide.name}: {target}"
