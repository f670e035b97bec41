"""Addresses of the design app."""

from django.urls import path

from pilkades.apps.design import views

app_name = "design"
urlpatterns = [
    path("tampilan/", views.set_preferences, name="preferences"),
    path("gaya/", views.gallery, name="gallery"),
    path("gaya/segel/", views.gallery_confirmation, name="gallery-confirmation"),
]
