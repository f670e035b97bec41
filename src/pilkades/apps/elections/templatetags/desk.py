"""`{% load desk %}`: stages, owners and states of steps in words."""

from collections.abc import Mapping
from datetime import date

from django import template
from django.urls import reverse

from pilkades.apps.elections import words
from pilkades.apps.elections.board_rows import ICONS
from pilkades.apps.elections.models import InboxItem, InboxKind
from pilkades.apps.elections.selectors.board import Board
from pilkades.apps.elections.selectors.inbox import get_item_text, is_item_late
from pilkades.apps.elections.selectors.progress import StepState
from pilkades.apps.elections.selectors.village_access import FILE_ROLES
from pilkades.apps.elections.selectors.villages import name_village
from pilkades.apps.regions.models import Village
from pilkades.text import Text

register = template.Library()

register.filter("tahap", words.name_stage)
register.filter("pelaksana", words.name_owner)
register.filter("nama_tahapan", words.name_step)
register.filter("keadaan", words.name_state)
register.filter("jenis_keadaan", words.get_state_kind)
register.filter("lama", words.write_length)


@register.filter
def nama_desa(village: Village) -> str:
    """Desa Dawuhan."""
    return name_village(village)


@register.filter
def isi_pemberitahuan(item: InboxItem) -> Text:
    """The sentence of an inbox item."""
    return get_item_text(item)


@register.filter
def tautan_pemberitahuan(item: InboxItem) -> str:
    """Where an item leads: its own address, else the step or the village it is about.

    What the public said is opened only by the offices that examine the files.
    """
    if item.link and (item.kind != InboxKind.COMPLAINT or item.for_role in FILE_ROLES):
        return item.link
    village_code, election = item.election.village_id, item.election.uuid
    is_village_office = item.for_region_code == village_code
    if item.kind == InboxKind.DEADLINE and is_village_office:
        return reverse("elections:village-plain-step", args=[village_code, item.subject])
    if item.kind == InboxKind.DEADLINE:
        return reverse("elections:village-step", args=[election, item.subject])
    if is_village_office:
        return reverse("elections:village-tasks", args=[village_code])
    return reverse("elections:village-timetable", args=[election])


@register.filter
def lewat(item: InboxItem, today: date) -> bool:
    """Whether an inbox item is past its day."""
    return is_item_late(item, today=today)


@register.filter
def jumlah(counts: Mapping[StepState, int], state: StepState) -> int:
    """How many of a state were counted."""
    return counts.get(state, 0)


@register.filter
def hari_berbeda(board: Board, today: date) -> bool:
    """Whether a village shown on the board stands on another day, as rehearsals do."""
    return any(row.day != today for row in board.rows)


@register.filter
def ikon_keadaan(state: StepState) -> str:
    """The icon that stands beside the word of a state."""
    return ICONS[words.get_state_kind(state)]
