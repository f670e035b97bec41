"""Lists of voters on paper: the full roll, the one for the wall, the poll book, what came back."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from pilkades.apps.design.formats import format_short_date
from pilkades.apps.documents.services import PaperRecord
from pilkades.apps.elections.models import PollingStation
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.elections.village_papers import describe_head, list_committee_signatures
from pilkades.apps.roll.models import UNDELIVERED, Roll, RollEntry, RollState, Sex
from pilkades.apps.vault.masking import mask_nik

Values = dict[str, Any]
Part = tuple[Values, PaperRecord]
NAMES = {
    RollState.DRAFT: "Rancangan daftar pemilih",
    RollState.PROVISIONAL: "Daftar pemilih sementara (DPS)",
    RollState.ANNOUNCED: "Daftar pemilih sementara (DPS)",
    RollState.SUPPLEMENTED: "Daftar pemilih sementara dan tambahan",
    RollState.FINAL: "Daftar pemilih tetap (DPT)",
    RollState.LOCKED: "Daftar pemilih tetap (DPT)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its head, its width in Typst's own words, and what it shows of an entry."""

    title: str
    width: str
    show: Callable[[RollEntry], str]
    align: str = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPaper:
    """One kind of list; `shows_secrets` where the NIK stands in full."""

    id: str
    title: str
    columns: tuple[Column, ...]
    is_wide: bool
    shows_secrets: bool = False
    is_signed: bool = True
    row_height_mm: float = 0.0
    text_points: float = 9.0


def _territory(entry: RollEntry) -> str:
    return f"{entry.rt or '–'}/{entry.rw or '–'}"


def _note(entry: RollEntry) -> str:
    parts = (str(entry.get_disability_display()), entry.note, entry.annotation_reason)
    return "; ".join(part for part in parts if part)


def _date(entry: RollEntry) -> str:
    return format_short_date(entry.birth_date) if entry.birth_date else "–"


NUMBER = Column(title="No", width="11mm", show=lambda e: str(e.number or "–"), align="right")
NAME = Column(title="Nama", width="1.6fr", show=lambda e: e.full_name)
SEX = Column(title="L/P", width="9mm", show=lambda e: e.sex, align="center")
MASKED = Column(title="NIK", width="36mm", show=lambda e: mask_nik(e.nik))
ADDRESS = Column(title="Alamat", width="1.4fr", show=lambda e: e.address)
RT_RW = Column(title="RT/RW", width="17mm", show=_territory)
HAMLET = Column(title="Dusun", width="1fr", show=lambda e: e.hamlet.name if e.hamlet else "–")
NOTE = Column(title="Ket.", width="1fr", show=_note)

FULL = ListPaper(
    id="full",
    title="Model A",
    is_wide=True,
    shows_secrets=True,
    columns=(
        NUMBER,
        Column(title="NIK", width="34mm", show=lambda e: e.nik or "–"),
        Column(title="Nomor KK", width="34mm", show=lambda e: e.kk or "–"),
        NAME,
        SEX,
        Column(title="Tempat lahir", width="1fr", show=lambda e: e.birth_place or "–"),
        Column(title="Tanggal lahir", width="21mm", show=_date),
        Column(title="Kawin", width="13mm", show=lambda e: e.marital_status, align="center"),
        ADDRESS,
        RT_RW,
        HAMLET,
        NOTE,
    ),
)
WALL = ListPaper(
    id="wall",
    title="Untuk ditempel",
    is_wide=False,
    text_points=11.0,
    columns=(NUMBER, NAME, SEX, MASKED, RT_RW, HAMLET),
)
POLL_BOOK = ListPaper(
    id="poll-book",
    title="Daftar hadir (C7)",
    is_wide=False,
    row_height_mm=11.0,
    text_points=10.5,
    columns=(
        NUMBER,
        NAME,
        SEX,
        MASKED,
        RT_RW,
        Column(title="Urutan hadir", width="17mm", show=lambda e: ""),
        Column(title="Tanda tangan", width="42mm", show=lambda e: ""),
    ),
)
UNDELIVERED_LIST = ListPaper(
    id="undelivered",
    title="Undangan yang tidak tersampaikan",
    is_wide=False,
    columns=(
        NUMBER,
        NAME,
        SEX,
        MASKED,
        RT_RW,
        Column(
            title="Alasan",
            width="1fr",
            show=lambda e: str(e.invitation.get_delivery_display()).rpartition(": ")[2],
        ),
    ),
)
LISTS: Mapping[str, ListPaper] = {
    paper.id: paper for paper in (FULL, WALL, POLL_BOOK, UNDELIVERED_LIST)
}


def list_parts(
    context: VillageElection, roll: Roll, paper: ListPaper, *, place_date: str
) -> Iterator[Part]:
    """A part per station with its own numbering of pages; the last for who has no station yet."""
    stations: Sequence[PollingStation | None] = [
        *context.election.stations.select_related("venue"),
        None,
    ]
    for station in stations:
        entries = list(list_entries(roll, paper, station))
        if entries:
            yield (
                _describe(context, roll, paper, station, entries, place_date),
                _record(context, roll, paper, station),
            )


def list_entries(
    roll: Roll, paper: ListPaper, station: PollingStation | None
) -> QuerySet[RollEntry]:
    """The entries of one part, in the order of the roll; one query."""
    found = roll.entries.filter(is_removed=False, station=station).select_related("hamlet")
    if paper.id == UNDELIVERED_LIST.id:
        found = found.filter(invitation__delivery__in=UNDELIVERED).select_related("invitation")
    return found.order_by("number", "full_name", "pk")


def _describe(
    context: VillageElection,
    roll: Roll,
    paper: ListPaper,
    station: PollingStation | None,
    entries: Sequence[RollEntry],
    place_date: str,
) -> Values:
    male = sum(1 for entry in entries if entry.sex == Sex.MALE)
    female = sum(1 for entry in entries if entry.sex == Sex.FEMALE)
    return {
        **describe_head(context),
        "title": NAMES[RollState(roll.state)],
        "kind": paper.title,
        "station": f"{station}, {station.venue.name}" if station else "Belum dibagi ke TPS",
        "columns": [{"title": c.title, "width": c.width, "align": c.align} for c in paper.columns],
        "rows": [[column.show(entry) for column in paper.columns] for entry in entries],
        "is_wide": paper.is_wide,
        "row_height_mm": paper.row_height_mm,
        "text_points": paper.text_points,
        "male": male,
        "female": female,
        "total": len(entries),
        "is_full": paper.shows_secrets,
        "place_date": place_date,
        "signatures": list_committee_signatures(context) if paper.is_signed else [],
    }


def _record(
    context: VillageElection, roll: Roll, paper: ListPaper, station: PollingStation | None
) -> PaperRecord:
    """The lock's digest where there is one: whoever holds the paper can compare it."""
    place = f"TPS-{station.number:02d}" if station else "tanpa-TPS"
    return PaperRecord(identity=f"{context.village_code} {paper.id} {place}", hash=roll.lock_digest)
