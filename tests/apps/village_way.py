"""A village's way from the application to the report, by its services alone."""

from datetime import date

from pilkades.apps.elections.models import Candidacy, DrawingMethod, ReportKind, Sex
from pilkades.apps.elections.services import drawing as drawings
from pilkades.apps.elections.services import drawing_attendance as attendance
from pilkades.apps.elections.services import setup_proof as proofs
from pilkades.apps.elections.services.ballot_entry import change_ballot_entry
from pilkades.apps.elections.services.council_reports import (
    forward_report,
    hear_report,
    submit_report,
)
from pilkades.apps.elections.services.path import confirm_path, propose_path
from pilkades.law.application import ApplicationState
from pilkades.law.candidacy import Act
from tests.apps.elections_village.photos import picture
from tests.apps.village_cast import (
    CHECKING,
    DETERMINATION,
    VillageCast,
    at,
    fresh,
    fulfil,
    identity,
    judge,
    open_draft,
    receive,
)

PEOPLE = (
    identity("Kartika Wulandari", serial=9301),
    identity("Darto Prasetyo", serial=9302, sex=Sex.MALE, birth_date=date(1979, 3, 2)),
)


def go_whole_way(cast: VillageCast) -> None:
    """From the first application to the report that left the village."""
    candidacies = receive_and_examine(cast)
    _determine(cast)
    _draw(cast, candidacies)
    _prove_and_lock(cast, candidacies)
    _report(cast)


def receive_and_examine(cast: VillageCast) -> list[Candidacy]:
    """Two applications, found eligible by two people."""
    made = []
    for person, username in zip(PEOPLE, ("mbak.kartika", "pak.darto"), strict=True):
        candidacy = receive(cast, open_draft(cast, person, username=username))
        fulfil(cast, candidacy, now=CHECKING)
        for examiner in ("sari", "slamet"):
            judge(cast, candidacy, by=examiner)
        made.append(fresh(candidacy))
    assert {item.state for item in made} == {ApplicationState.ELIGIBLE}
    return made


def _determine(cast: VillageCast) -> None:
    moment = at(9, 24)
    decision = propose_path(
        actor=cast.actor("slamet", moment), now=moment, election_pk=cast.election.pk
    )
    assert decision.act == Act.DETERMINE
    confirm_path(actor=cast.actor("sari", moment), now=moment, decision_uuid=decision.uuid)


def _draw(cast: VillageCast, candidacies: list[Candidacy]) -> None:
    now, chair, clerk = DETERMINATION, cast.actor("sari", DETERMINATION), cast.actor("rini")
    drawing = drawings.open_drawing(
        actor=chair,
        now=now,
        election_pk=cast.election.pk,
        method=DrawingMethod.LOTS,
        place="Balai desa",
    )
    lots = list(drawing.lots.order_by("position"))
    for turn, (lot, number) in enumerate(zip(lots, (2, 1), strict=True), start=1):
        attendance.record_arrival(
            actor=clerk, now=now, lot_uuid=lot.uuid, arrived_at=at(11, 2, 8, turn)
        )
        drawings.record_lot(actor=clerk, now=now, lot_uuid=lot.uuid, turn=turn, number=number)
    for name, lot, number in zip(("kartika", "darto"), lots, (2, 1), strict=True):
        attendance.sign_lot(actor=cast.actor(name, now), now=now, lot_uuid=lot.uuid, number=number)
    drawings.close_drawing(actor=chair, now=now, drawing_uuid=drawing.uuid, expected_version=1)


def _prove_and_lock(cast: VillageCast, candidacies: list[Candidacy]) -> None:
    now = at(11, 3)
    for candidacy in candidacies:
        change_ballot_entry(
            actor=cast.actor("rini", now),
            now=now,
            candidacy_uuid=candidacy.uuid,
            expected_version=fresh(candidacy).version,
            ballot_name=candidacy.full_name,
            photo=picture(),
        )
    proof = proofs.create_proof(
        actor=cast.actor("slamet", now), now=now, election_pk=cast.election.pk
    )
    for line in proof.signatures.select_related("candidacy__user"):
        name = "kartika" if line.candidacy.user == cast.kartika else "darto"
        proofs.sign_proof(
            actor=cast.actor(name, now), now=now, signature_uuid=line.uuid, sha256=proof.sha256
        )
    proofs.propose_lock(
        actor=cast.actor("sari", now), now=now, proof_uuid=proof.uuid, expected_version=1
    )
    proofs.lock_proof(
        actor=cast.actor("slamet", now), now=now, proof_uuid=proof.uuid, expected_version=2
    )


def _report(cast: VillageCast) -> None:
    now = at(11, 27)
    report = submit_report(
        actor=cast.actor("sari", now),
        now=now,
        election_pk=cast.election.pk,
        kind=ReportKind.RESULT,
        reference="12/PPKD/2026",
        summary="Terlampir.",
    )
    council = cast.actor("bayu", now)
    hear_report(actor=council, now=now, report_uuid=report.uuid, expected_version=1, note="")
    forward_report(
        actor=council, now=now, report_uuid=report.uuid, expected_version=2, reference="9/BPD"
    )
