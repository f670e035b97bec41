"""Committee and village council deliberate on a single candidate; both sides sign the minutes."""

from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.audit.services import append, commit_to
from pilkades.apps.elections.models import Deliberation, DeliberationOutcome
from pilkades.apps.elections.selectors.village_access import is_council
from pilkades.apps.elections.selectors.village_elections import (
    VillageElection,
    get_village_election_by_uuid,
    lock_village_election,
)
from pilkades.apps.elections.services.decide_file import refuse_same_person
from pilkades.apps.elections.services.marking import mark_step
from pilkades.apps.elections.services.open_file import require_running
from pilkades.apps.elections.services.seats import is_seated
from pilkades.errors import ConflictError, MalformedInputError, RuleViolationError
from pilkades.law.candidacy import Act
from pilkades.law.candidacy_rules import DELIBERATION_STEP
from pilkades.ledger.leaf import Datum
from pilkades.text import Text

COMMITTEE, COUNCIL = "committee", "council"


@transaction.atomic
def record_deliberation(
    *,
    actor: Actor,
    now: datetime,
    election_pk: int,
    held_on: date,
    place: str,
    committee_present: int,
    council_present: int,
    outcome: DeliberationOutcome,
    minutes: str,
) -> Deliberation:
    """Write the minutes of the deliberation, for one side.

    Allowed: who sits in the committee; the BPD.
    Requires: the committee's decision to deliberate, people of both sides present, a day that has
    come, no other minutes.
    Effects: minutes without effect until the other side confirms them. `deliberation.recorded`.
    Raises: PermissionDenied, ConflictError, RuleViolationError, MalformedInputError.
    """
    context = lock_village_election(election_pk)

    side = find_side(actor, context)

    require_running(context)
    _require_decided(context)
    _require_sensible(context, held_on, place, committee_present, council_present, minutes, now)

    salt, commitment = commit_to(minutes.strip())
    found = _create(
        election=context.election,
        held_on=held_on,
        place=place.strip(),
        committee_present=committee_present,
        council_present=council_present,
        outcome=outcome,
        minutes=minutes.strip(),
        minutes_salt=salt,
        article=context.article_of(DELIBERATION_STEP),
        recorded_by_id=actor.user_id,
        recorded_for=side,
        recorded_at=now,
    )

    _append(
        "deliberation.recorded",
        found,
        context,
        actor,
        now,
        data={"outcome": outcome.value, "side": side, "minutes_commitment": commitment},
    )
    return found


@transaction.atomic
def confirm_deliberation(
    *, actor: Actor, now: datetime, deliberation_uuid: UUID, expected_version: int
) -> Deliberation:
    """Confirm the same minutes for the other side; from here on they count.

    Allowed: the BPD for minutes of the committee, the committee for minutes of the BPD.
    Requires: open minutes, another person.
    Effects: the outcome counts for the path of the election; the step. `deliberation.confirmed`.
    Raises: PermissionDenied, ConflictError, RuleViolationError.
    """
    found, context = _lock(deliberation_uuid, expected_version)

    require_other_side(actor, context, found)

    require_running(context)
    refuse_same_person(found.recorded_by_id, actor, context)

    found.confirmed_by_id, found.confirmed_at = actor.user_id, now
    found.version += 1
    found.save(update_fields=["confirmed_by", "confirmed_at", "version"])
    mark_step(
        election=context.election,
        step_id=DELIBERATION_STEP,
        actor=actor,
        now=now,
        finished_on=found.held_on,
    )

    _append("deliberation.confirmed", found, context, actor, now, data={"outcome": found.outcome})
    return found


@transaction.atomic
def withdraw_deliberation(
    *, actor: Actor, now: datetime, deliberation_uuid: UUID, expected_version: int
) -> Deliberation:
    """Take minutes back that the other side does not confirm as they are.

    Allowed: who sits in the committee; the BPD.
    Requires: minutes that are not confirmed.
    Effects: new minutes may be written; `deliberation.withdrawn`.
    Raises: PermissionDenied, ConflictError.
    """
    found, context = _lock(deliberation_uuid, expected_version)

    find_side(actor, context)

    found.withdrawn_at = now
    found.version += 1
    found.save(update_fields=["withdrawn_at", "version"])

    _append("deliberation.withdrawn", found, context, actor, now, data={"outcome": found.outcome})
    return found


def find_side(actor: Actor, context: VillageElection) -> str:
    """For whom the actor writes: the committee or the BPD.

    Raises: PermissionDenied for everybody else.
    """
    if is_seated(actor, context):
        return COMMITTEE
    if is_council(actor, context.village_code):
        return COUNCIL
    raise PermissionDenied


def require_other_side(actor: Actor, context: VillageElection, found: Deliberation) -> None:
    """Minutes are confirmed by the side that did not write them.

    Raises: PermissionDenied.
    """
    if found.recorded_for == COMMITTEE:
        may = is_council(actor, context.village_code)
    else:
        may = is_seated(actor, context)
    if not may:
        raise PermissionDenied


def _require_decided(context: VillageElection) -> None:
    decided = context.election.path_decisions.filter(
        act=Act.DELIBERATE, confirmed_at__isnull=False, withdrawn_at__isnull=True
    )
    if not decided.exists():
        raise RuleViolationError(
            "deliberation.not-now",
            Text(
                "Musyawarah calon tunggal diadakan setelah semua perpanjangan lewat dan panitia "
                "mengesahkan bahwa hanya satu bakal calon memenuhi syarat."
            ),
            article=context.article_of(DELIBERATION_STEP),
        )


def _require_sensible(
    context: VillageElection,
    held_on: date,
    place: str,
    committee_present: int,
    council_present: int,
    minutes: str,
    now: datetime,
) -> None:
    if held_on > context.local_date(now):
        raise MalformedInputError(
            "deliberation.date", Text("Tanggal musyawarah {day} belum tiba.", day=held_on)
        )
    if min(committee_present, council_present) < 1 or not place.strip() or not minutes.strip():
        raise MalformedInputError(
            "deliberation.words",
            Text(
                "Isi tempat, jumlah hadir dari panitia dan dari BPD (masing-masing paling sedikit "
                "satu), dan isi musyawarah."
            ),
        )


def _create(**columns: object) -> Deliberation:
    try:
        with transaction.atomic():
            return Deliberation.objects.create(**columns)
    except IntegrityError as error:
        raise ConflictError(
            "deliberation.recorded",
            Text("Berita acara musyawarah sudah ditulis pihak lain. Periksa dan sahkan isinya."),
        ) from error


def _lock(deliberation_uuid: UUID, expected_version: int) -> tuple[Deliberation, VillageElection]:
    found = (
        Deliberation.objects.select_for_update(of=("self",))
        .select_related("election")
        .get(uuid=deliberation_uuid)
    )
    if found.version != expected_version or found.confirmed_at or found.withdrawn_at:
        raise ConflictError(
            "deliberation.stale",
            Text("Berita acara ini sudah disahkan atau ditarik. Muat ulang halaman."),
        )
    return found, get_village_election_by_uuid(found.election.uuid)


def _append(
    event: str,
    found: Deliberation,
    context: VillageElection,
    actor: Actor,
    now: datetime,
    *,
    data: dict[str, Datum],
) -> None:
    append(
        event=event,
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"election:{context.election.uuid}",
        article=found.article,
        data=data,
    )
