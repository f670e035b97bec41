"""The form of a name by which an entry is searched and compared."""

from pilkades.screening.names import fold_name

SEARCH_NAME_MAX = 160


def search_form(full_name: str) -> str:
    """The name without titles, in the spelling that its variants share.

    A name that consists of nothing else (a single title, another script) is kept as written.
    """
    folded = fold_name(full_name).spelled
    return (folded or full_name.casefold())[:SEARCH_NAME_MAX]
