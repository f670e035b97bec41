"""Addresses of oversight: `/jejak-audit/`."""

from django.urls import path

from pilkades.apps.oversight import views

app_name = "oversight"
urlpatterns = [path("", views.show_trail, name="trail")]
