"""Collects vectors from an election made with other people's tools, one file an algorithm.

    python -m tests.vectors.evoting.collect FOLDER

FOLDER is one of the shared `vectors/belenios/…`. Nothing here computes an expected value: inputs
and outputs are those the independent implementation wrote. The secrets in them are throw-away.
"""

import json
import sys
from pathlib import Path
from typing import Any

from pilkades.evoting.board import read_steps
from pilkades.evoting.events import Kind

HERE = Path(__file__).parent


def main() -> int:
    folder = Path(sys.argv[1])
    with next(folder.glob("*.bel")).open("rb") as stream:
        steps = list(read_steps(stream))
    election, trustees = (json.loads(part) for part in steps[0].parts[:2])
    ballots = [json.loads(step.payload) for step in steps if step.event.kind is Kind.BALLOT]
    tally = next(step for step in steps if step.event.kind is Kind.ENCRYPTED_TALLY)
    partials = [step for step in steps if step.event.kind is Kind.PARTIAL_DECRYPTION]
    context = {"election": election, "source": folder.name}
    codes = (folder / "secrets" / "private_creds.raw").read_text()
    _write(
        "credentials",
        "Public credential of an access code",
        folder,
        {
            **context,
            "codes": codes if not codes.startswith("{") else json.loads(codes),
            "public_credentials": json.loads(steps[0].parts[2]),
        },
    )
    _write(
        "fingerprint",
        "Fingerprint of an election, as every ballot repeats it",
        folder,
        {
            **context,
            "fingerprint": ballots[0]["election_hash"],
        },
    )
    singles = [item for kind, item in trustees if kind == "Single"]
    _write(
        "possession",
        "Proof that a trustee knows its secret key",
        folder,
        {
            **context,
            "keys": singles,
        },
    )
    _write(
        "ballot",
        "Proofs and signature of a ballot",
        folder,
        {
            **context,
            "ballot": ballots[0],
        },
    )
    _write(
        "decryption",
        "Proof of a partial decryption",
        folder,
        {
            **context,
            "trustees": trustees,
            "tally": json.loads(tally.parts[0]),
            "owner": json.loads(partials[0].payload)["owner"],
            "partial": json.loads(partials[0].parts[0]),
        },
    )
    sealed = sorted((folder / "secrets").glob("*.dkey"))
    if sealed:
        _write(
            "sealed-message",
            "A key sealed by a trustee for itself",
            folder,
            {
                **context,
                "seed": sealed[0].with_suffix(".key").read_text().strip(),
                "sealed": sealed[0].read_text().strip(),
                "public_keys": [
                    key["public_key"]
                    for kind, item in trustees
                    for key in (item["verification_keys"] if kind == "Pedersen" else [item])
                ],
            },
        )
    return 0


def _write(name: str, description: str, folder: Path, content: dict[str, Any]) -> None:
    group = content["election"]["group"].lower()
    path = HERE / f"{name}-{group}.json"
    document = {"description": description, **content}
    path.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    sys.exit(main())
