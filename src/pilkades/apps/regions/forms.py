"""Shape of the search for a village."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SearchForm(forms.Form):
    """Words of a name or a code, and the region to stay inside."""

    q = forms.CharField(
        label=_("Nama atau kode desa"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    induk = forms.RegexField(
        r"^\d{2}(?:\.\d{2}(?:\.\d{2}(?:\.\d{4})?)?)?$", required=False, widget=forms.HiddenInput
    )
