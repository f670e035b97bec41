"""What training found: how often true pairs and strangers stand on each rung.

The file shipped beside this module was trained on the generator's truth, so that a village of two
hundred rows needs no training of its own. `pilkades train-duplicates` writes another.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pilkades.apps.roll.duplicates.levels import LADDERS
from pilkades.errors import MalformedInputError
from pilkades.text import Text

SHIPPED = Path(__file__).with_name("parameters.json")
FORMAT = "pilkades-duplicates-1"
MOST_BITS = 60
Shares = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """Shares by comparison and rung; `duplicate_share` is how many rows have a second one.

    `corrections` are bits added to the weight of a rung (log2 of same over strangers), because
    the comparisons are not independent.
    """

    same: Shares
    strangers: Shares
    corrections: Shares
    duplicate_share: float
    threshold: float
    trained_on: str


def read_parameters(data: bytes) -> Parameters:
    """Check and read a file of parameters. Raises: MalformedInputError."""
    try:
        content = json.loads(data)
        found = Parameters(
            same=_read(content["same"], _read_share),
            strangers=_read(content["strangers"], _read_share),
            corrections=_read(content["corrections"], _read_bits),
            duplicate_share=_read_share(content["duplicate_share"]),
            threshold=_read_share(content["threshold"]),
            trained_on=str(content["trained_on"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise _malformed() from error
    if content.get("format") != FORMAT:
        raise _malformed()
    return found


def load_shipped() -> Parameters:
    """The parameters that come with the program."""
    return read_parameters(SHIPPED.read_bytes())


def write_parameters(parameters: Parameters) -> bytes:
    """The file that `read_parameters` reads."""
    content = {
        "format": FORMAT,
        "trained_on": parameters.trained_on,
        "duplicate_share": parameters.duplicate_share,
        "threshold": parameters.threshold,
        "same": _round(parameters.same),
        "strangers": _round(parameters.strangers),
        "corrections": _round(parameters.corrections),
    }
    return (json.dumps(content, indent=1) + "\n").encode()


def _read(content: Any, read: Callable[[Any], float]) -> Shares:
    return {
        comparison: {rung.id: read(content[comparison][rung.id]) for rung in rungs}
        for comparison, rungs in LADDERS.items()
    }


def _read_bits(value: Any) -> float:
    bits = float(value)
    if not abs(bits) <= MOST_BITS:
        raise ValueError
    return bits


def _read_share(value: Any) -> float:
    share = float(value)
    if not 0 < share < 1:
        raise ValueError
    return share


def _round(shares: Shares) -> dict[str, dict[str, float]]:
    return {
        comparison: {rung: float(f"{share:.4g}") for rung, share in rungs.items()}
        for comparison, rungs in shares.items()
    }


def _malformed() -> MalformedInputError:
    return MalformedInputError(
        "duplicates.parameters",
        Text(
            "Berkas parameter pencarian ganda tidak dapat dibaca. Pakai berkas bawaan, atau latih "
            "ulang dengan perintah train-duplicates. Data tidak berubah."
        ),
    )
