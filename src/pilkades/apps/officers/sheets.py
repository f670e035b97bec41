"""Words and rows that several pages and files of this app share."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pilkades.apps.officers.selectors.standing import JudgedFinding


def describe_conflict(item: JudgedFinding) -> tuple[str, Promise]:
    """Kind and word of a conflict's status tag."""
    if item.is_question:
        return "info", _("Belum dijawab")
    if item.is_block:
        return "bad", _("Menghalangi")
    if item.accepted is not None:
        return "ok", _("Diterima dengan alasan")
    return "warn", _("Perlu alasan tertulis")
