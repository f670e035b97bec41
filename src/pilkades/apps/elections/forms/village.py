"""Input of the village's pages: shape only; the rules are judged by the services."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pilkades.apps.design.widgets import DateInput
from pilkades.apps.elections.forms.desk import VersionedForm
from pilkades.apps.elections.models import (
    AnnouncementKind,
    CommitteeElement,
    CommitteePosition,
    ComplaintOutcome,
    DeliberationOutcome,
    ReportKind,
)
from pilkades.apps.elections.services.form_committee import MemberInput

ROWS_MAX = 15


class ConfirmForm(forms.Form):
    """An act that needs nothing but the decision to do it."""


class PaperForm(forms.Form):
    """Number and date of a decree, with its scan."""

    decree_number = forms.CharField(label=_("Nomor keputusan BPD"), max_length=80)
    decree_date = forms.DateField(label=_("Tanggal keputusan"), widget=DateInput())
    decree_file = forms.FileField(
        label=_("Pindaian keputusan"), required=False, help_text=_("PDF, JPG, atau PNG, 5 MB.")
    )


class MemberForm(forms.Form):
    """One line of the decree; an empty line is no member."""

    full_name = forms.CharField(label=_("Nama lengkap"), max_length=160, required=False)
    position = forms.ChoiceField(
        label=_("Kedudukan"),
        choices=CommitteePosition.choices,
        initial=CommitteePosition.MEMBER,
    )
    element = forms.ChoiceField(label=_("Unsur"), choices=CommitteeElement.choices)
    username = forms.CharField(
        label=_("Nama akun"),
        max_length=64,
        required=False,
        help_text=_("Akun yang ada, atau nama baru. Ketua dan sekretaris memerlukan akun."),
    )

    def to_member(self) -> MemberInput | None:
        """The line as the service takes it."""
        data = self.cleaned_data
        if not data.get("full_name"):
            return None
        return MemberInput(
            full_name=data["full_name"],
            position=CommitteePosition(data["position"]),
            element=CommitteeElement(data["element"]),
            username=data["username"],
        )


class ReplaceMemberForm(VersionedForm):
    """Who leaves, why, and who takes the seat."""

    left_date = forms.DateField(label=_("Berhenti sejak"), widget=DateInput())
    reason = forms.CharField(label=_("Alasan"), max_length=300)
    full_name = forms.CharField(label=_("Nama pengganti"), max_length=160)
    element = forms.ChoiceField(label=_("Unsur pengganti"), choices=CommitteeElement.choices)
    username = forms.CharField(label=_("Nama akun pengganti"), max_length=64, required=False)


class AnnouncementForm(forms.Form):
    """Words of the committee's own."""

    title = forms.CharField(label=_("Judul"), max_length=200)
    body = forms.CharField(
        label=_("Isi"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6})
    )


class ReportForm(forms.Form):
    """The committee's report to the BPD."""

    kind = forms.ChoiceField(label=_("Jenis laporan"), choices=ReportKind.choices)
    reference = forms.CharField(label=_("Nomor surat"), max_length=120)
    summary = forms.CharField(
        label=_("Ringkasan"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )
    paper = forms.FileField(
        label=_("Pindaian laporan"), required=False, help_text=_("PDF, JPG, atau PNG, 5 MB.")
    )


class HearForm(VersionedForm):
    """How the BPD heard the report."""

    note = forms.CharField(
        label=_("Catatan rapat BPD"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ForwardForm(VersionedForm):
    """The letter with which the BPD passes the report on."""

    reference = forms.CharField(label=_("Nomor surat pengantar BPD"), max_length=120)


class DeliberationForm(forms.Form):
    """The minutes of the deliberation on a single candidate."""

    held_on = forms.DateField(label=_("Tanggal musyawarah"), widget=DateInput())
    place = forms.CharField(label=_("Tempat"), max_length=160)
    committee_present = forms.IntegerField(label=_("Hadir dari panitia"), min_value=0, max_value=99)
    council_present = forms.IntegerField(label=_("Hadir dari BPD"), min_value=0, max_value=99)
    outcome = forms.ChoiceField(
        label=_("Hasil"), choices=DeliberationOutcome.choices, widget=forms.RadioSelect
    )
    minutes = forms.CharField(
        label=_("Isi berita acara"), max_length=8000, widget=forms.Textarea(attrs={"rows": 8})
    )


class ComplaintForm(forms.Form):
    """What somebody of the public says about an applicant; `website` is a trap for machines."""

    complainant_name = forms.CharField(
        label=_("Nama Anda"), max_length=160, help_text=_("Hanya dibaca panitia.")
    )
    contact = forms.CharField(
        label=_("Nomor telepon atau alamat"),
        max_length=200,
        help_text=_("Untuk klarifikasi. Hanya dibaca panitia."),
    )
    content = forms.CharField(
        label=_("Masukan Anda"),
        min_length=20,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("Tulis apa yang Anda ketahui dan dari mana, dengan kata-kata sendiri."),
    )
    website = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_website(self) -> str:
        """People do not see this field; whoever fills it is a machine."""
        value: str = self.cleaned_data["website"]
        if value:
            raise forms.ValidationError(_("Formulir ini tidak dikirim. Kosongkan dan coba lagi."))
        return value


class AnswerForm(VersionedForm):
    """What the committee found."""

    outcome = forms.ChoiceField(
        label=_("Hasil klarifikasi"),
        choices=[choice for choice in ComplaintOutcome.choices if choice[0]],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Jawaban"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )


class UnlockForm(VersionedForm):
    """Why something that was closed is opened again."""

    reason = forms.CharField(
        label=_("Alasan"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


DRAFTED_TITLES: dict[AnnouncementKind, Any] = {
    AnnouncementKind.NOTICE: _("Terbitkan pengumuman wajib"),
    AnnouncementKind.APPLICANTS: _("Umumkan bakal calon yang terdaftar"),
    AnnouncementKind.OTHER: _("Tulis pengumuman"),
}
