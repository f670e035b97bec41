"""One runner for the vectors of the law: written by hand, for any implementation to follow.

`context` is the rule pack, `input` has the formats of docs/formats, `output` is what matters.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pilkades.law.ballots import BallotRules, judge_ballot
from pilkades.law.ballots.reading import parse_ballots
from pilkades.law.determination import DeterminationRules, determine
from pilkades.law.determination.reading import parse_village
from pilkades.law.reconciliation import ReconciliationRules, reconcile
from pilkades.law.reconciliation.records import parse_record
from pilkades.packfiles import read_pack

ROOT = Path(__file__).parents[3]
Case = dict[str, Any]


def load(name: str) -> list[Any]:
    document = json.loads((ROOT / "tests" / "vectors" / "law" / name).read_text("utf-8"))
    return [
        pytest.param(case, id=f"{case['context']}: {case['description']}")
        for case in document["cases"]
    ]


def validate(schema: str, value: Any) -> None:
    document = json.loads((ROOT / "docs" / "formats" / f"{schema}.schema.json").read_text("utf-8"))
    Draft202012Validator(document).validate(value)


@pytest.mark.parametrize("case", load("ballots.json"))
def test_ballots_are_judged_as_the_vectors_say(case: Case) -> None:
    validate("ballot", case["input"])
    ((_, ballot),) = parse_ballots(json.dumps(case["input"]).encode())
    rules = BallotRules.from_pack(read_pack(case["context"]))
    judgement = judge_ballot(rules=rules, ballot=ballot)
    assert {"verdict": judgement.verdict, "candidate": judgement.candidate} == case["output"]


@pytest.mark.parametrize("case", load("ties.json"))
def test_villages_are_determined_as_the_vectors_say(case: Case) -> None:
    validate("determination-input", case["input"])
    stations, candidates = parse_village(json.dumps(case["input"]).encode())
    rules = DeterminationRules.from_pack(read_pack(case["context"]))
    outcome = determine(rules=rules, stations=stations, candidates=candidates)
    assert {
        "outcome": outcome.outcome,
        "winner": outcome.winner,
        "steps": [step.criterion for step in outcome.trace],
        "act": outcome.next_act.act if outcome.next_act else None,
        "warnings": len(outcome.warnings),
    } == case["output"]


@pytest.mark.parametrize("case", load("statements.json"))
def test_statements_are_reconciled_as_the_vectors_say(case: Case) -> None:
    parsed = parse_record(value=case["input"], number=1)
    if "malformed" in case["output"]:
        assert isinstance(parsed, list)
        assert [finding.code for finding in parsed] == case["output"]["malformed"]
        return
    validate("statement", case["input"])
    assert not isinstance(parsed, list)
    rules = ReconciliationRules.from_pack(read_pack(case["context"]))
    findings = reconcile(rules=rules, statement=parsed).findings
    assert [finding.identity for finding in findings] == case["output"]["findings"]
