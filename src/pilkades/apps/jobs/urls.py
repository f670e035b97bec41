"""Addresses of long work."""

from django.urls import path

from pilkades.apps.jobs import views

app_name = "jobs"
urlpatterns = [
    path("<uuid:job_uuid>/", views.show, name="show"),
    path("<uuid:job_uuid>/kemajuan/", views.show, name="progress"),
    path("<uuid:job_uuid>/batal/", views.cancel, name="cancel"),
    path("<uuid:job_uuid>/hasil/", views.download, name="download"),
]
