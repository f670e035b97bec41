"""Addresses of the stations, of the division of the voters, and of moves by hand."""

from django.urls import path

from pilkades.apps.roll.views import allocation, moves, stations

_HOME = "ruang/<str:village_code>/dpt/tps/"

urlpatterns = [
    path(_HOME, stations.index, name="stations"),
    path(f"{_HOME}tempat/", stations.add_venue, name="venue-add"),
    path(f"{_HOME}tempat/<uuid:venue_uuid>/", stations.change_venue, name="venue"),
    path(f"{_HOME}tempat/<uuid:venue_uuid>/hapus/", stations.remove_venue, name="venue-remove"),
    path(f"{_HOME}tambah/", stations.add_stations, name="station-add"),
    path(f"{_HOME}pembagian/", allocation.ask, name="allocation"),
    path(f"{_HOME}pembagian/usulan/", allocation.proposal, name="proposal"),
    path(f"{_HOME}pembagian/<uuid:proposal_uuid>/", allocation.proposal, name="proposal-one"),
    path(f"{_HOME}papan/", moves.board, name="board"),
    path(f"{_HOME}pemilih/", moves.rt_voters, name="rt-voters"),
    path(f"{_HOME}pindah/", moves.move, name="move"),
    path(f"{_HOME}<uuid:station_uuid>/", stations.change_station, name="station"),
    path(f"{_HOME}<uuid:station_uuid>/hapus/", stations.remove_station, name="station-remove"),
    path(f"{_HOME}<uuid:station_uuid>/kotak/", stations.add_boxes, name="station-boxes"),
]
