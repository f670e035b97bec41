"""Configuration of the app of regions."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from pilkades.apps.design.navigation import NavItem, register


class RegionsConfig(AppConfig):
    """Wilayah: provinces, regencies, districts, villages and hamlets of Indonesia."""

    name = "pilkades.apps.regions"
    verbose_name = _("Wilayah")

    def ready(self) -> None:
        """The search stands in the menu, for everybody."""
        register(NavItem(label=_("Cari desa"), url_name="regions:search", icon="search", order=80))
