"""Place and date in the words of an official record."""

from datetime import date

from pilkades.apps.design.formats import DAYS, MONTHS
from pilkades.law.number_words import number_to_words


def date_in_words(day: date) -> str:
    """ "Senin tanggal dua puluh tiga bulan November tahun dua ribu dua puluh enam"."""
    return (
        f"{DAYS['id'][day.weekday()]} tanggal {number_to_words(day.day)}"
        f" bulan {MONTHS['id'][day.month - 1]} tahun {number_to_words(day.year)}"
    )


def place_and_date(place: str, day: date) -> str:
    """ "Sumberdiren, 23 November 2026", above the signatures."""
    return f"{place}, {day.day} {MONTHS['id'][day.month - 1]} {day.year}"
