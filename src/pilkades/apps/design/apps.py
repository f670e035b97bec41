"""The design app: page frame, components, formats of dates and numbers. It owns no table."""

from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "pilkades.apps.design"
    label = "design"
