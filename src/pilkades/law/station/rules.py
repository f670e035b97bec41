"""What a pack says about a station's day: the ordered acts, hours, admission, replacement.

Law: Permendagri 112/2014 on voting and counting, and above all the regencies' rules, which disagree
on lost invitations, unlisted voters, extension and signatures. Every one of those is a field here,
with the article of the pack kept beside it for the sentence that people read.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum

from pilkades.law.pack import Entry, RulePack, Status
from pilkades.law.station.states import Phase

TABLE = "procedure"


class Officer(StrEnum):
    """Who performs an act or decides (petugas)."""

    CHAIR = "chair"
    MEMBERS = "members"
    EVERYONE = "everyone"
    CHAIR_WITH_AGENTS = "chair_with_agents"


class Permission(StrEnum):
    """What a rule says to a request: let in, refuse, or ask the chair."""

    ADMIT = "admit"
    REFUSE = "refuse"
    ASK = "ask"


class Agreement(StrEnum):
    """Who must agree to an extension (persetujuan saksi)."""

    ALL_AGENTS = "all_agents"
    MAJORITY = "majority"
    CHAIR = "chair"


class Document(StrEnum):
    """A paper that shows who somebody is (dokumen identitas)."""

    KTP_EL = "ktp_el"
    POPULATION_CERTIFICATE = "population_certificate"
    KK = "kk"
    MARRIAGE_BOOK = "marriage_book"
    OTHER = "other"


class Helper(StrEnum):
    """Who may come into the booth with a voter (pendamping)."""

    CHOSEN = "chosen"
    OFFICER = "officer"
    AGENT = "agent"
    CANDIDATE = "candidate"


class Impairment(StrEnum):
    """Why a voter may be helped (alasan pendampingan)."""

    BLIND = "blind"
    DISABLED = "disabled"
    SICK = "sick"
    ILLITERATE = "illiterate"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureAct:
    """One act of the procedure (langkah tata cara), in the order of the pack."""

    id: str
    phase: Phase
    title: str
    by: Officer
    article: str
    title_en: str = ""
    form: str = ""
    not_before: time | None = None
    chair_signs: bool = False
    members_sign_min: int = 0
    status: Status = Status.VERIFIED


@dataclass(frozen=True, slots=True, kw_only=True)
class AdmissionRules:
    """Who is let in to vote (penerimaan pemilih)."""

    identity_documents: frozenset[Document] = frozenset((Document.KTP_EL,))
    identity_required_with_invitation: bool = False
    lost_invitation_documents: frozenset[Document] = frozenset((Document.KTP_EL,))
    under_age_documents: frozenset[Document] = frozenset((Document.KK,))
    identity_mismatch: Permission = Permission.ASK
    other_station: Permission = Permission.ASK
    unlisted_allowed: bool = False
    unlisted_from: time = time.min
    unlisted_until: time = time.max
    unlisted_documents: frozenset[Document] = frozenset((Document.KTP_EL,))


@dataclass(frozen=True, slots=True, kw_only=True)
class StationRules:
    """A station's day under one pack (tata cara di TPS)."""

    pack_id: str
    acts: tuple[ProcedureAct, ...]
    opens_at: time = time(7)
    closes_at: time = time(13)
    may_close_early: bool = False
    extensions_max: int = 0
    extension_minutes: int = 60
    extension_needs_queue: bool = True
    extension_agreement: Agreement = Agreement.ALL_AGENTS
    correction_members_min: int = 2
    admission: AdmissionRules = AdmissionRules()
    helped_voters: frozenset[Impairment] = frozenset((Impairment.BLIND, Impairment.DISABLED))
    helpers_barred: frozenset[Helper] = frozenset()
    helper_statement_required: bool = True
    damaged_max: int = 1
    mistaken_max: int = 1
    articles: Mapping[str, str] = field(default_factory=dict)

    def acts_of(self, phase: Phase) -> tuple[ProcedureAct, ...]:
        return tuple(act for act in self.acts if act.phase is phase)

    def article(self, rule_id: str) -> str:
        """The article of one rule of the pack, empty where rules were made without a pack."""
        return self.articles.get(rule_id, "")

    @classmethod
    def from_pack(cls, pack: RulePack) -> "StationRules":
        return cls(
            pack_id=pack.id,
            acts=tuple(_read_act(entry) for entry in pack.table(TABLE)),
            opens_at=pack.clock_time("station.opens_at"),
            closes_at=pack.clock_time("station.closes_at"),
            may_close_early=pack.boolean("station.may_close_early"),
            extensions_max=pack.integer("station.extensions_max"),
            extension_minutes=pack.integer("station.extension_minutes"),
            extension_needs_queue=pack.boolean("station.extension_needs_queue"),
            extension_agreement=Agreement(pack.text("station.extension_agreement")),
            correction_members_min=pack.integer("statement.correction_members_min"),
            admission=_read_admission(pack),
            helped_voters=frozenset(map(Impairment, pack.texts("helper.voters"))),
            helpers_barred=frozenset(map(Helper, pack.texts("helper.barred"))),
            helper_statement_required=pack.boolean("helper.statement_required"),
            damaged_max=pack.integer("replacement.damaged_max"),
            mistaken_max=pack.integer("replacement.mistaken_max"),
            articles={rule_id: rule.article for rule_id, rule in pack.rules.items()},
        )


def _read_act(entry: Entry) -> ProcedureAct:
    return ProcedureAct(
        id=entry.id,
        phase=Phase(entry.text("phase")),
        title=entry.text("title"),
        title_en=entry.text("title_en"),
        by=Officer(entry.text("by")),
        article=entry.article,
        form=entry.text("form"),
        not_before=entry.values.get("not_before"),
        chair_signs=entry.boolean("chair_signs"),
        members_sign_min=entry.integer("members_sign_min"),
        status=entry.status,
    )


def _read_admission(pack: RulePack) -> AdmissionRules:
    return AdmissionRules(
        identity_documents=_documents(pack.texts("admission.identity_documents")),
        identity_required_with_invitation=pack.boolean(
            "admission.identity_required_with_invitation"
        ),
        lost_invitation_documents=_documents(pack.texts("admission.lost_invitation_documents")),
        under_age_documents=_documents((pack.text("roll.under_age_document"),)),
        identity_mismatch=Permission(pack.text("admission.identity_mismatch")),
        other_station=Permission(pack.text("admission.other_station")),
        unlisted_allowed=pack.boolean("roll.unlisted_voters_allowed"),
        unlisted_from=_hour(pack, "roll.unlisted_voters_from", time.min),
        unlisted_until=_hour(pack, "roll.unlisted_voters_until", time.max),
        unlisted_documents=_documents(pack.texts("admission.unlisted_documents")),
    )


def _hour(pack: RulePack, rule_id: str, default: time) -> time:
    return pack.clock_time(rule_id) if pack.has(rule_id) else default


def _documents(names: tuple[str, ...]) -> frozenset[Document]:
    return frozenset(map(Document, names))
