"""One village with stations and voters for the tests of its logistics."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.apps.elections_village.photos import picture
from tests.apps.logistics.stage import MOMENT, LogisticsStage, make_stage
from tests.apps.village_cast import make_village


@pytest.fixture(autouse=True, scope="session")
def _files_in_a_folder_of_their_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Sealed files of tests do not land among those of the installation."""
    from django.test import override_settings

    home = tmp_path_factory.mktemp("berkas")
    with override_settings(MEDIA_ROOT=home):
        yield home


@pytest.fixture(autouse=True)
def _stand_in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pilkades.apps.design.clock.now", lambda: MOMENT)


@pytest.fixture
def stage(db: None) -> LogisticsStage:
    return make_stage(make_village())


@pytest.fixture
def photo() -> bytes:
    return picture()
