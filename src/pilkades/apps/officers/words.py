"""The names that a village reads: stations, seats, states of a team."""

from django.utils.translation import gettext_lazy as _

from pilkades.apps.design.texts import translate, translate_name
from pilkades.apps.elections.models import PollingStation
from pilkades.law.officers_rules import OfficerRules, SeatKind
from pilkades.text import Text

SEAT_KINDS = {
    SeatKind.STATION: _("Petugas"),
    SeatKind.SECURITY: _("Petugas ketertiban"),
    SeatKind.RESERVE: _("Cadangan"),
}


def name_station(station: PollingStation) -> str:
    """ "TPS 01", as on every paper."""
    return f"TPS {station.number:02d}"


def describe_seat(rules: OfficerRules, kind: SeatKind, number: int) -> Text:
    """The name of a seat: what the pack calls it, else its number."""
    role = rules.find_role(kind, number)
    if kind is SeatKind.SECURITY:
        return Text(
            "{role} {number}", role=role.name if role else "Petugas ketertiban", number=number
        )
    if kind is SeatKind.RESERVE:
        return Text("Cadangan {number}", number=number)
    if role is not None:
        return Text("{role}", role=role.name)
    return Text("Anggota {number}", number=number)


def name_seat(rules: OfficerRules, kind: SeatKind, number: int) -> str:
    """The name of a seat in the active language."""
    role = rules.find_role(kind, number)
    if role is not None and kind is SeatKind.STATION:
        return translate_name(role.name)
    if role is not None and kind is SeatKind.SECURITY:
        return f"{translate_name(role.name)} {number}"
    return translate(describe_seat(rules, kind, number))
