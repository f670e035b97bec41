"""The roll of a demo village: imported from a sheet, walked through, announced, fixed, locked."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from pilkades.apps.elections.services.hamlets import add_hamlet
from pilkades.apps.regions.models import Hamlet
from pilkades.apps.roll.models import (
    ReportKind,
    Roll,
    RollEntry,
    RollImport,
    VisitOutcome,
)
from pilkades.apps.roll.selectors.imports import TWICE
from pilkades.apps.roll.services.changes import add_entry
from pilkades.apps.roll.services.citizen import ReportInput, file_report
from pilkades.apps.roll.services.duplicate_search import search_duplicates
from pilkades.apps.roll.services.imports import confirm_columns, receive_file
from pilkades.apps.roll.services.imports_acceptance import accept_import
from pilkades.apps.roll.services.imports_mending import leave_out_rows
from pilkades.apps.roll.services.imports_reading import read_import
from pilkades.apps.roll.services.lock import confirm_lock, propose_lock
from pilkades.apps.roll.services.stages import StageAct, carry_out
from pilkades.apps.roll.services.visits import record_newcomer, record_visit
from pilkades.apps.roll.services.voters import Voter
from pilkades.demo.village import CHAIR, SECRETARY, VillagePlay
from pilkades.synthetic.messy_layouts import MessyLayout, draw_layout
from pilkades.synthetic.messy_sheets import make_messy_sheet
from pilkades.synthetic.sheet_files import write_xlsx
from pilkades.synthetic.villages import VillagePerson
from pilkades.text import Text

MESSY_SHARE = 0.06
STRIDE = 5
"""Of so many voters one is visited in the play, so that every hamlet has some."""
WRONG_PLACE = (
    "Tempat lahir saya tertulis keliru. Di KTP-el dan akta lahir saya tertulis Tulungagung."
)
NOT_LISTED = (
    "Saya pindah ke dusun ini tahun lalu dengan surat pindah dan KTP-el desa ini, tetapi nama saya "
    "tidak ada di daftar yang ditempel di balai dusun."
)


class SceneJob:
    """Long work within a scene: done at once, at the moment of the scene, watched by nobody."""

    uuid = UUID(int=0)

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def report(self, done: int, total: int, note: Text | None = None) -> None:
        """Nobody looks."""

    def store_result(self, *, data: bytes, name: str, media_type: str) -> None:
        """No scene makes a file."""


def name_hamlets(village: VillagePlay) -> None:
    """The committee names the hamlets in which the inhabitants live, once."""
    there = set(Hamlet.objects.filter(village_id=village.code).values_list("name", flat=True))
    for name in village.get_inhabitants().hamlets:
        if name in there:
            continue
        add_hamlet(
            actor=village.actor(CHAIR), now=village.now, village_code=village.code, name=name
        )


def hand_in(village: VillagePlay, *, defect_share: float) -> RollImport:
    """A sheet of all voters is handed in, its columns confirmed, its rows read."""
    actor = village.actor(CHAIR)
    sheet = make_messy_sheet(
        rng=village.roll_rng,
        people=village.get_inhabitants().voters,
        layout=_draw_full_layout(village),
        defect_share=defect_share,
    )
    source = receive_file(
        actor=actor,
        now=village.now,
        election_pk=village.election_pk,
        data=write_xlsx(sheet),
        file_name=f"Data pemilih {village.name} 2026.xlsx",
    )
    confirmed = confirm_columns(
        actor=actor,
        import_uuid=source.uuid,
        expected_version=source.version,
        sheet_name=source.sheet_name,
        columns={int(place): target for place, target in source.columns.items()},
    )
    read_import(
        SceneJob(village.now),
        actor=actor,
        import_uuid=str(source.uuid),
        expected_version=confirmed.version,
    )
    return RollImport.objects.get(pk=source.pk)


def bring_list(village: VillagePlay) -> None:
    """A sheet without mistakes but for people written twice, who are left out; it is accepted."""
    actor = village.actor(CHAIR)
    source = hand_in(village, defect_share=0)
    leave_out_rows(actor=actor, now=village.now, import_uuid=source.uuid, code=TWICE)
    accept_import(
        SceneJob(village.now),
        actor=actor,
        import_uuid=str(source.uuid),
        expected_version=RollImport.objects.values_list("version", flat=True).get(pk=source.pk),
    )


def visit_houses(village: VillagePlay, *, found: int) -> None:
    """Coklit: most are found as written, one has died, one has moved, one has come."""
    outcomes = [*([VisitOutcome.CONFIRMED] * found), VisitOutcome.DIED, VisitOutcome.MOVED]
    for entry, outcome in zip(list_voters(village)[::STRIDE], outcomes, strict=False):
        record_visit(
            actor=village.actor(SECRETARY),
            now=village.now,
            entry_uuid=entry.uuid,
            expected_version=entry.version,
            outcome=outcome,
            nonce=_make_uuid(village),
        )
    record_newcomer(
        actor=village.actor(SECRETARY),
        now=village.now,
        election_pk=village.election_pk,
        voter=_make_newcomer(village),
        nonce=_make_uuid(village),
    )


def advance(village: VillagePlay, act: StageAct) -> None:
    """The plenary of the committee carries out the act that is due."""
    roll = get_roll(village)
    carry_out(
        actor=village.actor(CHAIR),
        now=village.now,
        roll_uuid=roll.uuid,
        expected_version=roll.version,
        act=act,
    )


def add_voter(village: VillagePlay, *, reason: str) -> None:
    """Somebody comes to the committee's desk who was forgotten."""
    add_entry(
        actor=village.actor(SECRETARY),
        now=village.now,
        election_pk=village.election_pk,
        voter=_make_newcomer(village),
        reason=reason,
    )


def write_somebody_twice(village: VillagePlay) -> None:
    """An inhabitant is written once more, under an old spelling and without a NIK."""
    entry = next(item for item in list_voters(village) if item.birth_date and " " in item.full_name)
    first, *rest = entry.full_name.split()
    add_entry(
        actor=village.actor(SECRETARY),
        now=village.now,
        election_pk=village.election_pk,
        voter=Voter(
            full_name=" ".join([_spell_anew(first), *rest]),
            sex=entry.sex,
            birth_place=entry.birth_place,
            birth_date=entry.birth_date,
            marital_status=entry.marital_status,
            address=entry.address,
            rt=entry.rt,
            rw=entry.rw,
            hamlet=entry.hamlet,
        ),
        reason="Melapor sendiri, KTP-el tidak dibawa",
    )


def look_for_twins(village: VillagePlay) -> None:
    """The search for pairs that may be one person."""
    search_duplicates(
        SceneJob(village.now), actor=village.actor(CHAIR), election=str(village.election_uuid)
    )


def report_mistakes(village: VillagePlay) -> None:
    """Two citizens write: one about the own birthplace, one who is missing."""
    entry = list_voters(village)[7]
    stranger = village.make_person().name
    _report(village, ReportKind.WRONG_DATA, entry.full_name, WRONG_PLACE, entry.uuid)
    _report(village, ReportKind.NOT_LISTED, stranger, NOT_LISTED, None)


def _report(
    village: VillagePlay, kind: ReportKind, name: str, content: str, about: UUID | None
) -> None:
    file_report(
        now=village.now,
        election_uuid=village.election_uuid,
        entry_uuid=about,
        given=ReportInput(
            kind=kind,
            reporter_name=name,
            contact=f"0857{village.roll_rng.randint(10_000_000, 99_999_999)}",
            content=content,
        ),
    )


def propose(village: VillagePlay) -> None:
    """The secretary says that the DPT is right as it stands."""
    roll = get_roll(village)
    propose_lock(
        actor=village.actor(SECRETARY),
        now=village.now,
        roll_uuid=roll.uuid,
        expected_version=roll.version,
    )


def confirm(village: VillagePlay) -> None:
    """The chair finds the same and locks it."""
    roll = get_roll(village)
    confirm_lock(
        actor=village.actor(CHAIR),
        now=village.now,
        roll_uuid=roll.uuid,
        expected_version=roll.version,
        digest=roll.lock_digest,
    )


def get_roll(village: VillagePlay) -> Roll:
    """The roll as it stands now."""
    return Roll.objects.get(election__uuid=village.election_uuid)


def list_voters(village: VillagePlay) -> Sequence[RollEntry]:
    """Everybody on the roll, in the order in which they were written."""
    return list(
        RollEntry.objects.filter(
            roll__election__uuid=village.election_uuid, is_removed=False
        ).order_by("pk")
    )


def _draw_full_layout(village: VillagePlay) -> MessyLayout:
    """Some layout that has the numbers of families, which every roll needs."""
    while True:
        layout = draw_layout(rng=village.roll_rng, title=f"DESA {village.name.upper()}")
        if "kk" in layout.targets:
            return layout


def _make_newcomer(village: VillagePlay) -> Voter:
    """One of the youngest who live here already, with a name of their own."""
    person = village.make_person(age_years_min=19, age_years_max=45)
    neighbour = village.roll_rng.choice(village.get_inhabitants().voters)
    return Voter(
        full_name=person.name,
        nik=person.nik,
        kk=neighbour.kk,
        sex="P" if person.is_female else "L",
        birth_place=person.birth_place,
        birth_date=person.birth_date,
        marital_status="B",
        address=neighbour.address,
        rt=neighbour.rt,
        rw=neighbour.rw,
        hamlet=_find_hamlet(village, neighbour),
        identity_document="ktp_el",
        occupation="Wiraswasta",
    )


def _find_hamlet(village: VillagePlay, person: VillagePerson) -> Hamlet:
    return Hamlet.objects.get(village_id=village.code, name=person.hamlet)


def _spell_anew(name: str) -> str:
    """The spelling of before 1972, or a letter that is often left out."""
    for new, old in (("u", "oe"), ("j", "dj"), ("y", "j"), ("h", "")):
        if new in name[1:].casefold():
            head, tail = name[0], name[1:]
            return head + tail.replace(new, old, 1).replace(new.upper(), old.upper(), 1)
    return f"{name}h"


def _make_uuid(village: VillagePlay) -> UUID:
    return UUID(int=village.roll_rng.getrandbits(128), version=4)
