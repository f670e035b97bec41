"""Events get their place once, without a gap, whatever happens on the way."""

import threading

import pytest
from django.db import connection, connections

from pilkades.apps.audit import selectors
from pilkades.apps.audit.models import Checkpoint, Event, Leaf, Node, QueuedEvent
from pilkades.apps.audit.services import publish_checkpoint, sequence_queue
from pilkades.apps.audit.services import sequence as sequence_module
from pilkades.ledger.checkpoint import open_checkpoint
from pilkades.ledger.merkle import EMPTY_ROOT, compute_root, hash_leaf
from pilkades.ledger.prooffile import verify_inclusion_file
from pilkades.ledger.proofs import verify_consistency
from tests.apps.audit.conftest import NOW

pytestmark = pytest.mark.django_db


def read_hashes() -> list[bytes]:
    return [hash_leaf(leaf) for leaf in selectors.iterate_leaves(size=selectors.count_leaves())]


def test_places_have_no_gap_and_follow_the_order_of_writing(write) -> None:
    uuids = [write(number) for number in range(40)]
    sequence_queue()
    rows = Leaf.objects.order_by("index").values_list("index", "event__uuid")
    assert list(rows) == list(enumerate(uuids))


def test_every_fourth_level_is_stored_when_it_is_full(write) -> None:
    for number in range(16 * 16 + 3):
        write(number)
        if number % 50 == 0:
            sequence_queue()
    sequence_queue()
    assert Node.objects.filter(level=4).count() == 16
    (top,) = Node.objects.filter(level=8)
    assert bytes(top.hash) == compute_root(read_hashes()[:256])


def test_the_checkpoint_is_that_of_all_leaves(write) -> None:
    for number in range(35):
        write(number)
    row = publish_checkpoint(now=NOW)
    checkpoint = open_checkpoint(row.note.encode(), key=selectors_key())
    assert (checkpoint.size, checkpoint.root) == (35, compute_root(read_hashes()))


def test_an_empty_ledger_is_published_too() -> None:
    row = publish_checkpoint(now=NOW)
    assert (row.size, bytes(row.root)) == (0, EMPTY_ROOT)


def test_a_checkpoint_is_published_once_for_a_size(write) -> None:
    write()
    assert publish_checkpoint(now=NOW).pk == publish_checkpoint(now=NOW).pk
    assert Checkpoint.objects.count() == 1


def test_stored_proofs_verify(write) -> None:
    for number in range(53):
        write(number)
    checkpoint = publish_checkpoint(now=NOW)
    hashes = read_hashes()
    for index in (0, 15, 16, 31, 47, 48, 52):
        proof = selectors.get_inclusion_proof(index=index, checkpoint=checkpoint)
        verify_inclusion_file(proof, key=selectors_key())
    for old_size in (1, 16, 17, 32, 52, 53):
        consistency = selectors.get_consistency_proof(old_size=old_size, checkpoint=checkpoint)
        verify_consistency(
            old_size=old_size,
            new_size=53,
            old_root=compute_root(hashes[:old_size]),
            new_root=bytes(checkpoint.root),
            proof=consistency.hashes,
        )


def test_a_proof_takes_few_queries(write, django_assert_max_num_queries) -> None:
    for number in range(300):
        write(number)
    checkpoint = publish_checkpoint(now=NOW)
    with django_assert_max_num_queries(3):
        selectors.get_inclusion_proof(index=123, checkpoint=checkpoint)


def selectors_key():
    from pilkades.apps.audit.keys import get_signing_key

    return get_signing_key().verifier


@pytest.mark.django_db(transaction=True)
def test_a_process_killed_while_sequencing_leaves_the_queue_whole(write, monkeypatch) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("on SQLite the tree grows in the writer's own transaction")
    for number in range(20):
        write(number)

    def die(*_args: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(sequence_module, "_store_full_subtrees", die)
        for row in Leaf.objects.all()[:1]:
            pytest.skip(f"the thread was quicker and took in {row.index}")
        with pytest.raises(KeyboardInterrupt):
            sequence_queue()
    sequence_queue()
    assert list(Leaf.objects.order_by("index").values_list("index", flat=True)) == list(range(20))
    assert Node.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_many_writers_at_once_lose_and_double_nothing(write) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time by its nature")
    failures: list[BaseException] = []

    def work(first: int) -> None:
        try:
            for number in range(first, first + 25):
                write(number)
                if number % 7 == 0:
                    sequence_queue()
        except BaseException as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(start,)) for start in range(0, 200, 25)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    sequence_queue()
    assert Event.objects.count() == 200
    assert not QueuedEvent.objects.exists()
    assert list(Leaf.objects.order_by("index").values_list("index", flat=True)) == list(range(200))
    row = publish_checkpoint(now=NOW)
    assert bytes(row.root) == compute_root(read_hashes())


@pytest.mark.django_db(transaction=True)
def test_the_tree_takes_an_event_in_within_a_second_by_itself(write) -> None:
    uuid = write()
    deadline = threading.Event()
    for _ in range(20):
        if Leaf.objects.filter(event__uuid=uuid).exists():
            break
        deadline.wait(0.05)
    assert Leaf.objects.filter(event__uuid=uuid).exists()
