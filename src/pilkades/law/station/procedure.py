"""The procedure of a station's day: what may happen now, and what an event leads to.

Law: Permendagri 112/2014 on voting and counting, and the order of acts in the pack
(`[[procedure]]`). The opening screen, check-in, count, statement and the trainer's scenarios all
call these two functions.

Left out on purpose: who is admitted (`admission`), who may help and what is replaced (`booth`),
which ballot is valid (`ballots`): their decisions arrive here as events.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pilkades.errors import RuleViolationError
from pilkades.law.station.guards import (
    Obstacle,
    StationFacts,
    StationProgress,
    find_obstacles,
    pending_acts,
)
from pilkades.law.station.rules import Officer, StationRules
from pilkades.law.station.states import ALLOWED, Event, State
from pilkades.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """Something that can happen now, or that waits for something else (langkah berikutnya)."""

    event: Event
    act: str
    title: Text
    by: Officer
    article: str
    form: str
    obstacles: tuple[Obstacle, ...]

    @property
    def is_allowed(self) -> bool:
        return not self.obstacles


def next_acts(
    *, progress: StationProgress, rules: StationRules, facts: StationFacts
) -> tuple[NextStep, ...]:
    """Everything that the table allows now, the next act of the pack first.

    What is still blocked stands in the list with its reasons, because people ask "why not yet?".
    """
    steps = []
    for event in ALLOWED[progress.state]:
        if event is Event.PERFORM:
            steps += _next_act_of_pack(progress, rules, facts)
            continue
        obstacles = find_obstacles(progress=progress, event=event, rules=rules, facts=facts)
        steps.append(
            NextStep(
                event=event,
                act="",
                title=TITLES[event],
                by=Officer.CHAIR,
                article=rules.article(_ARTICLES.get(event, "")),
                form="",
                obstacles=obstacles,
            )
        )
    return tuple(steps)


def apply(
    *, progress: StationProgress, event: Event, rules: StationRules, facts: StationFacts
) -> StationProgress:
    """Let an event happen, or refuse it and say what must be done first.

    Law: Permendagri 112/2014 on voting and counting; the table `ALLOWED` and the guards. An event
    that is not allowed raises `RuleViolationError` with the article of the first obstacle.
    """
    target = ALLOWED[progress.state].get(event)
    if target is None:
        raise RuleViolationError(
            "station.event",
            Text(
                "{event} tidak dapat dilakukan ketika TPS {state}. Yang dapat dilakukan sekarang: "
                "{possible}.",
                event=TITLES[event],
                state=STATE_NAMES[progress.state],
                possible=tuple(TITLES[e] for e in ALLOWED[progress.state]),
            ),
            article="",
        )
    obstacles = find_obstacles(progress=progress, event=event, rules=rules, facts=facts)
    if obstacles:
        first = obstacles[0]
        raise RuleViolationError(first.code, first.text, article=first.article)
    return _advance(progress, event, target, facts)


def _advance(
    progress: StationProgress, event: Event, target: State, facts: StationFacts
) -> StationProgress:
    done = progress.done
    if event is Event.PERFORM:
        done = (*done, facts.act)
    elif target is not progress.state:
        done = ()
    extensions = progress.extensions + (event is Event.EXTEND)
    return replace(progress, state=target, done=done, extensions=extensions)


def _next_act_of_pack(
    progress: StationProgress, rules: StationRules, facts: StationFacts
) -> list[NextStep]:
    return [
        NextStep(
            event=Event.PERFORM,
            act=act.id,
            title=Text("{title}", title=act.title),
            by=act.by,
            article=act.article,
            form=act.form,
            obstacles=find_obstacles(
                progress=progress,
                event=Event.PERFORM,
                rules=rules,
                facts=replace(facts, act=act.id),
            ),
        )
        for act in pending_acts(progress=progress, rules=rules)[:1]
    ]


TITLES: Mapping[Event, Text] = {
    Event.ARRIVE: Text("Petugas hadir di TPS"),
    Event.PERFORM: Text("Lakukan langkah tata cara"),
    Event.OPEN: Text("Buka pemungutan suara"),
    Event.ADMIT: Text("Terima pemilih"),
    Event.REFUSE: Text("Tolak pemilih dengan alasan"),
    Event.REPLACE: Text("Ganti surat suara"),
    Event.EXTEND: Text("Perpanjang waktu"),
    Event.SUSPEND: Text("Hentikan sementara"),
    Event.RESUME: Text("Lanjutkan"),
    Event.CALL_LAST: Text("Umumkan antrean terakhir"),
    Event.CLOSE: Text("Tutup pemungutan suara"),
    Event.START_COUNT: Text("Mulai penghitungan suara"),
    Event.JUDGE: Text("Nilai satu surat suara"),
    Event.OBJECT: Text("Catat keberatan saksi"),
    Event.FINISH_COUNT: Text("Selesaikan penghitungan suara"),
    Event.RECOUNT: Text("Hitung ulang"),
    Event.SEAL: Text("Segel berita acara"),
    Event.CORRECT: Text("Perbaiki dengan berita acara perbaikan"),
    Event.DELIVER: Text("Serahkan kepada panitia"),
}

STATE_NAMES: Mapping[State, Text] = {
    State.PREPARING: Text("belum dimulai"),
    State.OPENING: Text("sedang dibuka"),
    State.VOTING: Text("sedang memungut suara"),
    State.VOTING_SUSPENDED: Text("menghentikan pemungutan suara sementara"),
    State.LAST_VOTERS: Text("melayani antrean terakhir"),
    State.ACCOUNTING: Text("menghitung surat suara dan pemilih sebelum penghitungan"),
    State.COUNTING: Text("sedang menghitung suara"),
    State.COUNTING_SUSPENDED: Text("menghentikan penghitungan suara sementara"),
    State.STATEMENT: Text("mengisi berita acara"),
    State.SEALED: Text("sudah menyegel berita acara"),
    State.DELIVERED: Text("sudah menyerahkan hasil"),
}

_ARTICLES: Mapping[Event, str] = {
    Event.OPEN: "station.opens_at",
    Event.EXTEND: "station.extensions_max",
    Event.CALL_LAST: "station.closes_at",
    Event.CLOSE: "station.closes_at",
    Event.ADMIT: "admission.identity_documents",
    Event.REFUSE: "admission.identity_documents",
    Event.REPLACE: "replacement.damaged_max",
    Event.CORRECT: "statement.correction_members_min",
}
