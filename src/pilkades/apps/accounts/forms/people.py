"""Inviting people, giving roles, and setting the first password."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pilkades.apps.accounts.models import USERNAME_PATTERN, User
from pilkades.apps.accounts.roles import Role
from pilkades.apps.design.widgets import DateInput


class GrantForm(forms.Form):
    """A role in the region that was chosen before, its decree and its end."""

    role = forms.ChoiceField(label=_("Peran"))
    decree = forms.CharField(
        label=_("Nomor SK"), required=False, max_length=120, help_text=_("Bila sudah ada.")
    )
    valid_to = forms.DateField(
        label=_("Berlaku sampai"),
        required=False,
        widget=DateInput(),
        help_text=_("Kosongkan bila sampai dicabut."),
    )

    def __init__(self, *args: Any, roles: Iterable[Role], now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        field = self.fields["role"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(role.value, role.label) for role in roles]

    def clean_role(self) -> Role:
        """The chosen role as a `Role`."""
        return Role(self.cleaned_data["role"])

    def clean_valid_to(self) -> datetime | None:
        """The end of the chosen day in the installation's own zone; it lies ahead."""
        day = self.cleaned_data["valid_to"]
        if day is None:
            return None
        end = timezone.make_aware(datetime.combine(day, time.max))
        if end <= self.now:
            raise forms.ValidationError(_("Tanggal ini sudah lewat."))
        return end


class InviteForm(GrantForm):
    """Who the person is, and the first role."""

    full_name = forms.CharField(
        label=_("Nama lengkap"), max_length=160, help_text=_("Seperti pada KTP-el atau SK.")
    )
    username = forms.CharField(
        label=_("Nama pengguna"),
        max_length=64,
        help_text=_("Untuk masuk. Huruf kecil, angka, titik; tanpa spasi."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    email = forms.EmailField(label=_("Surel"), required=False)
    field_order = ("full_name", "username", "email", "role", "decree", "valid_to")

    def clean_username(self) -> str:
        """One spelling: lower case."""
        username = str(self.cleaned_data["username"]).strip().lower()
        RegexValidator(
            USERNAME_PATTERN,
            _("Pakai 3 sampai 64 huruf kecil, angka, titik, garis bawah atau tanda hubung."),
        )(username)
        return username

    def clean_email(self) -> str:
        """One spelling: lower case."""
        return str(self.cleaned_data["email"]).strip().lower()


class RevokeForm(forms.Form):
    """Why a role ends."""

    reason = forms.CharField(
        label=_("Alasan"),
        max_length=300,
        help_text=_("Misalnya: SK penggantian, mengundurkan diri."),
    )


class FirstPasswordForm(forms.Form):
    """A password twice, judged against the person it belongs to."""

    password = forms.CharField(
        label=_("Kata sandi baru"),
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Paling sedikit 10 karakter. Beberapa kata yang mudah Anda ingat itu baik."),
    )
    again = forms.CharField(
        label=_("Kata sandi baru, sekali lagi"),
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self) -> dict[str, Any]:
        """Both alike, and strong enough."""
        cleaned = super().clean() or {}
        first, again = cleaned.get("password"), cleaned.get("again")
        if first and again and first != again:
            self.add_error("again", _("Kedua kata sandi tidak sama. Ketik sekali lagi."))
        elif first:
            try:
                validate_password(first, self.user)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return cleaned
