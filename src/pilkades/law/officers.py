"""Who may serve at a station, and whether a team is complete.

Law: regional rules create the station team and say who may sit in it; the check list is the pack's
(`officer_check`), each with its article and whether it blocks or warns. A block cannot be
overridden; a warning needs a written reason, which the service keeps. What was not asked yet is a
finding of its own, never a yes. Leaves out degrees (`officers_kinship`), hours and pay
(`officers_pay`).
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from pilkades.errors import RuleViolationError
from pilkades.law.ages import count_full_years, find_anniversary
from pilkades.law.findings import Finding, Severity
from pilkades.law.officers_kinship import RELATION_NAMES, Relation, Tie, compute_kinship
from pilkades.law.officers_rules import Check, Effect, OfficerRules, SeatKind
from pilkades.text import Text

UNANSWERED = "unanswered"
SAME_NAME = "committee_name"
_SEVERITY = {Effect.BLOCK: Severity.ERROR, Effect.WARN: Severity.WARNING}


@dataclass(frozen=True, slots=True)
class Kin:
    """What the officer is to one candidate; None where nobody has asked yet."""

    candidate: str
    relation: Relation | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """A tie to a party or a campaign: None not asked, and when it ended if it did."""

    was_ever: bool | None = None
    is_still: bool = False
    ended_date: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerFacts:
    """What is known of one officer on the day of judging; None means not asked yet."""

    birth_date: date
    poll_date: date
    lives_in_village: bool | None = None
    is_healthy: bool | None = None
    kin: tuple[Kin, ...] = ()
    party: Membership = field(default_factory=Membership)
    campaign: Membership = field(default_factory=Membership)
    other_station: str = ""
    is_candidate: bool = False
    is_agent: bool = False
    is_committee_member: bool = False
    same_name_in_committee: str = ""


def check_officer(*, rules: OfficerRules, facts: OfficerFacts) -> tuple[Finding, ...]:
    """Everything that speaks against one officer, blocks and warnings, each with its article.

    Law: the regional rules on station teams, pack table `officer_check` and fields `officer.…`.
    Age counts on polling day; years since a party or campaign end on polling day, the anniversary
    itself being enough; the law is silent on all three days (ADR 0110).
    """
    found = [
        *_check_age(rules, facts),
        *_check_answers(rules, facts),
        *_check_kinship(rules, facts),
        *_check_membership(rules, facts),
        *_check_offices(rules, facts),
    ]
    return tuple(sorted(found, key=lambda item: item.severity is not Severity.ERROR))


def require_one_station(*, rules: OfficerRules, other_station: str) -> None:
    """Refuse a person who serves at another station already.

    Law: regional; an officer cannot be at two stations on one day, whatever a pack says, so this
    is refused at once and not left to the table. Raises RuleViolationError `officer.two-stations`.
    """
    if not other_station:
        return
    raise RuleViolationError(
        "officer.two-stations",
        Text(
            "Orang dengan NIK ini sudah bertugas di {station}. Satu orang bertugas di satu TPS. "
            "Pilih orang lain, atau keluarkan dahulu dari {station}.",
            station=other_station,
        ),
        article=_article(rules, Check.TWO_STATIONS),
    )


def check_team(
    *, rules: OfficerRules, seats: Sequence[tuple[SeatKind, int]]
) -> tuple[Finding, ...]:
    """Whether a team may be appointed: a chair, enough officers, the security officers.

    Law: Permendagri 112/2014 leaves the numbers to the regency; pack fields
    `station.officers_min`, `station.officers_max`, `station.security_officers`,
    `officer.reserves_max`. Reserves do not count towards the number.
    """
    counts = Counter(kind for kind, _ in seats)
    return tuple(_check_numbers(rules, counts, has_chair=(SeatKind.STATION, 1) in seats))


def require_agent_place(*, rules: OfficerRules, present: int, candidate: str, station: str) -> None:
    """Refuse one agent more than a candidate may have at one station.

    Law: Permendagri 112/2014 knows agents with a mandate; the number is the pack's,
    `agent.per_station_max`. Raises RuleViolationError `agent.limit`.
    """
    if present < rules.agents_per_station_max:
        return
    raise RuleViolationError(
        "agent.limit",
        Text(
            "{candidate} sudah mempunyai {count} saksi di {station}, yang terbanyak menurut "
            "aturan. Ganti saksi yang ada, atau pilih TPS lain.",
            candidate=candidate,
            count=present,
            station=station,
        ),
        article=rules.agent_article,
    )


def _check_age(rules: OfficerRules, facts: OfficerFacts) -> Iterator[Finding]:
    years = count_full_years(start_date=facts.birth_date, on_date=facts.poll_date, leap=rules.leap)
    if years < rules.age_min:
        yield from _finding(
            rules,
            Check.AGE_MIN,
            Text(
                "Pada hari pemungutan baru berumur {years} tahun; petugas paling muda {least} "
                "tahun.",
                years=years,
                least=rules.age_min,
            ),
        )
    if rules.age_max and years > rules.age_max:
        yield from _finding(
            rules,
            Check.AGE_MAX,
            Text(
                "Pada hari pemungutan sudah berumur {years} tahun; petugas paling tua {most} "
                "tahun.",
                years=years,
                most=rules.age_max,
            ),
        )


def _check_answers(rules: OfficerRules, facts: OfficerFacts) -> Iterator[Finding]:
    if facts.lives_in_village is None:
        yield from _unanswered(
            rules, Check.RESIDENCE, Text("Belum dijawab: apakah bertempat tinggal di desa ini.")
        )
    elif not facts.lives_in_village:
        yield from _finding(rules, Check.RESIDENCE, Text("Tidak bertempat tinggal di desa ini."))
    if facts.is_healthy is None:
        yield from _unanswered(
            rules, Check.HEALTH, Text("Belum ada pernyataan sehat untuk bertugas sehari penuh.")
        )
    elif not facts.is_healthy:
        yield from _finding(
            rules, Check.HEALTH, Text("Menyatakan tidak sehat untuk bertugas sehari penuh.")
        )


def _check_kinship(rules: OfficerRules, facts: OfficerFacts) -> Iterator[Finding]:
    for kin in facts.kin:
        if kin.relation is None:
            text = Text(
                "Belum dijawab: hubungan keluarga dengan {candidate}.", candidate=kin.candidate
            )
            yield from _unanswered(rules, Check.KINSHIP, text)
        elif _is_too_near(rules, kin.relation):
            yield from _finding(rules, Check.KINSHIP, _describe_kin(kin.candidate, kin.relation))


def _is_too_near(rules: OfficerRules, relation: Relation) -> bool:
    kinship = compute_kinship(relation=relation)
    if kinship.tie is Tie.BLOOD:
        return kinship.degree <= rules.blood_degree_max
    return kinship.tie is Tie.MARRIAGE and kinship.degree <= rules.marriage_degree_max


def _describe_kin(candidate: str, relation: Relation) -> Text:
    kinship = compute_kinship(relation=relation)
    word = RELATION_NAMES[relation]
    if relation is Relation.SPOUSE:
        return Text("Suami atau istri {candidate}.", candidate=candidate)
    if kinship.tie is Tie.BLOOD:
        return Text(
            "Keluarga {candidate}: {relation}, hubungan darah derajat ke-{degree}.",
            candidate=candidate,
            relation=word,
            degree=kinship.degree,
        )
    return Text(
        "Keluarga {candidate}: {relation}, hubungan semenda derajat ke-{degree}.",
        candidate=candidate,
        relation=word,
        degree=kinship.degree,
    )


def _check_membership(rules: OfficerRules, facts: OfficerFacts) -> Iterator[Finding]:
    if facts.party.was_ever is None:
        text = Text("Belum dijawab: keanggotaan partai politik.")
        yield from _unanswered(rules, Check.PARTY, text)
    elif facts.party.is_still:
        yield from _finding(rules, Check.PARTY, Text("Masih menjadi anggota partai politik."))
    elif _is_recent(rules, facts.party, rules.party_years, facts.poll_date):
        text = Text(
            "Belum {years} tahun keluar dari partai politik pada hari pemungutan.",
            years=rules.party_years,
        )
        yield from _finding(rules, Check.PARTY, text)
    if facts.campaign.was_ever is None:
        text = Text("Belum dijawab: keikutsertaan dalam tim kampanye.")
        yield from _unanswered(rules, Check.CAMPAIGN, text)
    elif facts.campaign.is_still:
        yield from _finding(
            rules, Check.CAMPAIGN, Text("Masih menjadi tim kampanye atau pemenangan calon.")
        )
    elif _is_recent(rules, facts.campaign, rules.campaign_years, facts.poll_date):
        text = Text(
            "Belum {years} tahun sejak menjadi tim kampanye pada hari pemungutan.",
            years=rules.campaign_years,
        )
        yield from _finding(rules, Check.CAMPAIGN, text)


def _is_recent(rules: OfficerRules, tie: Membership, years: int, poll_date: date) -> bool:
    """Whether the years since the end are not full yet; an end without a date is not full."""
    if not tie.was_ever or years == 0:
        return False
    if tie.ended_date is None:
        return True
    return find_anniversary(start_date=tie.ended_date, years=years, leap=rules.leap) > poll_date


def _check_offices(rules: OfficerRules, facts: OfficerFacts) -> Iterator[Finding]:
    if facts.other_station:
        text = Text("Juga bertugas di {station}.", station=facts.other_station)
        yield from _finding(rules, Check.TWO_STATIONS, text)
    if facts.is_candidate:
        yield from _finding(rules, Check.CANDIDATE, Text("Ia sendiri calon kepala desa."))
    if facts.is_agent:
        yield from _finding(rules, Check.AGENT, Text("Ia saksi seorang calon."))
    if facts.is_committee_member:
        yield from _finding(rules, Check.COMMITTEE, Text("Ia anggota panitia pemilihan."))
    elif facts.same_name_in_committee and rules.checks[Check.COMMITTEE].effect is not Effect.OFF:
        text = Text(
            "Namanya sama dengan anggota panitia {name}. Pastikan orangnya lain.",
            name=facts.same_name_in_committee,
        )
        article = _article(rules, Check.COMMITTEE)
        yield Finding(SAME_NAME, Severity.WARNING, text, article=article)


def _check_numbers(
    rules: OfficerRules, counts: Counter[SeatKind], *, has_chair: bool
) -> Iterator[Finding]:
    officers, security = counts[SeatKind.STATION], counts[SeatKind.SECURITY]
    if not has_chair:
        text = Text("Ketua {team} belum diisi.", team=rules.team_name)
        yield Finding("team.chair", Severity.ERROR, text, article=rules.size_article)
    if not rules.officers_min <= officers <= rules.officers_max:
        text = Text(
            "Petugas {team} {least} sampai {most} orang; terisi {count}.",
            team=rules.team_name,
            least=rules.officers_min,
            most=rules.officers_max,
            count=officers,
        )
        yield Finding("team.size", Severity.ERROR, text, article=rules.size_article)
    if security != rules.security_count:
        text = Text(
            "Petugas ketertiban {needed} orang; terisi {count}.",
            needed=rules.security_count,
            count=security,
        )
        yield Finding("team.security", Severity.ERROR, text, article=rules.size_article)
    if not counts[SeatKind.RESERVE] and rules.reserves_max:
        text = Text("Belum ada cadangan. Tanpa cadangan, pengganti mendadak harus dicari.")
        yield Finding("team.reserve", Severity.INFO, text, article=rules.reserve_article)


def _finding(rules: OfficerRules, check: Check, text: Text) -> Iterator[Finding]:
    rule = rules.checks.get(check)
    if rule is None or rule.effect is Effect.OFF:
        return
    yield Finding(check.value, _SEVERITY[rule.effect], text, check.value, article=rule.article)


def _unanswered(rules: OfficerRules, check: Check, text: Text) -> Iterator[Finding]:
    """A question that the pack asks and nobody answered stops the appointment."""
    rule = rules.checks.get(check)
    if rule is None or rule.effect is Effect.OFF:
        return
    yield Finding(UNANSWERED, Severity.ERROR, text, check.value, article=rule.article)


def _article(rules: OfficerRules, check: Check) -> str:
    rule = rules.checks.get(check)
    return rule.article if rule else rules.appointment_article
