"""Shape of what the committee writes on the roll; what it means is judged by the services."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from pilkades.apps.design.widgets import DateInput
from pilkades.apps.elections.forms.desk import VersionedForm
from pilkades.apps.regions.models import Hamlet
from pilkades.apps.regions.selectors import list_hamlets
from pilkades.apps.roll.models import Disability, IdentityDocument, MaritalStatus, Sex
from pilkades.apps.roll.services.annotations import Annotation
from pilkades.apps.roll.services.change_records import REASON_MAX
from pilkades.apps.roll.services.voters import SECRET_FIELDS, VOTER_FIELDS, Voter
from pilkades.apps.vault.masking import mask_nik, mask_phone

_DIGITS = {"inputmode": "numeric", "autocomplete": "off"}


def _choices(known: Any) -> list[tuple[str, Any]]:
    return [("", _("Belum diketahui")), *known.choices]


if TYPE_CHECKING:
    _HamletChoice = forms.ModelChoiceField[Hamlet]
else:
    # The class is generic for the type checker only.
    _HamletChoice = forms.ModelChoiceField


class HamletField(_HamletChoice):
    """A hamlet of the village, by its UUID."""

    def __init__(self) -> None:
        super().__init__(
            queryset=Hamlet.objects.none(),
            to_field_name="uuid",
            required=False,
            label=_("Dusun"),
            empty_label=_("Belum diketahui"),
        )

    def label_from_instance(self, obj: Hamlet) -> str:
        return obj.name


class VoterForm(forms.Form):
    """Everything the roll says of one person."""

    full_name = forms.CharField(label=_("Nama lengkap"), max_length=160)
    nik = forms.CharField(
        label=_("NIK"), max_length=24, required=False, widget=forms.TextInput(attrs=_DIGITS)
    )
    kk = forms.CharField(
        label=_("Nomor KK"), max_length=24, required=False, widget=forms.TextInput(attrs=_DIGITS)
    )
    sex = forms.ChoiceField(
        label=_("Jenis kelamin"), choices=_choices(Sex), required=False, widget=forms.RadioSelect
    )
    birth_place = forms.CharField(label=_("Tempat lahir"), max_length=80, required=False)
    birth_date = forms.DateField(label=_("Tanggal lahir"), required=False, widget=DateInput())
    marital_status = forms.ChoiceField(
        label=_("Status perkawinan"), choices=_choices(MaritalStatus), required=False
    )
    address = forms.CharField(label=_("Alamat"), max_length=200, required=False)
    hamlet = HamletField()
    rw = forms.CharField(
        label=_("RW"), max_length=3, required=False, widget=forms.TextInput(attrs=_DIGITS)
    )
    rt = forms.CharField(
        label=_("RT"), max_length=3, required=False, widget=forms.TextInput(attrs=_DIGITS)
    )
    disability = forms.ChoiceField(
        label=_("Disabilitas"),
        choices=[("", _("Tidak ada")), *Disability.choices],
        required=False,
    )
    identity_document = forms.ChoiceField(
        label=_("Dokumen yang ditunjukkan"), choices=_choices(IdentityDocument), required=False
    )
    occupation = forms.CharField(label=_("Pekerjaan"), max_length=80, required=False)
    resident_since = forms.DateField(
        label=_("Berdomisili di desa sejak"), required=False, widget=DateInput()
    )
    phone = forms.CharField(label=_("Nomor HP"), max_length=24, required=False)
    note = forms.CharField(label=_("Keterangan"), max_length=200, required=False)

    def __init__(self, *args: Any, village_code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hamlet"].queryset = list_hamlets(village_code)  # type: ignore[attr-defined]

    def to_voter(self) -> Voter:
        """The person as the services take it."""
        data = self.cleaned_data
        values = {name: data.get(name) for name in VOTER_FIELDS}
        return Voter(**{name: _fit(name, value) for name, value in values.items()})


class KnownVoterForm(VoterForm, VersionedForm):
    """Another state of a known person. NIK, KK and telephone number are written, never read here:

    an empty field keeps what stands, so that mending an address opens nobody's NIK.
    """

    def __init__(self, *args: Any, known: Voter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known
        for name in SECRET_FIELDS:
            field, value = self.fields[name], getattr(known, name)
            if value:
                mask = mask_phone(value) if name == "phone" else mask_nik(value)
                field.widget.attrs["placeholder"] = mask
                field.help_text = _("Kosongkan bila tidak berubah; tulis - untuk menghapus.")

    def to_voter(self) -> Voter:
        """The person, with the numbers that were left as they are."""
        voter = super().to_voter()
        return replace(
            voter,
            nik=self._keep("nik", voter.nik),
            kk=self._keep("kk", voter.kk),
            phone=self._keep("phone", voter.phone),
        )

    def _keep(self, name: str, written: str) -> str:
        if not written:
            return str(getattr(self.known, name))
        return "" if written.strip() == "-" else written


class NewVoterForm(VoterForm):
    """A person who stands nowhere yet, and why they are written down now."""

    reason = forms.CharField(
        label=_("Alasan atau dasar"),
        max_length=REASON_MAX,
        help_text=_("Tercatat bersama nama Anda. Misalnya: baru pindah, surat pindah 12/2026."),
    )


class CorrectVoterForm(KnownVoterForm):
    """Another state of the same person."""

    reason = forms.CharField(
        label=_("Alasan perbaikan"),
        max_length=REASON_MAX,
        help_text=_("Tercatat bersama nama Anda. Misalnya: sesuai KTP-el."),
    )


class NonceForm(forms.Form):
    """A number of the page, so that a form sent twice is recorded once."""

    nonce = forms.UUIDField(widget=forms.HiddenInput)


class VisitVoterForm(NonceForm, KnownVoterForm):
    """What the papers at the door show."""


class NewcomerForm(NonceForm, VoterForm):
    """Somebody at the door who stands nowhere."""


class VisitForm(NonceForm, VersionedForm):
    """What was found at the door, with a word about it."""

    outcome = forms.CharField(max_length=9)
    note = forms.CharField(label=_("Catatan"), max_length=160, required=False)


class ReasonForm(VersionedForm):
    """An act that needs a reason."""

    reason = forms.CharField(
        label=_("Alasan"), max_length=REASON_MAX, help_text=_("Tercatat bersama nama Anda.")
    )


class AnnotationForm(ReasonForm):
    """A note at a voter of the locked roll."""

    annotation = forms.ChoiceField(
        label=_("Catatan"),
        choices=[*Annotation.choices, ("", _("Hapus catatan"))],
        required=False,
        widget=forms.RadioSelect,
    )
    field_order = ("version", "annotation", "reason")


class NikForm(forms.Form):
    """A NIK to be looked up; it travels in the body, never in an address."""

    nik = forms.CharField(label=_("NIK"), max_length=24, widget=forms.TextInput(attrs=_DIGITS))

    def clean_nik(self) -> str:
        return "".join(str(self.cleaned_data["nik"]).split())


class ConfirmLockForm(VersionedForm):
    """The second person confirms what they saw."""

    digest = forms.CharField(widget=forms.HiddenInput, min_length=64, max_length=64)


def read_uuid(written: str) -> UUID | None:
    """An UUID from an address, None for anything else."""
    try:
        return UUID(written)
    except ValueError:
        return None


def _fit(name: str, value: Any) -> Any:
    if name in {"birth_date", "resident_since", "hamlet"}:
        return value or None
    return value or ""
