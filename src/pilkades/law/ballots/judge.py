"""The ballot judge: valid, invalid, or the rules do not say.

Law: Permendagri 112/2014 Pasal 40 and the regional rules laid over it, as the pack in force orders
them. The count screen, the trainer, the sheet on the wall and the command line all call this one
function, so that what is taught is what is decided.

Left out on purpose: any discretion. Where no rule speaks, the verdict is UNRULED, and people decide
and minute it; nothing here guesses what they would say.
"""

from dataclasses import dataclass

from pilkades.law.ballots.facts import BallotFacts
from pilkades.law.ballots.predicates import describe_ballot
from pilkades.law.ballots.rules import BallotRule, BallotRules, Verdict
from pilkades.law.pack import Status
from pilkades.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedRule:
    """One rule that was looked at, and why it did not apply (empty when it did)."""

    rule_id: str
    article: str
    failures: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The verdict on one ballot (putusan atas surat suara).

    `candidate` is the ballot number that receives the vote, 0 for the empty column, and None unless
    the verdict is VALID. `rule_id` is empty when no rule applied.
    """

    verdict: Verdict
    candidate: int | None
    article: str
    reason: Text
    rule_id: str
    status: Status | None
    trace: tuple[TriedRule, ...]


def judge_ballot(*, rules: BallotRules, ballot: BallotFacts) -> Judgement:
    """Judge one ballot by the first rule whose condition it meets.

    Law: Permendagri 112/2014 Pasal 40 and regional rules; field `[[ballot]]`. First rule decides.
    A rule that says valid gives the vote to the only frame the holes touch; where they touch none
    or several, no regulation says whose the vote is, and the verdict is UNRULED.
    """
    shown = describe_ballot(ballot)
    trace: list[TriedRule] = []
    for rule in rules.entries:
        applies = rule.condition.holds(shown)
        failures = () if applies else rule.condition.list_failures(shown)
        trace.append(TriedRule(rule_id=rule.id, article=rule.article, failures=failures))
        if applies:
            return _decide(rules=rules, rule=rule, ballot=ballot, trace=tuple(trace))
    return _silence(rules=rules, trace=tuple(trace))


def _decide(
    *, rules: BallotRules, rule: BallotRule, ballot: BallotFacts, trace: tuple[TriedRule, ...]
) -> Judgement:
    verdict, candidate = rule.verdict, None
    reason = Text("{reason}", reason=rule.reason)
    if verdict is Verdict.VALID and len(ballot.frames) == 1:
        (candidate,) = ballot.frames
    elif verdict is Verdict.VALID:
        verdict = Verdict.UNRULED
        reason = Text(
            "{reason} Namun lubang tidak menunjuk tepat satu kotak, sehingga aturan tidak "
            "mengatur untuk siapa suara ini. {decider} memutuskan dan mencatatnya dalam berita "
            "acara.",
            reason=rule.reason,
            decider=_capital(rules.decider),
        )
    elif verdict is Verdict.UNRULED:
        reason = Text(
            "{reason} {decider} memutuskan dan mencatatnya dalam berita acara.",
            reason=rule.reason,
            decider=_capital(rules.decider),
        )
    return Judgement(
        verdict=verdict,
        candidate=candidate,
        article=rule.article,
        reason=reason,
        rule_id=rule.id,
        status=rule.status,
        trace=trace,
    )


def _silence(*, rules: BallotRules, trace: tuple[TriedRule, ...]) -> Judgement:
    return Judgement(
        verdict=Verdict.UNRULED,
        candidate=None,
        article=rules.decider_article,
        reason=Text(
            "Tidak ada aturan yang cocok dengan keadaan surat suara ini. {decider} memutuskan dan "
            "mencatatnya dalam berita acara.",
            decider=_capital(rules.decider),
        ),
        rule_id="",
        status=None,
        trace=trace,
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
