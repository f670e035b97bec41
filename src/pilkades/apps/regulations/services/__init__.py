"""Writes about rule packs: propose, adopt, withdraw, confirm one value."""

from .adopt import adopt_pack, withdraw_pack
from .approve import approve_value
from .propose import MAX_BYTES, PackPreview, install_shipped_pack, preview_pack, propose_pack

__all__ = [
    "MAX_BYTES",
    "PackPreview",
    "adopt_pack",
    "approve_value",
    "install_shipped_pack",
    "preview_pack",
    "propose_pack",
    "withdraw_pack",
]
