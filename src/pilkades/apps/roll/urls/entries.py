"""Addresses of the roll itself: its way, its voters, its lists, and coklit."""

from django.urls import path

from pilkades.apps.roll.views import entries, entry_acts, lists, lock, stages, visits

_HOME = "ruang/<str:village_code>/dpt/"
_ENTRIES = f"{_HOME}pemilih/"
_ENTRY = f"{_ENTRIES}<uuid:entry_uuid>/"
_VISITS = f"{_HOME}coklit/"
_VISIT = f"{_VISITS}<uuid:entry_uuid>/"

urlpatterns = [
    path(_HOME, stages.home, name="home"),
    path(f"{_HOME}tahap/<slug:slug>/", stages.act, name="stage-act"),
    path(f"{_HOME}kunci/usul/", lock.propose, name="lock-propose"),
    path(f"{_HOME}kunci/tarik/", lock.withdraw, name="lock-withdraw"),
    path(f"{_HOME}kunci/sahkan/", lock.confirm, name="lock-confirm"),
    path(f"{_HOME}jumlah/", stages.totals, name="totals"),
    path(f"{_HOME}daftar/", lists.index, name="lists"),
    path(f"{_HOME}daftar/<slug:check>/", lists.show, name="list"),
    path(_ENTRIES, entries.index, name="entries"),
    path(f"{_ENTRIES}cari/", entries.search, name="entry-search"),
    path(f"{_ENTRIES}baru/", entry_acts.new, name="entry-new"),
    path(_ENTRY, entries.show, name="entry"),
    path(f"{_ENTRY}perbaiki/", entry_acts.correct, name="entry-correct"),
    path(f"{_ENTRY}coret/", entry_acts.remove, name="entry-remove"),
    path(f"{_ENTRY}pulihkan/", entry_acts.restore, name="entry-restore"),
    path(f"{_ENTRY}catatan/", entry_acts.annotate, name="entry-annotate"),
    path(f"{_ENTRY}lihat/", entries.reveal, name="entry-reveal"),
    path(_VISITS, visits.index, name="visits"),
    path(f"{_VISITS}wilayah/", visits.area, name="visit-area"),
    path(f"{_VISITS}baru/", visits.newcomer, name="visit-newcomer"),
    path(f"{_VISIT}catat/", visits.record, name="visit-record"),
    path(f"{_VISIT}tidak-ada/", visits.not_found, name="visit-not-found"),
    path(f"{_VISIT}perbaiki/", visits.correct, name="visit-correct"),
]
