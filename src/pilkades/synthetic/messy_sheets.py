"""A list of voters as a village really hands it in, with the truth of what is wrong in which line.

Titles, one or two header rows, a row of column numbers, hamlets as lines of their own, the header
again in the middle, a total and a signature at the end; days as cells, text and numbers; stray
spaces. Those are habits and no defects. Defects are planted one to a row, each kind at least once
where the rows suffice, and named by the codes of the import; what a defect implies for other
fields (a date that no NIK confirms) is not repeated.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from pilkades.synthetic.messy_cells import Pen
from pilkades.synthetic.messy_defects import DEFECTS, Cell, Defect, Fields
from pilkades.synthetic.messy_layouts import MessyLayout, draw_layout
from pilkades.synthetic.villages import VillagePerson

DEFECT_SHARE, TWICE_SHARE = 0.05, 0.002

Line = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class MessyRow:
    """Baris: its line in the sheet (from 1), whose it is, and the codes of what is wrong."""

    line: int
    person: VillagePerson
    defects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MessySheet:
    """Lembar: all lines as they stand, and what a reader should find in them.

    `merged` are cells as "A1:K1"; `header_lines` and `lines` count from 1 as the spreadsheet does.
    """

    name: str
    layout: MessyLayout
    lines: tuple[Line, ...]
    merged: tuple[str, ...]
    header_lines: tuple[int, ...]
    rows: tuple[MessyRow, ...]

    @property
    def defects(self) -> Mapping[int, tuple[str, ...]]:
        """The codes by line, of the lines that have any."""
        return {row.line: row.defects for row in self.rows if row.defects}


def make_messy_sheet(
    *,
    rng: Random,
    people: Sequence[VillagePerson],
    layout: MessyLayout | None = None,
    defect_share: float = DEFECT_SHARE,
    title: str = "",
) -> MessySheet:
    """A sheet of these people in their order, some of them written twice."""
    layout = layout or draw_layout(rng=rng, title=title)
    writer = _Writer(rng, layout)
    writer.write_head()
    planted = _plan_defects(rng, layout, len(people), defect_share)
    for place, person in enumerate(people):
        writer.write_person(person, planted.get(place))
        if place not in planted and rng.random() < TWICE_SHARE:
            writer.keep_for_later(person)
        if layout.repeats_header and place == len(people) // 2:
            writer.write_header()
    writer.write_repeated()
    writer.write_foot()
    return MessySheet(
        name="Sheet1",
        layout=layout,
        lines=tuple(writer.lines),
        merged=tuple(writer.merged),
        header_lines=writer.header_lines,
        rows=tuple(writer.rows),
    )


def _plan_defects(
    rng: Random, layout: MessyLayout, count: int, share: float
) -> Mapping[int, Defect]:
    """Which row gets which defect: all kinds that the layout can show, over and over."""
    kinds = [kind for kind in DEFECTS if not layout.targets.isdisjoint(kind.needs)]
    chosen = rng.sample(range(count), round(count * share))
    rng.shuffle(kinds)
    return {place: kinds[number % len(kinds)] for number, place in enumerate(chosen)}


class _Writer:
    """The lines of one sheet as they grow."""

    def __init__(self, rng: Random, layout: MessyLayout) -> None:
        self.rng, self.layout = rng, layout
        self.lines: list[Line] = []
        self.merged: list[str] = []
        self.rows: list[MessyRow] = []
        self.header_lines: tuple[int, ...] = ()
        self._pen = Pen(rng=rng, layout=layout)
        self._hamlet = ""
        self._repeated: list[VillagePerson] = []

    def write_head(self) -> None:
        last = _name_column(len(self.layout.columns))
        for title in self.layout.title_rows:
            self.lines.append((title,))
            self.merged.append(f"A{len(self.lines)}:{last}{len(self.lines)}")
        if self.layout.title_rows:
            self.lines.append(())
        first = len(self.lines) + 1
        self.write_header()
        self.header_lines = tuple(range(first, len(self.lines) + 1))
        if self.layout.is_numbered:
            self.lines.append(tuple(range(1, len(self.layout.columns) + 1)))

    def write_header(self) -> None:
        """One row, or two where headings stand under a merged one."""
        columns = self.layout.columns
        if self.layout.has_groups:
            above = [column.group or column.heading for column in columns]
            self._merge_groups(len(self.lines) + 1)
            self.lines.append(tuple(
                None if place and column.group and columns[place - 1].group == column.group
                else text
                for place, (column, text) in enumerate(zip(columns, above, strict=True))
            ))  # fmt: skip
            self.lines.append(tuple(c.heading if c.group else None for c in columns))
        else:
            self.lines.append(tuple(column.heading for column in columns))

    def write_person(self, person: VillagePerson, defect: Defect | None) -> None:
        if self.layout.has_hamlet_rows and person.hamlet != self._hamlet:
            self._hamlet = person.hamlet
            self.lines.append((f"DUSUN {person.hamlet.upper()}",))
        fields = self._pen.make_fields(person)
        codes = []
        if defect is not None:
            defect.spoil(fields, self.rng)
            codes.append(defect.code)
        if fields["nik"] == person.nik and _is_from_elsewhere(person):
            codes.append("nik.other-region")
        self._write_row(person, fields, tuple(codes), is_sound=defect is None)

    def keep_for_later(self, person: VillagePerson) -> None:
        self._repeated.append(person)

    def write_repeated(self) -> None:
        """The same people once more, further down: the later line is the one that is too many."""
        for person in self._repeated:
            codes = ("nik.twice", *(("nik.other-region",) if _is_from_elsewhere(person) else ()))
            self._write_row(person, self._pen.make_fields(person), codes, is_sound=True)

    def write_foot(self) -> None:
        if not self.layout.has_total:
            return
        women = sum(row.person.sex == "P" for row in self.rows)
        total = len(self.rows)
        self.lines += [
            (None, "JUMLAH", f"L = {total - women}", f"P = {women}", total),
            (),
            (None, None, None, "Ketua Panitia Pemilihan"),
        ]

    def _write_row(
        self, person: VillagePerson, fields: Fields, codes: tuple[str, ...], *, is_sound: bool
    ) -> None:
        number = len(self.rows) + 1
        self.lines.append(tuple(self._pen.write_cells(fields, number=number, is_sound=is_sound)))
        self.rows.append(MessyRow(len(self.lines), person, codes))

    def _merge_groups(self, line: int) -> None:
        """A plain heading over both rows, a group over its two columns."""
        columns = self.layout.columns
        for place, column in enumerate(columns):
            name = _name_column(place + 1)
            if not column.group:
                self.merged.append(f"{name}{line}:{name}{line + 1}")
            elif columns[place + 1 :] and columns[place + 1].group == column.group:
                self.merged.append(f"{name}{line}:{_name_column(place + 2)}{line}")


def _is_from_elsewhere(person: VillagePerson) -> bool:
    return person.nik[:6] != person.village_code.replace(".", "")[:6]


def _name_column(number: int) -> str:
    """A, B, … Z; no list here is wider."""
    return chr(ord("A") + number - 1)
