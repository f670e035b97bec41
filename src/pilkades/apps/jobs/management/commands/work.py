"""`manage work`: the worker process of a server; does the jobs that wait, one after another."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from pilkades.apps.jobs.services import end_silent_jobs, run_next_job

PAUSE_SECONDS = 1.0


class Command(BaseCommand):
    help = "Kerjakan pekerjaan yang menunggu, satu per satu."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="berhenti bila tidak ada lagi")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ctrl-C ends it between two jobs."""
        end_silent_jobs(now=timezone.now())
        while True:
            if run_next_job():
                continue
            if options["once"]:
                return
            time.sleep(PAUSE_SECONDS)
