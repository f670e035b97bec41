"""Input about officers: identity, declarations, kinship, reasons. Shape only."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pilkades.apps.design.texts import translate
from pilkades.apps.design.widgets import DateInput
from pilkades.apps.elections.forms.desk import VersionedForm
from pilkades.apps.elections.forms.drawing import ClockField
from pilkades.apps.elections.models import Candidacy, Sex
from pilkades.apps.officers.models import StationOfficer, TieState
from pilkades.apps.officers.services.declare import Answers
from pilkades.apps.officers.services.people import Person
from pilkades.law.officers_kinship import RELATION_NAMES, Relation

ENDED_HELP = _("Hanya bila pernah dan sudah berhenti.")
YES_NO = [("yes", _("Ya")), ("no", _("Tidak"))]


class PersonForm(VersionedForm):
    """Who the person is, as the KTP-el says."""

    full_name = forms.CharField(label=_("Nama lengkap"), max_length=160)
    nik = forms.CharField(
        label=_("NIK"),
        max_length=24,
        help_text=_("16 angka pada KTP-el. Disimpan tersandi; di layar hanya tampil sebagian."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    sex = forms.ChoiceField(label=_("Jenis kelamin"), choices=Sex.choices, widget=forms.RadioSelect)
    birth_place = forms.CharField(label=_("Tempat lahir"), max_length=120)
    birth_date = forms.DateField(label=_("Tanggal lahir"), widget=DateInput())
    address = forms.CharField(
        label=_("Alamat"), max_length=300, help_text=_("Misalnya Dusun Krajan RT 02 RW 01.")
    )
    phone = forms.CharField(
        label=_("Nomor telepon"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )

    def to_person(self) -> Person:
        """The identity as the service takes it."""
        data = self.cleaned_data
        return Person(
            full_name=data["full_name"],
            nik="".join(data["nik"].split()),
            sex=Sex(data["sex"]),
            birth_place=data["birth_place"],
            birth_date=data["birth_date"],
            address=data["address"],
            phone=data["phone"],
        )


class AnswersForm(VersionedForm):
    """The declaration that the officer signs."""

    lives_in_village = forms.ChoiceField(
        label=_("Bertempat tinggal di desa ini"), choices=YES_NO, widget=forms.RadioSelect
    )
    is_healthy = forms.ChoiceField(
        label=_("Sehat dan sanggup bertugas sehari penuh"),
        choices=YES_NO,
        widget=forms.RadioSelect,
        help_text=_("Menurut pernyataan kesehatan yang ditandatangani."),
    )
    party_state = forms.ChoiceField(
        label=_("Anggota partai politik"),
        choices=[choice for choice in TieState.choices if choice[0]],
        widget=forms.RadioSelect,
    )
    party_ended_date = forms.DateField(
        label=_("Berhenti dari partai sejak"),
        widget=DateInput(),
        required=False,
        help_text=ENDED_HELP,
    )
    campaign_state = forms.ChoiceField(
        label=_("Tim kampanye atau tim pemenangan"),
        choices=[choice for choice in TieState.choices if choice[0]],
        widget=forms.RadioSelect,
    )
    campaign_ended_date = forms.DateField(
        label=_("Berhenti dari tim kampanye sejak"),
        widget=DateInput(),
        required=False,
        help_text=ENDED_HELP,
    )
    is_committee_member = forms.ChoiceField(
        label=_("Anggota panitia pemilihan"), choices=YES_NO, widget=forms.RadioSelect
    )

    @staticmethod
    def initial_of(officer: StationOfficer) -> dict[str, Any]:
        """What was answered before; nothing is ticked before anybody has answered."""
        return {
            "version": officer.version,
            "lives_in_village": _word(officer.lives_in_village),
            "is_healthy": _word(officer.is_healthy),
            "party_state": officer.party_state,
            "party_ended_date": officer.party_ended_date,
            "campaign_state": officer.campaign_state,
            "campaign_ended_date": officer.campaign_ended_date,
            "is_committee_member": _word(
                officer.is_committee_member if officer.party_state else None
            ),
        }

    def to_answers(self) -> Answers:
        """The declaration as the service takes it."""
        data = self.cleaned_data
        return Answers(
            lives_in_village=data["lives_in_village"] == "yes",
            is_healthy=data["is_healthy"] == "yes",
            is_committee_member=data["is_committee_member"] == "yes",
            party_state=TieState(data["party_state"]),
            campaign_state=TieState(data["campaign_state"]),
            party_ended_date=data["party_ended_date"],
            campaign_ended_date=data["campaign_ended_date"],
        )


class KinshipForm(VersionedForm):
    """What the officer is to each candidate."""

    def __init__(
        self, *args: Any, candidacies: Sequence[Candidacy], given: dict[int, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Pilih jawaban"))] + [
            (item.value, translate(RELATION_NAMES[item])) for item in Relation
        ]
        self.candidacies = candidacies
        for candidacy in candidacies:
            self.fields[f"c{candidacy.pk}"] = forms.ChoiceField(
                label=_("Bagi calon %(name)s, petugas ini adalah") % {"name": candidacy.full_name},
                choices=choices,
                initial=given.get(candidacy.pk, ""),
            )

    def to_relations(self) -> dict[int, Relation]:
        """Relations by the candidacy's key."""
        return {item.pk: Relation(self.cleaned_data[f"c{item.pk}"]) for item in self.candidacies}


class ReasonForm(VersionedForm):
    """Why something is done."""

    reason = forms.CharField(
        label=_("Alasan"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class SubstituteForm(VersionedForm):
    """Who steps in, when and why."""

    reserve = forms.ChoiceField(label=_("Pengganti"), widget=forms.RadioSelect)
    day = forms.DateField(label=_("Tanggal"), widget=DateInput())
    hour = ClockField(label=_("Jam"), help_text=_("Contoh: 06.45"))
    reason = forms.CharField(
        label=_("Alasan"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, reserves: Sequence[StationOfficer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reserve"]
        field.choices = [  # type: ignore[attr-defined]
            (str(item.uuid), f"{item.full_name}") for item in reserves
        ]


def _word(value: bool | None) -> str:
    return "" if value is None else ("yes" if value else "no")
