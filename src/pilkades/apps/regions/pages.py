"""Which page shows a village. A higher app registers it when it is loaded; regions know none."""

from django.urls import NoReverseMatch, reverse

_village_url_names: list[str] = []


def register_village_page(url_name: str) -> None:
    """Let lists of villages link to this page; it takes the village's code as its argument."""
    _village_url_names[:] = [url_name]


def get_village_url(code: str) -> str:
    """The address of a village's page, empty where no app offers one."""
    for url_name in _village_url_names:
        try:
            return reverse(url_name, args=[code])
        except NoReverseMatch:
            return ""
    return ""
