"""Configuration of the app of accounts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Akun: people, their roles in regions, and how they sign in."""

    name = "pilkades.apps.accounts"
    verbose_name = _("Akun dan peran")
