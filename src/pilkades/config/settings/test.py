"""Tests: the same as production in everything that can be judged, with fast hashing."""

from .base import *  # noqa: F403

SECRET_KEY = "tests only, of no worth to anybody"  # noqa: S105
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
