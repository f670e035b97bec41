"""The words and tags in which the logistics' states stand on pages and papers."""

from collections.abc import Mapping

from pilkades.apps.logistics.models import State
from pilkades.law.logistics import Kind, Packing
from pilkades.law.logistics_custody import Supply
from pilkades.law.sites import SiteAnswer, Verdict
from pilkades.text import Text

VERDICT_WORDS: Mapping[Verdict, Text] = {
    Verdict.FIT: Text("Layak"),
    Verdict.FIT_WITH_WARNINGS: Text("Layak dengan catatan"),
    Verdict.INCOMPLETE: Text("Belum lengkap"),
    Verdict.UNFIT: Text("Tidak layak"),
}
VERDICT_KINDS: Mapping[Verdict, str] = {
    Verdict.FIT: "ok",
    Verdict.FIT_WITH_WARNINGS: "warn",
    Verdict.INCOMPLETE: "idle",
    Verdict.UNFIT: "bad",
}
ANSWER_WORDS: Mapping[SiteAnswer, Text] = {
    SiteAnswer.MET: Text("Memenuhi"),
    SiteAnswer.NOT_MET: Text("Tidak memenuhi"),
    SiteAnswer.UNCHECKED: Text("Belum diperiksa"),
}
SUPPLY_WORDS: Mapping[Supply, Text] = {
    Supply.COMPLETE: Text("Cukup"),
    Supply.PROMISED: Text("Cukup bila pesanan datang"),
    Supply.SHORT: Text("Akan kurang"),
    Supply.LATE: Text("Kurang dan lewat waktu"),
}
SUPPLY_KINDS: Mapping[Supply, str] = {
    Supply.COMPLETE: "ok",
    Supply.PROMISED: "info",
    Supply.SHORT: "warn",
    Supply.LATE: "bad",
}
STATE_KINDS: Mapping[str, str] = {
    State.PREPARED: "idle",
    State.SEALED: "info",
    State.UNDERWAY: "info",
    State.OPENED: "ok",
    State.RETURNED: "ok",
}
KIND_WORDS: Mapping[Kind, Text] = {
    Kind.GOODS: Text("Barang"),
    Kind.HONORARIUM: Text("Honorarium"),
    Kind.ACTIVITY: Text("Kegiatan"),
}
PACKING_WORDS: Mapping[Packing, Text] = {
    Packing.BALLOTS: Text("Surat suara"),
    Packing.DOCUMENTS: Text("Formulir dan segel"),
    Packing.EQUIPMENT: Text("Perlengkapan"),
    Packing.LOOSE: Text("Tidak dikemas"),
}
