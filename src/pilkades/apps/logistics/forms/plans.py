"""Input of estimate, prices, deliveries and meetings; shape only."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pilkades.apps.design.formats import format_number, format_rupiah
from pilkades.apps.design.texts import translate, translate_name
from pilkades.apps.design.widgets import DateInput
from pilkades.apps.logistics.services.plans import PRICE_MAX
from pilkades.apps.regions.models import Hamlet
from pilkades.law.logistics import UNIT_NAMES, BillLine

NUMERIC = {"inputmode": "numeric", "autocomplete": "off"}


class PlanForm(forms.Form):
    """A form that carries the version of the plan that was seen; 0 where there is none yet."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class EstimateForm(PlanForm):
    """How many voters the budget reckons with."""

    voters = forms.IntegerField(
        label=_("Perkiraan jumlah pemilih"),
        min_value=1,
        max_value=100_000,
        help_text=_("Dipakai hanya sampai pemilih dibagi ke TPS dalam daftar pemilih."),
    )


class PricesForm(PlanForm):
    """A price for every line of the bill; an empty one stays open."""

    def __init__(
        self,
        *args: Any,
        bill: Sequence[BillLine],
        prices: Mapping[str, int],
        duties: Mapping[str, int],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.item_ids = [line.material.id for line in bill]
        for line in bill:
            self.fields[f"p_{line.material.id}"] = forms.IntegerField(
                label=_name(line),
                required=False,
                min_value=0,
                max_value=PRICE_MAX,
                initial=prices.get(line.material.id),
                help_text=_name_duty(duties.get(line.material.id)),
            )

    def read_prices(self) -> dict[str, int | None]:
        return {item: self.cleaned_data[f"p_{item}"] for item in self.item_ids}


def _name(line: BillLine) -> str:
    material = line.material
    unit = translate(UNIT_NAMES[material.unit])
    return f"{translate_name(material.name)} ({format_number(line.total)} {unit})"


def _name_duty(rate: int | None) -> str:
    if not rate:
        return ""
    return gettext("Menurut daftar honorarium petugas %(rate)s; kosongkan untuk memakainya.") % {
        "rate": format_rupiah(rate)
    }


class DeliveryForm(forms.Form):
    """Goods that came, or are promised for a day."""

    item = forms.ChoiceField(label=_("Barang"))
    quantity = forms.IntegerField(label=_("Jumlah"), min_value=1, max_value=10_000_000)
    source = forms.CharField(
        label=_("Dari"), max_length=160, help_text=_("Penyedia, kecamatan, atau kabupaten.")
    )
    has_arrived = forms.ChoiceField(
        label=_("Keadaan"),
        choices=[
            ("ya", _("Sudah datang dan sudah dihitung")),
            ("belum", _("Dipesan, belum datang")),
        ],
        widget=forms.RadioSelect,
        initial="ya",
    )
    expected_date = forms.DateField(
        label=_("Tanggal datang, atau dijanjikan datang"), widget=DateInput()
    )

    def __init__(self, *args: Any, goods: Sequence[BillLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [  # type: ignore[attr-defined]
            (line.material.id, translate_name(line.material.name)) for line in goods
        ]


class MeetingForm(forms.Form):
    """A meeting that was held."""

    place = forms.CharField(label=_("Tempat"), max_length=160)
    held_on = forms.DateField(label=_("Tanggal"), widget=DateInput())
    hamlet = forms.ChoiceField(label=_("Dusun"), required=False)
    attendees = forms.IntegerField(label=_("Jumlah yang hadir"), min_value=1, max_value=20_000)
    households = forms.IntegerField(
        label=_("Dari berapa rumah tangga"),
        min_value=0,
        max_value=20_000,
        help_text=_("Hitung satu untuk setiap rumah; perkiraan boleh."),
    )
    topic = forms.CharField(label=_("Pokok pembicaraan"), max_length=200, required=False)

    def __init__(self, *args: Any, hamlets: Sequence[Hamlet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hamlet"].choices = [  # type: ignore[attr-defined]
            ("", gettext("Seluruh desa")),
            *((str(item.uuid), item.name) for item in hamlets),
        ]


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(
        label=_("Alasan"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class ConfirmForm(forms.Form):
    """An act without input: sending it is the decision."""

    @classmethod
    def of(cls, request: HttpRequest) -> "ConfirmForm":
        return cls({} if request.method == "POST" else None)
