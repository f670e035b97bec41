"""The main menu. Each app registers its entries when it is loaded; design knows none of them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class NavItem:
    """One entry: a word, an icon beside it, where it leads and who sees it."""

    label: str | Promise
    url_name: str
    icon: str
    order: int
    is_visible: Callable[[HttpRequest], bool] = lambda request: True


@dataclass(frozen=True, slots=True, kw_only=True)
class NavLink:
    label: str | Promise
    url: str
    icon: str
    is_current: bool


_items: dict[str, NavItem] = {}


def register(item: NavItem) -> None:
    """Add an entry; registering the same `url_name` again replaces it."""
    _items[item.url_name] = item


def list_links(request: HttpRequest) -> list[NavLink]:
    """The entries that this request may see, in order; the longest matching path is current."""
    ordered = sorted(_items.values(), key=lambda item: item.order)
    links = [(item, _reverse(item.url_name)) for item in ordered if item.is_visible(request)]
    matching = [url for _, url in links if url and request.path.startswith(url)]
    current = max(matching, key=len, default="")
    return [
        NavLink(label=item.label, url=url, icon=item.icon, is_current=url == current)
        for item, url in links
        if url
    ]


def _reverse(url_name: str) -> str:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""
