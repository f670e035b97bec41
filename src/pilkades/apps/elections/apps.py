"""The elections app: waves, elections, stages, committees and candidates."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ElectionsConfig(AppConfig):
    name = "pilkades.apps.elections"
    verbose_name = _("Pemilihan")
