"""The vault's key is there, readable and strong, before the first page is served."""

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured

from pilkades.apps.vault.keys import get_key_ring
from pilkades.errors import MalformedInputError


@register(Tags.security)
def check_key_ring(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse to start with a missing, damaged or weak ring."""
    try:
        get_key_ring()
    except ImproperlyConfigured as error:
        return [Error(str(error), id="vault.E003")]
    except MalformedInputError as error:
        return [Error(str(error.text), id="vault.E004")]
    return []
