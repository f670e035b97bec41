"""The lists that a committee looks through before it fixes the roll, and what stands out where.

Every line is judged by the law package from its plain columns: no NIK is opened to count.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.roll.models import MaritalStatus, Roll, RollEntry
from pilkades.law.eligibility import KeyDates
from pilkades.law.findings import Finding
from pilkades.law.roll import FIELD_NAMES, LineFacts, RollCheck, RollRules, judge_voter
from pilkades.text import Text

LISTED = (
    RollCheck.COMES_OF_AGE,
    RollCheck.UNDER_AGE,
    RollCheck.MARRIAGE_UNKNOWN,
    RollCheck.MARRIED_UNDER_AGE,
    RollCheck.UNDER_AGE_PAPER,
    RollCheck.RESIDENCE_SHORT,
    RollCheck.VERY_OLD,
    RollCheck.MISSING_DATA,
    RollCheck.MILITARY,
    RollCheck.NO_STATION,
)
EVER_MARRIED: Mapping[str, bool | None] = {
    MaritalStatus.SINGLE: False,
    MaritalStatus.MARRIED: True,
    MaritalStatus.WIDOWED: True,
    "": None,
}
_COLUMNS = (
    "pk",
    "nik_index",
    "kk_index",
    "sex",
    "birth_place",
    "birth_date",
    "marital_status",
    "address",
    "rt",
    "rw",
    "hamlet_id",
    "identity_document",
    "occupation",
    "resident_since",
    "station_id",
)
_OF_COLUMN = {"nik_index": "nik", "kk_index": "kk", "hamlet_id": "hamlet"}


def name_checks(rules: RollRules) -> Mapping[RollCheck, Text]:
    """What each list is called, with the numbers of the pack."""
    years, months = rules.age.years, rules.residence.months
    return {
        RollCheck.COMES_OF_AGE: Text("Genap {years} tahun pada hari umur dihitung", years=years),
        RollCheck.UNDER_AGE: Text("Belum {years} tahun dan belum kawin", years=years),
        RollCheck.MARRIAGE_UNKNOWN: Text(
            "Belum {years} tahun, status kawin belum dicatat", years=years
        ),
        RollCheck.MARRIED_UNDER_AGE: Text("Kawin sebelum {years} tahun", years=years),
        RollCheck.UNDER_AGE_PAPER: Text(
            "Kawin sebelum {years} tahun, bukti belum ditunjukkan", years=years
        ),
        RollCheck.RESIDENCE_SHORT: Text("Tinggal kurang dari {months} bulan", months=months),
        RollCheck.VERY_OLD: Text("Lebih dari {years} tahun", years=rules.very_old_years),
        RollCheck.MISSING_DATA: Text("Data belum lengkap"),
        RollCheck.MILITARY: Text("Anggota TNI/Polri"),
        RollCheck.NO_STATION: Text("Belum punya TPS"),
        RollCheck.OPEN_IMPORT: Text("Impor yang belum diputuskan"),
        RollCheck.OPEN_DUPLICATE: Text("Dugaan ganda yang belum diputuskan"),
        RollCheck.OPEN_REPORT: Text("Laporan warga yang belum dijawab"),
    }


@dataclass(frozen=True, slots=True)
class Listed:
    """One entry in one list, and why it stands there."""

    entry_pk: int
    reason: Text


def get_key_dates(context: VillageElection) -> KeyDates:
    """The days on which age and residence count, as the timetable stands now."""
    provisional = context.find_step("provisional_roll_fixed")
    final = context.find_step("final_roll_fixed")
    return KeyDates(
        provisional_roll_date=provisional.start_date if provisional else None,
        final_roll_date=final.start_date if final else None,
        poll_date=context.timetable.poll_date,
    )


def judge_roll(context: VillageElection, roll: Roll | None) -> dict[RollCheck, list[Listed]]:
    """Every list with its entries, in the order of `LISTED`; one query."""
    found: dict[RollCheck, list[Listed]] = {check: [] for check in LISTED}
    if roll is None:
        return found
    rules, dates = RollRules.from_pack(context.pack), get_key_dates(context)
    rows = RollEntry.objects.filter(roll=roll, is_removed=False).order_by("number", "pk")
    for row in rows.values_list(*_COLUMNS).iterator(chunk_size=2000):
        values = dict(zip(_COLUMNS, row, strict=True))
        for finding in judge_voter(rules=rules, facts=_read_facts(values), dates=dates):
            found[RollCheck(finding.code)].append(Listed(values["pk"], finding.text))
        if values["station_id"] is None:
            found[RollCheck.NO_STATION].append(
                Listed(values["pk"], Text("Belum dibagi ke TPS mana pun."))
            )
    return found


def judge_entry(context: VillageElection, entry: RollEntry) -> tuple[Finding, ...]:
    """What stands out in one entry; no query."""
    values = {name: getattr(entry, name) for name in _COLUMNS if name != "pk"}
    return judge_voter(
        rules=RollRules.from_pack(context.pack),
        facts=_read_facts(values),
        dates=get_key_dates(context),
    )


def _read_facts(values: Mapping[str, Any]) -> LineFacts:
    return LineFacts(
        birth_date=values["birth_date"],
        is_ever_married=EVER_MARRIED[values["marital_status"]],
        resident_since_date=values["resident_since"],
        occupation=values["occupation"],
        identity_document=values["identity_document"],
        present=frozenset(_list_present(values.items())),
    )


def _list_present(values: Iterable[tuple[str, Any]]) -> Iterable[str]:
    for column, value in values:
        name = _OF_COLUMN.get(column, column)
        if value and name in FIELD_NAMES:
            yield name
