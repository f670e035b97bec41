"""Configuration of the app of regions."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegionsConfig(AppConfig):
    """Wilayah: provinces, regencies, districts, villages and hamlets of Indonesia."""

    name = "pilkades.apps.regions"
    verbose_name = _("Wilayah")
