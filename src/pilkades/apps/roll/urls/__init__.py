"""Addresses of the roll, one module per subject."""

from django.urls import URLPattern, URLResolver

from pilkades.apps.roll.urls import citizen

app_name = "roll"
urlpatterns: list[URLPattern | URLResolver] = [
    *citizen.urlpatterns,
]
