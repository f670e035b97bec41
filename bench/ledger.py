"""The ledger on PostgreSQL: appending, proving and verifying a million events.

A private, durable cluster (scripts/postgres) is started and thrown away. One writer appends in
transactions of ten while the ledger's own thread takes the events into the tree; beside it, in the
same run, one plain insert per event into a table without tree, and the floor of hashing alone.
"""

import argparse
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from bench.row import Row, write_rows

if TYPE_CHECKING:
    from pilkades.apps.audit.services import NewEvent

ROOT = Path(__file__).parent.parent
EVENTS = 1_000_000
EVENTS_QUICK = 20_000
PER_TRANSACTION = 10
APPENDS_PER_SECOND_MIN = 2_000
TAKEN_IN_SECONDS_MAX = 1.0
PROOF_MILLISECONDS_MAX = 5.0
VERIFY_SECONDS_MAX = 20.0
PROOFS = 400
PLAIN_WRITES = 2_000
TWO_WRITERS_EVENTS = 40_000
SEED = 20261123
PLAIN_TABLES = """
CREATE TABLE bench_plain (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, uuid uuid NOT NULL, event text NOT NULL,
    at timestamptz NOT NULL, region_code text NOT NULL, subject text NOT NULL, leaf text NOT NULL
);
CREATE TABLE bench_decision (id uuid PRIMARY KEY, village text NOT NULL, version int NOT NULL);
CREATE TABLE bench_document (id uuid PRIMARY KEY, decision uuid REFERENCES bench_decision (id));
"""


@dataclass(frozen=True, slots=True)
class Clerk:
    """Somebody who writes."""

    uuid: UUID
    name: str = "Sari Wulandari"
    roles: tuple[tuple[str, str], ...] = (("COMMITTEE_CHAIR", "35.05.01.2001"),)


CLERK = Clerk(UUID(int=0x5A21))


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--events", type=int)
    parser.add_argument("--writer", type=int, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.writer:
        return write_when_told(args.writer)
    # Ended from outside, the cluster is stopped all the same.
    signal.signal(signal.SIGTERM, lambda *_details: sys.exit(143))
    events = args.events or (EVENTS_QUICK if args.quick else EVENTS)
    with tempfile.TemporaryDirectory() as folder, postgres(Path(folder)):
        rows = [
            *measure_appending(events),
            measure_two_writers(min(events, TWO_WRITERS_EVENTS)),
            *measure_single_writes(),
            *measure_proofs(),
            *measure_verification(Path(folder)),
        ]
    write_rows("ledger", rows)
    return 0


@contextmanager
def postgres(folder: Path) -> Iterator[None]:
    """A durable cluster with the tables of the ledger, and Django set up on it."""
    script = [str(ROOT / "scripts" / "postgres")]
    started = subprocess.run(
        [*script, "start", str(folder / "pg")],
        env={**os.environ, "PG_DURABLE": "1"},
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    try:
        os.environ["DATABASE_URL"] = started.stdout.strip()
        os.environ["PILKADES_HOME"] = str(folder / "home")
        os.environ["DJANGO_SETTINGS_MODULE"] = "pilkades.config.settings.test"
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", "audit", verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute(PLAIN_TABLES)
        yield
        connection.close()
    finally:
        subprocess.run([*script, "stop", str(folder / "pg")], check=True)


def measure_appending(events: int) -> list[Row]:
    from pilkades.apps.audit.models import QueuedEvent

    sample = min(events, 50_000)
    plain = run_transactions(sample, write_plain_event)
    one_by_one = run_transactions(sample, append_event)
    with LagWatch() as watch:
        seconds = run_together(events)
        waited = time.perf_counter()
        while QueuedEvent.objects.exists():
            time.sleep(0.01)
        tail = time.perf_counter() - waited
    rate = events / (seconds + tail)
    lag = max(watch.worst, tail)
    return [
        Row(
            name=f"{events:,} peristiwa, transaksi berisi sepuluh".replace(",", "."),
            value=round(rate),
            unit="peristiwa/s",
            target=f">= {APPENDS_PER_SECOND_MIN}",
            ok=rate >= APPENDS_PER_SECOND_MIN,
            peer="sisip biasa tanpa pohon",
            peer_value=round(sample / plain),
        ),
        Row(
            name="dengan sepuluh panggilan, bukan satu, per transaksi",
            value=round(sample / one_by_one),
            unit="peristiwa/s",
            peer="sisip biasa tanpa pohon",
            peer_value=round(sample / plain),
        ),
        Row(
            name="peristiwa paling lama menunggu masuk ke pohon",
            value=round(lag, 2),
            unit="s",
            target=f"<= {TAKEN_IN_SECONDS_MAX:g} s",
            ok=lag <= TAKEN_IN_SECONDS_MAX,
        ),
    ]


def measure_two_writers(events: int) -> Row:
    """Two processes of a server at once; nobody waits for the other's place in the tree."""
    command = [sys.executable, "-m", "bench.ledger", "--writer", str(events // 2)]
    writers = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT)
        for _ in range(2)
    ]
    for writer in writers:
        assert writer.stdout is not None
        writer.stdout.readline()
    started = time.perf_counter()
    for writer in writers:
        writer.communicate(b"\n")
    seconds = time.perf_counter() - started
    rate = events / seconds
    return Row(
        name="dua proses menulis bersamaan, transaksi berisi sepuluh",
        value=round(rate),
        unit="peristiwa/s",
        target=f">= {APPENDS_PER_SECOND_MIN}",
        ok=rate >= APPENDS_PER_SECOND_MIN,
    )


def write_when_told(events: int) -> int:
    """One of the two writers: set up, say so, wait for the start, write."""
    import django

    django.setup()
    run_together(PER_TRANSACTION)
    print("ready", flush=True)
    sys.stdin.readline()
    run_together(events)
    return 0


def measure_single_writes() -> list[Row]:
    """A decision with its document, one transaction each, with and without its event."""

    def write(number: int, *, with_ledger: bool) -> None:
        from django.db import connection, transaction

        decision = uuid4()
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(
                    "INSERT INTO bench_decision VALUES (%s, %s, 1)", [decision, "35.05.01.2001"]
                )
                cursor.execute("INSERT INTO bench_document VALUES (%s, %s)", [uuid4(), decision])
                cursor.execute(
                    "UPDATE bench_decision SET version = 2 WHERE id = %s AND version = 1",
                    [decision],
                )
            if with_ledger:
                append_event(number)

    without = time_each(PLAIN_WRITES, lambda number: write(number, with_ledger=False))
    beside = time_each(PLAIN_WRITES, lambda number: write(number, with_ledger=True))
    return [
        Row(
            name="penulisan tunggal beserta peristiwanya",
            value=round(PLAIN_WRITES / beside),
            unit="transaksi/s",
            peer="penulisan yang sama tanpa ledger",
            peer_value=round(PLAIN_WRITES / without),
        )
    ]


def measure_proofs() -> list[Row]:
    from pilkades.apps.audit.selectors import get_consistency_proof, get_inclusion_proof
    from pilkades.apps.audit.services import publish_checkpoint

    checkpoint = publish_checkpoint(now=datetime.now(UTC))
    numbers = random.Random(SEED)
    indexes = [numbers.randrange(checkpoint.size) for _ in range(PROOFS)]
    inclusion = time_samples(
        lambda index: get_inclusion_proof(index=index, checkpoint=checkpoint), indexes
    )
    consistency = time_samples(
        lambda index: get_consistency_proof(old_size=index + 1, checkpoint=checkpoint), indexes
    )
    return [
        describe_proof("bukti entri", inclusion),
        describe_proof("bukti kesinambungan", consistency),
    ]


def describe_proof(name: str, samples: list[float]) -> Row:
    """The 95th percentile is the figure, the median stands beside it."""
    p95 = statistics.quantiles(samples, n=20)[-1] * 1_000
    return Row(
        name=f"{name}, 95 dari 100 secepat ini",
        value=round(p95, 2),
        unit="ms",
        target=f"<= {PROOF_MILLISECONDS_MAX:g} ms",
        ok=p95 <= PROOF_MILLISECONDS_MAX,
        peer="tengah-tengah",
        peer_value=round(statistics.median(samples) * 1_000, 2),
    )


def measure_verification(folder: Path) -> list[Row]:
    """What a stranger does: the offline command on the exported files, as its own process."""
    from pilkades.apps.audit.bundle import list_files
    from pilkades.apps.audit.services import publish_checkpoint

    target = folder / "ledger"
    target.mkdir()
    checkpoint = publish_checkpoint(now=datetime.now(UTC))
    for name, content in list_files(checkpoint):
        with (target / name).open("wb") as file:
            file.writelines(content)
    command = [sys.executable, "-m", "pilkades.cli", "ledger", "verify", str(target)]
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    seconds = time.perf_counter() - started
    return [
        Row(
            name=f"pemeriksaan penuh {checkpoint.size:,} entri".replace(",", "."),
            value=round(seconds, 1),
            unit="s",
            target=f"<= {VERIFY_SECONDS_MAX:g} s",
            ok=seconds <= VERIFY_SECONDS_MAX,
            peer="baca dan SHA-256 saja",
            peer_value=round(hash_floor(target / "ledger.jsonl"), 1),
        )
    ]


def hash_floor(path: Path) -> float:
    """Reading the same lines and hashing each leaf and one node per leaf, and nothing else."""
    started = time.perf_counter()
    node = bytes(32)
    with path.open("rb") as lines:
        for line in lines:
            leaf = sha256(b"\x00" + line[:-1]).digest()
            node = sha256(b"\x01" + node + leaf).digest()
    return time.perf_counter() - started


class LagWatch:
    """Looks twice a second at how long the oldest event has been waiting for the tree."""

    def __init__(self) -> None:
        self.worst = 0.0
        self._finished = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "LagWatch":
        self._thread.start()
        return self

    def __exit__(self, *_details: object) -> None:
        self._finished.set()
        self._thread.join()

    def _watch(self) -> None:
        from django.db import connections
        from django.db.models import Min

        from pilkades.apps.audit.models import QueuedEvent

        while not self._finished.wait(0.5):
            oldest = QueuedEvent.objects.aggregate(oldest=Min("event__at"))["oldest"]
            if oldest is not None:
                waiting = datetime.now(UTC) - oldest
                self.worst = max(self.worst, waiting / timedelta(seconds=1))
        connections.close_all()


def append_event(number: int) -> None:
    from pilkades.apps.audit.services import append_all

    append_all([make_event(number)])


def run_together(count: int) -> float:
    """Seconds for `count` events, the ten of a transaction handed over at once."""
    from django.db import transaction

    from pilkades.apps.audit.services import append_all

    started = time.perf_counter()
    for first in range(0, count, PER_TRANSACTION):
        with transaction.atomic():
            append_all([make_event(first + place) for place in range(PER_TRANSACTION)])
    return time.perf_counter() - started


def make_event(number: int) -> "NewEvent":
    from pilkades.apps.audit.services import NewEvent

    return NewEvent(
        event="audit.exported",
        actor=CLERK,
        at=datetime.now(UTC),
        region_code=f"35.05.{number % 22 + 1:02}.{2001 + number % 11}",
        subject=f"candidate:{UUID(int=number)}",
        article="Perbup Blitar 2/2026 ps. 40 ay. (1)",
        data={"format": "XLSX", "rows": number},
    )


def write_plain_event(number: int) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO bench_plain (uuid, event, at, region_code, subject, leaf)"
            " VALUES (%s, %s, %s, %s, %s, %s)",
            [
                uuid4(),
                "audit.exported",
                datetime.now(UTC),
                "35.05.01.2001",
                f"candidate:{UUID(int=number)}",
                "x" * 420,
            ],
        )


def run_transactions(count: int, write: Callable[[int], None]) -> float:
    """Seconds for `count` writes, ten to a transaction."""
    from django.db import transaction

    started = time.perf_counter()
    for first in range(0, count, PER_TRANSACTION):
        with transaction.atomic():
            for number in range(first, min(first + PER_TRANSACTION, count)):
                write(number)
    return time.perf_counter() - started


def time_each(count: int, act: Callable[[int], None]) -> float:
    started = time.perf_counter()
    for number in range(count):
        act(number)
    return time.perf_counter() - started


def time_samples(act: Callable[[int], Any], numbers: list[int]) -> list[float]:
    samples = []
    for number in numbers:
        started = time.perf_counter()
        act(number)
        samples.append(time.perf_counter() - started)
    return samples


if __name__ == "__main__":
    sys.exit(main())
