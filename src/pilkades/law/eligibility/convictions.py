"""Whether a conviction keeps somebody from standing for village head.

Implements UU 6/2014 art 33: the penalty that the law threatens for
the offence decides, whatever the sentence was, and the exception needs three things together:
years since the end of the sentence, open disclosure, no repeated offence.
"""

from datetime import date

from pilkades.law.ages import find_anniversary
from pilkades.law.eligibility.answers import Answer, Outcome, Setting, find_day
from pilkades.law.eligibility.facts import ApplicantFacts, Conviction
from pilkades.law.eligibility.rules import Condition
from pilkades.text import Text


def answer_convictions(condition: Condition, facts: ApplicantFacts, setting: Setting) -> Answer:
    if facts.has_been_convicted is None and not facts.convictions:
        return Answer(Outcome.NEEDS_DECISION, Text("Riwayat pidana belum dicatat."))
    if facts.has_been_convicted and not facts.convictions:
        text = Text("Pernah dipidana, tetapi putusannya belum dicatat.")
        return Answer(Outcome.NEEDS_DECISION, text)
    on_date = find_day(condition, setting)
    answers = [_judge_conviction(condition, item, on_date, setting) for item in facts.convictions]
    for outcome in (Outcome.NOT_MET, Outcome.NEEDS_DECISION):
        found = next((answer for answer in answers if answer.outcome is outcome), None)
        if found is not None:
            return found
    exception = next((answer for answer in answers if answer.is_exception), None)
    if exception is not None:
        return exception
    reason = Text(
        "Tidak pernah dijatuhi pidana dengan putusan tetap atas tindak pidana yang diancam "
        "penjara {years} tahun atau lebih.",
        years=condition.years,
    )
    return Answer(Outcome.MET, reason)


def _judge_conviction(
    condition: Condition, conviction: Conviction, on_date: date, setting: Setting
) -> Answer:
    """Threatened penalty decides, not the sentence; the exception needs all three conditions."""
    if not conviction.is_final:
        return Answer(Outcome.MET, Text("Putusan belum berkekuatan hukum tetap."))
    if conviction.threatened_months is None:
        text = Text("Ancaman pidana dari putusan belum dicatat; periksa pasal dakwaan.")
        return Answer(Outcome.NEEDS_DECISION, text)
    if conviction.threatened_months < condition.years * 12:
        return Answer(Outcome.MET, Text("Ancaman pidana di bawah batas."))
    return _judge_exception(condition, conviction, on_date, setting)


def _judge_exception(
    condition: Condition, conviction: Conviction, on_date: date, setting: Setting
) -> Answer:
    if conviction.completed_date is None:
        return Answer(Outcome.NOT_MET, Text("Pidana belum selesai dijalani."))
    free_date = find_anniversary(
        start_date=conviction.completed_date,
        years=condition.after_release_years,
        leap=setting.leap,
    )
    if free_date > on_date:
        text = Text(
            "Selesai menjalani pidana {completed_date}; jeda {years} tahun baru lewat pada "
            "{free_date}.",
            completed_date=conviction.completed_date,
            years=condition.after_release_years,
            free_date=free_date,
        )
        return Answer(Outcome.NOT_MET, text)
    if conviction.is_repeat_offender:
        return Answer(Outcome.NOT_MET, Text("Pelaku kejahatan berulang; tanpa pengecualian."))
    if conviction.is_publicly_disclosed is False:
        text = Text("Belum mengumumkan secara jujur dan terbuka bahwa pernah dipidana.")
        return Answer(Outcome.NOT_MET, text)
    if conviction.is_publicly_disclosed is None or conviction.is_repeat_offender is None:
        text = Text("Pengumuman terbuka dan keterangan bukan pelaku berulang belum dinilai.")
        return Answer(Outcome.NEEDS_DECISION, text, is_exception=True)
    text = Text(
        "Pernah dipidana, tetapi jeda {years} tahun sudah lewat pada {free_date}, diumumkan "
        "terbuka, dan bukan pelaku berulang.",
        years=condition.after_release_years,
        free_date=free_date,
    )
    return Answer(Outcome.MET, text, is_exception=True)
