"""Addresses of the regions."""

from django.urls import path

from pilkades.apps.regions import views

app_name = "regions"
urlpatterns = [
    path("", views.search, name="search"),
]
