"""Rule packs on disk: those that come with the system, and files that somebody names.

The only place that reads pack files. A pack is asked for by name ("blitar-2026") or by path; its
base is looked for beside the file first, then among the shipped packs.
"""

from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from pilkades.errors import MalformedInputError
from pilkades.law.findings import Finding
from pilkades.law.pack import RulePack
from pilkades.law.packcheck import PackReading, PackRejectedError, find_base_id, read_pack_text
from pilkades.text import Text

_DEEPEST = 5
"""How many packs may stand upon each other; more is a circle or a mistake."""


def list_packs() -> tuple[str, ...]:
    """Names of the packs that come with the system."""
    files = (item.name for item in _shipped().iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in files if name.endswith(".toml")))


def read_pack(name_or_path: str | Path) -> RulePack:
    """Return a pack with its base merged in, or raise with everything that is wrong with it."""
    if isinstance(name_or_path, str) and name_or_path in list_packs():
        return _read_shipped(name_or_path)
    return _demand(read_pack_file(name_or_path))


def read_pack_bytes(data: bytes) -> PackReading:
    """Read a pack that was handed over as bytes (an upload); its base must be a shipped one."""
    return _read(data, folder=None, depth=0)


def read_pack_file(name_or_path: str | Path) -> PackReading:
    """Read and judge a pack by name or path without refusing it."""
    path = Path(name_or_path)
    data = find_pack_source(name_or_path)
    return _read(data, folder=path.parent if path.suffix == ".toml" else None, depth=0)


def check_pack_file(name_or_path: str | Path) -> tuple[Finding, ...]:
    """Everything that is wrong with or remarkable about a pack."""
    return read_pack_file(name_or_path).findings


def find_pack_source(name_or_path: str | Path) -> bytes:
    """The text of a pack by name or path; a name that nobody knows is malformed input."""
    name = str(name_or_path)
    if name in list_packs():
        return (_shipped() / f"{name}.toml").read_bytes()
    path = Path(name_or_path)
    if path.suffix != ".toml" and not path.exists():
        text = Text(
            "Paket aturan “{name}” tidak dikenal. Yang tersedia: {known}. Untuk memakai berkas "
            "sendiri, tulis alamat berkas .toml.",
            name=name,
            known=", ".join(list_packs()),
        )
        raise MalformedInputError("pack.unknown-name", text)
    return path.read_bytes()


@cache
def _read_shipped(name: str) -> RulePack:
    return _demand(_read((_shipped() / f"{name}.toml").read_bytes(), folder=None, depth=0))


def _read(data: bytes, *, folder: Path | None, depth: int) -> PackReading:
    base_id = find_base_id(data)
    return read_pack_text(data, base=_find_base(base_id, folder, depth) if base_id else None)


def _find_base(base_id: str, folder: Path | None, depth: int) -> RulePack | None:
    """The base, or None where there is none of that name: the check says so with its line."""
    if depth >= _DEEPEST:
        text = Text("Paket dasar bertumpuk terlalu dalam atau saling menunjuk: “{id}”.", id=base_id)
        raise MalformedInputError("pack.base-depth", text)
    beside = folder / f"{base_id}.toml" if folder else None
    if beside and "/" not in base_id and beside.is_file():
        return _demand(_read(beside.read_bytes(), folder=folder, depth=depth + 1))
    return _read_shipped(base_id) if base_id in list_packs() else None


def _demand(reading: PackReading) -> RulePack:
    if reading.pack is None:
        raise PackRejectedError(reading.findings)
    return reading.pack


def _shipped() -> Traversable:
    return resources.files("pilkades.law") / "packs"
