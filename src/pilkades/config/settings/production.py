"""A regency's server or a village laptop in earnest; passes `check --deploy`."""

from .base import *  # noqa: F403

DEBUG = False
