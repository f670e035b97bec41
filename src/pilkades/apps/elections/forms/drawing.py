"""Input of the drawing and of the extra selection; shape only."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from pilkades.apps.elections.forms.desk import VersionedForm
from pilkades.apps.elections.models import AttendeeCapacity, DrawingMethod
from pilkades.law.scoring import ItemKind, ScoreItem


class ClockField(forms.TimeField):
    """An hour of the day as it is written here: 09.30."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=["%H.%M", "%H:%M"],
            widget=forms.TimeInput(format="%H.%M", attrs={"inputmode": "decimal"}),
            **kwargs,
        )


def combine(day: date, hour: Any, zone: ZoneInfo) -> datetime:
    """An hour of a day on the village's clock."""
    return datetime.combine(day, hour, tzinfo=zone)


class OpenDrawingForm(forms.Form):
    """Where and how the numbers are drawn."""

    method = forms.ChoiceField(
        label=_("Cara mengundi"),
        choices=DrawingMethod.choices,
        initial=DrawingMethod.LOTS,
        widget=forms.RadioSelect,
    )
    place = forms.CharField(label=_("Tempat"), max_length=160)


class ArrivalForm(forms.Form):
    """When a candidate came, or whom the candidate sent."""

    arrived_at = ClockField(label=_("Jam datang"), help_text=_("Contoh: 09.30"))
    proxy_name = forms.CharField(
        label=_("Nama wakil"),
        max_length=160,
        required=False,
        help_text=_("Hanya bila calon tidak datang sendiri."),
    )


class AttendeeForm(forms.Form):
    """Somebody present who is no candidate."""

    full_name = forms.CharField(label=_("Nama"), max_length=160)
    capacity = forms.ChoiceField(label=_("Sebagai"), choices=AttendeeCapacity.choices)
    arrived_at = ClockField(label=_("Jam datang"), help_text=_("Contoh: 09.30"))
    username = forms.CharField(
        label=_("Nama akun"),
        max_length=64,
        required=False,
        help_text=_("Bila ada, orang ini dapat menandatangani dengan akunnya."),
    )


class LotForm(forms.Form):
    """Turn and number of one candidate."""

    turn = forms.IntegerField(label=_("Giliran mengambil"), min_value=1, max_value=99)
    number = forms.IntegerField(label=_("Nomor yang diambil"), min_value=1, max_value=99)


class CommitmentForm(forms.Form):
    """The commitment of one candidate."""

    commitment = forms.CharField(
        label=_("Komitmen"),
        min_length=64,
        max_length=64,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("64 angka dan huruf a sampai f."),
    )


class RevealForm(forms.Form):
    """What opens a commitment."""

    salt = forms.CharField(
        label=_("Garam"),
        max_length=2048,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Angka dan huruf a sampai f, dari catatan calon."),
    )
    contribution = forms.CharField(
        label=_("Sumbangan"),
        max_length=2048,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Angka dan huruf a sampai f, dari catatan calon."),
    )


class SignForm(forms.Form):
    """The number that the signer saw."""

    number = forms.IntegerField(widget=forms.HiddenInput)


class ScoreForm(VersionedForm):
    """What one officer reads from the evidence for one item."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, item: ScoreItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if item.kind is ItemKind.GRADES:
            self.fields["value"] = forms.ChoiceField(
                label=_("Nilai menurut bukti"),
                choices=[(grade, grade) for grade, _points in item.grades],
            )
        else:
            self.fields["value"] = forms.CharField(
                label=_("Nilai menurut bukti"),
                max_length=12,
                widget=forms.TextInput(attrs={"inputmode": "decimal"}),
                help_text=item.unit,
            )
        if item.evidence:
            self.fields["evidence"] = forms.MultipleChoiceField(
                label=_("Bukti yang Anda lihat sendiri"),
                required=False,
                choices=[(paper, paper) for paper in item.evidence],
                widget=forms.CheckboxSelectMultiple,
                help_text=_("Tanpa bukti, unsur ini tidak mendapat nilai."),
            )
        self.fields["decided_points"] = forms.DecimalField(
            label=_("Nilai yang diputuskan panitia"),
            required=False,
            min_value=Decimal(0),
            max_digits=9,
            decimal_places=3,
            help_text=_("Hanya bila paket aturan tidak mengatur nilai ini."),
        )

    @property
    def seen(self) -> Sequence[str]:
        """The papers that were ticked."""
        found: Sequence[str] = self.cleaned_data.get("evidence") or ()
        return found


class PublishScoresForm(forms.Form):
    """What the last step of the tie rule brought, where it was needed."""

    terminal_order = forms.CharField(
        label=_("Urutan hasil langkah akhir"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Satu nama tiap baris, persis seperti pada daftar; yang pertama di depan."),
    )
    terminal_reference = forms.CharField(
        label=_("Nomor berita acara langkah akhir"), max_length=200, required=False
    )

    def read_order(self) -> list[str]:
        """The names, one for each line that is not empty."""
        lines = self.cleaned_data["terminal_order"].splitlines()
        return [line.strip() for line in lines if line.strip()]
