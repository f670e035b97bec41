"""A regency with its officials, and the shipped packs."""

import pytest

from pilkades.apps.regulations.models import PackVersion
from tests.apps.desk_cast import Cast, install_packs, make_cast, make_regions


@pytest.fixture
def cast(db: None) -> Cast:
    make_regions()
    return make_cast()


@pytest.fixture
def blitar(cast: Cast) -> PackVersion:
    return install_packs(cast)
