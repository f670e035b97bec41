"""Name, the answers of few words, and plain texts of a row."""

import re
from collections.abc import Collection, Mapping

from pilkades.apps.roll.spreadsheets.cells import Cell, to_text
from pilkades.apps.roll.spreadsheets.fields import FIELDS, TEXT_LENGTHS
from pilkades.apps.roll.spreadsheets.numbers import read_nik_facts
from pilkades.apps.roll.spreadsheets.problems import Finding, Mending, clear
from pilkades.apps.roll.spreadsheets.vocabularies import (
    DISABILITY,
    DOCUMENT,
    MARITAL,
    SEX,
    Vocabulary,
)
from pilkades.text import Text

_FORMULA = re.compile(r"^(=|@|[+\-](?=[A-Za-z(=@+\-])|\+\d+[+\-*/(]|-\d+[+\-*/(])")
_DIGIT = re.compile(r"\d")
_TRAILING_NUMBER = re.compile(r"[\s(.\-]*\d+[\s).]*$")
_LEADING_NUMBER = re.compile(r"^\d+[\s.)\-]+")
_AS_LETTERS = str.maketrans({"0": "O", "1": "I", "3": "E", "4": "A", "5": "S", "8": "B"})
_EMPTY_WORDS = frozenset(("", "-", "--", "?", "."))


def judge_formulas(raw: Mapping[str, Cell], finding: Finding) -> None:
    """Text that a spreadsheet would run once it is exported again (CWE-1236)."""
    for name, cell in raw.items():
        if not isinstance(cell, str) or not _FORMULA.match(cell):
            continue
        plain = cell.lstrip("=@+- \t")
        finding.add(
            "cell.formula",
            name,
            Text(
                "Isi kolom {field} diawali tanda rumus dan dapat berjalan bila dibuka di Excel.",
                field=FIELDS.get(name, Text("gabungan")),
            ),
            Mending(f"strip:{name}", Text("Hapus tanda awalnya"), {name: plain}),
        )


def judge_name(raw: Mapping[str, Cell], finding: Finding) -> None:
    """Nobody is written without a name."""
    name = to_text(raw.get("full_name"))
    if name in _EMPTY_WORDS:
        finding.add(
            "name.missing",
            "full_name",
            Text("Nama kosong. Tulis namanya, atau tinggalkan baris ini."),
        )
        return
    if _DIGIT.search(name):
        text = Text("Ada angka di dalam nama.")
        finding.add("name.digits", "full_name", text, *_offer_names(name))
        return
    finding.values["full_name"] = name


def judge_sex(raw: Mapping[str, Cell], finding: Finding) -> None:
    """Sex, out of one column or two ticks, compared with the NIK."""
    facts = read_nik_facts(finding.values["nik"]) if "nik" in finding.values else None
    from_nik = (_choose("sex", facts.sex, SEX, key="sex-from-nik"),) if facts else ()
    text, has_both = _read_ticks(raw, "sex", ("L", "P"))
    if has_both:
        finding.add(
            "sex.both", "sex", Text("Kolom L dan P terisi bersamaan."), *(from_nik or _either())
        )
        return
    answer = SEX.find(text)
    if answer is None:
        likely = tuple(_choose("sex", a, SEX, word=text) for a in SEX.list_likely(text))
        finding.add(
            "sex.unknown",
            "sex",
            Text("Jenis kelamin tidak dikenal; tulis L atau P."),
            *(from_nik or likely or _either()),
        )
    elif not answer:
        finding.add("sex.missing", "sex", Text("Jenis kelamin kosong."), *(from_nik or _either()))
    else:
        finding.values["sex"] = answer
        if facts is not None and facts.is_possible and facts.sex != answer:
            finding.add(
                "nik.sex",
                "sex",
                Text(
                    "Menurut NIK {sex} (tanggal ditambah 40 untuk perempuan). Cocokkan dengan KTP.",
                    sex=SEX.answers[facts.sex],
                ),
                *from_nik,
            )


def judge_marital(raw: Mapping[str, Cell], finding: Finding, fields: Collection[str]) -> None:
    """Marital status: B, S or P."""
    text, has_both = _read_ticks(raw, "marital_status", ("B", "S", "P"))
    answer = None if has_both else MARITAL.find(text)
    if answer is None:
        _add_unknown("marital.unknown", "marital_status", text, MARITAL, finding)
    elif answer:
        finding.values["marital_status"] = answer
    elif "marital_status" in fields:
        finding.add(
            "marital.missing",
            "marital_status",
            Text("Status perkawinan kosong. Dapat disimpan, dan dilengkapi saat coklit."),
        )


def judge_disability(raw: Mapping[str, Cell], finding: Finding) -> None:
    """Kind of disability; none is no problem."""
    _judge_word("disability", "disability.unknown", DISABILITY, raw, finding)


def judge_document(raw: Mapping[str, Cell], finding: Finding) -> None:
    """The identity document that was shown."""
    _judge_word("identity_document", "document.unknown", DOCUMENT, raw, finding)


def judge_plain_texts(raw: Mapping[str, Cell], finding: Finding) -> None:
    """Address, occupation, note and place of birth: text of a limited length."""
    for name in ("birth_place", "address", "occupation", "note"):
        if name not in finding.values and (text := to_text(raw.get(name))) not in _EMPTY_WORDS:
            finding.values[name] = text
    for name, most in TEXT_LENGTHS.items():
        text = finding.values.get(name, "")
        if len(text) > most:
            del finding.values[name]
            finding.add(
                "cell.too-long",
                name,
                Text("{field} lebih dari {most} huruf.", field=FIELDS[name], most=most),
                Mending(f"cut:{name}", Text("Potong menjadi {most} huruf", most=most),
                        {name: text[:most].rstrip()}),
            )  # fmt: skip


def _judge_word(
    name: str, code: str, vocabulary: Vocabulary, raw: Mapping[str, Cell], finding: Finding
) -> None:
    text = to_text(raw.get(name))
    answer = vocabulary.find(text)
    if answer is None:
        _add_unknown(code, name, text, vocabulary, finding)
    elif answer:
        finding.values[name] = answer


def _add_unknown(code: str, name: str, text: str, vocabulary: Vocabulary, finding: Finding) -> None:
    answers = vocabulary.list_likely(text) or tuple(vocabulary.answers)
    finding.add(
        code,
        name,
        Text("{field} tertulis “{word}”, yang tidak dikenal.", field=FIELDS[name], word=text),
        *(_choose(name, answer, vocabulary, word=text) for answer in answers),
        clear(name, Text("Kosongkan")),
    )


def _choose(
    name: str, answer: str, vocabulary: Vocabulary, *, word: str = "", key: str = ""
) -> Mending:
    # The word is part of the key: "mend all" then means all rows with this same word.
    return Mending(
        key or f"choose:{name}:{answer}:{word.casefold()}",
        Text("Jadikan {answer}", answer=vocabulary.answers[answer]),
        {name: answer},
    )


def _either() -> tuple[Mending, ...]:
    return tuple(_choose("sex", answer, SEX) for answer in SEX.answers)


def _read_ticks(raw: Mapping[str, Cell], name: str, answers: tuple[str, ...]) -> tuple[str, bool]:
    """The text of the column itself, else the one ticked column; True where several are."""
    if name in raw:
        return to_text(raw[name]), False
    prefix = "marital" if name == "marital_status" else name
    ticked = [a for a in answers if _is_ticked(raw.get(f"{prefix}_{a}"))]
    return (ticked[0] if len(ticked) == 1 else ""), len(ticked) > 1


def _is_ticked(cell: Cell) -> bool:
    return to_text(cell).strip().upper() not in ("", "-", "0", "TIDAK", "FALSE")


def _offer_names(name: str) -> tuple[Mending, ...]:
    """Figures inside a word stand for letters; figures around the name are running numbers."""
    bare = _LEADING_NUMBER.sub("", _TRAILING_NUMBER.sub("", name)).strip()
    if bare and not _DIGIT.search(bare) and bare != name:
        text = Text("Hapus angkanya: {name}", name=bare)
        return (Mending("name-without-number", text, {"full_name": bare}),)
    changed = bare.translate(_AS_LETTERS)
    if changed and not _DIGIT.search(changed):
        text = Text("Jadikan {name}", name=changed)
        return (Mending("name-letters", text, {"full_name": changed}),)
    return ()
