"""Addresses of the documents app."""

from django.urls import path

from pilkades.apps.documents import views

app_name = "documents"
urlpatterns = [
    path("gaya/kertas/", views.sample_paper, name="sample"),
]
