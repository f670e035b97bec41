"""How each act of the roll's way is called, and what it does that cannot be undone."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from pilkades.apps.roll.services.stages import StageAct
from pilkades.text import Text


@dataclass(frozen=True, slots=True)
class ActWords:
    """How an act is called, and what it does that cannot be undone."""

    slug: str
    title: Promise
    submit: Promise
    consequence: Promise


WORDS: Mapping[StageAct, ActWords] = {
    StageAct.FIX_PROVISIONAL: ActWords(
        "tetapkan-dps",
        gettext_lazy("Tetapkan DPS"),
        gettext_lazy("Tetapkan DPS"),
        gettext_lazy(
            "Pemilih diberi nomor menurut dusun, RW, RT, dan nama. Yang ditambahkan sesudahnya "
            "masuk daftar tambahan. Keputusan ini tidak dapat ditarik."
        ),
    ),
    StageAct.ANNOUNCE_PROVISIONAL: ActWords(
        "umumkan-dps",
        gettext_lazy("Umumkan DPS"),
        gettext_lazy("Catat DPS diumumkan hari ini"),
        gettext_lazy(
            "Masa pengumuman mulai dihitung hari ini, dan warga dapat mengajukan perbaikan. "
            "Pastikan daftarnya sudah ditempel dengan NIK tersamar."
        ),
    ),
    StageAct.OPEN_ADDITIONS: ActWords(
        "buka-tambahan",
        gettext_lazy("Buka pencatatan pemilih tambahan"),
        gettext_lazy("Buka pencatatan"),
        gettext_lazy("Masa pencatatan pemilih tambahan mulai dihitung hari ini."),
    ),
    StageAct.ANNOUNCE_ADDITIONS: ActWords(
        "umumkan-tambahan",
        gettext_lazy("Umumkan daftar pemilih tambahan"),
        gettext_lazy("Catat daftar tambahan diumumkan hari ini"),
        gettext_lazy("Masa pengumuman daftar tambahan mulai dihitung hari ini."),
    ),
    StageAct.FIX_FINAL: ActWords(
        "tetapkan-dpt",
        gettext_lazy("Tetapkan DPT"),
        gettext_lazy("Tetapkan DPT"),
        gettext_lazy(
            "Seluruh pemilih diberi nomor baru menurut dusun, RW, RT, dan nama. Nomor DPS tidak "
            "berlaku lagi. Keputusan ini tidak dapat ditarik; sesudah ini DPT dikunci dua orang."
        ),
    ),
    StageAct.ANNOUNCE_FINAL: ActWords(
        "umumkan-dpt",
        gettext_lazy("Umumkan DPT"),
        gettext_lazy("Catat DPT diumumkan hari ini"),
        gettext_lazy("Masa pengumuman DPT mulai dihitung hari ini."),
    ),
}
LOCK_TITLE = Text("DPT dikunci dua orang")
STEP_TITLES: Mapping[StageAct, Text] = {
    StageAct.FIX_PROVISIONAL: Text("DPS ditetapkan"),
    StageAct.ANNOUNCE_PROVISIONAL: Text("DPS diumumkan"),
    StageAct.OPEN_ADDITIONS: Text("Tambahan dicatat"),
    StageAct.ANNOUNCE_ADDITIONS: Text("Tambahan diumumkan"),
    StageAct.FIX_FINAL: Text("DPT ditetapkan"),
    StageAct.ANNOUNCE_FINAL: Text("DPT diumumkan"),
}
