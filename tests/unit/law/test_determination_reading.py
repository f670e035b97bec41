"""Figures of a village as documents and tables hand them over, before anything is determined."""

import json

import pytest

from pilkades.errors import MalformedInputError
from pilkades.law.determination import CandidateFacts, StationVotes
from pilkades.law.determination.reading import parse_village, parse_village_table

TABLE_HEADER = "station;registered;turnout;ballots;votes_1;votes_2\n"


def test_a_table_gives_every_figure_of_every_station() -> None:
    stations, candidates = parse_village_table(
        (TABLE_HEADER + "TPS 1;591;340;341;160;180\nTPS 2;566;302;303;161;141\n").encode()
    )
    assert stations == (
        StationVotes(
            station="TPS 1", registered=591, turnout=340, ballots=341, votes={1: 160, 2: 180}
        ),
        StationVotes(
            station="TPS 2", registered=566, turnout=302, ballots=303, votes={1: 161, 2: 141}
        ),
    )
    assert candidates == (CandidateFacts(number=1), CandidateFacts(number=2))


def test_the_empty_column_of_a_table_is_no_candidate() -> None:
    header = TABLE_HEADER.replace("votes_1;votes_2", "votes_0;votes_1")
    ((station,), candidates) = parse_village_table((header + "TPS 1;90;60;60;20;40\n").encode())
    assert station.votes == {0: 20, 1: 40}
    assert candidates == (CandidateFacts(number=1),)


@pytest.mark.parametrize("name", ["votes_x", "votes_01", "votes_100", "votes_"])
def test_a_strange_column_of_votes_refuses_the_table(name: str) -> None:
    header = TABLE_HEADER.replace("votes_2", f"votes_2;{name}")
    with pytest.raises(MalformedInputError):
        parse_village_table((header + "TPS 1;90;60;60;20;40;0\n").encode())


def document(**station: object) -> bytes:
    figures = {"registered": 90, "turnout": 60, "ballots": 60, "votes": {"1": 20, "2": 40}}
    first = {"station": "TPS 1", **figures}
    second = {"station": "TPS 2", "hamlet": "Kulon", **figures, **station}
    candidates = [{"number": 1, "hamlet": "Krajan"}, {"number": 2, "name": "Bu Tutik"}]
    return json.dumps({"candidates": candidates, "stations": [first, second]}).encode()


def test_a_document_gives_stations_hamlets_and_homes() -> None:
    stations, candidates = parse_village(document())
    assert [(row.station, row.hamlet) for row in stations] == [("TPS 1", ""), ("TPS 2", "Kulon")]
    assert stations[1].votes == {1: 20, 2: 40}
    assert (stations[1].registered, stations[1].turnout, stations[1].ballots) == (90, 60, 60)
    assert candidates == (CandidateFacts(number=1, hamlet="Krajan"), CandidateFacts(number=2))


@pytest.mark.parametrize("votes", [[20, 40], {"01": 20}, {"satu": 20}, {"1": -1}, {"1": "20"}])
def test_unreadable_votes_name_their_station(votes: object) -> None:
    with pytest.raises(MalformedInputError) as caught:
        parse_village(document(votes=votes))
    assert "stations[2].votes" in str(caught.value.text)
