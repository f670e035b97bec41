"""What goes wrong in a row of a list, one function for each; the codes are those of the import.

A defect changes the fields of one row in place (texts, numbers, days by the names of the roll's
columns) and is only put where it can stand: `needs` names the columns of the sheet.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

Cell = str | int | float | date | None
Fields = dict[str, Cell]
Spoil = Callable[[Fields, Random], None]

FORMULAS = (
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://contoh.invalid";"klik")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+cmd|' /C calc'!A0",
    "-cmd|' /C calc'!A0",
)
UNKNOWN_DAYS = ("tidak tahu", "lupa", "17-Agust", "?? - ?? - 60")
UNKNOWN_STATUS = ("Ikut orang tua", "lajang tua")
DAY = ("birth", "birth_date")
SCIENTIFIC = ("3.505E+15", "3,50510E+15", "3,51E+15")


@dataclass(frozen=True, slots=True)
class Defect:
    """Cacat: the stable code, the columns it needs (any of them), and what it does."""

    code: str
    needs: tuple[str, ...]
    spoil: Spoil


def _lose_digits(name: str) -> Spoil:
    def spoil(row: Fields, rng: Random) -> None:
        """Excel keeps fifteen digits of a number, and shows it as a power of ten."""
        number = f"{row[name]}"
        is_number = rng.random() < 0.6
        row[name] = int(f"{number[:15]}0") if is_number else rng.choice(SCIENTIFIC)

    return spoil


def _shorten(name: str) -> Spoil:
    def spoil(row: Fields, rng: Random) -> None:
        number, place = f"{row[name]}", rng.randrange(16)
        kind = rng.random()
        if kind < 0.75:
            row[name] = number[:place] + number[place + 1 :]
        else:
            row[name] = number[:place] + str(rng.randrange(10)) + number[place:]

    return spoil


def _write(name: str, *values: Cell) -> Spoil:
    def spoil(row: Fields, rng: Random) -> None:
        row[name] = rng.choice(values)

    return spoil


def _put_letters(row: Fields, rng: Random) -> None:
    """O for 0 or l for 1; every NIK here holds a 9 and hardly any holds neither."""
    nik = f"{row['nik']}"
    row["nik"] = nik.replace("0", "O", 1) if "0" in nik else nik.replace("1", "l", 1)


def _put_separators(row: Fields, rng: Random) -> None:
    nik, sign = f"{row['nik']}", rng.choice((" ", ".", "-"))
    row["nik"] = sign.join((nik[:6], nik[6:12], nik[12:]))


def _contradict_birth(row: Fields, rng: Random) -> None:
    born = row["birth_date"]
    assert isinstance(born, date)
    if born.day <= 12 and born.day != born.month and rng.random() < 0.5:
        row["birth_date"] = date(born.year, born.day, born.month)
    else:
        row["birth_date"] = born + timedelta(days=rng.choice((-1, 1, 10, -365, 366)))


def _contradict_sex(row: Fields, rng: Random) -> None:
    row["sex"] = "L" if row["sex"] == "P" else "P"


def _move_region(row: Fields, rng: Random) -> None:
    nik = f"{row['nik']}"
    others = [code for code in ("317401", "351001", "640207", "120703") if code != nik[:6]]
    row["nik"] = rng.choice(others) + nik[6:]


def _spoil_day(form: Callable[[date, Random], Cell]) -> Spoil:
    def spoil(row: Fields, rng: Random) -> None:
        born = row["birth_date"]
        assert isinstance(born, date)
        row["birth_date"] = form(born, rng)

    return spoil


def _misspell_hamlet(row: Fields, rng: Random) -> None:
    """A letter doubled in the middle, which no other hamlet of the village is called."""
    name = f"{row['hamlet']}"
    middle = max(len(name) // 2, 1)
    row["hamlet"] = f"{name[:middle]}{name[middle - 1].lower()}{name[middle:]}"


def _number_name(row: Fields, rng: Random) -> None:
    name = f"{row['full_name']}"
    row["full_name"] = f"{name} {rng.randint(2, 3)}" if rng.random() < 0.5 else f"{name}1"


def _name_no_such_day(born: date, rng: Random) -> Cell:
    return f"31-{rng.choice((2, 4, 6, 9, 11)):02d}-{born.year}"


def _name_leap_day(born: date, rng: Random) -> Cell:
    return f"29-02-{born.year + (born.year % 4 == 0)}"


def _put_month_first(born: date, rng: Random) -> Cell:
    return f"{rng.randint(1, 12):02d}/{rng.randint(13, 28)}/{born.year}"


def _name_future(born: date, rng: Random) -> Cell:
    return f"{min(born.day, 28):02d}-{born:%m}-{max(born.year + 100, 2031)}"


DEFECTS: tuple[Defect, ...] = (
    Defect("nik.lost-digits", ("nik",), _lose_digits("nik")),
    Defect("nik.length", ("nik",), _shorten("nik")),
    Defect("nik.missing", ("nik",), _write("nik", None, "-", "")),
    Defect("nik.letters", ("nik",), _put_letters),
    Defect("nik.separators", ("nik",), _put_separators),
    Defect("nik.placeholder", ("nik",), _write("nik", "0000000000000000", "1111111111111111")),
    Defect("nik.birth-date", DAY, _contradict_birth),
    Defect("nik.sex", ("sex", "sex_L"), _contradict_sex),
    Defect("nik.other-region", ("nik",), _move_region),
    Defect("kk.lost-digits", ("kk",), _lose_digits("kk")),
    Defect("kk.unreadable", ("kk",), _shorten("kk")),
    Defect("name.missing", ("full_name",), _write("full_name", None, "-")),
    Defect("name.digits", ("full_name",), _number_name),
    Defect("sex.missing", ("sex",), _write("sex", None, "-")),
    Defect("sex.unknown", ("sex",), _write("sex", "X", "B")),
    Defect("date.missing", DAY, _write("birth_date", None)),
    Defect("date.no-such-day", DAY, _spoil_day(_name_no_such_day)),
    Defect("date.leap-day", DAY, _spoil_day(_name_leap_day)),
    Defect("date.month-first", DAY, _spoil_day(_put_month_first)),
    Defect("date.year-only", DAY, _spoil_day(lambda born, rng: f"{born.year}")),
    Defect("date.future", DAY, _spoil_day(_name_future)),
    Defect("date.unreadable", ("birth_date",), _write("birth_date", *UNKNOWN_DAYS)),
    Defect("marital.missing", ("marital_status",), _write("marital_status", None)),
    Defect("marital.unknown", ("marital_status",), _write("marital_status", *UNKNOWN_STATUS)),
    Defect("rt.unreadable", ("rt",), _write("rt", "tengah", "dua", "timur jalan")),
    Defect("rw.missing", ("rw",), _write("rw", None)),
    Defect("rt-rw.unreadable", ("rt_rw",), _write("rt_rw", "tengah", "02", "RT dua")),
    Defect("rt-rw.became-date", ("rt_rw",), _write("rt_rw", date(2026, 2, 1), date(2026, 5, 3))),
    Defect("hamlet.missing", ("hamlet",), _write("hamlet", None, "-")),
    Defect("hamlet.unknown", ("hamlet",), _misspell_hamlet),
    Defect("disability.unknown", ("disability",), _write("disability", "ada", "sering pusing")),
    Defect("phone.unreadable", ("phone",), _write("phone", "tidak punya", "0812", "ikut anak")),
    Defect("cell.formula", ("address",), _write("address", *FORMULAS)),
    Defect("cell.formula", ("note",), _write("note", *FORMULAS)),
)  # fmt: skip
