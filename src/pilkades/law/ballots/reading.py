"""Ballots from files, strictly: JSON (docs/formats/ballot.schema.json) or a table of one row each.

The table is described in docs/formats/README.md. One ballot that cannot be read refuses the file.
"""

import re
from collections.abc import Mapping
from typing import Any

from pilkades.errors import MalformedInputError
from pilkades.law.ballots.facts import BallotFacts, Hole, Mark, Place, Signer, Tool
from pilkades.law.strict_csv import read_cell_count, read_table
from pilkades.law.strict_json import (
    read_count,
    read_flag,
    read_json,
    read_kind,
    read_list,
    read_object,
    read_words,
    refuse,
)
from pilkades.text import Text

_REQUIRED = ("candidates", "signatures", "holes")
_FLAGS = {
    "torn": "is_torn",
    "damaged": "is_damaged",
    "official": "is_official",
    "from_elsewhere": "is_from_elsewhere",
    "empty_column": "has_empty_column",
}
_HOLE = re.compile(
    r"(?P<place>[a-z]+)(:(?P<frame>\d{1,2})(\+(?P<second>\d{1,2}))?)?"
    r"(/(?P<tool>[a-z]+))?(@(?P<fold>[a-z0-9]+))?",
    re.ASCII,
)

NamedBallot = tuple[str, BallotFacts]


def parse_ballots(data: bytes) -> tuple[NamedBallot, ...]:
    """Ballots with their names from a JSON document: one, a list, or `{"ballots": [...]}`."""
    value = read_json(data)
    if isinstance(value, dict) and "ballots" in value:
        value = read_object(value, place="berkas", required=("ballots",))["ballots"]
    items = read_list(value if isinstance(value, list) else [value], place="ballots")
    return _checked(tuple(_parse_ballot(item, n) for n, item in enumerate(items, start=1)))


def parse_ballot_table(data: bytes) -> tuple[NamedBallot, ...]:
    """Ballots with their names from a table."""
    rows = read_table(data, required=("id", *_REQUIRED), optional=("marks", *_FLAGS))
    return _checked(tuple(_parse_row(row, line) for line, row in rows))


def _checked(ballots: tuple[NamedBallot, ...]) -> tuple[NamedBallot, ...]:
    names = [name for name, _ in ballots]
    if not ballots:
        raise MalformedInputError("ballot.none", Text("Berkas tidak memuat surat suara."))
    if len(set(names)) != len(names):
        raise MalformedInputError("ballot.double", Text("Ada dua surat suara dengan id yang sama."))
    return ballots


def _parse_ballot(value: Any, number: int) -> NamedBallot:
    place = f"ballots[{number}]"
    fields = read_object(value, place=place, required=_REQUIRED, optional=("id", "marks", *_FLAGS))
    holes = read_list(fields["holes"], place=f"{place}.holes")
    signatures = read_list(fields["signatures"], place=f"{place}.signatures")
    marks = read_list(fields.get("marks", []), place=f"{place}.marks")
    flags = {
        attribute: read_flag(fields[name], place=f"{place}.{name}")
        for name, attribute in _FLAGS.items()
        if name in fields
    }
    return read_words(fields.get("id", str(number)), place=f"{place}.id"), BallotFacts(
        candidates=read_count(fields["candidates"], place=f"{place}.candidates"),
        signatures=frozenset(
            read_kind(item, Signer, place=f"{place}.signatures") for item in signatures
        ),
        holes=tuple(
            _parse_hole(item, f"{place}.holes[{n}]") for n, item in enumerate(holes, start=1)
        ),
        marks=frozenset(read_kind(item, Mark, place=f"{place}.marks") for item in marks),
        **flags,
    )


def _parse_hole(value: Any, place: str) -> Hole:
    fields = read_object(
        value, place=place, required=("place",), optional=("frame", "second_frame", "tool", "fold")
    )
    return Hole(
        place=read_kind(fields["place"], Place, place=f"{place}.place"),
        frame=_frame(fields, "frame", place),
        second_frame=_frame(fields, "second_frame", place),
        tool=read_kind(fields.get("tool", Tool.PROVIDED.value), Tool, place=f"{place}.tool"),
        fold=read_words(fields.get("fold", ""), place=f"{place}.fold"),
    )


def _frame(fields: Mapping[str, Any], name: str, place: str) -> int | None:
    value = fields.get(name)
    return None if value is None else read_count(value, place=f"{place}.{name}")


# --- one row of a table ---


def _parse_row(row: Mapping[str, str], line: int) -> NamedBallot:
    place = f"baris {line}"
    flags = {
        attribute: _flag(row[name], f"{place}, kolom {name}")
        for name, attribute in _FLAGS.items()
        if row.get(name)
    }
    signatures = row["signatures"].split()
    marks = row.get("marks", "").split()
    return row["id"], BallotFacts(
        candidates=read_cell_count(row, "candidates", line=line),
        signatures=frozenset(
            read_kind(word, Signer, place=f"{place}, kolom signatures") for word in signatures
        ),
        holes=tuple(
            _parse_written_hole(word, f"{place}, kolom holes") for word in row["holes"].split()
        ),
        marks=frozenset(read_kind(word, Mark, place=f"{place}, kolom marks") for word in marks),
        **flags,
    )


def _flag(written: str, place: str) -> bool:
    if written not in ("true", "false"):
        refuse(place, Text("harus true atau false"))
    return written == "true"


def _parse_written_hole(written: str, place: str) -> Hole:
    """Read `frame:2`, `line:1+2`, `outside@a` or `frame:2/cigarette@a`."""
    match = _HOLE.fullmatch(written)
    if match is None:
        refuse(place, Text('lubang "{written}" ditulis seperti frame:2', written=written[:40]))
    return Hole(
        place=read_kind(match["place"], Place, place=place),
        frame=int(match["frame"]) if match["frame"] else None,
        second_frame=int(match["second"]) if match["second"] else None,
        tool=read_kind(match["tool"] or Tool.PROVIDED.value, Tool, place=place),
        fold=match["fold"] or "",
    )
