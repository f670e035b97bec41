"""What must be true before an event of a station's day, each condition one small function.

Law: Permendagri 112/2014 on voting and counting, and the fields of the pack named in each function.
A guard gives back the reason why the event may not happen yet, in words that say what to do first,
or nothing.

Left out on purpose: whether the event is possible at all in this state; the table says that.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import time

from pilkades.law.station.rules import Agreement, ProcedureAct, StationRules
from pilkades.law.station.states import PHASES, Event, State
from pilkades.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class StationProgress:
    """How far the day has come (kemajuan TPS): state, acts done, extensions granted."""

    state: State = State.PREPARING
    done: tuple[str, ...] = ()
    extensions: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StationFacts:
    """What people see at the moment of an event (keadaan nyata di TPS).

    `at` is the wall clock of the village. `findings_open` are breaches of the statement's
    identities that nobody has explained yet; `is_minuted` says that the reason stands in the
    minutes.
    """

    at: time
    act: str = ""
    chair_signed: bool = False
    members_signed: int = 0
    agents_present: int = 0
    agents_agreeing: int = 0
    chair_agrees: bool = False
    queue: int = 0
    was_in_queue: bool = False
    registered: int = 0
    users: int = 0
    ballots_in_box: int = 0
    ballots_judged: int = 0
    findings_open: int = 0
    is_minuted: bool = False


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why an event may not happen yet: machine code, sentence, article."""

    code: str
    text: Text
    article: str


Guard = Callable[[StationProgress, StationRules, StationFacts], Iterator[Obstacle]]


def closing_time(*, rules: StationRules, extensions: int) -> time:
    """The hour at which the station closes after the extensions granted so far.

    Law: fields `station.closes_at`, `station.extension_minutes`. The hour itself is already late.
    """
    hours, minutes = divmod(
        rules.closes_at.hour * 60 + rules.closes_at.minute + rules.extension_minutes * extensions,
        60,
    )
    return rules.closes_at.replace(hour=hours, minute=minutes) if hours < 24 else time.max


def pending_acts(*, progress: StationProgress, rules: StationRules) -> tuple[ProcedureAct, ...]:
    """Acts of the present phase that are still to be done, in their order."""
    phase = PHASES.get(progress.state)
    if phase is None:
        return ()
    return tuple(act for act in rules.acts_of(phase) if act.id not in progress.done)


def find_obstacles(
    *, progress: StationProgress, event: Event, rules: StationRules, facts: StationFacts
) -> tuple[Obstacle, ...]:
    """Every reason why an event that the table allows may not happen yet."""
    return tuple(
        obstacle for guard in _GUARDS.get(event, ()) for obstacle in guard(progress, rules, facts)
    )


def _act_is_next(
    progress: StationProgress, rules: StationRules, facts: StationFacts
) -> Iterator[Obstacle]:
    """Acts follow the order of the pack."""
    pending = pending_acts(progress=progress, rules=rules)
    if not pending:
        text = Text("Semua langkah babak ini sudah dilakukan.")
        yield Obstacle("station.act.none-left", text, "")
    elif facts.act != pending[0].id:
        text = Text("Lakukan dulu: {title}", title=pending[0].title)
        yield Obstacle("station.act.order", text, pending[0].article)


def _act_is_complete(
    progress: StationProgress, rules: StationRules, facts: StationFacts
) -> Iterator[Obstacle]:
    """An act waits for its hour and for the signatures that the pack asks for."""
    act = next((act for act in rules.acts if act.id == facts.act), None)
    if act is None:
        return
    if act.not_before is not None and facts.at < act.not_before:
        text = Text("Langkah ini dimulai paling awal pukul {at}.", at=_clock(act.not_before))
        yield Obstacle("station.act.too-early", text, act.article)
    if act.chair_signs and not facts.chair_signed:
        yield Obstacle("station.act.chair", Text("Ketua harus menandatangani dulu."), act.article)
    if facts.members_signed < act.members_sign_min:
        text = Text(
            "Paling sedikit {needed} anggota menandatangani; baru {signed}.",
            needed=act.members_sign_min,
            signed=facts.members_signed,
        )
        yield Obstacle("station.act.members", text, act.article)


def _phase_is_done(
    progress: StationProgress, rules: StationRules, facts: StationFacts
) -> Iterator[Obstacle]:
    for act in pending_acts(progress=progress, rules=rules)[:1]:
        text = Text("Lakukan dulu: {title}", title=act.title)
        yield Obstacle("station.phase.pending", text, act.article)


def _hour_has_come(
    progress: StationProgress, rules: StationRules, facts: StationFacts
) -> Iterator[Obstacle]:
    """Law: field `station.opens_at`; opening late is possible, opening early is not."""
    if facts.at < rules.opens_at:
        text = Text("Pemungutan suara dibuka pukul {at}.", at=_clock(rules.opens_at))
        yield Obstacle("station.open.too-early", text, rules.article("station.opens_at"))


def _voting_has_time(
    progress: StationProgress, rules: StationRules, facts: StationFacts
) -> Iterator[Obstacle]:
    """After the hour only those may vote who already stood in the queue."""
    end = closing_time(rules=rules, extensions=progress.extensions)
    article = rules.article("station.closes_at")
    if progress.state is State.VOTING and facts.at >= end:
        text = Text("Pukul {at} sudah lewat. Umumkan dulu antrean terakhir.", at=_clock(end))
        yield Obstacle("station.admit.hour-passed", text, article)
    if progress.state is State.LAST_VOTERS and not facts.was_in_queue:
        text = Text("Hanya pemilih yang sudah mengantre ketika waktu habis yang masih dilayani.")
        yield Obstacle("station.admit.not-in-queue", text, article)


def _closing_has_come(
    progress: StationProgress, rules: StationRules, facts: StationFacts
) -> Iterator[Obstacle]:
    """Law: fields `station.closes_at`, `station.may_close_early`."""
    end = closing_time(rules=rules, extensions=progress.extensions)
    has_everyone_voted = 0 < facts.registered <= facts.users
    if facts.at >= end or (rules.may_close_early and has_everyone_voted):
        return
    text = Text("Pemungutan suara berlangsung sampai pukul {at}.", at=_clock(end))
    yield Obstacle("station.close.too-early", text, rules.article("station.closes_at"))


def _queue_is_served(
    progress: StationProgress, rules: StationRules, facts: StationFacts
) -> Iterator[Obstacle]:
    if facts.queue > 0:
        text = Text("Layani dulu {queue} pemilih yang masih mengantre.", queue=facts.queue)
        yield Obstacle("station.close.queue", text, rules.article("station.closes_at"))


def _may_extend(
    progress: StationProgress, rules: StationRules, facts: StationFacts
) -> Iterator[Obstacle]:
    """Law: fields `station.extensions_max`, `station.extension_needs_queue`."""
    article = rules.article("station.extensions_max")
    if progress.extensions >= rules.extensions_max:
        text = (
            Text(
                "Waktu sudah diperpanjang {most} kali; lebih dari itu tidak boleh.",
                most=rules.extensions_max,
            )
            if rules.extensions_max
            else Text("Aturan daerah tidak membolehkan perpanjangan waktu.")
        )
        yield Obstacle("station.extend.max", text, article)
    if rules.extension_needs_queue and facts.queue == 0:
        text = Text("Perpanjangan hanya boleh bila masih ada pemilih yang mengantre.")
        yield Obstacle("station.extend.no-queue", text, article)


def _agents_agree(
    progress: StationProgress, rules: StationRules, facts: StationFacts
) -> Iterator[Obstacle]:
    """Law: field `station.extension_agreement`; without agents the chair decides."""
    agreement, present = rules.extension_agreement, facts.agents_present
    if agreement is Agreement.CHAIR or present == 0:
        is_agreed = facts.chair_agrees
    elif agreement is Agreement.ALL_AGENTS:
        is_agreed = facts.agents_agreeing >= present
    else:
        is_agreed = 2 * facts.agents_agreeing > present
    if not is_agreed:
        text = Text(
            "Perpanjangan belum disetujui: {agreeing} dari {present} saksi setuju.",
            agreeing=facts.agents_agreeing,
            present=present,
        )
        article = rules.article("station.extension_agreement")
        yield Obstacle("station.extend.agreement", text, article)


def _box_is_empty(
    progress: StationProgress, rules: StationRules, facts: StationFacts
) -> Iterator[Obstacle]:
    left = facts.ballots_in_box - facts.ballots_judged
    if left != 0:
        text = Text(
            "Surat suara di kotak {inside}, sudah dinilai {judged}. Selesaikan semuanya dulu.",
            inside=facts.ballots_in_box,
            judged=facts.ballots_judged,
        )
        yield Obstacle("station.count.unfinished", text, "")


def _figures_agree(
    progress: StationProgress, rules: StationRules, facts: StationFacts
) -> Iterator[Obstacle]:
    if facts.findings_open > 0:
        text = Text(
            "Masih ada {count} ketidakcocokan angka yang belum diperbaiki atau dijelaskan.",
            count=facts.findings_open,
        )
        yield Obstacle("station.seal.findings", text, "")


def _is_in_minutes(
    progress: StationProgress, rules: StationRules, facts: StationFacts
) -> Iterator[Obstacle]:
    if not facts.is_minuted:
        text = Text("Catat dulu alasannya dalam berita acara.")
        yield Obstacle("station.minutes", text, "")


def _correction_is_signed(
    progress: StationProgress, rules: StationRules, facts: StationFacts
) -> Iterator[Obstacle]:
    """Law: field `statement.correction_members_min`; a correction needs the chair as well."""
    if facts.chair_signed and facts.members_signed >= rules.correction_members_min:
        return
    text = Text(
        "Perbaikan ditandatangani ketua dan paling sedikit {members} anggota.",
        members=rules.correction_members_min,
    )
    article = rules.article("statement.correction_members_min")
    yield Obstacle("station.correct.signatures", text, article)


def _clock(moment: time) -> str:
    return moment.strftime("%H.%M")


_GUARDS: Mapping[Event, tuple[Guard, ...]] = {
    Event.PERFORM: (_act_is_next, _act_is_complete),
    Event.OPEN: (_phase_is_done, _hour_has_come),
    Event.ADMIT: (_voting_has_time,),
    Event.REFUSE: (_is_in_minutes,),
    Event.EXTEND: (_may_extend, _agents_agree),
    Event.SUSPEND: (_is_in_minutes,),
    Event.CALL_LAST: (_closing_has_come,),
    Event.CLOSE: (_queue_is_served,),
    Event.START_COUNT: (_phase_is_done,),
    Event.OBJECT: (_is_in_minutes,),
    Event.FINISH_COUNT: (_box_is_empty,),
    Event.RECOUNT: (_is_in_minutes,),
    Event.SEAL: (_phase_is_done, _figures_agree),
    Event.CORRECT: (_is_in_minutes, _correction_is_signed),
}
