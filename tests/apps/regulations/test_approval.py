"""Confirming single values: with evidence, for one regency, bound to the value that was seen."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from pilkades.apps.accounts.models import RoleAssignment
from pilkades.apps.accounts.roles import Role
from pilkades.apps.audit.models import Event
from pilkades.apps.regulations import selectors, services
from pilkades.apps.regulations.models import PackVersion, RuleApproval
from pilkades.apps.regulations.selectors import EntryRow
from pilkades.errors import ConflictError, MalformedInputError
from pilkades.law.pack import Status
from tests.apps.desk_cast import CITY, NOW, REGENCY, Cast

REFERENCE = "Permendagri 65/2017 pasal 4 ayat (2), halaman 5"


def _first_unverified(version: PackVersion) -> EntryRow:
    return selectors.list_entry_rows(selectors.get_plain_pack(version), only_unverified=True)[0]


def _approve(cast: Cast, version: PackVersion, row: EntryRow, **changes: Any) -> RuleApproval:
    arguments = {
        "actor": cast.actor("desk"),
        "now": NOW,
        "region_code": REGENCY,
        "pack_uuid": version.uuid,
        "slug": row.slug,
        "seen_digest": row.digest,
        "reference": REFERENCE,
    }
    return services.approve_value(**{**arguments, **changes})


def test_confirmed_value_counts_as_verified_in_this_regency(
    cast: Cast, blitar: PackVersion
) -> None:
    row = _first_unverified(blitar)

    _approve(cast, blitar, row)

    seen = selectors.find_entry_row(selectors.get_rule_pack(blitar), row.slug)
    assert seen is not None
    assert seen.status is Status.VERIFIED
    assert seen.approved_by == "Bu Wulan"


def test_other_regencies_still_see_it_as_unverified(cast: Cast, blitar: PackVersion) -> None:
    row = _first_unverified(blitar)

    _approve(cast, blitar, row)

    elsewhere = selectors.get_rule_pack(blitar, region_code=CITY)
    seen = selectors.find_entry_row(elsewhere, row.slug)
    assert seen is not None
    assert seen.is_unverified


def test_reference_stays_out_of_the_ledger(cast: Cast, blitar: PackVersion) -> None:
    _approve(cast, blitar, _first_unverified(blitar))

    leaf = Event.objects.get(event="rule.approved").leaf
    assert REFERENCE not in leaf
    assert "reference_commitment" in leaf


def test_confirmation_without_a_source_is_refused(cast: Cast, blitar: PackVersion) -> None:
    with pytest.raises(MalformedInputError) as refusal:
        _approve(cast, blitar, _first_unverified(blitar), reference="  ada  ")

    assert refusal.value.code == "rule.reference-missing"


def test_value_that_changed_meanwhile_is_not_confirmed(cast: Cast, blitar: PackVersion) -> None:
    with pytest.raises(ConflictError) as refusal:
        _approve(cast, blitar, _first_unverified(blitar), seen_digest="0" * 64)

    assert refusal.value.code == "rule.changed"


def test_second_confirmation_says_who_was_first(cast: Cast, blitar: PackVersion) -> None:
    row = _first_unverified(blitar)
    _approve(cast, blitar, row)

    with pytest.raises(ConflictError) as refusal:
        _approve(cast, blitar, row, actor=cast.actor("second"))

    assert "Bu Wulan" in str(refusal.value.text)


def test_outsider_cannot_confirm_a_value(cast: Cast, blitar: PackVersion) -> None:
    for outsider in ("mallory", "dewi", "camat"):
        with pytest.raises(PermissionDenied):
            _approve(cast, blitar, _first_unverified(blitar), actor=cast.actor(outsider))


def test_ministry_confirms_for_every_regency(cast: Cast, blitar: PackVersion) -> None:
    row = _first_unverified(blitar)
    RoleAssignment.objects.create(
        user=cast.dewi,
        role=Role.NATIONAL,
        region_code="",
        valid_from=datetime(2026, 1, 1, tzinfo=UTC),
    )

    _approve(cast, blitar, row, actor=cast.actor("dewi"), region_code="")

    for region in (REGENCY, CITY):
        pack = selectors.get_rule_pack(blitar, region_code=region)
        seen = selectors.find_entry_row(pack, row.slug)
        assert seen is not None
        assert seen.approved_by == "Mbak Dewi"


def test_desk_of_a_regency_does_not_confirm_for_the_nation(cast: Cast, blitar: PackVersion) -> None:
    with pytest.raises(PermissionDenied):
        _approve(cast, blitar, _first_unverified(blitar), region_code="")
