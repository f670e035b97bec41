"""What is known about an applicant, requirement by requirement."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.elections.models import Candidacy
from pilkades.apps.elections.selectors.applicant_facts import format_facts, parse_facts
from pilkades.apps.elections.selectors.village_access import is_own_file
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.elections.services.candidacy_files import (
    append_file_event,
    lock_file,
    save_file,
)
from pilkades.apps.elections.services.open_file import require_running
from pilkades.apps.elections.services.seats import is_seated
from pilkades.errors import MalformedInputError, RuleViolationError
from pilkades.law.application import ApplicationState
from pilkades.law.eligibility import Condition, ConditionKind, Due
from pilkades.law.windows import read_completion_window, require_in_time
from pilkades.text import Text

FACTS_OF: Mapping[ConditionKind, frozenset[str]] = {
    ConditionKind.CITIZEN: frozenset({"is_citizen"}),
    ConditionKind.EDUCATION_MIN: frozenset({"education"}),
    ConditionKind.NOT_IN_PRISON: frozenset({"is_in_prison"}),
    ConditionKind.NO_SERIOUS_CONVICTION: frozenset({"has_been_convicted", "convictions"}),
    ConditionKind.RIGHT_NOT_REVOKED: frozenset({"is_right_revoked"}),
    ConditionKind.HEALTHY: frozenset({"is_healthy"}),
    ConditionKind.TERMS_MAX: frozenset({"head_terms"}),
    ConditionKind.RELEASED: frozenset({"offices", "releases"}),
    ConditionKind.DECLARED: frozenset({"declared"}),
}
"""Which facts answer which requirement; age follows from the identity and is not answered here."""

OPEN_TO_APPLICANT = frozenset({ApplicationState.DRAFT, ApplicationState.NEEDS_COMPLETION})
OPEN_TO_COMMITTEE = OPEN_TO_APPLICANT | {
    ApplicationState.SUBMITTED,
    ApplicationState.RECEIVED,
    ApplicationState.CHECKING,
    ApplicationState.COMPLETED,
}


@transaction.atomic
def record_facts(
    *,
    actor: Actor,
    now: datetime,
    candidacy_uuid: UUID,
    expected_version: int,
    requirement_id: str,
    changes: Mapping[str, Any],
) -> Candidacy:
    """Record the answer to one requirement.

    Allowed: who sits in the committee; the applicant in the draft and while completing.
    Requires: a requirement of the pack that asks for these facts, a file that is not decided (one
    that is due at the determination may be answered until then), a completion in time.
    Effects: the sealed facts; `candidacy.facts_recorded`; which requirement, is sealed.
    Raises: PermissionDenied, ConflictError, MalformedInputError, RuleViolationError.
    """
    candidacy, context = lock_file(candidacy_uuid=candidacy_uuid, expected_version=expected_version)

    authorise_change(actor, candidacy, context)

    require_running(context)
    condition = get_condition(context, requirement_id)
    require_changeable(context, candidacy, now, is_late_due=condition.due is Due.DETERMINATION)
    if not changes or not set(changes) <= FACTS_OF.get(condition.test, frozenset()):
        raise _not_asked(condition)

    candidacy.facts = format_facts(replace(parse_facts(candidacy.facts), **changes))
    save_file(candidacy, fields=["facts"])

    append_file_event(
        event="candidacy.facts_recorded",
        candidacy=candidacy,
        context=context,
        actor=actor,
        now=now,
        article=context.candidacy_rules.article,
        sealed={"requirement": condition.id, "article": condition.article},
    )
    return candidacy


def authorise_change(actor: Actor, candidacy: Candidacy, context: VillageElection) -> None:
    """The committee may, and the applicant in the states that are open to applicants."""
    if is_seated(actor, context):
        return
    if not is_own_file(actor, candidacy) or candidacy.state not in OPEN_TO_APPLICANT:
        raise PermissionDenied


def require_changeable(
    context: VillageElection, candidacy: Candidacy, now: datetime, *, is_late_due: bool
) -> None:
    """Refuse a change of a decided file, and a completion after its day."""
    is_open = candidacy.state in OPEN_TO_COMMITTEE
    is_open = is_open or (is_late_due and candidacy.state == ApplicationState.ELIGIBLE)
    if not is_open:
        raise RuleViolationError(
            "candidacy.decided",
            Text("Berkas ini sudah diputuskan, sehingga isinya tidak dapat diubah lagi."),
            article=context.candidacy_rules.article,
        )
    if candidacy.state == ApplicationState.NEEDS_COMPLETION and candidacy.completion_due_date:
        require_in_time(
            window=read_completion_window(pack=context.pack),
            due_date=candidacy.completion_due_date,
            on_date=context.local_date(now),
        )


def get_condition(context: VillageElection, requirement_id: str) -> Condition:
    """A requirement of candidates by its id.

    Raises: MalformedInputError `candidacy.requirement`.
    """
    conditions = context.eligibility_rules.conditions
    for condition in conditions:
        if condition.id == requirement_id:
            return condition
    raise MalformedInputError(
        "candidacy.requirement",
        Text("Syarat “{id}” tidak ada dalam paket aturan pemilihan ini.", id=requirement_id),
    )


def _not_asked(condition: Condition) -> MalformedInputError:
    return MalformedInputError(
        "candidacy.facts-not-asked",
        Text(
            "Syarat “{name}” tidak dijawab dengan isian ini. Usia mengikuti tanggal lahir pada "
            "identitas.",
            name=condition.name,
        ),
    )
