"""What the documentation says about the ledger's files is what the program writes."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given

from pilkades.ledger.leaf import encode_leaf
from tests.ledger_log import make_leaf, make_log
from tests.property.test_ledger_properties import LEAVES

ROOT = Path(__file__).resolve().parents[3]
FORMATS = ROOT / "docs" / "formats"
SCHEMA = json.loads((FORMATS / "ledger-entry.schema.json").read_text(encoding="utf-8"))


@given(leaf=LEAVES)
def test_every_leaf_keeps_to_the_documented_schema(leaf) -> None:
    jsonschema.validate(json.loads(encode_leaf(leaf)), SCHEMA)


def test_a_leaf_without_a_member_does_not() -> None:
    members = json.loads(encode_leaf(make_leaf(0)))
    for name in SCHEMA["required"]:
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({k: v for k, v in members.items() if k != name}, SCHEMA)


def test_every_check_of_the_ledger_is_documented() -> None:
    text = (FORMATS / "ledger.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"`([a-z]+(?:-[a-z0-9]+)+|checkpoint|commitment)`", text))
    sources = [
        *(ROOT / "src" / "pilkades" / "ledger").glob("*.py"),
        *(ROOT / "src" / "pilkades" / "cli").glob("ledger*.py"),
    ]
    used = {
        name
        for path in sources
        for name in re.findall(
            r'"((?:leaf|note|checkpoint|vkey|proof|bundle|export|open|inclusion|consistency|entries'
            r'|tree|hash|old)-[a-z-]+)"',
            path.read_text(encoding="utf-8"),
        )
    }
    assert used - documented == set()


def test_the_root_in_the_documentation_of_an_empty_ledger_holds() -> None:
    assert make_log(0).checkpoint().startswith(b"pilkades.example/blitar\n0\n47DEQpj8HBSa")
