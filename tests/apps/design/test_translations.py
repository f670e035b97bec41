"""The English catalogue and the two scripts that keep it."""

import gettext
import importlib.machinery
import importlib.util
import io
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import write_po
from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).parents[3]
# One line of text; a catalogue holds no control characters.
LINES = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp")), min_size=1)


def load(name: str) -> ModuleType:
    loader = importlib.machinery.SourceFileLoader(name, str(ROOT / "scripts" / name))
    spec = importlib.util.spec_from_loader(name, loader)
    assert spec
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def test_every_sentence_of_the_tree_has_english_with_the_same_places() -> None:
    checked = subprocess.run(  # noqa: S603
        [sys.executable, "scripts/messages", "missing"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.returncode == 0, checked.stdout


@given(st.dictionaries(LINES, LINES, max_size=8), st.booleans())
def test_our_compiler_makes_what_babel_makes(messages: dict[str, str], is_fuzzy: bool) -> None:
    catalogue = Catalog(locale="en")
    for original, translation in messages.items():
        catalogue.add(original, string=translation)
        catalogue.add(original, string=translation, context="elsewhere")
    catalogue.add(("%(n)s desa", "%(n)s desa "), string=("%(n)s village", "%(n)s villages"))
    catalogue.add("untranslated", string="")
    catalogue.add("guessed", string="perhaps", flags=["fuzzy"] if is_fuzzy else [])

    ours, theirs = compile_ours(catalogue), compile_theirs(catalogue)

    assert ours == theirs
    assert ("guessed" in ours) is not is_fuzzy


@pytest.mark.parametrize(
    ("original", "english", "reason"),
    [
        ("Kurang {count} hari", "{count} days short", ""),
        ("Kurang {count} hari", "some days short", "lost place in the English"),
        ("Kurang {count} hari", "{days} days short", "unknown place in the English"),
        ("Halaman %(n)s", "Page %(n)s", ""),
        ("Halaman %(n)s", "Page", "lost place in the English"),
        ("Halaman", "", "no English"),
    ],
)
def test_translation_that_loses_or_invents_a_place_is_found(
    original: str, english: str, reason: str
) -> None:
    catalogue = Catalog(locale="en")
    catalogue.add(original, string=english)

    assert load("messages").judge(original, catalogue.get(original)) == reason


def compile_ours(catalogue: Catalog) -> dict[object, str]:
    text = io.BytesIO()
    write_po(text, catalogue, width=60)
    return read_mo(load("compile_messages").compile_catalogue(text.getvalue().decode()))


def compile_theirs(catalogue: Catalog) -> dict[object, str]:
    binary = io.BytesIO()
    write_mo(binary, catalogue)
    return read_mo(binary.getvalue())


def read_mo(binary: bytes) -> dict[object, str]:
    entries = dict(gettext.GNUTranslations(io.BytesIO(binary))._catalog)  # type: ignore[attr-defined]
    return {key: value for key, value in entries.items() if key and value and key != "untranslated"}
