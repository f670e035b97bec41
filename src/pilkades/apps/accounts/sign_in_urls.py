"""Addresses of signing in, under the names by which allauth finds them.

Only what this system uses is mounted: no sign-up, no mail addresses, no reset by mail.
"""

from allauth.account import views as account
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as keys
from django.contrib.auth.decorators import login_required
from django.urls import path

from pilkades.apps.accounts.views.sign_in import SignInView

urlpatterns = [
    path("masuk/", SignInView.as_view(), name="account_login"),
    path("masuk/kunci/", keys.login_webauthn, name="mfa_login_webauthn"),
    path("masuk/langkah-kedua/", second_step.authenticate, name="mfa_authenticate"),
    path("keluar/", account.logout, name="account_logout"),
    path("nonaktif/", account.account_inactive, name="account_inactive"),
    path("kata-sandi/", login_required(account.password_change), name="account_change_password"),
    path(
        "kata-sandi/baru/",
        login_required(
            account.PasswordSetView.as_view(template_name="account/password_change.html")
        ),
        name="account_set_password",
    ),
    path("pastikan/", account.reauthenticate, name="account_reauthenticate"),
    path("pastikan/kode/", second_step.reauthenticate, name="mfa_reauthenticate"),
    path("pastikan/kunci/", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("dua-langkah/", second_step.index, name="mfa_index"),
    path("dua-langkah/aplikasi/pasang/", app.activate_totp, name="mfa_activate_totp"),
    path("dua-langkah/aplikasi/lepas/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("dua-langkah/kunci/", keys.list_webauthn, name="mfa_list_webauthn"),
    path("dua-langkah/kunci/pasang/", keys.add_webauthn, name="mfa_add_webauthn"),
    path("dua-langkah/kunci/<int:pk>/lepas/", keys.remove_webauthn, name="mfa_remove_webauthn"),
    path("dua-langkah/kunci/<int:pk>/nama/", keys.edit_webauthn, name="mfa_edit_webauthn"),
    path("dua-langkah/kode/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "dua-langkah/kode/buat/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"
    ),
    path(
        "dua-langkah/kode/unduh/", codes.download_recovery_codes, name="mfa_download_recovery_codes"
    ),
]
