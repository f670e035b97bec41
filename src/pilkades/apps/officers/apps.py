"""The officers app: station teams, their appointment, oath, hours and pay; candidates' agents."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OfficersConfig(AppConfig):
    name = "pilkades.apps.officers"
    verbose_name = _("Petugas dan saksi")

    def ready(self) -> None:
        """Officers stand in the workspace, and carry out their step of the timetable."""
        from pilkades.apps.elections.selectors.village_access import WORKSPACE_ROLES
        from pilkades.apps.elections.workspace import (
            Section,
            register_section,
            register_step_page,
        )

        register_section(
            Section(
                key="officers",
                title=_("Petugas dan saksi"),
                icon="user",
                url_name="officers:index",
                roles=WORKSPACE_ROLES,
                order=60,
            )
        )
        register_step_page(step_id="officers_formation", url_name="officers:index")
