"""Shapes of input about prints and invitations."""

from django import forms
from django.utils.translation import gettext_lazy as _

from pilkades.apps.roll.models import Delivery

PAPER_SIZES = (("a4", "A4"), ("f4", _("F4 (215 × 330 mm)")))


class PrintForm(forms.Form):
    """Which paper, of what size."""

    kind = forms.CharField(max_length=20)
    paper = forms.ChoiceField(choices=PAPER_SIZES)


class DeliveryForm(forms.Form):
    """What became of an invitation; `expected` is what the officer saw."""

    expected = forms.ChoiceField(choices=Delivery.choices, required=False, widget=forms.HiddenInput)
    delivery = forms.ChoiceField(
        label=_("Hasilnya"),
        choices=[choice for choice in Delivery.choices if choice[0]],
        widget=forms.RadioSelect,
    )
    receiver = forms.CharField(
        label=_("Nama penerima"),
        max_length=120,
        required=False,
        help_text=_("Diisi bila undangan tersampaikan."),
    )
