"""Addresses of the logistics: below the village's workspace, and the short one in a QR."""

from django.urls import path

from pilkades.apps.logistics.views import (
    budget,
    home,
    materials,
    outreach,
    packages,
    scan,
    venues,
)

app_name = "logistics"
_ROOT = "ruang/<str:village_code>/logistik/"
_VENUE = f"{_ROOT}tempat/<uuid:venue_uuid>/"
_PACKAGE = f"{_ROOT}paket/<uuid:package_uuid>/"

urlpatterns = [
    path(_ROOT, home.home, name="home"),
    path(f"{_ROOT}tempat/", venues.index, name="venues"),
    path(_VENUE, venues.show, name="venue"),
    path(f"{_VENUE}survei/", venues.survey, name="survey"),
    path(f"{_VENUE}tetapkan/", venues.approve, name="approve"),
    path(f"{_VENUE}denah/", venues.layout, name="layout"),
    path(f"{_VENUE}denah.pdf", venues.layout_paper, name="layout-paper"),
    path(f"{_VENUE}foto/", venues.photo_new, name="photo-new"),
    path(f"{_VENUE}foto/<uuid:photo_uuid>", venues.photo, name="photo"),
    path(f"{_ROOT}kebutuhan/", materials.materials, name="materials"),
    path(f"{_ROOT}kebutuhan/perkiraan/", materials.estimate, name="estimate"),
    path(f"{_ROOT}persediaan/", materials.supplies, name="supplies"),
    path(f"{_ROOT}persediaan/catat/", materials.delivery_new, name="delivery-new"),
    path(
        f"{_ROOT}persediaan/<uuid:delivery_uuid>/datang/",
        materials.delivery_arrived,
        name="delivery-arrived",
    ),
    path(f"{_ROOT}anggaran/", budget.show, name="budget"),
    path(f"{_ROOT}anggaran/harga/", budget.prices, name="prices"),
    path(f"{_ROOT}anggaran/rab.pdf", budget.paper, name="budget-paper"),
    path(f"{_ROOT}paket/", packages.index, name="packages"),
    path(f"{_ROOT}paket/susun/", packages.prepare, name="prepare"),
    path(f"{_ROOT}paket/daftar-isi.pdf", packages.packing_paper, name="packing-paper"),
    path(f"{_ROOT}paket/label.pdf", packages.labels_paper, name="labels-paper"),
    path(f"{_ROOT}paket/kembali/", packages.returns, name="returns"),
    path(_PACKAGE, packages.show, name="package"),
    path(f"{_PACKAGE}hitung/", packages.count, name="count"),
    path(f"{_PACKAGE}serah-terima-<int:serial>.pdf", packages.handover_paper, name="handover"),
    path(f"{_ROOT}pindai/", scan.find, name="find"),
    path("paket/<uuid:code>/", scan.scan, name="scan"),
    path("paket/<uuid:code>/<slug:slug>/", scan.act, name="act"),
    path(f"{_ROOT}sosialisasi/", outreach.show, name="outreach"),
    path(f"{_ROOT}sosialisasi/catat/", outreach.meeting_new, name="meeting-new"),
    path(
        f"{_ROOT}sosialisasi/<uuid:meeting_uuid>/tarik/",
        outreach.meeting_withdraw,
        name="meeting-withdraw",
    ),
    path(f"{_ROOT}sosialisasi/contoh-surat-suara.pdf", outreach.specimen, name="specimen"),
    path(f"{_ROOT}sosialisasi/cara-memilih.pdf", outreach.instructions, name="instructions"),
    path(f"{_ROOT}sosialisasi/naskah-suara/", outreach.script, name="script"),
]
