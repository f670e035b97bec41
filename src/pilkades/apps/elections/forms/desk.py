"""Input of the desk's pages: shape only; the rules are judged by the services."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pilkades.apps.design.widgets import DateInput
from pilkades.apps.regulations.models import PackVersion


class VersionedForm(forms.Form):
    """A form that carries the version of what the official saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def renew_version(self, version: int) -> None:
        """After a conflict: keep every input, so that a second save is a decision of its own."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["version"] = str(version)  # type: ignore[index]


class PackChoiceField(forms.ChoiceField):
    """A choice among the adopted packs of the regency, by UUID."""

    def offer(self, versions: Sequence[PackVersion]) -> None:
        """Set what can be chosen, the regency's own packs first."""
        self.choices = [
            (str(v.uuid), f"{v.title} ({v.pack_id} {v.version_label})") for v in versions
        ]


class WaveForm(forms.Form):
    """A new wave."""

    name = forms.CharField(
        label=_("Nama gelombang"),
        max_length=120,
        min_length=3,
        help_text=_("Nama yang dipakai di surat dan layar."),
    )
    poll_date = forms.DateField(label=_("Hari pemungutan suara"), widget=DateInput())
    pack = PackChoiceField(
        label=_("Paket aturan"),
        help_text=_("Hanya paket yang sudah ditetapkan dua orang dapat dipilih."),
    )
    is_simulation = forms.BooleanField(
        label=_("Ini latihan: tandai SIMULASI di semua halaman dan kertas"), required=False
    )

    def __init__(self, *args: Any, versions: Sequence[PackVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pack"].offer(versions)  # type: ignore[attr-defined]


class ScheduleForm(forms.Form):
    """Another poll date or pack, to be looked at before it is set."""

    poll_date = forms.DateField(label=_("Andai hari pemungutan"), widget=DateInput())
    pack = PackChoiceField(label=_("Andai paket aturan"))

    def __init__(self, *args: Any, versions: Sequence[PackVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pack"].offer(versions)  # type: ignore[attr-defined]


class ApplyScheduleForm(VersionedForm):
    """What was looked at, now to be set."""

    poll_date = forms.DateField(widget=forms.HiddenInput)
    pack = forms.UUIDField(widget=forms.HiddenInput)


class DecreeForm(VersionedForm):
    """Number and date of the signed decree."""

    decree_number = forms.CharField(label=_("Nomor SK"), max_length=80)
    decree_date = forms.DateField(label=_("Tanggal SK"), widget=DateInput())


class RecordForm(VersionedForm):
    """What really happened in a step."""

    started_on = forms.DateField(label=_("Mulai dilaksanakan"), widget=DateInput(), required=False)
    finished_on = forms.DateField(
        label=_("Selesai dilaksanakan"),
        widget=DateInput(),
        required=False,
        help_text=_("Kosongkan bila masih berjalan."),
    )
    note = forms.CharField(
        label=_("Catatan"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Hanya untuk panitia; tidak masuk buku catatan umum."),
    )

    def clean(self) -> dict[str, date | str | int | None]:
        data: dict[str, date | str | int | None] = super().clean() or {}
        if not self.errors and not (data.get("started_on") or data.get("finished_on")):
            raise forms.ValidationError(_("Isi tanggal mulai, tanggal selesai, atau keduanya."))
        return data


class ExtendForm(VersionedForm):
    """A later last day, and the decision that grants it."""

    extended_to = forms.DateField(label=_("Diperpanjang sampai"), widget=DateInput())
    reference = forms.CharField(label=_("Dasar keputusan"), max_length=200)


class BranchForm(VersionedForm):
    """The branches of the pack that the election has taken."""

    branches = forms.MultipleChoiceField(
        label=_("Jalur pemilihan"), required=False, widget=forms.CheckboxSelectMultiple
    )
    article = forms.CharField(
        label=_("Dasar"),
        max_length=300,
        help_text=_("Berita acara atau pasal yang menjadi dasar jalur ini."),
    )

    def __init__(self, *args: Any, branches: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["branches"].choices = branches  # type: ignore[attr-defined]


class ReasonForm(VersionedForm):
    """Why, and by which decision."""

    reason = forms.CharField(
        label=_("Alasan"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    reference = forms.CharField(label=_("Dasar keputusan"), max_length=200)


class PostponeForm(ReasonForm):
    """A new day, or none yet."""

    to_date = forms.DateField(
        label=_("Hari pemungutan baru"),
        widget=DateInput(),
        required=False,
        help_text=_("Kosongkan bila belum ditetapkan: desa ini beristirahat sampai ada tanggal."),
    )

    field_order = ["to_date", "reason", "reference", "version"]
