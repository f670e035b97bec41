"""The key that signs: from the settings, whole, and made by a random source."""

import base64

import pytest
from django.core.exceptions import ImproperlyConfigured

from pilkades.apps.audit.keys import get_signing_key
from pilkades.config.secrets_files import make_ledger_key


def test_a_fresh_key_signs_in_the_name_of_the_installation(settings) -> None:
    settings.PILKADES_LEDGER_KEY = make_ledger_key()
    assert get_signing_key().name == settings.PILKADES_ORIGIN


@pytest.mark.parametrize(
    "text",
    [
        "",
        "bukan base64!",
        base64.b64encode(bytes(32)).decode(),
        base64.b64encode(b"rahasia").decode(),
        base64.b64encode(bytes(range(33))).decode(),
    ],
)
def test_a_missing_cut_or_monotonous_key_is_refused(settings, text: str) -> None:
    settings.PILKADES_LEDGER_KEY = text
    with pytest.raises(ImproperlyConfigured, match="pilkades init"):
        get_signing_key()
