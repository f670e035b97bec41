"""The answer to one requirement, and the tests that candidates and voters share.

Implements what UU 6/2014 art 33 asks of candidates and Permendagri 112/2014 of voters alike: age
on a day, and a right not revoked by a court. What is not established is never taken as met.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pilkades.errors import MalformedInputError
from pilkades.law.ages import LeapBirthday, count_full_years, find_anniversary
from pilkades.law.eligibility.facts import ApplicantFacts, KeyDates, VoterFacts
from pilkades.law.eligibility.rules import Condition, CountedOn
from pilkades.text import Text


class Outcome(StrEnum):
    """The answer to one requirement: met, not met, a paper is missing, someone must decide."""

    MET = "met"
    NOT_MET = "not_met"
    NEEDS_DOCUMENT = "needs_document"
    NEEDS_DECISION = "needs_decision"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the facts say; `applies` is false where the requirement is not about this person."""

    outcome: Outcome
    reason: Text
    applies: bool = True
    is_exception: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """What surrounds the facts: the days of the timetable and the reading of a leap birthday."""

    dates: KeyDates
    leap: LeapBirthday


def tell(value: bool | None, *, good: Text, bad: Text, unknown: Text) -> Answer:
    if value is None:
        return Answer(Outcome.NEEDS_DECISION, unknown)
    return Answer(Outcome.MET, good) if value else Answer(Outcome.NOT_MET, bad)


def negate(value: bool | None) -> bool | None:
    return None if value is None else not value


def answer_right(
    condition: Condition, facts: ApplicantFacts | VoterFacts, setting: Setting
) -> Answer:
    return tell(
        negate(facts.is_right_revoked),
        good=Text("Hak pilih tidak sedang dicabut."),
        bad=Text("Hak pilih sedang dicabut berdasarkan putusan pengadilan."),
        unknown=Text("Belum dicatat apakah hak pilih pernah dicabut oleh pengadilan."),
    )


def answer_age(
    condition: Condition, facts: ApplicantFacts | VoterFacts, setting: Setting
) -> Answer:
    on_date = find_day(condition, setting)
    if facts.birth_date > on_date:
        raise MalformedInputError(
            "eligibility.birth-date",
            Text(
                "Tanggal lahir {birth_date} sesudah {on_date}. Periksa tanggal pada KTP-el.",
                birth_date=facts.birth_date,
                on_date=on_date,
            ),
        )
    age = count_full_years(start_date=facts.birth_date, on_date=on_date, leap=setting.leap)
    if age >= condition.years:
        reason = Text(
            "Berusia {age} tahun pada {on_date}; paling rendah {years} tahun.",
            age=age,
            on_date=on_date,
            years=condition.years,
        )
        return Answer(Outcome.MET, reason)
    reaches = find_anniversary(
        start_date=facts.birth_date, years=condition.years, leap=setting.leap
    )
    reason = Text(
        "Berusia {age} tahun pada {on_date}; baru genap {years} tahun pada {reaches}, "
        "kurang {days} hari.",
        age=age,
        on_date=on_date,
        years=condition.years,
        reaches=reaches,
        days=(reaches - on_date).days,
    )
    return Answer(Outcome.NOT_MET, reason)


def find_day(condition: Condition, setting: Setting) -> date:
    days = {
        CountedOn.REGISTRATION: setting.dates.registration_date,
        CountedOn.REGISTRATION_END: setting.dates.registration_end_date,
        CountedOn.PROVISIONAL_ROLL: setting.dates.provisional_roll_date,
        CountedOn.FINAL_ROLL: setting.dates.final_roll_date,
        CountedOn.POLL: setting.dates.poll_date,
    }
    day = days[condition.counted_on]
    if day is None:
        raise MalformedInputError(
            "eligibility.key-date",
            Text(
                "Syarat “{name}” dihitung pada hari “{day}”, tetapi hari itu belum ada dalam "
                "jadwal. Lengkapi jadwal lebih dahulu.",
                name=condition.name,
                day=condition.counted_on.value,
            ),
        )
    return day
