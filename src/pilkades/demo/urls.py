"""Addresses of the demo; they answer 404 where there is none."""

from django.urls import path

from pilkades.demo import views

app_name = "demo"
urlpatterns = [path("", views.guide, name="guide")]
