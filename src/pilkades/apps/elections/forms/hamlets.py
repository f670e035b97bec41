"""Shape of a hamlet's name."""

from django import forms
from django.utils.translation import gettext_lazy as _


class HamletForm(forms.Form):
    """The name of a hamlet that is added."""

    name = forms.CharField(
        label=_("Nama dusun"),
        max_length=60,
        help_text=_("Tanpa kata dusun, misalnya Krajan."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class RenameHamletForm(HamletForm):
    """Another name; the one that was seen says what is replaced."""

    expected_name = forms.CharField(max_length=120, widget=forms.HiddenInput)

    def expect(self, name: str) -> None:
        """After a conflict the form carries what stands now: sending it again is a new decision."""
        self.data = {**dict(self.data.items()), "expected_name": name}
