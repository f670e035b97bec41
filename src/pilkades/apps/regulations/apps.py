"""The regulations app: rule packs in force and who approved each value."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from pilkades.apps.design.navigation import NavItem, register


class RegulationsConfig(AppConfig):
    name = "pilkades.apps.regulations"
    verbose_name = _("Aturan")

    def ready(self) -> None:
        """The rules stand in the menu, for everybody."""
        register(NavItem(label=_("Aturan"), url_name="regulations:index", icon="scale", order=70))
