"""Input of surveys, photos and drawings; shape only."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pilkades.apps.design.texts import translate_name
from pilkades.apps.design.widgets import DateInput
from pilkades.apps.elections.forms.desk import VersionedForm
from pilkades.law.sites import SiteAnswer, SiteCriterion, SiteRules
from pilkades.law.sites_layout import DOOR_CM, Opening, RoomPlan, Wall

ANSWERS = [
    (SiteAnswer.MET.value, _("Memenuhi")),
    (SiteAnswer.NOT_MET.value, _("Tidak memenuhi")),
    (SiteAnswer.UNCHECKED.value, _("Belum diperiksa")),
]
WALLS = [
    (Wall.NORTH.value, _("Atas")),
    (Wall.EAST.value, _("Kanan")),
    (Wall.SOUTH.value, _("Bawah")),
    (Wall.WEST.value, _("Kiri")),
]
OPENINGS = [
    (Opening.WALL.value, _("Ke dinding: pemilih berdiri membelakangi dinding")),
    (Opening.ROOM.value, _("Ke ruangan: pemilih berdiri menghadap dinding")),
]


class CommaDecimalField(forms.DecimalField):
    """A number as Indonesians write it, 7,5, or as a calculator does, 7.5."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": 8})

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


class SurveyForm(forms.Form):
    """One survey of a venue: an answer or a number for every point of the pack."""

    serial = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    surveyed_on = forms.DateField(label=_("Hari survei"), widget=DateInput())
    surveyors = forms.CharField(label=_("Yang menyurvei"), max_length=200)

    def __init__(self, *args: Any, rules: SiteRules, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rules = rules
        for criterion in rules.criteria:
            self.fields[f"c_{criterion.id}"] = _make_field(criterion)
        self.fields["note"] = forms.CharField(
            label=_("Catatan"),
            max_length=500,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def read_answers(self) -> Mapping[str, SiteAnswer]:
        return {
            item.id: SiteAnswer(self.cleaned_data[f"c_{item.id}"])
            for item in self.rules.criteria
            if not item.is_measured
        }

    def read_measures(self) -> Mapping[str, Decimal]:
        return {
            item.id: self.cleaned_data[f"c_{item.id}"]
            for item in self.rules.criteria
            if item.is_measured and self.cleaned_data.get(f"c_{item.id}") is not None
        }


def _make_field(criterion: SiteCriterion) -> forms.Field:
    label = translate_name(criterion.name)
    if criterion.is_measured:
        return CommaDecimalField(
            label=f"{label} ({criterion.unit})",
            required=False,
            min_value=0,
            max_value=100_000,
            max_digits=9,
            decimal_places=2,
        )
    return forms.ChoiceField(
        label=label,
        choices=ANSWERS,
        widget=forms.RadioSelect,
        initial=SiteAnswer.UNCHECKED.value,
    )


class SitePhotoForm(forms.Form):
    """One picture of a venue."""

    photo = forms.FileField(
        label=_("Foto"),
        help_text=_("JPG atau PNG, paling besar 10 MB. Letak dan merek kamera tidak disimpan."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png"}),
    )
    criterion = forms.ChoiceField(label=_("Memperlihatkan"), required=False)

    def __init__(self, *args: Any, rules: SiteRules, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(item.id, translate_name(item.name)) for item in rules.criteria]
        self.fields["criterion"].choices = [  # type: ignore[attr-defined]
            ("", gettext("Tempat pada umumnya")),
            *choices,
        ]


class LayoutForm(VersionedForm):
    """The small form behind the drawing; lengths in metres."""

    width = CommaDecimalField(
        label=_("Lebar ruangan (m)"), min_value=2, max_value=60, decimal_places=2
    )
    length = CommaDecimalField(
        label=_("Panjang ruangan (m)"), min_value=2, max_value=60, decimal_places=2
    )
    entrance_wall = forms.ChoiceField(label=_("Pintu masuk di dinding"), choices=WALLS)
    entrance = CommaDecimalField(
        label=_("Jarak pintu masuk dari ujung kiri atau atas dinding (m)"),
        min_value=0,
        max_value=60,
        decimal_places=2,
    )
    exit_wall = forms.ChoiceField(label=_("Pintu keluar di dinding"), choices=WALLS)
    exit = CommaDecimalField(
        label=_("Jarak pintu keluar dari ujung kiri atau atas dinding (m)"),
        min_value=0,
        max_value=60,
        decimal_places=2,
    )
    booth_wall = forms.ChoiceField(label=_("Bilik di depan dinding"), choices=WALLS)
    opening = forms.ChoiceField(
        label=_("Sisi bilik yang terbuka"), choices=OPENINGS, widget=forms.RadioSelect
    )
    desks = forms.IntegerField(label=_("Jumlah meja petugas"), min_value=1, max_value=6)
    booths = forms.IntegerField(label=_("Jumlah bilik"), min_value=1, max_value=12)
    seats = forms.IntegerField(label=_("Jumlah kursi saksi"), min_value=0, max_value=12)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for door in ("entrance", "exit"):
            self._require_in_wall(data, door)
        return data

    def _require_in_wall(self, data: Mapping[str, Any], door: str) -> None:
        wall, offset = data.get(f"{door}_wall"), data.get(door)
        is_level = wall in (Wall.NORTH.value, Wall.SOUTH.value)
        side = data.get("width" if is_level else "length")
        if offset is None or side is None or _cm(offset) + DOOR_CM <= _cm(side):
            return
        self.add_error(
            door,
            ValidationError(
                _("Pintu selebar %(door)s cm tidak muat di dinding itu. Kurangi jaraknya."),
                params={"door": DOOR_CM},
                code="door",
            ),
        )

    def to_plan(self, *, passage_cm: int) -> RoomPlan:
        """The input as the law takes it."""
        data = self.cleaned_data
        return RoomPlan(
            width_cm=_cm(data["width"]),
            length_cm=_cm(data["length"]),
            entrance_wall=Wall(data["entrance_wall"]),
            entrance_cm=_cm(data["entrance"]),
            exit_wall=Wall(data["exit_wall"]),
            exit_cm=_cm(data["exit"]),
            booth_wall=Wall(data["booth_wall"]),
            opening=Opening(data["opening"]),
            desks=data["desks"],
            booths=data["booths"],
            seats=data["seats"],
            passage_cm=passage_cm,
        )

    @staticmethod
    def read_initial(plan: RoomPlan) -> dict[str, Any]:
        """A kept drawing as the form shows it."""
        metres = {
            "width": plan.width_cm,
            "length": plan.length_cm,
            "entrance": plan.entrance_cm,
            "exit": plan.exit_cm,
        }
        return {
            **{name: str(value / 100).replace(".", ",") for name, value in metres.items()},
            "entrance_wall": plan.entrance_wall.value,
            "exit_wall": plan.exit_wall.value,
            "booth_wall": plan.booth_wall.value,
            "opening": plan.opening.value,
            "desks": plan.desks,
            "booths": plan.booths,
            "seats": plan.seats,
        }


FIRST_ROOM = RoomPlan(
    width_cm=1000,
    length_cm=800,
    entrance_wall=Wall.SOUTH,
    entrance_cm=100,
    exit_wall=Wall.SOUTH,
    exit_cm=800,
    booth_wall=Wall.NORTH,
    opening=Opening.WALL,
    desks=2,
    booths=3,
    seats=4,
)


def _cm(metres: Decimal) -> int:
    return int(metres * 100)
