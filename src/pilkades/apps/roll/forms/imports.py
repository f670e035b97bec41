"""Shape of what people hand in while they import a list."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pilkades.apps.design.texts import translate
from pilkades.apps.elections.forms.desk import VersionedForm
from pilkades.apps.roll.spreadsheets.fields import FIELDS, TARGETS
from pilkades.apps.roll.spreadsheets.layout import Column

SECRET_FIELDS = ("nik", "kk", "phone")
EMPTYING = "-"


class UploadForm(forms.Form):
    """A spreadsheet."""

    file = forms.FileField(
        label=_("Berkas daftar penduduk atau pemilih"),
        help_text=_("Excel (.xlsx, .xls), LibreOffice (.ods) atau CSV. Urutan kolom bebas."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.txt"}),
        allow_empty_file=True,
    )


class ColumnsForm(VersionedForm):
    """Which column of a sheet is what."""

    sheet = forms.CharField(widget=forms.HiddenInput, max_length=120)

    def __init__(self, *args: Any, columns: Sequence[Column], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.indexes = [column.index for column in columns]
        choices = [("", _("Tidak diimpor")), *((key, translate(t)) for key, t in TARGETS.items())]
        for column in columns:
            self.fields[_name(column.index)] = forms.ChoiceField(
                label=column.title or _("Kolom tanpa judul"), choices=choices, required=False
            )

    def get_columns(self) -> Mapping[int, str]:
        """The chosen field of each column that is imported."""
        chosen = {index: self.cleaned_data[_name(index)] for index in self.indexes}
        return {index: target for index, target in chosen.items() if target}

    @staticmethod
    def make_initial(columns: Sequence[Column], mapped: Mapping[int, str]) -> dict[str, str]:
        """What is chosen when the page is opened."""
        return {_name(column.index): mapped.get(column.index, "") for column in columns}


class MendForm(forms.Form):
    """An offered mending: of which kind of problem, and which one."""

    code = forms.CharField(max_length=40)
    key = forms.CharField(max_length=300)


class LeaveOutForm(forms.Form):
    """Rows of which kind are left out; empty means all that are kept out anyway."""

    code = forms.CharField(max_length=40, required=False)


class RowForm(forms.Form):
    """One row by hand; numbers that are secret are only ever replaced, never shown."""

    def __init__(self, *args: Any, masked: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, title in FIELDS.items():
            field = forms.CharField(label=translate(title), required=False, max_length=200)
            if name in SECRET_FIELDS:
                field.help_text = _(
                    "Tertulis: %(masked)s. Isi hanya bila diganti; tulis - untuk mengosongkan."
                ) % {"masked": masked.get(name) or _("kosong")}
                field.widget.attrs.update({"inputmode": "numeric", "autocomplete": "off"})
            self.fields[name] = field

    def get_changes(self) -> dict[str, str]:
        """The fields that were written over."""
        changes = {name: self.cleaned_data[name].strip() for name in self.changed_data}
        return {
            name: "" if name in SECRET_FIELDS and value == EMPTYING else value
            for name, value in changes.items()
        }


class UndoForm(VersionedForm):
    """Why an import is taken back."""

    reason = forms.CharField(
        label=_("Alasan"), max_length=200, widget=forms.Textarea(attrs={"rows": 2})
    )


def _name(index: int) -> str:
    return f"kolom_{index}"
