"""The roll app: the voters of each election."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RollConfig(AppConfig):
    name = "pilkades.apps.roll"
    verbose_name = _("Daftar pemilih")
