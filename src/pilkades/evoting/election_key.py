"""The key of an election: the product of its trustees' sub-keys, every one of them checked.

A mandatory trustee proves its secret; a threshold group shows the whole of its ceremony
(specification, sections "Verification keys", "Trustees").
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pilkades.crypto.groups import Element, Group, multiply_all
from pilkades.errors import PilkadesError, ProofRejectedError
from pilkades.evoting.elections import Election
from pilkades.evoting.threshold import check_group
from pilkades.evoting.trustees import ThresholdGroup, Trustees, verify_possession
from pilkades.evoting.wire import Wire
from pilkades.text import Text


@dataclass(frozen=True, slots=True)
class SubKey:
    """What one item of the trustees gives; `fault` is why it must not be used, if it must not."""

    check: str
    key: Element
    fault: PilkadesError | None


def find_sub_keys(group: Group, trustees: Trustees) -> Iterator[SubKey]:
    """Every sub-key with its verdict: check `ceremony` of a group, `possession` of one alone."""
    for number, item in enumerate(trustees, start=1):
        if isinstance(item, ThresholdGroup):
            yield _check_ceremony(group, item)
            continue
        fault = None
        if not verify_possession(group, item):
            words = Text("Bukti kunci pemegang ke-{number} tidak sah.", number=number)
            fault = ProofRejectedError("possession", words)
        yield SubKey("possession", item.public_key, fault)


def is_key_of(group: Group, key: Element, sub_keys: list[SubKey]) -> bool:
    """Whether these sub-keys make the key. Under the identity everybody could read every ballot."""
    return key != group.identity and key == multiply_all(group, (item.key for item in sub_keys))


def combine_sub_keys(group: Group, trustees: Trustees) -> Element:
    """The key that these trustees, all of them checked, make together.

    Raises:
        ProofRejectedError: possession, election-key (everybody could open it), or as
            `check_group`.
    """
    sub_keys = list(find_sub_keys(group, trustees))
    for item in sub_keys:
        if item.fault is not None:
            raise item.fault
    key = multiply_all(group, (item.key for item in sub_keys))
    if not is_key_of(group, key, sub_keys):
        raise _refuse_key()
    return key


def check_election_key(election: Election, trustees: Trustees) -> None:
    """Refuse an election whose key is not that of its trustees, before anything is encrypted to it.

    Raises:
        ProofRejectedError: as `combine_sub_keys`.
    """
    if combine_sub_keys(election.group, trustees) != election.public_key:
        raise _refuse_key()


def _check_ceremony(group: Group, item: ThresholdGroup) -> SubKey:
    try:
        return SubKey("ceremony", check_group(Wire(group), item), None)
    except PilkadesError as error:
        return SubKey("ceremony", group.identity, error)


def _refuse_key() -> ProofRejectedError:
    return ProofRejectedError(
        "election-key",
        Text(
            "Kunci pemilihan bukan kunci bersama para pemegangnya; suara dapat dibuka orang lain. "
            "Jangan dipakai, dan laporkan."
        ),
    )
