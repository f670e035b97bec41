"""Addresses of the rules: `/aturan/…`."""

from django.urls import path

from pilkades.apps.regulations.views import desk, library

app_name = "regulations"
urlpatterns = [
    path("", library.index, name="index"),
    path("pasal/", library.article, name="article"),
    path("bandingkan/", library.compare, name="compare"),
    path("usul/", desk.upload, name="upload"),
    path("usul/simpan/", desk.propose, name="propose"),
    path("versi/<uuid:pack_uuid>/", library.version, name="version"),
    path("versi/<uuid:pack_uuid>/sumber.toml", library.source, name="source"),
    path("versi/<uuid:pack_uuid>/tetapkan/", desk.adopt, name="adopt"),
    path("versi/<uuid:pack_uuid>/tarik/", desk.withdraw, name="withdraw"),
    path("versi/<uuid:pack_uuid>/<str:slug>/sahkan/", desk.approve, name="approve"),
    path("versi/<uuid:pack_uuid>/<str:slug>/", library.version_rule, name="version-rule"),
    path("<slug:pack_id>/<str:slug>/", library.rule, name="rule"),
]
