"""What is to be looked at in one line of the roll: who may not stand there, and what is missing.

Implements Permendagri 112/2014 on voters (age or marriage, residence before the provisional roll)
by the tests of `eligibility`, so that the roll's lists and a single check never differ. How much a
finding weighs, which particulars a line needs, and from which age a line is looked at again, are
fields of the pack, since the regulation is silent (ADR 0111). Leaves out duplicates, which are
about two lines, and capacity and rights, which no roll records.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from pilkades.law.ages import count_full_years
from pilkades.law.eligibility import KeyDates, Outcome, VoterFacts, VoterRules
from pilkades.law.eligibility.answers import Answer, Setting, find_day
from pilkades.law.eligibility.rules import Condition, ConditionKind
from pilkades.law.eligibility.voters import answer_voter
from pilkades.law.findings import Finding, Severity
from pilkades.law.pack import RulePack
from pilkades.law.packspec import FieldKind, FieldSpec, Section, TableSpec
from pilkades.text import Text

TABLE = "roll_check"


class RollCheck(StrEnum):
    """What is looked at in a line, and before a list is fixed; the ids of `[[roll_check]]`."""

    UNDER_AGE = "under_age"
    MARRIAGE_UNKNOWN = "marriage_unknown"
    COMES_OF_AGE = "comes_of_age"
    MARRIED_UNDER_AGE = "married_under_age"
    UNDER_AGE_PAPER = "under_age_paper"
    RESIDENCE_SHORT = "residence_short"
    VERY_OLD = "very_old"
    MISSING_DATA = "missing_data"
    MILITARY = "military"
    NO_STATION = "no_station"
    OPEN_IMPORT = "open_import"
    OPEN_DUPLICATE = "open_duplicate"
    OPEN_REPORT = "open_report"


class Effect(StrEnum):
    """What a check does before a list is fixed: it stops, it warns, or it is only listed."""

    BLOCK = "block"
    WARN = "warn"
    NOTE = "note"


_SEVERITY = {
    Effect.BLOCK: Severity.ERROR,
    Effect.WARN: Severity.WARNING,
    Effect.NOTE: Severity.INFO,
}


@dataclass(frozen=True, slots=True)
class CheckRule:
    """The weight of one check, and where it is written."""

    effect: Effect
    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFacts:
    """What the checks ask about one line (baris daftar); never a name or a number.

    `present` are the particulars that are filled in, by their names in `roll.required_fields`.
    """

    birth_date: date | None
    is_ever_married: bool | None = None
    resident_since_date: date | None = None
    occupation: str = ""
    identity_document: str = ""
    present: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class RollRules:
    """Everything the pack says about a line of the roll."""

    age: Condition
    residence: Condition
    military: Condition
    voter_rules: VoterRules
    under_age_paper: str
    under_age_paper_article: str
    very_old_years: int
    required_fields: tuple[str, ...]
    military_words: frozenset[str]
    former_words: tuple[str, ...]
    checks: Mapping[RollCheck, CheckRule]

    @classmethod
    def from_pack(cls, pack: RulePack) -> "RollRules":
        """Read the rules `roll.*` and the table `[[roll_check]]`."""
        voters = VoterRules.from_pack(pack)
        by_test = {condition.test: condition for condition in voters.conditions}
        return cls(
            age=by_test[ConditionKind.AGE_MIN],
            residence=by_test[ConditionKind.RESIDENCE],
            military=by_test[ConditionKind.NOT_MILITARY],
            voter_rules=voters,
            under_age_paper=pack.text("roll.under_age_document"),
            under_age_paper_article=pack.rule("roll.under_age_document").article,
            very_old_years=pack.integer("roll.very_old_years"),
            required_fields=pack.texts("roll.required_fields"),
            military_words=frozenset(word.casefold() for word in pack.texts("roll.military_words")),
            former_words=tuple(word.casefold() for word in pack.texts("roll.former_words")),
            checks={
                RollCheck(entry.id): CheckRule(Effect(entry.text("effect")), entry.article)
                for entry in pack.table(TABLE)
                if entry.id in set(RollCheck)
            },
        )

    def weigh(self, check: RollCheck) -> CheckRule:
        """The weight of a check; one that the pack does not name is only listed."""
        return self.checks.get(check, CheckRule(Effect.NOTE, self.age.article))

    def is_military(self, occupation: str) -> bool:
        """Say whether an occupation, as people write it, is one of a soldier or police officer.

        Law: none says how an occupation is written; the words are pack fields, and somebody who
        was one (purnawirawan, pensiunan) is none any more.
        """
        words = "".join(c if c.isalnum() else " " for c in occupation.casefold()).split()
        if any(word.startswith(self.former_words) for word in words):
            return False
        return any(word in self.military_words for word in words)


def judge_voter(*, rules: RollRules, facts: LineFacts, dates: KeyDates) -> tuple[Finding, ...]:
    """Everything that stands out in one line of the roll.

    Law: Permendagri 112/2014 (who may vote): of age on the day of `roll.age_cutoff`, the birthday
    itself included, or ever married; resident for `roll.residence_months` on the day the
    provisional roll is fixed. What is not recorded is never taken as a reason to strike anybody:
    an unknown start of residence gives no finding, an unknown marriage a warning. The weight of a
    finding is that of `[[roll_check]]`; an exclusion that nobody has verified never stops (ADR
    0104).
    """
    setting = Setting(dates=dates, leap=rules.voter_rules.leap_birthday)
    return (
        *_judge_age(rules, facts, setting),
        *_judge_residence(rules, facts, setting),
        *_judge_military(rules, facts, setting),
        *_judge_missing(rules, facts),
    )


def _judge_age(rules: RollRules, facts: LineFacts, setting: Setting) -> Iterator[Finding]:
    if facts.birth_date is None:
        return
    on_date = find_day(rules.age, setting)
    if facts.birth_date > on_date:
        text = Text("Lahir sesudah {on_date}, hari umur dihitung.", on_date=on_date)
        yield _found(rules, RollCheck.UNDER_AGE, text, rules.age.article)
        return
    answer = answer_voter(condition=rules.age, facts=_voter_facts(rules, facts), setting=setting)
    if answer.outcome is Outcome.NOT_MET:
        yield _found(rules, RollCheck.UNDER_AGE, answer.reason, rules.age.article)
    elif answer.outcome is Outcome.NEEDS_DECISION:
        yield _found(rules, RollCheck.MARRIAGE_UNKNOWN, answer.reason, rules.age.article)
    elif answer.is_exception:
        yield from _judge_exception(rules, facts, answer)
    else:
        yield from _judge_grown(rules, facts.birth_date, on_date, setting)


def _judge_exception(rules: RollRules, facts: LineFacts, answer: Answer) -> Iterator[Finding]:
    """Law: a voter below the age who is or was married shows the paper that the pack names."""
    yield _found(rules, RollCheck.MARRIED_UNDER_AGE, answer.reason, rules.age.article)
    if facts.identity_document != rules.under_age_paper:
        paper = next(
            item.name for item in rules.voter_rules.documents if item.id == rules.under_age_paper
        )
        text = Text("Belum cukup usia tetapi kawin; belum ditunjukkan: {paper}.", paper=paper)
        yield _found(rules, RollCheck.UNDER_AGE_PAPER, text, rules.under_age_paper_article)


def _judge_grown(
    rules: RollRules, birth_date: date, on_date: date, setting: Setting
) -> Iterator[Finding]:
    """Law: whoever comes of age while the roll is made is on it; the list shows that to all."""
    age = count_full_years(start_date=birth_date, on_date=on_date, leap=setting.leap)
    eve = _find_eve(setting, on_date)
    if count_full_years(start_date=birth_date, on_date=eve, leap=setting.leap) < rules.age.years:
        text = Text(
            "Genap {years} tahun menjelang {on_date}.", years=rules.age.years, on_date=on_date
        )
        yield _found(rules, RollCheck.COMES_OF_AGE, text, rules.age.article)
    if age > rules.very_old_years:
        text = Text("Berusia {age} tahun. Pastikan masih hidup dan tanggalnya benar.", age=age)
        yield _found(rules, RollCheck.VERY_OLD, text)


def _find_eve(setting: Setting, on_date: date) -> date:
    """The day before the provisional roll is fixed, or before the day that counts if earlier."""
    fixed = setting.dates.provisional_roll_date
    return min(fixed or on_date, on_date) - timedelta(days=1)


def _judge_residence(rules: RollRules, facts: LineFacts, setting: Setting) -> Iterator[Finding]:
    if facts.resident_since_date is None:
        return
    answer = answer_voter(
        condition=rules.residence, facts=_voter_facts(rules, facts), setting=setting
    )
    if answer.outcome is Outcome.NOT_MET:
        yield _found(rules, RollCheck.RESIDENCE_SHORT, answer.reason, rules.residence.article)


def _judge_military(rules: RollRules, facts: LineFacts, setting: Setting) -> Iterator[Finding]:
    if rules.military.is_allowed or not rules.is_military(facts.occupation):
        return
    answer = answer_voter(
        condition=rules.military, facts=_voter_facts(rules, facts), setting=setting
    )
    found = _found(rules, RollCheck.MILITARY, answer.reason, rules.military.article)
    if answer.outcome is Outcome.NEEDS_DECISION and found.severity is Severity.ERROR:
        yield Finding(found.code, Severity.WARNING, found.text, article=found.article)
    else:
        yield found


def _judge_missing(rules: RollRules, facts: LineFacts) -> Iterator[Finding]:
    missing = tuple(name for name in rules.required_fields if name not in facts.present)
    if missing:
        text = Text("Belum diisi: {fields}.", fields=tuple(FIELD_NAMES[name] for name in missing))
        yield _found(rules, RollCheck.MISSING_DATA, text)


def _found(rules: RollRules, check: RollCheck, text: Text, article: str = "") -> Finding:
    rule = rules.weigh(check)
    return Finding(check.value, _SEVERITY[rule.effect], text, article=article or rule.article)


def _voter_facts(rules: RollRules, facts: LineFacts) -> VoterFacts:
    return VoterFacts(
        birth_date=facts.birth_date or date.min,
        is_ever_married=facts.is_ever_married,
        resident_since_date=facts.resident_since_date,
        is_military_or_police=rules.is_military(facts.occupation),
    )


# --- what a pack must say ---

FIELD_NAMES: Mapping[str, Text] = {
    "nik": Text("NIK"),
    "kk": Text("nomor KK"),
    "sex": Text("jenis kelamin"),
    "birth_place": Text("tempat lahir"),
    "birth_date": Text("tanggal lahir"),
    "marital_status": Text("status perkawinan"),
    "address": Text("alamat"),
    "rt": Text("RT"),
    "rw": Text("RW"),
    "hamlet": Text("dusun"),
    "identity_document": Text("dokumen"),
    "occupation": Text("pekerjaan"),
    "resident_since": Text("berdomisili sejak"),
}
"""The particulars that a pack may ask of every line, as people call them."""


def _check_table(pack: RulePack) -> Iterable[Finding]:
    known = {item.value for item in RollCheck}
    for entry in pack.table(TABLE):
        if entry.id not in known:
            text = Text(
                "Pemeriksaan daftar pemilih “{id}” tidak dikenal. Yang ada: {known}.",
                id=entry.id,
                known=", ".join(sorted(known)),
            )
            line = pack.line_of(entry)
            yield Finding("roll.unknown-check", Severity.ERROR, text, entry.id, line)


SECTION = Section(
    name="roll",
    may_be_absent=True,
    rules=(
        FieldSpec(
            "roll.very_old_years",
            FieldKind.INTEGER,
            Text("pemilih yang lebih tua dari umur ini diperiksa ulang"),
            minimum=80,
            maximum=150,
        ),
        FieldSpec(
            "roll.required_fields",
            FieldKind.CHOICES,
            Text("data yang harus terisi pada setiap baris daftar pemilih"),
            choices=tuple(FIELD_NAMES),
        ),
        FieldSpec(
            "roll.military_words",
            FieldKind.TEXTS,
            Text("kata dalam kolom pekerjaan yang berarti anggota TNI/Polri"),
        ),
        FieldSpec(
            "roll.former_words",
            FieldKind.TEXTS,
            Text("awal kata yang berarti bukan anggota lagi, misalnya pensiun"),
        ),
    ),
    tables=(
        TableSpec(
            TABLE,
            Text("apa yang diperiksa pada daftar pemilih, dan apakah menghalangi penetapan"),
            (
                FieldSpec(
                    "effect",
                    FieldKind.CHOICE,
                    Text("block menghalangi, warn memperingatkan, note hanya didaftar"),
                    choices=tuple(Effect),
                ),
            ),
        ),
    ),
    checks=(_check_table,),
)
