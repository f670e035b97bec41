"""The forms of signing in and of the second step, in our words; allauth judges what is typed."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ConfirmCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

CODE_ATTRIBUTES = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}


def _describe(field: forms.Field, *, label: Any, help_text: Any = "", **attributes: Any) -> None:
    """Put our words on a field; the label stands above it, so nothing is written inside."""
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attributes)


class SignInForm(LoginForm):
    """Username or mail address, and the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _describe(
            self.fields["login"],
            label=_("Nama pengguna atau surel"),
            autocomplete="username",
            autocapitalize="none",
            spellcheck="false",
        )
        _describe(self.fields["password"], label=_("Kata sandi"))


class ConfirmPasswordForm(ReauthenticateForm):
    """The password once more, before a change of what protects the account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _describe(self.fields["password"], label=_("Kata sandi Anda"), autofocus=True)


class NewPasswordForm(ChangePasswordForm):
    """The present password and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _describe(self.fields["oldpassword"], label=_("Kata sandi sekarang"))
        _describe(
            self.fields["password1"],
            label=_("Kata sandi baru"),
            help_text=_(
                "Paling sedikit 10 karakter. Beberapa kata yang mudah Anda ingat itu baik."
            ),
        )
        _describe(self.fields["password2"], label=_("Kata sandi baru, sekali lagi"))


class SecondStepForm(AuthenticateForm):
    """The code of the app, or a spare code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _describe(
            self.fields["code"],
            label=_("Kode dari aplikasi"),
            help_text=_("Enam angka dari aplikasi autentikator, atau satu kode cadangan."),
            **CODE_ATTRIBUTES,
        )


class SecondStepAgainForm(ConfirmCodeForm):
    """A code once more, before a change of what protects the account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _describe(self.fields["code"], label=_("Kode dari aplikasi"), **CODE_ATTRIBUTES)


class AddAppForm(ActivateTOTPForm):
    """The first code of a newly scanned app proves that it was scanned."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        attributes = {key: value for key, value in CODE_ATTRIBUTES.items() if key != "autofocus"}
        _describe(self.fields["code"], label=_("Enam angka yang tampil di aplikasi"), **attributes)


class AddPasskeyForm(AddWebAuthnForm):
    """The name of a new passkey, and whether it opens the account by itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _describe(
            self.fields["name"],
            label=_("Nama kunci"),
            help_text=_("Supaya Anda mengenalinya nanti, misalnya: HP Bu Sari."),
        )
        self.fields["passwordless"].initial = True
        _describe(
            self.fields["passwordless"],
            label=_("Dapat dipakai masuk tanpa kata sandi"),
            help_text=_("HP atau laptop akan meminta sidik jari, wajah, atau PIN Anda."),
        )


class RenamePasskeyForm(EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _describe(self.fields["name"], label=_("Nama kunci"))
