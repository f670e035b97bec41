"""What must not be true of the settings of an installation in earnest."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]", "testserver"})


@register(Tags.security)
def check_demo_is_local(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The demo signs anybody in with one click, so it answers to this machine's own names only."""
    if not settings.PILKADES_DEMO or set(settings.ALLOWED_HOSTS) <= LOCAL_HOSTS:
        return []
    return [
        Error(
            "Simulasi hanya boleh melayani komputer ini sendiri.",
            hint="ALLOWED_HOSTS berisi nama lain.",
            id="accounts.E001",
        )
    ]
