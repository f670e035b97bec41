"""How many voters a station may have, and what it means when there are more.

Implements Permendagri 112/2014 on the polling stations as far as it counts voters; the maximum is
regional. Leaves out which voter goes where: the division is no rule of law.
"""

from dataclasses import dataclass

from pilkades.errors import RuleViolationError
from pilkades.law.pack import RulePack
from pilkades.law.packspec import FieldKind, FieldSpec, Section
from pilkades.text import Text

OVER_MAXIMUM = "station.over_max_is_refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class StationLoadRules:
    """What a pack says of the number of voters (jumlah pemilih per TPS)."""

    voters_max: int
    is_over_max_refused: bool
    is_box_per_hamlet_allowed: bool
    article: str
    box_article: str

    @classmethod
    def from_pack(cls, pack: RulePack) -> "StationLoadRules":
        """Read the rules; a pack that is older than the question refuses what is over."""
        return cls(
            voters_max=pack.integer("station.voters_max"),
            is_over_max_refused=not pack.has(OVER_MAXIMUM) or pack.boolean(OVER_MAXIMUM),
            is_box_per_hamlet_allowed=pack.boolean("station.box_per_hamlet_allowed"),
            article=pack.rule("station.voters_max").article,
            box_article=pack.rule("station.box_per_hamlet_allowed").article,
        )


def count_stations_needed(*, voters: int, voters_max: int) -> int:
    """The fewest stations that hold so many voters.

    Law: Permendagri 112/2014; pack field `station.voters_max`. A station may be exactly full.
    """
    return -(-voters // voters_max)


def judge_load(*, rules: StationLoadRules, station: str, voters: int) -> Text | None:
    """A warning where a station would be over the maximum and the pack only warns.

    Law: Permendagri 112/2014; pack fields `station.voters_max` and `station.over_max_is_refused`.
    Where no regulation says what becomes of a station that is over, the national pack refuses
    (ADR 0112).

    Raises: RuleViolationError where the pack refuses.
    """
    if voters <= rules.voters_max:
        return None
    text = Text(
        "{station} menjadi {voters} pemilih, lebih {over} dari paling banyak {max}.",
        station=station,
        voters=voters,
        over=voters - rules.voters_max,
        max=rules.voters_max,
    )
    if rules.is_over_max_refused:
        raise RuleViolationError(OVER_MAXIMUM, text, article=rules.article)
    return text


SECTION = Section(
    name="station_loads",
    rules=(
        FieldSpec(
            OVER_MAXIMUM,
            FieldKind.BOOLEAN,
            Text("true bila TPS yang melebihi jumlah pemilih paling banyak ditolak, bukan ditegur"),
            required=False,
        ),
    ),
)
