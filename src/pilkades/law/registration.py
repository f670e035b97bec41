"""Whether an application arrived in time, and the receipt that says so.

Implements Permendagri 112/2014 (nine days of registration) with the hours that the pack
gives to the first and the last day. The zone is the village's and an argument, since Indonesia has
three. Leaves out what the file must contain.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from pilkades.errors import MalformedInputError, RuleViolationError
from pilkades.law.candidacy_rules import RegistrationRules
from pilkades.text import Text


@dataclass(frozen=True, slots=True)
class RegistrationWindow:
    """The days of registration or of an extension, and the zone of the village."""

    start_date: date
    end_date: date
    zone: tzinfo


@dataclass(frozen=True, slots=True)
class RegistrationReceipt:
    """What the applicant takes home (tanda terima): when it came, and when it would have closed."""

    received_at: datetime
    closes_at: datetime
    article: str
    text: Text

    @property
    def registration_date(self) -> date:
        """The day on which age and spans are counted, in the village's calendar."""
        return self.received_at.date()


def find_closing(*, rules: RegistrationRules, window: RegistrationWindow) -> datetime:
    """The last instant of registration, in the village's zone.

    Law: Permendagri 112/2014 names days only; the hour is `registration.closes_at`.
    """
    return datetime.combine(window.end_date, rules.closes_at, tzinfo=window.zone)


def receive_application(
    *, rules: RegistrationRules, window: RegistrationWindow, received_at: datetime
) -> RegistrationReceipt:
    """The receipt of an application that came in time; anything else is refused with the hour.

    Law: Permendagri 112/2014; the closing instant itself is in time, the next second is not
    (ADR 0107). A file that comes late or early is not lost: it stays a draft.
    """
    if received_at.tzinfo is None:
        text = Text("Waktu penerimaan tidak memuat zona waktu, sehingga tidak dapat dinilai.")
        raise MalformedInputError("registration.time", text)
    local = received_at.astimezone(window.zone)
    opens_at = datetime.combine(window.start_date, rules.opens_at, tzinfo=window.zone)
    closes_at = find_closing(rules=rules, window=window)
    if local < opens_at:
        text = Text(
            "Pendaftaran baru dibuka pada {opens_at}. Berkas diterima sistem pada {received_at} "
            "dan tetap tersimpan sebagai rancangan; kirimkan lagi setelah dibuka.",
            opens_at=opens_at,
            received_at=local,
        )
        raise RuleViolationError("registration.opens_at", text, article=rules.article)
    if local > closes_at:
        text = Text(
            "Pendaftaran ditutup pada {closes_at}. Berkas diterima sistem pada {received_at}, "
            "terlambat {late_minutes} menit, sehingga tidak dapat didaftarkan. Berkas tetap "
            "tersimpan; bila pendaftaran diperpanjang, kirimkan kembali.",
            closes_at=closes_at,
            received_at=local,
            late_minutes=-((closes_at - local) // timedelta(minutes=1)),
        )
        raise RuleViolationError("registration.closes_at", text, article=rules.article)
    return RegistrationReceipt(
        received_at=local,
        closes_at=closes_at,
        article=rules.article,
        text=Text(
            "Berkas diterima pada {received_at}, sebelum pendaftaran ditutup pada {closes_at}.",
            received_at=local,
            closes_at=closes_at,
        ),
    )
