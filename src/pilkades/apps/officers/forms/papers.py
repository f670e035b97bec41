"""Input about decree, oath, hours, honorarium and agents. Shape only."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pilkades.apps.design.widgets import DateInput
from pilkades.apps.elections.forms.desk import VersionedForm
from pilkades.apps.elections.forms.drawing import ClockField
from pilkades.apps.elections.models import Candidacy, PollingStation
from pilkades.apps.elections.uploads import DOCUMENT_MAX_BYTES
from pilkades.apps.officers.models import StationOfficer
from pilkades.apps.officers.selectors.service import PayList
from pilkades.apps.officers.services.agents import AgentInput
from pilkades.apps.officers.services.honorarium import RATE_MAX
from pilkades.apps.officers.words import name_station

SCAN_HELP = _("PDF, JPG, atau PNG, 5 MB.")


class IssueForm(VersionedForm):
    """Number, date and signer of the decree."""

    number = forms.CharField(label=_("Nomor SK"), max_length=80)
    decree_date = forms.DateField(label=_("Tanggal SK"), widget=DateInput())
    signer_name = forms.CharField(label=_("Nama yang menandatangani"), max_length=160)
    scan = forms.FileField(label=_("Pindaian SK"), required=False, help_text=SCAN_HELP)

    def read_scan(self) -> bytes:
        """The scan's bytes, empty where there is none."""
        return read_upload(self.cleaned_data["scan"])


class OathForm(VersionedForm):
    """When, where, before whom; and who took the oath."""

    day = forms.DateField(label=_("Tanggal sumpah"), widget=DateInput())
    hour = ClockField(label=_("Jam"), help_text=_("Contoh: 06.00"))
    place = forms.CharField(label=_("Tempat"), max_length=160)
    administered_by = forms.CharField(label=_("Nama yang mengambil sumpah"), max_length=160)
    administered_as = forms.CharField(
        label=_("Jabatannya"), max_length=120, help_text=_("Misalnya ketua panitia pemilihan.")
    )
    officers = forms.MultipleChoiceField(
        label=_("Yang mengucapkan sumpah"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, unsworn: Sequence[StationOfficer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officers"].choices = [  # type: ignore[attr-defined]
            (str(item.uuid), item.full_name) for item in unsworn
        ]
        self.fields["officers"].initial = [str(item.uuid) for item in unsworn]


class MomentForm(forms.Form):
    """A day and an hour."""

    day = forms.DateField(label=_("Tanggal"), widget=DateInput())
    hour = ClockField(label=_("Jam"), help_text=_("Contoh: 06.15"))


class CancelForm(forms.Form):
    """Why a record is cancelled."""

    reason = forms.CharField(
        label=_("Alasan"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class RatesForm(forms.Form):
    """What each duty is paid, and the tax."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    chair = forms.IntegerField(label=_("Ketua, rupiah"), min_value=0, max_value=RATE_MAX)
    member = forms.IntegerField(label=_("Anggota, rupiah"), min_value=0, max_value=RATE_MAX)
    security = forms.IntegerField(
        label=_("Petugas ketertiban, rupiah"), min_value=0, max_value=RATE_MAX
    )
    reserve = forms.IntegerField(
        label=_("Cadangan, rupiah"),
        min_value=0,
        max_value=RATE_MAX,
        help_text=_("0 bila cadangan yang tidak bertugas tidak dibayar."),
    )
    tax_percent = forms.DecimalField(
        label=_("Pajak, persen"),
        min_value=Decimal(0),
        max_value=Decimal(100),
        max_digits=5,
        decimal_places=2,
        localize=True,
    )

    @staticmethod
    def initial_of(pay_list: PayList) -> dict[str, Any]:
        """The sheet as it stands."""
        return {
            "version": pay_list.sheet.version if pay_list.sheet else 0,
            "tax_percent": pay_list.tax_percent,
            **pay_list.rates,
        }

    def renew(self, version: int) -> None:
        """After a conflict: keep every input, so that saving again is a decision of its own."""
        self.data = {**dict(self.data.items()), "version": str(version)}


class PaymentForm(forms.Form):
    """When the honorarium was handed over."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    paid_date = forms.DateField(label=_("Tanggal dibayar"), widget=DateInput())


class AgentForm(forms.Form):
    """An agent and the mandate."""

    full_name = forms.CharField(label=_("Nama lengkap saksi"), max_length=160)
    nik = forms.CharField(
        label=_("NIK"),
        max_length=24,
        help_text=_("16 angka pada KTP-el. Disimpan tersandi; di layar hanya tampil sebagian."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    phone = forms.CharField(
        label=_("Nomor telepon"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    mandate_number = forms.CharField(label=_("Nomor surat mandat"), max_length=80, required=False)
    mandate_date = forms.DateField(
        label=_("Tanggal surat mandat"), widget=DateInput(), required=False
    )
    mandate = forms.FileField(label=_("Pindaian surat mandat"), required=False, help_text=SCAN_HELP)

    def to_agent(self) -> AgentInput:
        """The agent as the service takes it."""
        data = self.cleaned_data
        return AgentInput(
            full_name=data["full_name"],
            nik="".join(data["nik"].split()),
            phone=data["phone"],
            mandate_number=data["mandate_number"],
            mandate_date=data["mandate_date"],
            mandate=read_upload(data["mandate"]),
        )


class RegisterAgentForm(AgentForm):
    """A new agent: for whom, and where."""

    candidacy = forms.ChoiceField(label=_("Calon"))
    station = forms.ChoiceField(label=_("TPS"))
    field_order = ("candidacy", "station")

    def __init__(
        self,
        *args: Any,
        candidacies: Sequence[Candidacy],
        stations: Sequence[PollingStation],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["candidacy"].choices = [  # type: ignore[attr-defined]
            (str(item.uuid), f"{item.ballot_number or ''} {item.full_name}".strip())
            for item in candidacies
        ]
        self.fields["station"].choices = [  # type: ignore[attr-defined]
            (str(item.uuid), name_station(item)) for item in stations
        ]


class ReplaceAgentForm(AgentForm, VersionedForm):
    """Another person in an agent's place."""

    reason = forms.CharField(label=_("Alasan penggantian"), max_length=500)
    field_order = ("reason",)


class AgentOathForm(VersionedForm):
    """When, where and before whom an agent was sworn."""

    day = forms.DateField(label=_("Tanggal sumpah"), widget=DateInput())
    hour = ClockField(label=_("Jam"), help_text=_("Contoh: 06.30"))
    place = forms.CharField(label=_("Tempat"), max_length=160)
    before = forms.CharField(label=_("Nama yang mengambil sumpah"), max_length=160)


def read_upload(file: Any) -> bytes:
    """The bytes of an upload, one more than allowed so that the judge sees what is too large."""
    return bytes(file.read(DOCUMENT_MAX_BYTES + 1)) if file else b""
