"""The search itself: its ladders are those of the pure comparators, its truth is the generator's,
its memory is no disk.
"""

import json
import logging
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from pilkades.apps.roll.duplicates import search as search_module
from pilkades.apps.roll.duplicates.blocking import RULES, block_pairs
from pilkades.apps.roll.duplicates.levels import ELSE, LADDERS
from pilkades.apps.roll.duplicates.parameters import (
    load_shipped,
    read_parameters,
    write_parameters,
)
from pilkades.apps.roll.duplicates.search import open_memory, search_people
from pilkades.apps.roll.duplicates.table import fold_place, load_people
from pilkades.cli.main import main
from pilkades.cli.train_duplicates import _read as read_rolls
from pilkades.errors import ConflictError, MalformedInputError
from pilkades.screening.names import NameGrade, fold_name, grade_names
from pilkades.screening.papers import Birth, DateGrade, NikGrade, grade_births, grade_niks
from pilkades.screening.people import Person
from pilkades.synthetic.regencies import RegencyRolls

PEOPLE = 6_000
NIK = "3505015203800001"
NAME_RUNGS = {
    "spelling": NameGrade.SPELLING,
    "sound": NameGrade.SOUND,
    "joined": NameGrade.SOUND,
    "vowel": NameGrade.VOWEL,
    "slip": NameGrade.SLIP,
    "short-slip": NameGrade.SHORT_SLIP,
    "shortened": NameGrade.SHORTENED,
    "one-word": NameGrade.ONE_WORD,
    "similar": NameGrade.SIMILAR,
    "one-shared": NameGrade.DIFFERENT,
    "different": NameGrade.DIFFERENT,
}
DATE_RUNGS = {
    "same": DateGrade.SAME,
    "swapped": DateGrade.SWAPPED,
    "nik-says": DateGrade.NIK_SAYS,
    "one-part": DateGrade.ONE_PART,
    "same-year": DateGrade.SAME_YEAR,
    "different": DateGrade.DIFFERENT,
}
NIK_RUNGS = {
    "same": NikGrade.SAME,
    "in-serial": NikGrade.ONE_IN_SERIAL,
    "one-digit": NikGrade.ONE_DIGIT,
    "two-digits": NikGrade.TWO_DIGITS,
    "different": NikGrade.DIFFERENT,
}
NAMES = (
    "Siti Aminah", "St. Aminah", "Aminah Siti", "Siti Amina", "Seti Aminah", "Siti Amniah",
    "Siti Nur Aminah", "Siti A.", "Siti", "Slamet", "Slamet Riyadi", "Selamet", "Eko", "Eka",
    "Andi", "Ardi", "Nurhayati", "Nur Hayati", "Abdurrahman", "Abd. Rohman", "Muhammad Sidik",
    "M. Sidiq", "Moh Sodik", "Djoko Tjahjono", "Joko Cahyono", "Jaka Cahyana", "Sumiyatun",
    "Sumiyati", "Dewi Lestari", "Lestari", "Tri Wahyuningsih Rahayu", "Tri Wahyuningsi Rahayau",
)  # fmt: skip


@pytest.fixture(scope="module")
def rolls() -> RegencyRolls:
    return RegencyRolls(
        seed=3,
        regency_code="35.05",
        people=PEOPLE,
        on=date(2026, 11, 23),
        duplicate_share=0.05,
    )


@pytest.fixture(scope="module")
def people(rolls: RegencyRolls) -> list[Person]:
    return list(read_rolls(rolls))


@pytest.fixture
def memory() -> Iterator[duckdb.DuckDBPyConnection]:
    with open_memory() as connection:
        yield connection


def _person(number: int, name: str = "Siti Aminah", **values: object) -> Person:
    return Person(id=number, village="35.05.01.2001", full_name=name, **values)  # type: ignore[arg-type]


def _climb(memory: duckdb.DuckDBPyConnection, ladder: str) -> dict[tuple[int, int], str]:
    """The rung of every pair of people in a table, as SQL sees it."""
    rungs = LADDERS[ladder]
    cases = " ".join(f"when {r.condition} then '{r.id}'" for r in rungs if r.condition != ELSE)
    columns = [row[0] for row in memory.execute("describe people").fetchall()]
    both = ", ".join(f"l.{c} as {c}_l, r.{c} as {c}_r" for c in columns)
    rows = memory.execute(
        f"select unique_id_l, unique_id_r, case {cases} else '{rungs[-1].id}' end from "
        f"(select {both} from people l join people r on l.unique_id < r.unique_id)"
    ).fetchall()
    return {(left, right): rung for left, right, rung in rows}


def test_the_ladder_of_names_in_sql_is_that_of_the_pure_comparators(
    memory: duckdb.DuckDBPyConnection,
) -> None:
    load_people(memory, [_person(n, name) for n, name in enumerate(NAMES)], report=lambda n: None)
    seen = set()
    for (left, right), rung in _climb(memory, "name").items():
        expected = grade_names(fold_name(NAMES[left]), fold_name(NAMES[right]))
        assert NAME_RUNGS[rung] is expected, (NAMES[left], NAMES[right], rung)
        seen.add(rung)
    assert seen >= NAME_RUNGS.keys() - {"similar"}


def test_the_ladders_of_papers_in_sql_are_those_of_the_pure_comparators(
    memory: duckdb.DuckDBPyConnection,
) -> None:
    births = [Birth(year=1980, month=3, day=12), Birth(year=1980, month=12, day=3),
              Birth(year=1980, month=3, day=21), Birth(year=1981, month=3, day=12),
              Birth(year=1980, month=1, day=1), Birth(year=1950, month=7, day=31)]  # fmt: skip
    niks = [NIK, NIK[:-1] + "2", "3505015203810001", "3505012503800001", "3505015203810002",
            "3571990101700009"]  # fmt: skip
    rows = [_person(n, birth=birth) for n, birth in enumerate(births)]
    load_people(memory, rows, report=lambda n: None)
    for (left, right), rung in _climb(memory, "birth").items():
        assert DATE_RUNGS[rung] is grade_births(births[left], births[right])

    load_people(memory, [_person(n, nik=nik) for n, nik in enumerate(niks)], report=lambda n: None)
    for (left, right), rung in _climb(memory, "nik").items():
        assert NIK_RUNGS[rung] is grade_niks(niks[left], niks[right]), (niks[left], niks[right])


def test_planted_duplicates_are_found_and_nearly_nothing_else(
    rolls: RegencyRolls, people: list[Person]
) -> None:
    truth = {(min(pair) - 1, max(pair) - 1) for pair in rolls.truth.pairs}

    result = search_people(people, parameters=load_shipped())

    found = {(pair.left, pair.right) for pair in result.pairs}
    assert len(found & truth) / len(truth) >= 0.96
    assert len(found & truth) / len(found) >= 0.98


def test_the_blocking_rules_miss_at_most_one_true_pair_in_a_hundred(
    rolls: RegencyRolls, people: list[Person], memory: duckdb.DuckDBPyConnection
) -> None:
    truth = {(min(pair) - 1, max(pair) - 1) for pair in rolls.truth.pairs}
    load_people(memory, people, report=lambda n: None)

    assert block_pairs(memory) == 0

    rows = memory.execute("select join_key_l, join_key_r from pairs").fetchall()
    assert len(truth & set(rows)) / len(truth) >= 0.99
    assert len(rows) < len(people) ** 2 / 100


def test_a_key_that_a_crowd_shares_is_left_out_and_counted(
    memory: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pilkades.apps.roll.duplicates.blocking.CROWD", 5)
    same = [_person(n, birth=Birth(year=1970, month=1, day=1)) for n in range(9)]
    load_people(memory, same, report=lambda n: None)
    assert block_pairs(memory) > 0
    assert memory.execute("select count(*) from pairs").fetchall() == [(0,)]
    assert len(RULES) < 16


def test_equal_niks_are_shown_whatever_else_differs() -> None:
    rows = [
        _person(0, "Siti Aminah", nik=NIK, birth=Birth(year=1980, month=3, day=12), sex="P"),
        _person(1, "Bambang Susilo", nik=NIK, birth=Birth(year=1951, month=8, day=30), sex="L"),
    ]
    assert len(search_people(rows, parameters=load_shipped()).pairs) == 1


@pytest.mark.parametrize("count", [0, 1])
def test_nobody_and_one_person_have_no_duplicate(count: int) -> None:
    rows = [_person(n) for n in range(count)]
    result = search_people(rows, parameters=load_shipped())
    assert (result.people, result.pairs) == (count, ())


def test_strange_rows_are_no_error() -> None:
    rows = [_person(n, name, nik=nik) for n, (name, nik) in enumerate(
        [("王小明", "x"), ("", ""), ("'; drop table people; --", "1" * 15), ("H.", "0" * 16)]
    )]  # fmt: skip
    assert search_people(rows, parameters=load_shipped()).people == 4


def test_nothing_reaches_the_disk_and_duckdb_may_not_read_it(
    memory: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert memory.execute("select current_setting('temp_directory')").fetchall() == [("",)]
    with pytest.raises(duckdb.Error):
        memory.execute("select * from read_csv('/etc/passwd')").fetchall()
    search_people([_person(n, nik=NIK) for n in range(3)], parameters=load_shipped())
    assert list(tmp_path.iterdir()) == []


def test_no_number_reaches_a_log_or_an_error(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_values: object) -> None:
        raise duckdb.ConversionException(f"Could not convert {NIK}")

    monkeypatch.setattr(search_module, "score_pairs", fail)
    with caplog.at_level(logging.DEBUG), pytest.raises(ConflictError) as refusal:
        search_people([_person(n, nik=NIK) for n in range(3)], parameters=load_shipped())
    assert NIK not in caplog.text + str(refusal.value)
    assert refusal.value.__suppress_context__


def test_a_search_that_does_not_fit_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = {**search_module.SETTINGS, "memory_limit": "1MB"}
    monkeypatch.setattr(search_module, "SETTINGS", settings)
    rows = [_person(n, f"Orang {n}", nik=f"{n:016d}") for n in range(50_000)]
    with pytest.raises(ConflictError, match="memory"):
        search_people(rows, parameters=load_shipped())


def test_parameters_are_read_as_they_were_written_and_nothing_else_is() -> None:
    shipped = load_shipped()
    assert read_parameters(write_parameters(shipped)) == shipped
    content = json.loads(write_parameters(shipped))
    for spoil in (
        b"", b"{}", b"[]", b"\xff",
        json.dumps({**content, "threshold": 2}).encode(),
        json.dumps({**content, "format": "other"}).encode(),
        json.dumps({**content, "same": {}}).encode(),
        json.dumps({**content, "corrections": {**content["corrections"], "sex": {"same": "nan",
                    "different": 0}}}).encode(),
    ):  # fmt: skip
        with pytest.raises(MalformedInputError):
            read_parameters(spoil)


def test_the_command_trains_parameters_that_find_what_was_planted(
    tmp_path: Path, rolls: RegencyRolls, people: list[Person]
) -> None:
    path = tmp_path / "parameters.json"

    assert main(["train-duplicates", "--people", "3000", "--seed", "5", "--out", str(path)]) == 0

    trained = read_parameters(path.read_bytes())
    truth = {(min(pair) - 1, max(pair) - 1) for pair in rolls.truth.pairs}
    result = search_people(people, parameters=trained)
    found = {(pair.left, pair.right) for pair in result.pairs}
    assert len(found & truth) / len(truth) >= 0.85
    assert len(found & truth) / len(found) >= 0.9


def test_a_birth_place_is_compared_without_the_word_for_its_kind() -> None:
    assert fold_place("Kab. Blitar") == fold_place("BLITAR") != ""
