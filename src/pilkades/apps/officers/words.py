"""The names that a village reads: stations and seats."""

from django.utils.translation import gettext

from pilkades.apps.design.texts import translate_name
from pilkades.apps.elections.models import PollingStation
from pilkades.law.officers_rules import OfficerRules, SeatKind


def name_station(station: PollingStation) -> str:
    """ "TPS 01", as on every paper."""
    return f"TPS {station.number:02d}"


def name_seat(rules: OfficerRules, kind: SeatKind, number: int) -> str:
    """The name of a seat in the active language: what the pack calls it, else its number."""
    if kind is SeatKind.RESERVE:
        return gettext("Cadangan %(number)s") % {"number": number}
    role = rules.find_role(kind, number)
    if kind is SeatKind.SECURITY:
        name = translate_name(role.name) if role else gettext("Petugas ketertiban")
        return f"{name} {number}"
    return translate_name(role.name) if role else gettext("Anggota %(number)s") % {"number": number}
