"""The project's shared vectors for RFC 6962 proofs; absent outside its workplace."""

import json
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest

from pilkades.errors import ProofRejectedError
from pilkades.ledger.proofs import verify_consistency, verify_inclusion

SHARED = Path(__file__).resolve().parents[4] / "shared" / "vectors" / "rfc6962"
pytestmark = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the shared vectors lie beside the repository, not in it"
)


def _list_vectors(kind: str) -> list[Any]:
    files = sorted((SHARED / kind).rglob("*.json"))
    return [
        pytest.param(json.loads(file.read_text()), id=str(file.relative_to(SHARED)))
        for file in files
    ]


def _decode(values: list[str] | None) -> list[bytes]:
    return [b64decode(value) for value in values or []]


def test_the_shared_vectors_are_all_there() -> None:
    assert len(_list_vectors("inclusion")) == 98
    assert len(_list_vectors("consistency")) == 98


@pytest.mark.parametrize("vector", _list_vectors("inclusion"))
def test_an_inclusion_proof_is_judged_as_the_vector_says(vector: dict[str, Any]) -> None:
    def judge() -> None:
        verify_inclusion(
            index=vector["leafIdx"],
            size=vector["treeSize"],
            leaf_hash=b64decode(vector["leafHash"]),
            root=b64decode(vector["root"]),
            proof=_decode(vector["proof"]),
        )

    if vector["wantErr"]:
        with pytest.raises(ProofRejectedError):
            judge()
    else:
        judge()


@pytest.mark.parametrize("vector", _list_vectors("consistency"))
def test_a_consistency_proof_is_judged_as_the_vector_says(vector: dict[str, Any]) -> None:
    def judge() -> None:
        verify_consistency(
            old_size=vector["size1"],
            new_size=vector["size2"],
            old_root=b64decode(vector["root1"]),
            new_root=b64decode(vector["root2"]),
            proof=_decode(vector["proof"]),
        )

    if vector["wantErr"]:
        with pytest.raises(ProofRejectedError):
            judge()
    else:
        judge()
