"""Input of the pages about rules: shape only, the rules are judged by the services."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class DayInput(forms.DateInput):
    """A date as browsers offer it; the value is ISO whatever the language of the page."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class UploadForm(forms.Form):
    """A TOML file chosen by the official."""

    file = forms.FileField(
        label=_("Berkas paket aturan"),
        help_text=_(
            "Berkas TOML (.toml), paling besar 300 KB. Belum ada yang disimpan sebelum "
            "Anda menyetujui hasil pemeriksaan."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".toml,text/plain"}),
        error_messages={"empty": _("Berkas yang dipilih kosong. Pilih berkas paket aturan.")},
    )


class ProposeForm(forms.Form):
    """The text that was checked, sent back for saving."""

    source = forms.CharField(widget=forms.HiddenInput, strip=False, max_length=300_000)


class AdoptForm(forms.Form):
    """The day from which an adopted pack is in force, and the version the official saw."""

    effective_date = forms.DateField(
        label=_("Berlaku mulai"),
        widget=DayInput(),
        help_text=_("Gelombang yang sudah dibuat tetap memakai paket lamanya."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class VersionForm(forms.Form):
    """Only the version the official saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class ApproveForm(forms.Form):
    """Where the official read the value."""

    reference = forms.CharField(
        label=_("Dibaca di mana"),
        max_length=500,
        min_length=10,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Peraturan, nomor, pasal, ayat dan halaman tempat nilai ini dibaca."),
    )
    digest = forms.CharField(widget=forms.HiddenInput, min_length=64, max_length=64)


class FilterForm(forms.Form):
    """Search and filter of the list of rules."""

    cari = forms.CharField(label=_("Cari aturan atau pasal"), required=False, max_length=100)
    saring = forms.ChoiceField(
        label=_("Tampilkan"),
        required=False,
        choices=[("", _("Semua nilai")), ("verifikasi", _("Perlu verifikasi"))],
    )
