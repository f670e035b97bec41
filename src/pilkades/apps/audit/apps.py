"""Configuration of the audit app."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    """Jejak audit: every write's event, the Merkle tree over them, signed checkpoints."""

    name = "pilkades.apps.audit"
    verbose_name = _("Jejak audit")

    def ready(self) -> None:
        post_migrate.connect(_lock_tables, sender=self)


def _lock_tables(*, using: str, **_kwargs: Any) -> None:
    # After every migrate, because SQLite drops triggers when a table is rebuilt.
    from pilkades.apps.audit.append_only import lock_tables

    lock_tables(using=using)
