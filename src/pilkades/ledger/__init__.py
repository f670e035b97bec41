"""The tamper-evident ledger: leaves, Merkle tree, proofs, signed checkpoints and their files.

Law: none; it implements RFC 6962 (tree and proofs), RFC 8785 (leaves), C2SP signed-note,
tlog-checkpoint and tlog-proof (files). It leaves out storage, clocks and keys: callers give bytes,
streams, seeds and salts.
"""
