"""Start, run and stop long work: one interface, whether a thread or a worker process does it."""

import logging
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import cache
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connections, transaction
from django.utils import timezone

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.accounts.selectors import get_actor
from pilkades.apps.design.stored_texts import freeze_text
from pilkades.apps.jobs import live
from pilkades.apps.jobs.models import Job, JobState
from pilkades.apps.jobs.registry import JobCancelled, Json, get_kind, move_clock
from pilkades.apps.vault.files import keep_made_file
from pilkades.errors import PilkadesError
from pilkades.text import Text

_logger = logging.getLogger(__name__)


def start_job(
    *,
    kind: str,
    actor: Actor,
    now: datetime,
    region_code: str = "",
    params: Mapping[str, Json] | None = None,
    back: str = "",
) -> Job:
    """Ask for work; it begins once the caller's transaction is through.

    Allowed: whoever is signed in; the work itself authorises what it does.
    Requires: `params` without personal data; `back`, the page to return to.
    Effects: a job, run at once, by a thread of this process, or by the worker, as installed.
    """
    get_kind(kind)
    job = Job.objects.create(
        kind=kind,
        region_code=region_code,
        params=dict(params or {}),
        requested_by_id=actor.user_id,
        requested_at=now,
        back=back,
    )
    transaction.on_commit(lambda: _dispatch(job.uuid))
    return job


def cancel_job(*, actor: Actor, now: datetime, job_uuid: UUID) -> Job:
    """Stop a job that waits or runs; one that has ended stays as it is.

    Allowed: whoever asked for it.
    Raises: PermissionDenied, Job.DoesNotExist.
    """
    with transaction.atomic():
        job = Job.objects.select_for_update().get(uuid=job_uuid)
        if job.requested_by_id != actor.user_id:
            raise PermissionDenied
        if job.state == JobState.QUEUED:
            _end(job, JobState.CANCELLED, now=now)
    live.ask_to_stop(job.uuid)
    return job


def end_silent_jobs(*, now: datetime) -> int:
    """Say of running jobs whose process is gone that they failed; how many there were.

    Effects: their state; what they had written in a transaction was undone by the database.
    """
    ended = 0
    for job in Job.objects.filter(state=JobState.RUNNING):
        if live.is_silent(job.uuid):
            text = Text("Terputus, misalnya karena listrik padam. Tidak ada yang berubah; ulangi.")
            _end(job, JobState.FAILED, now=now, message=text)
            ended += 1
    return ended


def run_job(uuid: UUID) -> None:
    """Claim a waiting job and do it; a job that somebody else claimed is left alone."""
    claimed = Job.objects.filter(uuid=uuid, state=JobState.QUEUED).update(
        state=JobState.RUNNING, started_at=timezone.now()
    )
    if not claimed:
        return
    job = Job.objects.select_related("requested_by").get(uuid=uuid)
    with live.Heart(uuid):
        _perform(job)
    live.forget(uuid)


def run_next_job() -> bool:
    """Do the job that waits longest; False where none waits. For the worker process."""
    uuid = (
        Job.objects.filter(state=JobState.QUEUED)
        .order_by("pk")
        .values_list("uuid", flat=True)
        .first()
    )
    if uuid is None:
        return False
    run_job(uuid)
    return True


class _Handle:
    """The job's own `JobHandle`."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._began = time.monotonic()

    @property
    def uuid(self) -> UUID:
        return self._job.uuid

    def now(self) -> datetime:
        return move_clock(self._job.requested_at, passed_seconds=time.monotonic() - self._began)

    def report(self, done: int, total: int, note: Text | None = None) -> None:
        if live.is_asked_to_stop(self.uuid):
            raise JobCancelled
        live.write_progress(self.uuid, live.Progress(done, total, note))

    def store_result(self, *, data: bytes, name: str, media_type: str) -> None:
        self._job.result_file = keep_made_file(data=data, name=name, media_type=media_type)


def _perform(job: Job) -> None:
    handle = _Handle(job)
    try:
        # The roles are read at the moment of the request, as every page does.
        actor = get_actor(job.requested_by, now=job.requested_at)
        outcome = get_kind(job.kind).run(handle, actor=actor, **job.params)
    except JobCancelled:
        _end(job, JobState.CANCELLED, now=handle.now())
    except PermissionDenied:
        text = Text("Anda tidak lagi berwenang melakukan ini.")
        _end(job, JobState.FAILED, now=handle.now(), message=text)
    except PilkadesError as error:
        _end(job, JobState.FAILED, now=handle.now(), message=error.text)
    except Exception:
        _logger.exception("job %s of kind %s failed", job.uuid, job.kind)
        text = Text("Ada kesalahan di sistem. Tidak ada yang berubah; laporkan kepada pengelola.")
        _end(job, JobState.FAILED, now=handle.now(), message=text)
    else:
        job.outcome = dict(outcome or {})
        _end(job, JobState.DONE, now=handle.now())


def _end(job: Job, state: JobState, *, now: datetime, message: Text | None = None) -> None:
    job.state, job.finished_at = state, now
    job.message = freeze_text(message) if message else None
    job.save()


def _dispatch(uuid: UUID) -> None:
    match settings.PILKADES_JOBS:
        case "now":
            run_job(uuid)
        case "thread":
            _get_executor().submit(_run_in_thread, uuid)
        case _:
            # The worker process finds it by itself.
            pass


@cache
def _get_executor() -> ThreadPoolExecutor:
    """One at a time: a laptop has two cores, and people are waiting for pages."""
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="jobs")


def _run_in_thread(uuid: UUID) -> None:
    try:
        run_job(uuid)
    except Exception:
        _logger.exception("job %s could not be run", uuid)
    finally:
        connections.close_all()
