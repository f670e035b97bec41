"""From a TOML file to a proposal that a second person may adopt."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.audit.services import append
from pilkades.apps.regulations.models import PackStatus, PackVersion
from pilkades.apps.regulations.selectors.packs import (
    get_plain_pack,
    list_covering_codes,
    may_govern,
)
from pilkades.errors import ConflictError, MalformedInputError
from pilkades.law.findings import Finding, Severity
from pilkades.law.pack import RulePack
from pilkades.law.packcheck import PackRejectedError, find_base_id, read_pack_text
from pilkades.text import Text

MAX_BYTES = 300_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PackPreview:
    """What a file would become, before anything is saved."""

    pack: RulePack | None
    findings: tuple[Finding, ...]
    source: str
    base: PackVersion | None

    @property
    def has_errors(self) -> bool:
        """Whether the file cannot be proposed as it is."""
        return self.pack is None

    @property
    def error_count(self) -> int:
        """How many of the findings stand in the way."""
        return sum(finding.severity is Severity.ERROR for finding in self.findings)


def preview_pack(*, actor: Actor, region_code: str, data: bytes) -> PackPreview:
    """Read a file and say everything that is wrong with it; nothing is saved.

    Allowed: desk or head's office of the region (the ministry for a national pack).
    Raises: PermissionDenied; MalformedInputError where it is too large or no text at all.
    """
    if not may_govern(actor, region_code):
        raise PermissionDenied
    return _read(region_code=region_code, data=data)


@transaction.atomic
def propose_pack(*, actor: Actor, now: datetime, region_code: str, data: bytes) -> PackVersion:
    """Save a file as a proposal.

    Allowed: desk or head's office of the region (the ministry for a national pack).
    Requires: a file without errors, for this very region, not put forward before.
    Effects: a draft with its exact bytes and their SHA-256. `pack.proposed`.
    Raises: PermissionDenied, PackRejectedError, MalformedInputError, ConflictError.
    """
    if not may_govern(actor, region_code):
        raise PermissionDenied

    preview = _read(region_code=region_code, data=data)
    if preview.pack is None:
        raise PackRejectedError(preview.findings)
    _refuse_other_region(preview.pack, region_code)

    version = _save(preview, region_code=region_code, now=now, proposed_by_id=actor.user_id or None)

    append(
        event="pack.proposed",
        actor=actor,
        at=now,
        region_code=region_code,
        subject=f"pack:{version.uuid}",
        data={
            "pack": version.pack_id,
            "sha256": version.sha256,
            "base_sha256": version.base.sha256 if version.base else "",
        },
    )
    return version


@transaction.atomic
def install_shipped_pack(*, data: bytes, now: datetime) -> PackVersion:
    """Bring a pack that ships with the program into the installation; repeating it is harmless.

    Allowed: whoever installs or updates the system; no person acts.
    Requires: a pack without errors whose base, if any, is installed.
    Effects: a national pack is in force at once, since an installation without one can do
    nothing; a regency's pack becomes a proposal that two people still decide on. `pack.shipped`.
    Raises: PackRejectedError.
    """
    preview = _read(region_code="", data=data, is_region_open=True)
    if preview.pack is None:
        raise PackRejectedError(preview.findings)
    region = preview.pack.region_code
    existing = _find_same(preview, region)
    if existing is not None:
        return existing

    version = _save(preview, region_code=region, now=now, proposed_by_id=None)
    if not region:
        _put_in_force(version, preview.pack, now)

    append(
        event="pack.shipped",
        actor=None,
        at=now,
        region_code=region,
        subject=f"pack:{version.uuid}",
        data={"pack": version.pack_id, "sha256": version.sha256},
    )
    return version


def _read(*, region_code: str, data: bytes, is_region_open: bool = False) -> PackPreview:
    if len(data) > MAX_BYTES:
        raise MalformedInputError(
            "pack.too-large",
            Text(
                "Berkas terlalu besar: {size} bita, paling banyak {limit} bita. Pastikan yang "
                "dipilih adalah berkas paket aturan (.toml). Belum ada yang disimpan.",
                size=len(data),
                limit=MAX_BYTES,
            ),
        )
    base = _find_base(find_base_id(data), None if is_region_open else region_code)
    reading = read_pack_text(data, base=get_plain_pack(base) if base else None)
    try:
        source = data.decode()
    except UnicodeDecodeError:
        source = ""
    return PackPreview(pack=reading.pack, findings=reading.findings, source=source, base=base)


def _find_base(base_id: str | None, region_code: str | None) -> PackVersion | None:
    """The version of the named base that is in force for this region, the newest if several."""
    if base_id is None:
        return None
    found = PackVersion.objects.select_related("base").filter(
        pack_id=base_id, status=PackStatus.ADOPTED
    )
    if region_code is not None:
        found = found.filter(region_code__in=list_covering_codes(region_code))
    return found.order_by("-effective_date", "-adopted_at").first()


def _save(
    preview: PackPreview, *, region_code: str, now: datetime, proposed_by_id: int | None
) -> PackVersion:
    if preview.pack is None:
        raise PackRejectedError(preview.findings)
    existing = _find_same(preview, region_code)
    if existing is not None:
        raise ConflictError(
            "pack.already-there",
            Text(
                "Paket {pack} dengan isi yang persis sama sudah ada, diusulkan {at}, statusnya "
                "“{status}”. Tidak perlu diunggah lagi.",
                pack=existing.pack_id,
                at=existing.proposed_at.date(),
                status=str(PackStatus(existing.status).label),
            ),
        )
    return PackVersion.objects.create(
        pack_id=preview.pack.id,
        title=preview.pack.title,
        version_label=preview.pack.version,
        region_code=region_code,
        base=preview.base,
        source=preview.source,
        sha256=_digest(preview),
        proposed_by_id=proposed_by_id,
        proposed_at=now,
    )


def _find_same(preview: PackPreview, region_code: str) -> PackVersion | None:
    return (
        PackVersion.objects.filter(
            region_code=region_code, sha256=_digest(preview), base=preview.base
        )
        .exclude(status=PackStatus.WITHDRAWN)
        .first()
    )


def _digest(preview: PackPreview) -> str:
    return hashlib.sha256(preview.source.encode()).hexdigest()


def _put_in_force(version: PackVersion, pack: RulePack, now: datetime) -> None:
    PackVersion.objects.filter(region_code="", status=PackStatus.ADOPTED).exclude(
        pk=version.pk
    ).update(status=PackStatus.SUPERSEDED, superseded_by=version)
    version.status = PackStatus.ADOPTED
    version.adopted_at = now
    version.effective_date = pack.effective_date or now.date()
    version.save()


def _refuse_other_region(pack: RulePack, region_code: str) -> None:
    if pack.region_code != region_code:
        raise MalformedInputError(
            "pack.other-region",
            Text(
                "Berkas ini ditulis untuk wilayah {theirs}, bukan {ours}. Periksa region_code di "
                "bagian [pack]. Belum ada yang disimpan.",
                theirs=pack.region_code or "nasional",
                ours=region_code or "nasional",
            ),
        )
