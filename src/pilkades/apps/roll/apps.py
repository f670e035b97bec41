"""The roll app: the voters of each election."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from pilkades.apps.design.navigation import NavItem, register


class RollConfig(AppConfig):
    name = "pilkades.apps.roll"
    verbose_name = _("Daftar pemilih")

    def ready(self) -> None:
        """The roll stands in the menu, in the workspace and on every village's public page."""
        from pilkades.apps.elections.workspace import PublicLink, register_public_link

        register(
            NavItem(label=_("Cek daftar pemilih"), url_name="roll:look-up", icon="search", order=15)
        )
        register_public_link(
            PublicLink(
                title=_("Cek daftar pemilih"), icon="search", url_name="roll:village-look-up"
            )
        )
