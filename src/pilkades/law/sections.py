"""All sections of a rule pack, in the order in which they are explained to people.

A law module that reads rules from packs adds its `SECTION` here; nothing else is needed for
`pilkades pack check` to know its rules and tables.
"""

from pilkades.law import (
    ballots,
    calendar,
    candidacy_rules,
    committee,
    determination,
    dispute_rules,
    eligibility,
    logistics_section,
    officers_rules,
    provisions,
    recipients,
    reconciliation,
    roll,
    roll_retention,
    scoring,
    sites,
    station,
    station_loads,
    timestep_section,
    windows,
)
from pilkades.law.packspec import Section

SECTIONS: tuple[Section, ...] = (
    calendar.SECTION,
    timestep_section.SECTION,
    provisions.SECTION,
    roll.SECTION,
    recipients.SECTION,
    committee.SECTION,
    officers_rules.SECTION,
    windows.SECTION,
    candidacy_rules.SECTION,
    eligibility.SECTION,
    roll_retention.SECTION,
    scoring.SECTION,
    ballots.SECTION,
    sites.SECTION,
    logistics_section.SECTION,
    station.SECTION,
    station_loads.SECTION,
    reconciliation.SECTION,
    determination.SECTION,
    dispute_rules.SECTION,
)
