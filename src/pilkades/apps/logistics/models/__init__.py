"""Tables of the logistics app."""

from pilkades.apps.logistics.models.custody import (
    Act,
    Handover,
    Package,
    PackingKind,
    ReturnLine,
    State,
)
from pilkades.apps.logistics.models.outreach import Meeting
from pilkades.apps.logistics.models.plan import Delivery, LogisticsPlan, UnitPrice
from pilkades.apps.logistics.models.site import VenueLayout, VenuePhoto, VenueSurvey

__all__ = [
    "Act",
    "Delivery",
    "Handover",
    "LogisticsPlan",
    "Meeting",
    "Package",
    "PackingKind",
    "ReturnLine",
    "State",
    "UnitPrice",
    "VenueLayout",
    "VenuePhoto",
    "VenueSurvey",
]
