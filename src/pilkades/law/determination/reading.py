"""Votes of stations from files, strictly: JSON or a table of one row per station or box.

Formats: docs/formats/determination-input.schema.json and docs/formats/README.md.
"""

import re
from typing import Any

from pilkades.law.determination.votes import CandidateFacts, StationVotes
from pilkades.law.strict_csv import read_cell_count, read_table
from pilkades.law.strict_json import (
    read_count,
    read_json,
    read_list,
    read_object,
    read_words,
    refuse,
)
from pilkades.text import Text

_VOTES = re.compile(r"votes_(0|[1-9][0-9]?)", re.ASCII)
_NUMBER = re.compile(r"0|[1-9][0-9]?", re.ASCII)
_FIGURES = ("registered", "turnout", "ballots")

VillageVotes = tuple[tuple[StationVotes, ...], tuple[CandidateFacts, ...]]


def parse_village(data: bytes) -> VillageVotes:
    """Stations and candidates of one village from a JSON document."""
    value = read_object(
        read_json(data),
        place="berkas",
        required=("candidates", "stations"),
        optional=("village_code",),
    )
    candidates = read_list(value["candidates"], place="candidates")
    stations = read_list(value["stations"], place="stations")
    return (
        tuple(_parse_station(item, f"stations[{n}]") for n, item in enumerate(stations, start=1)),
        tuple(
            _parse_candidate(item, f"candidates[{n}]") for n, item in enumerate(candidates, start=1)
        ),
    )


def parse_village_table(data: bytes) -> VillageVotes:
    """Stations of one village from a table; its candidates are the columns `votes_1` and so on.

    A table has no place for the hamlets where candidates live; where that decides, use JSON.
    """
    rows = read_table(data, required=("station", *_FIGURES), optional=("hamlet",), prefix="votes_")
    columns = list(rows[0][1]) if rows else []
    numbers = {int(m[1]): name for name in columns if (m := _VOTES.fullmatch(name))}
    strange = [c for c in columns if c.startswith("votes_") and c not in numbers.values()]
    if strange or not numbers:
        refuse("baris 1", Text("kolom suara ditulis votes_1, votes_2 dan seterusnya"))
    stations = tuple(
        StationVotes(
            station=row["station"],
            hamlet=row.get("hamlet", ""),
            votes={n: read_cell_count(row, name, line=line) for n, name in numbers.items()},
            registered=read_cell_count(row, "registered", line=line),
            turnout=read_cell_count(row, "turnout", line=line),
            ballots=read_cell_count(row, "ballots", line=line),
        )
        for line, row in rows
    )
    return stations, tuple(CandidateFacts(number=n) for n in sorted(numbers) if n > 0)


def _parse_candidate(value: Any, place: str) -> CandidateFacts:
    fields = read_object(value, place=place, required=("number",), optional=("name", "hamlet"))
    return CandidateFacts(
        number=read_count(fields["number"], place=f"{place}.number"),
        hamlet=read_words(fields.get("hamlet", ""), place=f"{place}.hamlet"),
    )


def _parse_station(value: Any, place: str) -> StationVotes:
    fields = read_object(
        value, place=place, required=("station", "votes", *_FIGURES), optional=("hamlet",)
    )
    votes = fields["votes"]
    if not isinstance(votes, dict) or not all(map(_NUMBER.fullmatch, votes)):
        refuse(f"{place}.votes", Text('ditulis seperti {{"1": 180, "2": 160}}'))
    return StationVotes(
        station=read_words(fields["station"], place=f"{place}.station"),
        hamlet=read_words(fields.get("hamlet", ""), place=f"{place}.hamlet"),
        registered=read_count(fields["registered"], place=f"{place}.registered"),
        turnout=read_count(fields["turnout"], place=f"{place}.turnout"),
        ballots=read_count(fields["ballots"], place=f"{place}.ballots"),
        votes={int(n): read_count(v, place=f"{place}.votes.{n}") for n, v in votes.items()},
    )
