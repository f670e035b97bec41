"""Shape of an answer about two entries."""

from django import forms
from django.utils.translation import gettext_lazy as _

from pilkades.apps.elections.forms.desk import VersionedForm
from pilkades.apps.roll.models import VillageAnswer

NOTE_MAX = 300


class DecideForm(VersionedForm):
    """The answer is the button that was pressed: different, or which of the two is struck."""

    answer = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)
    note = forms.CharField(
        label=_("Keterangan"),
        required=False,
        max_length=NOTE_MAX,
        help_text=_("Misalnya: KTP-el keduanya diperiksa di rumah."),
    )


class AnswerForm(VersionedForm):
    """What a village says of its own voter."""

    answer = forms.ChoiceField(
        label=_("Keadaan pemilih desa ini"),
        choices=[choice for choice in VillageAnswer.choices if choice[0]],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Dasar jawaban"),
        max_length=NOTE_MAX,
        help_text=_("Misalnya: surat pindah tertanggal 3 Maret 2026."),
    )


class AskForm(VersionedForm):
    """What the desk asks a village."""

    entry = forms.UUIDField(widget=forms.HiddenInput)
    question = forms.CharField(
        label=_("Pertanyaan kepada desa"),
        max_length=NOTE_MAX,
        initial=_("Apakah pemilih ini masih tinggal di desa Anda?"),
    )


class DifferentForm(VersionedForm):
    """Why the desk holds two entries to be two people."""

    note = forms.CharField(label=_("Dasar keputusan"), max_length=NOTE_MAX)
