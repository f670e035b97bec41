"""Addresses of the elections app: the regency's desk, and the village."""

from pilkades.apps.elections.urls import desk, public, village

app_name = "elections"
urlpatterns = [
    *desk.urlpatterns,
    *public.urlpatterns,
    *village.urlpatterns,
]
