"""Addresses of the roll, one module per subject."""

from django.urls import URLPattern, URLResolver

from pilkades.apps.roll.urls import citizen, duplicates, entries, imports, papers, stations

app_name = "roll"
urlpatterns: list[URLPattern | URLResolver] = [
    *citizen.urlpatterns,
    *entries.urlpatterns,
    *imports.urlpatterns,
    *duplicates.urlpatterns,
    *papers.urlpatterns,
    *stations.urlpatterns,
]
