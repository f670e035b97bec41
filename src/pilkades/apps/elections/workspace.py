"""What apps above this one add to a village: sections, public links, and pages of single steps.

The elections app knows the timetable; the roll, the officers and the logistics know how a step is
carried out. They register here when the apps are ready, so that nothing below imports them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from pilkades.apps.accounts.roles import Actor, Role
from pilkades.apps.accounts.selectors import has_role


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section of the workspace's navigation; `url_name` takes the village's code.

    `roles` are those who may open it; who may not does not see it. It is marked
    on every page of its url namespace.
    """

    key: str
    title: str | Promise
    icon: str
    url_name: str
    roles: tuple[Role, ...]
    order: int = 50


@dataclass(frozen=True, slots=True)
class NavLink:
    """A section as the navigation shows it."""

    title: str | Promise
    icon: str
    href: str
    is_here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicLink:
    """What everybody may do in a village, shown on its public page; `url_name` takes its code."""

    title: str | Promise
    icon: str
    url_name: str


_sections: dict[str, Section] = {}
_public_links: dict[str, PublicLink] = {}
_step_pages: dict[str, str] = {}


def register_section(section: Section) -> None:
    """Add a section; registering it again replaces it."""
    _sections[section.key] = section


def register_public_link(link: PublicLink) -> None:
    """Add a link to the public page of every village."""
    _public_links[link.url_name] = link


def list_public_links(village_code: str) -> list[NavLink]:
    """The links of a village's public page."""
    return [
        NavLink(link.title, link.icon, reverse(link.url_name, args=[village_code]), False)
        for link in _public_links.values()
    ]


def register_step_page(*, step_id: str, url_name: str) -> None:
    """Say on which page a step of the timetable is carried out."""
    _step_pages[step_id] = url_name


def get_step_pages() -> Mapping[str, str]:
    """The pages of steps that have one above this app."""
    return _step_pages


def list_links(request: HttpRequest, *, actor: Actor, village_code: str) -> list[NavLink]:
    """The sections that this actor may open, in their order."""
    match = request.resolver_match
    here = match.namespace if match else ""
    return [
        NavLink(
            title=section.title,
            icon=section.icon,
            href=reverse(section.url_name, args=[village_code]),
            is_here=here == section.url_name.partition(":")[0],
        )
        for section in sorted(_sections.values(), key=lambda item: item.order)
        if has_role(actor, section.roles, village_code)
    ]
