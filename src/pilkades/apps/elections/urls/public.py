"""Addresses for everybody."""

from django.urls import path

from pilkades.apps.elections.views import public

_CODE = "desa/<str:village_code>/"

urlpatterns = [
    path(_CODE, public.village, name="public-village"),
    path(f"{_CODE}data.json", public.data_json, name="public-data"),
    path(f"{_CODE}tahapan.csv", public.data_csv, name="public-steps-csv"),
    path(f"{_CODE}pengumuman.pdf", public.paper, name="public-paper"),
    path("calon/<uuid:candidacy_uuid>/foto", public.photo, name="public-photo"),
]
