"""What of the trail is asked for: shape only."""

from datetime import datetime, time, timedelta, tzinfo
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pilkades.apps.audit.alerts import ALERT_WORDS, Alert
from pilkades.apps.audit.catalogue import get_catalogue
from pilkades.apps.design.texts import translate
from pilkades.text import Text


class TrailForm(forms.Form):
    """Saringan jejak audit; every field may stay empty."""

    wilayah = forms.CharField(label=_("Wilayah (nama atau kode)"), required=False, max_length=80)
    pelaku = forms.CharField(label=_("Pelaku"), required=False, max_length=80)
    peristiwa = forms.ChoiceField(label=_("Peristiwa"), required=False)
    pasal = forms.CharField(label=_("Pasal"), required=False, max_length=80)
    dari = forms.DateField(label=_("Dari tanggal"), required=False)
    sampai = forms.DateField(label=_("Sampai tanggal"), required=False)
    kata = forms.CharField(label=_("Kata"), required=False, max_length=80)
    peringatan = forms.ChoiceField(label=_("Peringatan"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("dari", "sampai"):
            self.fields[name].widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        _offer(self.fields["peristiwa"], _list_events())
        _offer(self.fields["peringatan"], [(a.value, translate(ALERT_WORDS[a])) for a in Alert])

    def clean(self) -> dict[str, Any]:
        """The first day may not lie after the last."""
        cleaned = super().clean() or {}
        since, until = cleaned.get("dari"), cleaned.get("sampai")
        if since and until and since > until:
            self.add_error(
                "sampai", _("Tanggal akhir lebih awal dari tanggal mulai. Tukar keduanya.")
            )
        return cleaned

    def get_period(self, zone: tzinfo) -> tuple[datetime | None, datetime | None]:
        """Whole days on the wall clock of the zone, the end not included."""
        since, until = self.cleaned_data["dari"], self.cleaned_data["sampai"]
        return (
            datetime.combine(since, time(), zone) if since else None,
            datetime.combine(until + timedelta(days=1), time(), zone) if until else None,
        )


def _offer(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    if isinstance(field, forms.ChoiceField):
        field.choices = [("", str(_("Semua"))), *choices]


def _list_events() -> list[tuple[str, str]]:
    """Event ids with their sentences, the places of their fields as an ellipsis."""
    return sorted(
        (
            (kind.id, translate(Text(kind.title, **dict.fromkeys(kind.title_fields, "…"))))
            for kind in get_catalogue().values()
        ),
        key=lambda choice: choice[1],
    )
