"""What a backup contains: the database at one moment, the encrypted files, the keys, a manifest.

The database is copied while others go on writing: SQLite by its online backup, PostgreSQL by
`pg_dump`. Files are copied after it; none is ever changed and only what no record needs goes, so
the copy holds at least what the database names. Every member's SHA-256 stands in the manifest, the
last member.
"""

import hashlib
import io
import json
import shutil
import sqlite3
import subprocess
import tarfile
from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import IO, Any

from pilkades.errors import ConflictError, MalformedInputError
from pilkades.text import Text

FORMAT = "pilkades-backup-1"
DATABASE_MEMBERS = {"sqlite3": "database.sqlite3", "postgresql": "database.pgdump"}
FOLDERS = ("files", "keys")


def write_snapshot(
    *, target: Path, home: Path, database: Mapping[str, Any], facts: Mapping[str, Any]
) -> dict[str, Any]:
    """Write the plain snapshot tar; `facts` (version, origin, time) join the manifest."""
    engine = _engine(database)
    copy = target.with_name(DATABASE_MEMBERS[engine])
    _copy_database(engine, database, copy)
    members: dict[str, str] = {}
    with tarfile.open(target, "w") as archive:
        members[copy.name] = _add_file(archive, copy, copy.name)
        for path, name in _folder_files(home):
            # A file that is erased or cleared away meanwhile is one that no record names any more.
            with suppress(FileNotFoundError):
                members[name] = _add_file(archive, path, name)
        manifest = {"format": FORMAT, "engine": engine, **facts, "members": members}
        data = json.dumps(manifest, indent=1).encode()
        info = tarfile.TarInfo("manifest.json")
        info.size = len(data)
        archive.addfile(info, io.BytesIO(data))
    copy.unlink()
    return manifest


def require_empty_home(home: Path, database: Mapping[str, Any]) -> None:
    """A restore never lands on top of data."""
    occupied = [name for name in FOLDERS if (home / name).is_dir() and any((home / name).iterdir())]
    if _engine(database) == "sqlite3" and Path(str(database["NAME"])).exists():
        occupied.append(Path(str(database["NAME"])).name)
    if occupied:
        raise ConflictError(
            "restore.home_occupied",
            Text(
                "Map {home} sudah berisi data ({names}). Pemulihan hanya ke map yang kosong, "
                "supaya tidak ada yang tertimpa. Pilih map lain: PILKADES_HOME=/map/kosong.",
                home=str(home),
                names=", ".join(occupied),
            ),
        )


def read_snapshot(*, source: IO[bytes], work_dir: Path) -> dict[str, Any]:
    """Unpack into `work_dir` and compare every member with the manifest."""
    with tarfile.open(fileobj=source, mode="r:") as archive:
        archive.extractall(work_dir, filter="data")
    manifest_path = work_dir / "manifest.json"
    manifest = json.loads(manifest_path.read_bytes()) if manifest_path.exists() else {}
    if manifest.get("format") != FORMAT:
        raise MalformedInputError(
            "restore.format_unknown",
            Text(
                "Isi cadangan ini dibuat oleh versi yang tidak dikenal. Pakai program versi "
                "{version} atau lebih baru. Tidak ada data yang berubah.",
                version=str(manifest.get("version", "?")),
            ),
        )
    for name, digest in manifest["members"].items():
        if _digest(work_dir / name) != digest:
            raise MalformedInputError(
                "restore.member_changed",
                Text("Bagian {name} dari cadangan tidak utuh. Pakai cadangan lain.", name=name),
            )
    return dict(manifest)


def install_snapshot(
    *, manifest: Mapping[str, Any], work_dir: Path, home: Path, database: Mapping[str, Any]
) -> None:
    """Move what `read_snapshot` unpacked to its place: the keys and files, the database last."""
    engine = _engine(database)
    if manifest["engine"] != engine:
        raise MalformedInputError(
            "restore.engine_differs",
            Text(
                "Cadangan ini dari {theirs}, sedangkan komputer ini memakai {ours}. Sesuaikan "
                "DATABASE_URL, lalu ulangi.",
                theirs=manifest["engine"],
                ours=engine,
            ),
        )
    home.mkdir(parents=True, exist_ok=True)
    for name in FOLDERS:
        if (work_dir / name).is_dir():
            shutil.copytree(work_dir / name, home / name, dirs_exist_ok=True)
    if (home / "keys").is_dir():
        (home / "keys").chmod(0o700)
        for path in (home / "keys").iterdir():
            path.chmod(0o600)
    copy = work_dir / DATABASE_MEMBERS[engine]
    if engine == "sqlite3":
        shutil.move(copy, database["NAME"])
    else:
        _run(["pg_restore", "--no-owner", "--exit-on-error", "--dbname", _dsn(database), str(copy)])


def _engine(database: Mapping[str, Any]) -> str:
    return str(database["ENGINE"]).rsplit(".", 1)[1]


def _copy_database(engine: str, database: Mapping[str, Any], target: Path) -> None:
    if engine == "postgresql":
        _run(["pg_dump", "--format=custom", "--file", str(target), _dsn(database)])
        return
    with (
        closing(sqlite3.connect(str(database["NAME"]))) as live,
        closing(sqlite3.connect(target)) as copy,
    ):
        live.backup(copy)


def _dsn(database: Mapping[str, Any]) -> str:
    host = database.get("HOST") or database.get("OPTIONS", {}).get("host", "")
    parts = {
        "dbname": database["NAME"],
        "user": database.get("USER"),
        "password": database.get("PASSWORD"),
        "host": host,
        "port": database.get("PORT"),
    }
    return " ".join(f"{key}='{value}'" for key, value in parts.items() if value)


def _run(command: list[str]) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)
    except FileNotFoundError as error:
        raise MalformedInputError(
            "backup.tool_missing",
            Text("Program {name} tidak ada (apt install postgresql-client).", name=command[0]),
        ) from error
    except subprocess.CalledProcessError as error:
        raise MalformedInputError(
            "backup.tool_failed",
            Text("{name} berhenti: {reason}", name=command[0], reason=error.stderr.strip()),
        ) from error


def _folder_files(home: Path) -> list[tuple[Path, str]]:
    return [
        (path, str(path.relative_to(home)))
        for name in FOLDERS
        for path in sorted((home / name).rglob("*"))
        if path.is_file()
    ]


def _add_file(archive: tarfile.TarFile, path: Path, name: str) -> str:
    archive.add(path, arcname=name, recursive=False)
    return _digest(path)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
