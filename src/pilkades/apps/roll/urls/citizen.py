"""Addresses of what citizens ask and report, and of the committee's answers."""

from django.urls import path

from pilkades.apps.roll.views import citizen, reports

_REPORT = "ruang/<str:village_code>/dpt/laporan/"

urlpatterns = [
    path("cek-dpt/", citizen.look_up, name="look-up"),
    path("desa/<str:village_code>/cek-dpt/", citizen.look_up, name="village-look-up"),
    path("desa/<str:village_code>/lapor-dpt/", citizen.report, name="report"),
    path("laporan-dpt/<slug:ticket>/", citizen.follow, name="follow"),
    path(_REPORT, reports.index, name="reports"),
    path(f"{_REPORT}<uuid:report_uuid>/", reports.show, name="report-file"),
    path(f"{_REPORT}<uuid:report_uuid>/dokumen/", reports.document, name="report-document"),
]
