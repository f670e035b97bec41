"""A first start that is killed: nothing half-done stays behind."""

from pathlib import Path

import pytest

from pilkades.apps.accounts.models import User
from pilkades.apps.elections.models import Wave
from pilkades.apps.regions.models import Village
from pilkades.apps.regions.services import import_regions
from pilkades.demo.regency import is_played, play_regency
from tests.apps.demo.conftest import IMPORTED_AT


def test_a_start_that_is_killed_leaves_nothing(db: None, two_regencies: Path) -> None:
    import_regions(directory=two_regencies, now=IMPORTED_AT)

    class KilledError(Exception):
        pass

    def stop(line: str) -> None:
        if "Agustus" in line:
            raise KilledError

    with pytest.raises(KilledError):
        play_regency(progress=stop)
    assert not is_played()
    assert not User.objects.exists()
    assert not Wave.objects.exists()
    assert Village.objects.exists()
