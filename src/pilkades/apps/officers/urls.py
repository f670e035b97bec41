"""Addresses of the officers app, below the workspace of a village."""

from django.urls import path

from pilkades.apps.officers.views import (
    agents,
    attendance,
    decrees,
    honorarium,
    officers,
    teams,
)

app_name = "officers"
ROOM = "ruang/<str:village_code>/petugas/"

urlpatterns = [
    path(ROOM, teams.index, name="index"),
    path(f"{ROOM}benturan/", teams.conflicts, name="conflicts"),
    path(f"{ROOM}sk/", decrees.index, name="decrees"),
    path(f"{ROOM}sk/usul/", decrees.propose, name="decree-propose"),
    path(f"{ROOM}sk/<uuid:decree_uuid>/tetapkan/", decrees.issue, name="decree-issue"),
    path(f"{ROOM}sk/<uuid:decree_uuid>/tarik/", decrees.withdraw, name="decree-withdraw"),
    path(f"{ROOM}sk/<uuid:decree_uuid>/cetak/", decrees.paper, name="decree-paper"),
    path(f"{ROOM}sk/<uuid:decree_uuid>/pindaian/", decrees.scan, name="decree-scan"),
    path(f"{ROOM}honorarium/", honorarium.honorarium, name="honorarium"),
    path(f"{ROOM}honorarium/tarif/", honorarium.rates, name="rates"),
    path(f"{ROOM}honorarium/cetak/", honorarium.honorarium_paper, name="honorarium-paper"),
    path(f"{ROOM}honorarium/kuitansi/", honorarium.receipts_paper, name="receipts-paper"),
    path(f"{ROOM}tps/<uuid:station_uuid>/", teams.team, name="team"),
    path(f"{ROOM}tps/<uuid:station_uuid>/isi/<str:seat>/", officers.name, name="name"),
    path(f"{ROOM}tps/<uuid:station_uuid>/sumpah/", decrees.oath, name="oath"),
    path(f"{ROOM}tps/<uuid:station_uuid>/sumpah/cetak/", decrees.oath_paper, name="oath-paper"),
    path(f"{ROOM}tps/<uuid:station_uuid>/kehadiran/", attendance.attendance, name="attendance"),
    path(
        f"{ROOM}tps/<uuid:station_uuid>/kehadiran/cetak/",
        attendance.attendance_paper,
        name="attendance-paper",
    ),
    path(f"{ROOM}hadir/<uuid:stay_uuid>/pulang/", attendance.leave, name="leave"),
    path(f"{ROOM}hadir/<uuid:stay_uuid>/batal/", attendance.cancel, name="cancel-stay"),
    path(f"{ROOM}orang/<uuid:officer_uuid>/", officers.show, name="officer"),
    path(f"{ROOM}orang/<uuid:officer_uuid>/tampilkan/", officers.reveal, name="reveal"),
    path(f"{ROOM}orang/<uuid:officer_uuid>/identitas/", officers.correct, name="correct"),
    path(f"{ROOM}orang/<uuid:officer_uuid>/pernyataan/", officers.answers, name="answers"),
    path(f"{ROOM}orang/<uuid:officer_uuid>/keluarga/", officers.kinship, name="kinship"),
    path(
        f"{ROOM}orang/<uuid:officer_uuid>/peringatan/<slug:code>/", officers.accept, name="accept"
    ),
    path(f"{ROOM}orang/<uuid:officer_uuid>/keluarkan/", officers.remove, name="remove"),
    path(f"{ROOM}orang/<uuid:officer_uuid>/ganti/", officers.substitute, name="substitute"),
    path(f"{ROOM}orang/<uuid:officer_uuid>/datang/", attendance.arrive, name="arrive"),
    path(f"{ROOM}orang/<uuid:officer_uuid>/bayar/", honorarium.pay, name="pay"),
    path("ruang/<str:village_code>/saksi/", agents.index, name="agents"),
    path("ruang/<str:village_code>/saksi/daftar/", agents.register, name="agent-register"),
    path("ruang/<str:village_code>/saksi/<uuid:agent_uuid>/", agents.show, name="agent"),
    path(
        "ruang/<str:village_code>/saksi/<uuid:agent_uuid>/tampilkan/",
        agents.reveal,
        name="agent-reveal",
    ),
    path(
        "ruang/<str:village_code>/saksi/<uuid:agent_uuid>/ganti/",
        agents.replace,
        name="agent-replace",
    ),
    path(
        "ruang/<str:village_code>/saksi/<uuid:agent_uuid>/tarik/",
        agents.withdraw,
        name="agent-withdraw",
    ),
    path(
        "ruang/<str:village_code>/saksi/<uuid:agent_uuid>/sumpah/",
        agents.oath,
        name="agent-oath",
    ),
    path(
        "ruang/<str:village_code>/saksi/<uuid:agent_uuid>/mandat/",
        agents.mandate_scan,
        name="agent-mandate",
    ),
    path(
        "ruang/<str:village_code>/saksi/<uuid:agent_uuid>/mandat/cetak/",
        agents.mandate_paper,
        name="mandate-paper",
    ),
    path(
        "ruang/<str:village_code>/saksi/tps/<uuid:station_uuid>/cetak/",
        agents.list_paper,
        name="agent-list-paper",
    ),
]
