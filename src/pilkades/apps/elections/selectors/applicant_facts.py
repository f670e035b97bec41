"""The declared facts of an applicant, between the sealed column and the value the law reads.

The column holds canonical JSON. What is written is read back strictly: a column that says
something this version does not know is refused, never guessed.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from pilkades.apps.elections.models import Candidacy
from pilkades.errors import MalformedInputError
from pilkades.law.eligibility import (
    ApplicantFacts,
    Conviction,
    Education,
    HeadTerm,
    Office,
    TermKind,
)
from pilkades.text import Text

_MEMBERS = frozenset(
    {
        "birth_date",
        "is_citizen",
        "education",
        "is_in_prison",
        "has_been_convicted",
        "convictions",
        "is_right_revoked",
        "is_healthy",
        "head_terms",
        "offices",
        "releases",
        "declared",
    }
)


def get_facts(candidacy: Candidacy, *, documents: Iterable[str] = ()) -> ApplicantFacts:
    """The facts of a file, with the ids of the documents found valid."""
    return replace(parse_facts(candidacy.facts), documents=frozenset(documents))


def format_facts(facts: ApplicantFacts) -> str:
    """The text that goes into the sealed column; documents are kept in their own table."""
    return json.dumps(
        {
            "birth_date": facts.birth_date.isoformat(),
            "is_citizen": facts.is_citizen,
            "education": facts.education,
            "is_in_prison": facts.is_in_prison,
            "has_been_convicted": facts.has_been_convicted,
            "convictions": [_format_conviction(item) for item in facts.convictions],
            "is_right_revoked": facts.is_right_revoked,
            "is_healthy": facts.is_healthy,
            "head_terms": [_format_term(item) for item in facts.head_terms],
            "offices": sorted(facts.offices),
            "releases": sorted(facts.releases),
            "declared": dict(sorted(facts.declared.items())),
        },
        separators=(",", ":"),
    )


def parse_facts(text: str) -> ApplicantFacts:
    """Read the column.

    Raises: MalformedInputError `candidacy.facts`.
    """
    try:
        members = json.loads(text)
        return _build(members)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise _malformed() from error


def _build(members: Mapping[str, Any]) -> ApplicantFacts:
    if members.keys() != _MEMBERS:
        raise _malformed()
    education = members["education"]
    return ApplicantFacts(
        birth_date=date.fromisoformat(members["birth_date"]),
        is_citizen=_answer(members["is_citizen"]),
        education=None if education is None else Education(education),
        is_in_prison=_answer(members["is_in_prison"]),
        has_been_convicted=_answer(members["has_been_convicted"]),
        convictions=tuple(_parse_conviction(item) for item in members["convictions"]),
        is_right_revoked=_answer(members["is_right_revoked"]),
        is_healthy=_answer(members["is_healthy"]),
        head_terms=tuple(_parse_term(item) for item in members["head_terms"]),
        offices=frozenset(Office(item) for item in members["offices"]),
        releases=frozenset(Office(item) for item in members["releases"]),
        declared=MappingProxyType(
            {str(key): bool(value) for key, value in members["declared"].items()}
        ),
    )


def _answer(value: object) -> bool | None:
    if value is None or isinstance(value, bool):
        return value
    raise _malformed()


def _day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)


def _iso(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _format_conviction(item: Conviction) -> dict[str, Any]:
    return {
        "is_final": item.is_final,
        "threatened_months": item.threatened_months,
        "completed_date": _iso(item.completed_date),
        "is_publicly_disclosed": item.is_publicly_disclosed,
        "is_repeat_offender": item.is_repeat_offender,
    }


def _parse_conviction(item: Mapping[str, Any]) -> Conviction:
    months = item["threatened_months"]
    return Conviction(
        is_final=bool(item["is_final"]),
        threatened_months=None if months is None else int(months),
        completed_date=_day(item["completed_date"]),
        is_publicly_disclosed=_answer(item["is_publicly_disclosed"]),
        is_repeat_offender=_answer(item["is_repeat_offender"]),
    )


def _format_term(item: HeadTerm) -> dict[str, Any]:
    return {
        "start_date": item.start_date.isoformat(),
        "end_date": _iso(item.end_date),
        "kind": item.kind,
    }


def _parse_term(item: Mapping[str, Any]) -> HeadTerm:
    return HeadTerm(
        start_date=date.fromisoformat(item["start_date"]),
        end_date=_day(item["end_date"]),
        kind=TermKind(item["kind"]),
    )


def _malformed() -> MalformedInputError:
    return MalformedInputError(
        "candidacy.facts",
        Text(
            "Data berkas bakal calon ini tidak terbaca oleh versi sistem ini. Berkas tidak "
            "berubah. Hubungi pengelola sebelum melanjutkan."
        ),
    )
