"""The regulations app: rule packs in force and who approved each value."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegulationsConfig(AppConfig):
    name = "pilkades.apps.regulations"
    verbose_name = _("Aturan")
