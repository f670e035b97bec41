"""Shape of what the committee says of venues, stations and who votes where."""

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from pilkades.apps.elections.forms.desk import VersionedForm
from pilkades.apps.elections.models import PollingStation, StationKind, Venue
from pilkades.apps.regions.models import Hamlet
from pilkades.apps.roll.models import AllocationMode
from pilkades.apps.roll.services.change_records import REASON_MAX
from pilkades.apps.roll.services.stations import NUMBER_MAX, STATIONS_AT_ONCE_MAX
from pilkades.apps.roll.services.venues import VenueInput

if TYPE_CHECKING:
    _HamletChoice = forms.ModelChoiceField[Hamlet]
else:
    _HamletChoice = forms.ModelChoiceField

_DEGREES = {"inputmode": "decimal", "autocomplete": "off"}


class VenueForm(forms.Form):
    """A venue. Its version is 0 while it is being added."""

    name = forms.CharField(label=_("Nama tempat"), max_length=120)
    address = forms.CharField(label=_("Alamat"), max_length=300, required=False)
    hamlet = _HamletChoice(
        queryset=Hamlet.objects.none(),
        required=False,
        label=_("Dusun"),
        empty_label=_("Belum diketahui"),
    )
    latitude_degrees = forms.FloatField(
        label=_("Lintang"),
        required=False,
        min_value=-90,
        max_value=90,
        help_text=_("Derajat dari peta di HP, misalnya -8.09813."),
        widget=forms.TextInput(attrs=_DEGREES),
    )
    longitude_degrees = forms.FloatField(
        label=_("Bujur"),
        required=False,
        min_value=-180,
        max_value=180,
        help_text=_("Misalnya 112.16525."),
        widget=forms.TextInput(attrs=_DEGREES),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)

    def offer(self, hamlets: Iterable[Hamlet]) -> None:
        """The hamlets of the village."""
        field = self.fields["hamlet"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Hamlet.objects.filter(pk__in=[hamlet.pk for hamlet in hamlets])

    def read(self) -> VenueInput:
        """The venue as it was described."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return VenueInput(**values)


class StationsForm(forms.Form):
    """One or several stations, or desks or boxes of a station."""

    kind = forms.ChoiceField(label=_("Jenis"), choices=StationKind.choices, initial="station")
    venue = forms.ChoiceField(label=_("Tempat"))
    parent = forms.ChoiceField(
        label=_("TPS-nya"),
        required=False,
        help_text=_("Hanya untuk meja dan kotak: di TPS mana ia berada."),
    )
    count = forms.IntegerField(
        label=_("Berapa"), min_value=1, max_value=STATIONS_AT_ONCE_MAX, initial=1
    )

    def offer(self, venues: Iterable[Venue], stations: Iterable[PollingStation]) -> None:
        """What there is to choose."""
        _offer(self, "venue", [(str(venue.uuid), venue.name) for venue in venues])
        tops = [(str(s.uuid), f"{s} ({s.venue.name})") for s in stations if s.parent_id is None]
        _offer(self, "parent", [("", _("Tidak ada")), *tops])

    def clean_parent(self) -> UUID | None:
        """The station of a desk or box."""
        value = self.cleaned_data["parent"]
        return UUID(value) if value else None


class StationForm(VersionedForm):
    """The number of a station and where it stands."""

    number = forms.IntegerField(label=_("Nomor"), min_value=1, max_value=NUMBER_MAX)
    venue = forms.ChoiceField(label=_("Tempat"))

    def offer(self, venues: Iterable[Venue]) -> None:
        """What there is to choose."""
        _offer(self, "venue", [(str(venue.uuid), venue.name) for venue in venues])


class AllocationForm(forms.Form):
    """Whom the computed division may move."""

    mode = forms.ChoiceField(
        label=_("Siapa yang dibagi"),
        choices=AllocationMode.choices,
        widget=forms.RadioSelect,
        initial=AllocationMode.ALL.value,
    )


class TargetForm(forms.Form):
    """Where somebody is sent; asked by address, so that the effect can be looked at first."""

    ke = forms.ChoiceField(label=_("Pindah ke"))

    def offer(self, targets: Iterable[tuple[str, str]]) -> None:
        """The stations that can be chosen, with their totals."""
        _offer(self, "ke", [("", _("Pilih TPS")), *targets])


class MoveForm(forms.Form):
    """The reason of a move whose effect was seen."""

    seen = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=REASON_MAX,
        help_text=_("Misalnya: lebih dekat, terhalang sungai."),
    )


def _offer(form: forms.Form, name: str, choices: list[tuple[str, object]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
