"""The demo, played once for the tests that look at it; everything is taken back afterwards."""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import override_settings

from pilkades.apps.regions.services import import_regions
from pilkades.demo.regency import play_regency

DATA = Path(settings.PACKAGE_DIR).parents[1] / "node_modules" / "idn-area-data" / "data"
REGENCIES = ("35.05", "35.79")
IMPORTED_AT = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.fixture(scope="session")
def two_regencies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The official list, cut down to Kabupaten Blitar and Kota Batu."""
    if not DATA.exists():
        pytest.skip("idn-area-data is not installed (npm ci)")
    folder = tmp_path_factory.mktemp("wilayah")
    for name in ("provinces", "regencies", "districts", "villages"):
        _copy_rows(DATA / f"{name}.csv", folder / f"{name}.csv")
    return folder


def _copy_rows(source: Path, target: Path) -> None:
    with source.open(encoding="utf-8", newline="") as rows, target.open("w", newline="") as kept:
        reader = csv.reader(rows)
        writer = csv.writer(kept, lineterminator="\n")
        writer.writerow(next(reader))
        writer.writerows(row for row in reader if row[0] == "35" or row[0][:5] in REGENCIES)


@pytest.fixture(scope="module")
def played(
    two_regencies: Path,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: Any,
    django_db_blocker: Any,
) -> Iterator[list[str]]:
    """The whole demo; the value is what it told of its progress."""
    told: list[str] = []
    home = tmp_path_factory.mktemp("berkas")
    with override_settings(MEDIA_ROOT=home), django_db_blocker.unblock(), transaction.atomic():
        import_regions(directory=two_regencies, now=IMPORTED_AT)
        play_regency(progress=told.append)
        # Settles the deferred foreign keys once; every test would check them all again.
        connection.check_constraints()
        yield told
        transaction.set_rollback(True)


@pytest.fixture
def demo(played: list[str], db: None) -> list[str]:
    return played
