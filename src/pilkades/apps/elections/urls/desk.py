"""Addresses of the regency's desk, the inboxes and the calendars."""

from django.urls import path

from pilkades.apps.elections.views import (
    board,
    calendar,
    course,
    decree,
    inbox,
    stages,
    waves,
    whatif,
)

_WAVE = "panitia/gelombang/<uuid:wave_uuid>/"
_VILLAGE = "panitia/desa/<uuid:election_uuid>/"

urlpatterns = [
    path("panitia/", waves.home, name="desk"),
    path("panitia/gelombang/baru/", waves.create, name="wave-create"),
    path(_WAVE, waves.show, name="wave"),
    path(f"{_WAVE}desa/", waves.villages, name="wave-villages"),
    path(f"{_WAVE}tutup/", waves.close, name="wave-close"),
    path(f"{_WAVE}papan/", board.show, name="wave-board"),
    path(f"{_WAVE}alarm/", board.alarms, name="wave-alarms"),
    path(f"{_WAVE}kalender/", calendar.show, name="wave-calendar"),
    path(f"{_WAVE}kalender/alamat/", calendar.renew, name="wave-feed"),
    path(f"{_WAVE}andai/", whatif.show, name="wave-whatif"),
    path(f"{_WAVE}andai/tetapkan/", whatif.apply, name="wave-schedule"),
    path(f"{_WAVE}sk/", decree.show, name="wave-decree"),
    path(f"{_WAVE}sk/lampiran.pdf", decree.draft, name="decree-draft"),
    path(f"{_WAVE}sk/<uuid:decree_uuid>.pdf", decree.paper, name="decree-paper"),
    path(f"{_WAVE}sk/<uuid:decree_uuid>.json", decree.content, name="decree-content"),
    path(_VILLAGE, stages.show, name="village-timetable"),
    path(f"{_VILLAGE}tahapan/<str:step_id>/", stages.step, name="village-step"),
    path(f"{_VILLAGE}tahapan/<str:step_id>/perpanjang/", stages.extend, name="village-extend"),
    path(f"{_VILLAGE}jalur/", course.show, name="village-course"),
    path(f"{_VILLAGE}jalur/<slug:act>/", course.act, name="village-course-act"),
    path("kotak-masuk/", inbox.show, name="inbox"),
    path("kotak-masuk/<uuid:item_uuid>/selesai/", inbox.finish, name="inbox-finish"),
    path("kalender/<uuid:feed_uuid>/<slug:token>.ics", calendar.private_feed, name="feed"),
    path("jadwal/<str:village_code>.ics", calendar.public_feed, name="village-feed"),
]
