"""Addresses of people and roles, and of one's own account."""

from django.urls import path

from pilkades.apps.accounts.views import invite, mine, people, sign_in

app_name = "accounts"
urlpatterns = [
    path("akun/saya/", mine.show_mine, name="mine"),
    path("akun/aktivasi/<str:token>/", sign_in.activate, name="activate"),
    path("akun/simulasi/<uuid:uuid>/", sign_in.take_on_persona, name="take_on_persona"),
    path("orang/", people.list_people, name="people"),
    path("orang/undang/", invite.invite, name="invite"),
    path("orang/<uuid:uuid>/", people.show_person, name="person"),
    path("orang/<uuid:uuid>/peran/", invite.grant, name="grant"),
    path("orang/<uuid:uuid>/tautan/", people.issue_link, name="issue_link"),
    path("orang/<uuid:uuid>/aktif/", people.set_active, name="set_active"),
    path("orang/<uuid:uuid>/dua-langkah/", people.reset_second_factor, name="reset_second_factor"),
    path("peran/<uuid:uuid>/setujui/", people.confirm, name="confirm"),
    path("peran/<uuid:uuid>/cabut/", people.revoke, name="revoke"),
]
