"""The register ties article, rule, function, test and screen; an orphan on either side fails."""

import ast
import importlib
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLResolver, get_resolver

ROOT = Path(__file__).resolve().parents[2]
LAW = ROOT / "src/pilkades/law"
ENTRIES: list[dict[str, Any]] = tomllib.loads(
    (ROOT / "docs/law/register.toml").read_text(encoding="utf-8")
)["entry"]
FIELDS = {
    "id",
    "title",
    "article",
    "rules",
    "functions",
    "tests",
    "screen",
    "screen_reason",
    "command",
    "adr",
}

every_entry = pytest.mark.parametrize("entry", ENTRIES, ids=[entry["id"] for entry in ENTRIES])


@cache
def list_pack_rows() -> frozenset[str]:
    """Every rule and entry of every shipped pack as "table:id"."""
    rows: set[str] = set()
    for path in sorted((LAW / "packs").glob("*.toml")):
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        for table, blocks in content.items():
            if table != "pack":
                rows.update(f"{table}:{block['id']}" for block in blocks)
    return frozenset(rows)


def list_legal_functions() -> Iterator[str]:
    """Every public function or method of law/ whose docstring has a `Law:` line."""
    for path in sorted(LAW.rglob("*.py")):
        module = ".".join(path.relative_to(ROOT / "src").with_suffix("").parts)
        tree = ast.parse(path.read_text(encoding="utf-8"))
        yield from _functions_in(tree.body, module)


def _functions_in(body: list[ast.stmt], prefix: str) -> Iterator[str]:
    for node in body:
        if not isinstance(node, ast.FunctionDef | ast.ClassDef) or node.name.startswith("_"):
            continue
        if isinstance(node, ast.ClassDef):
            yield from _functions_in(node.body, f"{prefix}.{node.name}")
        elif "Law:" in (ast.get_docstring(node) or ""):
            yield f"{prefix}.{node.name}"


def find_object(path: str) -> object:
    """The object at a dotted path; the longest importable part is the module."""
    parts = path.split(".")
    for cut in range(len(parts), 0, -1):
        try:
            found: object = importlib.import_module(".".join(parts[:cut]))
        except ModuleNotFoundError:
            continue
        for name in parts[cut:]:
            found = getattr(found, name)
        return found
    raise ModuleNotFoundError(path)


@cache
def list_tests(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


@cache
def list_screens() -> frozenset[str]:
    return frozenset(_names_in(get_resolver(), ""))


def _names_in(resolver: URLResolver, prefix: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _names_in(pattern, inner)
        elif pattern.name:
            yield prefix + pattern.name


def covers(pattern: str, row: str) -> bool:
    return fnmatchcase(row, pattern)


def test_every_id_stands_once():
    ids = [entry["id"] for entry in ENTRIES]
    assert len(set(ids)) == len(ids)


@every_entry
def test_an_entry_is_complete(entry: dict[str, Any]):
    assert set(entry) <= FIELDS
    assert entry["title"].strip()
    assert entry["article"].strip()
    for field in ("rules", "functions", "tests"):
        assert entry[field], f"{entry['id']}: {field}"
        assert len(set(entry[field])) == len(entry[field])


@every_entry
def test_a_registered_rule_stands_in_a_pack(entry: dict[str, Any]):
    for pattern in entry["rules"]:
        assert any(covers(pattern, row) for row in list_pack_rows()), f"no pack has {pattern}"


def test_every_rule_of_every_pack_is_registered():
    patterns = [pattern for entry in ENTRIES for pattern in entry["rules"]]
    orphans = [
        row
        for row in sorted(list_pack_rows())
        if not any(covers(pattern, row) for pattern in patterns)
    ]
    assert not orphans


@every_entry
def test_a_registered_function_exists(entry: dict[str, Any]):
    for path in entry["functions"]:
        assert path.startswith("pilkades.law.")
        assert callable(find_object(path))


def test_every_function_that_cites_the_law_is_registered():
    registered = {path for entry in ENTRIES for path in entry["functions"]}
    assert sorted(set(list_legal_functions()) - registered) == []


@every_entry
def test_a_registered_test_exists(entry: dict[str, Any]):
    for node in entry["tests"]:
        path, _, name = node.partition("::")
        assert (ROOT / path).is_file(), path
        assert name in list_tests(ROOT / path), node


@every_entry
def test_a_registered_screen_can_be_opened(entry: dict[str, Any]):
    if "screen" in entry:
        assert entry["screen"] in list_screens()
        assert "screen_reason" not in entry
    else:
        assert len(entry["screen_reason"]) > 20


@every_entry
def test_the_page_that_shows_every_value_is_nobodys_screen(entry: dict[str, Any]):
    assert not entry.get("screen", "").startswith("regulations:")


@every_entry
def test_a_registered_command_can_be_run(entry: dict[str, Any]):
    if "command" in entry:
        assert callable(importlib.import_module(f"pilkades.cli.{entry['command']}").run)


@every_entry
def test_a_registered_decision_is_written(entry: dict[str, Any]):
    for number in entry.get("adr", ()):
        assert len(list((ROOT / "docs/adr").glob(f"{number}-*.md"))) == 1, number


def test_every_decision_of_the_law_is_registered():
    written = {path.name[:4] for path in (ROOT / "docs/adr").glob("01[01]?-*.md")}
    registered = {number for entry in ENTRIES for number in entry.get("adr", ())}
    assert written <= registered
