"""What the number of eligible applicants leads to now, and what stands in the way of saying so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pilkades.apps.elections.models import (
    Candidacy,
    Deliberation,
    DeliberationOutcome,
    Election,
    PathDecision,
)
from pilkades.apps.elections.selectors.candidates import UNDECIDED
from pilkades.apps.elections.selectors.registration import get_registration_window
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.law.application import STANDING, ApplicationState
from pilkades.law.candidacy import (
    Act,
    CandidacyPath,
    decide_after_loss,
    decide_candidacy_path,
)
from pilkades.law.candidacy import Deliberation as LawDeliberation
from pilkades.law.registration import find_closing
from pilkades.text import Text

FINAL_ACTS = frozenset({Act.DETERMINE, Act.DETERMINE_WITH_EMPTY_COLUMN, Act.DECLARE_VOID})
LAW_OUTCOME = {
    DeliberationOutcome.AGREED: LawDeliberation.CONSENSUS,
    DeliberationOutcome.NOT_AGREED: LawDeliberation.NO_CONSENSUS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PathState:
    """Where the candidacies of an election stand as a whole.

    `path` is what the law says now, None while something in `obstacles` stands in the way or
    nothing is left to decide. `open_decision` waits for the second person.
    """

    phase: str
    eligible_count: int
    extensions_used: int
    undecided: tuple[Candidacy, ...]
    decisions: tuple[PathDecision, ...]
    obstacles: tuple[Text, ...]
    path: CandidacyPath | None
    files: tuple[Candidacy, ...]
    deliberation: Deliberation | None

    @property
    def open_decision(self) -> PathDecision | None:
        return next((item for item in self.decisions if item.confirmed_at is None), None)

    @property
    def confirmed(self) -> tuple[PathDecision, ...]:
        return tuple(item for item in self.decisions if item.confirmed_at is not None)

    @property
    def is_determined(self) -> bool:
        return self.has_act(Act.DETERMINE, Act.DETERMINE_WITH_EMPTY_COLUMN)

    def has_act(self, *acts: Act) -> bool:
        """Whether one of these acts was decided."""
        return any(item.act in acts for item in self.confirmed)


def get_path_state(context: VillageElection, *, now: datetime) -> PathState:
    """Count, ask the law, and tell what is missing; three queries."""
    decisions = tuple(
        context.election.path_decisions.filter(withdrawn_at__isnull=True).select_related(
            "proposed_by", "confirmed_by"
        )
    )
    files = tuple(context.election.candidacies.order_by("registration_number"))
    deliberation = (
        context.election.deliberations.filter(withdrawn_at__isnull=True)
        .select_related("confirmed_by")
        .first()
    )
    confirmed = [item for item in decisions if item.confirmed_at is not None]
    if any(item.act in FINAL_ACTS for item in confirmed):
        return _after_determination(context, decisions, files, deliberation)
    return _before_determination(context, decisions, files, deliberation, now=now)


def has_empty_column(election: Election) -> bool:
    """Whether the ballot holds one candidate against the empty column; one query."""
    return PathDecision.objects.filter(
        election=election,
        act=Act.DETERMINE_WITH_EMPTY_COLUMN,
        confirmed_at__isnull=False,
        withdrawn_at__isnull=True,
    ).exists()


def _before_determination(
    context: VillageElection,
    decisions: tuple[PathDecision, ...],
    files: tuple[Candidacy, ...],
    minutes: Deliberation | None,
    *,
    now: datetime,
) -> PathState:
    eligible = [item for item in files if item.state == ApplicationState.ELIGIBLE]
    undecided = tuple(item for item in files if item.state in UNDECIDED)
    extensions = _count(decisions, Act.EXTEND_REGISTRATION)
    deliberation = _read_outcome(minutes) if len(eligible) == 1 else None
    phase = _name_phase(decisions, extensions, deliberation)
    obstacles = tuple(_obstacles(context, decisions, undecided, len(eligible), phase, now))
    path = None
    if not obstacles:
        path = decide_candidacy_path(
            rules=context.candidacy_rules,
            eligible_count=len(eligible),
            extensions_used=extensions,
            deliberation=LAW_OUTCOME[deliberation] if deliberation else None,
        )
    return PathState(
        phase=phase,
        eligible_count=len(eligible),
        extensions_used=extensions,
        undecided=undecided,
        decisions=decisions,
        obstacles=obstacles,
        path=path,
        files=files,
        deliberation=minutes,
    )


def _after_determination(
    context: VillageElection,
    decisions: tuple[PathDecision, ...],
    files: tuple[Candidacy, ...],
    minutes: Deliberation | None,
) -> PathState:
    """Nothing is to be decided any more, unless a determined candidate is lost."""
    standing = [item for item in files if item.state in STANDING]
    determined = _last_determined(decisions)
    losses = determined.eligible_count - len(standing) if determined else 0
    phase = f"loss-{losses}"
    is_settled = any(item.phase == phase and item.confirmed_at is not None for item in decisions)
    is_open = losses > 0 and not is_settled
    path = (
        decide_after_loss(rules=context.candidacy_rules, standing_count=len(standing))
        if is_open
        else None
    )
    return PathState(
        phase=phase,
        eligible_count=len(standing),
        extensions_used=_count(decisions, Act.EXTEND_REGISTRATION),
        undecided=(),
        decisions=decisions,
        obstacles=(),
        path=path,
        files=files,
        deliberation=minutes,
    )


def _last_determined(decisions: Sequence[PathDecision]) -> PathDecision | None:
    """The determination whose candidates a loss is counted from."""
    found = [
        item
        for item in decisions
        if item.confirmed_at is not None
        and item.act in (Act.DETERMINE, Act.DETERMINE_WITH_EMPTY_COLUMN)
        and not item.phase.startswith("loss-")
    ]
    return found[-1] if found else None


def _count(decisions: Sequence[PathDecision], act: Act) -> int:
    return sum(item.act == act and item.confirmed_at is not None for item in decisions)


def _name_phase(
    decisions: Sequence[PathDecision], extensions: int, deliberation: DeliberationOutcome | None
) -> str:
    """One name for each moment at which the law is asked; a decision is taken once in each."""
    if deliberation is not None:
        return "deliberated"
    if _count(decisions, Act.SELECT):
        return "selected"
    return f"round-{extensions}"


def _read_outcome(minutes: Deliberation | None) -> DeliberationOutcome | None:
    """Minutes count once the other side has confirmed them."""
    if minutes is None or minutes.confirmed_at is None:
        return None
    return DeliberationOutcome(minutes.outcome)


def _obstacles(
    context: VillageElection,
    decisions: Sequence[PathDecision],
    undecided: Sequence[Candidacy],
    eligible_count: int,
    phase: str,
    now: datetime,
) -> list[Text]:
    found: list[Text] = []
    extensions = _count(decisions, Act.EXTEND_REGISTRATION)
    window = get_registration_window(context, now=now, extensions=extensions)
    closing = find_closing(rules=context.registration_rules, window=window)
    if now <= closing:
        found.append(Text("Pendaftaran masih dibuka sampai {closing}.", closing=closing))
    if undecided:
        found.append(
            Text(
                "Masih ada {count} berkas yang belum diputuskan: {names}.",
                count=len(undecided),
                names=tuple(item.full_name for item in undecided),
            )
        )
    if _count(decisions, Act.SELECT) and eligible_count > context.candidacy_rules.candidates_max:
        found.append(Text("Seleksi tambahan sedang berjalan; hasilnya belum diumumkan."))
    elif any(item.phase == phase and item.confirmed_at is not None for item in decisions):
        found.append(Text("Musyawarah panitia dan BPD tentang calon tunggal belum disahkan."))
    return found
