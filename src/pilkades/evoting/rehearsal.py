"""A trustee's own acts on an election: proving in a rehearsal that the key works, and decrypting.

The protocol has no rehearsal; it is ours: nobody should learn on polling night that a key is lost.
"""

from pilkades.crypto.elgamal import encrypt_exponent
from pilkades.crypto.groups import Draw
from pilkades.errors import ConflictError, ProofRejectedError
from pilkades.evoting.decryption import PartialDecryption, make_decryption, verify_decryption
from pilkades.evoting.elections import Election
from pilkades.evoting.own_board import OpenBoard
from pilkades.evoting.trustees import Trustees, list_keys
from pilkades.text import Text


def find_own_number(election: Election, trustees: Trustees, *, secret: int) -> int:
    """The trustee's number (from 1) in this election.

    Raises:
        ProofRejectedError: trustee-unlisted.
    """
    public = election.group.power_generator(secret)
    for number, key in enumerate(list_keys(trustees), start=1):
        if key.public_key == public:
            return number
    raise ProofRejectedError(
        "trustee-unlisted",
        Text("Kunci ini bukan milik pemegang kunci pemilihan ini. Periksa map dan pemilihannya."),
    )


def rehearse(election: Election, *, secret: int, draw: Draw) -> PartialDecryption:
    """Open a dummy ballot under the trustee's own key and check the proof and the content.

    Cost: about ten exponentiations.

    Raises:
        ProofRejectedError: rehearsal.
    """
    group = election.group
    public = group.power_generator(secret)
    message = draw(2)
    dummy = encrypt_exponent(group, key=public, message=message, randomness=draw(group.order))
    partial = make_decryption(election, ((dummy,),), secret=secret, draw=draw)
    is_proven = verify_decryption(election, ((dummy,),), public=public, partial=partial)
    opened = group.divide(dummy.beta, partial.factors[0][0])
    if not is_proven or opened != group.power_generator(message):
        raise ProofRejectedError(
            "rehearsal", Text("Gladi gagal: kunci ini tidak dapat membuka surat suara percobaan.")
        )
    return partial


def decrypt_as_trustee(
    board: OpenBoard, *, secret: int, draw: Draw
) -> tuple[int, PartialDecryption]:
    """The trustee's part of the tally, and the trustee's number.

    Raises:
        ConflictError: election-stage (no tally yet), decryption-done.
        ProofRejectedError: trustee-unlisted.
    """
    if board.tally is None:
        raise ConflictError(
            "election-stage", Text("Rekapitulasi tersandi belum ada; tunggu pemungutan ditutup.")
        )
    number = find_own_number(board.election, board.trustees, secret=secret)
    if number in board.partials:
        raise ConflictError(
            "decryption-done",
            Text("Bagian pemegang kunci ke-{number} sudah ada di arsip.", number=number),
        )
    return number, make_decryption(board.election, board.tally, secret=secret, draw=draw)
