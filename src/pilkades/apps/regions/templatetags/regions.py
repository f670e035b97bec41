"""`{% load regions %}`: regions written out."""

from django import template

from pilkades.apps.regions import selectors
from pilkades.apps.regions.models import Regency, Village

register = template.Library()


@register.filter
def desa(village: Village) -> str:
    """Desa Dawuhan, Kecamatan Kademangan, Kabupaten Blitar; read with its parents."""
    return selectors.describe_village(village)


@register.filter
def jabatan_kepala(regency: Regency) -> str:
    """Bupati or Wali Kota."""
    return selectors.get_head_title(regency)


@register.simple_tag
def wilayah(code: str) -> str:
    """Any region by its code; one query, so for a single region of a page only."""
    return selectors.describe_region(code)
