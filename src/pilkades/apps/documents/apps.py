"""The documents app: papers, QR codes and spreadsheets. It owns no table."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "pilkades.apps.documents"
    label = "documents"
