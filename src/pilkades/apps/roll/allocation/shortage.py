"""Whether the stations can hold the voters at all, said before anything is computed."""

from pilkades.law.station_loads import count_stations_needed
from pilkades.text import Text

from .facts import Problem, Refusal


def find_refusal(problem: Problem) -> Refusal | None:
    """The first reason why no division can exist; None where one may."""
    taken = sum(target.taken for target in problem.targets)
    needed = count_stations_needed(voters=problem.voters + taken, voters_max=problem.voters_max)
    return (
        _find_missing(problem, needed)
        or _find_overfull(problem, needed)
        or _find_large_household(problem, needed)
    )


def refuse_by_families(problem: Problem) -> Refusal:
    """The voters fit by their number, but not their families as they are."""
    return Refusal(
        "families_do_not_fit",
        Text(
            "Jumlahnya cukup, tetapi keluarga tidak dapat dibagi tanpa terpisah: sisa tempat di "
            "setiap TPS terlalu kecil. Tambahkan satu TPS."
        ),
        len(problem.targets) + 1,
    )


def _find_missing(problem: Problem, needed: int) -> Refusal | None:
    present = len(problem.targets)
    room = sum(problem.room(target) for target in problem.targets)
    if room >= problem.voters:
        return None
    if needed > present:
        text = Text(
            "Butuh {needed} TPS, baru ada {present}: {voters} pemilih, paling banyak {max} di "
            "setiap TPS.",
            needed=needed,
            present=present,
            voters=problem.voters + sum(target.taken for target in problem.targets),
            max=problem.voters_max,
        )
        return Refusal("stations_missing", text, needed)
    text = Text(
        "Sisa tempat {room}, pemilih yang harus ditempatkan {voters}: ada TPS yang sudah melebihi "
        "{max} karena pemindahan dengan tangan.",
        room=room,
        voters=problem.voters,
        max=problem.voters_max,
    )
    return Refusal("room_missing", text, max(needed, present + 1))


def _find_overfull(problem: Problem, needed: int) -> Refusal | None:
    over = sum(target.taken > problem.voters_max for target in problem.targets)
    if not over:
        return None
    text = Text(
        "{count} TPS sudah melebihi {max} pemilih oleh mereka yang dipindah dengan tangan. "
        "Pindahkan sebagian lebih dahulu, atau bagi ulang tanpa menahan mereka.",
        count=over,
        max=problem.voters_max,
    )
    return Refusal("station_over_maximum", text, max(needed, len(problem.targets)))


def _find_large_household(problem: Problem, needed: int) -> Refusal | None:
    largest = max((h.voters for block in problem.blocks for h in block.households), default=0)
    if largest <= problem.voters_max:
        return None
    text = Text(
        "Satu nomor KK berisi {voters} pemilih, lebih dari {max} di satu TPS. Biasanya nomor KK "
        "terisi sama pada banyak baris; perbaiki nomor KK-nya.",
        voters=largest,
        max=problem.voters_max,
    )
    return Refusal("household_too_large", text, needed)
