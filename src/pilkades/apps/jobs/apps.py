"""The jobs app: work that takes longer than a request."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "pilkades.apps.jobs"
    verbose_name = _("Pekerjaan")
