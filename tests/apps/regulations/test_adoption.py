"""Proposing and adopting a rule pack: two people, exact bytes, nothing by accident."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from pilkades.apps.audit.models import Event
from pilkades.apps.regulations import selectors, services
from pilkades.apps.regulations.models import PackStatus, PackVersion
from pilkades.errors import ConflictError, MalformedInputError, RuleViolationError
from pilkades.law.packcheck import PackRejectedError
from pilkades.packfiles import find_pack_source
from tests.apps.desk_cast import CITY, NOW, REGENCY, Cast

BLITAR = find_pack_source("blitar-2026")


def _install_base() -> None:
    services.install_shipped_pack(data=find_pack_source("nasional"), now=NOW)


def _propose(cast: Cast, data: bytes = BLITAR) -> PackVersion:
    return services.propose_pack(actor=cast.actor("desk"), now=NOW, region_code=REGENCY, data=data)


def _adopt(cast: Cast, version: PackVersion, *, by: str = "second") -> PackVersion:
    return services.adopt_pack(
        actor=cast.actor(by),
        now=NOW,
        pack_uuid=version.uuid,
        expected_version=version.version,
        effective_date=date(2026, 7, 6),
    )


def test_second_person_puts_a_proposal_in_force(cast: Cast) -> None:
    _install_base()

    adopted = _adopt(cast, _propose(cast))

    assert adopted.status == PackStatus.ADOPTED
    assert selectors.get_pack_in_force(REGENCY, date(2026, 7, 6)).id == "blitar-2026"
    assert Event.objects.filter(event="pack.adopted", region_code=REGENCY).count() == 1


def test_author_cannot_adopt_their_own_proposal(cast: Cast) -> None:
    _install_base()
    proposed = _propose(cast)

    with pytest.raises(RuleViolationError) as refusal:
        _adopt(cast, proposed, by="desk")

    assert refusal.value.code == "pack.self-adoption"


def test_database_itself_refuses_self_adoption(cast: Cast) -> None:
    _install_base()
    proposed = _propose(cast)

    with pytest.raises(IntegrityError), transaction.atomic():
        PackVersion.objects.filter(pk=proposed.pk).update(adopted_by=proposed.proposed_by)


def test_before_the_effective_date_the_national_pack_still_rules(cast: Cast) -> None:
    _install_base()
    _adopt(cast, _propose(cast))

    assert selectors.get_pack_in_force(REGENCY, date(2026, 7, 5)).id == "nasional"


def test_superseded_version_rules_until_its_successor_takes_effect(cast: Cast) -> None:
    _install_base()
    first = _adopt(cast, _propose(cast))
    newer = _propose(cast, BLITAR.replace(b'version = "2026.1"', b'version = "2026.2"'))
    services.adopt_pack(
        actor=cast.actor("second"),
        now=NOW,
        pack_uuid=newer.uuid,
        expected_version=1,
        effective_date=date(2026, 9, 1),
    )

    first.refresh_from_db()
    assert first.status == PackStatus.SUPERSEDED
    assert selectors.get_pack_in_force(REGENCY, date(2026, 8, 31)).version == "2026.1"
    assert selectors.get_pack_in_force(REGENCY, date(2026, 9, 1)).version == "2026.2"


def test_desk_of_another_region_may_neither_propose_nor_adopt(cast: Cast) -> None:
    _install_base()
    proposed = _propose(cast)

    with pytest.raises(PermissionDenied):
        _adopt(cast, proposed, by="mallory")
    with pytest.raises(PermissionDenied):
        services.propose_pack(
            actor=cast.actor("mallory"), now=NOW, region_code=REGENCY, data=BLITAR
        )


def test_file_of_another_region_is_refused(cast: Cast) -> None:
    _install_base()

    with pytest.raises(MalformedInputError) as refusal:
        services.propose_pack(actor=cast.actor("mallory"), now=NOW, region_code=CITY, data=BLITAR)

    assert refusal.value.code == "pack.other-region"


def test_faulty_file_saves_nothing_and_names_the_line(cast: Cast) -> None:
    _install_base()
    faulty = BLITAR.replace(b'base = "nasional"', b'base = "nasional"\nbogus = 1')
    before = PackVersion.objects.count()

    with pytest.raises(PackRejectedError) as refusal:
        _propose(cast, faulty)

    assert refusal.value.findings[0].line > 0
    assert PackVersion.objects.count() == before


def test_same_bytes_are_proposed_once(cast: Cast) -> None:
    _install_base()
    _propose(cast)

    with pytest.raises(ConflictError) as refusal:
        _propose(cast)

    assert refusal.value.code == "pack.already-there"


def test_huge_file_is_refused_before_it_is_read(cast: Cast) -> None:
    with pytest.raises(MalformedInputError) as refusal:
        _propose(cast, b"#" * (services.MAX_BYTES + 1))

    assert refusal.value.code == "pack.too-large"


def test_two_officials_adopting_at_once_meet_a_conflict(cast: Cast) -> None:
    _install_base()
    proposed = _propose(cast)
    _adopt(cast, proposed)

    with pytest.raises(ConflictError) as refusal:
        _adopt(cast, proposed)

    assert refusal.value.code == "pack.stale"


def test_withdrawn_proposal_can_be_put_forward_again(cast: Cast) -> None:
    _install_base()
    proposed = _propose(cast)
    services.withdraw_pack(
        actor=cast.actor("desk"), now=NOW, pack_uuid=proposed.uuid, expected_version=1
    )

    assert _propose(cast).status == PackStatus.DRAFT


def test_installing_the_shipped_pack_twice_changes_nothing(cast: Cast) -> None:
    _install_base()
    _install_base()

    assert PackVersion.objects.filter(pack_id="nasional").count() == 1
