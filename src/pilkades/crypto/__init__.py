"""Mathematics of the vote: groups, challenges, ElGamal, zero-knowledge proofs, sealed messages.

Implements the cryptographic building blocks of the Belenios specification 3.3.0 (protocol version
1). Knows nothing of elections. Takes its randomness as an argument (`Draw`), reads no clock and no
file. Left out: shuffles, the encodings of non-homomorphic questions, RFC-3526-2048.

When it refuses: bytes that are not what they claim raise `MalformedInputError`; a `verify_…`
function answers True or False and its caller names the check.
"""
