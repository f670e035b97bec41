"""What a rule pack says about station officers (petugas TPS, KPPS) and candidates' agents (saksi).

Law: the regional rules that create the teams; no national text fixes ages, kinship or hours, so
the values of the national pack are borrowed from the rules for general elections and are marked
unverified (ADR 0110). Leaves out the judging (`officers`), degrees (`officers_kinship`), hours and
pay (`officers_pay`).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from pilkades.law.ages import LeapBirthday
from pilkades.law.findings import Finding, Severity
from pilkades.law.pack import Entry, RulePack
from pilkades.law.packspec import FieldKind, FieldSpec, Section, TableSpec
from pilkades.text import Text


class Effect(StrEnum):
    """What a conflict does: it blocks, it warns, or the pack does not look at it."""

    BLOCK = "block"
    WARN = "warn"
    OFF = "off"


class Check(StrEnum):
    """What is looked at in an officer; the ids of the table `officer_check`."""

    AGE_MIN = "age_min"
    AGE_MAX = "age_max"
    RESIDENCE = "residence"
    HEALTH = "health"
    KINSHIP = "kinship"
    PARTY = "party"
    CAMPAIGN = "campaign"
    TWO_STATIONS = "two_stations"
    CANDIDATE = "candidate"
    AGENT = "agent"
    COMMITTEE = "committee"


class Authority(StrEnum):
    """Who appoints the officers (yang mengangkat)."""

    COMMITTEE = "committee"
    VILLAGE_HEAD = "village_head"


class SeatKind(StrEnum):
    """Officer of the station, security officer (linmas), or reserve (cadangan)."""

    STATION = "station"
    SECURITY = "security"
    RESERVE = "reserve"


@dataclass(frozen=True, slots=True)
class CheckRule:
    """Effect of one check, and where it is written."""

    effect: Effect
    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """The duties of one numbered officer (pembagian tugas)."""

    number: int
    name: str
    name_en: str
    voting_duty: str
    counting_duty: str
    honorarium: int
    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerRules:
    """Everything the pack says about officers and agents."""

    team_name: str
    officers_min: int
    officers_max: int
    security_count: int
    reserves_max: int
    authority: Authority
    age_min: int
    age_max: int
    blood_degree_max: int
    marriage_degree_max: int
    party_years: int
    campaign_years: int
    hours_max: int
    tax_percent: Decimal
    oath_text: str
    agent_oath_text: str
    agents_per_station_max: int
    agent_mandate_required: bool
    agent_oath_required: bool
    leap: LeapBirthday
    checks: Mapping[Check, CheckRule]
    roles: tuple[Role, ...]
    size_article: str
    appointment_article: str
    reserve_article: str
    hours_article: str
    oath_article: str
    pay_article: str
    agent_article: str

    @classmethod
    def from_pack(cls, pack: RulePack) -> "OfficerRules":
        """Read `station.…`, `officer.…`, `agent.…` and the tables of checks and roles."""
        return cls(
            team_name=pack.text("station.team_name"),
            officers_min=pack.integer("station.officers_min"),
            officers_max=pack.integer("station.officers_max"),
            security_count=pack.integer("station.security_officers"),
            reserves_max=pack.integer("officer.reserves_max"),
            authority=Authority(pack.text("station.officers_appointed_by")),
            age_min=pack.integer("officer.age_min"),
            age_max=pack.integer("officer.age_max"),
            blood_degree_max=pack.integer("officer.kinship_blood_degree"),
            marriage_degree_max=pack.integer("officer.kinship_marriage_degree"),
            party_years=pack.integer("officer.party_years"),
            campaign_years=pack.integer("officer.campaign_years"),
            hours_max=pack.integer("officer.hours_max"),
            tax_percent=pack.decimal("officer.tax_percent"),
            oath_text=pack.text("officer.oath_text"),
            agent_oath_text=pack.text("agent.oath_text"),
            agents_per_station_max=pack.integer("agent.per_station_max"),
            agent_mandate_required=pack.boolean("agent.mandate_required"),
            agent_oath_required=pack.boolean("agent.oath_required"),
            leap=LeapBirthday(pack.text("age.leap_birthday")),
            checks=_read_checks(pack),
            roles=tuple(_read_role(entry) for entry in pack.table("officer_role")),
            size_article=pack.rule("station.officers_min").article,
            appointment_article=pack.rule("station.officers_appointed_by").article,
            reserve_article=pack.rule("officer.reserves_max").article,
            hours_article=pack.rule("officer.hours_max").article,
            oath_article=pack.rule("officer.oath_text").article,
            pay_article=pack.rule("officer.tax_percent").article,
            agent_article=pack.rule("agent.per_station_max").article,
        )

    def find_role(self, kind: SeatKind, number: int) -> Role | None:
        """The duties of a seat; None where the pack divides them no further."""
        if kind is SeatKind.SECURITY:
            return next((role for role in self.roles if role.number == 0), None)
        if kind is SeatKind.RESERVE:
            return None
        return next((role for role in self.roles if role.number == number), None)

    def list_seats(self) -> Iterator[tuple[SeatKind, int]]:
        """Every seat that a team may have, reserves last."""
        for kind, count in (
            (SeatKind.STATION, self.officers_max),
            (SeatKind.SECURITY, self.security_count),
            (SeatKind.RESERVE, self.reserves_max),
        ):
            for number in range(1, count + 1):
                yield kind, number


def _read_checks(pack: RulePack) -> dict[Check, CheckRule]:
    found = {entry.id: entry for entry in pack.table("officer_check")}
    return {
        check: CheckRule(Effect(found[check].text("effect")), found[check].article)
        for check in Check
        if check in found
    }


def _read_role(entry: Entry) -> Role:
    return Role(
        number=entry.integer("number"),
        name=entry.text("name"),
        name_en=entry.text("name_en"),
        voting_duty=entry.text("voting_duty"),
        counting_duty=entry.text("counting_duty"),
        honorarium=entry.integer("honorarium"),
        article=entry.article,
    )


def _check_table(pack: RulePack) -> Iterable[Finding]:
    """A check that nobody knows would be silently ignored; so it is an error."""
    for entry in pack.table("officer_check"):
        if entry.id not in tuple(Check):
            text = Text(
                "“{name}” bukan pemeriksaan petugas yang dikenal. Yang dikenal: {known}.",
                name=entry.id,
                known=tuple(Check),
            )
            yield Finding(
                "officer.unknown-check",
                Severity.ERROR,
                text,
                entry.id,
                pack.line_of(entry),
                entry.article,
            )


def _check_ages(pack: RulePack) -> Iterable[Finding]:
    low, high = pack.integer("officer.age_min"), pack.integer("officer.age_max")
    if high and low > high:
        rule = pack.rule("officer.age_max")
        text = Text(
            "Umur petugas paling tinggi ({high}) di bawah umur paling rendah ({low}). Tukar atau "
            "perbaiki.",
            low=low,
            high=high,
        )
        yield Finding(
            "officer.ages", Severity.ERROR, text, rule.id, pack.line_of(rule), rule.article
        )


_K = FieldKind


def _count(name: str, text: Text, most: int = 99) -> FieldSpec:
    return FieldSpec(name, _K.INTEGER, text, minimum=0, maximum=most)


SECTION = Section(
    name="officers",
    may_be_absent=True,
    rules=(
        _count("officer.age_min", Text("umur petugas TPS paling rendah, tahun")),
        _count("officer.age_max", Text("umur petugas TPS paling tinggi, tahun; 0 tanpa batas")),
        _count(
            "officer.kinship_blood_degree",
            Text("sampai derajat ke berapa hubungan darah dengan calon dihitung; 0 hanya pasangan"),
            9,
        ),
        _count(
            "officer.kinship_marriage_degree",
            Text("sampai derajat ke berapa hubungan semenda dengan calon dihitung"),
            9,
        ),
        _count(
            "officer.party_years",
            Text("berapa tahun sebelum pemungutan petugas harus sudah keluar dari partai"),
        ),
        _count(
            "officer.campaign_years",
            Text("berapa tahun sebelum pemungutan petugas tidak menjadi tim kampanye"),
        ),
        _count("officer.reserves_max", Text("petugas cadangan paling banyak per TPS")),
        _count("officer.hours_max", Text("jam bertugas dalam satu hari; lebih dari itu ditegur")),
        FieldSpec(
            "officer.tax_percent",
            _K.DECIMAL,
            Text("pajak atas honorarium, persen; panitia dapat mengubahnya pada daftar"),
            minimum=Decimal(0),
            maximum=Decimal(100),
        ),
        FieldSpec("officer.oath_text", _K.TEXT, Text("bunyi sumpah atau janji petugas TPS")),
        _count("agent.per_station_max", Text("saksi satu calon di satu TPS paling banyak")),
        FieldSpec(
            "agent.mandate_required", _K.BOOLEAN, Text("true bila saksi harus membawa surat mandat")
        ),
        FieldSpec("agent.oath_required", _K.BOOLEAN, Text("true bila saksi disumpah")),
        FieldSpec("agent.oath_text", _K.TEXT, Text("bunyi sumpah atau janji saksi")),
    ),
    tables=(
        TableSpec(
            "officer_check",
            Text("apa yang diperiksa pada petugas TPS, dan apakah menghalangi atau memperingatkan"),
            (
                FieldSpec(
                    "effect",
                    _K.CHOICE,
                    Text("block menghalangi, warn memperingatkan, off tidak diperiksa"),
                    choices=tuple(Effect),
                ),
            ),
        ),
        TableSpec(
            "officer_role",
            Text("pembagian tugas petugas TPS menurut nomor"),
            (
                FieldSpec(
                    "number",
                    _K.INTEGER,
                    Text("nomor petugas; 1 ketua, 0 petugas ketertiban"),
                    minimum=0,
                    maximum=99,
                ),
                FieldSpec("name", _K.TEXT, Text("sebutan peran")),
                FieldSpec("name_en", _K.TEXT, Text("sebutan peran dalam bahasa Inggris")),
                FieldSpec("voting_duty", _K.TEXT, Text("tugas selama pemungutan")),
                FieldSpec("counting_duty", _K.TEXT, Text("tugas selama penghitungan")),
                FieldSpec(
                    "voting_duty_en",
                    _K.TEXT,
                    Text("tugas selama pemungutan dalam bahasa Inggris"),
                    required=False,
                ),
                FieldSpec(
                    "counting_duty_en",
                    _K.TEXT,
                    Text("tugas selama penghitungan dalam bahasa Inggris"),
                    required=False,
                ),
                FieldSpec(
                    "honorarium",
                    _K.INTEGER,
                    Text("honorarium, rupiah; 0 bila panitia yang menetapkan"),
                    required=False,
                    default=0,
                    minimum=0,
                    maximum=99_999_999,
                ),
            ),
        ),
    ),
    checks=(_check_table, _check_ages),
)
