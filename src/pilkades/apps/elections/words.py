"""Stages, owners and states of steps in words, on screen, on paper and in tables."""

from django.utils.translation import gettext, gettext_noop

from pilkades.apps.design.formats import active_language
from pilkades.apps.elections.selectors.progress import StepState
from pilkades.apps.regions.models import Regency
from pilkades.apps.regions.selectors import get_head_title
from pilkades.law.calendar import CountMode
from pilkades.law.timetable import TimetableStep
from pilkades.text import Text

STAGE_WORDS = {
    "persiapan": gettext_noop("Persiapan"),
    "pencalonan": gettext_noop("Pencalonan"),
    "pemungutan": gettext_noop("Pemungutan suara"),
    "penetapan": gettext_noop("Penetapan"),
}
OWNER_WORDS = {
    "panitia": gettext_noop("Panitia pemilihan desa"),
    "panitia_kabupaten": gettext_noop("Panitia kabupaten/kota"),
    "panitia_kecamatan": gettext_noop("Panitia kecamatan"),
    "bpd": gettext_noop("BPD"),
    "kepala_desa": gettext_noop("Kepala desa"),
    "calon": gettext_noop("Calon"),
    "kpps": gettext_noop("KPPS"),
    "camat": gettext_noop("Camat"),
}
STATE_WORDS = {
    StepState.PROBLEM: gettext_noop("Tidak mungkin"),
    StepState.LATE: gettext_noop("Terlambat"),
    StepState.DUE: gettext_noop("Segera berakhir"),
    StepState.RUNNING: gettext_noop("Berjalan"),
    StepState.UPCOMING: gettext_noop("Belum mulai"),
    StepState.DONE: gettext_noop("Selesai"),
    StepState.CONDITIONAL: gettext_noop("Bila perlu"),
    StepState.DROPPED: gettext_noop("Gugur"),
}
STATE_KINDS = {
    StepState.PROBLEM: "bad",
    StepState.LATE: "bad",
    StepState.DUE: "warn",
    StepState.RUNNING: "info",
    StepState.UPCOMING: "idle",
    StepState.DONE: "ok",
    StepState.CONDITIONAL: "idle",
    StepState.DROPPED: "idle",
}


def name_stage(stage: str) -> str:
    """Persiapan, Pencalonan, Pemungutan suara, Penetapan."""
    return gettext(STAGE_WORDS.get(stage, stage))


def name_owner(owner: str, regency: Regency | None = None) -> str:
    """Who carries out a step; the head of the regency by the title of this very one."""
    if owner == "kepala_daerah":
        return get_head_title(regency) if regency else gettext("Bupati/Wali Kota")
    return gettext(OWNER_WORDS.get(owner, owner))


def name_step(step: TimetableStep) -> str:
    """The name of a step in the language of the page."""
    return step.name_en if active_language() == "en" else step.name


def name_state(state: StepState | str) -> str:
    """Terlambat, Segera berakhir, Berjalan and so on."""
    return gettext(STATE_WORDS[StepState(state)])


def get_state_kind(state: StepState | str) -> str:
    """The kind of the status tag: ok, warn, bad, info or idle."""
    return STATE_KINDS[StepState(state)]


def write_length(step: TimetableStep) -> Text:
    """10 hari kerja, 3 hari kalender."""
    if step.count_mode is CountMode.WORKING:
        return Text("{days} hari kerja", days=step.days)
    return Text("{days} hari kalender", days=step.days)
