"""NIK, KK and telephone number of a row."""

import re
from collections.abc import Mapping

from pilkades.apps.roll.spreadsheets.cells import Cell, to_text
from pilkades.apps.roll.spreadsheets.numbers import (
    NumberReading,
    read_nik_facts,
    read_number,
)
from pilkades.apps.roll.spreadsheets.problems import Finding, Mending, clear
from pilkades.text import Text

_EMPTY_NIK = Text("Kosongkan NIK, lengkapi saat coklit")
_EMPTY_KK = Text("Kosongkan nomor KK")
_AS_DIGITS = Text("Buang tanda dan jadikan huruf mirip sebagai angka")
"""Names no digits: what is offered is shown on a page, and a NIK is not."""
_NIK_TEXTS = {
    "length": Text("NIK berisi {count} angka; seharusnya 16."),
    "lost-digits": Text(
        "NIK disimpan Excel sebagai bilangan, sehingga angka akhirnya hilang dan tidak dapat "
        "ditebak. Lihat KTP atau KK aslinya."
    ),
    "letters": Text("Ada huruf di dalam NIK, misalnya O sebagai 0 atau I sebagai 1."),
    "separators": Text("Ada spasi, titik atau tanda lain di dalam NIK."),
    "unreadable": Text("Isi kolom NIK bukan 16 angka."),
    "placeholder": Text("NIK ini hanya pengisi, bukan nomor seseorang."),
}
_PHONE = re.compile(r"0[2-9]\d{6,12}")


def judge_nik(raw: Mapping[str, Cell], finding: Finding, *, district_digits: str) -> None:
    """The NIK itself; its birth date and sex are compared where those are read."""
    reading = read_number(raw.get("nik"))
    if reading.code == "missing":
        finding.add(
            "nik.missing",
            "nik",
            Text("Baris ini tanpa NIK. Dapat disimpan, dan dilengkapi saat coklit."),
        )
        return
    if reading.code:
        finding.add(f"nik.{reading.code}", "nik", _describe(reading, raw), *_offers(reading))
        return
    finding.values["nik"] = reading.digits
    facts = read_nik_facts(reading.digits)
    if not facts.is_possible:
        finding.add(
            "nik.impossible-birth",
            "nik",
            Text("Angka ke-7 sampai ke-10 NIK bukan tanggal mana pun. Cocokkan dengan KTP."),
        )
    if facts.district_digits != district_digits:
        finding.add(
            "nik.other-region",
            "nik",
            Text(
                "NIK diawali {code}, kode kecamatan lain. Wajar untuk orang yang pindah; pastikan "
                "sudah menjadi penduduk desa ini.",
                code=facts.district_digits,
            ),
        )


def judge_kk(raw: Mapping[str, Cell], finding: Finding) -> None:
    """The number of the family card: sixteen digits too, less often complete."""
    reading = read_number(raw.get("kk"))
    if reading.code == "missing":
        return
    if not reading.code:
        finding.values["kk"] = reading.digits
    elif reading.offer:
        finding.add(
            "kk.mend",
            "kk",
            Text("Ada huruf atau tanda di dalam nomor KK."),
            Mending("as-digits:kk", _AS_DIGITS,
                    {"kk": reading.offer}),
            clear("kk", _EMPTY_KK),
        )  # fmt: skip
    elif reading.code == "lost-digits":
        finding.add(
            "kk.lost-digits",
            "kk",
            Text("Nomor KK disimpan Excel sebagai bilangan, sehingga angka akhirnya hilang."),
            clear("kk", _EMPTY_KK),
        )
    else:
        text = Text("Nomor KK seharusnya 16 angka.")
        finding.add("kk.unreadable", "kk", text, clear("kk", _EMPTY_KK))


def judge_phone(raw: Mapping[str, Cell], finding: Finding) -> None:
    """An Indonesian telephone number, kept with its leading zero."""
    text = to_text(raw.get("phone"))
    digits = re.sub(r"[\s().\-'+]", "", text)
    if not digits:
        return
    digits = f"0{digits[2:]}" if digits.startswith("62") else digits
    digits = f"0{digits}" if digits.startswith("8") else digits
    if _PHONE.fullmatch(digits):
        finding.values["phone"] = digits
        return
    finding.add(
        "phone.unreadable",
        "phone",
        Text("Isi kolom nomor HP bukan nomor telepon."),
        clear("phone", Text("Kosongkan nomor HP")),
    )


def _describe(reading: NumberReading, raw: Mapping[str, Cell]) -> Text:
    text = _NIK_TEXTS[reading.code]
    if reading.code != "length":
        return text
    count = sum(character.isdigit() for character in to_text(raw.get("nik")))
    return Text(text.template, count=count)


def _offers(reading: NumberReading) -> tuple[Mending, ...]:
    empty = clear("nik", _EMPTY_NIK)
    if not reading.offer:
        return (empty,)
    text = _AS_DIGITS
    return (Mending("as-digits:nik", text, {"nik": reading.offer}), empty)
