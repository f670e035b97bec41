"""The demo as a Django app: it has one page, the guide for its visitors."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "pilkades.demo"
    label = "demo"

    def ready(self) -> None:
        """Events about its people carry the demo's clock."""
        from pilkades.apps.accounts.event_clock import register_moment_finder
        from pilkades.demo.moments import find_moment

        register_moment_finder(find_moment)
