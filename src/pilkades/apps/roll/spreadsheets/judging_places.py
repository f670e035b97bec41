"""RT, RW and hamlet of a row."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import lru_cache

from pilkades.apps.roll.spreadsheets.cells import Cell, to_text
from pilkades.apps.roll.spreadsheets.fields import FIELDS
from pilkades.apps.roll.spreadsheets.headings import squeeze
from pilkades.apps.roll.spreadsheets.problems import Finding, Mending, clear
from pilkades.text import Text

_PAIR = re.compile(
    r"^\D*?(?P<rt>\d{1,3})\s*(?:[/\\|,.\-]|\s|RW\.?)+\s*(?:RW)?[\s.:]*(?P<rw>\d{1,3})\.?$",
    re.IGNORECASE,
)
_DAY_TEXT = re.compile(r"^(?P<rt>\d{1,2})[/\-](?P<rw>\d{1,2})[/\-]20\d\d$")
_IN_ADDRESS = re.compile(
    r"\bRT[\s.:/]*0*(?P<rt>\d{1,3})\b\D{0,12}?\bRW[\s.:/]*0*(?P<rw>\d{1,3})\b", re.IGNORECASE
)
_PREFIX = re.compile(r"^(RT|RW|NO)[\s.:]*", re.IGNORECASE)
_HAMLET_WORD = re.compile(r"^(DUSUN|DSN|DUKUH|DK|LINGKUNGAN|LINGK|LK|KAMPUNG|KP)[\s.]+", re.I)
_ROMAN = {
    "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10,
    "XI": 11, "XII": 12,
}  # fmt: skip
_LETTERS = str.maketrans({"O": "0", "Q": "0", "I": "1", "L": "1"})
_EMPTY_WORDS = frozenset(("", "-", "--"))
_LIKENESS = 0.7


@dataclass(frozen=True, slots=True)
class HamletNames:
    """The hamlets of the village by the form in which they are compared."""

    names: Mapping[str, str]

    @classmethod
    def of(cls, names: Collection[str]) -> "HamletNames":
        return cls({_hamlet_key(name): name for name in names})

    def find(self, text: str) -> str | None:
        return self.names.get(_hamlet_key(text))

    def find_nearest(self, text: str) -> str | None:
        close = _find_close(_hamlet_key(text), tuple(self.names))
        return self.names[close] if close else None


@lru_cache(maxsize=1024)
def _find_close(key: str, keys: tuple[str, ...]) -> str | None:
    """The same misspelling stands in many rows, and comparing is slow."""
    return next(iter(get_close_matches(key, keys, n=1, cutoff=_LIKENESS)), None)


def judge_territory(raw: Mapping[str, Cell], finding: Finding, fields: Collection[str]) -> None:
    """RT and RW, out of two columns, one, or the address."""
    if "rt_rw" in raw and not ("rt" in raw and "rw" in raw):
        _judge_pair(raw, finding)
        return
    if not {"rt", "rw", "rt_rw"} & set(fields) and "rt" not in raw:
        _take_from_address(to_text(raw.get("address")), finding)
        return
    for name in ("rt", "rw"):
        _judge_number(name, raw.get(name), finding, is_expected=name in fields)


def judge_hamlet(
    raw: Mapping[str, Cell], finding: Finding, hamlets: HamletNames, fields: Collection[str]
) -> None:
    """A hamlet of this village, by its name."""
    text = to_text(raw.get("hamlet"))
    if text in _EMPTY_WORDS:
        if "hamlet" in fields:
            finding.add(
                "hamlet.missing",
                "hamlet",
                Text("Dusun kosong. Dapat disimpan, tetapi pembagian TPS memerlukannya."),
            )
        return
    found = hamlets.find(text)
    if found is not None:
        finding.values["hamlet"] = found
        return
    name = _HAMLET_WORD.sub("", text).strip()
    offers = []
    nearest = hamlets.find_nearest(text)
    if nearest is not None:
        offers.append(
            Mending(
                f"hamlet:{nearest}:{_hamlet_key(text)}",
                Text("Maksudnya {name}", name=nearest),
                {"hamlet": nearest},
            )
        )
    if 2 <= len(name) <= 60 and not name.isdigit():
        added = name.title() if name.isupper() or name.islower() else name
        offers.append(
            Mending(
                f"new-hamlet:{_hamlet_key(text)}",
                Text("Tambahkan dusun {name}", name=added),
                {"hamlet": added},
                new_hamlet=added,
            )
        )
    offers.append(clear("hamlet", Text("Kosongkan dusun")))
    finding.add(
        "hamlet.unknown",
        "hamlet",
        Text("Dusun “{name}” belum ada di desa ini.", name=text),
        *offers,
    )


def _hamlet_key(text: str) -> str:
    return squeeze(_HAMLET_WORD.sub("", text.strip()))


def _judge_pair(raw: Mapping[str, Cell], finding: Finding) -> None:
    cell = raw["rt_rw"]
    if isinstance(cell, date):
        rt, rw = f"{cell.day:03}", f"{cell.month:03}"
        finding.add(
            "rt-rw.became-date",
            "rt",
            Text("Excel mengubah RT/RW menjadi tanggal {day}.", day=to_text(cell)),
            Mending(
                "date-to-rt-rw",
                Text("Jadikan RT {rt} RW {rw}", rt=rt, rw=rw),
                {"rt": rt, "rw": rw},
            ),
            _clear_pair(),
        )
        return
    text = to_text(cell)
    if text in _EMPTY_WORDS:
        return
    match = _PAIR.match(text)
    if match is not None:
        finding.values["rt"], finding.values["rw"] = match["rt"].zfill(3), match["rw"].zfill(3)
        return
    finding.add(
        "rt-rw.unreadable",
        "rt",
        Text("RT/RW tertulis “{text}”; tulis seperti 002/001.", text=text),
        *_offer_pair(text),
        _clear_pair(),
    )


def _offer_pair(text: str) -> tuple[Mending, ...]:
    # In CSV the day that Excel made of it is text: `02/01/2026`.
    match = _DAY_TEXT.match(text) or _PAIR.match(
        text.upper().replace("RT", "").replace("RW", "").translate(_LETTERS)
    )
    if match is None:
        return ()
    rt, rw = match["rt"].zfill(3), match["rw"].zfill(3)
    changes = {"rt": rt, "rw": rw}
    return (Mending("rt-rw-digits", Text("Jadikan RT {rt} RW {rw}", rt=rt, rw=rw), changes),)


def _clear_pair() -> Mending:
    return Mending("clear:rt_rw", Text("Kosongkan RT dan RW"), {"rt": "", "rw": ""})


def _take_from_address(address: str, finding: Finding) -> None:
    match = _IN_ADDRESS.search(address)
    if match is not None:
        finding.values["rt"], finding.values["rw"] = match["rt"].zfill(3), match["rw"].zfill(3)


def _judge_number(name: str, cell: Cell, finding: Finding, *, is_expected: bool) -> None:
    text = _PREFIX.sub("", to_text(cell)).strip(" .'")
    title = FIELDS[name]
    if text in _EMPTY_WORDS or not text.strip("0"):
        if is_expected:
            finding.add(
                f"{name}.missing",
                name,
                Text("{field} kosong. Dapat disimpan, dan dilengkapi saat coklit.", field=title),
            )
        return
    if text.isascii() and text.isdigit() and len(text.lstrip("0")) <= 3:
        finding.values[name] = text.lstrip("0").zfill(3)
        return
    finding.add(
        f"{name}.unreadable",
        name,
        Text("{field} tertulis “{text}”, bukan angka.", field=title, text=text),
        *_offer_number(name, text),
        clear(name, Text("Kosongkan {field}", field=title)),
    )


def _offer_number(name: str, text: str) -> tuple[Mending, ...]:
    upper = text.upper()
    changed = upper.translate(_LETTERS)
    found = re.fullmatch(r"\D*(\d{1,3})\D*", upper)
    if upper in _ROMAN:
        number = str(_ROMAN[upper])
    elif changed.isdigit() and len(changed) <= 3:
        number = changed
    elif found is not None:
        number = found[1]
    else:
        return ()
    value = number.lstrip("0").zfill(3)
    return (Mending(f"number:{name}", Text("Jadikan {value}", value=value), {name: value}),)
