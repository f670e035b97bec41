"""General provisions of a rule pack: roll, stations, channels, waves, words and training.

Law: Law 6/2014 as amended by Law 3/2024, Permendagri 112/2014, 65/2017 and 72/2020, and above all
the regencies' rules, which contradict each other; hence every number is a field. MK
147/PUU-VII/2009 allows electronic voting at the station under conditions; no rule in force allows
voting from home by internet, so that channel needs a legal basis of its own in the pack, or the
election is a simulation. MK 128/PUU-XIII/2015: a candidate need not live in the village.
Leaves out: candidacy, ballots, ties, disputes, which have modules of their own.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pilkades.law.findings import Finding, Severity
from pilkades.law.pack import RulePack, Status
from pilkades.law.packspec import FieldKind, FieldSpec, Section, TableSpec
from pilkades.text import Text

CHANNELS = ("paper", "station_kiosk", "internet")


@dataclass(frozen=True, slots=True)
class Channel:
    """One way of casting a vote (saluran pemungutan suara) and what allows it."""

    id: str
    is_allowed: bool
    legal_basis: str
    article: str


def list_channels(*, pack: RulePack) -> tuple[Channel, ...]:
    """The channels of a pack; one that the pack does not name is not allowed."""
    return tuple(
        Channel(
            id=entry.id,
            is_allowed=entry.boolean("allowed"),
            legal_basis=entry.text("legal_basis"),
            article=entry.article,
        )
        for entry in pack.table("channel")
    )


def is_simulation_only(*, pack: RulePack) -> bool:
    """Say whether an election under this pack must be marked SIMULASI on every page and paper.

    Law: none allows voting from home by internet today; the pack may name a legal basis
    (`channel` "internet", field `legal_basis`), else whatever is held is a simulation. So is an
    election under a pack with made-up values.
    """
    rows = (*pack.rules.values(), *(row for table in pack.tables.values() for row in table))
    if any(row.status is Status.FICTIONAL for row in rows):
        return True
    return any(
        channel.id == "internet" and channel.is_allowed and not channel.legal_basis
        for channel in list_channels(pack=pack)
    )


# --- what is remarkable ---


def _check_channels(pack: RulePack) -> Iterator[Finding]:
    for entry in pack.table("channel"):
        if entry.id not in CHANNELS:
            text = Text(
                "Saluran “{id}” tidak dikenal. Yang ada: {known}.",
                id=entry.id,
                known=", ".join(CHANNELS),
            )
            yield Finding("channel.unknown", Severity.ERROR, text, entry.id, pack.line_of(entry))
        if entry.id == "internet" and entry.boolean("allowed") and not entry.text("legal_basis"):
            text = Text(
                "Pemungutan lewat internet dibuka tanpa dasar hukum. Setiap halaman dan kertas "
                "pemilihan ini akan bertanda SIMULASI. Isi legal_basis bila dasarnya ada, atau "
                "tulis allowed = false."
            )
            yield Finding(
                "channel.no-legal-basis",
                Severity.WARNING,
                text,
                entry.id,
                pack.line_of(entry),
                entry.article,
            )


def _check_candidate_residence(pack: RulePack) -> Iterator[Finding]:
    rule = pack.rule("candidate.village_residence_required")
    if rule.value:
        text = Text(
            "Syarat bahwa calon bertempat tinggal di desa dibatalkan Mahkamah Konstitusi (putusan "
            "128/PUU-XIII/2015). Calon yang ditolak karena syarat ini dapat menggugat. Tulis "
            "value = false."
        )
        yield Finding(
            "candidate.residence",
            Severity.WARNING,
            text,
            rule.id,
            pack.line_of(rule),
            rule.article,
        )


def _check_ranges(pack: RulePack) -> Iterator[Finding]:
    for low, high in (
        ("station.officers_min", "station.officers_max"),
        ("station.opens_at", "station.closes_at"),
    ):
        if pack.value(low) > pack.value(high):
            rule = pack.rule(high)
            text = Text(
                "“{low}” ({first}) lebih besar daripada “{high}” ({second}). Tukar atau perbaiki.",
                low=low,
                first=pack.value(low),
                high=high,
                second=pack.value(high),
            )
            yield Finding("pack.order", Severity.ERROR, text, high, pack.line_of(rule))


_K = FieldKind
SECTION = Section(
    name="provisions",
    rules=(
        FieldSpec(
            "election.village_kinds",
            _K.CHOICES,
            Text("jenis wilayah yang menyelenggarakan pilkades"),
            choices=("desa", "desa_adat", "kelurahan"),
        ),
        FieldSpec(
            "election.regency_head_title",
            _K.CHOICE,
            Text("sebutan kepala daerah: Bupati atau Wali Kota"),
            choices=("Bupati", "Wali Kota"),
        ),
        FieldSpec(
            "election.results_received_by",
            _K.CHOICE,
            Text("siapa yang menerima hasil dari TPS: village_committee atau district_committee"),
            choices=("village_committee", "district_committee"),
        ),
        FieldSpec(
            "candidate.village_residence_required",
            _K.BOOLEAN,
            Text("true bila calon wajib tinggal di desa (dibatalkan MK 128/PUU-XIII/2015)"),
        ),
        FieldSpec(
            "roll.voter_age_min",
            _K.INTEGER,
            Text("umur paling muda pemilih"),
            minimum=1,
            maximum=99,
        ),
        FieldSpec(
            "roll.age_cutoff",
            _K.CHOICE,
            Text("hari umur dihitung: poll, provisional_roll_fixed atau final_roll_fixed"),
            choices=("poll", "provisional_roll_fixed", "final_roll_fixed"),
        ),
        FieldSpec(
            "roll.married_may_vote_under_age",
            _K.BOOLEAN,
            Text("true bila yang sudah/pernah kawin boleh memilih walau belum cukup umur"),
        ),
        FieldSpec(
            "roll.under_age_document",
            _K.CHOICE,
            Text("bukti bagi pemilih kawin yang belum punya KTP: kk atau marriage_book"),
            choices=("kk", "marriage_book"),
        ),
        FieldSpec(
            "roll.residence_months",
            _K.INTEGER,
            Text("lama tinggal (bulan) sebelum DPS ditetapkan"),
            minimum=0,
            maximum=120,
        ),
        FieldSpec(
            "roll.residence_documents",
            _K.CHOICES,
            Text("bukti tempat tinggal: ktp_el, population_certificate, kk"),
            choices=("ktp_el", "population_certificate", "kk"),
        ),
        FieldSpec(
            "roll.military_police_may_vote",
            _K.BOOLEAN,
            Text("true bila anggota TNI/Polri boleh memilih"),
        ),
        FieldSpec(
            "roll.unlisted_voters_allowed",
            _K.BOOLEAN,
            Text("true bila warga yang tidak terdaftar boleh memilih pada hari pemungutan"),
        ),
        FieldSpec(
            "roll.unlisted_voters_from",
            _K.TIME,
            Text("mulai jam berapa warga tidak terdaftar dilayani"),
            required=False,
        ),
        FieldSpec(
            "roll.unlisted_voters_until",
            _K.TIME,
            Text("sampai jam berapa warga tidak terdaftar dilayani"),
            required=False,
        ),
        FieldSpec(
            "station.voters_max",
            _K.INTEGER,
            Text("pemilih paling banyak per TPS"),
            minimum=1,
            maximum=20_000,
        ),
        FieldSpec(
            "station.officers_min",
            _K.INTEGER,
            Text("anggota KPPS paling sedikit"),
            minimum=1,
            maximum=99,
        ),
        FieldSpec(
            "station.officers_max",
            _K.INTEGER,
            Text("anggota KPPS paling banyak"),
            minimum=1,
            maximum=99,
        ),
        FieldSpec(
            "station.security_officers",
            _K.INTEGER,
            Text("jumlah petugas ketertiban (linmas) per TPS"),
            minimum=0,
            maximum=99,
        ),
        FieldSpec(
            "station.officers_appointed_by",
            _K.CHOICE,
            Text("siapa yang mengangkat KPPS: village_head atau committee"),
            choices=("village_head", "committee"),
        ),
        FieldSpec("station.team_name", _K.TEXT, Text("sebutan petugas TPS, misalnya “KPPS”")),
        FieldSpec(
            "station.box_per_hamlet_allowed",
            _K.BOOLEAN,
            Text("true bila satu TPS boleh memakai satu kotak per dusun"),
        ),
        FieldSpec(
            "station.spare_ballots_percent",
            _K.INTEGER,
            Text("surat suara cadangan, persen dari jumlah pemilih"),
            minimum=0,
            maximum=100,
        ),
        FieldSpec("station.opens_at", _K.TIME, Text("jam pemungutan dibuka")),
        FieldSpec("station.closes_at", _K.TIME, Text("jam pemungutan ditutup")),
        FieldSpec(
            "wave.max_waves", _K.INTEGER, Text("gelombang paling banyak"), minimum=1, maximum=99
        ),
        FieldSpec(
            "wave.period_years",
            _K.INTEGER,
            Text("dalam berapa tahun gelombang dihitung"),
            minimum=1,
            maximum=99,
        ),
        FieldSpec("term.years", _K.INTEGER, Text("lama masa jabatan"), minimum=1, maximum=20),
        FieldSpec(
            "term.max_terms",
            _K.INTEGER,
            Text("paling banyak berapa masa jabatan"),
            minimum=1,
            maximum=9,
        ),
        FieldSpec(
            "term.two_terms_transition_applies",
            _K.BOOLEAN,
            Text("true bila peralihan UU 3/2024 pasal 118 dipakai bagi yang sudah dua kali"),
        ),
        FieldSpec(
            "training.lesson_hours",
            _K.INTEGER,
            Text("jam pelajaran (JP) bimtek KPPS"),
            minimum=0,
            maximum=400,
        ),
        FieldSpec(
            "training.pass_mark_percent",
            _K.INTEGER,
            Text("nilai lulus bimtek, persen"),
            minimum=0,
            maximum=100,
        ),
        FieldSpec(
            "training.certificate_required",
            _K.BOOLEAN,
            Text("true bila KPPS harus bersertifikat sebelum bertugas"),
        ),
        FieldSpec(
            "notice.candidate_fee_allowed",
            _K.BOOLEAN,
            Text("true bila calon boleh dipungut biaya"),
        ),
    ),
    tables=(
        TableSpec(
            "channel",
            Text("saluran pemungutan suara: paper, station_kiosk, internet"),
            (
                FieldSpec("allowed", _K.BOOLEAN, Text("true bila boleh dipakai")),
                FieldSpec(
                    "legal_basis",
                    _K.TEXT,
                    Text("dasar hukum yang membolehkannya"),
                    False,
                    "",
                    may_be_empty=True,
                ),
            ),
        ),
    ),
    checks=(_check_channels, _check_candidate_residence, _check_ranges),
)
