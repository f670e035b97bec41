"""Long work: progress, cancel, failure, power cut, and nobody else's job."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from pilkades.apps.accounts.models import User
from pilkades.apps.accounts.selectors import get_actor
from pilkades.apps.jobs import live
from pilkades.apps.jobs.models import Job, JobState
from pilkades.apps.jobs.registry import JobHandle, register_job
from pilkades.apps.jobs.services import cancel_job, end_silent_jobs, run_next_job, start_job
from pilkades.apps.vault.files import read_file
from pilkades.errors import RuleViolationError
from pilkades.text import Text

pytestmark = pytest.mark.django_db(transaction=True)
NOW = timezone.now()


@register_job("test.count", title=Text("Menghitung"))
def _count(job: JobHandle, *, actor: Any, until: int) -> dict[str, Any]:
    for number in range(until):
        job.report(number, until, Text("Nomor {number}", number=number))
    job.store_result(data=b"%PDF-1.7 x", name="hasil.pdf", media_type="application/pdf")
    return {"counted": until, "by": actor.name}


@register_job("test.refuse", title=Text("Menolak"))
def _refuse(job: JobHandle, *, actor: Any) -> None:
    raise RuleViolationError("test.rule", Text("Tidak boleh menurut aturan."), article="pasal 1")


@register_job("test.crash", title=Text("Rusak"))
def _crash(job: JobHandle, *, actor: Any) -> None:
    raise ZeroDivisionError("3505010101800001")


@register_job("test.stopped", title=Text("Dihentikan"))
def _stopped(job: JobHandle, *, actor: Any) -> None:
    User.objects.create_user("sisa", full_name="Sisa")
    live.ask_to_stop(job.uuid)
    job.report(1, 2)


@pytest.fixture
def sari() -> User:
    return User.objects.create_user("sari", full_name="Bu Sari")


@pytest.fixture
def mallory() -> User:
    return User.objects.create_user("mallory", full_name="Mallory")


def _start(user: User, kind: str, **params: Any) -> Job:
    job = start_job(kind=kind, actor=get_actor(user, now=NOW), now=NOW, params=params, back="/x")
    job.refresh_from_db()
    return job


def _log_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_job_is_done_and_keeps_its_result_sealed(sari: User) -> None:
    job = _start(sari, "test.count", until=3)
    assert (job.state, job.outcome) == (JobState.DONE, {"counted": 3, "by": "Bu Sari"})
    assert job.result_file is not None
    assert read_file(job.result_file).data.startswith(b"%PDF")


def test_a_refused_job_says_why(sari: User) -> None:
    job = _start(sari, "test.refuse")
    assert job.state == JobState.FAILED
    page = _log_in(sari).get(f"/pekerjaan/{job.uuid}/")
    assert "Tidak boleh menurut aturan." in page.content.decode()


def test_a_crash_tells_nothing_of_what_it_held(sari: User) -> None:
    job = _start(sari, "test.crash")
    assert job.state == JobState.FAILED
    assert "3505010101800001" not in str(job.message)


def test_a_stopped_job_is_cancelled_at_its_next_report(sari: User) -> None:
    job = _start(sari, "test.stopped")
    assert job.state == JobState.CANCELLED


def test_a_waiting_job_is_cancelled_at_once_and_never_runs(sari: User, settings: Any) -> None:
    settings.PILKADES_JOBS = "worker"
    job = _start(sari, "test.count", until=1)
    cancel_job(actor=get_actor(sari), now=NOW, job_uuid=job.uuid)
    assert not run_next_job()
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED


def test_the_worker_does_what_waits_in_turn(sari: User, settings: Any) -> None:
    settings.PILKADES_JOBS = "worker"
    first, second = _start(sari, "test.count", until=1), _start(sari, "test.count", until=2)
    assert first.state == JobState.QUEUED
    assert run_next_job()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (JobState.DONE, JobState.QUEUED)
    assert run_next_job()
    assert not run_next_job()


def test_a_job_whose_process_is_gone_is_said_to_have_failed(sari: User, settings: Any) -> None:
    settings.PILKADES_JOBS = "worker"
    job = _start(sari, "test.count", until=1)
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING)
    page = _log_in(sari).get(f"/pekerjaan/{job.uuid}/")
    assert "Terputus" in page.content.decode()


def test_a_beating_job_is_not_ended(sari: User, settings: Any) -> None:
    settings.PILKADES_JOBS = "worker"
    job = _start(sari, "test.count", until=1)
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING)
    live.write_progress(job.uuid, live.Progress(1, 2, None))
    assert end_silent_jobs(now=NOW + timedelta(hours=1)) == 0


def test_nobody_sees_stops_or_downloads_the_job_of_another(sari: User, mallory: User) -> None:
    job = _start(sari, "test.count", until=1)
    client = _log_in(mallory)
    for page in ("", "kemajuan/", "hasil/"):
        assert client.get(f"/pekerjaan/{job.uuid}/{page}").status_code == 404
    assert client.post(f"/pekerjaan/{job.uuid}/batal/").status_code == 404
    with pytest.raises(PermissionDenied):
        cancel_job(actor=get_actor(mallory), now=NOW, job_uuid=job.uuid)
    assert Client().get(f"/pekerjaan/{job.uuid}/").status_code == 302


def test_the_page_leads_back_only_within_the_site(sari: User) -> None:
    job = _start(sari, "test.count", until=1)
    Job.objects.filter(pk=job.pk).update(back="https://mallory.invalid/")
    assert "mallory" not in _log_in(sari).get(f"/pekerjaan/{job.uuid}/").content.decode()
