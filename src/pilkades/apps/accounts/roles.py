"""Roles, and the actor: who does something, with which roles, in which regions.

A role is always bound to a region by its code; the empty code is the whole country. An `Actor` is
a frozen value so that a service decides on what was true when the request began.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """Peran: what a person may be in a region."""

    REGENCY_DESK = "REGENCY_DESK", _("Panitia kabupaten/kota")
    REGENCY_HEAD = "REGENCY_HEAD", _("Kantor bupati/wali kota")
    DISTRICT_HEAD = "DISTRICT_HEAD", _("Camat")
    DISTRICT_COMMITTEE = "DISTRICT_COMMITTEE", _("Panitia kecamatan")
    COMMITTEE_CHAIR = "COMMITTEE_CHAIR", _("Ketua panitia pemilihan desa")
    COMMITTEE_MEMBER = "COMMITTEE_MEMBER", _("Anggota panitia pemilihan desa")
    VILLAGE_COUNCIL = "VILLAGE_COUNCIL", _("BPD")
    VILLAGE_HEAD = "VILLAGE_HEAD", _("Kepala desa")
    CANDIDATE = "CANDIDATE", _("Calon kepala desa")
    AGENT = "AGENT", _("Saksi calon")
    AUDITOR = "AUDITOR", _("Inspektorat")
    NATIONAL = "NATIONAL", _("Kementerian")


@dataclass(frozen=True, slots=True)
class Actor:
    """Pelaku: the person who acts; `user_id` 0 is nobody signed in."""

    user_id: int
    uuid: UUID
    name: str
    roles: tuple[tuple[Role, str], ...] = ()

    @property
    def is_signed_in(self) -> bool:
        """Whether a person stands behind this actor."""
        return self.user_id != 0


ANONYMOUS = Actor(user_id=0, uuid=UUID(int=0), name="", roles=())


def is_region_covered(*, by: str, region_code: str) -> bool:
    """Whether `region_code` is `by` itself or lies inside it; the empty code covers all."""
    return by in ("", region_code) or region_code.startswith(f"{by}.")
