"""The roll app: the voters of each election."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from pilkades.apps.design.navigation import NavItem, register

STAGE_STEPS = (
    "provisional_roll_fixed",
    "provisional_roll_announced",
    "additions_recorded",
    "additions_announced",
    "final_roll_fixed",
    "final_roll_announced",
)


class RollConfig(AppConfig):
    name = "pilkades.apps.roll"
    verbose_name = _("Daftar pemilih")

    def ready(self) -> None:
        """The roll stands in the menu, in the workspace and on every village's public page."""
        from pilkades.apps.elections.selectors.village_access import WORKSPACE_ROLES
        from pilkades.apps.elections.workspace import (
            PublicLink,
            Section,
            register_public_link,
            register_section,
            register_step_page,
        )
        from pilkades.apps.roll.services import (  # noqa: F401 - they register their jobs
            allocate,
            duplicate_search,
            printing,
        )

        register(
            NavItem(label=_("Cek daftar pemilih"), url_name="roll:look-up", icon="search", order=15)
        )
        register_public_link(
            PublicLink(
                title=_("Cek daftar pemilih"), icon="search", url_name="roll:village-look-up"
            )
        )
        register_section(
            Section(
                key="roll",
                title=_("Daftar pemilih"),
                icon="list-ordered",
                url_name="roll:home",
                roles=WORKSPACE_ROLES,
                order=10,
            )
        )
        for step_id in STAGE_STEPS:
            register_step_page(step_id=step_id, url_name="roll:home")
        register_step_page(step_id="door_to_door", url_name="roll:visits")
        post_migrate.connect(_guard_rows, sender=self)


def _guard_rows(*, using: str, **_kwargs: Any) -> None:
    # After every migrate, because SQLite drops triggers when a table is rebuilt.
    from pilkades.apps.roll.locked_rows import guard_rows

    guard_rows(using=using)
