"""The voting protocol: Belenios, protocol version 1, as its specification 3.3.0 fixes it.

Speaks the published format byte for byte, so that other people's tools check our elections and
ours check theirs. Pure: bytes and open streams come in, values go out; callers bring randomness,
time and files. Left out: shuffles, non-homomorphic and list questions, other groups than Ed25519
and BELENIOS-2048.
"""
