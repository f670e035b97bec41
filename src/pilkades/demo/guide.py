"""What a visitor can try in the demo: village by village, as whom, and where it leads."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pilkades.apps.accounts.models import User
from pilkades.apps.elections.models import DrawingLot
from pilkades.apps.roll.models import RollEntry
from pilkades.demo.cast import AUDITOR, CITY_DESK, DEPARTMENT, DESK, OUTSIDER
from pilkades.demo.numbering import make_reveal

CARD_VILLAGE = "35.05.10.2011"
VOTER_VILLAGE, VOTER_PLACE = "35.05.04.2010", 11


@dataclass(frozen=True, slots=True)
class Try:
    """One thing to try: where, as whom, in one or two sentences."""

    place: str
    usernames: tuple[str, ...]
    text: str | Promise
    village_code: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """What a candidate of the drawing keeps sealed until it is read out."""

    party: str
    salt: str
    contribution: str


@dataclass(frozen=True, slots=True)
class ExampleVoter:
    """An invented voter of the demo, with what a look-up asks for."""

    nik: str
    birth_date: date
    village_code: str
    village_name: str


TRIES = (
    Try(
        "Kabupaten Blitar",
        (DESK, DEPARTMENT),
        _(
            "Buka papan gelombang: 40 desa, masing-masing dinilai pada waktunya sendiri. Lihat "
            "alarm, kalender, lampiran SK, lalu geser hari pemungutan di “Andai” tanpa mengubah "
            "apa pun. Paket aturan menunjukkan nilai mana yang masih perlu verifikasi."
        ),
    ),
    Try(
        "Desa Karangsono",
        ("ketua.karangsono",),
        _(
            "Berkas Excel sekretaris desa sudah dibaca: judul bertingkat, tanggal sebagai teks, "
            "NIK yang rusak. Perbaiki dengan satu tombol untuk semua yang sejenis, tinggalkan yang "
            "tidak terbaca, lalu terima. Selama DPS belum ditetapkan, impor dapat dibatalkan."
        ),
        "35.05.10.2007",
    ),
    Try(
        "Desa Minggirsari",
        ("ketua.minggirsari",),
        _(
            "DPS sedang diumumkan. Dua warga melapor dan satu orang mungkin tercatat dua kali: "
            "bandingkan berdampingan, perbaiki datanya, jawab laporannya, lalu cetak daftar untuk "
            "ditempel."
        ),
        "35.05.10.2001",
    ),
    Try(
        "Desa Jatinom",
        ("ketua.jatinom",),
        _(
            "Sekretaris mengusulkan penguncian DPT. Periksa halangan yang masih ada, lalu kunci "
            "sebagai orang kedua; sesudah itu tidak ada pemilih yang dapat ditambah atau dicoret."
        ),
        "35.05.10.2002",
    ),
    Try(
        "Desa Dawuhan",
        ("ketua.dawuhan", "kades.dawuhan"),
        _(
            "Lima hari sebelum pemungutan: 1.500 pemilih di empat TPS, petugas sudah bersumpah, "
            "tetapi seorang petugas ternyata saudara calon. Ganti dengan cadangan, catat "
            "penyampaian undangan, lanjutkan serah terima paket yang baru separuh, dan cetak "
            "semuanya."
        ),
        VOTER_VILLAGE,
    ),
    Try(
        "Desa Jatinom",
        ("ketua.jatinom", "sekretaris.jatinom"),
        _(
            "Terima seorang pendaftar baru, catat jawabannya, unggah dokumennya. Setiap dokumen "
            "diperiksa dua orang: satu sebagai ketua, satu sebagai sekretaris. Pendaftar kedua "
            "masih kurang dua surat."
        ),
        "35.05.10.2002",
    ),
    Try(
        "Desa Tlogo",
        ("ketua.tlogo",),
        _(
            "Enam bakal calon memenuhi syarat, paling banyak lima. Lembar nilai sudah diisi dua "
            "petugas; umumkan hasilnya dan baca mengapa yang kelima dan keenam dipisahkan oleh "
            "nilai tes."
        ),
        "35.05.10.2006",
    ),
    Try(
        "Desa Sawentar",
        ("ketua.sawentar", "sekretaris.sawentar"),
        _(
            "Komitmen ketiga calon sudah diserahkan. Tutup komitmen, lalu buka satu per satu "
            "dengan kartu di bawah ini: nomornya mengikuti, dan siapa pun dapat menghitung ulang."
        ),
        CARD_VILLAGE,
    ),
    Try(
        "Desa Kuningan",
        ("ratna.kuningan", "ketua.kuningan", "sekretaris.kuningan"),
        _(
            "Cetak coba surat suara tinggal menunggu persetujuan Ratna Suryani. Setujui sebagai "
            "calon, ajukan penguncian sebagai ketua, kunci sebagai sekretaris."
        ),
        "35.05.10.2012",
    ),
    Try(
        "Desa Pojok",
        ("bpd.pojok",),
        _(
            "Calon tunggal, musyawarah tidak mufakat, pemilihan batal. Dengarkan laporan panitia "
            "sebagai BPD, lalu teruskan melalui camat."
        ),
        "35.05.11.2001",
    ),
    Try(
        "Kabupaten Blitar",
        (AUDITOR,),
        _(
            "Jejak audit memperingatkan bahwa di Desa Dawuhan kunci cetak coba pernah dibuka "
            "lagi. Cari siapa, kapan, dan apa yang berubah."
        ),
    ),
    Try(
        "Kota Batu",
        (CITY_DESK,),
        _("Gelombang kedua, di bawah wali kota dan paket aturan nasional saja."),
    ),
    Try(
        "",
        (OUTSIDER,),
        _("Mallory tidak memegang peran. Coba buka alamat halaman kerja milik orang lain."),
    ),
)


def list_tries() -> list[tuple[Try, list[User]]]:
    """What to try, with the accounts that can; those not played are left out."""
    names = {name for item in TRIES for name in item.usernames}
    users = {user.username: user for user in User.objects.filter(username__in=names)}
    return [
        (item, [users[name] for name in item.usernames if name in users])
        for item in TRIES
        if any(name in users for name in item.usernames)
    ]


def find_example_voter() -> ExampleVoter | None:
    """Somebody invented whom visitors may look up; nobody where the demo has no roll."""
    rows = RollEntry.objects.filter(
        roll__election__village_id=VOTER_VILLAGE,
        roll__election__is_simulation=True,
        is_removed=False,
        birth_date__isnull=False,
    ).exclude(nik_index="")
    entry = rows.select_related("roll__election__village").order_by("pk")[VOTER_PLACE:].first()
    if entry is None or entry.birth_date is None:
        return None
    return ExampleVoter(
        nik=entry.nik,
        birth_date=entry.birth_date,
        village_code=VOTER_VILLAGE,
        village_name=entry.roll.election.village.name,
    )


def list_cards() -> list[Card]:
    """The sealed cards of the drawing that is still to be held."""
    lots = DrawingLot.objects.filter(
        drawing__election__village_id=CARD_VILLAGE,
        drawing__election__is_simulation=True,
        drawing__cancelled_at__isnull=True,
    ).order_by("position")
    cards = []
    for lot in lots:
        opening = make_reveal(CARD_VILLAGE, lot.position)
        cards.append(Card(lot.party, opening.salt.hex(), opening.contribution.hex()))
    return cards
