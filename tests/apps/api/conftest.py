"""A village in which every address of the API has something to answer with."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.test import override_settings

from pilkades.apps.accounts.roles import Role
from pilkades.apps.elections.models import (
    Candidacy,
    DrawingMethod,
    InboxKind,
    SetupProofSignature,
    Wave,
    WaveStatus,
)
from pilkades.apps.elections.services.complaints import file_complaint
from pilkades.apps.elections.services.decide_file import propose_decision
from pilkades.apps.elections.services.drawing import open_drawing
from pilkades.apps.elections.services.inbox import put_item
from pilkades.law.application import ApplicationEvent, ApplicationState
from pilkades.text import Text
from tests.apps.village_cast import (
    CHECKING,
    DETERMINATION,
    VILLAGE,
    VillageCast,
    bring,
    fresh,
    identity,
    make_applicants,
    make_village,
    open_draft,
    receive,
)


@dataclass(frozen=True, slots=True)
class Scene:
    """The people, and what the addresses of the API name."""

    cast: VillageCast
    paths: dict[str, str | int]

    def fill(self, path: str) -> str:
        """An address of the OpenAPI with its parameters filled in."""
        return path.format(**self.paths)


@pytest.fixture(scope="module")
def played(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: Any, django_db_blocker: Any
) -> Iterator[Scene]:
    home = tmp_path_factory.mktemp("berkas")
    with override_settings(MEDIA_ROOT=home), django_db_blocker.unblock(), transaction.atomic():
        cast = make_village()
        yield Scene(cast, _fill(cast))
        transaction.set_rollback(True)


@pytest.fixture
def scene(played: Scene, db: None, monkeypatch: pytest.MonkeyPatch) -> Scene:
    monkeypatch.setattr("pilkades.apps.design.clock.now", lambda: DETERMINATION)
    return played


@pytest.fixture(autouse=True)
def _forget_who_sent_forms() -> None:
    """What other tests sent to public forms makes nobody wait here."""
    cache.clear()


@pytest.fixture
def kept_connection(db: None) -> Iterator[None]:
    """The test's transaction outlives each request, as Django's own test client has it."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


def _fill(cast: VillageCast) -> dict[str, str | int]:
    """Two drawn candidates, one file under examination with a paper, a complaint, a proposal."""
    Wave.objects.update(status=WaveStatus.DECREED, decree_number="1", decree_date=date(2026, 7, 1))
    standing = make_applicants(cast, 2)
    file = receive(cast, open_draft(cast, identity("Endang Lestari", serial=9400)))
    document = bring(cast, file, "ktp", now=CHECKING) if _knows(cast, "ktp") else _any(cast, file)
    complaint = file_complaint(
        now=CHECKING,
        candidacy_uuid=file.uuid,
        complainant_name="Pak Joko",
        contact="081200000000",
        content="Alamatnya perlu diperiksa.",
    )
    decision = propose_decision(
        actor=cast.actor("slamet", CHECKING),
        now=CHECKING,
        candidacy_uuid=file.uuid,
        expected_version=fresh(file).version,
        event=ApplicationEvent.WITHDRAW,
        reason="Surat pengunduran diri",
        article="pasal 40",
    )
    Candidacy.objects.filter(pk__in=[item.pk for item in standing]).update(
        state=ApplicationState.DETERMINED
    )
    drawing = open_drawing(
        actor=cast.actor("sari", DETERMINATION),
        now=DETERMINATION,
        election_pk=cast.election.pk,
        method=DrawingMethod.LOTS,
        place="Balai desa",
    )
    return {
        "village_code": VILLAGE,
        "code": VILLAGE,
        "region": "35.05",
        "step_id": cast.context.timetable.timetable.steps[0].id,
        "index": 0,
        "wave_uuid": str(cast.election.wave.uuid),
        "item_uuid": str(_item(cast)),
        "candidacy_uuid": str(file.uuid),
        "document_uuid": str(document.uuid),
        "decision_uuid": str(decision.uuid),
        "complaint_uuid": str(complaint.uuid),
        "kind": document.kind,
        "lot_uuid": str(drawing.lots.all()[0].uuid),
        "signature_uuid": str(_signature() or UUID(int=5)),
    }


def _knows(cast: VillageCast, kind: str) -> bool:
    return any(item.id == kind for item in cast.context.eligibility_rules.documents)


def _any(cast: VillageCast, file: Candidacy) -> Any:
    return bring(cast, file, cast.context.eligibility_rules.documents[0].id, now=CHECKING)


def _item(cast: VillageCast) -> UUID:
    """A matter for the camat."""
    item = put_item(
        kind=InboxKind.DECISION,
        election=cast.election,
        role=Role.DISTRICT_HEAD,
        subject="uji",
        text=Text("Keputusan panitia desa."),
        now=CHECKING,
    )
    return item.uuid


def _signature() -> UUID | None:
    return SetupProofSignature.objects.values_list("uuid", flat=True).first()
