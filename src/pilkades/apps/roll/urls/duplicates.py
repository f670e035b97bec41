"""Addresses of the duplicate search, of a village and of a wave."""

from django.urls import path

from pilkades.apps.roll.views import duplicates, wave_duplicates

_VILLAGE = "ruang/<str:village_code>/dpt/ganda/"
_WAVE = "panitia/gelombang/<uuid:wave_uuid>/ganda/"

urlpatterns = [
    path(_VILLAGE, duplicates.index, name="duplicates"),
    path(f"{_VILLAGE}cari/", duplicates.search, name="duplicate-search"),
    path(f"{_VILLAGE}<uuid:pair_uuid>/", duplicates.show, name="duplicate"),
    path(_WAVE, wave_duplicates.index, name="wave-duplicates"),
    path(f"{_WAVE}cari/", wave_duplicates.search, name="wave-duplicate-search"),
    path(f"{_WAVE}<uuid:pair_uuid>/", wave_duplicates.show, name="wave-duplicate"),
    path(f"{_WAVE}<uuid:pair_uuid>/tanya/", wave_duplicates.ask, name="wave-duplicate-ask"),
]
