"""What a pack may say about a station's day."""

from enum import StrEnum

from pilkades.law.packspec import FieldKind, FieldSpec, TableSpec
from pilkades.law.station.rules import (
    TABLE,
    Agreement,
    Document,
    Helper,
    Impairment,
    Officer,
    Permission,
)
from pilkades.law.station.states import Phase
from pilkades.text import Text

_K = FieldKind


def _words(kinds: type[StrEnum]) -> tuple[str, ...]:
    return tuple(kind.value for kind in kinds)


ENTRY = TableSpec(
    TABLE,
    Text(
        "Langkah tata cara di TPS menurut urutannya; kabupaten boleh menyisipkan dan mengurutkan."
    ),
    (
        FieldSpec(
            "phase",
            _K.CHOICE,
            Text("opening (pembukaan), accounting (penutupan) atau statement (berita acara)."),
            choices=_words(Phase),
        ),
        FieldSpec("title", _K.TEXT, Text("Langkahnya dalam satu kalimat, seperti dibacakan.")),
        FieldSpec(
            "title_en",
            _K.TEXT,
            Text("Langkahnya dalam bahasa Inggris."),
            required=False,
            default="",
            may_be_empty=True,
        ),
        FieldSpec(
            "by",
            _K.CHOICE,
            Text("Pelaku: chair, members, everyone atau chair_with_agents."),
            choices=_words(Officer),
        ),
        FieldSpec(
            "form",
            _K.TEXT,
            Text("Formulir yang dipakai, bila ada."),
            required=False,
            default="",
            may_be_empty=True,
        ),
        FieldSpec(
            "not_before", _K.TIME, Text("Jam paling awal, misalnya 06:00:00."), required=False
        ),
        FieldSpec(
            "chair_signs",
            _K.BOOLEAN,
            Text("true bila ketua harus menandatangani pada langkah ini."),
            required=False,
            default=False,
        ),
        FieldSpec(
            "members_sign_min",
            _K.INTEGER,
            Text("Jumlah anggota yang paling sedikit menandatangani pada langkah ini."),
            required=False,
            default=0,
            minimum=0,
            maximum=20,
        ),
    ),
)

_DOCUMENTS = _words(Document)

FIELDS = (
    FieldSpec(
        "station.may_close_early",
        _K.BOOLEAN,
        Text("true bila TPS boleh ditutup sebelum jamnya ketika semua pemilih sudah memilih."),
    ),
    FieldSpec(
        "station.extensions_max",
        _K.INTEGER,
        Text("Paling banyak berapa kali waktu boleh diperpanjang; 0 bila tidak boleh."),
        minimum=0,
        maximum=24,
    ),
    FieldSpec(
        "station.extension_minutes",
        _K.INTEGER,
        Text("Lama satu kali perpanjangan dalam menit."),
        minimum=1,
        maximum=720,
    ),
    FieldSpec(
        "station.extension_needs_queue",
        _K.BOOLEAN,
        Text("true bila perpanjangan hanya boleh ketika masih ada antrean."),
    ),
    FieldSpec(
        "station.extension_agreement",
        _K.CHOICE,
        Text("Siapa yang menyetujui perpanjangan: all_agents, majority (saksi) atau chair."),
        choices=_words(Agreement),
    ),
    FieldSpec(
        "statement.correction_members_min",
        _K.INTEGER,
        Text("Jumlah anggota yang paling sedikit menandatangani perbaikan berita acara."),
        minimum=0,
        maximum=20,
    ),
    FieldSpec(
        "admission.identity_documents",
        _K.CHOICES,
        Text("Dokumen yang diterima sebagai bukti diri."),
        choices=_DOCUMENTS,
    ),
    FieldSpec(
        "admission.identity_required_with_invitation",
        _K.BOOLEAN,
        Text("true bila pemilih yang membawa undangan juga harus menunjukkan bukti diri."),
    ),
    FieldSpec(
        "admission.lost_invitation_documents",
        _K.CHOICES,
        Text("Dokumen yang diterima bila undangan tidak ada; kosong bila tidak boleh memilih."),
        choices=_DOCUMENTS,
        may_be_empty=True,
    ),
    FieldSpec(
        "admission.identity_mismatch",
        _K.CHOICE,
        Text("Bila bukti diri tidak cocok dengan DPT: refuse (tolak) atau ask (ketua memutuskan)."),
        choices=(Permission.REFUSE.value, Permission.ASK.value),
    ),
    FieldSpec(
        "admission.other_station",
        _K.CHOICE,
        Text("Pemilih yang terdaftar di TPS lain: admit, ask (ketua memutuskan) atau refuse."),
        choices=_words(Permission),
    ),
    FieldSpec(
        "admission.unlisted_documents",
        _K.CHOICES,
        Text("Dokumen yang harus ditunjukkan pemilih di luar DPT, bila dibolehkan."),
        choices=_DOCUMENTS,
        may_be_empty=True,
    ),
    FieldSpec(
        "helper.voters",
        _K.CHOICES,
        Text("Pemilih yang boleh didampingi: blind, disabled, sick, illiterate."),
        choices=_words(Impairment),
        may_be_empty=True,
    ),
    FieldSpec(
        "helper.barred",
        _K.CHOICES,
        Text("Siapa yang tidak boleh menjadi pendamping: officer, agent, candidate."),
        choices=_words(Helper),
        may_be_empty=True,
    ),
    FieldSpec(
        "helper.statement_required",
        _K.BOOLEAN,
        Text("true bila pendamping menandatangani surat pernyataan menjaga kerahasiaan."),
    ),
    FieldSpec(
        "replacement.damaged_max",
        _K.INTEGER,
        Text("Berapa kali seorang pemilih boleh mengganti surat suara yang rusak."),
        minimum=0,
        maximum=9,
    ),
    FieldSpec(
        "replacement.mistaken_max",
        _K.INTEGER,
        Text("Berapa kali seorang pemilih boleh mengganti surat suara yang keliru dicoblos."),
        minimum=0,
        maximum=9,
    ),
)
