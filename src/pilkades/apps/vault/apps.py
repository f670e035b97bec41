"""Configuration of the app of the vault."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VaultConfig(AppConfig):
    """Brankas: encrypted fields and files, masking, and the record of every unmasking."""

    name = "pilkades.apps.vault"
    verbose_name = _("Brankas data pribadi")

    def ready(self) -> None:
        """Look at the key before anybody trusts the vault with anything."""
        from pilkades.apps.vault import checks  # noqa: F401
