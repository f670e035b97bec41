"""All sections of a rule pack, in the order in which they are explained to people.

A law module that reads rules from packs adds its `SECTION` here; nothing else is needed for
`pilkades pack check` to know its rules and tables.
"""

from pilkades.law import calendar, committee, provisions, timestep_section
from pilkades.law.packspec import Section

SECTIONS: tuple[Section, ...] = (
    calendar.SECTION,
    timestep_section.SECTION,
    provisions.SECTION,
    committee.SECTION,
)
