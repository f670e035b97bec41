"""Whatever stands in a file, the command line answers with 0, 1 or 2 and never with a traceback."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pilkades.cli.main import main

VECTORS = Path(__file__).parents[1] / "vectors" / "law"
TIES = json.loads((VECTORS / "ties.json").read_text("utf-8"))["cases"]
STATEMENT = json.loads((VECTORS / "statements.json").read_text("utf-8"))["cases"][0]["input"]
SEEDS: dict[tuple[str, ...], Any] = {
    ("judge", "nasional"): [
        {
            "id": "satu",
            "candidates": 3,
            "signatures": ["committee_chair"],
            "holes": [{"place": "frame", "frame": 2}],
        }
    ],
    ("determine", "nasional"): TIES[0]["input"],
    ("reconcile",): STATEMENT,
}
STRANGE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=8),
    st.sampled_from(["\ud800", "\x00", "=1+1", "٣", 10**4200, [], {}, [[]], {"a": 1}]),
)


def list_places(value: Any) -> list[tuple[Any, Any]]:
    """Every container with each of its keys, all the way down."""
    keys = (
        list(value)
        if isinstance(value, dict)
        else range(len(value))
        if isinstance(value, list)
        else ()
    )
    found = [(value, key) for key in keys]
    return found + [place for key in keys for place in list_places(value[key])]


@st.composite
def spoilt_documents(draw: st.DrawFn, seed: Any) -> Any:
    """A sound document with one to three places changed, lost or doubled."""
    document = copy.deepcopy(seed)
    for _ in range(draw(st.integers(1, 3))):
        places = list_places(document)
        if not places:
            break
        container, key = draw(st.sampled_from(places))
        match draw(st.sampled_from(["change", "lose", "double"])):
            case "lose":
                del container[key]
            case "double" if isinstance(container, list):
                container.append(copy.deepcopy(container[key]))
            case _:
                container[key] = draw(STRANGE)
    return document


@pytest.mark.parametrize("command", list(SEEDS), ids=lambda command: command[0])
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_spoilt_document_never_ends_in_a_traceback(
    command: tuple[str, ...], data: st.DataObject, tmp_path: Path
) -> None:
    document = data.draw(spoilt_documents(SEEDS[command]))
    path = tmp_path / "masukan.json"
    path.write_text(json.dumps(document), "ascii")
    options = data.draw(st.sampled_from([(), ("--json",)]))
    assert main((*command, str(path), *options)) in (0, 1, 2)


@pytest.mark.parametrize("command", list(SEEDS), ids=lambda command: command[0])
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_file_with_flipped_bytes_never_ends_in_a_traceback(
    command: tuple[str, ...], data: st.DataObject, tmp_path: Path
) -> None:
    content = bytearray(json.dumps(SEEDS[command]).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    path = tmp_path / "masukan.json"
    path.write_bytes(bytes(content))
    assert main((*command, str(path))) in (0, 1, 2)
