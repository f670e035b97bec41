"""What other floors may do with regions."""

from pilkades.apps.regions.services.edition import (
    ImportReport,
    import_regions,
    preview_import,
    read_time_zones,
)
from pilkades.apps.regions.services.hamlets import change_hamlet_name, create_hamlet

__all__ = [
    "ImportReport",
    "change_hamlet_name",
    "create_hamlet",
    "import_regions",
    "preview_import",
    "read_time_zones",
]
