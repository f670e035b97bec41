"""Addresses of the roll, one module per subject."""

from django.urls import URLPattern, URLResolver

app_name = "roll"
urlpatterns: list[URLPattern | URLResolver] = []
