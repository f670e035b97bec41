"""The installation app: this laptop or server itself, and how phones reach it."""

from django.apps import AppConfig


class InstallationConfig(AppConfig):
    name = "pilkades.apps.installation"
    label = "installation"
