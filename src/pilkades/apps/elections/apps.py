"""The elections app: waves, elections, stages, committees and candidates."""

from collections.abc import Collection
from uuid import UUID

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from pilkades.apps.design.navigation import NavItem, register
from pilkades.apps.oversight.openings import Openings, register_opener
from pilkades.apps.regions.pages import register_village_page


class ElectionsConfig(AppConfig):
    name = "pilkades.apps.elections"
    verbose_name = _("Pemilihan")

    def ready(self) -> None:
        """Desk and inbox stand in the menu of those who have one; found villages link to theirs."""
        register_village_page(url_name="elections:public-village", list_codes=_list_codes_with_page)
        register_opener(_open_sealed_values)
        register(
            NavItem(
                label=_("Ruang kerja desa"),
                url_name="elections:village-home",
                icon="list-todo",
                order=10,
                is_visible=_has_village,
            )
        )
        register(
            NavItem(
                label=_("Gelombang"),
                url_name="elections:desk",
                icon="layout-dashboard",
                order=20,
                is_visible=_has_desk,
            )
        )
        register(
            NavItem(
                label=_("Kotak masuk"),
                url_name="elections:inbox",
                icon="inbox",
                order=30,
                is_visible=_has_inbox,
            )
        )


def _list_codes_with_page() -> frozenset[str]:
    from pilkades.apps.elections.models import Election

    return frozenset(Election.objects.values_list("village_id", flat=True))


def _open_sealed_values(events: Collection[UUID]) -> Openings:
    from pilkades.apps.elections.selectors.sealed import open_sealed_values

    return open_sealed_values(events)


def _has_village(request: HttpRequest) -> bool:
    from pilkades.apps.elections.selectors.village_access import works_for_village

    actor = getattr(request, "actor", None)
    return actor is not None and works_for_village(actor)


def _has_desk(request: HttpRequest) -> bool:
    from pilkades.apps.elections.selectors.access import list_regency_codes

    actor = getattr(request, "actor", None)
    return actor is not None and bool(list_regency_codes(actor))


def _has_inbox(request: HttpRequest) -> bool:
    from pilkades.apps.elections.selectors.inbox import has_inbox

    actor = getattr(request, "actor", None)
    return actor is not None and has_inbox(actor)
