"""`{% load regions %}`: regions written out, and the page of a village."""

from django import template

from pilkades.apps.regions import selectors
from pilkades.apps.regions.models import Regency, Village
from pilkades.apps.regions.pages import get_village_url

register = template.Library()


@register.filter
def desa(village: Village) -> str:
    """Desa Dawuhan, Kecamatan Kademangan, Kabupaten Blitar; read with its parents."""
    return selectors.describe_village(village)


@register.filter
def jabatan_kepala(regency: Regency) -> str:
    """Bupati or Wali Kota."""
    return selectors.get_head_title(regency)


@register.filter
def halaman_desa(village: Village) -> str:
    """The address of the village's page, empty where there is none."""
    return get_village_url(village.code)


@register.simple_tag
def wilayah(code: str) -> str:
    """Any region by its code; one query, so for a single region of a page only."""
    return selectors.describe_region(code)
