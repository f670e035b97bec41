"""How the fields of one person are written into the cells of a list: habits, not defects."""

from collections.abc import Iterator
from datetime import date
from random import Random

from pilkades.synthetic.messy_defects import Cell, Fields
from pilkades.synthetic.messy_layouts import MessyLayout
from pilkades.synthetic.villages import VillagePerson

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
    "Oktober", "November", "Desember",
)  # fmt: skip
MARITAL_WORDS = (
    {"B": "B", "S": "S", "P": "P"},
    {"B": "Belum Kawin", "S": "Kawin", "P": "Cerai Mati"},
)
EPOCH = date(1899, 12, 30)
SERIAL_SHARE, WORDS_SHARE, SPACE_SHARE = 0.04, 0.1, 0.06
ROLL_COLUMNS = VillagePerson._fields[:17]


class Pen:
    """Writes cells in the way of one layout; `rng` decides where the habit slips."""

    def __init__(self, *, rng: Random, layout: MessyLayout) -> None:
        self._rng, self._layout = rng, layout
        self._marital = rng.choice(MARITAL_WORDS)

    def make_fields(self, person: VillagePerson) -> Fields:
        """The person's columns in the words of the list, not yet spoilt."""
        fields: Fields = {name: getattr(person, name) for name in ROLL_COLUMNS}
        fields["marital_status"] = self._marital[person.marital_status]
        fields["disability"] = person.disability.capitalize() or None
        fields["rt_rw"] = f"{person.rt}/{person.rw}"
        return fields

    def write_cells(self, fields: Fields, *, number: int, is_sound: bool) -> Iterator[Cell]:
        """The cells in the order of the layout; only a sound row may have a day as a number."""
        for column in self._layout.columns:
            target = column.target
            if not target:
                yield number
            elif target == "birth":
                day = self._write_day(fields["birth_date"])
                yield f"{fields['birth_place']}, {day}" if day else fields["birth_place"]
            elif target == "birth_date":
                yield self._write_day_cell(fields[target], is_sound=is_sound)
            elif target.startswith("sex"):
                yield self._write_sex(target, fields["sex"])
            elif target in ("full_name", "address", "birth_place", "hamlet"):
                yield self._write_text(fields[target])
            else:
                yield fields[target]

    def _write_day_cell(self, day: Cell, *, is_sound: bool) -> Cell:
        if not isinstance(day, date) or self._layout.date_form != "cell":
            return self._write_day(day)
        is_number = is_sound and self._rng.random() < SERIAL_SHARE
        return (day - EPOCH).days if is_number else day

    def _write_day(self, day: Cell) -> Cell:
        if not isinstance(day, date):
            return day
        if self._layout.date_form == "words" or self._rng.random() < WORDS_SHARE:
            return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
        return f"{day:%d/%m/%Y}" if self._layout.date_form == "slashes" else f"{day:%d-%m-%Y}"

    def _write_sex(self, target: str, sex: Cell) -> Cell:
        if target != "sex":
            return "v" if target == f"sex_{sex}" else None
        if sex not in ("L", "P"):
            return sex
        return self._layout.sex_words["LP".index(f"{sex}")]

    def _write_text(self, text: Cell) -> Cell:
        """Perhaps in capitals, perhaps with spaces that nobody sees."""
        if not isinstance(text, str) or text.startswith(("=", "+", "-", "@")):
            return text
        text = text.upper() if self._layout.is_upper_case else text
        if self._rng.random() >= SPACE_SHARE:
            return text
        spaced = (f"  {text}", f"{text} ", text.replace(" ", "  "), f"{text}\u00a0")
        return self._rng.choice(spaced)
