"""Which offices are told of what happens in a village (siapa menerima).

Law: Permendagri 112/2014 gives supervision to the regency's committee and the camat; which of them
hears of results, incidents, complaints and outcomes of candidacy is regional, so the pack lists it.
Deadlines need no list: they go to the office that owns the step.
"""

from collections.abc import Iterator
from enum import StrEnum

from pilkades.law.findings import Finding, Severity
from pilkades.law.pack import RulePack
from pilkades.law.packspec import FieldKind, FieldSpec, Section, TableSpec
from pilkades.text import Text

OFFICES = (
    "panitia",
    "panitia_kabupaten",
    "panitia_kecamatan",
    "bpd",
    "kepala_desa",
    "camat",
    "kepala_daerah",
)


class Matter(StrEnum):
    """What an office may be told of (perihal)."""

    DECISION = "decision"
    CANDIDATES = "candidates"
    COMPLAINT = "complaint"
    INCIDENT = "incident"
    RESULT = "result"


def list_recipients(*, pack: RulePack, matter: Matter) -> tuple[str, ...]:
    """The offices that are told of this matter, in the pack's order; none if it names none.

    Law: regional; decision: exactly those of the pack's `[[recipient]]` row, nobody by default.
    """
    entry = pack.find_entry("recipient", matter)
    return entry.texts("offices") if entry else ()


def _check_matters(pack: RulePack) -> Iterator[Finding]:
    for entry in pack.table("recipient"):
        if entry.id not in tuple(Matter):
            text = Text(
                "Perihal “{id}” tidak dikenal. Yang ada: {known}.",
                id=entry.id,
                known=", ".join(Matter),
            )
            yield Finding(
                "recipient.unknown-matter", Severity.ERROR, text, entry.id, pack.line_of(entry)
            )


SECTION = Section(
    name="recipients",
    tables=(
        TableSpec(
            "recipient",
            Text("kantor yang menerima pemberitahuan menurut perihalnya"),
            (
                FieldSpec(
                    "offices",
                    FieldKind.CHOICES,
                    Text("kantor penerima, misalnya [“panitia_kecamatan”, “camat”]"),
                    choices=OFFICES,
                    may_be_empty=True,
                ),
            ),
        ),
    ),
    checks=(_check_matters,),
)
