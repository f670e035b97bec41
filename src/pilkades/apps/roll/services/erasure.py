"""The personal data of a roll go on their day; what the record of the election needs stays.

Names, sex, numbers, stations, strikes and their reasons stay; NIK, KK, phone, birth, address, work,
disability, what citizens wrote and what was read from spreadsheets go.
"""

from datetime import datetime

from django.db import transaction

from pilkades.apps.audit.services import append
from pilkades.apps.elections.selectors.village_elections import (
    VillageElection,
    get_village_election_by_uuid,
)
from pilkades.apps.roll.models import (
    CitizenReport,
    HouseholdVisit,
    Invitation,
    Roll,
    RollChange,
    RollEntry,
)
from pilkades.apps.roll.services.imports import forget_content
from pilkades.apps.vault.files import erase_file
from pilkades.law.roll_retention import KEPT_DAYS, find_deletion_date

EMPTY_COLUMNS = {
    "nik": "",
    "nik_index": "",
    "kk": "",
    "kk_index": "",
    "phone": "",
    "birth_place": "",
    "birth_date": None,
    "address": "",
    "rt": "",
    "rw": "",
    "occupation": "",
    "disability": "",
    "note": "",
}


def erase_due_rolls(*, now: datetime) -> int:
    """Erase every roll whose day has come; how many there were. For the daily job.

    Allowed: the installation itself; nobody decides, the pack does.
    Effects: as `erase_roll`, one transaction each.
    """
    erased = 0
    rolls = Roll.objects.filter(erased_at=None).values_list("pk", "election__uuid")
    for pk, election_uuid in rolls:
        context = get_village_election_by_uuid(election_uuid)
        if not context.is_simulation and is_due(context, now=now):
            erase_roll(roll_pk=pk, context=context, now=now)
            erased += 1
    return erased


def is_due(context: VillageElection, *, now: datetime) -> bool:
    """Whether the day of deletion has come in the village."""
    due = find_deletion_date(pack=context.pack, poll_date=context.timetable.poll_date)
    return due is not None and context.local_date(now) >= due


@transaction.atomic
def erase_roll(*, roll_pk: int, context: VillageElection, now: datetime) -> None:
    """Erase the personal data of one roll.

    Allowed: the daily job, once the day has come.
    Effects: emptied columns, values of changes, reports and their documents, rows and files of
    imports, the salt of the lock. `roll.erased` with the number of people.
    """
    roll = Roll.objects.select_for_update().get(pk=roll_pk)
    if roll.erased_at is not None:
        return

    # First, so that what guards a locked roll lets its data go.
    Roll.objects.filter(pk=roll_pk).update(erased_at=now, lock_salt="")
    entries = RollEntry.objects.filter(roll=roll)
    count = entries.count()
    entries.update(**EMPTY_COLUMNS)
    RollChange.objects.filter(entry__roll=roll).update(before="", after="", values_salt="")
    HouseholdVisit.objects.filter(entry__roll=roll).update(note="")
    Invitation.objects.filter(entry__roll=roll).update(receiver="")
    for source in roll.imports.all():
        forget_content(source, now=now)
    for report in CitizenReport.objects.filter(roll=roll):
        _empty_report(report, now)

    append(
        event="roll.erased",
        actor=None,
        at=now,
        region_code=context.village_code,
        subject=f"election:{context.election.uuid}",
        article=context.pack.rule(KEPT_DAYS).article,
        data={"count": count},
    )


def _empty_report(report: CitizenReport, now: datetime) -> None:
    if report.document is not None:
        erase_file(uuid=report.document, now=now)
    report.reporter_name = report.contact = report.content = ""
    if report.answer:
        report.answer = "–"
    report.salt = ""
    report.save()
