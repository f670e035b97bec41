"""All addresses. Words of the address are Indonesian; each app lists its own below a prefix."""

from django.urls import URLPattern, URLResolver, include, path

from pilkades.config.api import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("pilkades.apps.design.urls")),
    path("", include("pilkades.apps.documents.urls")),
    path("hubungkan/", include("pilkades.apps.installation.urls")),
    path("jejak-audit/", include("pilkades.apps.oversight.urls")),
    path("ledger/", include("pilkades.apps.audit.urls")),
    path("akun/", include("pilkades.apps.accounts.sign_in_urls")),
    path("", include("pilkades.apps.accounts.urls")),
    path("aturan/", include("pilkades.apps.regulations.urls")),
    path("pekerjaan/", include("pilkades.apps.jobs.urls")),
    path("", include("pilkades.apps.elections.urls")),
    path("", include("pilkades.apps.officers.urls")),
    path("", include("pilkades.apps.roll.urls")),
    path("", include("pilkades.apps.logistics.urls")),
    path("wilayah/", include("pilkades.apps.regions.urls")),
    path("peragaan/", include("pilkades.demo.urls")),
    path("api/v1/", api.urls),
]

handler400 = "pilkades.config.errors.bad_request"
handler403 = "pilkades.config.errors.forbidden"
handler404 = "pilkades.config.errors.not_found"
handler500 = "pilkades.config.errors.server_error"
