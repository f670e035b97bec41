"""Input of a handover and of what came back; shape only."""

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pilkades.apps.elections.forms.desk import VersionedForm

SEALS_MAX = 12
SEAL_LENGTH = 40
NAMES_LIST = "nama-dikenal"
_UUID = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")


def read_seals(written: str) -> tuple[str, ...]:
    """Seal numbers, between commas or on lines of their own; each once."""
    parts = (" ".join(part.split()) for part in re.split(r"[,;\n]", written))
    return tuple(dict.fromkeys(part[:SEAL_LENGTH] for part in parts if part))


def _name_input() -> forms.TextInput:
    return forms.TextInput(attrs={"list": NAMES_LIST, "autocomplete": "off"})


class SealForm(VersionedForm):
    """Two people close a package."""

    giver = forms.CharField(label=_("Yang mengemas"), max_length=160, widget=_name_input())
    taker = forms.CharField(
        label=_("Yang menyaksikan dan menyimpan"), max_length=160, widget=_name_input()
    )
    place = forms.CharField(label=_("Tempat"), max_length=160)
    seals = forms.CharField(
        label=_("Nomor segel"),
        max_length=500,
        help_text=_("Bila lebih dari satu, pisahkan dengan koma."),
    )
    note = forms.CharField(label=_("Catatan"), max_length=300, required=False)

    def clean_seals(self) -> tuple[str, ...]:
        seals = read_seals(self.cleaned_data["seals"])
        if len(seals) > SEALS_MAX:
            raise ValidationError(
                _("Satu paket paling banyak %(most)s segel."), params={"most": SEALS_MAX}
            )
        return seals


class HandoverForm(SealForm):
    """One gives, another takes, both look at the seal."""

    giver = forms.CharField(label=_("Yang menyerahkan"), max_length=160, widget=_name_input())
    taker = forms.CharField(label=_("Yang menerima"), max_length=160, widget=_name_input())
    seals = forms.CharField(
        label=_("Nomor segel yang terbaca pada paket"),
        max_length=500,
        required=False,
        help_text=_("Tulis yang benar-benar terbaca. Bila lebih dari satu, pisahkan dengan koma."),
    )
    intact = forms.ChoiceField(
        label=_("Keadaan segel"),
        choices=[("utuh", _("Utuh")), ("rusak", _("Rusak, lepas, atau terbuka"))],
        widget=forms.RadioSelect,
    )

    field_order = ("version", "giver", "taker", "place", "seals", "intact", "note")


class OpenForm(HandoverForm):
    """Two people open a package."""

    giver = forms.CharField(label=_("Pemegang paket"), max_length=160, widget=_name_input())
    taker = forms.CharField(
        label=_("Yang membuka dan menyaksikan"), max_length=160, widget=_name_input()
    )


class ReturnForm(HandoverForm):
    """A package comes back to the committee."""

    giver = forms.CharField(label=_("Yang mengembalikan"), max_length=160, widget=_name_input())
    taker = forms.CharField(label=_("Yang menerima kembali"), max_length=160, widget=_name_input())


class CountReturnForm(forms.Form):
    """How many of every thing came back."""

    def __init__(self, *args: Any, rows: Sequence[tuple[str, str, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item_ids = [row[0] for row in rows]
        for item, name, sent in rows:
            self.fields[f"r_{item}"] = forms.IntegerField(
                label=name,
                min_value=0,
                max_value=sent,
                help_text=_("Dikirim: %(sent)s") % {"sent": sent},
            )

    def read_counts(self) -> dict[str, int]:
        return {item: self.cleaned_data[f"r_{item}"] for item in self.item_ids}


class CodeForm(forms.Form):
    """The code of a package, typed or pasted; the whole address of the QR is taken as well."""

    code = forms.CharField(
        label=_("Kode paket"),
        max_length=300,
        help_text=_("Tempelkan alamat dari QR, atau ketik kode di bawah QR."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off"}),
    )

    def clean_code(self) -> UUID | str:
        """A full code, or at least eight signs from its beginning as printed below the QR."""
        written = self.cleaned_data["code"].strip().lower()
        found = _UUID.search(written)
        if found:
            return UUID(found[0])
        short = re.sub(r"[^0-9a-f]", "", written)
        if len(short) < 8:
            raise ValidationError(
                _("Kode paket terdiri atas paling sedikit 8 huruf dan angka di bawah QR.")
            )
        return short[:32]
