"""What is known about an applicant or a voter, as frozen values.

`None` means "not established yet", which is never read as yes. Names, NIK and addresses are
absent: no requirement of the law depends on them, and what is not here cannot leak from here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType


class Education(StrEnum):
    """Highest completed schooling (pendidikan terakhir), by certificate."""

    NONE = "TIDAK"
    SD = "SD"
    SMP = "SMP"
    SMA = "SMA"
    D1 = "D1"
    D2 = "D2"
    D3 = "D3"
    D4 = "D4"
    S1 = "S1"
    S2 = "S2"
    S3 = "S3"

    @property
    def rank(self) -> int:
        """Position from none upwards; D4 and S1 are the same level."""
        return _EDUCATION_RANK[self]


_EDUCATION_RANK = {
    Education.NONE: 0,
    Education.SD: 1,
    Education.SMP: 2,
    Education.SMA: 3,
    Education.D1: 4,
    Education.D2: 5,
    Education.D3: 6,
    Education.D4: 7,
    Education.S1: 7,
    Education.S2: 8,
    Education.S3: 9,
}


class TermKind(StrEnum):
    """How somebody came to be village head (jenis masa jabatan)."""

    ELECTED = "elected"
    INTER_TERM = "inter_term"
    ACTING = "acting"


class Office(StrEnum):
    """An office that must be left, paused or permitted before one may stand."""

    VILLAGE_HEAD = "village_head"
    CIVIL_SERVANT = "civil_servant"
    VILLAGE_STAFF = "village_staff"
    VILLAGE_COUNCIL = "village_council"
    MILITARY_POLICE = "military_police"
    COMMITTEE = "committee"


@dataclass(frozen=True, slots=True)
class HeadTerm:
    """One service as village head (masa jabatan kepala desa); no end date while it runs."""

    start_date: date
    end_date: date | None
    kind: TermKind = TermKind.ELECTED


@dataclass(frozen=True, slots=True)
class Conviction:
    """One conviction (putusan pidana): what counts is the penalty threatened, not the sentence."""

    is_final: bool
    threatened_months: int | None
    completed_date: date | None
    is_publicly_disclosed: bool | None = None
    is_repeat_offender: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicantFacts:
    """Everything the requirements for a village head ask about an applicant (bakal calon).

    `releases` holds the offices for which leave, permission or resignation is granted, `declared`
    the answers to regional conditions by their id, `documents` the ids of documents that are in
    the file and found valid.
    """

    birth_date: date
    is_citizen: bool | None = None
    education: Education | None = None
    is_in_prison: bool | None = None
    has_been_convicted: bool | None = None
    convictions: tuple[Conviction, ...] = ()
    is_right_revoked: bool | None = None
    is_healthy: bool | None = None
    head_terms: tuple[HeadTerm, ...] = ()
    resident_since_date: date | None = None
    offices: frozenset[Office] = frozenset()
    releases: frozenset[Office] = frozenset()
    declared: Mapping[str, bool] = field(default_factory=lambda: MappingProxyType({}))
    documents: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class VoterFacts:
    """Everything the requirements for a voter ask about a resident (penduduk)."""

    birth_date: date
    is_ever_married: bool | None = None
    resident_since_date: date | None = None
    is_incapacitated: bool | None = None
    is_right_revoked: bool | None = None
    is_military_or_police: bool | None = None
    documents: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyDates:
    """The days of the timetable that requirements refer to, in the village's calendar."""

    registration_date: date | None = None
    registration_end_date: date | None = None
    provisional_roll_date: date | None = None
    final_roll_date: date | None = None
    poll_date: date | None = None
