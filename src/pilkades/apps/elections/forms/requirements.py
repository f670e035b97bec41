"""The questions behind each requirement of the law: one small form for each kind of test."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pilkades.apps.design.texts import translate_name
from pilkades.apps.design.widgets import DateInput
from pilkades.apps.elections.forms.candidates import EDUCATIONS
from pilkades.apps.elections.forms.desk import VersionedForm
from pilkades.law.eligibility import (
    ApplicantFacts,
    Condition,
    ConditionKind,
    Conviction,
    Education,
    HeadTerm,
    Office,
    TermKind,
)

YES_NO = [("ya", _("Ya")), ("tidak", _("Tidak")), ("", _("Belum diketahui"))]
TERM_ROWS = 4
CONVICTION_ROWS = 3


def _answer(value: str) -> bool | None:
    return {"ya": True, "tidak": False}.get(value)


def _written(value: bool | None) -> str:
    return {True: "ya", False: "tidak", None: ""}[value]


def _yes_no(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=YES_NO, required=False, widget=forms.RadioSelect)


class FactsForm(VersionedForm):
    """The base: a form that knows which facts it changes."""

    def __init__(
        self, *args: Any, condition: Condition, facts: ApplicantFacts, **kwargs: Any
    ) -> None:
        self.condition = condition
        self.facts = facts
        super().__init__(*args, **kwargs)
        self.prepare()

    def prepare(self) -> None:
        """Fields and what stands in them now."""

    def read_changes(self) -> Mapping[str, Any]:
        """The facts as the service takes them."""
        return {}


class SimpleFactForm(FactsForm):
    """One question with yes or no behind one fact."""

    LABELS: Mapping[ConditionKind, tuple[str, Any]] = {
        ConditionKind.CITIZEN: ("is_citizen", _("Warga negara Indonesia?")),
        ConditionKind.NOT_IN_PRISON: (
            "is_in_prison",
            _("Sedang menjalani pidana penjara?"),
        ),
        ConditionKind.RIGHT_NOT_REVOKED: (
            "is_right_revoked",
            _("Hak pilih sedang dicabut oleh putusan pengadilan?"),
        ),
        ConditionKind.HEALTHY: ("is_healthy", _("Sehat menurut surat keterangan?")),
    }

    def prepare(self) -> None:
        name, label = self.LABELS[self.condition.test]
        self.fields["answer"] = _yes_no(label)
        self.initial["answer"] = _written(getattr(self.facts, name))

    def read_changes(self) -> Mapping[str, Any]:
        name, _label = self.LABELS[self.condition.test]
        return {name: _answer(self.cleaned_data["answer"])}


class EducationForm(FactsForm):
    """The highest certificate."""

    def prepare(self) -> None:
        self.fields["answer"] = forms.ChoiceField(
            label=_("Pendidikan terakhir menurut ijazah"),
            choices=[(Education.NONE.value, _("Tidak tamat SD")), *EDUCATIONS],
        )
        self.initial["answer"] = self.facts.education.value if self.facts.education else ""

    def read_changes(self) -> Mapping[str, Any]:
        return {"education": Education(self.cleaned_data["answer"])}


class DeclaredForm(FactsForm):
    """The question that the pack words itself."""

    def prepare(self) -> None:
        self.fields["answer"] = _yes_no(
            translate_name(self.condition.question or self.condition.name)
        )
        self.initial["answer"] = _written(self.facts.declared.get(self.condition.id))

    def read_changes(self) -> Mapping[str, Any]:
        declared = dict(self.facts.declared)
        answer = _answer(self.cleaned_data["answer"])
        if answer is None:
            declared.pop(self.condition.id, None)
        else:
            declared[self.condition.id] = answer
        return {"declared": declared}


class OfficeForm(FactsForm):
    """Whether the applicant holds an office, and whether the leave or permission is there."""

    def prepare(self) -> None:
        office = self._office()
        self.fields["holds"] = _yes_no(_("Apakah bakal calon memegang jabatan ini?"))
        self.fields["released"] = _yes_no(_("Bila ya: surat cuti, izin, atau mundur sudah ada?"))
        self.initial["holds"] = "ya" if office in self.facts.offices else "tidak"
        self.initial["released"] = "ya" if office in self.facts.releases else "tidak"

    def read_changes(self) -> Mapping[str, Any]:
        office = {self._office()}
        holds = self.cleaned_data["holds"] == "ya"
        released = holds and self.cleaned_data["released"] == "ya"
        return {
            "offices": self.facts.offices | office if holds else self.facts.offices - office,
            "releases": self.facts.releases | office if released else self.facts.releases - office,
        }

    def _office(self) -> Office:
        return self.condition.office or Office.VILLAGE_HEAD


class TermsForm(FactsForm):
    """Every service as village head, one row each; empty rows are none."""

    KINDS = [
        (TermKind.ELECTED.value, _("Hasil pilkades")),
        (TermKind.INTER_TERM.value, _("Antarwaktu")),
        (TermKind.ACTING.value, _("Penjabat")),
    ]

    def prepare(self) -> None:
        for row in range(TERM_ROWS):
            term = self.facts.head_terms[row] if row < len(self.facts.head_terms) else None
            number = row + 1
            self.fields[f"start_{row}"] = forms.DateField(
                label=_("Masa jabatan %(number)s: mulai") % {"number": number},
                widget=DateInput(),
                required=False,
            )
            self.fields[f"end_{row}"] = forms.DateField(
                label=_("Masa jabatan %(number)s: selesai") % {"number": number},
                widget=DateInput(),
                required=False,
                help_text=_("Kosongkan bila masih menjabat."),
            )
            self.fields[f"kind_{row}"] = forms.ChoiceField(
                label=_("Masa jabatan %(number)s: cara") % {"number": number}, choices=self.KINDS
            )
            if term is not None:
                self.initial.update(
                    {
                        f"start_{row}": term.start_date,
                        f"end_{row}": term.end_date,
                        f"kind_{row}": term.kind.value,
                    }
                )

    def read_changes(self) -> Mapping[str, Any]:
        data = self.cleaned_data
        return {
            "head_terms": tuple(
                HeadTerm(
                    start_date=data[f"start_{row}"],
                    end_date=data[f"end_{row}"],
                    kind=TermKind(data[f"kind_{row}"]),
                )
                for row in range(TERM_ROWS)
                if data.get(f"start_{row}")
            )
        }


class ConvictionsForm(FactsForm):
    """Whether the applicant was ever convicted, and what counts of each conviction."""

    def prepare(self) -> None:
        self.fields["convicted"] = _yes_no(_("Pernah dijatuhi pidana?"))
        self.initial["convicted"] = _written(self.facts.has_been_convicted)
        for row in range(CONVICTION_ROWS):
            self._add_row(row)

    def _add_row(self, row: int) -> None:
        known = self.facts.convictions
        item = known[row] if row < len(known) else None
        number = {"number": row + 1}
        self.fields[f"months_{row}"] = forms.IntegerField(
            label=_("Putusan %(number)s: ancaman pidana paling lama") % number,
            min_value=0,
            max_value=1200,
            required=False,
            help_text=_("Dalam bulan, menurut pasal yang terbukti; bukan lamanya vonis."),
        )
        self.fields[f"final_{row}"] = _yes_no(_("Putusan %(number)s: sudah tetap?") % number)
        self.fields[f"completed_{row}"] = forms.DateField(
            label=_("Putusan %(number)s: selesai dijalani") % number,
            widget=DateInput(),
            required=False,
        )
        self.fields[f"disclosed_{row}"] = _yes_no(
            _("Putusan %(number)s: sudah diumumkan terbuka kepada masyarakat?") % number
        )
        self.fields[f"repeat_{row}"] = _yes_no(
            _("Putusan %(number)s: pelaku kejahatan berulang?") % number
        )
        if item is not None:
            self.initial.update(
                {
                    f"months_{row}": item.threatened_months,
                    f"final_{row}": _written(item.is_final),
                    f"completed_{row}": item.completed_date,
                    f"disclosed_{row}": _written(item.is_publicly_disclosed),
                    f"repeat_{row}": _written(item.is_repeat_offender),
                }
            )

    def read_changes(self) -> Mapping[str, Any]:
        convicted = _answer(self.cleaned_data["convicted"])
        rows = [self._read_row(row) for row in range(CONVICTION_ROWS)]
        convictions = tuple(row for row in rows if row is not None)
        return {
            "has_been_convicted": convicted,
            "convictions": convictions if convicted else (),
        }

    def _read_row(self, row: int) -> Conviction | None:
        data = self.cleaned_data
        months: int | None = data.get(f"months_{row}")
        final = _answer(data.get(f"final_{row}") or "")
        completed: date | None = data.get(f"completed_{row}")
        if months is None and final is None and completed is None:
            return None
        return Conviction(
            is_final=final is not False,
            threatened_months=months,
            completed_date=completed,
            is_publicly_disclosed=_answer(data.get(f"disclosed_{row}") or ""),
            is_repeat_offender=_answer(data.get(f"repeat_{row}") or ""),
        )


FORMS: Mapping[ConditionKind, type[FactsForm]] = {
    ConditionKind.CITIZEN: SimpleFactForm,
    ConditionKind.NOT_IN_PRISON: SimpleFactForm,
    ConditionKind.RIGHT_NOT_REVOKED: SimpleFactForm,
    ConditionKind.HEALTHY: SimpleFactForm,
    ConditionKind.EDUCATION_MIN: EducationForm,
    ConditionKind.DECLARED: DeclaredForm,
    ConditionKind.RELEASED: OfficeForm,
    ConditionKind.TERMS_MAX: TermsForm,
    ConditionKind.NO_SERIOUS_CONVICTION: ConvictionsForm,
}
"""Age follows from the identity and residence is never asked, so neither has a form."""
