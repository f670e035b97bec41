"""Which villages are shown, at which moment each stands, who plays there and whom a visitor may be.

Codes and names of places are real (Kabupaten Blitar, Kota Batu); people are invented.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext_noop

from pilkades.demo.cast import (
    AUDITOR,
    CAMAT,
    CITY_DESK,
    DEPARTMENT,
    DESK,
    DISTRICT_COMMITTEE,
    OUTSIDER,
    Persona,
)
from pilkades.demo.director import Story, at
from pilkades.demo.rolls import (
    list_announced,
    list_everything,
    list_fixed,
    list_locked,
    list_messy,
)
from pilkades.demo.staffing import HEAD
from pilkades.demo.stories import (
    RATNA,
    tell_campaign,
    tell_city,
    tell_completion,
    tell_drawing,
    tell_extension,
    tell_preparation,
    tell_proof,
    tell_registration,
    tell_roll,
    tell_selection,
    tell_single,
    tell_void,
)
from pilkades.demo.village import CHAIR, COUNCIL, SECRETARY, VillagePlay

REGENCY, CITY = "35.05", "35.79"


@dataclass(frozen=True, slots=True)
class Script:
    """One village of the demo: where, at which moment it stands, what is told, and by whom.

    `roll` tells of its voters, officers and logistics, of as many people as `voters` says.
    """

    code: str
    slug: str
    moment: datetime
    story: Callable[[VillagePlay], Story]
    names: Mapping[str, str] = field(default_factory=dict)
    roll: Callable[[VillagePlay], Story] | None = None
    voters: int = 0


SCRIPTS = (
    Script(
        "35.05.10.2007",
        "karangsono",
        at(7, 30, 10),
        tell_preparation,
        {CHAIR: "Wiwik Mulyani"},
        roll=list_messy,
        voters=320,
    ),
    Script(
        "35.05.10.2001",
        "minggirsari",
        at(8, 5, 9),
        tell_roll,
        {CHAIR: "Nanik Susilowati"},
        roll=list_announced,
        voters=300,
    ),
    Script(
        "35.05.10.2002",
        "jatinom",
        at(8, 25, 10),
        tell_registration,
        {CHAIR: "Sari Handayani", SECRETARY: "Slamet Utomo"},
        roll=list_fixed,
        voters=260,
    ),
    Script("35.05.10.2003", "gogodeso", at(9, 10, 10), tell_completion),
    Script("35.05.10.2005", "papungan", at(10, 1, 9), tell_extension),
    Script(
        "35.05.10.2006",
        "tlogo",
        at(10, 30, 13),
        tell_selection,
        {CHAIR: "Gatot Purnomo"},
    ),
    Script(
        "35.05.10.2011",
        "sawentar",
        at(11, 2, 9),
        tell_drawing,
        {CHAIR: "Lestari Wibowo", SECRETARY: "Fajar Nugroho"},
    ),
    Script(
        "35.05.10.2012",
        "kuningan",
        at(11, 3, 10),
        tell_proof,
        {CHAIR: "Imam Hidayat", SECRETARY: "Umi Rahayu", RATNA: "Ratna Suryani"},
        roll=list_locked,
        voters=340,
    ),
    Script(
        "35.05.04.2010",
        "dawuhan",
        at(11, 18, 9),
        tell_campaign,
        {CHAIR: "Titik Pujiastuti", HEAD: "Harsono"},
        roll=list_everything,
        voters=1_500,
    ),
    Script("35.05.11.2007", "slorok", at(11, 10, 9), tell_single),
    Script("35.05.11.2001", "pojok", at(11, 2, 14), tell_void, {COUNCIL: "Bayu Hartono"}),
)

WAVE_MOMENT = at(11, 18, 9)
"""The desk looks at the wave on the day of the village that is furthest."""

PERSONAS = (
    Persona(
        DESK, gettext_noop("Kabupaten Blitar: panitia kabupaten; gelombang, jadwal, papan 40 desa")
    ),
    Persona(
        DEPARTMENT, gettext_noop("Kabupaten Blitar: Dinas PMD; orang kedua yang menetapkan aturan")
    ),
    Persona(AUDITOR, gettext_noop("Kabupaten Blitar: Inspektorat; jejak audit dan peringatannya")),
    Persona(CITY_DESK, gettext_noop("Kota Batu: panitia kota, di bawah wali kota")),
    Persona(CAMAT, gettext_noop("Kecamatan Kanigoro: camat; kotak masuk kecamatan")),
    Persona(
        DISTRICT_COMMITTEE,
        gettext_noop("Kecamatan Kanigoro: panitia kecamatan; hasil, kejadian, tenggat"),
    ),
    Persona(
        "bpd.pojok",
        gettext_noop(
            "Desa Pojok, 2 November: ketua BPD; mendengar laporan calon tunggal tanpa mufakat"
        ),
    ),
    Persona(
        "ketua.karangsono",
        gettext_noop("Desa Karangsono, 30 Juli: ketua panitia; impor daftar pemilih dari Excel"),
    ),
    Persona(
        "ketua.minggirsari",
        gettext_noop("Desa Minggirsari, 5 Agustus: ketua panitia; DPS dan laporan warga"),
    ),
    Persona(
        "ketua.jatinom",
        gettext_noop(
            "Desa Jatinom, 25 Agustus: ketua panitia; menerima dan memeriksa berkas pendaftaran"
        ),
    ),
    Persona(
        "sekretaris.jatinom", gettext_noop("Desa Jatinom, 25 Agustus: sekretaris; pemeriksa kedua")
    ),
    Persona(
        "ketua.tlogo",
        gettext_noop("Desa Tlogo, 30 Oktober: ketua panitia; seleksi enam bakal calon"),
    ),
    Persona(
        "ketua.sawentar",
        gettext_noop("Desa Sawentar, 2 November: ketua panitia; hari pengundian nomor"),
    ),
    Persona(
        "sekretaris.sawentar",
        gettext_noop("Desa Sawentar, 2 November: sekretaris; mencatat pengundian"),
    ),
    Persona(
        "ketua.kuningan",
        gettext_noop("Desa Kuningan, 3 November: ketua panitia; cetak coba surat suara"),
    ),
    Persona(
        "sekretaris.kuningan",
        gettext_noop("Desa Kuningan, 3 November: sekretaris; mengunci cetak coba"),
    ),
    Persona(
        "ratna.kuningan", gettext_noop("Desa Kuningan, 3 November: calon; menyetujui cetak coba")
    ),
    Persona(
        "ketua.dawuhan",
        gettext_noop("Desa Dawuhan, 18 November: ketua panitia; petugas TPS, undangan, logistik"),
    ),
    Persona(
        "kades.dawuhan",
        gettext_noop("Desa Dawuhan, 18 November: kepala desa; menetapkan SK petugas TPS"),
    ),
    Persona(OUTSIDER, gettext_noop("Orang luar: tanpa peran; coba apa yang tidak boleh dilihat")),
)

NEIGHBOURS: tuple[tuple[str, datetime, tuple[str, ...]], ...] = (
    # district, moment, villages of which somebody forgot to record a step
    ("35.05.01", at(7, 23, 9), ("35.05.01.2004",)),
    ("35.05.04", at(8, 7, 9), ("35.05.04.2005", "35.05.04.2013")),
    ("35.05.10", at(8, 19, 9), ()),
    ("35.05.11", at(8, 14, 9), ("35.05.11.2008",)),
    ("35.05.14", at(7, 30, 9), ("35.05.14.2003",)),
)
"""The other villages of the wave: no committee of their own here, the desk records their steps."""

NEIGHBOURS_MAX = {"35.05.01": 6, "35.05.14": 5}
FORGOTTEN = ("officers_formation", "provisional_roll_announced", "committee_formation")

CITY_SCRIPT = Script("35.79.01.2008", "pesanggrahan", at(9, 2, 10), tell_city)
CITY_VILLAGES = (
    "35.79.01.2006",
    "35.79.01.2008",
    "35.79.02.2006",
    "35.79.02.2007",
    "35.79.03.2003",
    "35.79.03.2006",
)
