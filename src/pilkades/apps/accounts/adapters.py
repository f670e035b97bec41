"""What allauth asks this system: who may try, what is said, what is encrypted."""

import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pilkades.apps.accounts import services
from pilkades.apps.accounts.addresses import get_address, get_network
from pilkades.apps.accounts.devices import get_device, remember_device
from pilkades.apps.accounts.models import User
from pilkades.apps.accounts.second_factor import is_required_of
from pilkades.apps.accounts.selectors import find_user_by_login
from pilkades.apps.accounts.services.sign_in import TooManyAttemptsError
from pilkades.apps.design import clock
from pilkades.apps.design.texts import translate
from pilkades.apps.documents.services import qr_svg
from pilkades.apps.vault.keys import get_key_ring
from pilkades.apps.vault.sealing import NONCE_BYTES, seal, unseal

WAIT_CODE = "sign-in.wait"
_TOTP_PLACE = b"mfa.authenticator"


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by those who were invited; guesses are slowed per account and place."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Akun ini sedang dinonaktifkan."),
        "email_password_mismatch": _("Surel atau kata sandi tidak cocok. Periksa lalu coba lagi."),
        "username_password_mismatch": _(
            "Nama pengguna atau kata sandi tidak cocok. Periksa huruf besar dan kecil, lalu coba "
            "lagi."
        ),
        "enter_current_password": _("Kata sandi sekarang tidak cocok."),
        "incorrect_code": _("Kode tidak cocok. Tunggu kode berikutnya, lalu coba lagi."),
        "incorrect_password": _("Kata sandi tidak cocok."),
        "invalid_login": _("Nama pengguna atau surel tidak dikenal."),
        "rate_limited": _("Terlalu banyak percobaan. Tunggu lima menit, lalu coba lagi."),
        "too_many_login_attempts": _(
            "Terlalu banyak percobaan. Tunggu lima menit, lalu coba lagi."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account alone."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address of the connection; behind a socket of this machine there is none."""
        return get_address(request)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Count the guess, look at the password, take the count back when it was right."""
        login = str(credentials.get("username") or credentials.get("email") or "")
        # Waits are real time, also where the demo holds its clock still.
        user, now = find_user_by_login(login), timezone.now()
        device = get_device(request, user.pk) if user else ""
        try:
            bucket = services.begin_attempt(
                user=user, login=login, device=device, place=get_network(request), now=now
            )
        except TooManyAttemptsError as wait:
            raise ValidationError(
                translate(wait.text), code=WAIT_CODE, params={"seconds": wait.wait_seconds}
            ) from wait
        found: AbstractBaseUser | None = super().authenticate(request, **credentials)
        if found:
            services.record_success(bucket=bucket)
        else:
            services.record_failure(user=user, bucket=bucket, now=now)
        return found

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Counted in `authenticate`, in the database, where a restart does not forget it."""

    def post_login(
        self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any
    ) -> HttpResponse:
        """Remember this browser as one that knows the account."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        remember_device(request, response, user.pk)
        return response


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors: secrets under the vault's key, our words, and none dropped that must stay."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("Kode atau kunci tidak cocok. Coba sekali lagi."),
        "cannot_delete_authenticator": _(
            "Peran Anda mewajibkan verifikasi dua langkah. Pasang yang baru dahulu, baru lepaskan "
            "yang ini."
        ),
        "cannot_generate_recovery_codes": _(
            "Pasang dahulu aplikasi autentikator atau kunci, baru buat kode cadangan."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret that is stored in allauth's own table."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return seal(
            ring=get_key_ring(), plaintext=text.encode(), associated=_TOTP_PLACE, nonce=nonce
        )

    def decrypt(self, encrypted_text: str) -> str:
        """Open what `encrypt` sealed."""
        opened = unseal(ring=get_key_ring(), sealed=encrypted_text, associated=_TOTP_PLACE)
        return opened.decode()

    def get_totp_issuer(self) -> str:
        """What the authenticator app shows above the code."""
        return "Pilkades"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The site that a passkey belongs to, by its host."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Pilkades"}

    def build_totp_svg(self, url: str) -> str:
        """The QR code that the app scans."""
        return qr_svg(url)

    def generate_authenticator_name(self, user: AbstractBaseUser, type: str) -> str:  # noqa: A002
        """A name for a key that nobody named."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return gettext("Kunci {number}").format(number=count + 1)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last second factor of a role that must have one stays."""
        user = authenticator.user
        others = Authenticator.objects.filter(
            user_id=user.pk, type__in=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
        ).exclude(pk=authenticator.pk)
        if (
            others.exists()
            or not isinstance(user, User)
            or not settings.PILKADES_SECOND_FACTOR_ROLES
        ):
            return True
        return not is_required_of(user, now=clock.now())
