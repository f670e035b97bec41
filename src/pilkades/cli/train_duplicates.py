"""`pilkades train-duplicates`: parameters of the duplicate search, from an invented regency."""

import argparse
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from pilkades.apps.roll.duplicates.parameters import SHIPPED, load_shipped, write_parameters
from pilkades.screening.papers import read_birth
from pilkades.screening.people import Person
from pilkades.synthetic.regencies import RegencyRolls

PEOPLE, SEED, REGENCY = 100_000, 7, "35.05"
PLANTED_SHARE, EXPECTED_SHARE = 0.08, 0.02
POLL_DATE = date(2026, 11, 23)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.description = (
        "Melatih parameter pencarian ganda pada penduduk rekaan yang diketahui siapa gandanya. "
        "Berkas bawaan cukup untuk desa mana pun; latih ulang bila cara membandingkan berubah."
    )
    parser.add_argument("--people", type=int, default=PEOPLE, metavar="N", help="banyaknya orang")
    parser.add_argument("--seed", type=int, default=SEED, metavar="N", help="benih penduduk rekaan")
    parser.add_argument("--regency", default=REGENCY, metavar="KODE", help="kode kabupaten")
    parser.add_argument(
        "--threshold",
        type=float,
        metavar="P",
        help="kemungkinan terkecil yang ditunjukkan (bawaan: seperti sekarang)",
    )
    parser.add_argument(
        "--out", type=Path, default=SHIPPED, metavar="BERKAS", help="berkas parameter yang ditulis"
    )


def run(args: argparse.Namespace) -> int:
    """Draw a regency, train, write the file."""
    # Splink and DuckDB load slowly; the help of this command does not need them.
    from pilkades.apps.roll.duplicates.training import train

    rolls = RegencyRolls(
        seed=args.seed,
        regency_code=args.regency,
        people=args.people,
        on=POLL_DATE,
        duplicate_share=PLANTED_SHARE,
    )
    people = list(_read(rolls))
    trained = train(
        people,
        [(first - 1, second - 1) for first, second in rolls.truth.pairs],
        duplicate_share=EXPECTED_SHARE,
        threshold=load_shipped().threshold if args.threshold is None else args.threshold,
        trained_on=(
            f'RegencyRolls(seed={args.seed}, regency_code="{args.regency}", '
            f"people={args.people}, duplicate_share={PLANTED_SHARE})"
        ),
    )
    args.out.write_bytes(write_parameters(trained))
    print(f"{len(people)} orang, {len(rolls.truth)} pasangan: {args.out}")
    return 0


def _read(rolls: RegencyRolls) -> Iterator[Person]:
    """The rows as people; their ids count from 1 in the order of the stream."""
    for row in rolls:
        yield Person(
            id=row.row_id,
            village=row.village_code,
            full_name=row.full_name,
            nik=row.nik,
            kk=row.kk,
            sex=row.sex,
            birth=read_birth(row.birth_date),
            birth_place=row.birth_place,
            marital_status=row.marital_status,
            occupation=row.occupation,
            rt=row.rt,
            rw=row.rw,
        )
