"""The answers of a pack to the cases of the wall sheet, and what is wrong with a list of rules.

Law: what is decided at the table must be decided before the vote and shown on the wall. A pack that
leaves a case open may be used, but it is told so; a rule that can never apply is a mistake of
order, because the first rule that applies decides.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations_with_replacement, product
from typing import TypeVar

from pilkades.law.ballots.cases import BODIES, BallotCase, list_cases, plain_ballot
from pilkades.law.ballots.conditions import Condition
from pilkades.law.ballots.facts import BallotFacts, Hole, Mark, Place, Signer
from pilkades.law.ballots.judge import Judgement, judge_ballot
from pilkades.law.ballots.predicates import describe_ballot
from pilkades.law.ballots.rules import BallotRule, BallotRules, Verdict
from pilkades.law.findings import Finding, Severity
from pilkades.law.pack import RulePack
from pilkades.text import Text

T = TypeVar("T")
_SILENT = Verdict.UNRULED

HOLES_SEARCHED = 3
"""Rules that need more holes than this on one ballot are not searched for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the rules say of one case of the wall sheet (jawaban atas contoh surat suara)."""

    case: BallotCase
    judgement: Judgement


def explain_answers(*, rules: BallotRules) -> tuple[Answer, ...]:
    """Judge every case of the wall sheet.

    Law: the signature that makes a plain ballot valid under these rules signs every case, so that
    each case differs from a valid ballot in one thing only.
    """
    chair, deputy = _find_signing_body(rules=rules)
    return tuple(
        Answer(case=case, judgement=judge_ballot(rules=rules, ballot=case.ballot))
        for case in list_cases(chair=chair, deputy=deputy)
    )


def check_ballots(pack: RulePack) -> Iterable[Finding]:
    """Find what is wrong with the ballot rules of a pack as a whole.

    Lines are given for rules that stand in this pack; a rule of its base has line 0.
    """
    lines = {
        entry.id: entry.line if entry.pack_id == pack.id else 0 for entry in pack.table("ballot")
    }
    if not lines:
        return
    rules = BallotRules.from_pack(pack)
    findings = (
        *_find_unconditional(rules),
        *_find_unreachable(rules),
        *_find_no_valid_ballot(rules),
        *_find_hidden_by_silence(rules),
        *_find_unanswered(rules, lines),
    )
    for finding in findings:
        yield replace(finding, line=lines.get(finding.subject, 0))


def _find_signing_body(*, rules: BallotRules) -> tuple[Signer, Signer]:
    for chair, deputy in BODIES:
        judgement = judge_ballot(rules=rules, ballot=plain_ballot(signer=chair))
        if judgement.verdict is Verdict.VALID:
            return chair, deputy
    return BODIES[0]


def _find_no_valid_ballot(rules: BallotRules) -> Iterator[Finding]:
    chair, _ = _find_signing_body(rules=rules)
    if judge_ballot(rules=rules, ballot=plain_ballot(signer=chair)).verdict is not Verdict.VALID:
        yield Finding(
            "ballot.none-valid",
            Severity.ERROR,
            Text(
                "Surat suara biasa dengan satu lubang di dalam kotak dan tanda tangan ketua tidak "
                "dinyatakan sah oleh aturan mana pun. Tambahkan aturan dengan verdict valid."
            ),
        )


def _find_unanswered(rules: BallotRules, lines: Mapping[str, int]) -> Iterator[Finding]:
    """Cases that the rules leave open: each one of this pack, those of its base in one sentence."""
    open_answers = [a for a in explain_answers(rules=rules) if a.judgement.verdict is _SILENT]
    inherited = [a for a in open_answers if not lines.get(a.judgement.rule_id, 0)]
    for answer in open_answers:
        if answer not in inherited:
            yield Finding(
                "ballot.unanswered",
                Severity.WARNING,
                Text(
                    "Aturan tidak menjawab keadaan “{case}”. Jawab sebelum pemungutan suara, atau "
                    "catat bahwa {decider} yang memutuskan di tempat.",
                    case=answer.case.title,
                    decider=rules.decider,
                ),
                subject=answer.judgement.rule_id,
                article=answer.judgement.article,
            )
    if inherited:
        yield Finding(
            "ballot.unanswered-inherited",
            Severity.WARNING,
            Text(
                "Paket ini dan paket dasarnya tidak menjawab {count} keadaan surat suara: {cases}. "
                "Jawab dengan [[ballot]] sebelum pemungutan suara.",
                count=len(inherited),
                cases=tuple(answer.case.title for answer in inherited),
            ),
        )


def _find_hidden_by_silence(rules: BallotRules) -> Iterator[Finding]:
    """A rule that says invalid, behind one that says nothing, is not reached when both apply."""
    silent = next((rule for rule in rules.entries if rule.verdict is Verdict.UNRULED), None)
    if silent is None:
        return
    for rule in rules.entries[rules.entries.index(silent) + 1 :]:
        if rule.verdict is Verdict.INVALID:
            yield Finding(
                "ballot.hidden-by-silence",
                Severity.WARNING,
                Text(
                    "Aturan “{rule}” (tidak sah) berada sesudah “{silent}” (tidak diatur). Surat "
                    "suara dengan kedua keadaan itu menjadi tidak diatur. Tulis place_before = "
                    "“{silent}” bila bukan itu maksudnya.",
                    rule=rule.id,
                    silent=silent.id,
                ),
                subject=rule.id,
                article=rule.article,
            )


def _find_unconditional(rules: BallotRules) -> Iterator[Finding]:
    for rule in rules.entries[:-1]:
        if not rule.condition.names:
            yield Finding(
                "ballot.no-condition",
                Severity.ERROR,
                Text(
                    "Aturan “{rule}” tidak memuat syarat, sehingga aturan sesudahnya tidak pernah "
                    "dipakai. Isi all, any atau none, atau pindahkan ke urutan terakhir.",
                    rule=rule.id,
                ),
                subject=rule.id,
                article=rule.article,
            )


def _find_unreachable(rules: BallotRules) -> Iterator[Finding]:
    for position, rule in enumerate(rules.entries):
        if not _can_apply(rule=rule, earlier=rules.entries[:position]):
            yield Finding(
                "ballot.unreachable",
                Severity.WARNING,
                Text(
                    "Aturan “{rule}” tidak pernah dipakai pada surat suara dengan paling banyak "
                    "{holes} lubang: syaratnya saling meniadakan, atau setiap surat suara yang "
                    "memenuhinya sudah diputuskan aturan sebelumnya.",
                    rule=rule.id,
                    holes=HOLES_SEARCHED,
                ),
                subject=rule.id,
                article=rule.article,
            )


def _can_apply(*, rule: BallotRule, earlier: tuple[BallotRule, ...]) -> bool:
    """Search every appearance a ballot can have, seen through the circumstances in use."""
    used = rule.condition.names.union(*(other.condition.names for other in earlier))
    groups = [_fitting(group, rule.condition, used) for group in appearance_groups()]
    for parts in product(*groups):
        shown = frozenset[str]().union(*parts)
        if rule.condition.holds(shown) and not any(o.condition.holds(shown) for o in earlier):
            return True
    return False


def _fitting(
    group: frozenset[frozenset[str]], condition: Condition, used: frozenset[str]
) -> frozenset[frozenset[str]]:
    """The members of a group that do not by themselves contradict the condition."""
    needed = frozenset(condition.all_of) & frozenset[str]().union(*group)
    return frozenset(
        shown & used
        for shown in group
        if shown.issuperset(needed) and shown.isdisjoint(condition.none_of)
    )


@lru_cache(maxsize=1)
def appearance_groups() -> tuple[frozenset[frozenset[str]], ...]:
    """All circumstances a ballot with up to three holes can show, as independent groups.

    The groups are signatures, marks, paper and holes; any choice of one member from each is a
    ballot that can exist.
    """
    hollow = describe_ballot(BallotFacts())
    signed = frozenset(
        describe_ballot(BallotFacts(signatures=subset)) - (hollow - {"unsigned"})
        for subset in _subsets(Signer)
    )
    marked = frozenset(
        describe_ballot(BallotFacts(marks=subset)) - hollow for subset in _subsets(Mark)
    )
    papers = frozenset(
        describe_ballot(
            BallotFacts(is_torn=torn, is_damaged=damaged, is_official=ours, is_from_elsewhere=other)
        )
        - hollow
        for torn, damaged, ours, other in product((False, True), repeat=4)
    )
    return signed, marked, papers, frozenset(_hole_appearances())


def _hole_appearances() -> Iterator[frozenset[str]]:
    """What holes show; the tool may vary on any ballot that has a hole."""
    for ballot in _hole_patterns():
        shown = describe_ballot(ballot) - {"unsigned"}
        yield shown
        if ballot.holes:
            yield shown | {"other_tool"}
            yield shown | {"other_tool", "burned"}


def _hole_patterns() -> Iterator[BallotFacts]:
    for single in (False, True):
        low, high = (0, 1) if single else (1, 2)
        spots: tuple[tuple[Place, int | None, int | None], ...] = (
            *((place, frame, None) for place in (Place.FRAME, Place.LINE) for frame in (low, high)),
            (Place.LINE, low, high),
            *((place, None, None) for place in (Place.BETWEEN, Place.OUTSIDE, Place.REVERSE)),
        )
        alphabet = [
            Hole(place=place, frame=frame, second_frame=second, fold=fold)
            for (place, frame, second), fold in product(spots, ("", "a"))
        ]
        for count in range(HOLES_SEARCHED + 1):
            for holes in combinations_with_replacement(alphabet, count):
                yield BallotFacts(
                    candidates=1 if single else 2, has_empty_column=single, holes=holes
                )


def _subsets(kinds: Iterable[T]) -> Iterator[frozenset[T]]:
    members = tuple(kinds)
    for chosen in product((False, True), repeat=len(members)):
        yield frozenset(m for m, is_in in zip(members, chosen, strict=True) if is_in)
