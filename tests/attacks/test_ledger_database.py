"""Mallory owns the database and rewrites the past; a stranger with a file finds it."""

import json
from pathlib import Path

import pytest

from pilkades.apps.audit.append_only import unlock_tables
from pilkades.apps.audit.models import Checkpoint, Event, Leaf, Node
from pilkades.apps.audit.services import publish_checkpoint
from pilkades.cli.main import main
from pilkades.ledger.merkle import hash_leaf
from tests.apps.audit.conftest import NOW, write

__all__ = ["write"]
pytestmark = pytest.mark.django_db


def rewrite(index: int) -> None:
    """Another number in an old event, with the triggers taken away first."""
    unlock_tables(using="default")
    event = Event.objects.get(leaf_row__index=index)
    Event.objects.filter(pk=event.pk).update(leaf=event.leaf.replace('"rows":', '"rows":9'))


def rehash_everything() -> None:
    """Make leaves, nodes and checkpoint agree with the rewritten past, truly signed again."""
    for leaf in Leaf.objects.select_related("event"):
        Leaf.objects.filter(pk=leaf.pk).update(hash=hash_leaf(leaf.event.leaf.encode()))
    Node.objects.all().delete()
    Checkpoint.objects.all().delete()


def download(client, path: Path) -> Path:
    path.write_bytes(b"".join(client.get("/ledger/unduh").streaming_content))
    return path


def verify(capsys, *arguments: object) -> tuple[int, dict]:
    code = main(["ledger", "verify", *map(str, arguments), "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_a_past_event_changed_in_the_database_is_found_and_named(
    write, client, capsys, tmp_path: Path
) -> None:
    for number in range(12):
        write(number)
    publish_checkpoint(now=NOW)
    rewrite(5)
    code, report = verify(capsys, download(client, tmp_path / "ledger.zip"))
    assert (code, report["changed_entries"]) == (1, [5])


def test_a_past_rewritten_and_signed_again_is_found_by_who_kept_a_checkpoint(
    write, client, capsys, tmp_path: Path
) -> None:
    for number in range(12):
        write(number)
    kept = tmp_path / "disimpan"
    kept.write_text(publish_checkpoint(now=NOW).note)
    for number in range(12, 15):
        write(number)
    rewrite(5)
    rehash_everything()
    bundle = download(client, tmp_path / "ledger.zip")
    assert verify(capsys, bundle)[0] == 0
    code, report = verify(capsys, bundle, "--since", kept)
    assert code == 1
    assert [check["id"] for check in report["checks"] if not check["ok"]] == ["old-checkpoint-kept"]


def test_an_event_removed_from_the_database_is_found(write, client, capsys, tmp_path: Path) -> None:
    for number in range(12):
        write(number)
    publish_checkpoint(now=NOW)
    unlock_tables(using="default")
    Leaf.objects.filter(index=5).delete()
    code, report = verify(capsys, download(client, tmp_path / "ledger.zip"))
    assert code == 1
    assert "entries-count" in {check["id"] for check in report["checks"] if not check["ok"]}
