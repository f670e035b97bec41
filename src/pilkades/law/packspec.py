"""What a law module expects of a rule pack, declared as data.

Each law module that reads rules from packs declares one `SECTION`, listed in `sections`. The
parser uses it to refuse what nobody knows, to give line and reason for what is wrong, and to fill
in defaults; `pilkades pack show` and the guide for lawyers take the explanations from it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from pilkades.law.findings import Finding
from pilkades.law.pack import RulePack, Value
from pilkades.text import Text


class FieldKind(StrEnum):
    """What may stand in a field of a pack."""

    INTEGER = "integer"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    TEXT = "text"
    DATE = "date"
    TIME = "time"
    CHOICE = "choice"
    TEXTS = "texts"
    CHOICES = "choices"
    TABLE = "table"
    TABLES = "tables"
    ANYTHING = "anything"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """What a law module expects of one rule (name = rule id) or of one field of an entry.

    `help` is a plain Indonesian sentence for the lawyer who writes the pack. For a rule,
    `required` means that the merged pack must contain it.
    """

    name: str
    kind: FieldKind
    help: Text
    required: bool = True
    default: Value = None
    minimum: int | Decimal | None = None
    maximum: int | Decimal | None = None
    choices: tuple[str, ...] = ()
    may_be_empty: bool = False
    fields: tuple["FieldSpec", ...] = ()


@dataclass(frozen=True, slots=True)
class TableSpec:
    """What a law module expects of one `[[table]]`; common fields are added by the parser."""

    name: str
    help: Text
    fields: tuple[FieldSpec, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Everything one law module asks of a pack; `checks` judge a merged pack as a whole.

    `may_be_absent`: a pack may say nothing at all on it, as those do that are older than the
    question. Whoever then asks is told which rule is missing; nothing is assumed.
    """

    name: str
    rules: tuple[FieldSpec, ...] = ()
    tables: tuple[TableSpec, ...] = ()
    checks: tuple[Callable[[RulePack], Iterable[Finding]], ...] = ()
    may_be_absent: bool = False

    def is_absent(self, pack: RulePack) -> bool:
        """Whether this pack may and does say nothing on it."""
        return (
            self.may_be_absent
            and not any(pack.has(rule.name) for rule in self.rules)
            and not any(pack.table(table.name) for table in self.tables)
        )
