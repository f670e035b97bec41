"""The checklist of a candidate or a voter: every requirement with answer, article and reason.

Joins what the facts say (`applicants`, `voters`) with the documents that prove it. Implements UU
6/2014 art 33 as amended and what Permendagri 112/2014 asks of voters, by the requirements that
the pack lists. Leaves out who checks and when; see `pilkades.law.candidacy`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from pilkades.law.eligibility.answers import Answer, Outcome, Setting
from pilkades.law.eligibility.applicants import answer_applicant
from pilkades.law.eligibility.facts import ApplicantFacts, KeyDates, VoterFacts
from pilkades.law.eligibility.rules import (
    Condition,
    Document,
    Due,
    EligibilityRules,
    When,
)
from pilkades.law.eligibility.voter_rules import VoterRules
from pilkades.law.eligibility.voters import answer_voter
from pilkades.law.pack import Status
from pilkades.text import Text


@dataclass(frozen=True, slots=True)
class Requirement:
    """One line of the checklist (syarat): the answer, where it is written, and why."""

    id: str
    name: str
    outcome: Outcome
    article: str
    status: Status
    due: Due
    reason: Text
    applies: bool
    documents: tuple[Document, ...]
    missing: tuple[Document, ...]
    name_en: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """All requirements of one person, in the order of the pack."""

    requirements: tuple[Requirement, ...]

    @property
    def is_met(self) -> bool:
        """Every single requirement is met; an empty checklist never is."""
        return bool(self.requirements) and all(
            item.outcome is Outcome.MET for item in self.requirements
        )

    @property
    def is_refused(self) -> bool:
        """At least one requirement is not met, whatever papers may follow."""
        return any(item.outcome is Outcome.NOT_MET for item in self.requirements)

    def list_open(self, *, due: Due | None = None) -> tuple[Requirement, ...]:
        """Requirements that still need a paper or a decision, all or those due by a moment."""
        waiting = {Outcome.NEEDS_DOCUMENT, Outcome.NEEDS_DECISION}
        return tuple(
            item
            for item in self.requirements
            if item.outcome in waiting and due in (None, item.due)
        )

    def list_missing(self) -> tuple[Document, ...]:
        """Documents still to be handed in, each once, in the order of the checklist."""
        found = {item.id: item for line in self.requirements for item in line.missing}
        return tuple(found.values())


def check_applicant(
    *, rules: EligibilityRules, facts: ApplicantFacts, dates: KeyDates
) -> Checklist:
    """The checklist of an applicant at registration.

    Law: UU 6/2014 art 33 as amended by UU 3/2024, Permendagri 112/2014; residence is never
    required (MK 128/PUU-XIII/2015). The list itself is the pack's `[[eligibility]]`.
    """
    setting = Setting(dates=dates, leap=rules.leap_birthday)
    return Checklist(
        requirements=tuple(
            _add_documents(
                condition,
                answer_applicant(condition=condition, facts=facts, setting=setting),
                rules.list_documents(condition_id=condition.id),
                facts.documents,
            )
            for condition in rules.conditions
        )
    )


def check_voter(*, rules: VoterRules, facts: VoterFacts, dates: KeyDates) -> Checklist:
    """The checklist of a resident as voter.

    Law: Permendagri 112/2014 (who may vote); the day on which age counts and the exclusion of
    soldiers and police are pack fields.
    """
    setting = Setting(dates=dates, leap=rules.leap_birthday)
    return Checklist(
        requirements=tuple(
            _add_documents(
                condition,
                answer_voter(condition=condition, facts=facts, setting=setting),
                rules.list_documents(condition_id=condition.id),
                facts.documents,
            )
            for condition in rules.conditions
        )
    )


def _add_documents(
    condition: Condition, answer: Answer, documents: tuple[Document, ...], held: frozenset[str]
) -> Requirement:
    needed = tuple(item for item in documents if _is_needed(item, answer))
    missing = tuple(_list_missing(needed, held))
    outcome, reason = answer.outcome, answer.reason
    if missing and outcome in {Outcome.MET, Outcome.NEEDS_DECISION}:
        outcome = Outcome.NEEDS_DOCUMENT
        reason = Text(
            "{reason} Belum ada: {documents}.",
            reason=reason,
            documents=_join_names(*(item.name for item in missing)),
        )
    return Requirement(
        id=condition.id,
        name=condition.name,
        outcome=outcome,
        article=condition.article,
        status=condition.status,
        due=condition.due,
        reason=reason,
        applies=answer.applies,
        documents=needed,
        missing=missing,
        name_en=condition.name_en,
    )


def _join_names(first: str, *rest: str) -> Text | str:
    """Names with semicolons, each a parameter of its own so that each can be translated."""
    return Text("{first}; {rest}", first=first, rest=_join_names(*rest)) if rest else first


def _is_needed(document: Document, answer: Answer) -> bool:
    if not answer.applies:
        return False
    return document.when is When.ALWAYS or answer.is_exception


def _list_missing(needed: Iterable[Document], held: frozenset[str]) -> Iterable[Document]:
    """One document for each group of which none is there: the first one of the pack."""
    groups: dict[str, list[Document]] = {}
    for item in needed:
        groups.setdefault(item.group, []).append(item)
    for members in groups.values():
        if not any(item.id in held for item in members):
            yield members[0]
