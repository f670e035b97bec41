"""What invented people do, what they cannot do and what paper they can show.

The words for work are those of the civil registry. Shares are a rural district's, set by hand.
"""

from bisect import bisect
from itertools import accumulate
from random import Random

SOLDIER = "Tentara Nasional Indonesia (TNI)"
POLICE = "Kepolisian RI (POLRI)"
HOUSEWIFE = "Mengurus Rumah Tangga"
STUDENT = "Pelajar/Mahasiswa"
RETIRED = "Pensiunan"
IDLE = "Belum/Tidak Bekerja"
# Shares in percent of working men and women between 22 and 60.
MEN = (
    ("Petani/Pekebun", 31.0), ("Buruh Tani/Perkebunan", 10.0), ("Wiraswasta", 21.0),
    ("Karyawan Swasta", 14.0), ("Buruh Harian Lepas", 6.0), ("Pedagang", 4.0), ("Sopir", 2.5),
    ("Tukang Batu", 2.0), ("Tukang Kayu", 1.2), ("Nelayan/Perikanan", 1.5), ("Peternak", 1.5),
    ("Pegawai Negeri Sipil (PNS)", 1.4), ("Guru", 0.8), ("Perangkat Desa", 0.4), (SOLDIER, 0.6),
    (POLICE, 0.6), ("Mekanik", 0.7), (IDLE, 0.8),
)  # fmt: skip
WOMEN = (
    (HOUSEWIFE, 55.0), ("Petani/Pekebun", 13.0), ("Buruh Tani/Perkebunan", 5.0),
    ("Wiraswasta", 8.0), ("Karyawan Swasta", 8.0), ("Pedagang", 4.5), ("Guru", 2.2),
    ("Pegawai Negeri Sipil (PNS)", 1.3), ("Bidan", 0.4), ("Perawat", 0.5),
    ("Asisten Rumah Tangga", 0.7), ("Penjahit", 0.7), ("Perangkat Desa", 0.2), (POLICE, 0.05),
    (SOLDIER, 0.03), (IDLE, 0.4),
)  # fmt: skip
WORK = {
    sex: (tuple(name for name, _ in table), tuple(accumulate(share for _, share in table)))
    for sex, table in (("L", MEN), ("P", WOMEN))
}
DISABILITIES = (
    *("fisik",) * 42, *("netra",) * 14, *("rungu",) * 13, *("mental",) * 12,
    *("intelektual",) * 9, *("wicara",) * 6, *("ganda",) * 4,
)  # fmt: skip


def draw_occupation(*, rng: Random, sex: str, age: int) -> str:
    if age < 6:
        return IDLE
    if age < 19 or (age < 22 and rng.random() < 0.35):
        return STUDENT
    names, bounds = WORK[sex]
    occupation = names[bisect(bounds, rng.random() * bounds[-1])]
    if age < 60 or (age < 75 and occupation == "Petani/Pekebun"):
        return occupation
    return RETIRED if rng.random() < 0.09 else occupation if rng.random() < 0.5 else IDLE


def draw_disability(*, rng: Random, age: int) -> str:
    """A code, or "" for most: about one in a hundred, and four in a hundred of the old."""
    if rng.random() > (0.009 if age < 60 else 0.035):
        return ""
    return DISABILITIES[int(rng.random() * len(DISABILITIES))]


def draw_document(*, rng: Random, age: int) -> str:
    """What shows who somebody is: below 17 the family card; a few wait for their KTP-el."""
    if age < 17:
        return "kk"
    share = 0.62 if age == 17 else 0.985
    if rng.random() < share:
        return "ktp_el"
    return "certificate" if rng.random() < 0.7 else "kk"
