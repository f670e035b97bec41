"""Addresses of prints and invitations."""

from django.urls import path, re_path

from pilkades.apps.roll.views import papers

_ROLL = "ruang/<str:village_code>/dpt/"

urlpatterns = [
    path(f"{_ROLL}cetak/", papers.index, name="papers"),
    re_path(
        r"^ruang/(?P<village_code>[0-9.]+)/dpt/pleno-(?P<kind>dps|dpt)\.pdf$",
        papers.minutes,
        name="minutes",
    ),
    path(f"{_ROLL}undangan/", papers.invitations, name="invitations"),
    path(f"{_ROLL}undangan/<uuid:entry_uuid>/", papers.deliver, name="invitation"),
]
