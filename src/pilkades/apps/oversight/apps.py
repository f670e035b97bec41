"""The oversight app: those who watch over the work read here what was done."""

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from pilkades.apps.design.navigation import NavItem, register


class OversightConfig(AppConfig):
    """Pengawasan: the audit trail for inspectorate, regency desk and committee chairs."""

    name = "pilkades.apps.oversight"
    verbose_name = _("Pengawasan")

    def ready(self) -> None:
        """The trail stands in the menu of those who may read it."""
        from pilkades.apps.oversight.selectors import find_scope

        def may_read(request: HttpRequest) -> bool:
            actor = getattr(request, "actor", None)
            return actor is not None and find_scope(actor) is not None

        register(
            NavItem(
                label=_("Jejak audit"),
                url_name="oversight:trail",
                icon="history",
                order=80,
                is_visible=may_read,
            )
        )
