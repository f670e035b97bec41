"""Every sentence made by the pure packages can be translated and filled.

gettext needs a literal template; a place without a value, or a value without a place, would only
show when that very sentence is spoken, perhaps on polling night. Tables of sentences at the top of
a module may be filled later, through their `template`.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "pilkades"
FILES = [path for path in sorted(SOURCE.rglob("*.py")) if "Text(" in path.read_text("utf-8")]


def texts_in(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "Text"
        ):
            yield node


def texts_in_functions(tree: ast.Module) -> set[ast.Call]:
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    return {call for function in functions for call in texts_in(function)}


def is_rebuilt(call: ast.Call) -> bool:
    """Text(other.template, ...) or Text(template, **params): checked where it was written."""
    has_open_parameters = any(keyword.arg is None for keyword in call.keywords)
    return has_open_parameters or isinstance(call.args[0], ast.Attribute)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_every_text_is_a_literal_whose_places_are_its_parameters(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    spoken_at_once = texts_in_functions(tree)
    for call in texts_in(tree):
        where = f"{path.name}:{call.lineno}"
        if is_rebuilt(call):
            continue
        assert isinstance(call.args[0], ast.Constant), f"{where}: template is not a literal"
        places = {
            name.split(".")[0] for _, name, _, _ in Formatter().parse(call.args[0].value) if name
        }
        if call in spoken_at_once:
            assert places == {keyword.arg for keyword in call.keywords}, where
