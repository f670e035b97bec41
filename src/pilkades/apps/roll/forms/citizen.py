"""Shapes of what citizens ask and report, and of the committee's answer."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from pilkades.apps.design.widgets import DateInput
from pilkades.apps.elections.forms.desk import VersionedForm
from pilkades.apps.roll.models import ReportKind, ReportOutcome

NIK_DIGITS = 16


class LookUpForm(forms.Form):
    """NIK and day of birth; blanks and points between the digits are people's way of writing."""

    nik = forms.CharField(
        label=_("NIK"),
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("16 angka di KTP atau kartu keluarga (KK)."),
    )
    birth_date = forms.DateField(label=_("Tanggal lahir"), widget=DateInput())

    def clean_nik(self) -> str:
        """The sixteen digits."""
        digits = re.sub(r"[\s.\-]", "", self.cleaned_data["nik"])
        if not digits.isascii() or not digits.isdecimal() or len(digits) != NIK_DIGITS:
            raise forms.ValidationError(
                _("NIK terdiri dari 16 angka. Yang Anda isi %(count)s.") % {"count": len(digits)}
            )
        return digits


class ReportForm(forms.Form):
    """What a citizen reports about the roll; `website` is a trap for machines."""

    kind = forms.ChoiceField(
        label=_("Tentang apa"), choices=ReportKind.choices, widget=forms.RadioSelect
    )
    content = forms.CharField(
        label=_("Laporan Anda"),
        min_length=10,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Tulis apa yang keliru dan bagaimana seharusnya."),
    )
    document = forms.FileField(
        label=_("Foto KTP, KK atau surat keterangan"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,application/pdf"}),
        help_text=_("Boleh dikosongkan. Hanya dibaca panitia dan dihapus sesudah masa simpannya."),
    )
    reporter_name = forms.CharField(
        label=_("Nama Anda"), max_length=160, help_text=_("Hanya dibaca panitia.")
    )
    contact = forms.CharField(
        label=_("Nomor telepon atau alamat"),
        max_length=200,
        help_text=_("Untuk klarifikasi. Hanya dibaca panitia."),
    )
    website = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_website(self) -> str:
        """People do not see this field; whoever fills it is a machine."""
        value: str = self.cleaned_data["website"]
        if value:
            raise forms.ValidationError(_("Formulir ini tidak dikirim. Kosongkan dan coba lagi."))
        return value


class AnswerReportForm(VersionedForm):
    """What the committee found."""

    outcome = forms.ChoiceField(
        label=_("Hasil pemeriksaan"),
        choices=[choice for choice in ReportOutcome.choices if choice[0]],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Jawaban"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Dibaca pelapor dengan kodenya. Jangan menulis NIK atau data orang lain."),
    )
