"""A serving installation clears files without a record, and only those that are a day old."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pilkades.apps.vault.files import get_path, store_file
from pilkades.apps.vault.models import StoredFile
from pilkades.cli.cleaning import clean, start_daily_cleaning

NOW = datetime(2026, 11, 23, tzinfo=UTC)
PNG = b"\x89PNG\r\n\x1a\n" + b"foto" * 20


def _store(*, age: timedelta, is_recorded: bool) -> Path:
    uuid = store_file(data=PNG, name="a", media_type="image/png")
    if not is_recorded:
        StoredFile.objects.filter(uuid=uuid).delete()
    moment = (NOW - age).timestamp()
    os.utime(get_path(uuid), (moment, moment))
    return get_path(uuid)


@pytest.mark.django_db
def test_only_old_files_without_a_record_are_cleared(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    kept = _store(age=timedelta(days=9), is_recorded=True)
    young = _store(age=timedelta(hours=23), is_recorded=False)
    lost = _store(age=timedelta(hours=25), is_recorded=False)
    broken = kept.with_suffix(".part")
    broken.write_bytes(b"PKF1")
    os.utime(broken, (0, 0))

    assert clean(now=NOW) == 2

    assert kept.exists()
    assert young.exists()
    assert not lost.exists()
    assert not broken.exists()


def test_the_cleaner_never_keeps_a_server_from_ending(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pilkades.cli.cleaning._clean_daily", lambda: None)
    assert start_daily_cleaning().daemon
