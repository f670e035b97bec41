"""What the page frame needs on every page, errors included; it never asks the database."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from pilkades.apps.design.navigation import list_links
from pilkades.apps.design.preferences import get_theme


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: theme, menu, and whether everything here is a rehearsal."""
    return {
        "frame_theme": get_theme(request),
        "frame_languages": settings.LANGUAGES,
        # A request refused before anybody was recognised gets a page without a menu.
        "frame_nav": list_links(request) if hasattr(request, "actor") else [],
        "frame_demo": settings.PILKADES_DEMO,
        # A rehearsal that stands at a moment of its own says which.
        "frame_moment": getattr(request, "simulated_moment", None),
    }
