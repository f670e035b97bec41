"""Addresses for everybody."""

from django.urls import path

from pilkades.apps.elections.views import public, public_acts, visitors

_CODE = "desa/<str:village_code>/"

urlpatterns = [
    path("", visitors.home, name="home"),
    path("gelombang/<uuid:wave_uuid>/", visitors.wave, name="public-wave"),
    path(_CODE, public.village, name="public-village"),
    path(f"{_CODE}data.json", public.data_json, name="public-data"),
    path(f"{_CODE}tahapan.csv", public.data_csv, name="public-steps-csv"),
    path(f"{_CODE}data/<slug:table>.csv", public.data_table, name="public-table-csv"),
    path(f"{_CODE}pengumuman.pdf", public.paper, name="public-paper"),
    path(f"{_CODE}masukan/<uuid:candidacy_uuid>/", public_acts.complain, name="public-complain"),
    path(f"{_CODE}seleksi/", public_acts.scores, name="public-scores"),
    path(f"{_CODE}undian/", public_acts.drawing, name="public-drawing"),
    path("tanda-terima/<slug:code>/", public_acts.receipt, name="public-receipt"),
    path("calon/<uuid:candidacy_uuid>/foto", public.photo, name="public-photo"),
]
