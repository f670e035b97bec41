"""What `pilkades ledger` prints: every check with its name, then one conclusion; or JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pilkades.ledger.checks import CheckResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The answer of one command; `ok` is given by the caller, never inferred from an empty list."""

    ok: bool
    results: tuple[CheckResult, ...]
    conclusion: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    def show(self, *, as_json: bool) -> None:
        """Print it (docs/formats/ledger-report.schema.json)."""
        print(self._to_json() if as_json else self._to_text())

    def _to_json(self) -> str:
        checks = [
            {"id": result.id, "ok": result.ok, "detail": str(result.detail)}
            for result in self.results
        ]
        document = {"ok": self.ok, "conclusion": self.conclusion, "checks": checks, **self.facts}
        return json.dumps(document, ensure_ascii=False, indent=2)

    def _to_text(self) -> str:
        width = max((len(result.id) for result in self.results), default=0)
        lines = [
            f"{'baik ' if result.ok else 'GAGAL'}  {result.id:<{width}}  {result.detail}"
            for result in self.results
        ]
        return "\n".join([*lines, "", self.conclusion])
