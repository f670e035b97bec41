"""Addresses of the design app."""

from django.urls import path

from pilkades.apps.design import views

app_name = "design"
urlpatterns = [
    path("tampilan/", views.set_preferences, name="preferences"),
]
