"""Which page shows a village. A higher app registers it when it is loaded; regions know none."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True, slots=True)
class VillagePage:
    """The name of the address, which takes the village's code, and the villages that have one."""

    url_name: str
    list_codes: Callable[[], Collection[str]]


_registered: list[VillagePage] = []


def register_village_page(*, url_name: str, list_codes: Callable[[], Collection[str]]) -> None:
    """Let lists of villages link to this page; `list_codes` is asked once per list."""
    _registered[:] = [VillagePage(url_name, list_codes)]


def build_village_urls() -> Callable[[str], str]:
    """A function from a village's code to the address of its page, empty where it has none."""
    if not _registered:
        return lambda code: ""
    page = _registered[0]
    codes = frozenset(page.list_codes())

    def find_url(code: str) -> str:
        if code not in codes:
            return ""
        try:
            return reverse(page.url_name, args=[code])
        except NoReverseMatch:
            return ""

    return find_url
