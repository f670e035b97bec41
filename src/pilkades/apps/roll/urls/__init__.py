"""Addresses of the roll, one module per subject."""

from django.urls import URLPattern, URLResolver

from pilkades.apps.roll.urls import citizen, duplicates, imports, papers

app_name = "roll"
urlpatterns: list[URLPattern | URLResolver] = [
    *citizen.urlpatterns,
    *imports.urlpatterns,
    *duplicates.urlpatterns,
    *papers.urlpatterns,
]
