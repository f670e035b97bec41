"""Taking an edition of the official list of regions into the database."""

import hashlib
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import transaction

from pilkades.apps.audit.services import Actor, append
from pilkades.apps.regions.bulk import insert_rows, refresh_statistics
from pilkades.apps.regions.changes import (
    Change,
    ChangeKind,
    Stored,
    StoredRegion,
    compare_editions,
    count_changes,
)
from pilkades.apps.regions.edition import (
    LEVELS,
    PROVINCES,
    Edition,
    EditionError,
    Fault,
    get_parent_code,
    parse_edition,
)
from pilkades.apps.regions.models import (
    District,
    Province,
    Regency,
    RegencyKind,
    Region,
    Village,
    VillageKind,
    VillageWord,
)
from pilkades.apps.regions.names import normalise_name
from pilkades.text import Text

BATCH_ROWS = 5_000
Progress = Callable[[int, int], None]

MODELS: dict[str, type[Region]] = {
    "province": Province,
    "regency": Regency,
    "district": District,
    "village": Village,
}
_PARENT_FIELDS = {"regency": "province_id", "district": "regency_id", "village": "district_id"}
_VILLAGE_KINDS = {"1": VillageKind.KELURAHAN, "2": VillageKind.DESA, "3": VillageKind.DESA_ADAT}


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or in a preview would do."""

    regions: Mapping[str, int]
    changes: tuple[Change, ...]
    digest: str

    @property
    def counts(self) -> dict[ChangeKind, int]:
        """How many changes of each kind."""
        return count_changes(self.changes)


def preview_import(*, directory: Path) -> ImportReport:
    """What importing this edition would change; nothing is written.

    Raises: EditionError, OSError.
    """
    edition, digest = _read_edition(directory)
    return ImportReport(edition.count(), compare_editions(_read_stored(), edition), digest)


def import_regions(
    *, directory: Path, now: datetime, actor: Actor | None = None, progress: Progress | None = None
) -> ImportReport:
    """Bring the stored regions to this edition; a second import of it changes nothing.

    Allowed: whoever runs commands on this machine; no page offers it.
    Requires: four faultless files; a time zone known for every province.
    Effects: regions added, renamed, restored; those no longer listed are retired, never deleted;
        one event where anything changed.
    Raises: EditionError, OSError; nothing is saved then.
    """
    edition, digest = _read_edition(directory)

    with transaction.atomic():
        changes = compare_editions(_read_stored(), edition)
        _apply(changes, edition, now, progress or _ignore)
        if len(changes) > BATCH_ROWS:
            refresh_statistics(Village, VillageWord, District)
        report = ImportReport(edition.count(), changes, digest)
        if changes:
            append(
                event="regions.imported",
                actor=actor,
                at=now,
                region_code="",
                subject="regions:indonesia",
                data={
                    "sha256": digest,
                    "villages": report.regions["village"],
                    **{kind.value: count for kind, count in report.counts.items()},
                },
            )
    return report


def _read_edition(directory: Path) -> tuple[Edition, str]:
    contents = {level.file_name: (directory / level.file_name).read_bytes() for level in LEVELS}
    digest = hashlib.sha256()
    for level in LEVELS:
        digest.update(hashlib.sha256(contents[level.file_name]).digest())
    edition = parse_edition(contents)
    _require_time_zones(edition)
    return edition, digest.hexdigest()


@cache
def read_time_zones() -> dict[str, str]:
    """Time zone by province code, from the app's own table."""
    table = tomllib.loads(
        files("pilkades.apps.regions").joinpath("provinces.toml").read_text("utf-8")
    )
    return {code: zone for zone, entry in table.items() for code in entry["codes"]}


def _require_time_zones(edition: Edition) -> None:
    zones = read_time_zones()
    faults = tuple(
        Fault(
            PROVINCES.file_name,
            line,
            Text(
                "Zona waktu provinsi {code} {name} belum tercatat di provinces.toml.",
                code=code,
                name=name,
            ),
        )
        for line, (code, name) in enumerate(edition.names[PROVINCES.id].items(), start=2)
        if code not in zones
    )
    if faults:
        raise EditionError(faults)


def _read_stored() -> Stored:
    return {
        level: {
            code: StoredRegion(name, retired_at is not None)
            for code, name, retired_at in model._default_manager.values_list(
                "pk", "name", "retired_at"
            ).iterator(chunk_size=BATCH_ROWS)
        }
        for level, model in MODELS.items()
    }


def _apply(changes: Sequence[Change], edition: Edition, now: datetime, progress: Progress) -> None:
    total, done = len(changes), 0
    for level in MODELS:
        here = [change for change in changes if change.level == level]
        for batch in _batches(_of(here, ChangeKind.ADDED, ChangeKind.MOVED)):
            _add(level, batch)
            done += len(batch)
            progress(done, total)
        _rename(level, list(_of(here, ChangeKind.RENAMED, ChangeKind.RESTORED)))
        _retire(level, here, now)
    progress(total, total)


def _add(level: str, batch: Sequence[Change]) -> None:
    rows = [_fields(level, change.code, change.name) for change in batch]
    insert_rows(MODELS[level], tuple(rows[0]), (tuple(row.values()) for row in rows))
    if level == "village":
        _add_words(batch)


def _rename(level: str, changed: Sequence[Change]) -> None:
    model = MODELS[level]
    fields = ["name", "search_name", "retired_at", "successor_code"]
    if level == "regency":
        fields.append("kind")
    rows = [model(**_fields(level, change.code, change.name)) for change in changed]
    model._default_manager.bulk_update(rows, fields, batch_size=200)
    if level == "village":
        codes = [change.code for change in changed]
        for batch in _batches(codes, 500):
            VillageWord.objects.filter(village_id__in=batch).delete()
        _add_words(changed)


def _retire(level: str, changes: Sequence[Change], now: datetime) -> None:
    model = MODELS[level]
    gone = [(change.code, "") for change in _of(changes, ChangeKind.REMOVED)]
    gone += [(change.old_code, change.code) for change in _of(changes, ChangeKind.MOVED)]
    columns = ({"pk": code, "retired_at": now, "successor_code": new} for code, new in gone)
    rows = [model(**values) for values in columns]
    model._default_manager.bulk_update(rows, ["retired_at", "successor_code"], batch_size=200)


def _add_words(changes: Iterable[Change]) -> None:
    rows = (
        (change.code, word)
        for change in changes
        for word in sorted(set(normalise_name(change.name).split()))
    )
    insert_rows(VillageWord, ("village", "word"), rows)


def _fields(level: str, code: str, name: str) -> dict[str, str | None]:
    """Every column of a region's row, as it enters the list or is named anew."""
    fields: dict[str, str | None] = {
        "code": code,
        "name": name,
        "search_name": normalise_name(name),
        "retired_at": None,
        "successor_code": "",
    }
    if level == "province":
        fields["time_zone"] = read_time_zones()[code]
    else:
        fields[_PARENT_FIELDS[level]] = get_parent_code(code)
    if level == "regency":
        is_city = name.startswith("Kota ")
        fields["kind"] = (RegencyKind.KOTA if is_city else RegencyKind.KABUPATEN).value
    elif level == "village":
        fields["kind"] = _VILLAGE_KINDS[code.rpartition(".")[2][0]].value
    return fields


def _of(changes: Iterable[Change], *kinds: ChangeKind) -> Iterator[Change]:
    return (change for change in changes if change.kind in kinds)


def _batches(items: Iterable[Any], size: int = BATCH_ROWS) -> Iterator[list[Any]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def _ignore(done: int, total: int) -> None:
    """Progress that nobody watches."""
