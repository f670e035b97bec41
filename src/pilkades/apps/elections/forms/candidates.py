"""Input of an applicant's file: identity, papers, findings, decisions; shape only."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pilkades.apps.design.texts import translate_name
from pilkades.apps.design.widgets import DateInput
from pilkades.apps.elections.forms.desk import VersionedForm
from pilkades.apps.elections.models import Candidacy, DocumentOutcome, Sex
from pilkades.apps.elections.selectors.applicant_facts import parse_facts
from pilkades.apps.elections.services.open_file import Identity
from pilkades.apps.elections.uploads import DOCUMENT_MAX_BYTES, PHOTO_MAX_BYTES
from pilkades.law.eligibility import Education, Requirement

NIK_DIGITS = 16
EDUCATIONS = [(item.value, item.value) for item in Education if item is not Education.NONE]


def check_nik_length(written: str) -> None:
    """Say how many signs were typed where it is not a NIK's sixteen."""
    if len(written) != NIK_DIGITS:
        raise ValidationError(
            _("NIK terdiri atas %(most)s angka; yang Anda ketik %(count)s. Periksa pada KTP."),
            params={"most": NIK_DIGITS, "count": len(written)},
            code="nik-length",
        )


class IdentityForm(forms.Form):
    """Who the applicant is, as the KTP-el says."""

    full_name = forms.CharField(label=_("Nama lengkap menurut KTP-el"), max_length=160)
    ballot_name = forms.CharField(
        label=_("Nama untuk surat suara"),
        max_length=100,
        required=False,
        help_text=_("Kosongkan bila sama dengan nama lengkap."),
    )
    nik = forms.CharField(
        label=_("NIK"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("16 angka. Disimpan terkunci dan selalu disamarkan."),
        validators=[check_nik_length],
    )
    sex = forms.ChoiceField(label=_("Jenis kelamin"), choices=Sex.choices, widget=forms.RadioSelect)
    birth_place = forms.CharField(label=_("Tempat lahir"), max_length=80)
    birth_date = forms.DateField(label=_("Tanggal lahir"), widget=DateInput())
    address = forms.CharField(
        label=_("Alamat"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    phone = forms.CharField(
        label=_("Nomor telepon"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    occupation = forms.CharField(label=_("Pekerjaan"), max_length=120, required=False)
    education = forms.ChoiceField(
        label=_("Pendidikan terakhir menurut ijazah"),
        choices=[(Education.NONE.value, _("Tidak tamat SD")), *EDUCATIONS],
    )

    def to_identity(self) -> Identity:
        """The input as the service takes it."""
        data = self.cleaned_data
        return Identity(
            full_name=data["full_name"],
            ballot_name=data["ballot_name"],
            nik=data["nik"],
            sex=Sex(data["sex"]),
            birth_place=data["birth_place"],
            birth_date=data["birth_date"],
            address=data["address"],
            education=Education(data["education"]),
            phone=data["phone"],
            occupation=data["occupation"],
        )


class OpenFileForm(IdentityForm):
    """A new file, linked to the applicant's account where there is one."""

    username = forms.CharField(
        label=_("Nama akun bakal calon"),
        max_length=64,
        required=False,
        help_text=_("Bila ada, bakal calon dapat melihat dan melengkapi berkasnya sendiri."),
    )


class CorrectIdentityForm(IdentityForm, VersionedForm):
    """The identity of a file, to be put right; the NIK is typed again, never shown."""

    @staticmethod
    def read_initial(candidacy: Candidacy) -> dict[str, Any]:
        """What stands in the file, without the NIK."""
        facts = parse_facts(candidacy.facts)
        return {
            "version": candidacy.version,
            "full_name": candidacy.full_name,
            "ballot_name": candidacy.ballot_name,
            "sex": candidacy.sex,
            "birth_place": candidacy.birth_place,
            "birth_date": facts.birth_date,
            "address": candidacy.address,
            "phone": candidacy.phone,
            "occupation": candidacy.occupation,
            "education": facts.education.value if facts.education else "",
        }


class UploadForm(VersionedForm):
    """One paper of the file."""

    paper = forms.FileField(
        label=_("Berkas"),
        help_text=_("Foto atau pindaian: PDF, JPG, atau PNG, paling besar 5 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
    )

    def read_paper(self) -> bytes:
        """The bytes, one more than allowed at most, so that a huge file never fills the memory."""
        data: bytes = self.cleaned_data["paper"].read(DOCUMENT_MAX_BYTES + 1)
        return data


class VerifyForm(VersionedForm):
    """What one examiner saw in one paper."""

    outcome = forms.ChoiceField(
        label=_("Hasil pemeriksaan"), choices=DocumentOutcome.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Catatan"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Wajib bila perlu diperjelas atau tidak sah."),
    )


class JudgeForm(VersionedForm):
    """One examiner's finding on the whole file."""

    is_eligible = forms.ChoiceField(
        label=_("Penilaian Anda"),
        choices=[("ya", _("Memenuhi syarat")), ("tidak", _("Tidak memenuhi syarat"))],
        widget=forms.RadioSelect,
    )
    requirement = forms.ChoiceField(
        label=_("Syarat yang tidak terpenuhi"),
        required=False,
        help_text=_("Hanya bila tidak memenuhi syarat."),
    )
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Hanya bila tidak memenuhi syarat. Dibaca bakal calon."),
    )

    def __init__(self, *args: Any, requirements: Sequence[Requirement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["requirement"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            *((line.id, translate_name(line.name)) for line in requirements),
        ]


class CompletionForm(VersionedForm):
    """What the applicant still has to bring."""

    reason = forms.CharField(
        label=_("Yang harus dilengkapi"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Dibaca bakal calon."),
    )


class DecisionForm(VersionedForm):
    """A decision on a file that another person will confirm."""

    reason = forms.CharField(
        label=_("Alasan"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )
    article = forms.CharField(label=_("Dasar"), max_length=200)
    paper = forms.FileField(
        label=_("Surat atau berita acara"),
        required=False,
        help_text=_("PDF, JPG, atau PNG, 5 MB."),
    )

    def read_paper(self) -> bytes:
        """The bytes of the paper, empty where there is none."""
        file = self.cleaned_data.get("paper")
        data: bytes = file.read(DOCUMENT_MAX_BYTES + 1) if file else b""
        return data


class BallotEntryForm(VersionedForm):
    """Name and photo as they will stand on the ballot."""

    ballot_name = forms.CharField(label=_("Nama pada surat suara"), max_length=100)
    photo = forms.FileField(
        label=_("Foto"),
        required=False,
        help_text=_(
            "JPG atau PNG, tegak, sisi terpendek paling sedikit 300 piksel. Keterangan tersembunyi "
            "dari kamera dihapus. Kosongkan bila foto tidak berubah."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png"}),
    )

    def read_photo(self) -> bytes:
        """The bytes of the photo, empty where none was chosen."""
        file = self.cleaned_data.get("photo")
        data: bytes = file.read(PHOTO_MAX_BYTES + 1) if file else b""
        return data
