"""Addresses of the public ledger."""

from django.urls import path

from pilkades.apps.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.show_ledger, name="ledger"),
    path("checkpoint", views.show_checkpoint, name="checkpoint"),
    path("kunci", views.show_key, name="key"),
    path("entri", views.list_entries, name="entries"),
    path("bukti/<int:index>", views.show_inclusion_proof, name="inclusion"),
    path("konsistensi", views.show_consistency_proof, name="consistency"),
    path("unduh", views.download_bundle, name="bundle"),
]
