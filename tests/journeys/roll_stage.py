"""The stage of the journey through the roll: a village, its people, their list in a spreadsheet."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from random import Random

from pilkades.apps.accounts.models import RoleAssignment, User
from pilkades.apps.accounts.roles import Role
from pilkades.apps.elections.services.hamlets import add_hamlet
from pilkades.apps.roll.models import Roll, RollEntry
from pilkades.synthetic.messy_layouts import draw_layout
from pilkades.synthetic.messy_sheets import MessySheet, make_messy_sheet
from pilkades.synthetic.villages import Village, VillagePerson, make_village
from tests.apps.desk_cast import NOW
from tests.apps.village_cast import POLL, VILLAGE, VillageCast
from tests.apps.village_cast import make_village as make_cast

SEED = 20


@dataclass(slots=True)
class Clock:
    """The clock of the village."""

    moment: datetime

    def read(self) -> datetime:
        # A page that is opened later sees a later moment, as in life.
        self.moment += timedelta(seconds=1)
        return self.moment


class Stage:
    """The village, its people, and the list that its secretary keeps in a spreadsheet."""

    def __init__(self, clock: Clock, *, voters: int, stations: int) -> None:
        self.clock, self.stations = clock, stations
        self.cast: VillageCast = make_cast()
        self.lurah = User.objects.create_user("pak.lurah", full_name="Pak Lurah")
        RoleAssignment.objects.create(
            user=self.lurah, role=Role.VILLAGE_HEAD, region_code=VILLAGE, valid_from=NOW
        )
        self.village: Village = make_village(seed=SEED, region_code=VILLAGE, voters=voters, on=POLL)
        for name in self.village.hamlets:
            add_hamlet(
                actor=self.cast.actor("sari"), now=clock.read(), village_code=VILLAGE, name=name
            )

    @cached_property
    def sheet(self) -> MessySheet:
        """Everybody, one of them once more under an old spelling and without a NIK."""
        rng = Random(SEED)
        voters = self.village.voters
        layout = next(
            drawn
            for drawn in iter(lambda: draw_layout(rng=rng, title="DESA"), None)
            if drawn.has_total and "kk" in drawn.targets
        )
        again = self.twin._replace(full_name=self.old_spelling, nik="")
        people = [*voters, again]
        return make_messy_sheet(rng=rng, people=people, layout=layout)

    @cached_property
    def twin(self) -> VillagePerson:
        """Somebody whose name can be spelt as before 1972."""
        return next(person for person in self.village.voters[200:] if "u" in person.full_name)

    @property
    def old_spelling(self) -> str:
        return self.twin.full_name.replace("u", "oe")

    @cached_property
    def dewi(self) -> RollEntry:
        """A voter with everything that the look-up asks for."""
        rows = RollEntry.objects.filter(is_removed=False, birth_date__isnull=False, sex="P")
        return rows.exclude(nik_index="").order_by("pk")[40]

    @property
    def roll(self) -> Roll:
        return Roll.objects.get()
