"""pilkades: the open system for village-head elections."""

__version__ = "0.1.0"
