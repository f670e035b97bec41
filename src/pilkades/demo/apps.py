"""The demo as a Django app: it has one page, the guide for its visitors."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "pilkades.demo"
    label = "demo"
