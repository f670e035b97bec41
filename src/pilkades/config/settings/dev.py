"""`make run`: the demo regency on this machine only, clearly marked SIMULASI."""

from .base import *  # noqa: F403

DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
PILKADES_DEMO = True
