"""The logistics app: places, outreach, budget, equipment and the way it travels."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LogisticsConfig(AppConfig):
    name = "pilkades.apps.logistics"
    verbose_name = _("Logistik")

    def ready(self) -> None:
        """A section of the workspace, and the pages on which steps are carried out."""
        from pilkades.apps.elections.selectors.village_access import WORKSPACE_ROLES
        from pilkades.apps.elections.workspace import Section, register_section, register_step_page

        register_section(
            Section(
                key="logistics",
                title=_("Logistik"),
                icon="list-checks",
                url_name="logistics:home",
                roles=WORKSPACE_ROLES,
                order=70,
            )
        )
        register_step_page(step_id="budget", url_name="logistics:budget")
        register_step_page(step_id="ballots_procured", url_name="logistics:supplies")
        register_step_page(step_id="logistics", url_name="logistics:packages")
