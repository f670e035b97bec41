"""Starts Django for a command that needs it, and turns its refusals into a plain sentence."""

import os
import sys
from pathlib import Path
from typing import Any

import django
from django.core.exceptions import ImproperlyConfigured

PRODUCTION = "pilkades.config.settings.production"
DEMO = "pilkades.config.settings.dev"


def setup(settings_module: str = "") -> None:
    """Load settings and apps; the environment's choice wins where none is given.

    A setting that is refused ends the command with exit code 2 and the reason, not a traceback.
    """
    chosen = settings_module or os.environ.get("DJANGO_SETTINGS_MODULE") or PRODUCTION
    os.environ["DJANGO_SETTINGS_MODULE"] = chosen
    try:
        django.setup()
    except ImproperlyConfigured as error:
        print(f"Belum dapat dijalankan. {error}", file=sys.stderr)  # noqa: T201
        raise SystemExit(2) from error


def home_and_database() -> tuple[Path, dict[str, Any]]:
    """Where data lives, read without loading keys: a restore runs before there are any."""
    from pilkades.config.settings import base

    return base.HOME_DIR, {**base.DATABASES["default"]}
