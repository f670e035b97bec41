"""Addresses below `hubungkan/`."""

from django.urls import path

from pilkades.apps.installation import views

app_name = "installation"
urlpatterns = [
    path("", views.connect, name="connect"),
    path("otoritas.crt", views.authority, name="authority"),
    path("periksa/", views.device_check, name="device-check"),
]
