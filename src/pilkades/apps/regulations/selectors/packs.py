"""Which rule pack governs a region on a day, and its parsed form."""

from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db.models import QuerySet

from pilkades.apps.accounts.roles import Actor, Role
from pilkades.apps.accounts.selectors import has_role
from pilkades.apps.design.texts import learn_names
from pilkades.apps.regulations.models import PackStatus, PackVersion
from pilkades.apps.regulations.selectors.approvals import (
    Approvals,
    apply_approvals,
    list_approvals,
)
from pilkades.errors import MalformedInputError
from pilkades.law.pack import RulePack
from pilkades.law.packcheck import parse_pack
from pilkades.text import Text

REGENCY_ROLES = (Role.REGENCY_DESK, Role.REGENCY_HEAD)
GOVERNING_ROLES = (*REGENCY_ROLES, Role.NATIONAL)
_IN_FORCE = (PackStatus.ADOPTED, PackStatus.SUPERSEDED)

Shas = tuple[str, ...]


class PackNotFoundError(MalformedInputError):
    """No pack is in force for this region on this day."""

    def __init__(self, *, region_code: str, on: date) -> None:
        text = Text(
            "Belum ada paket aturan yang berlaku pada {on} untuk wilayah {region}. Panitia "
            "kabupaten atau kota perlu menetapkan paket aturan lebih dahulu.",
            on=on,
            region=region_code or "nasional",
        )
        super().__init__("pack.none-in-force", text)


def get_pack_in_force(region_code: str, on: date) -> RulePack:
    """The rules that govern a region on a day, with the regency's own approvals applied.

    Raises: PackNotFoundError where neither the region, nor a region above it, nor the nation has
    an adopted pack.
    """
    version = get_version_in_force(region_code=region_code, on=on)
    return get_rule_pack(version, region_code=region_code)


def get_version_in_force(*, region_code: str, on: date) -> PackVersion:
    """Like `find_version_in_force`, but its absence is refused in words."""
    version = find_version_in_force(region_code=region_code, on=on)
    if version is None:
        raise PackNotFoundError(region_code=region_code, on=on)
    return version


def find_version_in_force(*, region_code: str, on: date) -> PackVersion | None:
    """The adopted version of the nearest region that has one, the latest to take effect by then.

    A superseded version stays in force until the day its successor takes effect.
    """
    candidates = _light().filter(
        region_code__in=list_covering_codes(region_code),
        status__in=_IN_FORCE,
        effective_date__lte=on,
    )
    return max(
        candidates,
        key=lambda v: (len(v.region_code), v.effective_date, v.adopted_at, v.pk),
        default=None,
    )


def get_adopted_version(*, region_code: str, pack_uuid: UUID) -> PackVersion:
    """An adopted version that this region may use, by its UUID.

    Raises: `PackVersion.DoesNotExist`.
    """
    return _light().get(
        uuid=pack_uuid,
        region_code__in=list_covering_codes(region_code),
        status__in=_IN_FORCE,
    )


def list_versions(region_code: str) -> QuerySet[PackVersion]:
    """All versions a region may see: its own and those of the regions above, newest first."""
    return (
        _light()
        .filter(region_code__in=list_covering_codes(region_code))
        .select_related("proposed_by", "adopted_by", "superseded_by")
        .defer("superseded_by__source")
        .order_by("-region_code", "-proposed_at", "-pk")
    )


def list_adopted_versions() -> QuerySet[PackVersion]:
    """Every pack in force anywhere, the national ones first; public."""
    return (
        _light()
        .filter(status=PackStatus.ADOPTED)
        .select_related("proposed_by", "adopted_by")
        .order_by("region_code", "pack_id")
    )


def list_usable_versions(region_code: str) -> QuerySet[PackVersion]:
    """Adopted packs with which something new may begin here, the region's own first."""
    return (
        _light()
        .filter(region_code__in=list_covering_codes(region_code), status=PackStatus.ADOPTED)
        .order_by("-region_code", "-effective_date", "-pk")
    )


def list_proposals(region_code: str) -> QuerySet[PackVersion]:
    """Open proposals of a region, newest first."""
    return (
        _light()
        .filter(region_code=region_code, status=PackStatus.DRAFT)
        .select_related("proposed_by")
        .order_by("-proposed_at")
    )


def find_current_version(*, pack_id: str, on: date) -> PackVersion | None:
    """The version of this name that is in force on a day, else the newest adopted one."""
    found = _light().filter(pack_id=pack_id, status__in=_IN_FORCE)
    in_force = found.filter(effective_date__lte=on).order_by("-effective_date", "-adopted_at")
    return in_force.first() or found.order_by("-adopted_at").first()


def list_covering_codes(region_code: str) -> list[str]:
    """The region itself, every region above it, and the nation: 35.05 > 35 > ""."""
    parts = region_code.split(".") if region_code else []
    return [".".join(parts[:n]) for n in range(len(parts), 0, -1)] + [""]


def get_rule_pack(version: PackVersion, *, region_code: str | None = None) -> RulePack:
    """The parsed pack of a version, merged upon its base, with the regency's approvals.

    One query for the approvals; the parsing itself is done once per process, because the digests
    of the sources determine the outcome.
    """
    region = version.region_code if region_code is None else regency_part(region_code)
    return build_pack(list_shas(version), list_approvals(region))


def get_plain_pack(version: PackVersion) -> RulePack:
    """The parsed pack of a version as its authors wrote it, without approvals."""
    return build_pack(list_shas(version), frozenset())


@lru_cache(maxsize=64)
def build_pack(shas: Shas, approvals: Approvals) -> RulePack:
    """Parse the sources with these digests, base first, and lay the approvals upon them."""
    if approvals:
        return apply_approvals(pack=build_pack(shas, frozenset()), approvals=approvals)
    rows = PackVersion.objects.filter(sha256__in=shas).values_list("sha256", "source")
    sources = dict(rows)
    pack: RulePack | None = None
    for sha in shas:
        pack = parse_pack(sources[sha].encode(), base=pack)
    if pack is None:
        raise ValueError("a pack has at least one source")
    learn_names(_list_english_names(pack))
    return pack


TRANSLATED_FIELDS = (
    "name",
    "title",
    "reason",
    "issued_by",
    "question",
    "voting_duty",
    "counting_duty",
)
"""Fields of an entry whose English stands beside them, in a field that ends in `_en`."""


def _list_english_names(pack: RulePack) -> dict[str, str]:
    """The English of every name, title, reason and issuer in a pack that gives one."""
    return {
        entry.text(field): entry.text(f"{field}_en")
        for table in pack.tables.values()
        for entry in table
        for field in TRANSLATED_FIELDS
        if entry.has(field) and entry.has(f"{field}_en") and entry.text(f"{field}_en")
    }


def list_shas(version: PackVersion) -> Shas:
    """The digests of the sources that make up a version, the lowest base first."""
    shas: list[str] = []
    current: PackVersion | None = version
    while current is not None:
        shas.append(current.sha256)
        current = current.base
    return tuple(reversed(shas))


def regency_part(region_code: str) -> str:
    """The code of the regency in which a region lies; approvals are kept per regency."""
    return ".".join(region_code.split(".")[:2])


def may_govern(actor: Actor, region_code: str) -> bool:
    """Whether the actor may propose, adopt and confirm rules of this region."""
    roles = REGENCY_ROLES if region_code else (Role.NATIONAL,)
    return has_role(actor, roles, region_code)


def may_adopt(actor: Actor, version: PackVersion) -> bool:
    """Whether this very person may adopt this proposal: entitled, and not its author."""
    return (
        version.status == PackStatus.DRAFT
        and version.proposed_by_id != actor.user_id
        and may_govern(actor, version.region_code)
    )


def _light() -> QuerySet[PackVersion]:
    """Versions without their text, which only the parser needs."""
    return PackVersion.objects.select_related("base").defer("source", "base__source")
