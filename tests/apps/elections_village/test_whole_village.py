"""One village from the committee to the report by its services, and what the ledger holds of it."""

from pilkades.apps.audit.models import Event
from pilkades.apps.elections.models import Candidacy
from pilkades.apps.elections.selectors.task_facts import read_task_facts
from pilkades.apps.elections.selectors.tasks import TaskState, plan_tasks
from tests.apps.village_cast import VillageCast, at
from tests.apps.village_way import PEOPLE, go_whole_way


def test_a_village_goes_its_whole_way(cast: VillageCast) -> None:
    go_whole_way(cast)

    numbered = Candidacy.objects.order_by("ballot_number")
    assert [item.ballot_number for item in numbered] == [1, 2]
    tasks = plan_tasks(read_task_facts(cast.context, now=at(12, 1)))
    done = {task.id for task in tasks if task.state is TaskState.DONE}
    assert {
        "committee_formation",
        "registration",
        "final_check",
        "determination",
        "proof",
        "report_to_council",
        "report_to_regency",
    } <= done
    _assert_ledger_names_nobody()


def _assert_ledger_names_nobody() -> None:
    leaves = "\n".join(Event.objects.values_list("leaf", flat=True))
    for word in ("Kartika", "Darto", "Sari", "Slamet", "Krajan", *(p.nik for p in PEOPLE)):
        assert word not in leaves
    assert Event.objects.count() > 60
