"""Configuration of the app of accounts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from pilkades.apps.design.navigation import NavItem, register


class AccountsConfig(AppConfig):
    """Akun: people, their roles in regions, and how they sign in."""

    name = "pilkades.apps.accounts"
    verbose_name = _("Akun dan peran")

    def ready(self) -> None:
        """Listen to allauth, check the settings, and stand in the menu of those who give roles."""
        from pilkades.apps.accounts import checks, receivers, resealing  # noqa: F401
        from pilkades.apps.accounts.grants import list_grantable_roles

        resealing.register()
        register(
            NavItem(
                label=_("Orang dan peran"),
                url_name="accounts:people",
                icon="users",
                order=70,
                is_visible=lambda request: bool(list_grantable_roles(request.actor.roles)),  # type: ignore[attr-defined]
            )
        )
