"""The people of a search as one DuckDB table, names folded and dates taken apart beforehand."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

import duckdb
import pyarrow as pa  # type: ignore[import-untyped]

from pilkades.screening.names import fold_name
from pilkades.screening.papers import Birth, read_nik_birth
from pilkades.screening.people import Person
from pilkades.screening.spelling import sound_word

BATCH_ROWS = 20_000
_TEXTS = pa.list_(pa.string())
SCHEMA = pa.schema(
    [
        ("unique_id", pa.int32()),
        ("village", pa.string()),
        ("kk", pa.string()),
        ("rt", pa.string()),
        ("nik", pa.string()),
        ("name", pa.string()),
        ("sound", pa.string()),
        ("sounds", _TEXTS),
        ("compact", pa.string()),
        ("initials", pa.string()),
        ("has_initial", pa.bool_()),
        ("skeletons", _TEXTS),
        ("skeleton", pa.string()),
        ("sex", pa.string()),
        ("place", pa.string()),
        ("marital", pa.string()),
        ("work", pa.string()),
        ("year", pa.int16()),
        ("month", pa.int8()),
        ("day", pa.int8()),
        ("birth", pa.int32()),
        ("short_birth", pa.int32()),
        ("nik_birth", pa.int32()),
        ("date_keys", pa.list_(pa.int32())),
    ]
)


def load_people(
    connection: duckdb.DuckDBPyConnection,
    people: Iterable[Person],
    *,
    report: Callable[[int], None],
) -> int:
    """Fill the table `people`, row numbers from 0 in the order given; returns how many."""
    connection.register("folded_batch", SCHEMA.empty_table())
    connection.execute("create or replace table people as select * from folded_batch")
    total, rows = 0, iter(people)
    while batch := list(islice(rows, BATCH_ROWS)):
        folded = pa.Table.from_pylist(list(_fold(batch, first=total)), schema=SCHEMA)
        connection.register("folded_batch", folded)
        connection.execute("insert into people select * from folded_batch")
        connection.unregister("folded_batch")
        total += len(batch)
        report(total)
    return total


def _fold(people: list[Person], *, first: int) -> Iterator[dict[str, Any]]:
    for number, person in enumerate(people, start=first):
        name, birth = fold_name(person.full_name), person.birth
        nik = person.sound_nik
        nik_birth = read_nik_birth(nik)
        yield {
            "unique_id": number,
            "village": person.village,
            "kk": person.kk or None,
            "rt": f"{person.village}/{person.rw}/{person.rt}" if person.rt else None,
            "nik": nik or None,
            "name": name.spelled,
            "sound": name.sound,
            "sounds": name.sounds,
            "compact": name.compact,
            "initials": name.initials,
            "has_initial": name.has_initial,
            "skeletons": name.skeletons,
            "skeleton": " ".join(name.skeletons),
            "sex": person.sex or None,
            "place": fold_place(person.birth_place) or None,
            "marital": person.marital_status or None,
            "work": person.occupation.casefold().strip() or None,
            "year": birth and birth.year,
            "month": birth and birth.month,
            "day": birth and birth.day,
            "birth": birth and birth.year * 10_000 + birth.month * 100 + birth.day,
            "short_birth": birth and _number(birth),
            "nik_birth": nik_birth and _number(nik_birth),
            "date_keys": sorted({_unordered(b) for b in (birth, nik_birth) if b}),
        }


def fold_place(place: str) -> str:
    """A birth place as it sounds, without the word for its kind."""
    words = [word for word in fold_name(place).words if word not in _PLACE_KINDS]
    return " ".join(sound_word(word) for word in words)


_PLACE_KINDS = frozenset({"KAB", "KABUPATEN", "KOTA", "KEC", "KECAMATAN", "DESA"})


def _number(birth: Birth) -> int:
    return birth.year % 100 * 10_000 + birth.month * 100 + birth.day


def _unordered(birth: Birth) -> int:
    """The same for a date and the one with day and month swapped."""
    low, high = sorted((birth.day, birth.month))
    return birth.year % 100 * 10_000 + low * 100 + high
